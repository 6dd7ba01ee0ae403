"""What the answer rests on: evidence, what to find out next, and what to know when reading it."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.measure.table import in_use, stale_since
from selector.report import words
from selector.ui import sampling
from selector.ui.parts.html import go, lines, more, section, text

OPEN_SHOWN = 3
SUMMARIES = {
    "stale-fact": "facts in use are past their shelf life",
    "scale-clamped": "criteria have performances past the ends of their scale",
    "local-scale": "criteria compare these alternatives only",
    "constant-column": "criteria do not tell the alternatives apart",
    "disputed-fact": "cells rest on sources that disagree",
    "not-given": "cells have neither a measure nor a performance",
    "missing-price": "bills lack a price",
    "no-workload": "costs are unknown without a workload",
}


def find_out(analysis: Analysis) -> str:
    """Return the open facts that could put another first; each opens its cell.

    The likeliest comes first, as on Robustness and in the exports.
    Empty where there is nothing to compare, or another method than the weighted sum ranks.
    """
    if len(analysis.ranking) < 2 or not words.is_weighted_sum(analysis):
        return ""
    found = sampling.at_once(analysis, sampling.Settings()).worth_finding_out
    able = [row for row in found if row.chance > 0]
    if not able:
        calm = "No open fact, learned alone, would put another first."
        return section("Find out next", "", f'<p class="how">{calm}</p>')
    called = words.labels(analysis.decision)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    items = []
    for row in able[:OPEN_SHOWN]:
        leaf = leaves[row.criterion]
        name = f"{called[row.alternative].short}, {words.lower_first(leaf.name)}"
        now = words.with_unit(analysis.cell(row.alternative, row.criterion), leaf)
        cell = go("compare", name, cell=f"{row.alternative}:{row.criterion}")
        items.append(f"<b>{_chance(row.chance)}</b> {cell} <span>· now {text(now)}</span>")
    left = len(able) - OPEN_SHOWN
    if left > 0:
        items[-1] += f" <span>· {go('robustness', f'{left} more')}</span>"
    how = "The chance that learning one open fact puts another first; the likeliest on top."
    return section("Find out next", how, lines(items), terms=("Open fact",))


def _chance(share: float) -> str:
    """A chance as a percentage; what is not nothing never reads as 0."""
    return f"{plain.of_100(share)}\u00a0%"


def evidence(analysis: Analysis) -> str:
    """Return how well the cells are known, and a way to those that are not."""
    count = analysis.evidence
    if not count.cells:
        return ""
    kinds = [
        (count.known, "known", "light-dark(#17684a, #86d4b2)"),
        (count.ranges, "range" if count.ranges == 1 else "ranges", "light-dark(#5fa88a, #4f9c7d)"),
        (count.weak, "weak or judged", "light-dark(#b87a1e, #d9a04a)"),
        (count.disputed, "disputed", "light-dark(#a61e4d, #f58ba8)"),
        (count.unknown, "unknown", "light-dark(#aab3bc, #5d6975)"),
        (count.not_applicable, "not applicable", "var(--line)"),
    ]
    bar = "".join(f'<i style="flex:{n};background:{c}"></i>' for n, _, c in kinds if n)
    told = ", ".join(f"{n} {name}" for n, name, _ in kinds if n)
    is_open = count.known + count.not_applicable < count.cells
    gaps = f" {go('compare', 'Show the gaps', only='open', view='matrix')}" if is_open else ""
    parts = [
        f'<div class="ev" aria-hidden="true">{bar}</div>',
        f'<p class="how">Of {count.cells} cells: {told}. {text(_freshness(analysis))}{gaps}</p>',
    ]
    return section("Evidence", "", *parts)


def _freshness(analysis: Analysis) -> str:
    """How old the facts in use are, in a sentence; empty where none has a date."""
    decision = analysis.decision
    used = in_use(analysis.measured, decision)
    dated = [evidence.as_of for evidence in used.values() if evidence.as_of]
    if not dated:
        return ""
    stale = sum(
        stale_since(decision, fact, evidence, decision.day) is not None
        for (_, fact), evidence in used.items()
    )
    past = f"{stale} past their shelf life" if stale else "none past its shelf life"
    many = "one fact in use has" if len(dated) == 1 else f"{len(dated)} facts in use have"
    return f"{many.capitalize()} a date, the oldest {plain.day(min(dated))}; {past}."


def warnings(analysis: Analysis) -> str:
    """Return what one must know to read the answer, folded; what repeats itself unfolds again."""
    kinds: dict[str, list[str]] = {}
    for notice in analysis.notices:
        if notice.code != "unproven":  # told beneath the ranking
            kinds.setdefault(notice.code, []).append(notice.text)
    items = []
    for code, told in kinds.items():
        unique = list(dict.fromkeys(told))
        if len(unique) == 1:
            items.append(text(unique[0]))
            continue
        inside = lines(text(each) for each in unique)
        summary = text(f"{len(unique)} {SUMMARIES.get(code, 'notices of one kind')}")
        items.append(f'<details class="more"><summary>{summary}</summary>{inside}</details>')
    count = "one thing" if len(items) == 1 else f"{len(items)} things"
    return more(f"To know when reading this: {count}", lines(items))
