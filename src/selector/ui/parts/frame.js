/*
 * What every page has: links to other pages that keep what was set, the first path through the app,
 * the words' search, charts that follow light and dark at once, and a session that outlives its
 * connection.
 * data: { page, visit, steps: [{ page, title, text }] }. A link of a page is an <a data-go="page">; its
 * other data- values go with it. Tells the host setTriggerValue("go", { page, ... }) and
 * setTriggerValue("scheme", "dark" or "light"), setTriggerValue("resume", when),
 * setTriggerValue("link", what the address said before).
 */
const KEPT = "selector.path"; // what the browser keeps of the path: the step, or "closed"
const CLOSED = "closed";
let host = null; // the mounted component; pages come and go, the listeners below stay
let isListening = false;
let seen = { visit: "", search: "" }; // the server's session, and what the address last said in it
let walked = ""; // the button of the path that led here: it has the focus on the next page too

const kept = () => {
  try { return localStorage.getItem(KEPT) ?? "0"; } catch { return CLOSED; }
};

const keep = (step) => {
  try { localStorage.setItem(KEPT, step); } catch { /* then it is asked again */ }
};

export default function frame({ parentElement, data, setTriggerValue }) {
  host = { root: parentElement, data, tell: setTriggerValue };
  listen();
  wholeScheme();
  if (seen.visit && seen.visit !== data.visit && seen.search !== location.search) {
    setTriggerValue("link", seen.search); // a new session that was begun without what was set
  }
  seen = { visit: data.visit, search: location.search };
  const isFree = !document.activeElement || document.activeElement === document.body;
  draw(parentElement.activeElement?.dataset.act ?? (isFree ? walked : ""));
}

// --- the path ------------------------------------------------------------------------------------

function draw(focused = "") {
  host.root.querySelector(".path")?.remove();
  const step = Number(kept());
  const steps = host.data.steps;
  document.documentElement.classList.toggle("on-path", step in steps);
  if (!(step in steps)) return;
  const { title, text } = steps[step];
  const button = (name, act, label = name) => {
    const node = make("button", { type: "button", "data-act": act, "aria-label": label }, name);
    node.addEventListener("click", () => walk(act, step));
    return node;
  };
  const last = step === steps.length - 1;
  const next = last ? button("Done", "close") : button(`Next: ${steps[step + 1].title}`, "next");
  next.classList.add("next");
  const buttons = make("div", { class: "buttons" });
  if (step) buttons.append(button("Back", "back", `Back to ${steps[step - 1].title}`));
  buttons.append(next);
  if (!last) buttons.append(button("Close", "close", "Close the first path; Words opens it again"));
  const told = make("p", {}, make("b", {}, `${title}. `), text);
  const place = make("span", { class: "place" }, `${step + 1} of ${steps.length}`);
  const path = make("section", { class: "path", "aria-label": "First path through the app" });
  path.append(place, told, buttons);
  path.addEventListener("keydown", (event) => {
    if (event.key === "Escape") walk("close", step);
  });
  host.root.append(path);
  besideMenu();
  if (focused) (path.querySelector(`[data-act="${focused}"]`) ?? next).focus();
}

/* The bar stands beside the menu, not under it. */
function besideMenu() {
  const main = document.querySelector('[data-testid="stMain"]');
  const path = host.root.querySelector(".path");
  if (!main || !path) return;
  path.style.left = `${main.getBoundingClientRect().left / (main.currentCSSZoom ?? 1)}px`;
}

function walk(act, step) {
  const target = act === "next" ? step + 1 : step - 1;
  keep(act === "close" ? CLOSED : String(target));
  walked = act;
  draw(act);
  if (act === "close") {
    return;
  }
  const { page } = host.data.steps[target];
  if (page !== host.data.page) host.tell("go", { page });
}

// --- the page ------------------------------------------------------------------------------------

function listen() {
  if (isListening) return;
  isListening = true;
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) new ResizeObserver(besideMenu).observe(main);
  stayConnected();
  completeAddresses();
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => { seen.search = location.search; }, true);
  }
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, complete);
  document.addEventListener("click", follow);
  document.addEventListener("input", search);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
    // Streamlit changes its own theme first; the run that follows draws charts for it.
    setTimeout(() => {
      wholeScheme();
      host.tell("scheme", matches ? "dark" : "light");
    }, 100);
  });
}

/* What opens above the page stands beside it in the document, and is as light or dark as the page. */
function wholeScheme() {
  const app = document.querySelector(".stApp");
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
}

/*
 * The address of a page is first bare and then says what is set. That completes it, and is no place
 * of its own to go back to. Where somebody goes back and has pressed nothing since, an answer that
 * would open another page is one to a page already left.
 */
function completeAddresses() {
  const push = history.pushState;
  let isGone = false;
  addEventListener("popstate", () => { isGone = true; }, true);
  for (const kind of ["pointerdown", "keydown", "click"]) {
    addEventListener(kind, () => { isGone = false; }, true);
  }
  history.pushState = function complete(state, unused, url) {
    const { pathname, search } = location;
    const isSamePage = url && new URL(url, location.href).pathname === pathname;
    if (isSamePage && !search) history.replaceState(state, unused, url);
    else if (isSamePage || !isGone) push.call(history, state, unused, url);
  };
}

/*
 * When the connection comes back the page is run once more: where the server had to begin a new
 * session, that session then reads what was set from the address.
 */
function stayConnected() {
  const state = "data-test-connection-state";
  let isLost = false;
  let looking = 0;
  // Streamlit may draw the element that tells it anew, so that the whole page is watched for it.
  new MutationObserver(() => {
    const isConnected = document.querySelector(`[${state}]`)?.getAttribute(state) === "CONNECTED";
    if (isLost && isConnected) host.tell("resume", Date.now());
    if (!isConnected && !isLost) looking = setInterval(plainly, 100);
    if (isConnected) clearInterval(looking);
    isLost = !isConnected;
  }).observe(document.documentElement, {
    attributes: true, attributeFilter: [state], subtree: true,
  });
}

const LOST = [
  "Selector does not answer",
  "What you have set is kept in the address of this page. It goes on by itself as soon as Selector "
    + "answers again; if that takes long, tell whoever runs it.",
];

/* Streamlit's own note on a lost connection, in our words. */
function plainly() {
  const title = document.querySelector('[role="dialog"] h2');
  if (title?.textContent !== "Connection error") return;
  const told = title.nextElementSibling?.querySelector("*") ?? title.nextElementSibling;
  for (const [node, words] of [[title, LOST[0]], [told, LOST[1]]]) {
    if (node?.firstChild) node.firstChild.nodeValue = words;
  }
}

const asked = (event) => event.target.closest?.("a[data-go], [data-path]");

/* A link opened in a tab of its own shows the same decision under the same weights. */
function complete(event) {
  const link = asked(event);
  if (link?.dataset.go) link.search = location.search;
}

function follow(event) {
  const link = asked(event);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.dataset.path) {
    keep("0");
    draw("next");
    return;
  }
  const { go, ...rest } = link.dataset;
  host.tell("go", { page: go, ...rest });
}

/* Shows the words that have what is written in the field. */
function search({ target }) {
  if (!target.matches?.("input.find-word")) return;
  const wanted = target.value.trim().toLowerCase();
  const terms = [...document.querySelectorAll(".words > div")];
  let count = 0;
  for (const term of terms) {
    term.hidden = !term.textContent.toLowerCase().includes(wanted);
    count += !term.hidden;
  }
  const said = document.querySelector(".words-found");
  said.textContent = count ? `${count} of ${terms.length} words` : "No word has that; try a shorter one.";
}
