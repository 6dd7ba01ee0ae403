"""Two vendors or offers side by side, fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import Dictionary, FactDefinition
from selector.report import facts
from selector.ui.parts.html import section, tag, text
from selector.ui.parts.profile import groups_of, history, where

Which = Literal["differences", "everything", "gaps"]


class Side(NamedTuple):
    """One of the two: how it is called, and its facts."""

    name: str
    detail: str
    facts: Mapping[str, Evidence]

    @property
    def called(self) -> str:
        """The whole name."""
        return f"{self.name}, {self.detail}" if self.detail else self.name


class Pair(NamedTuple):
    """One fact of both."""

    definition: FactDefinition
    left: Evidence
    right: Evidence

    @property
    def is_open(self) -> bool:
        """Whether what is unknown of one keeps them from being compared."""
        if "unknown" in (self.left.state, self.right.state):
            return True
        one, other = self.left, self.right
        if not isinstance(one.value, tuple) or not isinstance(other.value, tuple):
            return False
        has_open = bool(one.open_choices or other.open_choices)
        return has_open and not (_only(one, other) or _only(other, one))

    @property
    def differs(self) -> bool:
        """Whether both are known and do not say the same."""
        if self.is_open:
            return False
        return _content(self.left) != _content(self.right)


def _only(one: Evidence, other: Evidence) -> list[str]:
    """Of two sets, the choices that the first has and the second is known to lack."""
    mine = one.value if isinstance(one.value, tuple) else ()
    theirs = other.value if isinstance(other.value, tuple) else ()
    return [choice for choice in mine if choice not in (*theirs, *other.open_choices)]


def _content(evidence: Evidence) -> object:
    value = evidence.value
    said = frozenset(value) if isinstance(value, tuple) else value
    accounts = frozenset(_content(account) for account in evidence.accounts)
    ends = (evidence.low, evidence.high, evidence.likely)
    return (evidence.state, said, ends, frozenset(evidence.open_choices), accounts)


def pairs(left: Side, right: Side, dictionary: Dictionary) -> list[Pair]:
    """Return every fact of the dictionary that either says anything of."""
    return [
        Pair(definition, left.facts.get(name, UNKNOWN), right.facts.get(name, UNKNOWN))
        for name, definition in dictionary.items()
        if name in left.facts or name in right.facts
    ]


def counts(found: list[Pair], left: Side, right: Side) -> str:
    """Return how far the two can be compared, in a sentence; markup."""
    unknown = [(p.left.state == "unknown", p.right.state == "unknown") for p in found]
    both = unknown.count((False, False))
    first, second = unknown.count((False, True)), unknown.count((True, False))
    differing = sum(pair.differs for pair in found)
    same = sum(not pair.differs and not pair.is_open for pair in found)
    names = (left.name, right.name) if left.name != right.name else (left.called, right.called)
    partly = both - differing - same
    return (
        f"Of {len(found)} facts, {both} are known of both: <b>{differing} differ</b>, "
        f"{same} are the same{f', {partly} in part unknown' if partly else ''}. "
        f"Known only of {text(names[0])}: {first}; only of {text(names[1])}: {second}."
    )


def comparison(found: list[Pair], left: Side, right: Side, which: Which, today: date) -> str:
    """Return the facts side by side by group; each cell unfolds to its sources."""
    by_id = {pair.definition.id: pair for pair in found}
    dictionary = {pair.definition.id: pair.definition for pair in found}
    parts = []
    for group, definitions in groups_of(dictionary).items():
        mine = [by_id[definition.id] for definition in definitions]
        rows = "".join(_row(pair, today) for pair in mine if _is_wanted(pair, which))
        if not rows:
            continue
        told = f"{sum(pair.differs for pair in mine)} of {len(mine)} differ"
        parts.append(
            f'<tr class="group"><th colspan="3" scope="colgroup">{text(group)} '
            f"<span>· {told}</span></th></tr>{rows}"
        )
    if not parts:
        none = {
            "differences": "Nothing that is known of both differs.",
            "gaps": "Every fact that one of them states is known of both.",
            "everything": "Neither states a fact.",
        }[which]
        return section("", none)
    heads = "".join(
        f'<th scope="col">{text(side.name)}<small>{text(side.detail)}</small></th>'
        for side in (left, right)
    )
    return (
        '<table class="versus"><thead><tr><th scope="col">Fact</th>'
        f"{heads}</tr></thead><tbody>{''.join(parts)}</tbody></table>"
    )


def _is_wanted(pair: Pair, which: Which) -> bool:
    return which == "everything" or (pair.differs if which == "differences" else pair.is_open)


def _row(pair: Pair, today: date) -> str:
    mark = tag("differs", "diff") if pair.differs else ""
    return (
        f'<tr class="{"differs" if pair.differs else ""}">'
        f'<th scope="row">{text(pair.definition.name)} {mark}</th>'
        f"{_cell(pair.left, pair.right, pair, today)}"
        f"{_cell(pair.right, pair.left, pair, today)}</tr>"
    )


def _cell(evidence: Evidence, other: Evidence, pair: Pair, today: date) -> str:
    definition = pair.definition
    said = _said(evidence, other, definition)
    inside = where(evidence, definition, today)
    note = f"<small>{text(evidence.note)}</small>" if evidence.note else ""
    before = "".join(f"<small>{text(line)}</small>" for line in history(evidence, definition))
    kind = {"unknown": "unknown", "disputed": "disputed"}.get(evidence.state, "")
    stale = ""
    if evidence.as_of and definition.is_stale(evidence.as_of, today):
        stale = tag("stale")
    marked = f"{said} {stale}"
    if not (evidence.sources or evidence.accounts or evidence.note or evidence.is_judgement):
        return f'<td class="{kind}"><div>{marked}</div></td>'
    return (
        f'<td class="{kind}"><details><summary>{marked}</summary>'
        f'<div class="why">{inside}{note}{before}</div></details></td>'
    )


def _said(evidence: Evidence, other: Evidence, definition: FactDefinition) -> str:
    """What is known; of two sets, the choices that only this one has stand out."""
    value = evidence.value
    if evidence.state == "disputed":
        told = facts.value_text(evidence, definition).removeprefix("disputed: ")
        return f"{text(told)} {tag('disputed')}"
    if not isinstance(value, tuple) or not isinstance(other.value, tuple) or not value:
        return text(facts.value_text(evidence, definition))
    alone = _only(evidence, other)
    names = [
        f"<b>{text(definition.choices.get(choice, choice))}</b>"
        if choice in alone
        else text(definition.choices.get(choice, choice))
        for choice in value
    ]
    left = ", ".join(definition.choices.get(choice, choice) for choice in evidence.open_choices)
    return ", ".join(names) + (f"; unknown: {text(left)}" if left else "")
