// Delivery: the newest ballot goes to the room until the room says that it has it.

let fate = ""; // why the last try failed, in words
const delivery = again(async () => {
  const one = ballot;
  if (!who.token || !one || !one.isSent || one.sequence <= one.received || one.refused || fault) { fate = ""; return null; }
  if (troubles().length) return null;
  status("sending");
  const body = {
    round: one.round, weights: answersTo(about.criteria, one.weights), scores: scores(one),
    gut_ranking: one.gut, comment: one.comment, sequence: one.sequence,
  };
  const sequence = one.sequence, round = one.round;
  const answer = await ask("PUT", `${API}/ballot`, { body, token: who.token });
  if (answer.status === 200) {
    fate = "";
    settle(round, { received: sequence, at: clock() });
    // Changes that came meanwhile follow; those in the pause before they are sent wait for it.
    if (ballot.round === round && ballot.sequence > sequence) delivery.soon(300);
    return null;
  }
  if (isPassing(answer)) {
    fate = answer.status === 0 ? "No connection: it goes by itself as soon as there is one." : "The room is busy: it is sent again by itself.";
    status();
    return answer.retry;
  }
  fate = "";
  if (answer.status === 401) { resume.now(); return 1; }
  if (answer.status === 403) fail("removed");
  else if (answer.status === 404) fail("gone");
  else if (answer.status === 409) { settle(round, { refused: told(answer) }); followed.poll(); }
  else settle(round, { refused: told(answer), isSent: false, isOpen: true });
  show();
  return null;
});

/** Note what became of a ballot, whatever was changed in it meanwhile. */
function settle(round, outcome) {
  const stored = kept.get(`${KEY}.ballot`) || ballot;
  if (stored.round === round) {
    ballot = { ...stored, ...outcome, received: Math.max(stored.received, outcome.received || 0) };
    kept.set(`${KEY}.ballot`, ballot);
  } else if (before && before.round === round) {
    before = { ...before, ...outcome };
    kept.set(`${KEY}.before`, before);
  }
  if (outcome.received) say("Received.");
  status();
}

/** The answers to what is asked; others may be left from before a role was changed. */
function answersTo(asked, row) {
  return Object.fromEntries(asked.filter((one) => row[one.id] !== undefined).map((one) => [one.id, row[one.id]]));
}

function scores(one) {
  const rows = {};
  for (const leaf of about.scores) {
    for (const [alternative] of leaf.alternatives) {
      const value = (one.scores[alternative] || {})[leaf.id];
      if (value !== undefined) (rows[alternative] ||= {})[leaf.id] = value;
    }
  }
  return rows;
}

function clock() { return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }); }

/** Say plainly where the ballot is. */
function status(now = "") {
  $("link").hidden = isLinked || Boolean(fault);
  if (!ballot || !about) return;
  const isReceived = ballot.sequence <= ballot.received;
  let text = answersIn(ballot) ? "Kept on this phone, not yet sent." : "Nothing goes before you press Send.";
  if (ballot.refused) text = `Kept on this phone, not counted. ${ballot.refused}`;
  else if (ballot.isSent && isReceived) text = `Received${ballot.at ? ` at ${ballot.at}` : ""}.`;
  else if (ballot.isSent && now === "sending") text = "Sending…";
  else if (ballot.isSent && fate) text = `Kept on this phone, not yet sent. ${fate}`;
  if ($("state") && $("state").textContent !== text) $("state").textContent = text;
  if ($("outcome")) $("outcome").textContent = isReceived ? "Your answers are in" : "Your answers are on their way";
  const [done, all] = progress();
  if ($("progress")) $("progress").textContent = `${done} of ${all} answered`;
  if ($("send")) $("send").textContent = ballot.isSent ? "Done" : "Send my weights";
  const found = viewOf() === "ballot" ? troubles() : [];
  if ($("trouble") && ($("trouble").dataset.was || "") !== found.join()) { $("trouble").dataset.was = found.join(); warn(ballot.isSent ? found.join(" ") : ""); }
}

// What waits goes at once when the phone is put away: asleep it could not.
document.addEventListener("visibilitychange", () => { if (document.hidden && ballot && ballot.isSent) delivery.now(); });
