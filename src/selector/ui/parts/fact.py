"""Facts as people read them: the value, and where, when and how well it is known."""

from __future__ import annotations

from datetime import date

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence
from selector.domain.fact import FactDefinition
from selector.domain.levels import level_names
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale
from selector.report import words
from selector.report.facts import DATED, TIERS, called, value_text
from selector.ui.parts.html import link, tag, text


def source_links(evidence: Evidence) -> str:
    """Return links to the sources with the place in them; `no source` where there is none."""
    if evidence.is_judgement:
        by = f" by {text(evidence.by)}" if evidence.by else ""
        return f"judgement{by}: {text(evidence.reason)}"
    if not evidence.sources:
        return '<span class="quiet">no source</span>' if evidence.state == "value" else ""
    shown = "<br>".join(link(str(source), called(source)) for source in evidence.sources)
    return f"{shown}{', ' + text(evidence.locator) if evidence.locator else ''}"


def dates(evidence: Evidence, definition: FactDefinition | None, today: date) -> str:
    """Return what the date of a fact means, when it was read, and whether it is stale."""
    if evidence.as_of is None:
        return ""
    kind = DATED.get(evidence.as_of_kind or "", "as of")
    parts = [f"{kind} {plain.day(evidence.as_of)}"]
    if evidence.retrieved and evidence.as_of_kind != "read_undated":
        parts.append(f"read {plain.day(evidence.retrieved)}")
    told = text(", ".join(parts))
    if definition:
        if definition.is_stale(evidence.as_of, today):
            return f"{told} {tag(f'past its {definition.shelf_life_days} days')}"
        told += f", good for {definition.shelf_life_days} days"
    return told


def confidence_tag(evidence: Evidence) -> str:
    """Return the kind of source and how far it is trusted, as small labels."""
    if evidence.state not in ("value", "disputed"):
        return ""
    kind = (
        tag(TIERS[evidence.tier], "ok" if evidence.tier == "contract" else "plain")
        if evidence.tier
        else ""
    )
    trust = tag(
        f"{evidence.confidence} confidence", "" if evidence.confidence == "low" else "plain"
    )
    return f"{kind} {trust}"


def fact_block(fact: str, evidence: Evidence, decision: Decision) -> str:
    """Return one fact with all that is known of it, for a card."""
    definition = decision.dictionary.get(fact)
    name = definition.name if definition else fact
    said = text(f"{name}: {value_text(evidence, definition)}")
    parts = [f"<p><b>{said}</b> {confidence_tag(evidence)}</p>"]
    for account in evidence.accounts:
        parts.append(
            f"<p>{text(value_text(account, definition))}: {source_links(account)}<br>"
            f'<span class="quiet">{dates(account, definition, decision.day)}</span></p>'
        )
    where = source_links(evidence)
    when = dates(evidence, definition, decision.day)
    if where or when:
        parts.append(f'<p>{where}<br><span class="quiet">{when}</span></p>')
    if evidence.note:
        parts.append(f"<p>{text(evidence.note)}</p>")
    for past in evidence.history:
        before = value_text(Evidence("value", value=past.value), definition)
        parts.append(f'<p class="quiet">Before: {text(before)} ({plain.day(past.as_of)})</p>')
    return "".join(parts)


def cell_card(analysis: Analysis, alternative: str, leaf: Criterion) -> str:
    """Return a cell opened: performance, value, share in the score, and the facts beneath it."""
    decision = analysis.decision
    cell = analysis.cell(alternative, leaf.id)
    row = analysis.table.alternatives.index(alternative)
    column = analysis.table.leaves.index(leaf.id)
    values = analysis.value_table
    low, central, high = (
        float(table[row, column]) for table in (values.low, values.central, values.high)
    )
    weight = analysis.weights[leaf.id]
    called = words.labels(decision)[alternative].short
    spread = "" if high == low else f" (between {low:.2f} and {high:.2f})"
    parts = [
        f"<h2>{text(called)} · {text(leaf.name)}</h2>",
        f"<p><b>{text(words.with_unit(cell, leaf))}</b></p>",
        curve(analysis.scales[leaf.id], cell, leaf, decision, central),
        f"<p>Worth <b>{central:.2f}</b>{spread} on a scale {text(words.swing(analysis, leaf))}. "
        f"Counts {100 * weight:.1f} %, so <b>{plain.points(weight * central)}</b> points.</p>",
    ]
    if cell.note:
        parts.append(f'<p class="quiet">{text(cell.note)}</p>')
    parts += [fact_block(fact, evidence, decision) for fact, evidence in cell.facts.items()]
    if leaf.question:
        parts.append(f'<p class="quiet">{text(leaf.question)}</p>')
    region = 'class="card fact" tabindex="0" role="region" aria-label="Facts of the open cell"'
    return f"<div {region}>{''.join(parts)}</div>"


def curve(
    scale: ColumnScale, cell: Cell, leaf: Criterion, decision: Decision, central: float
) -> str:
    """Return a small drawing of the value function with this cell's place on it."""
    if scale.is_flat:
        return ""
    names = level_names(leaf, decision.dictionary)
    if scale.levels:
        shown = enumerate(zip(names, scale.levels, strict=True))
        bars = "".join(
            f'<i class="{"on" if cell.central == place else ""}" '
            f'style="height:{max(2.0, 100 * value):.0f}%" title="{text(name)}: {value:.2f}"></i>'
            for place, (name, value) in shown
        )
        return f'<div class="steps" aria-hidden="true">{bars}</div>'
    points = scale.points or tuple(sorted([(scale.worst, 0.0), (scale.best, 1.0)]))
    start, end = _window(points, cell)
    if end <= start:
        return ""

    def at(x: float, v: float) -> str:
        across = min(1.0, max(0.0, (x - start) / (end - start)))
        return f"{100 * across:.1f}% {100 - 100 * v:.1f}%"

    corners = [(start, scale.value(start)), *(p for p in points if start < p[0] < end)]
    corners.append((end, scale.value(end)))
    area = ", ".join(["0% 100%", *(at(x, v) for x, v in corners), "100% 100%"])
    dot = ""
    if cell.central is not None:
        across, down = at(cell.central, central).split()
        dot = f'<u style="left:{across};top:{down}"></u>'
    ends = f"<span>{plain.number(start)}</span><span>{plain.number(end)}</span>"
    return (
        '<div class="curve" aria-hidden="true">'
        f'<i style="clip-path:polygon({area})"></i>{dot}</div>'
        f'<div class="ends" aria-hidden="true">{ends}</div>'
    )


def _window(points: tuple[tuple[float, float], ...], cell: Cell) -> tuple[float, float]:
    """The part of the scale worth drawing: where the value moves, and what surrounds this cell."""
    if cell.low is not None:
        before = [place for place, (x, _) in enumerate(points) if x <= cell.low]
        points = points[max(0, max(before, default=0) - 1) :]
    moving = [
        x
        for i, (x, v) in enumerate(points)
        if (i and points[i - 1][1] != v) or (i + 1 < len(points) and points[i + 1][1] != v)
    ]
    known = [x for x in (cell.low, cell.high) if x is not None]
    within = [x for x in known if points[0][0] <= x <= points[-1][0]]
    return min(moving + within, default=0.0), max(moving + within, default=0.0)
