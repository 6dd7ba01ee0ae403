"""Whom each stakeholder would choose, where they part, and which disagreements matter."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.analysis.stakeholders import Stakeholders
from selector.domain import words as plain
from selector.domain.problem import UsageError
from selector.report import words
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, more, section, text

PAIRS = 3  # pairs who differ most


def people(analysis: Analysis) -> tuple[str, str]:
    """Return whom each would choose, and on what it hangs; empty without stakeholders."""
    if not analysis.decision.stakeholders or len(analysis.ranking) < 2:
        return "", ""
    try:
        found = analysis.stakeholders()
    except UsageError as error:
        return section("The stakeholders", "", f'<p class="how">{text(error)}</p>'), ""
    return _choices(analysis, found), _divides(analysis, found)


def _choices(analysis: Analysis, found: Stakeholders) -> str:
    called = words.labels(analysis.decision)
    loses = {row.stakeholder: row.loss for row in found.minority if row.loss is not None}
    views = {**found.views, **({"All together": found.aggregate} if found.aggregate else {})}
    items = []
    for name, view in views.items():
        first = [row.alternative for row in view.ranking if row.rank == 1]
        marked = plain.listed([_name(analysis, a, called[a].short) for a in first])
        loss = loses.get(name)
        behind = "" if loss is None else f"{plain.points(loss)} points before the choice of all"
        items.append(f"{text(name)}: {marked}{f' <span>· {behind}</span>' if behind else ''}")
    agree = (
        ""
        if found.kendall_w is None
        else f" Their rankings agree to {found.kendall_w:.2f}, where 1 is fully."
    )
    how = f"Whom each would choose with weights of their own.{agree}"
    return section("The stakeholders", how, lines(items))


def _divides(analysis: Analysis, found: Stakeholders) -> str:
    """The disagreements that matter; beneath, who differs from whom on what, and camps."""
    called = words.labels(analysis.decision)
    nodes = {node.id: node.name for node in analysis.decision.criteria.walk()}
    items = []
    for name, one in found.matters.items():
        if not one.matters:
            continue
        ends = []
        if one.low < one.stable_low and one.below:
            who = _name(analysis, one.below, called[one.below].short)
            ends.append(f"below {words.limit(one.stable_low, one.low)} {who}")
        if one.high > one.stable_high and one.above:
            who = _name(analysis, one.above, called[one.above].short)
            ends.append(f"above {words.limit(one.stable_high, one.high)} {who}")
        given = f"given {words.percent(one.low)} to {words.percent(one.high)}"
        items.append(f"{text(nodes[name])} <span>· {given};</span> {plain.listed(ends)}")
    how = (
        "A weight that somebody gives would change the choice of all, were only it to move."
        if items
        else "No weight that anybody gives would alone change the choice of all."
    )
    folded = more("On what they differ most", lines(_pairs(analysis, found)))
    folded += more(f"{len(found.clusters)} camps of opinion", lines(_camps(analysis, found)))
    return section("Where they should talk", how, lines(items), folded)


def _pairs(analysis: Analysis, found: Stakeholders) -> list[str]:
    leaves = {leaf.id: words.lower_first(leaf.name) for leaf in analysis.leaves}
    items = []
    for row in found.differences[:PAIRS]:
        one, other = row.between
        on = plain.listed(
            [
                f"{leaves[d.criterion]} ({words.percent(d.weights[one])} against "
                f"{words.percent(d.weights[other])})"
                for d in row.criteria[:2]
            ]
        )
        same = "the same choice" if row.same_winner else "another choice"
        items.append(f"<b>{text(one)} and {text(other)}</b>: {text(on)} <span>· {same}</span>")
    return items


def _camps(analysis: Analysis, found: Stakeholders) -> list[str]:
    """Who weighs alike, and on what a camp stands apart; empty where none stand out."""
    if len(found.clusters) < 2:
        return []
    called = words.labels(analysis.decision)
    leaves = {leaf.id: words.lower_first(leaf.name) for leaf in analysis.leaves}
    items = []
    for camp in found.clusters:
        apart = [
            f"{leaves[row.criterion]} {words.percent(row.weight)} against "
            f"{words.percent(row.others)} among the others"
            for row in camp.apart[:2]
        ]
        first = plain.listed([_name(analysis, a, called[a].short) for a in camp.winners], "or")
        on = f" <span>· {text(plain.listed(apart))}</span>" if apart else ""
        items.append(f"<b>{text(plain.listed(camp.members))}</b>: {first or 'nobody'}{on}")
    return items


def _name(analysis: Analysis, alternative: str, short: str) -> str:
    return f'<b style="color:{colour_of(analysis, alternative)}">{text(short)}</b>'
