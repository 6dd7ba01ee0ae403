/*
 * The layers of a stack as columns; a press fixes a candidate, another lets it go. data: { label,
 * beside, layers: [{ id, name, share, fixed, candidates: [{ id, name, points, state, line, why }] }] }.
 * `state` is "in" (in the best stack), "can" or "cannot"; `line` says in a few words what choosing
 * it would give up, `why` at length why it cannot be, once that was asked. Tells the host
 * setTriggerValue("fixed", "layer:candidate"), with nothing behind the colon to let the layer go, or
 * "*" for all of them; and ("asked", "layer:candidate") for why it cannot be.
 */
const Stacks = new WeakMap();

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

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
    const [layer, id] = [button.closest(".layer").dataset.layer, button.dataset.candidate];
    const fixed = button.getAttribute("aria-pressed") === "true";
    for (const other of button.closest(".layer").querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(!fixed));
    view.root.setAttribute("aria-busy", "true");
    view.send("fixed", `${layer}:${fixed ? "" : id || "-"}`);
  }
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
  const chosen = layer.candidates.filter((each) => each.state === "in");
  const others = layer.candidates.filter((each) => each.state !== "in");
  const many = others.length === 1 ? "1 other" : `${others.length} others`;
  const more = others.length
    ? make("button", { type: "button", class: "more", "data-open": "yes", "aria-expanded": String(isOpen) }, many)
    : null;
  return make("section", { class: `layer${isOpen ? " open" : ""}`, "data-layer": layer.id, "aria-label": layer.name },
    make("h3", {}, layer.name, make("small", {}, layer.share)),
    make("ul", {}, ...chosen.map((each) => entry(layer, each))),
    more,
    make("ul", { class: "others" }, ...others.map((each) => entry(layer, each))));
}

function entry(layer, candidate) {
  const isFixed = layer.fixed === candidate.id;
  const cannot = candidate.state === "cannot";
  const button = make("button", {
    type: "button", class: `${candidate.state}${cannot && candidate.line !== "knocked out" ? " told" : ""}`, "data-candidate": candidate.id, "data-id": `${layer.id}:${candidate.id}`,
    "data-why": candidate.why || null, title: cannot ? "Why not?" : null,
    "aria-pressed": cannot ? null : String(isFixed), "aria-disabled": cannot ? "true" : null,
  },
  make("span", { class: "name" }, candidate.name, make("b", {}, candidate.points)),
  make("span", { class: "line" }, isFixed ? `fixed · ${candidate.line}` : candidate.line),
  candidate.why ? make("span", { class: "why", role: "status" }, candidate.why) : null);
  return make("li", {}, button);
}
