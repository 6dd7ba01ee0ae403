// The ballot: kept on the phone at each change, shown as questions, and as what was sent.

/** A ballot without any answer. `sequence` grows with each change over all rounds; `received` is
 *  that of the last one acknowledged. `isSent`: the person pressed Send, and later changes follow by
 *  themselves; `isOpen`: they went back to change it. */
function fresh(round, sequence = 0) {
  return { round, weights: {}, scores: {}, gut: [], hasGut: false, comment: "", sequence, received: 0, isSent: false, isOpen: false, refused: "", at: "" };
}

function answersIn(one) {
  return Object.keys(one.weights).length + Object.values(one.scores).reduce((sum, row) => sum + Object.keys(row).length, 0);
}

/** Begin an empty ballot where a new round was opened; the one before is kept to look back at. */
function turn() {
  if (room.phase !== "voting" || !who.token) return;
  const stored = kept.get(`${KEY}.ballot`);
  if (stored && (!ballot || stored.sequence > ballot.sequence || stored.round > ballot.round)) ballot = stored; // another tab's
  if (ballot && ballot.round === room.round) return;
  let gut = [], sequence = 0;
  if (ballot) {
    sequence = ballot.sequence;
    if (ballot.round < room.round && (answersIn(ballot) || ballot.gut.length)) {
      before = ballot;
      kept.set(`${KEY}.before`, before);
    }
    if (ballot.round < room.round) gut = ballot.gut;
  }
  ballot = fresh(room.round, sequence);
  ballot.gut = gut; // what one felt before any number stays so, unless one changes it
  ballot.hasGut = gut.length > 0;
  kept.set(`${KEY}.ballot`, ballot);
  if (isLinked) resume.now();
}

/** Whether nothing of the round before got to the room. */
function isLate() { return Boolean(before) && room.phase === "voting" && before.round < room.round && before.received === 0 && !before.isDone; }

/** What the room has of the round before, on a phone that does not know it. */
async function lookBack() {
  if (room.round < 2 || room.phase !== "voting" || (before && before.round === room.round - 1)) return;
  const { status, body } = await ask("GET", `${API}/ballot?round=${room.round - 1}`, { token: who.token });
  if (status !== 200 || !body.version) return;
  before = { ...fresh(body.round, body.sequence), weights: body.weights, scores: body.scores, gut: body.gut_ranking, received: body.sequence || 1 };
  kept.set(`${KEY}.before`, before);
  if (ballot && !ballot.gut.length && before.gut.length) change((own) => { own.gut = before.gut; own.hasGut = true; });
  redraw();
}

/** Agree with what the room has of this round: the newer one stands, and the next is newer still. */
function agree(held) {
  if (held.round !== room.round || !held.version || !ballot || ballot.round !== room.round) return;
  const isOurs = held.sequence <= ballot.received;
  if (answersIn(ballot) === 0 && !ballot.isSent) { // this phone is new, or has forgotten
    ballot = { ...fresh(room.round, held.sequence), weights: held.weights, scores: held.scores, gut: held.gut_ranking, hasGut: held.gut_ranking.length > 0 || answersIn(held) > 0, comment: held.comment, received: held.sequence, isSent: true };
    redraw(); // only then: a slider that is drawn anew under a finger loses it
  } else if (!isOurs) {
    const isUnsent = ballot.sequence > ballot.received;
    ballot.sequence = Math.max(ballot.sequence, held.sequence + (isUnsent ? 1 : 0));
  }
  kept.set(`${KEY}.ballot`, ballot);
  status();
  if (ballot.isSent) delivery.now();
}

/** Change the ballot: kept at once, and sent by itself once it was sent before. */
function change(edit) {
  const stored = kept.get(`${KEY}.ballot`);
  if (stored && stored.round === ballot.round && stored.sequence > ballot.sequence) ballot = stored; // of another tab
  edit(ballot);
  ballot.sequence += 1;
  ballot.refused = "";
  kept.set(`${KEY}.ballot`, ballot);
  status();
  if (ballot.isSent && !troubles().length) delivery.soon(1500);
}

/** What another tab on this phone kept. */
function adopt({ key }) {
  if (key === `${KEY}.who`) { who = kept.get(key) || {}; learn.now(); resume.now(); }
  else if (key === `${KEY}.ballot`) ballot = kept.get(key);
  else if (key === `${KEY}.before`) before = kept.get(key);
  else return;
  if (key === `${KEY}.ballot` && ballot && viewOf() === shown.split(" ")[0]) refresh();
  else show();
}

function redraw() { shown = shown && `${shown} again`; show(); }

// --- what is asked ------------------------------------------------------------------------------

/** The questions as sets of siblings: [name of the group or "", questions]. */
function families() {
  const found = new Map();
  for (const one of about.criteria) {
    if (!found.has(one.parent)) found.set(one.parent, []);
    found.get(one.parent).push(one);
  }
  if (found.size < 2) return [...found.values()].map((asked) => ["", asked]);
  return [...found].map(([parent, asked]) => [parent ? about.parents[parent] || parent : "Across the groups", asked]);
}

function scoreOf(alternative, leaf) { return (ballot.scores[alternative] || {})[leaf]; }

/** How many answers there are, and how many are asked; no opinion is an answer. */
function progress() {
  const told = about.criteria.filter((one) => ballot.weights[one.id] !== undefined).length;
  const pairs = about.scores.flatMap((leaf) => leaf.alternatives.map(([alternative]) => scoreOf(alternative, leaf.id)));
  return [told + pairs.filter((one) => one !== undefined).length, about.criteria.length + pairs.length];
}

/** Why the ballot cannot be sent as it stands: siblings that are all 0 say nothing. */
function troubles() {
  return families().flatMap(([, asked]) => {
    const given = asked.filter((one) => typeof ballot.weights[one.id] === "number");
    if (!given.length || given.some((one) => ballot.weights[one.id] > 0)) return [];
    return [`${given.map((one) => one.name).join(", ")}: ${given.length > 1 ? "all of them" : "it"} at 0 says nothing. Give at least one more than 0, or say no opinion.`];
  });
}

/** Whether a question says the step itself: a leaf's word by word, a group's in its own way. */
function isSaid({ question: text, step }) { return text.includes(step) || (step.includes("; ") && text.length > 80); }

const HUNDRED = "100 for the one you want most; set the others against it.";
let asked = []; // the questions on the page, to be brought up to date from another tab
function refresh() { for (const one of asked) one.update(); status(); }

function drawBallot(place) {
  asked = [];
  const ask_ = (given) => { const one = question(given); asked.push(one); return one.element; };
  const weigh = families().map(([name, siblings]) => el("section", { class: "set" },
    name && el("h2", {}, name),
    name && el("p", { class: "how" }, HUNDRED),
    siblings.map((one) => ask_({
      id: one.id, level: name ? "h3" : "h2", name: one.name, text: one.question, step: isSaid(one) ? "" : one.step,
      ends: ["does not matter", "most"], evidence: one.id,
      get: () => ballot.weights[one.id], set: (value) => change((own) => answer(own.weights, one.id, value)),
      was: before && before.round < room.round ? before.weights[one.id] : undefined,
    }))));
  const score = about.scores.map((leaf) => el("section", { class: "set" },
    el("h2", {}, `How good is each on ${leaf.name}?`),
    leaf.step && el("p", { class: "how" }, leaf.step),
    el("ul", { class: "anchors" }, leaf.anchors.map((one) => el("li", {}, el("b", {}, String(Math.round(one.points))), ` ${one.text}`))),
    el("div", { class: "look" }, evidenceOf(leaf.id, `scores-${leaf.id}`, leaf.name)),
    leaf.alternatives.map(([alternative, name]) => ask_({
      id: `${leaf.id}-${alternative}`, level: "h3", name, text: "", step: "",
      ends: ["0 worst", "100 best"],
      get: () => scoreOf(alternative, leaf.id),
      set: (value) => change((own) => answer(own.scores[alternative] ||= {}, leaf.id, value)),
      was: before && before.round < room.round ? (before.scores[alternative] || {})[leaf.id] : undefined,
    }))));
  const comment = el("textarea", { id: "comment", rows: 2, maxlength: 1000, oninput: () => change((own) => { own.comment = comment.value; }) });
  comment.value = ballot.comment;
  put(place,
    el("h1", { tabindex: -1 }, weigh.length ? "How much would each step up matter?" : "How good is each?"),
    el("p", { class: "lead" }, families().length === 1 ? HUNDRED : "", " Nobody sees your answers before the reveal.", el("span", { "data-few": true })),
    isLate() ? late() : "",
    ballot.gut.length && ballot.hasGut ? el("p", { class: "small" }, `By feeling: ${inOrder(ballot.gut)}. `, el("button", { type: "button", class: "plain", onclick: () => { change((own) => { own.hasGut = false; }); show(); } }, "Change this order")) : "",
    weigh, score,
    el("label", { for: "comment" }, "A comment for the reveal, if you like"), comment,
    el("div", { class: "bar" },
      el("p", { id: "trouble", class: "note", role: "alert", hidden: true }),
      el("p", { class: "state" }, el("b", { id: "progress" }), el("span", { id: "state" })),
      el("button", { type: "button", class: "main", id: "send", onclick: send }, "Send my weights")),
  );
}

function answer(row, id, value) { if (value === undefined) delete row[id]; else row[id] = value; }

/** What was set too late for the last round, to be taken over by hand. */
function late() {
  const take = () => {
    change((own) => { own.weights = { ...before.weights }; own.scores = JSON.parse(JSON.stringify(before.scores)); own.comment = before.comment; });
    done();
  };
  const done = () => { before = { ...before, isDone: true }; kept.set(`${KEY}.before`, before); redraw(); };
  return el("div", { class: "note" }, el("p", {}, `What you set in round ${before.round} came too late and was not counted. It is kept here.`),
    el("button", { type: "button", onclick: take }, "Use it in this round"), " ", el("button", { type: "button", onclick: done }, "Start afresh"));
}

let hasWarned = false;
/** Send: with open questions only when pressed again, for they count as no opinion. */
function send() {
  const [done, all] = progress(), found = troubles(), open = all - done;
  if (!done && !ballot.gut.length) return warn("Answer at least one question first; no opinion is an answer too.");
  if (found.length) return warn(found.join(" "));
  if (open && !hasWarned) {
    hasWarned = true;
    const first = asked.find((one) => one.isOpen());
    return warn(`${open === 1 ? "One question is" : `${open} questions are`} not answered and would count as no opinion. Answer, or press Send again.`, first);
  }
  hasWarned = false;
  change((own) => { own.isSent = true; own.isOpen = false; });
  delivery.now();
  show();
}

function warn(text, first) {
  const place = $("trouble");
  place.textContent = text;
  place.hidden = !text;
  if (first) first.element.scrollIntoView({ block: "center" });
}

// --- what was sent ------------------------------------------------------------------------------

function drawSent(place) {
  const row = (name, value) => el("li", {}, el("span", {}, name), el("b", {}, value === undefined ? "not answered" : value === null ? "no opinion" : String(value)));
  put(place,
    el("h1", { tabindex: -1, id: "outcome" }),
    el("p", { class: "lead" }, el("span", { id: "state" })),
    el("p", {}, el("span", { "data-ballots": true }), " You can change yours until the reveal."),
    el("button", { type: "button", class: "wide", onclick: () => { change((own) => { own.isOpen = true; }); show(); } }, "Change my answers"),
    families().map(([name, siblings]) => [el("h2", {}, name || "What you said"), el("ul", { class: "said" }, siblings.map((one) => row(one.name, ballot.weights[one.id])))]),
    about.scores.map((leaf) => [el("h2", {}, `Scores on ${leaf.name}`), el("ul", { class: "said" }, leaf.alternatives.map(([id, name]) => row(name, scoreOf(id, leaf.id))))]),
    ballot.gut.length ? el("p", {}, `By feeling: ${inOrder(ballot.gut)}.`) : "",
    ballot.comment ? el("p", {}, `Your comment: ${ballot.comment}`) : "",
    talk(),
  );
}

function nameOf(id) { return (about.alternatives.find((one) => one.id === id) || { name: id }).name; }

/** An order in words; names may hold commas. */
function inOrder(ids) { return ids.map((id, place) => `${place + 1}. ${nameOf(id)}`).join("; "); }
