/*
 * What this browser keeps: the list of one's own working copies, and the last link. The server does
 * not know whose copies are whose; only here do they stand side by side.
 * data of the list:  { kind: "list", now: { id, title, revision, origin } or null, known: title of
 *   the origin, gone: id of a copy that is not there any more, first: the link of a bare visit }
 * data of the offer: { kind: "offer", first }
 * Tells the host setTriggerValue("open", id), ("remove", id), ("back", origin), ("go", query).
 */
const LIST = "selector.drafts";
const LAST = "selector.last";
const MOST = 50;
const EVERY = 3000; // milliseconds between looks at the address

const read = (key, otherwise) => {
  try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
};
const write = (key, value) => {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* then it is not kept */ }
};

// As it was when this document was opened: what is kept from now on is of this visit.
const left = read(LAST, null);
let first = "";
let title = "";
let watching = false;
const drawn = new WeakMap(); // what each list was drawn of

export default function keep({ parentElement, data, setTriggerValue }) {
  first = data.first;
  if (data.kind === "offer") return offer(parentElement, setTriggerValue);
  title = data.title;
  watch();
  list(parentElement, data, setTriggerValue);
}

// --- the last link -------------------------------------------------------------------------------

function watch() {
  if (watching) return;
  watching = true;
  const note = () => {
    const { pathname, search } = location;
    if (!search.includes("decision=") || search === first) return;
    const last = read(LAST, null);
    if (last?.link === pathname + search && last.title === title) return;
    write(LAST, { link: pathname + search, title, when: Date.now() });
  };
  setInterval(note, EVERY);
  addEventListener("pagehide", note);
  document.addEventListener("visibilitychange", note);
}

function offer(root, tell) {
  const old = root.querySelector(".offer");
  if (!left?.link?.startsWith("/") || left.link.startsWith("//")) return old?.remove();
  if (old) return;
  const back = make("a", { href: left.link, target: "_self" }, left.title || "your decision");
  const close = make("button", { type: "button", "aria-label": "Do not offer this" }, "×");
  const box = make("p", { class: "offer", role: "status" }, "Go on where you left off: ", back,
    ` (${ago(left.when)})`, close);
  close.addEventListener("click", () => { box.remove(); tell("close", true); });
  root.append(box);
}

// --- the list ------------------------------------------------------------------------------------

function list(root, data, tell) {
  let own = read(LIST, []).filter((each) => typeof each?.id === "string");
  if (data.gone) own = own.filter((each) => each.id !== data.gone);
  const { now } = data;
  if (now) {
    const known = own.find((each) => each.id === now.id);
    if (!known) own.unshift({ id: now.id });
    const entry = own.find((each) => each.id === now.id);
    if (entry.revision !== now.revision || entry.title !== now.title) entry.when = Date.now();
    entry.title = now.title;
    entry.revision = now.revision;
  }
  own = own.sort((a, b) => (b.when ?? 0) - (a.when ?? 0)).slice(0, MOST);
  const told = JSON.stringify([own, data]);
  if (drawn.get(root) === told) return; // a run of the page that changed nothing here
  drawn.set(root, told);
  write(LIST, own);
  const hadFocus = root.contains(root.getRootNode().activeElement);
  const box = make("div", { class: "own" });
  if (own.length) box.append(make("h2", {}, "Yours"));
  const rows = make("ul");
  for (const each of own) rows.append(row(each, each.id === now?.id, data, tell, root));
  if (own.length) box.append(rows);
  root.querySelector(".own")?.remove();
  root.append(box);
  if (hadFocus) box.querySelector("[aria-current]")?.focus();
}

function row(each, isShown, data, tell, root) {
  const open = make("button", { type: "button", class: "open" }, each.title || "Your decision");
  open.append(make("small", {}, ago(each.when)));
  if (isShown) open.setAttribute("aria-current", "true");
  else open.addEventListener("click", () => tell("open", each.id));
  const item = make("li", {}, open);
  if (!isShown) return item;
  const tools = make("div", { class: "tools" });
  if (data.now.origin) {
    const back = make("button", { type: "button" }, "Back to the shipped one");
    back.addEventListener("click", () => tell("back", data.now.origin));
    tools.append(back);
  }
  const remove = make("button", { type: "button" }, "Remove");
  remove.addEventListener("click", () => ask(tools, remove, each.id, tell));
  tools.append(remove);
  item.append(tools);
  return item;
}

function ask(tools, remove, id, tell) {
  const yes = make("button", { type: "button", class: "sure" }, "Remove it for good");
  const no = make("button", { type: "button" }, "Keep it");
  yes.addEventListener("click", () => {
    write(LIST, read(LIST, []).filter((each) => each.id !== id));
    tell("remove", id);
  });
  no.addEventListener("click", () => { yes.remove(); no.replaceWith(remove); remove.focus(); });
  remove.replaceWith(yes, no);
  yes.focus();
}

function ago(when) {
  const minutes = Math.round((Date.now() - (when ?? Date.now())) / 60000);
  if (minutes < 2) return "just now";
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return hours === 1 ? "an hour ago" : `${hours} hours ago`;
  const days = Math.round(hours / 24);
  return days === 1 ? "yesterday" : `${days} days ago`;
}
