/*
 * The matrix of Compare: criteria under their groups, which fold; alternatives across. data: {
 * label, columns: [{ id, name, title, colour }], rows: [{ id, group, above: [id], name, small,
 * weight, cells: [[text, heat, kind]] }], total: { name, texts }, chosen, folded: [id], sorted }.
 * Heat is 0 to 100, null where nothing is known; kind names a state that is not a value. Folding
 * and opening change what is drawn; only other rows, columns or figures draw it anew. Tells the
 * host setTriggerValue("chosen", "alternative:row"), ("folded", [id]) and ("sorted", row).
 */
const Matrices = new WeakMap();
const NARROW = 600; // pixels below which the name of a row stands above its cells
const MANY = 8; // columns from which on a figure may break after its sign
const BESIDE = "(max-width: 767px), (min-width: 1500px)"; // as in compare.css
const STILL = "(prefers-reduced-motion: reduce)";
const SIZES = { wide: { first: 190, weight: 58, cell: 66 }, narrow: { first: 0, weight: 0, cell: 59, scrolled: 68 } };

export default function matrix({ parentElement, data, setTriggerValue }) {
  const shape = JSON.stringify([data.label, data.columns, data.rows, data.total]);
  let view = Matrices.get(parentElement);
  if (!view || view.shape !== shape) {
    const focused = parentElement.activeElement?.dataset?.id;
    const left = view?.frame.scrollLeft ?? 0;
    const top = view?.frame.scrollTop ?? 0;
    view?.watch.disconnect();
    view?.root.remove();
    view = draw(data, shape);
    Matrices.set(parentElement, view);
    parentElement.append(view.root);
    fit(view);
    view.watch.observe(view.root);
    view.frame.scrollTo(left, top);
    if (focused) view.root.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  view.send = setTriggerValue;
  // What the host says is older than what the hand did meanwhile, unless it says something new.
  const told = JSON.stringify([data.chosen, data.folded, data.sorted]);
  if (view.told !== told) {
    view.told = told;
    fold(view, new Set(data.folded));
    sorted(view, data.sorted);
    mark(view, data.chosen);
  }
}

// --- what the hand does ---------------------------------------------------------------------------

function press(view, button) {
  const row = button.closest("tr");
  if (button.dataset.fold) {
    const folded = new Set(view.folded);
    folded.delete(button.dataset.fold) || folded.add(button.dataset.fold);
    folding(view, folded);
  } else if (button.dataset.sort) {
    const next = view.sorted === button.dataset.sort ? "" : button.dataset.sort;
    sorted(view, next);
    view.send("sorted", next || "-");
  } else if (row) {
    mark(view, button.dataset.id);
    view.said.textContent = `Facts shown: ${button.getAttribute("aria-label")}`;
    view.send("chosen", button.dataset.id);
    // A matrix that scrolls by itself has its facts beneath: bring both into the window.
    if (view.frame.tabIndex === 0 && !matchMedia(BESIDE).matches) {
      view.root.scrollIntoView({ block: "start", behavior: matchMedia(STILL).matches ? "auto" : "smooth" });
    }
  }
}

function folding(view, folded) {
  fold(view, folded);
  view.send("folded", [...folded]);
}

function fold(view, folded) {
  view.folded = folded;
  for (const { row, part } of view.rows) {
    part.hidden = row.above.some((group) => folded.has(group));
    if (!row.group) continue;
    const is = folded.has(row.id);
    part.classList.toggle("folded", is);
    part.firstChild.firstChild.setAttribute("aria-expanded", String(!is));
  }
  if (view.all) {
    const groups = view.rows.filter(({ row }) => row.group);
    view.all.disabled = groups.every(({ row }) => folded.has(row.id));
    view.none.disabled = !groups.some(({ row }) => folded.has(row.id));
    view.hint.hidden = view.none.disabled;
  }
  reach(view);
}

function sorted(view, id) {
  view.sorted = id;
  for (const { part } of view.rows) {
    const head = part.firstChild.firstChild;
    if (head.dataset.sort) head.setAttribute("aria-pressed", String(head.dataset.sort === id));
  }
}

function mark(view, id) {
  const on = view.root.querySelector(`[data-id="${CSS.escape(id ?? "")}"]`);
  view.on?.setAttribute("aria-pressed", "false");
  on?.setAttribute("aria-pressed", "true");
  view.on = on;
  reach(view);
}

/** Let the tab key reach one button of the matrix: the open cell, else the first that is seen. */
function reach(view, wanted) {
  const seen = (button) => button?.isConnected && !button.closest("tr").hidden && isShown(button);
  const next = [wanted, view.on, view.root.querySelector("tbody tr:not([hidden]) button")].find(seen);
  if (view.reached) view.reached.tabIndex = -1;
  if (next) next.tabIndex = 0;
  view.reached = next;
}

/** Cells of a group are seen while it is folded; its head always. */
const isShown = (button) => {
  const { classList } = button.closest("tr");
  return !classList.contains("group") || classList.contains("folded") || button.closest("th") !== null;
};

function walk(view, event) {
  const rows = view.rows
    .filter(({ part }) => !part.hidden)
    .map(({ part }) => [...part.querySelectorAll("button")].filter(isShown));
  const y = rows.findIndex((row) => row.includes(event.target));
  if (y < 0) return;
  const x = rows[y].indexOf(event.target);
  // Up and down stay in the column: from a cell, a group that is not folded is stepped over.
  const down = rows.slice(y + 1).map((row) => row[x]).filter(Boolean);
  const up = rows.slice(0, y).reverse().map((row) => row[x]).filter(Boolean);
  const far = event.ctrlKey || event.metaKey;
  const next = {
    ArrowRight: rows[y][x + 1], ArrowLeft: rows[y][x - 1], ArrowDown: down[0], ArrowUp: up[0],
    PageDown: down[9] ?? down.at(-1), PageUp: up[9] ?? up.at(-1),
    Home: rows[far ? 0 : y][0], End: rows[far ? rows.length - 1 : y].at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  reach(view, next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// --- drawing --------------------------------------------------------------------------------------

function draw(data, shape) {
  const view = { shape, rows: [], folded: new Set(), columns: data.columns.length };
  const head = make("tr", { role: "row" },
    make("th", { scope: "col", role: "columnheader", class: "corner" }, "Criterion"),
    make("th", { scope: "col", role: "columnheader", class: "weight" }, "Weight"),
    ...data.columns.map((column) => {
      const cell = make("th", { scope: "col", role: "columnheader", title: column.title }, make("span", {}, ...breakable(column.name)));
      cell.style.setProperty("--c", column.colour);
      return cell;
    }));
  const body = make("tbody", { role: "rowgroup" });
  for (const row of data.rows) {
    const part = line(data, row);
    view.rows.push({ row, part });
    body.append(part);
  }
  if (data.total) body.append(make("tr", { role: "row", class: "total" },
    make("th", { scope: "row", role: "rowheader" }, make("div", {}, data.total.name)), make("td", { role: "cell", class: "weight" }),
    ...data.total.texts.map((text) => make("td", { role: "cell" }, make("div", {}, text)))));
  const table = make("table", { role: "table", lang: "en", "aria-label": data.label },
    make("colgroup", {}, make("col"), make("col"), ...data.columns.map(() => make("col"))),
    make("thead", { role: "rowgroup" }, head), body);
  table.addEventListener("keydown", (event) => walk(view, event));
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) { reach(view, button); press(view, button); }
  });
  view.table = table;
  view.frame = make("div", { class: "frame", tabindex: "-1" }, table);
  view.said = make("div", { class: "unseen", role: "status" });
  view.root = make("div", { class: "matrix" }, tools(view, data), view.frame, view.said);
  view.watch = new ResizeObserver(() => fit(view));
  return view;
}

/** A name that may break where a capital begins a new part of a word: SageMaker. */
const breakable = (name) =>
  name.split(/(?<=\p{Ll}{3})(?=\p{Lu})/u).flatMap((part, i) => (i ? [make("wbr"), part] : [part]));

function tools(view, data) {
  const groups = data.rows.filter((row) => row.group).map((row) => row.id);
  if (!groups.length) return null;
  view.all = make("button", { type: "button" }, "Fold all");
  view.none = make("button", { type: "button" }, "Unfold all");
  view.all.addEventListener("click", () => folding(view, new Set([...view.folded, ...groups])));
  view.none.addEventListener("click", () => folding(view, new Set()));
  view.hint = make("p", {}, "A folded group shows what it is worth, of 100.");
  return make("div", { class: "tools" }, view.all, view.none, view.hint);
}

function line(data, row) {
  const head = make("button", {
    type: "button", tabindex: "-1", "data-id": `:${row.id}`,
    "data-fold": row.group ? row.id : null, "data-sort": row.group ? null : row.id,
    title: row.group ? "Fold or unfold" : "Order the columns by this criterion",
  }, make("span", {}, row.name, row.small ? make("small", {}, ` ${row.small}`) : null));
  const cells = row.cells.map(([text, heat, kind], i) => {
    const column = data.columns[i];
    const button = make("button", {
      type: "button", tabindex: "-1", "data-id": `${column.id}:${row.id}`, "aria-pressed": "false",
      "aria-label": `${text}, ${row.name}, ${column.name}`, class: `${heat === null ? "" : "heat"} ${kind ?? ""}`.trim() || null,
    }, data.columns.length > MANY ? text.replaceAll("\u00a0", " ") : text);
    if (heat !== null) button.style.setProperty("--heat", `${heat}%`);
    return make("td", { role: "cell" }, button);
  });
  const part = make("tr", { role: "row", class: row.group ? "group" : null },
    make("th", { scope: "row", role: "rowheader" }, head),
    make("td", { role: "cell", class: "weight" }, make("div", {}, row.weight)), ...cells);
  part.style.setProperty("--depth", row.above.length);
  return part;
}

/** Choose between room for all columns and a frame that scrolls; names above on narrow screens. */
function fit(view) {
  const room = view.root.clientWidth;
  if (!room || room === view.room) return;
  view.room = room;
  const narrow = room < NARROW;
  const size = narrow ? SIZES.narrow : SIZES.wide;
  const needed = size.first + size.weight + view.columns * size.cell;
  const wide = needed > room;
  view.root.classList.toggle("narrow", narrow);
  view.root.classList.toggle("wide", wide);
  view.root.classList.toggle("dense", view.columns > 5);
  view.root.style.setProperty("--room", `${room}px`);
  view.root.style.setProperty("--columns", view.columns);
  const cell = wide && size.scrolled ? size.scrolled : size.cell;
  view.root.style.setProperty("--least", `${cell}px`);
  view.table.style.width = wide ? `${size.first + size.weight + view.columns * cell}px` : "100%";
  view.frame.tabIndex = wide ? 0 : -1;
  wide ? view.frame.setAttribute("role", "region") : view.frame.removeAttribute("role");
  wide ? view.frame.setAttribute("aria-label", "The matrix, which scrolls") : view.frame.removeAttribute("aria-label");
}
