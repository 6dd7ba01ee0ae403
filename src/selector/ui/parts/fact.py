"""Facts as people read them: the value, and where, when and how well it is known."""

from __future__ import annotations

from datetime import date

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import CostMeasure, Criterion
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence
from selector.domain.fact import FactDefinition
from selector.measure.valuation import Span
from selector.report import words
from selector.report.facts import DATED, TIERS, bill_units, called, stated, value_text
from selector.ui.comparing import weight_of, worths
from selector.ui.parts.curve import curve
from selector.ui.parts.html import lines, link, more, tag, text

FACTS_SHOWN = 3  # under a cell at once; the others unfold


def source_links(evidence: Evidence) -> str:
    """Return links to the sources with the place in them; `no source` where there is none.

    A figure of our own making has no source, but a place where it is from.
    """
    if evidence.is_judgement:
        by = f" by {text(evidence.by)}" if evidence.by else ""
        return f"judgement{by}: {text(evidence.reason)}"
    if not evidence.sources and evidence.locator:
        return text(f"from {evidence.locator}")
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


def fact_block(
    fact: str, evidence: Evidence, leaf: Criterion, decision: Decision, unit: str = ""
) -> str:
    """Return one fact under a leaf with all that is known of it, for a card.

    `unit` is that of a figure of a bill, which is no fact of the dictionary.
    """
    definition, name, unit = stated(fact, leaf, decision, unit)
    said = text(f"{name}: {value_text(evidence, definition, unit)}")
    parts = [f"<p><b>{said}</b> {confidence_tag(evidence)}</p>"]
    for account in evidence.accounts:
        parts.append(
            f"<p>{text(value_text(account, definition, unit))}: {source_links(account)}<br>"
            f'<span class="quiet">{dates(account, definition, decision.day)}</span></p>'
        )
    where = source_links(evidence)
    when = dates(evidence, definition, decision.day)
    if where or when:
        parts.append(f'<p>{where}<br><span class="quiet">{when}</span></p>')
    if evidence.note:
        parts.append(f"<p>{text(evidence.note)}</p>")
    for past in evidence.history:
        before = value_text(Evidence("value", value=past.value), definition, unit)
        parts.append(f'<p class="quiet">Before: {text(before)} ({plain.day(past.as_of)})</p>')
    return "".join(parts)


def cell_card(analysis: Analysis, alternative: str, leaf: Criterion) -> str:
    """Return a cell opened: performance, value, share in the score, and the facts beneath it."""
    decision = analysis.decision
    cell = analysis.cell(alternative, leaf.id)
    scale = analysis.scales[leaf.id]
    row = analysis.table.alternatives.index(alternative)
    column = analysis.table.leaves.index(leaf.id)
    values = analysis.value_table
    worth = Span(*(float(t[row, column]) for t in (values.low, values.central, values.high)))
    weight = analysis.weights[leaf.id]
    past = ""
    if scale.goes_beyond(cell):
        past = " It lies past the end of the scale and counts as the end."
    swing = words.swing(analysis, leaf)
    parts = [
        f"<p><b>{text(words.with_unit(cell, leaf))}</b></p>",
        curve(scale, cell, leaf, decision, worth),
        f"<p>Worth <b>{worth.central:.2f}</b>{_between(worth)}"
        f"{f' on a scale {text(swing)}' if swing else ''}.{past} {_counts(weight, worth)}</p>",
    ]
    if scale.is_local and not scale.is_flat:
        local = "No scale of its own: 0 is the worst of these alternatives, 1 the best."
        parts.append(f'<p class="quiet">{local}</p>')
    if cell.note:
        parts.append(f'<p class="quiet">{text(cell.note)}</p>')
    units = bill_units(analysis, alternative) if isinstance(leaf.measure, CostMeasure) else {}
    blocks = [
        fact_block(f, known, leaf, decision, units.get(f, "")) for f, known in cell.facts.items()
    ]
    parts += blocks[:FACTS_SHOWN]
    parts.append(more(f"{len(blocks) - FACTS_SHOWN} more facts", "".join(blocks[FACTS_SHOWN:])))
    if leaf.question:
        parts.append(f'<p class="quiet">{text(leaf.question)}</p>')
    return _card(analysis, alternative, leaf, "Facts of the open cell", parts)


def group_card(analysis: Analysis, alternative: str, group: Criterion) -> str:
    """Return the cell of a folded group opened: what it is worth, and what its criteria add."""
    row = analysis.table.alternatives.index(alternative)
    found = worths(analysis)
    worth = Span(*(float(end[row]) for end in found[group.id]))
    parts = [
        f"<p><b>{100 * worth.central:.0f} of 100</b>{_between(worth)}. "
        f"{_counts(weight_of(analysis, group), worth)}</p>"
    ]
    added = [
        (analysis.weights[leaf.id], float(found[leaf.id].central[row]), leaf)
        for leaf in group.leaves()
    ]
    rows = [
        f"<b>{plain.points(weight * value)}</b> of {100 * weight:.1f} {text(leaf.name)} "
        f"<span>· {text(words.with_unit(analysis.cell(alternative, leaf.id), leaf))}</span>"
        for weight, value, leaf in sorted(added, key=lambda each: -each[0])
    ]
    parts.append('<p class="quiet">Points that each criterion adds, of what it can add:</p>')
    parts.append(lines(rows))
    return _card(analysis, alternative, group, "The open group", parts)


def _between(worth: Span) -> str:
    if worth.low == worth.high:
        return ""
    return f" (between {worth.low:.2f} and {worth.high:.2f})"


def _counts(weight: float, worth: Span) -> str:
    points = plain.points(weight * worth.central)
    return f"Counts {100 * weight:.1f} %, so <b>{points}</b> points."


def _card(
    analysis: Analysis, alternative: str, node: Criterion, label: str, parts: list[str]
) -> str:
    called = words.labels(analysis.decision)[alternative].short
    region = f'class="inside" tabindex="0" role="region" aria-label="{text(label)}"'
    return (
        f'<details class="card fact" open><summary><h2>{text(called)} · {text(node.name)}</h2>'
        f"</summary><div {region}>{''.join(parts)}</div></details>"
    )
