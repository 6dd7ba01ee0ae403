// The page of a participant: who one is, what is shown when. The parts: join_ballot, join_delivery,
// join_first (by feeling), join_question (slider, evidence), join_result, join_talk.
const KEY = `selector.${DATA.code}`;
let who = kept.get(`${KEY}.who`) || {}; // device, token, participant, name, role; wish: to join as
let about = DATA.about || null; // what the room is about and asks
let room = DATA.state;
let ballot = kept.get(`${KEY}.ballot`); // see fresh()
let before = kept.get(`${KEY}.before`); // what was set in the round before: a ballot
let fault = null;
let isLinked = true;
let shown = "";
let followed = null;

// --- who one is ---------------------------------------------------------------------------------

function keepWho(change) {
  who = { ...who, ...change };
  kept.set(`${KEY}.who`, who);
}

/** The one-time link that brought one here; it leaves the address, for it is a secret. */
function takeInvite() {
  const found = location.hash.slice(1);
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (/^[A-Za-z0-9_-]{22,128}$/.test(found)) keepWho({ invite: found });
}

const joining = again(async () => {
  if (!who.wish || who.token) return null;
  const { name, role } = who.wish;
  const answer = await ask("POST", `${API}/participants`, { body: { name, role, device: who.device, invite: who.invite || "" } });
  if (answer.status === 201) {
    const { participant, participant_token: token, name: called, role: own } = answer.body;
    keepWho({ token, participant, name: called, role: own, wish: undefined, invite: undefined });
    refuse("");
    learn.now();
    resume.now();
    saying.now();
    show();
    return null;
  }
  if (isPassing(answer)) {
    refuse(answer.status === 0 ? "No connection. Joining is tried again by itself." : "The room cannot answer just now. Joining is tried again by itself.");
    return answer.retry;
  }
  keepWho({ wish: undefined });
  if (answer.status === 404) fail("gone");
  else if (answer.status === 403 && /removed/.test(told(answer))) fail("removed");
  else refuse(told(answer));
  return null;
});

function told({ body }) { return (body && body.error) || "This was refused; look again in a moment."; }

function refuse(text) {
  $("refusal").textContent = text;
  $("refusal").hidden = !text;
  $("join-now").disabled = Boolean(who.wish);
  $("join-now").textContent = who.wish ? "Joining…" : "Join";
  if (text) say(text);
}

function join(event) {
  event.preventDefault();
  if (who.wish) return;
  const name = $("name").value.trim(), isNamed = $("name").required && !$("by-name").hidden;
  if (isNamed && !name) {
    $("name").focus();
    return refuse("Ballots are shown with names here; please give yours.");
  }
  keepWho({ device: who.device || secret(), wish: { name, role: $("role") ? $("role").value : "" } });
  refuse("");
  joining.now();
}

/** What is asked of one's role; that of nobody in particular stands in the page. */
const learn = again(async () => {
  const mine = kept.get(`${KEY}.about`);
  if (mine && mine.role === (who.role || "")) about = mine.about;
  if (about && !(who.role && (!mine || mine.role !== who.role))) { show(); return null; }
  const answer = await ask("GET", `${API}?role=${encodeURIComponent(who.role || "")}`);
  if (isPassing(answer)) return answer.retry;
  if (answer.status !== 200) return null;
  about = answer.body;
  kept.set(`${KEY}.about`, { role: who.role || "", about });
  shown = "";
  show();
  return null;
});

/** Whether one is still in the room, and what it has of one's ballot. */
const resume = again(async () => {
  if (!who.token) return null;
  const answer = await ask("GET", `${API}/ballot`, { token: who.token });
  if (isPassing(answer)) return answer.retry;
  if (answer.status === 200) {
    keepWho({ name: answer.body.name, role: answer.body.role });
    learn.now();
    agree(answer.body);
    await lookBack();
  } else if (answer.status === 401) { // the token is void; the device is known, or joins anew
    keepWho({ token: undefined, wish: room.phase === "closed" ? undefined : { name: who.name || "", role: who.role || "" } });
    joining.now();
  } else if (answer.status === 403) fail("removed");
  else if (answer.status === 404) fail("gone");
  show();
  return null;
});

// --- what is shown ------------------------------------------------------------------------------

const FAULTS = {
  removed: ["You are no longer in this room", "You were removed from this room. If that is a mistake, ask whoever runs it."],
  gone: ["This room is no longer there", "It was closed and taken away, or the code is another one. Look at the code on the screen again."],
};

function fail(kind) {
  fault = kind;
  show();
}

function viewOf() {
  if (fault) return "fault";
  if (!who.token && room.phase !== "closed") return "join"; // what a closed room said is open to all
  if (room.phase === "lobby") return "lobby";
  if (room.phase === "voting") {
    if (!about || !ballot) return "lobby";
    if (about.gut && about.alternatives.length > 1 && !ballot.hasGut) return "gut";
    return ballot.isSent && !ballot.isOpen ? "sent" : "ballot";
  }
  return "result";
}

const DRAW = { gut: drawFirst, ballot: drawBallot, sent: drawSent, result: drawResult, lobby: drawLobby, fault: drawFault };

/** Show what belongs to the phase, drawn anew where it is another than before. */
function show() {
  turn();
  const view = viewOf();
  const now = `${view} ${room.phase} ${room.round} ${who.role || ""} ${fault} ${Boolean(about)}`;
  tellCounts();
  if (now === shown) { status(); return; }
  const isFirst = shown === "", was = shown.split(" ")[0];
  shown = now;
  for (const place of document.querySelectorAll("[data-view]")) {
    place.hidden = place.id !== `v-${view}`;
    if (place.hidden && place.dataset.view) place.replaceChildren(); // its ids are drawn elsewhere
  }
  if (DRAW[view]) DRAW[view]($(`v-${view}`));
  tellCounts();
  status();
  if (isFirst || was === view) return;
  scrollTo(0, 0);
  const head = $(`v-${view}`).querySelector("h1");
  if (head) head.focus({ preventScroll: true }); // who hears the page hears where they are
}

function drawFault() {
  [$("fault").textContent, $("fault-why").textContent] = FAULTS[fault];
}

function people(count) { return `${count} ${count === 1 ? "person is" : "people are"} here.`; }

function tellCounts() {
  for (const place of document.querySelectorAll("[data-people]")) place.textContent = people(room.participants);
  for (const place of document.querySelectorAll("[data-ballots]")) place.textContent = `${room.ballots} of ${room.participants} ${room.ballots === 1 ? "has" : "have"} voted.`;
  const isFew = about && !about.named && room.participants < 3;
  for (const place of document.querySelectorAll("[data-few]")) place.textContent = isFew ? " So few are here that it may be told which ballot is yours." : "";
  $("round").textContent = room.round ? ` · round ${room.round}` : "";
  tick();
}

function tick() {
  const time = left(room.timer);
  const end = room.open_until && new Date(room.open_until).toLocaleString([], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  $("time").textContent = room.phase !== "voting" ? "" : time ? `${time} left` : end ? `open until ${end}` : "";
}

function drawLobby(place) {
  const as = [who.name, who.role].filter(Boolean).join(", ");
  place.querySelector("[data-me]").textContent = as ? `As ${as}. ` : "";
  put(place.querySelector("[data-about]"), about ? agreedFirst() : "");
  put(place.querySelector("[data-talk]"), talk());
}

/** The options and criteria, on which all agree before anybody weighs. */
function agreedFirst() {
  return [
    el("h2", {}, about.question || about.title),
    el("p", { class: "how" }, "Agree on these two lists first. If something is missing, say so now."),
    el("h3", {}, "The options"),
    el("ul", { class: "list" }, about.alternatives.map((one) => el("li", {}, one.name))),
    el("h3", {}, "What is weighed"),
    families().map(([name, asked]) => [
      name && el("p", { class: "family" }, name),
      el("ul", { class: "list" }, asked.map((one) => el("li", {}, el("b", {}, one.name), el("br"), el("span", { class: "small" }, one.within || one.step)))),
    ]),
  ];
}

// --- hearing the room ---------------------------------------------------------------------------

function heard(state) {
  if (state === null) return fail("gone");
  const was = room;
  room = state;
  if (fault === "gone") fault = null;
  if (room.participants < was.participants) resume.now(); // somebody was removed: oneself?
  if (room.open_until !== was.open_until && ballot && ballot.refused && room.phase === "voting") settle(room.round, { refused: "" });
  if (room.phase !== was.phase || room.open_until !== was.open_until) delivery.now();
  if (room.phase === "closed" && was.phase !== "closed") closing.now();
  show();
}

/** Who signed the room off stands in what it is about. */
const closing = again(async () => {
  const answer = await ask("GET", `${API}?role=${encodeURIComponent(who.role || "")}`);
  if (isPassing(answer)) return answer.retry;
  if (answer.status === 200) { about = answer.body; shown = ""; show(); }
  return null;
});

function boot() {
  takeInvite();
  const isRoster = DATA.roster;
  $("by-name").hidden = Boolean(who.invite);
  $("joining").hidden = isRoster && !who.invite && !who.wish;
  $("uninvited").hidden = !$("joining").hidden;
  $("joining").addEventListener("submit", join);
  $("reload").addEventListener("click", () => location.reload());
  $("forgets").hidden = kept.lasts;
  if (who.invite && who.token) keepWho({ wish: { name: "", role: "" }, token: undefined });
  refuse("");
  show();
  learn.now();
  if (who.token) { resume.now(); saying.now(); }
  else if (who.wish) joining.now();
  followed = follow(heard, (now) => { isLinked = now; status(); }, () => who.token);
  setInterval(tick, 1000);
  addEventListener("storage", adopt);
}
addEventListener("DOMContentLoaded", boot);
