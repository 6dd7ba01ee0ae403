/*
 * A table whose cells can be opened by pointer or keyboard. data: { label, columns: [{ text, colour,
 * title, align }], rows: [{ group } | { total, cells: [{ id, text, small, under, heat, kind, title }] }], chosen }.
 * A cell with an id is a button; arrow keys walk between buttons. Tells the host
 * setStateValue("chosen", id).
 */
const CellTables = new WeakMap();

export default function cells({ parentElement, data, setStateValue }) {
  const shape = JSON.stringify([data.label, data.columns, data.rows]);
  let view = CellTables.get(parentElement);
  if (!view || view.shape !== shape) {
    const focused = parentElement.activeElement?.dataset?.id;
    view?.root.remove();
    view = { shape, root: draw(data, (id) => choose(view, id)) };
    CellTables.set(parentElement, view);
    parentElement.append(view.root);
    if (focused) view.root.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }
  view.send = setStateValue;
  mark(view, data.chosen);
}

function choose(view, id) {
  mark(view, id);
  view.send("chosen", id);
}

function mark(view, id) {
  const buttons = [...view.root.querySelectorAll("button")];
  const on = buttons.find((button) => button.dataset.id === id) ?? null;
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button === on));
    button.tabIndex = button === (on ?? buttons[0]) ? 0 : -1;
  }
}

function draw(data, open) {
  const grid = [];
  const head = make("tr", {}, ...data.columns.map((column) => {
    const cell = make("th", { scope: "col", title: column.title }, column.text);
    if (column.align) cell.style.textAlign = column.align;
    if (column.colour) cell.style.borderBottom = `4px solid ${column.colour}`;
    return cell;
  }));
  const body = make("tbody");
  for (const row of data.rows) {
    if (row.group !== undefined) {
      const name = make("th", { scope: "colgroup", colspan: data.columns.length }, row.group);
      body.append(make("tr", { class: "group" }, name));
      continue;
    }
    const buttons = [];
    const parts = row.cells.map((cell, i) => {
      const inside = cell.id ? make("button", { type: "button", "data-id": cell.id, title: cell.title }) : make("div");
      inside.append(cell.text, cell.small ? make("small", {}, ` ${cell.small}`) : "");
      if (cell.under) inside.append(make("small", { class: "under" }, cell.under));
      if (cell.heat !== undefined && cell.heat !== null) inside.style.setProperty("--heat", `${cell.heat * 100}%`);
      inside.className = [cell.kind ?? "", cell.heat === undefined || cell.heat === null ? "" : "heat"].join(" ").trim();
      if (cell.id) {
        inside.addEventListener("click", () => open(cell.id));
        buttons.push(inside);
      }
      const part = make(i ? "td" : "th", i ? {} : { scope: "row" }, inside);
      if (data.columns[i].align) part.style.textAlign = data.columns[i].align;
      return part;
    });
    if (buttons.length) grid.push(buttons);
    body.append(make("tr", row.total ? { class: "total" } : {}, ...parts));
  }
  const table = make("table", { "aria-label": data.label }, make("thead", {}, head), body);
  table.addEventListener("keydown", (event) => walk(event, grid));
  return make("div", { class: data.columns.length > 10 ? "cells dense" : "cells", tabindex: "-1" }, table);
}

function walk(event, grid) {
  const y = grid.findIndex((row) => row.includes(event.target));
  if (y < 0) return;
  const x = grid[y].indexOf(event.target);
  const next = {
    ArrowRight: grid[y][x + 1], ArrowLeft: grid[y][x - 1],
    ArrowDown: grid[y + 1]?.[Math.min(x, grid[y + 1].length - 1)],
    ArrowUp: grid[y - 1]?.[Math.min(x, grid[y - 1].length - 1)],
    Home: grid[y][0], End: grid[y][grid[y].length - 1],
  }[event.key];
  if (!next) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
