/*
 * One line for each alternative over criteria, values 0 to 100. data: { label, axes: [{ id, name,
 * small }], lines: [{ id, name, colour, values, low, high, texts }], lit }. The lit line and the one
 * under the pointer or the focus stand out, the others are muted. Few axes on a wide screen stand
 * upright side by side; many, or on a phone, lie beneath each other, with the lines running down.
 * Tells the host setTriggerValue("lit", id).
 */
const Parallels = new WeakMap();
const SVG = "http://www.w3.org/2000/svg";
const MOST = 9; // axes that stand upright
const NARROW = 600;
const HEIGHT = 380;
const EACH = 17; // pixels between two labels at the lines' ends

const drawn = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

export default function parallel({ parentElement, data, setTriggerValue }) {
  const shape = JSON.stringify([data.label, data.axes, data.lines]);
  let view = Parallels.get(parentElement);
  if (!view || view.shape !== shape) {
    const focused = parentElement.activeElement?.dataset?.id;
    view?.watch.disconnect();
    view?.root.remove();
    view = begin(data, shape);
    Parallels.set(parentElement, view);
    parentElement.append(view.root);
    view.watch.observe(view.root);
    if (focused) view.root.querySelector(`button[data-id="${CSS.escape(focused)}"]`)?.focus();
  }
  view.send = setTriggerValue;
  if (view.told !== data.lit) {
    view.told = data.lit;
    view.lit = data.lit;
    light(view);
  }
}

function begin(data, shape) {
  const view = { shape, data, over: "", lit: data.lit };
  view.chips = make("div", { class: "chips", role: "group", "aria-label": "Highlight" }, ...data.lines.map((line) => {
    const chip = make("button", { type: "button", "data-id": line.id }, make("i", { "aria-hidden": "true" }), line.name);
    chip.style.setProperty("--c", line.colour);
    return chip;
  }));
  view.plot = make("div", { class: "plot", "aria-hidden": "true" });
  view.root = make("div", { class: "parallel", role: "group", "aria-label": data.label }, view.chips, view.plot);
  const owner = (event) => event.target.closest?.("[data-id]")?.dataset.id ?? "";
  const over = (id) => { if (view.over !== id) { view.over = id; light(view); } };
  view.root.addEventListener("pointerover", (event) => over(owner(event)));
  view.root.addEventListener("pointerleave", () => over(""));
  view.root.addEventListener("focusin", (event) => over(owner(event)));
  view.root.addEventListener("focusout", () => over(""));
  view.root.addEventListener("click", (event) => {
    const id = owner(event);
    if (!id) return;
    view.lit = id;
    light(view);
    view.send("lit", id);
  });
  view.watch = new ResizeObserver(() => place(view));
  return view;
}

/** Lay out axes and lines in the room there is. */
function place(view) {
  const room = view.root.clientWidth;
  if (!room || room === view.room) return;
  view.room = room;
  const lies = room < NARROW || view.data.axes.length > MOST;
  view.plot.replaceChildren();
  view.plot.className = `plot ${lies ? "lies" : "stands"}`;
  const at = lies ? lying(view, room) : standing(view, room);
  const picture = drawn("svg", { width: room, height: at.height });
  for (const [x1, y1, x2, y2] of at.rules) picture.append(drawn("line", { x1, y1, x2, y2, class: "rule" }));
  view.lines = view.data.lines.map((line) => {
    const points = line.values.map((value, axis) => at.point(axis, value));
    const group = drawn("g", { "data-id": line.id, class: "line" });
    group.style.setProperty("--c", line.colour);
    line.values.forEach((_, axis) => {
      if (line.high[axis] - line.low[axis] < 0.5) return;
      const [x1, y1] = at.point(axis, line.low[axis]);
      const [x2, y2] = at.point(axis, line.high[axis]);
      group.append(drawn("line", { x1, y1, x2, y2, class: "reach" }));
    });
    const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    group.append(drawn("polyline", { points: path, class: "hit" }), drawn("polyline", { points: path, class: "run" }));
    for (const [cx, cy] of points) group.append(drawn("circle", { cx, cy, r: 3.5 }));
    picture.append(group);
    return { line, group, points };
  });
  view.picture = picture;
  view.plot.style.height = `${at.height}px`;
  view.plot.prepend(picture);
  view.at = at;
  view.ends = lies ? [] : labels(view, at);
  view.figures = make("div", { class: "figures" });
  view.plot.append(view.figures);
  light(view);
}

function write(view, text, kind, left, top, width) {
  const node = make("div", { class: kind }, text);
  node.style.cssText = `left:${left}px;top:${top}px;${width ? `width:${width}px` : ""}`;
  view.plot.append(node);
  return node;
}

function standing(view, room) {
  const { axes, lines } = view.data;
  const head = 56, foot = 14, left = 40, right = Math.min(200, room * 0.25, 40 + 8 * Math.max(...lines.map((line) => line.name.length)));
  const height = head + Math.max(HEIGHT, lines.length * EACH) + foot;
  const step = axes.length > 1 ? (room - left - right - 30) / (axes.length - 1) : 0;
  const x = (axis) => left + 30 + axis * step;
  const y = (value) => head + 8 + (1 - value / 100) * (height - head - foot - 16);
  const width = Math.min(step || 200, 150);
  axes.forEach((axis, i) => {
    const name = write(view, axis.name, "axis", x(i) - width / 2 + 3, 0, width - 6);
    if (axis.small) name.append(make("small", {}, axis.small));
  });
  for (const value of [0, 50, 100]) write(view, String(value), "tick", 0, y(value) - 8, 28);
  const rules = axes.map((_, i) => [x(i), y(0), x(i), y(100)]);
  rules.push(...[0, 50, 100].map((value) => [left - 4, y(value), x(axes.length - 1), y(value)]));
  return { height, rules, point: (axis, value) => [x(axis), y(Math.min(100, Math.max(0, value)))], right, room };
}

function lying(view, room) {
  const { axes } = view.data;
  const narrow = room < NARROW;
  const first = narrow ? 0 : Math.min(280, room * 0.3), last = narrow ? 0 : 130;
  const each = narrow ? 60 : 34, head = 26, height = head + axes.length * each + 40;
  const x = (value) => first + 14 + (value / 100) * (room - first - last - 28);
  const y = (axis) => head + axis * each + (narrow ? 44 : each / 2);
  axes.forEach((axis, i) => {
    const name = write(view, axis.name, "row", 0, narrow ? y(i) - 43 : y(i) - 17, narrow ? room - 110 : first - 6);
    if (axis.small) name.append(make("small", {}, ` ${axis.small}`));
  });
  for (const value of [0, 50, 100]) {
    const tick = write(view, value === 0 ? "0 worst" : value === 100 ? "100 best" : "50", "tick", x(value) - 40, 2, 80);
    tick.style.textAlign = value === 0 ? "left" : value === 100 ? "right" : "center";
    tick.style.left = `${x(value) - (value === 0 ? 4 : value === 100 ? 76 : 40)}px`;
  }
  const rules = axes.map((_, i) => [x(0), y(i), x(100), y(i)]);
  rules.push(...[0, 50, 100].map((value) => [x(value), head, x(value), height - 34]));
  return { height, rules, lies: true, narrow, last, room, x, point: (axis, value) => [x(Math.min(100, Math.max(0, value))), y(axis)] };
}

/** The names at the lines' ends, pushed apart where lines end close together. */
function labels(view, at) {
  const ends = view.lines.map((each) => ({ ...each, wanted: each.points.at(-1)[1], x: each.points.at(-1)[0] }));
  ends.sort((a, b) => a.wanted - b.wanted);
  let last = -Infinity;
  for (const end of ends) last = end.y = Math.max(end.wanted, last + EACH);
  let next = at.height - 8;
  for (const end of [...ends].reverse()) next = (end.y = Math.min(end.y, next)) - EACH;
  return ends.map((end) => {
    const node = write(view, end.line.name, "end", end.x + 24, end.y - 9, at.right - 28);
    node.dataset.id = end.line.id;
    node.style.setProperty("--c", end.line.colour);
    const lead = drawn("polyline", { points: `${end.x},${end.wanted} ${end.x + 21},${end.y}`, class: "lead" });
    end.group.append(lead);
    return node;
  });
}

/** Let the chosen line stand out, and the one under the hand. */
function light(view) {
  const shown = view.over || view.lit;
  for (const chip of view.chips.children) {
    chip.setAttribute("aria-pressed", String(chip.dataset.id === view.lit));
    chip.classList.toggle("on", chip.dataset.id === shown);
  }
  if (!view.lines) return;
  for (const { line, group } of view.lines) {
    const on = line.id === view.lit || line.id === shown;
    group.classList.toggle("on", on);
    if (on && line.id === shown) view.picture.append(group);
  }
  for (const end of view.ends) end.classList.toggle("on", end.dataset.id === view.lit || end.dataset.id === shown);
  const found = view.lines.find(({ line }) => line.id === shown);
  view.figures.replaceChildren();
  if (!found) return;
  const { at } = view;
  found.points.forEach(([x, y], axis) => {
    const figure = make("div", { class: at.lies ? "figure side" : "figure" }, found.line.texts[axis]);
    const top = at.lies ? (at.narrow ? y - 26 : y) : y < 84 ? y + 7 : y - 25;
    figure.style.cssText = at.lies ? `right:0;top:${top}px;width:${at.narrow ? 104 : at.last - 10}px` : `left:${x - 30}px;top:${top}px`;
    view.figures.append(figure);
  });
  if (at.lies) {
    const [x] = found.points.at(-1);
    const name = make("div", { class: "end on under" }, found.line.name);
    name.style.cssText = `left:${Math.min(Math.max(x - 90, 0), at.room - 180)}px;top:${at.height - 24}px`;
    name.style.setProperty("--c", found.line.colour);
    view.figures.append(name);
  }
}
