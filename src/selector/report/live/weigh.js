/*
 * Weights as sliders beside the ranking that they make. Everything follows the pointer while it is
 * held; on release the host is told through setStateValue("points", { node id: points of 100 }).
 * Needs engine.js, ranking.js, implied.js and history.js before it. The signature is that of a Streamlit v2
 * component; any page that passes { parentElement, data, setStateValue } can use it.
 *
 * data: { model, base?: [file's local shares], presets?: [{ name, points }], echo?: the points that
 * the host received last, key?: under what name the steps are kept that can be undone, acts?: what
 * else the host can do: [{ id, label }] as buttons, or { versus: true, tighten: true } in `can` }.
 * An older echo than what was sent means that the answer to a former release is arriving late: then
 * the user's present weights stay, unless `turn` is another: the host changed the weights itself. What is asked of the host goes through setTriggerValue("act", …).
 */
const WeighViews = new WeakMap();

export default function weigh({ parentElement, data, setStateValue, setTriggerValue }) {
  let view = WeighViews.get(parentElement);
  if (!view || view.shape !== shapeOf(data.model)) {
    view?.root.remove();
    view = createWeighView(parentElement, data);
    WeighViews.set(parentElement, view);
  }
  view.receive(data, setStateValue, setTriggerValue);
}

const shapeOf = (model) =>
  JSON.stringify([
    model.alternatives.map((a) => [a.id, a.name, a.short, a.colour, a.unproven]),
    model.nodes.map((n) => [n.id, n.name, n.parent, n.leaf, n.swing, n.dwarfed]),
    model.money,
  ]);

function createWeighView(parentElement, first) {
  const E = SelectorEngine;
  let model = first.model;
  let base = first.base ?? E.locals(model);
  let presets = first.presets ?? [];
  let local = E.locals(model);
  let send = () => {};
  let sent = null; // what the host was told last
  let received = false;
  let turn = first.turn;
  let holding = null; // the node under the pointer
  let moved = null; // the node that was moved last
  let frame = 0;
  let act = () => {};
  let acts = first.acts ?? [];
  const can = first.can ?? {};
  const { past, future } = historyOf(first.key, model);
  const locked = new Set();
  const open = new Set();
  const shortById = (id) => shortOf(model, model.alternatives.findIndex((a) => a.id === id));
  const depth = model.nodes.map(() => 0);
  model.nodes.forEach((n, i) => { depth[i] = n.parent < 0 ? 0 : depth[n.parent] + 1; });

  // --- the page ---------------------------------------------------------------------------
  const root = el("div", { class: "weigh" });
  const chips = el("div", { class: "chips", role: "group", "aria-label": "Sets of weights" });
  const list = el("div", { class: "sliders" });
  const ranking = createRanking(model, can.versus ? (pair) => act({ id: "versus", pair }) : null);
  const live = el("p", { class: "unseen", role: "status" });
  const hint = el("p", { class: "how" });
  root.append(
    chips,
    el("div", { class: "cols" },
      el("section", { "aria-label": "Weights" }, list, hint),
      el("section", { "aria-label": "Ranking" }, ...ranking.nodes)),
    live,
  );
  hint.textContent = "Percentages always add up to 100; moving one shrinks the others in proportion, " +
    "unless locked. Keys: arrows by 1, with Shift by 5, Home, End; Ctrl+Z undoes, Ctrl+Y does again.";

  const sliders = model.nodes.map((node, i) => makeSlider(node, i));
  parentElement.append(root);
  let wide = 0; // of the list, in pixels: what a track has of it is asked anew when it changes
  new ResizeObserver(() => {
    if (list.clientWidth === wide) return;
    wide = list.clientWidth;
    sliders.forEach((view) => { view.room = 0; });
    paint();
  }).observe(list);

  function makeSlider(node, i) {
    const isGroup = model.nodes.filter((other) => other.parent === i).length > 1;
    const name = isGroup
      ? el("button", { class: "fold", type: "button", "aria-expanded": "false" }, node.name)
      : el("span", { class: "name" }, node.name);
    const zone = el("div", { class: "zone" });
    const below = el("div", { class: "flip", "aria-hidden": "true" }, el("em"));
    const above = el("div", { class: "flip", "aria-hidden": "true" }, el("em"));
    const knob = el("div", {
      class: "knob", role: "slider", tabindex: "0", "aria-label": `Weight of ${node.name}`,
      "aria-valuemin": "0", "aria-valuemax": "100", "data-node": node.id,
    });
    const track = el("div", { class: "track" }, el("div", { class: "ground" }), zone, below, above, knob);
    const number = el("input", {
      class: "number", type: "text", inputmode: "decimal", "aria-label": `Weight of ${node.name} in percent`,
      autocomplete: "off",
    });
    const whole = el("small"), why = el("small", { class: "why" });
    const lock = el("button", { class: "lock", type: "button", "aria-pressed": "false" });
    const row = el("div", { class: "slider", "data-node": node.id, style: `--depth:${depth[i]}` },
      el("div", { class: "what" }, name, el("small", {}, node.swing || node.question || ""),
        node.why ? why : null, dwarfs(node, i)),
      track, el("div", { class: "share" }, el("span", {}, number, "%"), whole), lock);
    row.hidden = depth[i] > 0;
    list.append(row);

    if (isGroup) name.addEventListener("click", () => {
      if (open.has(i)) open.delete(i); else open.add(i);
      paint();
    });
    lock.addEventListener("click", () => {
      if (locked.has(i)) locked.delete(i); else locked.add(i);
      paint();
    });
    knob.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 0.05 : 0.01;
      const target = {
        ArrowRight: local[i] + step, ArrowUp: local[i] + step, PageUp: local[i] + 0.1,
        ArrowLeft: local[i] - step, ArrowDown: local[i] - step, PageDown: local[i] - 0.1,
        Home: 0, End: 1,
      }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      remember();
      set(i, target);
      releaseSoon();
    });
    const enter = () => {
      const value = Number(number.value.replace(",", ".").replace("%", "").trim());
      if (number.value.trim() === number.dataset.shown) return;
      if (number.value.trim() && Number.isFinite(value) && value >= 0 && value <= 100) {
        remember();
        set(i, value / 100);
        release();
      }
      paint();
    };
    number.addEventListener("focus", () => number.select());
    number.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { enter(); number.select(); }
      if (event.key === "Escape") { number.value = number.dataset.shown; number.blur(); }
    });
    number.addEventListener("blur", enter);

    let grip = 0;
    const at = (event) => {
      const box = track.getBoundingClientRect();
      return (event.clientX - box.left) / box.width;
    };
    track.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !movable(i)) return;
      const box = track.getBoundingClientRect();
      const onKnob = Math.abs(at(event) - local[i]) * box.width <= 22;
      grip = onKnob ? at(event) - local[i] : 0;
      remember();
      holding = i;
      track.setPointerCapture(event.pointerId);
      root.classList.add("held");
      knob.focus({ preventScroll: true });
      if (!onKnob) set(i, at(event));
      event.preventDefault();
    });
    track.addEventListener("pointermove", (event) => {
      if (holding === i) set(i, at(event) - grip);
    });
    const drop = () => {
      if (holding !== i) return;
      holding = null;
      root.classList.remove("held");
      release();
    };
    track.addEventListener("pointerup", drop);
    track.addEventListener("pointercancel", drop);
    track.addEventListener("lostpointercapture", drop);
    return { row, name, track, zone, below, above, knob, number, whole, lock, why, isGroup, room: 0 };
  }

  /** That a scale is too wide for these alternatives, with a tighter one; of a group, that such a
   *  scale is in it. Null where there is none. */
  function dwarfs(node, i) {
    if (node.leaf === null) {
      const isUnder = (k) => k === i || (k >= 0 && isUnder(model.nodes[k].parent));
      const count = model.nodes.filter((n, k) => n.dwarfed && isUnder(k)).length;
      const told = count === 1 ? "1 scale in it is" : `${count} scales in it are`;
      return count ? el("small", { class: "wide" }, `${told} too wide to tell these apart`) : null;
    }
    if (!node.dwarfed) return null;
    const { used, ends } = node.dwarfed;
    const button = el("button", { class: "plain", type: "button" }, `Use ${ends}`);
    button.addEventListener("click", () => act({ id: "tighten", node: node.id }));
    return el("small", { class: "wide" }, `These alternatives use ${used} of this scale, so it moves a score by at most `,
      el("b"), " points. ", can.tighten ? button : `${ends} would tell them apart.`);
  }
  const paintDwarfed = (view, node, weight) => {
    const effect = node.dwarfed && node.leaf !== null ? view.row.querySelector(".wide b") : null;
    if (effect) write(effect, points1(node.dwarfed.part * weight));
  };

  list.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const field = event.target.closest(".number");
    if (field && field.value !== field.dataset.shown) return; // what is being written is its own
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (soon) release(); // a step of the keys that was not sent yet
    if (key === "y" || event.shiftKey) step(future, past); else step(past, future);
  });

  // --- changing -----------------------------------------------------------------------------
  const movable = (i) =>
    !locked.has(i) && E.siblings(model, i).some((other) => other !== i && !locked.has(other));
  const set = (i, share) => {
    if (!movable(i)) return;
    moved = i;
    local = E.move(model, local, i, share, locked);
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; paint(); });
  };
  const remember = () => { past.push(local); if (past.length > 100) past.shift(); future.length = 0; };
  const points = () => Object.fromEntries(
    model.nodes.map((node, i) => [node.id, Number((local[i] * 100).toFixed(4))]));
  let soon = 0;
  const release = () => {
    clearTimeout(soon);
    soon = 0;
    if (past.length && past[past.length - 1].every((share, i) => share === local[i])) past.pop();
    sent = points();
    paint();
    live.textContent = standing(model, E.scores(model, E.globalWeights(model, local)).central);
    send("points", sent);
  };
  const releaseSoon = () => { clearTimeout(soon); soon = setTimeout(release, 250); };
  const jump = (shares) => { remember(); local = shares; release(); };
  const step = (from, to) => {
    if (!from.length) return;
    to.push(local);
    local = from.pop();
    sent = points();
    paint();
    send("points", sent);
  };

  // --- painting -----------------------------------------------------------------------------
  const place = (mark, share, id) => {
    hide(mark, id === null);
    if (id === null) return;
    lay(mark, "left", across(share));
    lay(mark, "--c", model.alternatives.find((a) => a.id === id).colour);
    write(mark.firstChild, `${briefly(shortById(id))} ${percent(share)}`);
  };

  /** Labels of the marks stand beneath them, moved so far that they stay in view and apart. */
  const placeLabels = (view, stable) => {
    const { track, below, above } = view;
    const room = view.room ||= track.clientWidth;
    const over = 6; // how far a label may reach past the track
    const centred = (mark, share) => {
      const width = labelWidth(mark.firstChild.textContent);
      return [Math.min(Math.max(share * room - width / 2, -over), room + over - width), width];
    };
    let [left, leftWidth] = below.hidden ? [0, 0] : centred(below, stable.low);
    let [right, rightWidth] = above.hidden ? [0, 0] : centred(above, stable.high);
    if (!below.hidden && !above.hidden && left + leftWidth + 8 > right) {
      right = Math.min(left + leftWidth + 8, room + over - rightWidth);
      left = Math.max(-over, Math.min(left, right - 8 - leftWidth));
    }
    // Where both do not fit side by side, the right one stands a line lower.
    const isTight = !below.hidden && !above.hidden && left + leftWidth + 8 > right;
    if (isTight) {
      [left] = centred(below, stable.low);
      [right] = centred(above, stable.high);
    }
    track.classList.toggle("tight", isTight);
    lay(below.firstChild, "left", pixels(left - stable.low * room));
    lay(above.firstChild, "left", pixels(right - stable.high * room));
  };

  function paint() {
    const weights = E.globalWeights(model, local);
    paintSliders(weights);
    ranking.paint(model, weights, moved, holding === null);
    paintChips();
  }

  function paintSliders(weights) {
    const shown = new Map();
    const leader = shortOf(model, E.order(E.scores(model, weights).central)[0]);
    model.nodes.forEach((node, i) => {
      const group = E.siblings(model, i);
      if (!shown.has(node.parent)) {
        const whole = E.percentages(group.map((k) => local[k]));
        shown.set(node.parent, new Map(group.map((k, n) => [k, whole[n]])));
      }
      const view = sliders[i];
      let visible = true;
      for (let p = node.parent; p >= 0; p = model.nodes[p].parent) visible &&= open.has(p);
      hide(view.row, !visible);
      if (view.isGroup) put(view.name, "aria-expanded", String(open.has(i)));
      if (!visible) return;
      const share = shown.get(node.parent).get(i);
      const stable = E.stability(model, local, i, locked);
      lay(view.zone, "left", across(stable.low));
      lay(view.zone, "width", across(stable.high - stable.low));
      place(view.below, stable.low, stable.below);
      place(view.above, stable.high, stable.above);
      placeLabels(view, stable);
      lay(view.knob, "left", across(local[i]));
      put(view.knob, "aria-valuenow", String(share));
      put(view.knob, "aria-valuetext", said(leader, share, stable));
      put(view.knob, "aria-disabled", String(!movable(i)));
      if (document.activeElement !== view.number && parentElement.activeElement !== view.number) {
        view.number.value = String(share);
      }
      put(view.number, "data-shown", String(share));
      if (view.number.disabled === movable(i)) view.number.disabled = !movable(i);
      write(view.whole, node.parent < 0 ? "" : `${percent(weights[i])} of all`);
      paintDwarfed(view, node, weights[i]);
      const whose = Math.abs(local[i] - base[i]) < 1e-5 ? "this weight" : "its weight in the file";
      write(view.why, `Why ${whose}: ${node.why}`);
      put(view.lock, "aria-pressed", String(locked.has(i)));
      put(view.lock, "aria-label", `${locked.has(i) ? "Unlock" : "Lock"} ${node.name}`);
      put(view.lock, "title", locked.has(i) ? "Locked: stays as it is. Press to unlock" : "Lock this weight");
      view.row.classList.toggle("fixed", locked.has(i));
    });
  }

  const said = (leader, share, stable) => {
    const parts = [`${share} percent`];
    if (stable.below === null && stable.above === null) parts.push(`${leader} stays first throughout`);
    if (stable.below !== null) parts.push(`below ${percent(stable.low)} ${shortById(stable.below)} takes over`);
    if (stable.above !== null) parts.push(`above ${percent(stable.high)} ${shortById(stable.above)} takes over`);
    return parts.join("; ");
  };

  function paintChips() {
    const same = (shares) => shares.every((share, i) => Math.abs(share - local[i]) < 1e-5);
    const sets = [["As in the file", base]];
    for (const preset of presets) {
      try { sets.push([preset.name, E.partial(model, base, preset.points)]); } catch { /* not of this tree */ }
    }
    const key = JSON.stringify([sets.map(([n, s]) => [n, same(s)]), acts, past.length > 0, future.length > 0]);
    if (chips.dataset.key === key) return;
    chips.dataset.key = key;
    const chip = (text, on, act) => {
      const button = el("button", { class: on ? "chip on" : "chip", type: "button", "aria-pressed": String(on) }, text);
      button.addEventListener("click", act);
      return button;
    };
    const plain = (text, list, act) => {
      const button = el("button", { class: "plain", type: "button" }, text);
      button.disabled = !list.length;
      button.addEventListener("click", act);
      return button;
    };
    const yours = sets.every(([, shares]) => !same(shares));
    const focused = [...chips.querySelectorAll("button")]
      .indexOf(parentElement.activeElement ?? document.activeElement);
    chips.replaceChildren(
      ...(yours ? [el("span", { class: "chip on" }, "Yours")] : []),
      ...sets.map(([name, shares]) => chip(name, same(shares), () => jump(shares))),
      ...acts.map(({ id, label }) => {
        const button = el("button", { class: "chip act", type: "button" }, label);
        button.addEventListener("click", () => { if (soon) release(); act({ id }); });
        return button;
      }),
      el("span", { class: "gap" }),
      el("span", { class: "steps" },
        plain("Undo", past, () => step(past, future)), plain("Redo", future, () => step(future, past))));
    const buttons = chips.querySelectorAll("button");
    if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)].focus();
  }

  return {
    root,
    shape: shapeOf(model),
    receive(data, setStateValue, setTriggerValue) {
      send = setStateValue;
      act = (what) => setTriggerValue?.("act", what);
      model = data.model;
      base = data.base ?? base;
      presets = data.presets ?? [];
      acts = data.acts ?? [];
      if (data.turn !== turn) sent = null;
      turn = data.turn;
      const late = sent !== null && JSON.stringify(data.echo ?? null) !== JSON.stringify(sent);
      if (holding === null && !soon && !late) {
        const told = E.locals(model);
        // The host has what it was told to four digits; those are the weights that stand here.
        if (told.some((share, i) => Math.abs(share - local[i]) > 1e-5)) {
          if (received) remember(); // a scenario that was loaded, say, can be undone as well
          local = told;
        }
      }
      received = true;
      paint();
    },
  };
}
