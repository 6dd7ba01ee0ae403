// The projector: draws what the room says, from counts before the reveal and from results after it.
const SVG = "http://www.w3.org/2000/svg";
const NAMES = new Map(DATA.alternatives.map((row) => [row.id, row]));
let drawn = "";

const percent = (share) => `${Math.round(share * 100)} %`;
const people = (n) => (n === 1 ? "1 person" : `${n} people`);
const short = (id) => (NAMES.has(id) ? NAMES.get(id).short : id);

function mark(svg, kind, x1, y1, x2, y2, title) {
  const line = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ x1, y1, x2, y2, class: kind })) line.setAttribute(name, value);
  svg.append(line);
  if (title) { const told = document.createElementNS(SVG, "title"); told.textContent = title; line.append(told); }
}

/** One criterion: each person's share, the middle half, the median, and where the winner stays. */
function strip(row, found, most, before) {
  const box = el("div", { class: "strip" }), name = el("div", { class: "name" }, row.name || found.names[row.id]), svg = document.createElementNS(SVG, "svg");
  const width = 1000, at = (share) => Math.min(1, share / most) * width;
  if (row.parent) name.append(el("small", {}, `in ${found.names[row.parent]}`));
  svg.setAttribute("viewBox", `0 0 ${width} 44`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  const low = row.stable_low, high = row.stable_high;
  const zone = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({ x: at(low), y: 0, width: Math.max(0, at(Math.min(high, most)) - at(low)), height: 44, class: "stays" })) zone.setAttribute(key, value);
  if (row.opinions) svg.append(zone); // where nobody weighs, nothing is to be held against it
  for (const ballot of found.ballots) { const share = ballot.weights[row.id]; if (share !== null && share !== undefined) mark(svg, "one", at(share), 8, at(share), 26); }
  if (before !== undefined && before !== null) mark(svg, "was", at(before), 0, at(before), 44, `median of the round before: ${percent(before)}`);
  if (row.median !== null) { mark(svg, "half", at(row.lower), 34, at(row.upper), 34); mark(svg, "mid", at(row.median), 4, at(row.median), 40); }
  const told = row.median === null ? "nobody has an opinion" : `median ${percent(row.median)}, middle half ${percent(row.lower)} to ${percent(row.upper)}, from ${percent(row.low)} to ${percent(row.high)}`;
  svg.setAttribute("aria-label", `${found.names[row.id]}: ${told}. ${row.verdict}.`);
  const verdict = el("div", { class: "verdict" });
  verdict.append(row.is_pressing ? el("b", {}, row.verdict) : row.verdict);
  box.append(name, svg, verdict);
  return box;
}

function list(title, rows) {
  const box = el("section");
  if (!rows.length) return box;
  const all = el("ul");
  box.append(el("h2", {}, title), all);
  for (const row of rows) all.append(el("li", {}, row));
  return box;
}

function ranking(found) {
  const box = el("section"), table = el("table"), head = el("tr");
  for (const [text, kind] of [["Under the weights of all", ""], ["Score of 100", "n"], ["First for", "n"]]) { const cell = el("th", { class: kind }, text); cell.scope = "col"; head.append(cell); }
  table.append(head);
  for (const row of found.ranking) {
    const line = el("tr"), first = el("td"), dot = el("span", { class: "dot" });
    dot.style.background = (NAMES.get(row.alternative) || {}).colour || "";
    first.append(dot, `${row.rank}. ${row.name}${row.unproven ? " (unproven)" : ""}`);
    const n = found.firsts[row.alternative] || 0;
    line.append(first, el("td", { class: "n" }, (row.score * 100).toFixed(1)), el("td", { class: "n" }, `${Number.isInteger(n) ? n : n.toFixed(1)} of ${found.participants - found.without_opinion}`));
    table.append(line);
  }
  box.append(el("h2", {}, "The ranking"), table);
  return box;
}

async function reveal(state) {
  const [{ status, body: found }, { body: said }, { body: about }] = await Promise.all([ask("GET", `${API}/results?round=${state.revealed}`), ask("GET", `${API}/comments`), state.phase === "closed" ? ask("GET", API) : {}]);
  if (status !== 200) { drawn = ""; setTimeout(() => draw(state), 2000); return; }
  $("headline").textContent = found.headline;
  const leader = found.ranking.length ? short(found.ranking[0].alternative) : "";
  $("reading").textContent = found.participants ? `One mark is one person's weight among its siblings; the thick line is the middle half, the tall mark the median${found.movement ? ", the dashed one that of the round before" : ""}.${leader ? ` Shaded: where ${leader} stays first.` : ""}` : "";
  const seen = found.criteria.flatMap((row) => [row.high ?? 0]);
  const most = Math.min(1, Math.max(0.1, ...seen) * 1.05);
  const before = found.movement ? found.movement.medians : {};
  $("strips").replaceChildren(...found.criteria.map((row) => strip(row, found, most, before[row.id] ? before[row.id].before : null)));
  $("under").textContent = found.ranking.length > 1 ? `Weights of all together: ${found.ranking.slice(0, 2).map((row) => `${short(row.alternative)} ${(row.score * 100).toFixed(1)}`).join(", ")} of 100. Marks run from 0 to ${percent(most)}.` : "";
  $("next").textContent = state.phase === "closed" ? (about && about.signed ? `Signed off by ${about.signed}` : "Closed") : "Next: talk, then another round or the end";
  const words = found.words, comments = said && state.phase !== "voting" ? said.comments.filter((c) => c.round === found.round).map((c) => (c.name ? `${c.text} (${c.name})` : c.text)) : [];
  $("more").replaceChildren(
    ranking(found),
    list("Do you agree?", [found.consensus, words.agreement, ...words.camps].filter(Boolean)),
    list("What has moved", words.movement), list("Who would choose otherwise", words.minority),
    list("Feeling and weights", words.gut), list("Scores", words.scores),
    list("To talk about", comments), list("Please note", found.warnings));
  say(found.headline);
}

// --- lists longer than the screen: shown in parts, in turn, so that no word is cut --------------

const TURN = 12000, SCALES = [1, 0.96, 0.92, 0.88, 0.85];
const lists = [...document.querySelectorAll(".turns")].map((box) => {
  const list = { ul: box.querySelector("ul"), told: el("span"), parts: [], at: 0 };
  const step = (by, text, label) => {
    const made = el("button", { class: "plain" }, text);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => { clearInterval(turning); turnTo(list, list.at + by); });
    return made;
  };
  list.nav = el("span", { class: "turn" });
  list.nav.append(step(-1, "‹", "The part before"), list.told, step(1, "›", "The next part"));
  box.querySelector("h2").append(list.nav);
  return list;
});

function turnTo(list, at) {
  const all = [...list.ul.children], n = list.parts.length;
  list.at = (at + n) % n;
  const part = list.parts[list.at];
  for (const row of all) row.hidden = !part.includes(row);
  list.nav.hidden = n < 2;
  const first = all.indexOf(part[0]) + 1, last = first + part.length - 1;
  list.told.textContent = `${first === last ? first : `${first} to ${last}`} of ${all.length}`;
}

/** Rows in parts of up to so many pixels, one row at least. */
function split(rows, most) {
  const parts = [];
  let height = 0;
  for (const row of rows) {
    const own = row.getBoundingClientRect().height;
    if (!parts.length || height + own > most) { parts.push([]); height = 0; }
    parts[parts.length - 1].push(row);
    height += own;
  }
  return parts;
}

/** All at once where that fits, in a little smaller type if need be; else in parts of like size. */
function fit() {
  if ($("voting").hidden) return;
  for (const list of lists) {
    const rows = [...list.ul.children];
    if (!rows.length) { list.nav.hidden = true; continue; }
    for (const row of rows) row.hidden = false;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    let most = Infinity;
    for (const scale of SCALES) {
      list.ul.style.fontSize = `${1.05 * scale}rem`;
      const top = list.ul.getBoundingClientRect().top + scrollY;
      most = innerWidth > 700 ? innerHeight - top - ($("clock").hidden ? 1 : 4.4) * rem : Infinity;
      list.parts = split(rows, most);
      if (list.parts.length === 1) break;
    }
    if (list.parts.length > 1) {
      list.ul.style.fontSize = "";
      list.parts = split(rows, most);
      for (let less = most * 0.95, n = list.parts.length; n < rows.length && split(rows, less).length === n; less *= 0.95) list.parts = split(rows, less);
    }
    turnTo(list, Math.min(list.at, list.parts.length - 1));
  }
}

const turning = setInterval(() => { for (const list of lists) if (list.parts.length > 1) turnTo(list, list.at + 1); }, TURN);
addEventListener("resize", fit);
document.fonts.addEventListener("loadingdone", fit); // before, rows are as high as in another type

function draw(state) {
  if (state === null) { location.reload(); return; }
  const isRevealed = state.revealed > 0 && (state.phase === "revealed" || state.phase === "closed");
  $("joining").hidden = state.phase !== "lobby";
  $("voting").hidden = state.phase !== "voting";
  $("revealed").hidden = !isRevealed;
  $("corner").hidden = state.phase === "lobby" || state.phase === "closed";
  const there = state.participants === 0 ? "Nobody has joined yet" : `${people(state.participants)} here`;
  $("where").textContent = state.phase === "lobby" ? there : state.phase === "voting" ? `Round ${state.round} · ${there}` : `Round ${state.revealed} · ${state.ballots} ballot${state.ballots === 1 ? "" : "s"}${DATA.named ? "" : ", none named"}`;
  if (state.phase === "voting") {
    $("count").textContent = `${state.ballots} of ${state.participants} ${state.ballots === 1 ? "has" : "have"} answered`;
    $("filled").style.width = `${state.participants ? Math.min(100, (100 * state.ballots) / state.participants) : 0}%`;
    $("bar").setAttribute("aria-label", $("count").textContent);
  }
  timer = state.timer;
  if (state.phase !== phase) { phase = state.phase; fit(); }
  const key = isRevealed ? `${state.phase} ${state.revealed}` : "";
  if (key && key !== drawn) { drawn = key; reveal(state); }
  if (!isRevealed) drawn = "";
  if (state.phase === "closed" && !isRevealed) { $("revealed").hidden = false; $("headline").textContent = "This room is closed."; }
}

let timer = null, phase = "";
setInterval(() => {
  const text = left(timer);
  if ($("clock").hidden !== !text) { $("clock").hidden = !text; fit(); }
  $("clock").textContent = text === "0:00" ? "Time is up" : text;
}, 500);
draw(DATA.state);
follow(draw);
