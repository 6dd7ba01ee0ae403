/*
 * One question of a guided dialogue. Data: { place, step, title, how, kind, choices: [{ value, name,
 * step }], most, given, back, words: { … } }. An answer is sent as { place, value }; a step back and
 * leaving as { place, to }. Whoever works by keyboard finds the focus on the next question.
 */
const AskingViews = new WeakMap();

export default function asking({ parentElement, data, setTriggerValue }) {
  const key = JSON.stringify(data);
  const before = AskingViews.get(parentElement);
  if (before?.key === key) return;
  before?.root.remove();
  const root = make("section", { class: "asking", "aria-label": "Help me weigh" });
  AskingViews.set(parentElement, { key, root });
  let isSent = false;
  const answer = (value) => {
    if (isSent) return;
    isSent = true;
    root.classList.add("sent");
    setTriggerValue("answer", { place: data.place, value });
  };
  const go = (to) => setTriggerValue("go", { place: data.place, to });

  const title = make("h2", { tabindex: "-1" }, data.title);
  const bar = make("div", { class: "bar", "aria-hidden": "true" }, make("i"));
  bar.firstChild.style.width = `${Math.round(100 * data.done)}%`;
  root.append(make("p", { class: "step" }, data.step), bar, title, make("p", { class: "how" }, data.how));
  root.append({ points: points, order: order }[data.kind]?.() ?? pick());
  const back = make("button", { type: "button", class: "plain" }, data.back);
  const leave = make("button", { type: "button", class: "plain" }, "Leave, and keep my answers");
  back.addEventListener("click", () => go("back"));
  leave.addEventListener("click", () => go("leave"));
  root.append(make("div", { class: "foot" }, back, leave));
  parentElement.append(root);
  if (before) title.focus({ preventScroll: true });

  function pick() {
    return make("ul", { class: "choices" }, ...data.choices.map((choice) => {
      const isGiven = choice.value === data.given;
      const button = make("button", { type: "button", class: isGiven ? "choice given" : "choice" },
        make("b", {}, choice.name), choice.step ? make("small", {}, choice.step) : null,
        isGiven ? make("small", {}, "your answer before") : null);
      button.addEventListener("click", () => answer(choice.value));
      return make("li", {}, button);
    }));
  }

  function points() {
    const field = make("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", id: "points", "aria-describedby": "wrong",
      value: data.given,
    });
    const wrong = make("p", { class: "wrong", id: "wrong", role: "alert" });
    const form = make("form", { novalidate: "" },
      make("label", { for: "points" }, "Points"), field, make("button", { class: "main" }, "Next"), wrong);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = Number(field.value.replace(",", ".").trim());
      if (field.value.trim() && Number.isFinite(value) && value >= 0 && value <= data.most) answer(value);
      else {
        wrong.textContent = `Write a number from 0 to ${data.most}.`;
        field.setAttribute("aria-invalid", "true");
        field.focus();
      }
    });
    return form;
  }

  function order() {
    const list = make("ol", { class: "order" });
    const said = make("p", { class: "unseen", role: "status" });
    const rows = data.choices.map((choice) => {
      const up = make("button", { type: "button", class: "move", "aria-label": `Move ${choice.name} up` }, "\u2191");
      const down = make("button", { type: "button", class: "move", "aria-label": `Move ${choice.name} down` }, "\u2193");
      const row = make("li", {}, make("span", {}, make("b", {}, choice.name),
        choice.step ? make("small", {}, choice.step) : null), up, down);
      row.dataset.value = choice.value;
      const move = (by, button) => {
        const now = [...list.children];
        const place = now.indexOf(row) + by;
        if (place < 0 || place >= now.length) return;
        list.insertBefore(row, by < 0 ? now[place] : now[place].nextSibling);
        (button.disabled ? (button === up ? down : up) : button).focus();
        said.textContent = `${choice.name} is ${place + 1} of ${now.length}`;
      };
      up.addEventListener("click", () => move(-1, up));
      down.addEventListener("click", () => move(1, down));
      row.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        move(by, event.target);
      });
      return row;
    });
    list.append(...rows);
    const main = make("button", { type: "button", class: "main" }, "This is my order");
    main.addEventListener("click", () => answer([...list.children].map((row) => row.dataset.value)));
    return make("div", {}, list, said, main);
  }
}
