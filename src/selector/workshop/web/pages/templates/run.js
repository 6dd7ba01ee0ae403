// Whoever runs the room: each act is one request, so it works from any device that has the key.
const KEY = `run ${DATA.code}`;
let token = "", state = null, room = null;

function button(text, act, kind) {
  const made = el("button", { class: kind }, text);
  made.type = "button";
  made.addEventListener("click", async () => { made.disabled = true; await act(); made.disabled = false; });
  return made;
}

/** One act; true where it was done. What fails is told, and nothing is lost by trying again. */
async function act(method, path, body, done) {
  const answer = await ask(method, `${API}${path}`, { body, token });
  const fine = answer.status >= 200 && answer.status < 300;
  $("failed").hidden = fine;
  if (fine) { if (done) done(answer.body); }
  else if (answer.status === 401) { lock(); }
  else $("failed").textContent = answer.body && answer.body.error ? answer.body.error : "The room did not answer; try again.";
  if (!fine) { // it may have been asked for at the foot of the page
    say($("failed").textContent);
    $("failed").scrollIntoView({ block: "nearest" });
  }
  return fine;
}

const go = (phase) => () => act("POST", "/phase", { phase }, draw);
const sure = (question, then) => () => (confirm(question) ? then() : undefined);

function draw(now) {
  if (now === null) { location.reload(); return; }
  state = now;
  const { phase, round, participants, ballots } = now;
  $("where").textContent = { lobby: "Lobby", voting: `Round ${round}, voting`, revealed: `Round ${round}, revealed`, closed: "Closed" }[phase];
  $("count").textContent = phase === "lobby" ? `${participants} in the room` : `${ballots} of ${participants} ${ballots === 1 ? "has" : "have"} answered`;
  $("what").textContent = {
    lobby: "Wait until all are in and agree on the criteria and the options, then open the vote.",
    voting: "Each weighs alone. Nobody, you included, sees anything but this count before the reveal.",
    revealed: "The projector shows what the room said. Talk about what can change the winner; then another round, or sign off.",
    closed: "The room is closed.",
  }[phase];
  const acts = {
    lobby: [button("Open the vote", go("voting"), "main")],
    voting: [button("Reveal", sure(ballots < participants ? `${participants - ballots} ${participants - ballots === 1 ? "has" : "have"} not answered yet. Reveal now?` : "Reveal what all have said?", go("revealed")), "main")],
    revealed: [button("Open another round", go("voting"), "main"), button("Close the room", sure("Close the room without a sign-off?", go("closed")))],
    closed: [],
  }[phase];
  if (DATA.rehearsal && (phase === "lobby" || phase === "voting")) acts.push(button(phase === "lobby" ? "12 simulated people join" : "Simulated people answer", () => act("POST", "/rehearse", { people: 12 })));
  $("acts").replaceChildren(...acts);
  $("enter").hidden = phase === "closed";
  $("paper").hidden = phase !== "voting";
  if (phase !== "voting") $("ballot").hidden = true;
  $("timing").hidden = phase !== "voting" && phase !== "lobby";
  $("until-now").textContent = now.open_until ? `Until ${new Date(now.open_until).toLocaleString()}.` : "No end is set.";
  $("counted").hidden = phase === "closed";
  $("sign").hidden = phase !== "revealed";
  if (phase === "closed") signature();
  $("take").hidden = !now.revealed || DATA.rehearsal;
  $("forget").hidden = phase !== "closed";
  $("joins").hidden = phase === "closed";
  say(`${$("where").textContent}: ${$("count").textContent}`);
  if ($("who").open) people();
  if ($("talk").open) comments();
}

/** Who stands for a closed room; where nobody does yet, somebody still can. */
async function signature() {
  const { status, body } = await ask("GET", API);
  if (status !== 200) { setTimeout(signature, 3000); return; }
  $("sign").hidden = Boolean(body.signed) || !body.revealed;
  $("what").textContent = `The room is closed, ${body.signed ? `signed off by ${body.signed}` : "without a sign-off"}; what it said can be taken along below.`;
}

async function people() {
  const { status, body } = await ask("GET", `${API}/participants`, { token });
  if (status !== 200) return;
  const head = el("tr"), isOver = state.phase === "closed";
  for (const text of isOver ? ["Name", "Role"] : ["Name", "Role", ""]) { const cell = el("th", {}, text); cell.scope = "col"; head.append(cell); }
  const rows = body.participants.filter((one) => !one.removed).map((one) => {
    const row = el("tr"), acts = el("td", { class: "n" }), called = one.name || "No name";
    if (one.proxy && state.phase === "voting") acts.append(button("Enter ballot", () => enter(one), "plain"));
    acts.append(button("New link", () => act("POST", `/participants/${one.participant}/link`, {}, (made) => shown(`For ${called}, on another device: ${made.url}`)), "plain"));
    acts.lastChild.setAttribute("aria-label", `New link for ${called}`);
    acts.append(" ", button("Remove", sure(`Remove ${called}?`, () => act("DELETE", `/participants/${one.participant}`, undefined, people)), "plain"));
    acts.lastChild.setAttribute("aria-label", `Remove ${called}`);
    row.append(el("td", {}, called + (one.proxy ? " (no device)" : "")), el("td", {}, one.role));
    if (!isOver) row.append(acts);
    return row;
  });
  $("people").replaceChildren(head, ...rows);
}

async function comments() {
  const { body } = await ask("GET", `${API}/comments`);
  const rows = body ? body.comments.map((c) => el("li", {}, `Round ${c.round}: ${c.text}${c.name ? ` (${c.name})` : ""}`)) : [];
  $("comments").replaceChildren(...(rows.length ? rows : [el("li", {}, "Nothing yet, or not revealed yet.")]));
}

/** A ballot for somebody without a device. */
async function enter(one) {
  const { body } = await ask("GET", `${API}?role=${encodeURIComponent(one.role)}`);
  if (!body) return;
  const form = $("ballot"), fields = new Map();
  form.replaceChildren(el("h2", {}, `Ballot of ${one.name || "no name"}`), el("p", { class: "small" }, "0 to 100; nothing is no opinion."));
  for (const asked of body.criteria) {
    const label = el("label", {}, asked.name), field = el("input");
    const what = asked.within || asked.step;
    if (what) label.append(el("span", { class: "small" }, what));
    field.type = "number"; field.min = 0; field.max = 100; field.id = `entered-${asked.id}`; label.htmlFor = field.id;
    fields.set(asked.id, field);
    form.append(label, field);
  }
  const acts = el("p", { class: "acts" });
  acts.append(button("Enter this ballot", async () => {
    const weights = Object.fromEntries([...fields].map(([id, field]) => [id, field.value === "" ? null : Number(field.value)]));
    if (await act("PUT", `/participants/${one.participant}/ballot`, { round: state.round, weights })) { form.hidden = true; say("Entered."); }
  }, "main"), button("Cancel", () => { form.hidden = true; }));
  form.append(acts);
  form.hidden = false;
  form.querySelector("input").focus();
}

function shown(text) { $("link").hidden = false; $("link").textContent = text; $("rest").open = true; $("link").scrollIntoView({ block: "center" }); }

function lock() { kept.drop(KEY); token = ""; $("locked").hidden = false; $("open").hidden = true; }

async function unlock(given) {
  const { status } = await ask("GET", `${API}/participants`, { token: given });
  if (status === 200) { token = given; }
  else if (status === 401 || status === 403) {
    const again = await ask("POST", `${API}/facilitator`, { body: { recovery: given } });
    if (again.status !== 200) { lock(); $("wrong").hidden = false; say($("wrong").textContent); return; }
    token = again.body.facilitator_token;
  } else { setTimeout(() => unlock(given), 3000); return; }
  kept.set(KEY, token);
  $("wrong").hidden = true;
  $("locked").hidden = true;
  $("open").hidden = false;
}

function on(id, event, work) { $(id).addEventListener(event, (happened) => { happened.preventDefault(); work(); }); }

$("times").append(...[["2 minutes", 120], ["5 minutes", 300], ["10 minutes", 600]].map(([text, seconds]) => button(text, () => act("POST", "/time", { seconds }, draw))), button("No timer", () => act("POST", "/time", { seconds: null }, draw)));
on("until", "submit", () => { if ($("day").value) act("POST", "/time", { open_until: new Date($("day").value).toISOString() }, draw); });
on("forever", "click", () => act("POST", "/time", { open_until: null }, draw));
on("enter", "submit", () => act("POST", "/participants", { name: $("name").value, role: $("part") ? $("part").value : "" }, () => { $("name").value = ""; people(); }));
on("paper", "submit", () => act("POST", "/paper", { csv: $("csv").value }, (made) => { $("csv").value = ""; $("entered").textContent = made.ballots === 1 ? "1 ballot is entered." : `${made.ballots} ballots are entered.`; say($("entered").textContent); people(); }));
on("sign", "submit", () => act("POST", "/signoff", { by: $("by").value, note: $("note").value }, draw));
on("over", "click", sure("Make a new link? This device loses the room.", () => act("POST", "/facilitator", {}, (made) => { const link = `${location.origin}/run/${DATA.code}#${made.facilitator_token}`; lock(); $("open").hidden = false; shown(`Whoever opens this runs the room: ${link}`); })));
on("forget", "click", sure("Forget names and comments for good?", () => act("POST", "/forget", {})));
on("delete", "click", sure("Delete the room with all that is in it?", () => act("DELETE", "", undefined, () => location.reload())));
on("take", "click", async () => {
  const answer = await fetch(`${API}/decision`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) { $("failed").hidden = false; $("failed").textContent = "It could not be had; try again."; return; }
  const link = el("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `room-${DATA.code}.yaml`;
  link.click();
});
on("unlock", "submit", () => unlock($("key").value.trim()));
$("who").addEventListener("toggle", () => { if ($("who").open) people(); });
$("talk").addEventListener("toggle", () => { if ($("talk").open) comments(); });

const given = location.hash.slice(1);
if (given) history.replaceState(null, "", location.pathname); // the key does not stay in the address
if (given || kept.get(KEY)) unlock(given || kept.get(KEY)); else lock();
draw(DATA.state);
follow(draw, undefined, () => token);
