"""`selector freeze`, `verify` and `check`: a decision as it was, and what has changed since."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data, bold, columns
from selector.domain import words
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis import Analysis

MOST_BYTES = 50_000_000


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
    from selector.report.exports import replace
    from selector.report.frozen import FORM, frozen

    before = read(to) if to.is_file() else None
    if before is not None and (not isinstance(before, dict) or before.get("form") != FORM):
        raise UsageError(f"{to} is there and is no frozen decision; name another file")
    if not to.parent.is_dir():
        raise UsageError(f"{to.parent} is not a folder; name one that exists")
    whole = frozen(analysis, by, note, before)
    replace(to, (json.dumps(whole, ensure_ascii=False, default=str) + "\n").encode())


def verify(path: Path) -> Data:
    """Whether a frozen decision comes out the same when it is computed again."""
    from selector.report.frozen import differences, thawed
    from selector.version import VERSION

    whole = read(path)
    analysis = thawed(whole)
    found = differences(whole, analysis)
    return {
        "decision": analysis.decision.id,
        "version": whole["results"]["version"],
        "engine": {"then": whole["engine"], "now": VERSION},
        "same": not found,
        "differs": found,
        "log": whole["log"],
    }


def verify_table(data: Data) -> Iterable[str]:
    """The same for people."""
    engine = data["engine"]
    if data["same"]:
        yield f"{data['decision']}, version {data['version']}: computed again, the same to the last digit."  # noqa: E501
    else:
        differs = words.listed([name.replace("_", " ") for name in data["differs"]])
        yield f"{data['decision']}, version {data['version']}: computed again, {differs} differ."
        if engine["then"] != engine["now"]:
            yield f"It was frozen by version {engine['then']} of Selector; this is {engine['now']}."
    yield ""
    rows = [[e["at"], e["version"], e["winner"], e["by"], e["note"]] for e in data["log"]]
    yield from columns(["Frozen", "Version", "Winner", "By", "Why"], rows, set())
    for entry in data["log"]:
        if changed := entry.get("changed"):  # files frozen before it was told have none
            yield ""
            yield f"Set otherwise when it was frozen at {entry['at']}:"
            yield from (f"  {line}" for line in changed)


def check(analysis: "Analysis", against: Path, today: date) -> Data:
    """What has changed since a decision was frozen, and whether it flips the answer."""
    from selector.report.frozen import changes, thawed

    then = thawed(read(against))
    if then.decision.id != analysis.decision.id:
        raise UsageError(
            f"{against} holds the decision {then.decision.id!r}, not {analysis.decision.id!r}; "
            "name what was frozen of the same decision"
        )
    found = changes(then, analysis, today)
    return {
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
        "flipped": found.is_flipped,
        "stale": found.stale,
        "names": {
            **{a.id: a.name for a in then.decision.alternatives},
            **{a.id: a.name for a in analysis.decision.alternatives},
        },
        "criteria": {leaf.id: leaf.name for leaf in (*then.leaves, *analysis.leaves)},
    }


def check_table(data: Data) -> Iterable[str]:
    """The same for people."""
    names, changed = data["names"], data["changed"]
    winner = {side: names.get(who, "nobody") for side, who in data["winner"].items()}
    if data["flipped"]:
        yield bold(f"The answer has changed: {winner['before']} led, now {winner['now']} does.")
    elif any(changed.values()) or data["edits"]:
        yield bold(f"The answer stands: {winner['now']} leads.")
    else:
        yield bold(f"Nothing has changed: {winner['now']} leads.")
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
                _amount(r["before"]),
                _amount(r["now"]),
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


def _amount(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.2f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"
