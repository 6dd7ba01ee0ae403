"""The cost of an alternative as a performance: from its price facts and the workload."""

from selector.cost.bill import Bill, TokenPrices, instance_bill, token_bill
from selector.domain import words
from selector.domain.criterion import CostMeasure
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.performance import Cell
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.figures import figures_of

TOKEN_FACTS = ("price_input_tokens", "price_cached_input_tokens", "price_output_tokens")
BATCH_FACT = "batch_discount"
INSTANCE_FACTS = ("instance_hour", "instance_output_tokens_per_second")


def bill_of(alternative: Alternative, workload: Workload) -> Bill | None:
    """One month's bill, by the token or by the instance; None where no price fact says which."""
    if any(_applies(alternative.facts.get(fact)) for fact in TOKEN_FACTS):
        discount = _range(alternative.facts.get(BATCH_FACT))
        # Where there is no cache, what would be read from it is paid as any input.
        has_cache = _applies(alternative.facts.get(TOKEN_FACTS[1], UNKNOWN))
        return token_bill(
            workload,
            TokenPrices(
                input=_range(alternative.facts.get(TOKEN_FACTS[0])),
                cached_input=_range(alternative.facts.get(TOKEN_FACTS[1 if has_cache else 0])),
                output=_range(alternative.facts.get(TOKEN_FACTS[2])),
                batch_discount=None if discount is None else discount.times(0.01),
            ),
        )
    if INSTANCE_FACTS[0] in alternative.facts:
        hour, throughput = (_range(alternative.facts.get(fact)) for fact in INSTANCE_FACTS)
        return instance_bill(workload, hour, throughput)
    return None


def _applies(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.state != "not_applicable"


def _range(evidence: Evidence | None) -> Span | None:
    if evidence is not None and evidence.state == "not_applicable":
        return Span(0, 0, 0)
    figures = figures_of(evidence, ()) if evidence is not None else None
    if figures is None or figures.central is None:
        return None
    return Span(figures.low, figures.central, figures.high)


def cost_cell(decision: Decision, alternative: Alternative, measure: CostMeasure) -> Cell:
    """The cell of a cost criterion.

    Without a workload, or without any price, unknown. With some prices missing: unknown too, but
    at least the known subtotal, which stands as `low`.
    """
    workload = decision.workload
    if workload is None:
        return Cell("unknown", note="no workload")
    facts = {
        fact: alternative.facts.get(fact, UNKNOWN)
        for fact in (*TOKEN_FACTS, BATCH_FACT, *INSTANCE_FACTS)
        if fact in alternative.facts
    }
    bill = bill_of(alternative, workload)
    if bill is None:
        return Cell("unknown", facts=facts, note="missing price: no price is stated")
    if measure.figure == "per_1000_requests" and workload.requests_per_month.likely == 0:
        return Cell("unknown", facts=facts, note="no requests")
    if bill.unknown:
        subtotal = _scaled(alternative, workload, measure)
        text = f"at least {words.number(subtotal.low)}" if subtotal.low > 0 else ""
        missing = f"missing price: {words.listed(bill.unknown)}"
        return Cell("unknown", low=subtotal.low, facts=facts, text=text, note=missing)
    total = _scaled(alternative, workload, measure)
    text = words.span(_rounded(total.low), _rounded(total.high))
    return Cell("value", total.low, total.likely, total.high, facts=facts, text=text)


def _scaled(alternative: Alternative, workload: Workload, measure: CostMeasure) -> Span:
    """The wanted figure of the known part of the bill."""
    if measure.figure == "monthly":
        return _subtotal(alternative, workload)
    if measure.figure == "per_1000_requests":
        return _subtotal(alternative, workload).times(1000 / workload.requests_per_month.likely)
    months = [
        _subtotal(
            alternative,
            workload._replace(
                requests_per_month=workload.requests_per_month.times(
                    (1 + workload.growth_per_month.likely) ** month
                ),
            ),
        )
        for month in range(workload.months)
    ]
    total = Span(
        sum(m.low for m in months), sum(m.likely for m in months), sum(m.high for m in months)
    )
    return total if measure.figure == "total" else total.times(1 / workload.months)


def _subtotal(alternative: Alternative, workload: Workload) -> Span:
    bill = bill_of(alternative, workload)
    return bill.known_subtotal if bill else Span(0, 0, 0)


def _rounded(amount: float) -> float:
    """Money to three digits or whole dollars: more would claim a precision that is not there."""
    return float(f"{amount:.3g}") if amount < 1000 else float(round(amount))
