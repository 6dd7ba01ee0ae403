/*
 * The additive model in the browser: the same rules as the Python engine, so that a slider can
 * answer while it is held. Pure functions: nothing here touches a page, and nothing is changed in
 * place. Shares and weights are 0 to 1; arrays run along `model.nodes` unless said otherwise.
 *
 * A model: { alternatives: [{ id, … }], nodes: [{ id, parent, local, leaf, … }] depth-first with
 * parents before children, values: { low, central, high } each (alternatives, leaves),
 * money?: [{ node, span, … }], the criteria whose unit is money, in the order they are asked for }.
 */
const SelectorEngine = (() => {
  const TIE = 1e-12; // scores closer than this share a rank

  const locals = (model) => model.nodes.map((node) => node.local);

  /** The indexes of the nodes with the same parent, the node itself included, in file order. */
  const siblings = (model, node) => {
    const parent = model.nodes[node].parent;
    return model.nodes.flatMap((other, i) => (other.parent === parent ? [i] : []));
  };

  /** The index of a node by its id. */
  const find = (model, id) => {
    const at = model.nodes.findIndex((node) => node.id === id);
    if (at < 0) throw new Error(`there is no criterion ${id}`);
    return at;
  };

  /** Global weights: local shares multiplied down the tree; those of the leaves sum to 1. */
  const globalWeights = (model, local = locals(model)) => {
    const weights = [];
    model.nodes.forEach((node, i) => {
      weights.push(node.parent < 0 ? local[i] : weights[node.parent] * local[i]);
    });
    return weights;
  };

  const total = (model, weights, row) => {
    let sum = 0;
    model.nodes.forEach((node, i) => {
      if (node.leaf !== null) sum += weights[i] * row[node.leaf];
    });
    return sum;
  };

  /** Scores of each alternative, with what unknowns and ranges could make of them. */
  const scores = (model, weights = globalWeights(model)) => {
    const of = (table) => table.map((row) => total(model, weights, row));
    return {
      central: of(model.values.central),
      low: of(model.values.low),
      high: of(model.values.high),
    };
  };

  /** Ranks from central scores: 1 is best, ties share the lower number. */
  const ranks = (central) =>
    central.map((own) => 1 + central.filter((other) => other > own + TIE).length);

  /** Alternatives by rank, those that tie in the order of the decision file. */
  const order = (central) => {
    const rank = ranks(central);
    return central.map((_, i) => i).sort((a, b) => rank[a] - rank[b] || a - b);
  };

  /** Shares after some points were set: siblings first sum to 100, the named ones are replaced,
   *  then all are brought back to a sum of 1. `changes` maps ids of any level to points. */
  const partial = (model, local, changes) => {
    const points = local.map((share) => share * 100);
    const touched = new Map();
    for (const [id, value] of Object.entries(changes)) {
      const at = find(model, id);
      if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
        throw new Error(`the weight of ${id} must be a number of at least 0`);
      }
      points[at] = value;
      touched.set(model.nodes[at].parent, at);
    }
    const result = local.slice();
    for (const at of touched.values()) {
      const group = siblings(model, at);
      const sum = group.reduce((t, i) => t + points[i], 0);
      if (!(sum > 0)) throw new Error(`the weights beside ${model.nodes[at].id} sum to zero`);
      for (const i of group) result[i] = points[i] / sum;
    }
    return result;
  };

  // Who moves with a node: `held` stays (locked siblings), `moving` shares what is left in
  // proportion, or evenly where all of it is at zero.
  const company = (model, local, node, locked) => {
    const others = siblings(model, node).filter((i) => i !== node);
    const moving = others.filter((i) => !locked.has(i));
    const held = others.filter((i) => locked.has(i));
    const room = Math.max(0, 1 - held.reduce((t, i) => t + local[i], 0));
    const sum = moving.reduce((t, i) => t + local[i], 0);
    const part = new Map(moving.map((i) => [i, sum > 0 ? local[i] / sum : 1 / moving.length]));
    return { moving, room, part };
  };

  /** Shares after one node moves to `share`: its unlocked siblings give way in proportion. */
  const move = (model, local, node, share, locked = new Set()) => {
    const { moving, room, part } = company(model, local, node, locked);
    if (!moving.length) return local.slice();
    const result = local.slice();
    result[node] = Math.min(room, Math.max(0, share));
    for (const i of moving) result[i] = (room - result[node]) * part.get(i);
    return result;
  };

  /** The stretch of a node's local share on which the present winner stays first, in closed form:
   *  with the parent fixed, every score is a straight line in that share. */
  const stability = (model, local, node, locked = new Set()) => {
    const at = typeof node === "string" ? find(model, node) : node;
    const weight = local[at];
    const { moving, room } = company(model, local, at, locked);
    const result = { weight, low: 0, high: room, below: null, above: null };
    const now = scores(model, globalWeights(model, local)).central;
    if (!moving.length || now.length < 2) return { ...result, high: moving.length ? room : 1 };
    const from = scores(model, globalWeights(model, move(model, local, at, 0, locked))).central;
    const to = scores(model, globalWeights(model, move(model, local, at, room, locked))).central;
    const first = order(now)[0];
    model.alternatives.forEach((rival, i) => {
      const start = from[first] - from[i]; // the winner's lead at share 0
      const slope = to[first] - to[i] - start;
      if (i === first || Math.abs(slope) <= TIE) return;
      const cross = (-start / slope) * room;
      if (slope > 0 && start < -TIE && cross > result.low) {
        Object.assign(result, { low: Math.min(cross, weight), below: rival.id });
      } else if (slope < 0 && start + slope < -TIE && cross < result.high) {
        Object.assign(result, { high: Math.max(cross, weight), above: rival.id });
      }
    });
    return result;
  };

  /** Whole percentages of shares that sum to exactly 100: the largest remainders are rounded up. */
  const percentages = (shares) => {
    const sum = shares.reduce((t, share) => t + share, 0);
    if (!(sum > 0)) return shares.map(() => 0);
    const exact = shares.map((share) => (share / sum) * 100);
    const whole = exact.map((x) => Math.floor(x + 1e-9));
    const left = 100 - whole.reduce((t, x) => t + x, 0);
    const next = exact.map((x, i) => [x - whole[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    next.slice(0, Math.max(0, left)).forEach(([, i]) => (whole[i] += 1));
    return whole;
  };

  /** Points of an alternative's score that come from each node: (nodes,), groups included. */
  const contributions = (model, weights, alternative) => {
    const row = model.values.central[alternative];
    const result = model.nodes.map((node, i) =>
      node.leaf === null ? 0 : weights[i] * row[node.leaf],
    );
    for (let i = model.nodes.length - 1; i >= 0; i -= 1) {
      const parent = model.nodes[i].parent;
      if (parent >= 0) result[parent] += result[i];
    }
    return result;
  };

  /** What the step from worst to best on each other leaf is worth in the unit of the cost
   *  criterion, the dearest first: { cost, rows: [{ node, money, past }] }, or null where no
   *  criterion with a weight is in money. `past`: it is more than the whole scale of cost. */
  const worths = (model, weights) => {
    const cost = (model.money ?? []).find((one) => weights[one.node] > 0);
    if (!cost) return null;
    const each = cost.span / weights[cost.node];
    const rows = [];
    model.nodes.forEach((node, i) => {
      if (node.leaf === null || i === cost.node || !(weights[i] > 0)) return;
      const money = weights[i] * each;
      rows.push({ node: i, money, past: money > cost.span * (1 + TIE) });
    });
    return { cost, rows: rows.sort((a, b) => b.money - a.money) };
  };

  return {
    locals,
    find,
    siblings,
    globalWeights,
    scores,
    ranks,
    order,
    partial,
    move,
    stability,
    percentages,
    contributions,
    worths,
  };
})();
