"""The parallel view: one line for each alternative over groups or criteria, values 0 to 100."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.report import words
from selector.ui.comparing import ALL, Look, Worth, columns_of, weight_of
from selector.ui.parts import scripted
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import more, text

LEVEL = 1e-9  # of a value
NAMED = 3  # criteria that are named in a sentence


def axes_of(analysis: Analysis, within: str) -> tuple[Criterion, ...]:
    """What the lines run over: the groups, all criteria (`*`), or what is in a group."""
    top = analysis.decision.criteria.criteria
    if within == ALL:
        return analysis.leaves
    groups = {node.id: node for node in analysis.decision.criteria.walk() if node.children}
    return groups[within].children if within in groups else top


def lit_of(analysis: Analysis, look: Look, columns: Sequence[str]) -> str:
    """The alternative that stands out: the chosen one while it is shown, else the first."""
    first = next(r.alternative for r in analysis.ranking if r.alternative in columns)
    return look.lit if look.lit in columns else first


def strengths(
    analysis: Analysis, found: Mapping[str, Worth], axes: Sequence[Criterion], who: str
) -> tuple[list[str], list[str]]:
    """The names of what one is the best on, and the worst on, heaviest first.

    Others may be level with it; where all are level, nobody is best or worst.
    """
    row = analysis.table.alternatives.index(who)
    best, worst = [], []
    for axis in sorted(axes, key=lambda node: -weight_of(analysis, node)):
        central = found[axis.id].central
        if central.max() - central.min() <= LEVEL:
            continue
        if central[row] >= central.max() - LEVEL:
            best.append(axis.name)
        elif central[row] <= central.min() + LEVEL:
            worst.append(axis.name)
    return best, worst


def sentence(
    analysis: Analysis, found: Mapping[str, Worth], axes: Sequence[Criterion], who: str
) -> str:
    """Return on what one is the best of all, and on what the worst."""
    called = words.labels(analysis.decision)[who].short
    count = len(analysis.table.alternatives)
    if count < 2:
        return f"{called} is the only one that is ranked."
    best, worst = strengths(analysis, found, axes, who)
    told = [
        f"{end} on {_named(names)}" for end, names in (("best", best), ("weakest", worst)) if names
    ]
    if not told:
        return f"Of {count}, {called} is nowhere the best and nowhere the weakest."
    return f"Of {count}, {called} is {', and '.join(told)}."


def _named(names: Sequence[str]) -> str:
    shown = [words.lower_first(name) for name in names[:NAMED]]
    rest = len(names) - len(shown)
    return plain.listed([*shown, f"{rest} more"] if rest else shown)


def draw(key: str, data: Mapping[str, Any], lit: Callable[[str], None]) -> None:
    """Draw the lines of `data` (its shape stands in parallel.js); `lit` gets the chosen one."""

    def chosen() -> None:
        found = st.session_state.get(key)
        if found and found.get("lit"):
            lit(str(found["lit"]))

    scripted.component("parallel")(key=key, data=data, on_lit_change=chosen)


def data_of(analysis: Analysis, look: Look, found: Mapping[str, Worth]) -> dict[str, Any]:
    """The lines as the component wants them, by rank."""
    columns = columns_of(analysis, look._replace(columns=""), found)
    axes = axes_of(analysis, look.within)
    called = words.labels(analysis.decision)
    lines = []
    for alternative in columns:
        row = analysis.table.alternatives.index(alternative)
        ends = [[round(100 * float(end[row]), 2) for end in found[axis.id]] for axis in axes]
        lines.append(
            {
                "id": alternative,
                "name": called[alternative].short,
                "colour": colour_of(analysis, alternative),
                "low": [low for low, _, _ in ends],
                "values": [central for _, central, _ in ends],
                "high": [high for _, _, high in ends],
                "texts": [_performance(analysis, alternative, axis, found) for axis in axes],
            }
        )
    return {
        "label": "One line for each alternative",
        "axes": [
            {
                "id": axis.id,
                "name": axis.name,
                "small": f"{100 * weight_of(analysis, axis):.{0 if axis.children else 1}f}\u00a0%",
            }
            for axis in axes
        ],
        "lines": lines,
        "lit": lit_of(analysis, look, columns),
    }


def _performance(
    analysis: Analysis, alternative: str, axis: Criterion, found: Mapping[str, Worth]
) -> str:
    if axis.children:
        row = analysis.table.alternatives.index(alternative)
        return f"{100 * float(found[axis.id].central[row]):.0f}"
    return words.cell_text(analysis.cell(alternative, axis.id))


def as_table(analysis: Analysis, look: Look, found: Mapping[str, Worth]) -> str:
    """Return the values of all lines as a table, what they could be beside them."""
    data = data_of(analysis, look, found)
    heads = "".join(f'<th scope="col">{text(line["name"])}</th>' for line in data["lines"])
    body = ""
    for place, axis in enumerate(data["axes"]):
        cells = ""
        for line in data["lines"]:
            low, value, high = (line[end][place] for end in ("low", "values", "high"))
            reach = f" ({low:.0f} to {high:.0f})" if high - low >= 0.5 else ""
            cells += f"<td>{value:.0f}{reach}</td>"
        body += f'<tr><th scope="row">{text(axis["name"])}</th>{cells}</tr>'
    inside = (
        '<div class="scrolls" tabindex="0" role="region" aria-label="All values as a table">'
        f'<table class="figures"><thead><tr><th scope="col">Worth, of 100</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
    return more("All values as a table", inside)
