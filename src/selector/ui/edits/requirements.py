"""The requirements: what is asked of every alternative, and what that knocks out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.domain import words
from selector.domain.decision import Alternative, Decision, Requirement
from selector.domain.fact import FactType
from selector.domain.levels import TRUTH, level_names
from selector.measure.requirements import judge
from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused

CONDITIONS: Mapping[FactType, Mapping[str, str]] = {
    "number": {
        "at_least": "at least",
        "at_most": "at most",
        "between": "between",
        "is": "exactly",
    },
    "level": {"at_least": "at least", "at_most": "at most", "is": "exactly"},
    "boolean": {"is": "is"},
    "set": {"includes": "includes"},
    "date": {"at_least": "not before", "at_most": "not after", "is": "on"},
    "text": {"is": "exactly"},
}
"""The conditions that fit each type, as people read them."""


class Subject(NamedTuple):
    """What a requirement tests: a fact, or a criterion, with all that its fields need to know."""

    key: str  # "fact" or "criterion"
    id: str
    name: str
    type: FactType
    unit: str = ""
    levels: tuple[str, ...] = ()
    choices: Mapping[str, str] = {}
    find: str = ""
    group: str = ""


def subjects(decision: Decision) -> dict[str, Subject]:
    """All that a requirement can test, by key and id: the dictionary's facts, then the leaves."""
    found = {}
    for fact in decision.dictionary.values():
        found[f"fact:{fact.id}"] = Subject(
            "fact", fact.id, fact.name, fact.type, fact.unit, fact.levels, fact.choices,
            fact.find, fact.group,
        )  # fmt: skip
    for leaf in decision.criteria.leaves():
        names = level_names(leaf, decision.dictionary)
        kind: FactType = "boolean" if names == TRUTH else "level" if names else "number"
        found[f"criterion:{leaf.id}"] = Subject(
            "criterion", leaf.id, leaf.name, kind, leaf.unit, names, group="Criteria"
        )
    return found


def item(
    subject: Subject,
    condition: str,
    first: Any,
    second: Any = None,
    unproven_is_out: bool = False,
    not_applicable_passes: bool = False,
    reason: str = "",
) -> dict[str, Any]:
    """A requirement as a file says it. Refused says what is wanting."""
    made: dict[str, Any] = {subject.key: subject.id}
    if condition == "between":
        low, high = _value(subject, "first", first), _value(subject, "second", second)
        if low > high:
            raise Refused("second", "Nothing lies between: write the lower end first.")
        made |= {"at_least": low, "at_most": high}
    else:
        made[condition] = _value(subject, "first", first)
    if unproven_is_out:
        made["unproven"] = "out"
    if not_applicable_passes:
        made["when_not_applicable"] = "pass"
    if reason.strip():
        made["reason"] = " ".join(reason.split())
    return made


def _value(subject: Subject, field: str, given: Any) -> Any:
    if subject.type == "number":
        number = text.figure(field, str(given or ""), unit=subject.unit)
        if number is None:
            raise Refused(field, f"Write the number that is asked"
                          f"{f', in {subject.unit}' * bool(subject.unit)}.")  # fmt: skip
        return number
    if subject.type == "set":
        if not given:
            raise Refused(field, "Choose at least one that must be among them.")
        return list(given)
    if given is None or given == "":
        raise Refused(field, "Say what is asked.")
    if subject.type == "boolean":
        return given is True or given == "yes"
    return given


def record(made: Data) -> Requirement:
    """The same as the engine takes it."""
    return Requirement(
        fact=made.get("fact", ""),
        criterion=made.get("criterion", ""),
        any_of=tuple(record(part) for part in made.get("any") or ()),
        at_least=_plain(made.get("at_least")),
        at_most=_plain(made.get("at_most")),
        equals=_plain(made.get("is")),
        includes=tuple(made.get("includes") or ()),
        unproven_is_out=made.get("unproven") == "out",
        not_applicable_passes=made.get("when_not_applicable") == "pass",
        reason=made.get("reason", ""),
    )


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


# --- changes ------------------------------------------------------------------------------------


def add(data: Data, made: Data) -> Changes:
    """Ask one thing more."""
    edit = Edit(data)
    if made in (edit.get("requirements") or ()):
        raise Refused("first", "Just this is asked already.")
    edit.append(("requirements",), dict(made))
    return edit.changes


def change(data: Data, place: int, made: Data) -> Changes:
    """Ask otherwise."""
    edit = Edit(data)
    edit.merge(("requirements", place), made)
    return edit.changes


def remove(data: Data, place: int) -> Changes:
    """Ask it no longer."""
    edit = Edit(data)
    edit.remove("requirements", place)
    return edit.changes


# --- what it does -------------------------------------------------------------------------------


class Effect(NamedTuple):
    """What a requirement does to the alternatives: each with what is known that decides it."""

    out: tuple[tuple[Alternative, str], ...]
    unproven: tuple[tuple[Alternative, str], ...]
    passed: int


def effect(analysis: Analysis, requirement: Requirement) -> Effect:
    """Judge every alternative by one requirement, whatever the others say."""
    out, unproven, passed = [], [], 0
    decision = analysis.decision
    for alternative in decision.alternatives:
        cells = {leaf.id: analysis.cell(alternative.id, leaf.id) for leaf in analysis.leaves}
        verdict, known = judge(requirement, decision, alternative, cells)
        if verdict == "pass":
            passed += 1
        elif verdict == "fail" or requirement.unproven_is_out:
            out.append((alternative, known))
        else:
            unproven.append((alternative, known))
    return Effect(tuple(out), tuple(unproven), passed)


def effect_words(found: Effect, called: Mapping[str, str]) -> str:
    """What a requirement does, in a sentence or two. `called` are the names by id."""
    n_all = len(found.out) + len(found.unproven) + found.passed
    if not n_all:
        return "There is no alternative yet that it could knock out."
    parts = []
    if found.out:
        names = words.listed([called[a.id] for a, _ in found.out])
        every = "all of them" if len(found.out) == n_all else f"{len(found.out)} of {n_all}"
        parts.append(f"Knocks out {every}: {names}.")
    else:
        parts.append(f"Knocks out none of {n_all}.")
    if found.unproven:
        names = words.listed([called[a.id] for a, _ in found.unproven])
        verb = "stays" if len(found.unproven) == 1 else "stay"
        parts.append(f"Not proven for {names}, which {verb}, marked.")
    return " ".join(parts)
