"""One cell of the performance table: what an alternative does on a leaf, and by which facts."""

from selector.domain import words
from selector.domain.criterion import CostMeasure, Criterion, FactMeasure, ShareMeasure
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.measure.costs import Bills, cost_cell
from selector.measure.figures import Figures, figures_of, shown


def cell_of(
    decision: Decision, alternative: Alternative, leaf: Criterion, bills: Bills | None = None
) -> Cell:
    """The cell of one alternative and leaf. What the decision says itself comes before facts."""
    names = level_names(leaf, decision.dictionary)
    if leaf.id in alternative.performances:
        evidence = alternative.performances[leaf.id]
        return _from_evidence(evidence, names, {leaf.id: evidence}, unit=leaf.unit)
    if isinstance(leaf.measure, CostMeasure):
        return cost_cell(decision, alternative, leaf.measure, bills)
    if isinstance(leaf.measure, FactMeasure):
        evidence = alternative.facts.get(leaf.measure.fact, UNKNOWN)
        definition = decision.dictionary.get(leaf.measure.fact)
        zero = definition.zero if definition else ""
        return _from_evidence(evidence, names, {leaf.measure.fact: evidence}, zero, leaf.unit)
    if isinstance(leaf.measure, ShareMeasure):
        return _share_cell(leaf.measure, alternative.facts.get(leaf.measure.fact, UNKNOWN))
    return Cell("unknown", note="not given")


def _from_evidence(
    evidence: Evidence,
    names: tuple[str, ...],
    facts: dict[str, Evidence],
    zero: str = "",
    unit: str = "",
) -> Cell:
    if evidence.state == "value" and isinstance(evidence.value, bool) and not names:
        names = TRUTH
    figures = figures_of(evidence, names)
    if figures is None:
        return _without_figures(evidence, facts)
    return Cell(evidence.state, *figures, facts=facts, text=shown(figures, names, zero, unit))


def _without_figures(evidence: Evidence, facts: dict[str, Evidence]) -> Cell:
    is_outside = evidence.state == "not_applicable"
    return Cell("not_applicable" if is_outside else "unknown", facts=facts)


def _share_cell(measure: ShareMeasure, evidence: Evidence) -> Cell:
    facts = {measure.fact: evidence}
    accounts = evidence.accounts if evidence.state == "disputed" else (evidence,)
    shares = [share for account in accounts if (share := _share(measure, account))]
    if not shares:
        return _without_figures(evidence, facts)
    low, high = min(s[0] for s in shares), max(s[1] for s in shares)
    wanted = len(measure.wanted)
    text = f"{words.span(round(low * wanted), round(high * wanted))} of {wanted}"
    return Cell(evidence.state, *Figures(low, (low + high) / 2, high), facts=facts, text=text)


def _share(measure: ShareMeasure, evidence: Evidence) -> tuple[float, float] | None:
    """The share of what is wanted, counting what is open as lacking and as had."""
    if evidence.state != "value":
        return None
    value = evidence.value if isinstance(evidence.value, tuple) else ()
    had = sum(choice in value for choice in measure.wanted)
    is_open = sum(choice in evidence.open_choices for choice in measure.wanted)
    return had / len(measure.wanted), (had + is_open) / len(measure.wanted)
