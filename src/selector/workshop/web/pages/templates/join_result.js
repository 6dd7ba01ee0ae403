// After the reveal: one's own against the group's, in words and as strips.

let results = null; // of the last revealed round, with own: one's shares and ranking, comments
const fetching = again(async () => {
  const round = room.revealed;
  if (!round || (results && results.round === round)) return null;
  // A hall does not ask in one instant: a phone waits up to 10 ms for each person in the room.
  await new Promise((go) => setTimeout(go, Math.random() * Math.min(8000, 20 * room.participants)));
  const [all, mine, said] = await Promise.all([
    ask("GET", `${API}/results?round=${round}&brief`),
    who.token ? ask("GET", `${API}/ballot?round=${round}`, { token: who.token }) : { status: 200, body: {} },
    ask("GET", `${API}/comments`),
  ]);
  const failed = [all, mine, said].find(isPassing);
  if (failed) { tellWaiting(failed); return failed.retry; }
  if (mine.status === 401) resume.now();
  if (mine.status === 403) return fail("removed"), null;
  if (all.status !== 200) { tellWaiting(all); return null; }
  results = { ...all.body, own: mine.status === 200 ? mine.body : {}, comments: said.status === 200 ? said.body.comments.filter((one) => one.round === round) : [] };
  redraw();
  return null;
});

function tellWaiting(answer) {
  if ($("waiting")) $("waiting").textContent = answer.status === 0 ? "No connection: the result comes by itself as soon as there is one." : isPassing(answer) ? "The room is busy; the result comes by itself." : told(answer);
}

function percent(share) { return `${Math.round(100 * share)} %`; }

function drawResult(place) {
  const isClosed = room.phase === "closed", isThere = results && results.round === room.revealed;
  if (!isThere) fetching.now();
  const end = isClosed ? el("p", { class: "note good" }, about && about.signed ? `The room is closed, signed off by ${about.signed}. Thank you for taking part.` : "The room is closed. Thank you for taking part.") : "";
  if (!room.revealed) {
    put(place, el("h1", { tabindex: -1 }, "The room is closed"), el("p", {}, "No round was revealed."));
    return;
  }
  if (!isThere) {
    put(place, el("h1", { tabindex: -1 }, `Round ${room.revealed} is revealed`), end, el("p", { id: "waiting", role: "status" }, "Fetching the result…"));
    return;
  }
  const mine = results.own, own = mine.shares || {};
  // The answer is the headline; what to talk about follows it.
  const [, first_, rest] = /^(.*?\.)(?: ((?:Talk|You|No|On) .*))?$/.exec(results.headline) || ["", results.headline, ""];
  const shown_ = [...results.criteria.map((one) => one.upper), ...Object.values(own)].filter((share) => typeof share === "number");
  const most = 1.06 * Math.max(0.01, ...shown_); // one scale for all, so that they can be compared
  const isEmpty = results.participants === 0;
  const first = (mine.ranking || []).filter((row) => row.rank === 1).map((row) => row.alternative);
  put(place,
    el("h1", { tabindex: -1 }, first_),
    rest && el("p", { class: "then" }, rest),
    end, fateOf(mine),
    isEmpty ? "" : el("p", { class: "lead" }, results.consensus),
    own_(first),
    isEmpty ? "" : [el("h2", {}, "You and the group"),
    el("p", { class: "how" }, "Shares of all that is weighed together. The dot is you, the line the middle of the group, the bar the middle half of it; all begin at 0."),
    foldedFrom(results.criteria, own).map((part, i) => i === 0 ? part.map((one) => strip(one, own[one.id], most))
      : el("details", {}, el("summary", {}, `The other ${part.length}`), part.map((one) => strip(one, own[one.id], most))))],
    el("h2", {}, "The ranking"),
    el("p", { class: "how" }, isEmpty ? "By the decision's own weights." : "By the weights of all together, and by yours."),
    ranking(mine.ranking || []),
    isEmpty ? "" : [...results.words.movement, ...results.words.gut].map((text) => el("p", {}, text)),
    results.comments.length ? [el("h2", {}, "What people wrote"), el("ul", { class: "comments" }, results.comments.map((one) => el("li", {}, one.text, one.name && el("span", { class: "small" }, ` ${one.name}`))))] : "",
    isClosed ? "" : el("p", { class: "how" }, "Talk about it. Another round may follow; it opens here by itself."),
    isClosed ? "" : talk(),
  );
}

/** What became of one's ballot, where it did not count as it stood. */
function fateOf(mine) {
  const one = ballot && ballot.round === room.revealed ? ballot : null;
  if (!who.token) return "";
  if (!mine.version) return el("p", { class: "note" }, one && answersIn(one) ? `Your ballot for round ${room.revealed} did not reach the room in time and was not counted. It is kept here and offered when a new round opens.` : `You sent no ballot in round ${room.revealed}.`);
  if (!mine.shares) return el("p", { class: "note" }, "What you sent from another device counts; it is not shown here.");
  if (one && one.sequence > mine.sequence && one.isSent) return el("p", { class: "note" }, "Your last changes came too late; what you had sent before was counted.");
  return "";
}

function own_(first) {
  if (!first.length) return "";
  const group = results.ranking.filter((row) => row.rank === 1).map((row) => row.alternative);
  const names = (ids) => ids.map((id) => results.short[id] || id).join(" and ");
  const isSame = first.length === group.length && first.every((id) => group.includes(id));
  return el("p", {}, isSame ? `Your weights put ${names(first)} first, and so do those of all together.` : `Your weights put ${names(first)} first, those of all together ${names(group)}.`);
}

const AT_ONCE = 8;
/** The criteria to be seen at once and, of many, the others: first those to talk about, then where
 *  one is furthest from the group. */
function foldedFrom(criteria, own) {
  if (criteria.length <= AT_ONCE) return [criteria];
  const far = (one) => (typeof own[one.id] === "number" && one.opinions ? Math.abs(own[one.id] - one.median) : 0);
  const talked = (one) => (results.talk.includes(one.id) ? results.talk.indexOf(one.id) : results.talk.length);
  const order = [...criteria].sort((a, b) => talked(a) - talked(b) || far(b) - far(a));
  return [order.slice(0, AT_ONCE), order.slice(AT_ONCE)];
}

/** One criterion: own share, median and middle half, drawn and in words. */
function strip(one, mine, most) {
  const has = typeof mine === "number";
  const at = (share) => `${100 * share / most}%`;
  const bar = el("span", { class: "half" }), line = el("span", { class: "median" }), dot = el("span", { class: "dot" });
  if (one.opinions) {
    bar.style.left = at(one.lower);
    bar.style.width = at(one.upper - one.lower);
    line.style.left = at(one.median);
  }
  if (has) dot.style.left = at(mine);
  const [lower, upper] = [one.lower, one.upper].map((share) => (one.opinions ? percent(share) : ""));
  const half = lower === upper ? `at ${lower}` : `between ${lower} and ${upper}`;
  const group = one.opinions ? `middle of the group ${percent(one.median)}, half of all ${half}` : "nobody in the group had an opinion";
  const wasAsked = !about || about.criteria.some((question) => question.id === one.id);
  const you = has ? `You ${percent(mine)}, ` : mine === null ? (wasAsked ? "You had no opinion, " : "You were not asked, ") : "";
  const side = !has || !one.opinions ? "" : mine > one.upper ? " You weigh it more than most." : mine < one.lower ? " You weigh it less than most." : "";
  return el("div", { class: "strip" },
    el("h3", {}, one.name),
    el("div", { class: "plot", "aria-hidden": "true" }, el("span", { class: "rail" }), one.opinions ? [bar, line] : "", has ? dot : ""),
    el("p", { class: "small" }, `${you}${you ? group : group[0].toUpperCase() + group.slice(1)}.${side}`),
    one.verdict && el("p", { class: "verdict" }, one.verdict));
}

function ranking(mine) {
  const own = new Map(mine.map((row) => [row.alternative, row.rank]));
  const head = el("tr", {}, el("th", { scope: "col" }, "All"), el("th", { scope: "col", class: "name" }, "Option"), el("th", { scope: "col" }, "Points"), el("th", { scope: "col" }, "First for"), el("th", { scope: "col" }, "You"));
  return el("table", {}, el("thead", {}, head), el("tbody", {}, results.ranking.map((row) => el("tr", {},
    el("td", {}, `${row.rank}.`), el("th", { scope: "row", class: "name" }, row.name, row.unproven ? " (unproven)" : ""),
    el("td", {}, row.score === null ? "–" : (100 * row.score).toFixed(1)),
    el("td", {}, String(Math.round(10 * (results.firsts[row.alternative] || 0)) / 10)),
    el("td", {}, own.has(row.alternative) ? `${own.get(row.alternative)}.` : "–")))));
}
