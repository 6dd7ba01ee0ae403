/*
 * The ranking beside the sliders: a bar for each alternative, in blocks by criterion, and a card on
 * what separates the first two. Needs SelectorEngine (engine.js).
 */

/** A DOM element; text always enters as text, never as markup. */
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

/** Points with one decimal, a half away from nothing as charts and the server round it. */
const tenths = (x) => (Math.sign(x) * Math.floor(Math.abs(x) * 1000 + 0.5 + 1e-9)) / 10;
const points1 = (x) => tenths(x).toFixed(1).replace("-", "−");
const signed1 = (x) => (x > 0 ? "+" : "") + points1(x);
/** How far one score is ahead of another as their points are shown, in words. */
const ahead = (high, low) => {
  const apart = Math.round(10 * (tenths(high) - tenths(low)));
  return apart ? points1(apart / 1000) : "less than 0.1";
};
/** A share as a whole percentage; what is not nothing never reads as 0 %, nor what is not all as 100 %. */
const percent = (share) => {
  const whole = Math.round(share * 100);
  const isEnd = whole === 0 ? share > 1e-9 : whole === 100 && share < 1 - 1e-9;
  const near = share < 0.0005 ? "under 0.1" : share < 0.9995 ? (share * 100).toFixed(1) : "over 99.9";
  return `${isEnd ? near : whole}\u00a0%`;
};

/** How wide a small label is, in pixels, without asking the page, which would lay it out anew. */
const labelWidth = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  const known = new Map();
  document.fonts?.addEventListener("loadingdone", () => known.clear());
  return (text) => {
    if (!known.has(text)) {
      pen.font = '12px "Inter", system-ui, sans-serif';
      // Figures are tabular here, and drawn with the width of a 0.
      known.set(text, Math.ceil(pen.measureText(text.replace(/\d/g, "0")).width) + 1);
      if (known.size > 5000) known.clear();
    }
    return known.get(text) ?? 0;
  };
})();

/** A name that runs from right to left, kept apart from the figures that stand beside it. */
const ISOLATE = "\u2068", END = "\u2069";
const apart = (name) =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `${ISOLATE}${name}${END}` : name;

/** A name as it has room at a mark: cut where it is long. */
const MARK = 150; // pixels
const briefly = (() => {
  const known = new Map();
  return (given) => {
    const name = given.replace(ISOLATE, "").replace(END, "");
    if (!known.has(name)) {
      const letters = [...name];
      while (letters.length > 1 && labelWidth(`${letters.join("")}…`) > MARK) letters.pop();
      const isWhole = letters.length === [...name].length || labelWidth(name) <= MARK;
      known.set(name, apart(isWhole ? name : `${letters.join("").trimEnd()}…`));
    }
    return known.get(name);
  };
})();

/* Text, an attribute or a style of an element, each only where it is another: what is set anew is
 * work for the browser even where it stays the same. */
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const put = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };
const hide = (node, isHidden) => { if (node.hidden !== isHidden) node.hidden = isHidden; };
const lay = (node, name, value) => {
  if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value);
};
const across = (share) => `${Number((share * 100).toFixed(3))}%`;
const pixels = (count) => `${Number(count.toFixed(2))}px`;

const shortOf = (model, i) => apart(model.alternatives[i].short || model.alternatives[i].name);

/** Who leads whom, in a sentence. */
const standing = (model, central) => {
  const [a, b] = SelectorEngine.order(central);
  if (a === undefined) return "No alternative is left to choose from";
  if (b === undefined) return `${shortOf(model, a)} is the only one left`;
  const gap = central[a] - central[b];
  return Math.abs(gap) <= 1e-12
    ? `${shortOf(model, a)} and ${shortOf(model, b)} are level`
    : `${shortOf(model, a)} leads ${shortOf(model, b)} by ${ahead(central[a], central[b])} points of 100`;
};

/** What a column is headed by: its name, else the first word of it where no other begins so. */
const headOf = (names, k) => {
  const word = (name) => name.split(" ")[0].replace(/[,;:]$/, "");
  const isOwn = names.filter((name) => word(name) === word(names[k])).length === 1;
  return isOwn ? word(names[k]) : names[k];
};

function createRanking(first, versus) {
  const E = SelectorEngine;
  const tops = first.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
  const heads = el("div", { class: "heads", "aria-hidden": "true" });
  const rows = el("ol", { class: "rows", "aria-label": "Ranking" });
  const names = tops.map((t) => first.nodes[t].name);
  const shortHeads = names.map((_, k) => headOf(names, k));
  const [cardTitle, forFirst, forSecond] = [el("h2"), el("p"), el("span")];
  const toVersus = el("button", { class: "plain", type: "button" }, "Head to head");
  const facts = el("div", {}, cardTitle, forFirst, el("p", {}, forSecond, versus ? toVersus : null));
  const implied = createImplied(first);
  const card = el("section", { class: "card", "aria-label": "What separates the first two" }, facts, implied.root);
  const headCells = names.map((name) => heads.appendChild(el("span", { title: name }, el("b", {}, name))));
  const unheaded = el("p", { class: "how unheaded", "aria-hidden": "true" });
  let room = 0; // of a bar, in pixels
  let high = 0; // lines of heads
  const bars = first.alternatives.map((alternative, i) => {
    const blocks = tops.map(() => el("i"));
    const cells = blocks.map((block) => el("div", { class: "cell" }, block));
    const rank = el("span", { class: "rank" });
    const score = el("span", { class: "score" });
    const made = el("span", { class: "unseen" }); // the blocks in words
    const row = el("li", { class: "row", "data-alternative": alternative.id },
      rank,
      el("span", { class: "alternative", title: alternative.name }, el("span", {}, shortOf(first, i)),
        alternative.unproven ? el("small", {}, "unproven") : null),
      el("div", { class: "blocks", "aria-hidden": "true" }, ...cells), score, made);
    row.style.setProperty("--c", alternative.colour);
    rows.append(row);
    return { row, rank, score, made, blocks, cells };
  });

  /** Heads stand above their columns on up to four lines, shortened where there is little room;
   *  the names of those that fit on none are told beneath. From the right, so that the line from a
   *  higher head down to its column crosses no other. */
  function fitHeads(widths, settled) {
    const most = room + 46; // above the scores stands nothing
    const free = Array(4).fill(most + 8); // up to where each line is free, the lowest first
    const lines = []; // from a higher head down to its column: where, and from which line
    const left = [];
    let start = room;
    for (let k = headCells.length - 1; k >= 0; k -= 1) {
      const label = headCells[k].firstChild;
      const text = widths[k] >= 9 * names[k].length ? names[k] : shortHeads[k];
      write(label, text);
      start -= widths[k];
      const width = labelWidth(text);
      const from = Math.max(0, Math.min(start, most - width));
      const isFree = (end, l) => from + width + 8 <= end &&
        !lines.some(([x, upper]) => upper > l && x > from - 2 && x < from + width + 2);
      const line = widths[k] < 1 ? -1 : free.findIndex(isFree);
      hide(headCells[k], line < 0);
      if (line >= 0) {
        put(headCells[k], "data-line", String(line));
        lay(label, "left", pixels(from - start));
        free[line] = from;
        if (line > 0) lines.push([start, line]);
      } else left.unshift(names[k]);
    }
    const used = free.filter((end) => end <= most).length;
    // While a slider is held the bars stay where they are, however few lines the heads take.
    if (settled || used > high) high = used;
    put(heads.parentElement, "data-lines", String(high));
    const told = left.length ? `No room for a heading: ${left.join(", ")}.` : "";
    write(unheaded, told);
    hide(unheaded, !told);
  }

  function paintBars(model, weights, central, settled) {
    const rank = E.ranks(central);
    const order = E.order(central);
    lay(rows, "height", `calc(${order.length} * var(--row))`);
    if (settled || !room) {
      const widest = Math.max(46, ...central.map((x) => 1.4 * labelWidth(points1(x)))); // set larger
      for (const node of [heads.parentElement, rows]) {
        lay(node, "--score", pixels(widest));
        lay(node, "--cells", String(tops.length));
      }
    }
    const topWeights = tops.map((t) => weights[t]);
    if (settled || !room) room = heads.clientWidth; // asking while a slider is held would be slow
    headCells.forEach((cell, k) => lay(cell, "width", across(topWeights[k])));
    fitHeads(topWeights.map((weight) => weight * room), settled);
    order.forEach((a, place) => {
      const bar = bars[a];
      lay(bar.row, "transform", `translateY(calc(${place} * var(--row)))`);
      write(bar.rank, String(rank[a]));
      write(bar.score, points1(central[a]));
      const parts = E.contributions(model, weights, a);
      tops.forEach((t, k) => {
        const share = topWeights[k] > 0 ? Math.max(0, Math.min(1, parts[t] / topWeights[k])) : 0;
        lay(bar.cells[k], "width", across(topWeights[k]));
        lay(bar.blocks[k], "width", across(share));
        const points = String(Math.round(parts[t] * 100));
        write(bar.blocks[k], parts[t] * room >= 8 * points.length + 4 ? points : "");
      });
      if (settled)
        write(bar.made, `points: ${tops.map((t, k) => `${names[k]} ${points1(parts[t])}`).join(", ")}`);
    });
    if (!settled) return;
    const now = [...rows.children]; // reading order follows; nothing in a row takes the focus
    if (order.some((a, k) => now[k] !== bars[a].row)) rows.append(...order.map((a) => bars[a].row));
  }

  let pair = [];
  toVersus.addEventListener("click", () => versus(pair));

  function paintCard(model, weights, central) {
    const [a, b] = E.order(central);
    hide(facts, b === undefined);
    hide(card, facts.hidden && implied.root.hidden);
    if (b === undefined) return;
    const mine = E.contributions(model, weights, a);
    const theirs = E.contributions(model, weights, b);
    const gaps = model.nodes.flatMap((node, i) =>
      node.leaf !== null && Math.abs(mine[i] - theirs[i]) > 1e-9 ? [[node.inside, mine[i] - theirs[i]]] : []);
    const say = (sign) => {
      const own = gaps.filter(([, d]) => d * sign > 0).sort((x, y) => (y[1] - x[1]) * sign).slice(0, 3);
      const told = own.filter(([, d]) => Math.abs(d) >= 0.0005).map(([name, d]) => `${name} ${signed1(Math.abs(d))}`);
      return (told.length ? told : own.map(([name]) => `${name} under +0.1`)).join(", ") || "nothing";
    };
    const gap = central[a] - central[b];
    const title = Math.abs(gap) <= 1e-12
      ? standing(model, central) : `${shortOf(model, b)} is ${ahead(central[a], central[b])} points behind`;
    pair = [model.alternatives[a].id, model.alternatives[b].id];
    write(cardTitle, title);
    write(forFirst, `For ${shortOf(model, a)}: ${say(1)}.`);
    write(forSecond, `For ${shortOf(model, b)}: ${say(-1)}. `);
  }

  return {
    nodes: [
      el("h2", {}, "Ranking, by what it is made of"),
      el("p", { class: "how" },
        "Points of 100. Columns are the criteria, in the order of the sliders; a wider block is more points."),
      el("div", { class: "row head" }, el("span"), el("span"), heads, el("span")),
      rows, unheaded, card],
    /** Show the weights' ranking; `moved` is the node that was moved last, or null; `settled` once
     *  nothing is held any more. */
    paint(model, weights, moved, settled) {
      const central = E.scores(model, weights).central;
      paintBars(model, weights, central, settled);
      implied.paint(model, weights, moved, settled);
      paintCard(model, weights, central);
    },
  };
}
