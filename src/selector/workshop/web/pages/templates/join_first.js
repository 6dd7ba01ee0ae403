// By feeling, before any number: the options in order, built up one by one, so that no order is
// there from the start.

function drawFirst(place) {
  const own = ballot.gut;
  const left = about.alternatives.filter((one) => !own.includes(one.id));
  const set = (gut, focus) => {
    change((kept_) => { kept_.gut = gut; });
    drawFirst(place);
    const target = focus && place.querySelector(`[data-at="${CSS.escape(focus)}"]:not([disabled])`);
    (target || place.querySelector("#gut-on")).focus();
    say(gut.length ? `Your order: ${inOrder(gut)}.` : "No order yet.");
  };
  const moved = (id, by) => {
    const next = own.filter((one) => one !== id), to = own.indexOf(id) + by;
    next.splice(to, 0, id);
    const isEdge = (by < 0 && to === 0) || (by > 0 && to === own.length - 1);
    set(next, `${id} ${isEdge ? -by : by}`);
  };
  const key = (id, by, sign, label, isOff) => el("button", { type: "button", class: "step", "data-at": `${id} ${by}`, "aria-label": `${nameOf(id)}: ${label}`, disabled: isOff, onclick: () => moved(id, by) }, sign);
  put(place,
    el("h1", { tabindex: -1 }, "By feeling, which would you choose?"),
    el("p", { class: "lead" }, `${room.round > 1 ? "Whatever the last round said" : "Before any number"}: the best first. It is held against what your weights say. You need not name all, and nobody sees yours before the reveal.`),
    own.length ? el("ol", { class: "order" }, own.map((id, place_) => el("li", {},
      el("span", {}, `${place_ + 1}. ${nameOf(id)}`),
      key(id, -1, "↑", "one up", place_ === 0), key(id, 1, "↓", "one down", place_ === own.length - 1),
      el("button", { type: "button", class: "step", "aria-label": `${nameOf(id)}: take out`, onclick: () => set(own.filter((one) => one !== id), `add ${id}`) }, "×")))) : "",
    left.length ? el("p", { class: "how" }, own.length ? "Which comes next?" : "Which comes first?") : "",
    el("ul", { class: "order" }, left.map((one, i) => el("li", {}, el("button", { type: "button", class: "wide", "data-at": `add ${one.id}`, onclick: () => set([...own, one.id], left[i + 1] ? `add ${left[i + 1].id}` : left[i - 1] ? `add ${left[i - 1].id}` : "") }, one.name)))),
    el("p", {}, el("button", { type: "button", class: "main wide", id: "gut-on", onclick: () => { change((kept_) => { kept_.hasGut = true; }); show(); } }, own.length ? "Go on to the questions" : "Skip this")),
  );
}
