// What one wants talked about: kept on this phone, and sent until the room has it.

const UNSAID = `${KEY}.unsaid`; // texts that are on their way, the first first
const saying = again(async () => {
  const [text] = kept.get(UNSAID) || [];
  if (!text || !who.token || fault) return null;
  const answer = await ask("POST", `${API}/comments`, { body: { text }, token: who.token });
  if (isPassing(answer)) {
    tellTalk(answer.status === 0 ? "No connection: it goes by itself as soon as there is one." : "The room is busy: it is sent again by itself.");
    return answer.retry;
  }
  if (answer.status === 401) { resume.now(); return 1; }
  if (answer.status === 403) { fail("removed"); return null; }
  if (answer.status === 404) { fail("gone"); return null; }
  const rest = (kept.get(UNSAID) || []).slice(1);
  if (rest.length) kept.set(UNSAID, rest); else kept.drop(UNSAID);
  if (answer.status !== 201 && $("talk") && !$("talk").value) $("talk").value = text; // to be said otherwise
  tellTalk(answer.status === 201 ? "It is on the list." : told(answer));
  return rest.length ? 0 : null;
});

function tellTalk(text) {
  if ($("talk-told")) $("talk-told").textContent = text;
  say(text);
}

/** Something to be talked about, for all to see after the reveal. */
function talk() {
  const box = el("textarea", { id: "talk", rows: 2, maxlength: 1000, "aria-describedby": "talk-told" });
  const waits = (kept.get(UNSAID) || []).length ? "What you wrote is kept on this phone, and goes by itself." : "";
  const note = el("p", { id: "talk-told", class: "small" }, waits || `Shown to all after the reveal${about && about.named ? ", with your name." : ", without your name."}`);
  const send = el("button", { type: "button", onclick() {
    const text = box.value.trim();
    if (!text) return;
    kept.set(UNSAID, [...kept.get(UNSAID) || [], text]);
    box.value = "";
    tellTalk("Sending…");
    saying.now();
  } }, "Put it on the list");
  return el("details", { class: "talk", open: Boolean(waits) }, el("summary", {}, "Something to talk about?"), el("label", { for: "talk" }, "What should the room talk about?"), box, note, send);
}
