"""The cost of an alternative as a performance: a figure of its bill, with what it rests on."""

from selector.cost.plan import Parameter
from selector.cost.spread import Spread, spread_of
from selector.domain import words
from selector.domain.criterion import CostMeasure
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.performance import Cell
from selector.measure.hosting_plans import HOUR
from selector.measure.plans import Planned, plan_of
from selector.measure.throughputs import THROUGHPUT
from selector.measure.token_plans import BATCH, FACTS

PRICE_FACTS = (*FACTS, BATCH, HOUR, THROUGHPUT)


class Bills:
    """How each alternative of a decision is billed: made when first asked for, then kept."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._planned: dict[str, Planned | None] = {}
        self._spreads: dict[str, Spread] = {}

    def planned(self, alternative: Alternative) -> Planned | None:
        """The plan; None where there is no workload or no price at all."""
        if alternative.id not in self._planned:
            self._planned[alternative.id] = plan_of(self._decision, alternative)
        return self._planned[alternative.id]

    def spread(self, alternative: Alternative, planned: Planned) -> Spread:
        """The bill by its plan, from the least to the most it could be."""
        if alternative.id not in self._spreads:
            self._spreads[alternative.id] = spread_of(planned.plan)
        return self._spreads[alternative.id]


def cost_cell(
    decision: Decision, alternative: Alternative, measure: CostMeasure, bills: Bills | None = None
) -> Cell:
    """The cell of a cost criterion; `bills` keeps what was worked out for it.

    Without a workload, or without any price, unknown. With some prices missing: unknown too, but
    at least the known subtotal, which stands as `low`.
    """
    bills = bills or Bills(decision)
    workload = decision.workload
    if workload is None:
        return Cell("unknown", note="no workload")
    facts = {fact: alternative.facts[fact] for fact in PRICE_FACTS if fact in alternative.facts}
    planned = bills.planned(alternative)
    if planned is None:
        return Cell("unknown", facts=facts, note="missing price: no price is stated")
    spread = bills.spread(alternative, planned)
    instead = {p.row for p in planned.plan.parameters.values() if p.origin == "judgement"}
    facts = {fact: evidence for fact, evidence in facts.items() if fact not in instead}
    facts |= rests_on(planned, spread)
    if measure.figure == "per_1000_requests" and spread.is_idle:
        return Cell("unknown", facts=facts, note="no requests")
    low, likely, high = spread.span(measure.figure)
    if spread.bill.unknown:
        text = f"at least {words.number(rounded(low))}" if low > 0 else ""
        missing = f"missing price: {words.listed(spread.bill.unknown)}"
        return Cell("unknown", low=low, facts=facts, text=text, note=missing)
    return Cell("value", low, likely, high, facts, words.span(rounded(low), rounded(high)))


def rests_on(planned: Planned, spread: Spread) -> dict[str, Evidence]:
    """What the bill rests on beside facts of the profile: prices, assumptions and judgements."""
    items = (*spread.bill.items, *spread.bill.once)
    names = dict.fromkeys(name for item in items for name in item.basis)
    used = [planned.plan.parameters[name] for name in names]
    return {p.label: evidence_of(p) for p in used if p.origin not in ("fact", "workload")}


def evidence_of(parameter: Parameter) -> Evidence:
    """A figure of a bill as one would state it of a profile."""
    if parameter.origin == "unknown":
        return UNKNOWN
    low, likely, high = parameter.span
    basis = parameter.basis
    is_exact = parameter.span.is_exact
    return Evidence(
        "value",
        value=likely if is_exact else None,
        low=None if is_exact else low,
        likely=None if is_exact else likely,
        high=None if is_exact else high,
        is_judgement=bool(basis.assumption),
        reason=basis.assumption,
        sources=basis.sources,
        as_of=basis.as_of,
        as_of_kind=basis.as_of_kind,
        confidence=basis.confidence,
        note=basis.note,
    )


def rounded(amount: float) -> float:
    """Money to three digits or whole dollars: more would claim a precision that is not there."""
    return float(f"{amount:.3g}") if abs(amount) < 1000 else float(round(amount))
