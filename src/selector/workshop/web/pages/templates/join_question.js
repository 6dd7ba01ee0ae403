// A question: a slider that has no value until it is given one, a field for numbers, no opinion,
// and the evidence beside it.

/** Values are undefined (not answered), null (no opinion) or 0 to 100; `get` and `set` reach the
 *  ballot, `was` is what was said last round. */
function question({ id, level, name, text, step, ends, evidence, get, set, was }) {
  const range = el("input", { type: "range", min: 0, max: 100, step: 1, "aria-labelledby": `name-${id}`, "aria-describedby": text ? `text-${id}` : null });
  const knob = el("span", { class: "knob", "aria-hidden": "true" });
  const fill = el("span", { class: "fill" });
  const mark = typeof was === "number" ? el("span", { class: "was" }) : "";
  const track = el("div", { class: "track" }, el("span", { class: "rail" }), fill, mark, range, knob);
  const number = el("input", { class: "number", type: "text", inputmode: "numeric", maxlength: 3, autocomplete: "off", placeholder: "–", "aria-label": `${name}: points, 0 to 100` });
  const none = el("button", { type: "button", class: "plain", "aria-pressed": "false", "aria-label": `No opinion on ${name}` }, "no opinion");
  const [see, facts] = evidence ? evidenceOf(evidence, id, name) : ["", ""];
  if (mark) mark.style.left = `${was}%`;
  let held; // what was set before no opinion was pressed

  function draw(value) {
    const isSet = typeof value === "number";
    element.className = `ask${isSet ? "" : value === null ? " none" : " open"}`;
    knob.textContent = isSet ? String(value) : value === null ? "–" : "?";
    knob.style.left = fill.style.width = `${isSet ? value : 0}%`;
    range.value = isSet ? value : 0;
    range.setAttribute("aria-valuetext", isSet ? `${value} of 100` : value === null ? "no opinion" : "not answered yet");
    if (document.activeElement !== number) number.value = isSet ? String(value) : "";
    none.setAttribute("aria-pressed", String(value === null));
  }
  function give(value) {
    const now = value === undefined || value === null ? value : Math.max(0, Math.min(100, Math.round(value)));
    draw(now);
    if (now !== get()) set(now);
  }

  // By pointer. A finger that scrolls the page over a slider must not answer it: only a tap or a
  // sideways move does.
  let start = null;
  const at = (event) => {
    const box = track.getBoundingClientRect();
    return Math.round(20 * (event.clientX - box.left) / box.width) * 5;
  };
  const clip = (value) => Math.max(0, Math.min(100, value));
  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    start = { x: event.clientX, id: event.pointerId, isMoved: false };
  });
  track.addEventListener("pointermove", (event) => {
    if (!start || event.pointerId !== start.id) return;
    if (!start.isMoved && Math.abs(event.clientX - start.x) < 5) return;
    if (!start.isMoved) { start.isMoved = true; track.setPointerCapture(start.id); }
    draw(clip(at(event)));
  });
  track.addEventListener("pointerup", (event) => {
    if (!start || event.pointerId !== start.id) return;
    start = null;
    range.focus({ preventScroll: true });
    give(clip(at(event)));
  });
  track.addEventListener("pointercancel", () => { start = null; draw(get()); });

  // By keyboard and by screen reader, which speak to the slider itself.
  range.addEventListener("input", () => give(Number(range.value)));
  range.addEventListener("keydown", (event) => {
    if (["Delete", "Backspace"].includes(event.key)) give(undefined);
    else if (typeof get() !== "number" && ["Home", "ArrowLeft", "ArrowDown", "PageDown"].includes(event.key)) { event.preventDefault(); give(0); }
  });
  number.addEventListener("input", () => {
    const text_ = number.value.replace(/\D/g, "");
    if (text_ !== number.value) number.value = text_;
    if (text_ !== "" || typeof get() === "number") give(text_ === "" ? undefined : Number(text_));
  });
  number.addEventListener("blur", () => draw(get()));
  none.addEventListener("click", () => {
    if (get() !== null) { held = get(); give(null); } else give(held);
  });

  const element = el("div", { role: "group", "aria-labelledby": `name-${id}` },
    el("div", { class: "head" }, el(level, { id: `name-${id}` }, name), number),
    text && el("p", { id: `text-${id}` }, text), step && el("p", { class: "small" }, step),
    track,
    el("div", { class: "ends" }, el("span", {}, ends[0]), see, none, el("span", {}, ends[1])),
    mark ? el("p", { class: "small" }, `You said ${was} last round.`) : was === null ? el("p", { class: "small" }, "You had no opinion last round.") : "",
    facts);
  draw(get());
  return { element, update: () => draw(get()), isOpen: () => get() === undefined };
}

// --- evidence -----------------------------------------------------------------------------------

/** A button and the place that it opens. */
function evidenceOf(criterion, id, name) {
  const place = el("div", { class: "evidence", id: `evidence-${id}`, hidden: true });
  const see = el("button", { type: "button", class: "plain", "aria-expanded": "false", "aria-controls": place.id, "aria-label": `Evidence on ${name}` }, "evidence");
  see.addEventListener("click", () => {
    place.hidden = !place.hidden;
    see.setAttribute("aria-expanded", String(!place.hidden));
    if (!place.hidden) showEvidence(place, criterion, 1);
  });
  return [see, place];
}

const known = new Map();
/** What is known on a criterion, asked for when it is first opened. */
async function showEvidence(place, id, tries) {
  if (place.dataset.done) return;
  put(place, el("p", { class: "small", role: "status" }, "Looking it up…"));
  let found = known.get(id);
  if (!found) {
    const answer = await ask("GET", `${API}/evidence/${encodeURIComponent(id)}`, { cache: "default" });
    if (answer.status === 200) { found = answer.body; known.set(id, found); }
    else if (isPassing(answer) && tries < 3) return void setTimeout(() => showEvidence(place, id, tries + 1), 1000 * (answer.retry || tries));
  }
  if (!found) {
    put(place, el("p", {}, "The evidence cannot be had just now."), el("button", { type: "button", onclick: () => showEvidence(place, id, 1) }, "Try again"));
    return;
  }
  place.dataset.done = "yes";
  const isInside = place.parentElement.matches(".leaf"); // which says the step
  put(place, found.leaves.map((leaf) => leafOf(isInside ? { ...leaf, step: "" } : leaf, found.leaves.length > 1)));
}

/** A leaf of several folds, and asks for its facts when it is opened. */
function leafOf(leaf, isOfMany) {
  const rows = leaf.rows.map((row) => {
    const pair = [el("span", {}, row.alternative), el("b", { class: row.known ? "" : "unknown" }, row.value)];
    if (!row.facts && !row.note) return el("p", { class: "pair" }, pair);
    return el("details", {}, el("summary", { class: "pair" }, pair), (row.facts || []).map(factOf), row.note && el("p", {}, row.note));
  });
  if (!isOfMany) return [leaf.step && el("p", { class: "small" }, `Worst to best: ${leaf.step}`), ...rows];
  const inside = el("div", {}, rows);
  const fold = el("details", { class: "leaf" }, el("summary", {}, el("b", {}, leaf.name), leaf.step && ` ${leaf.step}`), inside);
  if (leaf.facts) fold.addEventListener("toggle", () => { if (fold.open) showEvidence(inside, leaf.id, 1); });
  return fold;
}

function factOf(fact) {
  const accounts = (fact.accounts || []).map((one) => [el("br"), one.value, ": ", sourcesOf(one)]);
  return el("p", { class: "fact" }, `${fact.name}: ${fact.value || "unknown"}`, accounts, el("br"), sourcesOf(fact), fact.note && el("br"), fact.note);
}

function sourcesOf(fact) {
  const links = (fact.sources || []).map((one) => [one.url ? el("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, one.name) : one.name, " "]);
  const rest = [fact.where, fact.when, fact.trust, fact.why].filter(Boolean).join(" · ");
  return el("span", { class: "small" }, links, rest);
}
