"""`selector freeze`, `verify` and `check`: a decision as it was, and what has changed since."""

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selector.catalog.reading import harmless, steering, steering_words
from selector.cli_output import Data, bold, columns, shortened
from selector.cli_results.frozen_redact import redacted
from selector.domain import words
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis import Analysis

MOST_BYTES = 50_000_000
NAME, NOTE = 200, 2_000  # letters of who froze it, and why


def read(path: Path) -> Any:
    """The data in a frozen file. UsageError where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} is larger than 50 MB; name a frozen decision")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); name a frozen file") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not JSON; name what `selector freeze` wrote") from None


def freeze(analysis: "Analysis", to: Path, by: str, note: str) -> None:
    """Write the frozen decision, whole or not at all; an earlier one's log goes on."""
    from selector.report.exports import alone, replace
    from selector.report.frozen import kept, signed

    _told("--by", by, NAME)
    _told("--note", note, NOTE)
    if not to.parent.is_dir():
        raise UsageError(f"{to.parent} is not a folder; name one that exists")
    _before(to, analysis.decision.id)  # before the long work
    made = kept(analysis)
    with alone(to):  # what others froze in the meantime stays in the log
        whole = signed(made, analysis, by, note, _before(to, analysis.decision.id))
        replace(to, (json.dumps(whole, ensure_ascii=False, default=str) + "\n").encode())
    print(f"{to} written", file=sys.stderr)


def _told(option: str, text: str, longest: int) -> None:
    """Refuse what a log cannot show as it is."""
    if len(text) > longest:
        raise UsageError(f"{option} is longer than {longest:,} letters; say it in fewer")
    if (found := steering(text)) is not None:
        what, instead = steering_words(found[1])
        raise UsageError(f"{option} holds {what}; {instead}")
    if harmless(text) != text:
        raise UsageError(f"{option} holds what is no text in UTF-8; write it anew")


def _before(to: Path, decision: str) -> dict[str, Any] | None:
    """What was frozen into a file before; None where it is new.

    UsageError where something else is there: no frozen decision, one that was changed by hand,
    whose log would go on as if it were true, or another decision.
    """
    from selector.report.exports import writable
    from selector.report.frozen import FORMS, decision_of, intact

    if writable(to) is None:
        return None
    found = read(to)
    if not isinstance(found, dict) or found.get("form") not in FORMS:
        raise UsageError(f"{to} is there and is no frozen decision; name another file")
    before: dict[str, Any] = intact(found)
    if decision_of(before) != decision:
        raise UsageError(f"{to} {_another(decision_of(before), decision)}; name another file")
    return before


def _another(held: str, wanted: str) -> str:
    return f"holds the decision {held[:100]!r}, not {wanted!r}"


def verify(path: Path, redact: bool = False) -> Data:
    """Whether a frozen decision comes out the same when it is computed again.

    With `redact` under the version of what is shown, and of the log without versions, and without
    what was noted and set.
    """
    from selector.report.exports.hushed import hushed
    from selector.report.frozen import differences, is_log_covered, logged, thawed
    from selector.version import VERSION

    whole = read(path)
    analysis = thawed(whole)
    found = differences(whole, analysis)
    left_out = {"note": "", "version": "", "changed": []} if redact else {}
    return _clean(
        {
            "decision": analysis.decision.id,
            "version": hushed(analysis).version if redact else whole["results"]["version"],
            "engine": {"then": whole["engine"], "now": VERSION},
            "same": not found,
            "differs": found,
            "log": [entry | left_out for entry in logged(whole)],
            "log_covered": is_log_covered(whole),
            "redacted": redact,
        }
    )


def verify_table(data: Data) -> Iterable[str]:
    """The same for people."""
    engine = data["engine"]
    which = f"{data['decision']}, version {data['version']}"
    if data["same"]:
        yield f"{which}: computed again, the same to the last digit."
    else:
        differs = words.listed([name.replace("_", " ") for name in data["differs"]])
        yield f"{which}: computed again, {differs} differ."
        if engine["then"] != engine["now"]:
            yield f"It was frozen by version {engine['then']} of Selector; this is {engine['now']}."
    if not data["log_covered"]:
        yield "Its log is not covered by its hash, for an earlier form was: freeze it again into the same file."  # noqa: E501
    yield ""
    rows = [
        [
            *(_flat(e[key], NAME) for key in ("at", "version", "winner", "by")),
            _flat(e["note"], NOTE),
        ]
        for e in data["log"]
    ]
    yield from columns(["Frozen", "Version", "Winner", "By", "Why"], rows, set())
    for entry in data["log"]:
        if changed := entry.get("changed"):  # files frozen before it was told have none
            yield ""
            yield f"Set otherwise when it was frozen at {_flat(entry['at'], NAME)}:"
            yield from (f"  {_flat(line, NOTE)}" for line in changed)


def _flat(text: str, longest: int) -> str:
    """A text in one line."""
    return shortened(" ".join(text.split()), longest)


def _clean(data: Data) -> Data:
    """The data without what would steer a screen: another hand may have put it there."""
    return {harmless(key): _harmless(part) for key, part in data.items()}


def _harmless(part: Any) -> Any:
    if isinstance(part, dict):
        return _clean(part)
    if isinstance(part, list | tuple):
        return [_harmless(item) for item in part]
    return harmless(part) if isinstance(part, str) else part


def check(analysis: "Analysis", against: Path, today: date, redact: bool = False) -> Data:
    """What has changed since a decision was frozen, and whether it flips the answer.

    With `redact` what was negotiated in confidence is left out.
    """
    from selector.report.exports.confidence import secret_bills
    from selector.report.frozen import thawed
    from selector.report.since import changes

    then = thawed(read(against))
    if then.decision.id != analysis.decision.id:
        raise UsageError(
            f"{against} {_another(then.decision.id, analysis.decision.id)}; "
            "name what was frozen of the same decision"
        )
    found = changes(then, analysis, today)
    secret = secret_bills(then) | secret_bills(analysis)
    data = {
        "decision": analysis.decision.id,
        "version": {"before": then.version, "now": analysis.version},
        "changed": {
            "facts": found.facts,
            "prices": found.prices,
            "weights": found.weights,
            "ranking": found.ranking,
        },
        "edits": [one._asdict() for one in found.edits],
        "winner": found.winner,
        "leaders": found.leaders,
        "flipped": found.is_flipped,
        "stale": found.stale,
        "names": {
            **{a.id: a.name for a in then.decision.alternatives},
            **{a.id: a.name for a in analysis.decision.alternatives},
        },
        "criteria": {leaf.id: leaf.name for leaf in (*then.leaves, *analysis.leaves)},
        "confidential": bool(secret),
        "redacted": redact,
    }
    is_kept = redact and any(a.decision.negotiated.confidential for a in (then, analysis))
    return _clean(redacted(data, then, analysis, secret) if is_kept else data)


def check_table(data: Data) -> Iterable[str]:
    """The same for people."""
    names, changed = data["names"], data["changed"]
    before, now = ([names[a] for a in data["leaders"][side]] for side in ("before", "now"))
    stands = f"{words.listed(now) or 'nobody'} {'are level first' if len(now) > 1 else 'leads'}"
    if data["flipped"]:
        yield bold(f"The answer has changed: {_turned(before, now)}.")
    elif any(changed.values()) or data["edits"]:
        yield bold(f"The answer stands: {stands}.")
    else:
        yield bold(f"Nothing has changed: {stands}.")
    if data["edits"]:
        yield ""
        rows = [[e["what"], e["before"], e["now"]] for e in data["edits"]]
        yield from columns(["Set otherwise", "Before", "Now"], rows, set())
    if changed["facts"]:
        yield ""
        rows = [
            [names[r["alternative"]], r["name"], r["before"], r["now"]] for r in changed["facts"]
        ]
        yield from columns(["Alternative", "Fact", "Before", "Now"], rows, set())
    if changed["prices"]:
        yield ""
        rows = [
            [
                names[r["alternative"]],
                _amount(r["before"], r.get("confidential", False)),
                _amount(r["now"], r.get("confidential", False)),
                "; ".join(r["items"]),
            ]
            for r in changed["prices"]
        ]
        yield from columns(["Bill of", "before", "now", "Unit prices that moved"], rows, {1, 2})
    if changed["weights"]:
        yield ""
        rows = [
            [data["criteria"][name], _share(r["before"]), _share(r["now"])]
            for name, r in changed["weights"].items()
        ]
        yield from columns(["Weight of", "before", "now"], rows, {1, 2})
    if changed["ranking"]:
        yield ""
        rows = [
            [names[r["alternative"]], str(r["before"] or "–"), str(r["now"] or "–")]
            for r in changed["ranking"]
        ]
        yield from columns(["Rank of", "before", "now"], rows, {1, 2})
    if data["stale"]:
        yield ""
        rows = [[names[r["alternative"]], r["name"], r["as_of"]] for r in data["stale"]]
        yield from columns(["Stale of", "Fact", "Dates from"], rows, set())
    if data["confidential"]:
        yield ""
        yield (
            "What rests on confidential prices is left out, and what would tell it."
            if data["redacted"]
            else "Negotiated prices are confidential: do not pass these figures on."
        )


def _turned(before: list[str], now: list[str]) -> str:
    """Who led and who does; of several that they were, or are, level."""
    led = (
        f"{words.listed(before)} were level"
        if len(before) > 1
        else f"{before[0] if before else 'nobody'} led"
    )
    if len(now) > 1:
        return f"{led}, now {words.listed(now)} are{' level' if len(before) < 2 else ''}"
    who = now[0] if now else "nobody"
    return f"{led}, now {who} {'leads' if len(before) > 1 else 'does'}"


def _amount(value: float | None, is_kept: bool) -> str:
    if is_kept:
        return "confidential"
    return "not known" if value is None else f"{value:,.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"
