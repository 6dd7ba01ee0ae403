/*
 * The layers of a stack as columns; a press fixes a candidate, another lets it go, and so does
 * dragging it onto what is chosen in its layer, and off it again. data: { label, beside,
 * layers: [{ id, name, share, fixed, candidates: [{ id, name, points, state, line, why }] }] }.
 * `state` is "in" (in the best stack), "can" or "cannot"; `line` says in a few words what choosing
 * it would give up, `why` at length why it cannot be, once that was asked. Tells the host
 * setTriggerValue("fixed", "layer:candidate"), with nothing behind the colon to let the layer go, or
 * "*" for all of them; and ("asked", "layer:candidate") for why it cannot be.
 */
const Stacks = new WeakMap();

export default function stack({ parentElement, data, setTriggerValue }) {
  const shape = JSON.stringify(data);
  let view = Stacks.get(parentElement);
  if (!view || view.shape !== shape) {
    const focused = parentElement.activeElement?.dataset?.id;
    const open = new Set(view ? [...view.root.querySelectorAll(".layer.open")].map((layer) => layer.dataset.layer) : []);
    view?.root.remove();
    view = { shape, root: draw(data, open) };
    view.root.addEventListener("click", (event) => press(view, event.target.closest("button")));
    view.root.addEventListener("keydown", (event) => walk(view, event));
    dragging(view);
    Stacks.set(parentElement, view);
    parentElement.append(view.root);
    if (focused) view.root.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  view.send = setTriggerValue;
}

function press(view, button) {
  if (!button) return;
  if (button.dataset.all) {
    if (button.getAttribute("aria-disabled") !== "true") view.send("fixed", "*");
  } else if (button.dataset.open) {
    const layer = button.closest(".layer");
    button.setAttribute("aria-expanded", String(layer.classList.toggle("open")));
  } else if (button.getAttribute("aria-disabled") === "true") {
    if (button.dataset.why) button.classList.toggle("told");
    else view.send("asked", button.dataset.id);
  } else {
    turn(view, button);
  }
}

const isFixed = (button) => button.getAttribute("aria-pressed") === "true";

/** Fix a candidate, or let it go where it is fixed. */
function turn(view, button) {
  const [layer, id, fixed] = [button.closest(".layer"), button.dataset.candidate, isFixed(button)];
  for (const other of layer.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(!fixed));
  view.root.setAttribute("aria-busy", "true");
  view.send("fixed", `${layer.dataset.layer}:${fixed ? "" : id || "-"}`);
}

/** What is dragged onto its layer's place is fixed; what is fixed is let go anywhere else here. */
function dragging(view) {
  let [held, place] = [null, null];
  const takes = (target) => held && place.contains(target) !== isFixed(held);
  const over = (target) => place?.classList.toggle("over", Boolean(target) && place.contains(target));
  const ended = () => {
    over(null);
    place?.classList.remove("place");
    [held, place] = [null, null];
  };
  const heard = {
    dragstart(event) {
      held = event.target.closest("button");
      place = held.closest(".layer").querySelector(".chosen");
      place.classList.add("place");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held.dataset.id); // without data Firefox drags nothing
    },
    dragover(event) {
      over(event.target);
      if (takes(event.target)) event.preventDefault(); // which is how one says that it may be dropped
    },
    dragleave(event) { if (!view.root.contains(event.relatedTarget)) over(null); },
    drop(event) {
      if (!takes(event.target)) return;
      event.preventDefault();
      turn(view, held);
    },
    dragend: ended,
  };
  for (const [name, hear] of Object.entries(heard)) view.root.addEventListener(name, hear);
}

/** Up and down walk through a layer, left and right to the next. */
function walk(view, event) {
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  const here = event.target.closest?.("button[data-candidate]");
  if (!steps || !here) return;
  const layers = [...view.root.querySelectorAll(".layer")];
  const at = layers.indexOf(here.closest(".layer"));
  const seen = (layer) => [...layer.querySelectorAll("button[data-candidate]")].filter((button) => button.checkVisibility());
  const place = seen(layers[at]).indexOf(here);
  const row = seen(layers[at + steps[0]] ?? layers[at]);
  const next = row[Math.min(place + steps[1], row.length - 1)];
  if (next) { next.focus(); event.preventDefault(); }
}

function draw(data, open) {
  const layers = data.layers.map((layer) => column(layer, open.has(layer.id)));
  const any = data.layers.some((layer) => layer.fixed !== null);
  return make("div", { class: "stack", role: "group", "aria-label": data.label },
    make("div", { class: data.beside ? "layers beside" : "layers" }, ...layers),
    make("div", { class: "foot" },
      make("button", { type: "button", class: "all", "data-all": "yes", "data-id": "*", "aria-disabled": any ? null : "true" }, "Let all go")));
}

function column(layer, isOpen) {
  const isChosen = (each) => each.state === "in" || layer.fixed === each.id;
  const chosen = layer.candidates.filter(isChosen);
  const others = layer.candidates.filter((each) => !isChosen(each));
  const many = others.length === 1 ? "1 other" : `${others.length} others`;
  const more = others.length
    ? make("button", { type: "button", class: "more", "data-open": "yes", "aria-expanded": String(isOpen) }, many)
    : null;
  return make("section", { class: `layer${isOpen ? " open" : ""}`, "data-layer": layer.id, "aria-label": layer.name },
    make("h3", {}, layer.name, make("small", {}, layer.share)),
    make("ul", { class: "chosen" }, ...chosen.map((each) => entry(layer, each))),
    more,
    make("ul", { class: "others" }, ...others.map((each) => entry(layer, each))));
}

function entry(layer, candidate) {
  const fixed = layer.fixed === candidate.id;
  const cannot = candidate.state === "cannot" && !fixed; // what is fixed can always be let go
  const button = make("button", {
    type: "button", class: `${fixed ? "in" : candidate.state}${cannot && candidate.line !== "knocked out" ? " told" : ""}`, "data-candidate": candidate.id, "data-id": `${layer.id}:${candidate.id}`,
    "data-why": candidate.why || null, title: cannot ? "Why not?" : null,
    "aria-pressed": cannot ? null : String(fixed), "aria-disabled": cannot ? "true" : null,
    draggable: fixed || candidate.state === "can" ? "true" : null,
  },
  make("span", { class: "name" }, candidate.name, make("b", {}, candidate.points)),
  make("span", { class: "line" }, fixed ? `fixed · ${candidate.line}` : candidate.line),
  candidate.why ? make("span", { class: "why", role: "status" }, candidate.why) : null);
  return make("li", {}, button);
}
