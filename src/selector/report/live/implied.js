/*
 * What the weights imply one would pay, beside the sliders. Needs engine.js and ranking.js before it.
 * Two steps follow the hand; the whole list is painted once nothing is held, and only while open.
 */

/** An amount to two digits, as people read it: weights are no surer than that. */
const roughly = (amount) => {
  const two = Number(amount.toPrecision(2));
  return two >= 1000 ? two.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",") : String(two);
};

function createImplied(first) {
  const E = SelectorEngine;
  const lines = [0, 1].map(() => el("p", {}, el("span"), el("b"), el("span")));
  const why = el("p", { class: "how" });
  const list = el("ul", { class: "worths" });
  const all = el("details", { class: "implied" }, el("summary", {}, "What my weights imply"), why, list);
  const root = el("div", {}, ...lines, all);
  let repaint = () => {};
  all.addEventListener("toggle", () => repaint());

  const say = (model, cost, row) => {
    const past = row.past ? `, more than the whole scale of ${cost.name}` : "";
    return [`${model.nodes[row.node].name} is worth `, roughly(row.money), ` ${cost.unit} to you${past}.`];
  };

  /** The dearest step under the weight that was moved last, unless that is cost's own; then the
   *  dearest of all the others. */
  const nearest = (model, { cost, rows }, moved) => {
    const isUnder = (i) => i === moved || (i >= 0 && isUnder(model.nodes[i].parent));
    const isOfCost = moved === null || isUnder(cost.node);
    const own = isOfCost ? undefined : rows.find((row) => isUnder(row.node));
    return (own ? [own, ...rows.filter((row) => row !== own)] : rows).slice(0, lines.length);
  };

  const paintList = (model, found, weights) => {
    const { cost, rows } = found;
    why.textContent = `What the whole step would be worth paying. Too much? Then ${cost.name} weighs too ` +
      `little. Its whole scale is ${roughly(cost.span)} ${cost.unit}` +
      `${rows.some((row) => row.past) ? "; nobody was asked about more than that." : "."}`;
    const line = ([before, money, after]) => [before, el("b", {}, money), after];
    list.replaceChildren(...rows.map((row) => el("li", {}, ...line(say(model, cost, row)),
      el("small", {}, [model.nodes[row.node].swing, `${points1(weights[row.node])} points of 100`]
        .filter(Boolean).join("; ")))));
  };

  return {
    root,
    /** `moved` is the node that was moved last, or null; `settled` once nothing is held. */
    paint(model, weights, moved, settled) {
      const found = first.money?.length ? E.worths(model, weights) : null;
      hide(root, !first.money?.length);
      if (root.hidden) return;
      hide(all, found === null);
      const told = found ? nearest(model, found, moved) : [];
      lines.forEach((line, k) => {
        hide(line, k >= Math.max(told.length, 1));
        if (line.hidden) return;
        const said = told[k] ? say(model, found.cost, told[k])
          : ["Cost has no weight, so no step can be put in money.", "", ""];
        said.forEach((part, at) => write(line.children[at], part));
      });
      repaint = () => { if (found && all.open) paintList(model, found, weights); };
      if (settled) repaint();
    },
  };
}
