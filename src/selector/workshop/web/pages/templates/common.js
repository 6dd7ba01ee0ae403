"use strict";
// What all light pages share: speaking to the room, and hearing from it.
// A criterion may be called constructor; what was not answered must not read as that.
delete Object.prototype.constructor;
const DATA = JSON.parse(document.getElementById("data").textContent);
const API = DATA.code ? `/api/workshops/${DATA.code}` : "";
const $ = (id) => document.getElementById(id);

/** Kept on this device; in memory alone where the browser keeps nothing. */
const kept = (() => {
  const memory = new Map();
  let lasts = true;
  try { localStorage.setItem("selector.try", "1"); localStorage.removeItem("selector.try"); } catch { lasts = false; }
  return {
    lasts, // whether what is kept outlives the page
    get(key) {
      try { const text = localStorage.getItem(key); if (text !== null) return JSON.parse(text); } catch { /* not allowed */ }
      return memory.has(key) ? memory.get(key) : null;
    },
    set(key, value) {
      memory.set(key, value);
      try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or not allowed */ }
    },
    drop(key) {
      memory.delete(key);
      try { localStorage.removeItem(key); } catch { /* not allowed */ }
    },
  };
})();

/** A secret of 128 random bits; works where the page is not on HTTPS. */
function secret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
}

let ahead = 0; // ms by which the room's clock is ahead of this device's

/** An element with attributes, listeners (`onclick`) and what is in it; all text is text. */
function el(name, given = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  return put(made, ...inside);
}

/** Put this in a place, instead of what is there. */
function put(place, ...inside) {
  place.replaceChildren(...inside.flat(4).filter((one) => one !== null && one !== undefined && one !== "" && one !== false));
  return place;
}

/** Ask the room. Resolves to {status, body, retry}; status 0 where nothing was heard within `wait`
 *  ms; `retry` are the seconds after which to ask again, 0 where none were told. */
async function ask(method, path, { body, token, wait = 10000, cache = "no-store" } = {}) {
  const headers = {};
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), wait);
  try {
    const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: gone.signal, cache, keepalive: document.hidden });
    const text = await answer.text();
    let found = null;
    try { found = text ? JSON.parse(text) : null; } catch { /* a page of some proxy */ }
    if (answer.status === 200 && found === null) return { status: 0, body: null, retry: 0 }; // a hotel's page, not the room
    if (cache === "no-store") ahead = Date.parse(answer.headers.get("date")) - Date.now() || 0;
    return { status: answer.status, body: found, retry: Number(answer.headers.get("retry-after")) || 0 };
  } catch {
    return { status: 0, body: null, retry: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether to ask the same again: nothing was heard, or the room cannot answer just now. */
function isPassing({ status }) { return status === 0 || status === 429 || status >= 500; }

/** Call `work` until it returns null, which says that it is done; a number are the seconds that it
 *  was told to wait, 0 where it was told none. Waits double up to half a minute, and end at once
 *  when the phone is awake or in coverage again. */
function again(work) {
  let timer = 0, tries = 0, told = 0, isBusy = false, isWanted = false;
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(run, ms); };
  async function run() {
    clearTimeout(timer);
    timer = 0;
    if (isBusy) { isWanted = true; return; }
    isBusy = true;
    isWanted = false;
    let next = 0;
    try { next = await work(); } finally { isBusy = false; }
    told = next || 0;
    if (next === null) tries = 0;
    else later(told * 1000 + Math.min(30000, 1000 * 2 ** tries++) * (0.5 + Math.random() / 2));
    if (next === null && isWanted) run();
  }
  const awake = () => { if (timer && !told && !document.hidden) { tries = 0; run(); } };
  document.addEventListener("visibilitychange", awake);
  addEventListener("online", awake);
  return {
    now() { if (!told || !timer) { tries = 0; run(); } },
    /** Once nothing more was asked of it for `ms`. */
    soon(ms) { if (!timer || !tries) later(ms); },
    stop() { clearTimeout(timer); timer = 0; },
    get isWaiting() { return timer !== 0 && tries > 0; },
  };
}

const QUIET = 45000; // ms after which an open line that brought nothing is checked
/** Call `heard` with the state of the room now and at each change, by events, or by asking where
 *  these fail; with null once the room is gone. `linked` hears whether there is a connection. */
function follow(heard, linked = () => {}, token = () => "") {
  let source = null, last = 0, shown = "", isLinked = true, isAsking = false, isGone = false;
  const link = (now) => { if (now !== isLinked) { isLinked = now; linked(now); } };
  const tell = (state) => {
    last = Date.now();
    link(true);
    const text = JSON.stringify(state);
    if (text !== shown) { shown = text; heard(state); }
  };
  const open = () => {
    if (source) source.close();
    source = new EventSource(`${API}/events`);
    source.addEventListener("state", (event) => tell(JSON.parse(event.data)));
    source.onerror = ({ target }) => { if (target === source && target.readyState === 2) poll(); }; // refused: why?
  };
  const poll = async () => {
    if (isAsking) return;
    isAsking = true;
    const { status, body } = await ask("GET", `${API}?brief`, { wait: 6000, token: token() });
    isAsking = false;
    if (status === 200) tell({ phase: body.phase, round: body.round, revealed: body.revealed, participants: body.participants, ballots: body.ballots, timer: body.timer, open_until: body.open_until });
    else if (status === 404) { source.close(); isGone = true; shown = ""; heard(null); }
    else link(status !== 0);
  };
  const look = () => {
    if (document.hidden || isGone) return; // asking on for what is gone would look like guessing
    const isOpen = source.readyState === 1;
    if (Date.now() - last > (isOpen ? QUIET : 4000)) poll();
    if (source.readyState === 2) open(); // refused once, it does not come back by itself
  };
  const wake = () => { if (!document.hidden) { isGone = false; poll(); open(); } };
  open();
  setTimeout(() => { if (!last) poll(); }, 1500);
  setInterval(look, 5000);
  // A phone that was asleep, or comes back into coverage, does not wait.
  for (const event of ["visibilitychange", "resume"]) document.addEventListener(event, wake);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  addEventListener("online", wake);
  addEventListener("offline", () => link(false));
  return { poll };
}

/** Say something to those who hear the page. */
function say(text) { const place = $("said"); if (place) place.textContent = text; }

/** How much time is left until an ISO time, as 4:05; empty where none is set or it is over. */
function left(until) {
  if (!until) return "";
  const seconds = Math.max(0, Math.round((Date.parse(until) - Date.now() - ahead) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
