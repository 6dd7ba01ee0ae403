"""Decisions as they were: a whole decision with all it used, to recompute and to compare.

A frozen decision is JSON. It holds every record that the answer rests on, so that nothing else is
read when it is computed again: no profile, no price list. Places in files are left out.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from selector import domain
from selector.analysis import Analysis, analyse
from selector.catalog.reading import harmless
from selector.domain.decision import Decision
from selector.domain.evidence import NOWHERE
from selector.domain.problem import Origin, SelectorError, UsageError
from selector.domain.stack import Compatibility, FitFile
from selector.report.since import told_in_log, winner
from selector.report.stack_frozen import composed_again, packed, parts_of, unpacked
from selector.report.stacked import named
from selector.version import VERSION

FORM = "selector-frozen-3"
_FIRST = "selector-frozen-1"  # whose hash did not cover the log
FORMS = (FORM, "selector-frozen-2", _FIRST)  # the second held of stacks no more than their scores
SAMPLES, SEED = 10_000, 1
_ENTRY = ("at", "by", "note", "version", "winner")
_ODD = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
_FITS = Compatibility.__name__  # is no tuple, as all other records are
_KINDS = ("@", "@date", "@decimal", "@set", "@map")


# --- records as JSON ------------------------------------------------------------------------------


@cache
def _records() -> Mapping[str, type]:
    """The records that a decision is made of, by name; nothing else is ever built."""
    found: dict[str, type] = {}
    for module in pkgutil.iter_modules(domain.__path__):
        for name, kind in vars(importlib.import_module(f"{domain.__name__}.{module.name}")).items():
            if isinstance(kind, type) and hasattr(kind, "_fields"):
                found[name] = kind
    return found


def encoded(value: Any) -> Any:
    """Return a record, and all that is in it, as plain data, without what is as usual.

    TypeError for what no decision is made of.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return {"@date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"@decimal": str(value)}
    if isinstance(value, Origin):
        return None
    if hasattr(value, "_fields"):
        usual = getattr(value, "_field_defaults", {})
        made = {"@": type(value).__name__}
        for name, part in value._asdict().items():
            is_usual = name in usual and repr(part) == repr(usual[name])
            if isinstance(part, Origin) or (is_usual and not _is_place(type(value), name)):
                continue  # by their words, for 0 is not 0.0 where a version is made of it
            made[name] = encoded(part)
        return made
    if isinstance(value, Compatibility):
        return {"@": _FITS, "files": encoded(value.files)}
    if isinstance(value, frozenset | set):
        return {"@set": sorted(encoded(part) for part in value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and not key.startswith("@") for key in value):
            return {key: encoded(part) for key, part in value.items()}
        return {"@map": [[encoded(key), encoded(part)] for key, part in value.items()]}
    if isinstance(value, list | tuple):
        return [encoded(part) for part in value]
    raise TypeError(f"{type(value).__name__} is in no decision")


def decoded(data: Any) -> Any:
    """Return the records that the data stand for. ValueError where they stand for none."""
    if isinstance(data, list):
        return tuple(decoded(part) for part in data)
    if not isinstance(data, dict):
        return data
    kind = next((key for key in _KINDS if key in data), "")
    if kind == "@date":
        return date.fromisoformat(data["@date"])
    if kind == "@decimal":
        return Decimal(data["@decimal"])
    if kind == "@set":
        return frozenset(decoded(part) for part in data["@set"])
    if kind == "@map":
        return {decoded(key): decoded(part) for key, part in data["@map"]}
    if kind == "@":
        return _record(data)
    return {key: decoded(part) for key, part in data.items()}


def _is_place(record: type, name: str) -> bool:
    """Whether a part of a record says where it stood in a file."""
    return "Origin" in str(record.__annotations__[name])


def _record(data: Mapping[str, Any]) -> Any:
    if data["@"] == _FITS:
        files = decoded(data["files"])
        if not all(isinstance(file, FitFile) for file in files):
            raise ValueError("what fits what is in other records")
        return Compatibility(files)
    made: Any = _records().get(str(data["@"]))
    if made is None:
        raise ValueError(f"{data['@']!r} is no record of a decision")
    parts = {key: decoded(part) for key, part in data.items() if key != "@"}
    if unknown := set(parts) - set(made._fields):
        raise ValueError(f"{data['@']} has no {', '.join(sorted(unknown))}")
    for name in made._fields:
        if name not in parts and _is_place(made, name):
            parts[name] = NOWHERE
    try:
        return made(**parts)
    except TypeError as error:
        raise ValueError(str(error)) from None


# --- freezing -------------------------------------------------------------------------------------


def frozen(
    analysis: Analysis, by: str = "", note: str = "", before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the decision with all it used and its results.

    `by` and `note` say who froze it and why; `before` was frozen earlier, and its log goes on.
    """
    return signed(kept(analysis), analysis, by, note, before)


def kept(analysis: Analysis) -> dict[str, Any]:
    """Return the decision with all it used and its results, without log and hash: the long work."""
    held, stack = _held(analysis), analysis.composed
    composed: dict[str, Any] = {}
    if stack is not None:
        composed = {"composed": {"shares": dict(stack.shares), "fixed": dict(stack.fixed)}}
        analysis = composed_again(held, **composed["composed"])
    return {
        "form": FORM,
        "engine": VERSION,
        "decision": encoded(packed(held)),
        "weights": analysis.weights,
        "shares": analysis.shares,
        **composed,
        "samples": SAMPLES,
        "seed": SEED,
        "results": results(analysis),
    }


def signed(
    made: Mapping[str, Any], analysis: Analysis, by: str, note: str,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what was `kept` with its log, which goes on from `before`, and the hash of both."""
    entry: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": by,
        "note": note,
        "version": analysis.version,
        "winner": winner(analysis),
        "changed": _since(before, analysis),
    }
    if analysis.composed is not None and analysis.composed.winner is not None:
        entry["made_of"] = named(analysis.composed.winner)
    whole = {**made, "log": [*logged(before or {}), entry]}
    return {**whole, "hash": _hash(whole)}


def _since(before: Mapping[str, Any] | None, analysis: Analysis) -> list[str]:
    """What was set otherwise since it was frozen before, in words; nothing where none can tell."""
    if before is None:
        return []
    try:
        then = thawed(before)
    except UsageError:
        return []  # made of what this version does not know: the log goes on without it
    return told_in_log(then, analysis)


def _held(analysis: Analysis) -> Decision:
    """The decision on its day: an absent `as_of` is that of the freezing."""
    decision = analysis.decision if analysis.composed is None else analysis.composed.decision
    return decision._replace(as_of=decision.day, assumed=dict(decision.assumed.items()))


def results(analysis: Analysis) -> dict[str, Any]:
    """Return the figures of the answer that are compared to the last digit."""
    found = analysis.robustness(samples=SAMPLES, seed=SEED)
    return {
        "version": analysis.version,
        "ranking": [row._asdict() for row in analysis.ranking],
        "excluded": [row._asdict() for row in analysis.excluded],
        "rank_acceptability": {a: list(row) for a, row in found.rank_acceptability.items()},
        "stability": {name: row._asdict() for name, row in found.stability.items()},
        "monthly": {
            name: None if bill.monthly is None else list(bill.monthly)
            for name, bill in analysis.cost().alternatives.items()
        },
        **(parts_of(analysis.composed) if analysis.composed is not None else {}),
    }


def _hash(whole: Mapping[str, Any]) -> str:
    left_out = ("hash",) if is_log_covered(whole) else ("hash", "log")
    text = json.dumps({k: v for k, v in whole.items() if k not in left_out}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_log_covered(whole: Mapping[str, Any]) -> bool:
    """Whether a change of the log would show; not of what the first version of this froze."""
    return bool(whole["form"] != _FIRST)


def intact(whole: Any) -> dict[str, Any]:
    """Return a frozen decision as it is. UsageError where it is none, or was changed since."""
    if not isinstance(whole, dict) or whole.get("form") not in FORMS:
        raise UsageError("not a frozen decision; write one with `selector freeze FILE --to OUT`")
    if whole.get("hash") != _hash(whole):
        raise UsageError("the frozen decision was changed after it was written; take the original")
    return whole


def decision_of(whole: Mapping[str, Any]) -> str:
    """Return the id of the decision that was frozen; empty where it says none."""
    held = whole.get("decision")
    return str(held.get("id", "")) if isinstance(held, dict) else ""


def thawed(whole: Any) -> Analysis:
    """Return the analysis of a frozen decision, by what it holds alone.

    UsageError where it is none, or was changed since.
    """
    whole = intact(whole)
    with _read():
        decision = decoded(whole["decision"])
        if not isinstance(decision, Decision):
            raise ValueError("it holds no decision")
        if not isinstance(whole["results"]["version"], str) or not isinstance(whole["engine"], str):
            raise ValueError("its versions are none")
        logged(whole)
        analysis = _analysed(unpacked(decision), whole)
        _ = analysis.version, analysis.ranking, analysis.cost().alternatives  # as far as it holds
    return analysis


def _analysed(decision: Decision, whole: Mapping[str, Any]) -> Analysis:
    """The answer to a decision as it was held, under the weights that it had."""
    if decision.stack is None:
        return analyse(decision).with_shares(_shares(whole["shares"]))
    how = whole["composed"]
    fixed = {str(layer): str(choice) for layer, choice in how["fixed"].items()}
    found = composed_again(decision, fixed, _shares(how["shares"]))
    for layer in found.composed.layers if found.composed else ():
        _ = layer.analysis.cost().alternatives
    return found


def _shares(given: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(share) for name, share in given.items()}


def logged(whole: Mapping[str, Any]) -> list[Any]:
    """Return the log of a frozen decision. UsageError where it is none."""
    rows = whole.get("log", [])
    for row in rows if isinstance(rows, list) else [None]:
        told = [row.get(key) for key in _ENTRY] if isinstance(row, dict) else [None]
        told += [row.get("made_of", "")] if isinstance(row, dict) else []
        changed = row.get("changed", []) if isinstance(row, dict) else None
        lines = [*told, *changed] if isinstance(changed, list) else [None]
        if not all(isinstance(text, str) for text in lines):
            raise UsageError("the log of the frozen decision is none; take the original")
    return list(rows)


@contextmanager
def _read() -> Iterator[None]:
    """Tell that a frozen decision cannot be read, for it was put together by another hand."""
    try:
        yield
    except SelectorError:
        raise
    except _ODD as error:
        told = harmless(str(error)[:200]) or type(error).__name__
        raise UsageError(
            f"the frozen decision cannot be read ({told}); take the original"
        ) from None


def differences(whole: Mapping[str, Any], analysis: Analysis) -> list[str]:
    """Return what comes out otherwise when it is computed again, by the names of the results."""
    with _read():
        now = json.loads(json.dumps(results(analysis), default=str))
    then = json.loads(json.dumps(whole["results"]))
    return [name for name in {**now, **then} if now.get(name) != then.get(name)]
