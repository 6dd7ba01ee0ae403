"""What the guided dialogues ask, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.asking import Outcome, Question, Way
from selector.analysis.weights import Revisit
from selector.domain.criterion import Criterion
from selector.domain.problem import InputError
from selector.report.words import lower_first, swing

WAYS: Mapping[Way, tuple[str, str]] = {
    "swing": (
        "Step by step",
        "Which step up comes first, and how much the others count beside it. In the literature: "
        "swing. Recommended.",
    ),
    "ranking": (
        "By order alone",
        "One screen: put them in order. Quick, and rough: the percentages follow from the order.",
    ),
    "ahp": (
        "Two at a time",
        "Which of two matters more, and how much. It tells where your answers contradict each "
        "other. In the literature: AHP.",
    ),
    "bwm": (
        "From the ends",
        "The one that matters most and the one that matters least, each compared with the others. "
        "In the literature: best-worst method.",
    ),
}
"""What each way is called, and what it asks; the recommended one first."""

SCALE = {
    1: "as much",
    2: "a little more",
    3: "somewhat more",
    4: "clearly more",
    5: "strongly more",
    6: "quite strongly more",
    7: "very strongly more",
    8: "almost extremely more",
    9: "extremely more",
}
"""How many times as much, in words; the odd ones are Saaty's."""
BOTH_WAYS = (9, 7, 5, 3, 1)
NAMED = 3  # the heaviest criteria of a group, by which one knows what it is about


class Choice(NamedTuple):
    """What can be answered: the value that is sent, and how it reads; `step` may be empty."""

    value: str
    name: str
    step: str = ""


class Asked(NamedTuple):
    """A question in words. `choices` are the answers, or what is ordered."""

    title: str
    how: str
    choices: tuple[Choice, ...] = ()


def asked(analysis: Analysis, question: Question) -> Asked:
    """A question in words, with what it is about."""
    nodes = {node.id: node for node in analysis.decision.criteria.walk()}
    about = tuple(choice(analysis, nodes[name]) for name in question.about)
    kind = question.kind
    if kind in ("points", "times", "either"):
        return _of_two(question, about)
    title, how = {
        "first": (
            "Which of these steps up matters most?",
            "Imagine an option that is at its worst on all of them. You may lift one from worst to "
            "best: which one first?",
        ),
        "next": ("And which one next?", "All the others are still at their worst."),
        "last": (
            "Which of these steps up matters least?",
            "The one you would give up most easily.",
        ),
        "order": (
            "Put these steps up in order",
            "The one that matters most comes first. Each is a step from worst to best.",
        ),
    }[kind]
    return Asked(title, how, about)


def _of_two(question: Question, about: tuple[Choice, ...]) -> Asked:
    first, second = about
    how = f"{_with_step(first)}.\n{_with_step(second)}."
    if question.kind == "points":
        name = lower_first(second.name)
        title = f"{first.name}: how much does it count, if {name} counts 100?"
        most = "" if question.most >= 100 else f" At most {question.most:g}, as for the one before."
        return Asked(title, f"{how}\n50 is half as much, 0 is nothing.{most}")
    if question.kind == "times":
        title = f"{first.name} matters more than {lower_first(second.name)}. How much more?"
        steps = [n for n in SCALE if n <= question.most]
        return Asked(title, how, tuple(Choice(str(n), SCALE[n].capitalize()) for n in steps))
    sides = [Choice(str(n), f"{first.name} {SCALE[n]}") for n in BOTH_WAYS if n > 1]
    sides.append(Choice("1", "Both as much"))
    sides += [Choice(f"1/{n}", f"{second.name} {SCALE[n]}") for n in BOTH_WAYS[::-1] if n > 1]
    return Asked("Which of these two steps up matters more?", how, tuple(sides))


def _with_step(choice: Choice) -> str:
    return f"{choice.name}: {choice.step}" if choice.step else choice.name


def choice(analysis: Analysis, node: Criterion) -> Choice:
    """A criterion with its step from worst to best; a group by its heaviest leaves."""
    if not node.children:
        return Choice(node.id, node.name, _step(analysis, node))
    leaves = sorted(node.leaves(), key=lambda leaf: -analysis.weights[leaf.id])
    told = [f"{lower_first(leaf.name)} {_step(analysis, leaf)}".strip() for leaf in leaves[:NAMED]]
    more = [f"{len(leaves) - NAMED} more"] if len(leaves) > NAMED else []
    return Choice(node.id, node.name, "; ".join([*told, *more]))


def _step(analysis: Analysis, leaf: Criterion) -> str:
    try:
        return swing(analysis, leaf)
    except InputError:
        return ""


def held_together(found: Outcome, names: Mapping[str, str]) -> list[str]:
    """How far the answers contradict each other, in sentences; empty where they cannot."""
    figures = found.consistency
    if figures is None or len(found.shares) < 3:
        return []
    if figures.is_unchecked:
        return ["No answer checks another, so they cannot contradict each other."]
    ratio = "" if figures.ratio is None else f"consistency ratio {figures.ratio:.2f}"
    limit = "" if figures.threshold is None else f", up to {figures.threshold:.2f} is good enough"
    xi = "" if figures.xi is None else f"; ξ {figures.xi:.3f}, where 0 is without any contradiction"
    if figures.is_acceptable is False:
        told = f"Your answers contradict each other ({ratio}{limit}{xi})."
        again = " Look at these again." if found.revisit else ""
        return [f"{told}{again}"]
    if figures.is_acceptable is None:
        return [f"How well your answers hold together has no published limit ({ratio}{xi})."]
    return [f"Your answers hold together ({ratio}{limit}{xi})."]


def to_revisit(found: Outcome, names: Mapping[str, str]) -> list[str]:
    """Each answer to look at again, with what would fit the others better."""
    return [
        f"You said: {_judged(row, row.given, names)}. What would fit the others better: "
        f"{_judged(row, row.suggested, names)}."
        for row in found.revisit
    ]


def _judged(row: Revisit, value: float, names: Mapping[str, str]) -> str:
    """A judgement in words, such as cost strongly more than reliability."""
    first, second = (lower_first(names[name]) for name in (row.first, row.second))
    if value < 1:
        first, second, value = second, first, 1 / value
    much = SCALE[min(9, max(1, round(value)))]
    if much == SCALE[1]:
        return f"{first} as much as {second}"
    return f"{first} {much} than {second}"


def set_name(analysis: Analysis, group: str, names: Sequence[str]) -> str:
    """What a set of siblings is called where one chooses what to weigh."""
    nodes = {node.id: node for node in analysis.decision.criteria.walk()}
    if group:
        return f"Inside {lower_first(nodes[group].name)} ({len(names)})"
    has_groups = any(nodes[name].children for name in names)
    return f"{'Across the groups' if has_groups else 'All criteria'} ({len(names)})"
