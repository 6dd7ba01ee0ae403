"""What the decision examines, and what it does not, held against two public frameworks."""

import streamlit as st

from selector.analysis import Analysis
from selector.domain.frameworks import examined
from selector.report import words
from selector.ui.parts import answer
from selector.ui.parts.html import crumb, more, page, section, text
from selector.ui.state import State

TITLE = "Scope"
SECTION = ""
ICON = ""

# What each category asks about, in our words; the numbers are those of NIST AI 100-1.
CATEGORIES = {
    "GOVERN 1": "policies and legal duties",
    "GOVERN 2": "who answers for what",
    "GOVERN 3": "people of many kinds",
    "GOVERN 4": "a culture of risk",
    "GOVERN 5": "hearing those affected",
    "GOVERN 6": "third parties",
    "MAP 1": "context and purpose",
    "MAP 2": "what the system does",
    "MAP 3": "benefits and costs",
    "MAP 4": "risks of its components",
    "MAP 5": "effects on people",
    "MEASURE 1": "ways to measure",
    "MEASURE 2": "trustworthiness, tested",
    "MEASURE 3": "risks over time",
    "MEASURE 4": "measures checked",
    "MANAGE 1": "deciding and treating",
    "MANAGE 2": "keeping the benefit",
    "MANAGE 3": "managing third parties",
    "MANAGE 4": "response and recovery",
}
PILLARS = {
    "operational_excellence": "Operational excellence",
    "security": "Security",
    "reliability": "Reliability",
    "performance_efficiency": "Performance efficiency",
    "cost_optimization": "Cost optimization",
    "sustainability": "Sustainability",
}
NEITHER = (
    "Criteria are held against the NIST AI Risk Management Framework and the Well-Architected "
    "pillars. None of these says what it examines there: of a decision that is not about an AI "
    "system that is no gap; of one that is, add <code>frameworks</code> to its criteria."
)


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    found = examined(analysis.decision.criteria)
    nist, pillars = found["nist_ai_rmf"], found["well_architected"]
    seen = sum(bool(leaves) for leaves in nist.values())
    held = sum(bool(leaves) for leaves in pillars.values())
    above = crumb(analysis.decision.title, answer.crumb_right(analysis))
    lists = (
        f'<div class="cols scope"><div>{_functions(analysis, nist)}</div>'
        f"<div>{_pillars(analysis, pillars)}{_nowhere(analysis)}</div></div>"
    )
    if not seen + held:
        st.html(
            page(
                above,
                "<h1>No criterion is in either framework</h1>",
                f'<p class="sub tight">{NEITHER}</p>',
                more("What both ask about", lists),
            )
        )
        return
    st.html(
        page(
            above,
            f"<h1>{seen} of {len(nist)} subcategories and {held} of {len(pillars)} pillars "
            "are examined</h1>",
            '<p class="sub tight">The criteria, held against two public frameworks. Much of the '
            "first asks about one's own organisation, which no fact about a vendor can answer: "
            "settle elsewhere what is not examined here.</p>",
            lists,
        )
    )


def _functions(analysis: Analysis, nist: dict[str, list[str]]) -> str:
    rows, function = [], ""
    for category, asks in CATEGORIES.items():
        parts = {p: leaves for p, leaves in nist.items() if p.startswith(f"{category}.")}
        name, number = category.split(" ")
        if name != function:
            function = name
            mine = [leaves for p, leaves in nist.items() if p.startswith(f"{name} ")]
            told = f"{sum(map(bool, mine))} of {len(mine)}"
            rows.append(f'<div class="fn" role="listitem"><b>{name}</b> {told}</div>')
        marks = "".join(
            f'<i class="{"on" if leaves else ""}" title="{text(part)}: '
            f'{text(_names(analysis, leaves) or "not examined")}">{part.rsplit(".", 1)[1]}</i>'
            for part, leaves in parts.items()
        )
        on = [part.rsplit(" ", 1)[1] for part, leaves in parts.items() if leaves]
        said = f"{', '.join(on)} examined" if on else "none examined"
        by = list(dict.fromkeys(leaf for leaves in parts.values() for leaf in leaves))
        rows.append(
            f'<div class="cat" role="listitem"><span>{number} · {asks}</span>'
            f'<span class="marks" aria-hidden="true">{marks}</span>'
            f'<span class="unseen">{said}</span>{_by(analysis, by)}</div>'
        )
    how = "Each square is a subcategory, by its number: filled is examined, dashed is not."
    return section("NIST AI RMF 1.0", how, f'<div role="list">{"".join(rows)}</div>')


def _pillars(analysis: Analysis, pillars: dict[str, list[str]]) -> str:
    rows = []
    for pillar, leaves in pillars.items():
        weight = sum(analysis.weights[leaf] for leaf in leaves)
        told = f"{words.percent(weight)} of the weight" if leaves else ""
        rows.append(
            f'<div class="pillar" role="listitem"><i class="{"on" if leaves else ""}" '
            f'aria-hidden="true"></i><span><b>{text(PILLARS.get(pillar, pillar))}</b> '
            f'<span class="quiet">{told}</span>{_by(analysis, leaves, 5)}</span></div>'
        )
    how = "The weight of the criteria that serve it; one criterion may serve several."
    return section("Well-Architected pillars", how, f'<div role="list">{"".join(rows)}</div>')


def _nowhere(analysis: Analysis) -> str:
    found = examined(analysis.decision.criteria)
    serving = {leaf for parts in found.values() for leaves in parts.values() for leaf in leaves}
    left = [leaf.id for leaf in analysis.leaves if leaf.id not in serving]
    if not left:
        return ""
    return section("Criteria beyond both frameworks", "", f"<p>{_by(analysis, left, 12)}</p>")


def _by(analysis: Analysis, leaves: list[str], most: int = 1) -> str:
    """The criteria, the heaviest first; the rest unfold."""
    if not leaves:
        return '<small class="none">not examined</small>'
    order = sorted(leaves, key=lambda leaf: -analysis.weights[leaf])
    shown = text(_names(analysis, order[:most]))
    if len(order) <= most:
        return f"<small>{shown}</small>"
    rest = text(_names(analysis, order[most:]))
    return (
        f"<details><summary><small>{shown} <u>and {len(order) - most} more</u></small></summary>"
        f"<small>{rest}</small></details>"
    )


def _names(analysis: Analysis, leaves: list[str]) -> str:
    called = {leaf.id: leaf.name for leaf in analysis.leaves}
    return "; ".join(called[leaf] for leaf in leaves)
