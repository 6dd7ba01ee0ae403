/*
 * Steps that can be undone. They outlive the element they were made in: a page that is left and come
 * back to still knows them.
 */
const WeighHistories = new Map();

/** The past and future of one decision's weights. */
const historyOf = (key, model) => {
  const name = JSON.stringify([key ?? "", model.nodes.map((n) => [n.id, n.parent])]);
  if (!WeighHistories.has(name)) WeighHistories.set(name, { past: [], future: [] });
  return WeighHistories.get(name);
};
