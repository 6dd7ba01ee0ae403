"""`selector freeze`, `verify` and `check`: a decision as it was, and what has changed since."""

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selector.catalog.reading import harmless, steering, steering_words
from selector.cli_output import Data, columns, shortened
from selector.cli_results.frozen_redact import redacted, version
from selector.cli_results.frozen_table import VERIFIED_BARE, check_table
from selector.domain import words
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis import Analysis

__all__ = ["check", "check_table", "freeze", "read", "verify", "verify_table"]

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
    from selector.report.frozen import differences, is_log_covered, logged, thawed
    from selector.report.since import is_bare
    from selector.version import VERSION

    whole = read(path)
    analysis = thawed(whole)
    found = differences(whole, analysis)
    left_out = {"note": "", "version": "", "changed": []} if redact else {}
    return _clean(
        {
            "decision": analysis.decision.id,
            "version": version(analysis) if redact else whole["results"]["version"],
            "engine": {"then": whole["engine"], "now": VERSION},
            "same": not found,
            "differs": found,
            "log": [entry | left_out for entry in logged(whole)],
            "log_covered": is_log_covered(whole),
            "whole": not is_bare(analysis),
            "redacted": redact,
        }
    )


def verify_table(data: Data) -> Iterable[str]:
    """The same for people."""
    engine = data["engine"]
    which = f"{data['decision']}, version {data['version'] or 'kept in confidence'}"
    if data["same"]:
        yield f"{which}: computed again, the same to the last digit."
    else:
        differs = words.listed([name.replace("_", " ") for name in data["differs"]])
        yield f"{which}: computed again, {differs} differ."
        if engine["then"] != engine["now"]:
            yield f"It was frozen by version {engine['then']} of Selector; this is {engine['now']}."
    if not data["log_covered"]:
        yield "Its log is not covered by its hash, for an earlier form was: freeze it again into the same file."  # noqa: E501
    if not data["whole"]:
        yield VERIFIED_BARE
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
        if made_of := entry.get("made_of"):
            yield ""
            yield f"The best stack when it was frozen at {_flat(entry['at'], NAME)}:"
            yield f"  {_flat(made_of, NOTE)}"
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
    from selector.report.money import money_of
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
            "choices": found.choices,
            "fits": found.fits,
        },
        "edits": [one._asdict() for one in found.edits],
        "winner": found.winner,
        "leaders": found.leaders,
        "made_of": found.made_of,
        "flipped": found.is_flipped,
        "stale": found.stale,
        "whole": found.is_whole,
        "names": {
            **{a.id: a.name for a in then.decision.alternatives},
            **{a.id: a.name for a in analysis.decision.alternatives},
        },
        "criteria": {leaf.id: leaf.name for leaf in (*then.leaves, *analysis.leaves)},
        "currency": money_of(analysis.decision).code,
        "confidential": bool(secret),
        "redacted": redact,
    }
    is_kept = redact and any(a.decision.negotiated.confidential for a in (then, analysis))
    return _clean(redacted(data, then, analysis, secret) if is_kept else data)
