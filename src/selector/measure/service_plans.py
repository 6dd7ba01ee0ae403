"""Services around a model, as parts of a plan: what the `cost:` block names of the price book."""

from typing import Any

from selector.cost.people import Once
from selector.cost.services import Charge, Serviced
from selector.domain.costing import Costing, ServiceChoice, TokensChoice
from selector.domain.pricing import Charge as Billed
from selector.domain.pricing import Price
from selector.domain.span import Span
from selector.measure.parameters import Parameters, span_of

EMBEDDING = "price of embedding"
_MEASURES = {
    ("month", ""): "months",
    ("hour", ""): "hours",
    ("gb_month", "index"): "index_gb",
    ("gb_month", ""): "stored_gb",
    ("gb", "logging"): "log_gb",
    ("gb", "index"): "index_gb",
    ("gb", ""): "egress_gb",
    ("million_queries", ""): "queries",
    ("million_writes", ""): "writes",
    ("million_tokens", ""): "trained_tokens",
    ("million_requests", ""): "requests",
}
"""What a charge is counted by, for some kinds of service and else."""


def services_of(found: Parameters, costing: Costing) -> tuple[Serviced, ...]:
    """The services that the block names, and the embedding of documents and questions."""
    workload = found.decision.workload
    if workload is None:
        return ()
    has_documents = workload.documents.high > 0
    parts = [
        _service(found, costing, choice)
        for kind, choice in costing.services.items()
        if kind != "index" or has_documents
    ]
    if costing.embedding is not None and has_documents:
        parts.append(_embedding(found, costing.embedding))
    return tuple(parts)


def _service(found: Parameters, costing: Costing, choice: ServiceChoice) -> Serviced:
    service = choice.service
    charges = tuple(
        _charge(found, costing, choice, billed, index)
        for index, billed in enumerate(service.charges)
    )
    minimum = ""
    if service.minimum is not None:
        label = f"{service.name}: least bill of a month"
        minimum = found.price(f"{service.id}.minimum", label, service.minimum, (service.id,))
    if service.kind == "index":
        found.assume("index_overhead")
    if service.kind == "storage":
        found.assume("bytes_per_token")
    return Serviced(service.name, service.kind, charges, minimum)


def _charge(
    found: Parameters, costing: Costing, choice: ServiceChoice, billed: Billed, index: int
) -> Charge:
    service = choice.service
    named = f"{service.id}.{index}"
    measure = _MEASURES.get((billed.per, service.kind)) or _MEASURES[billed.per, ""]
    times = ""
    if billed.times != Billed._field_defaults["times"]:
        label = f"{service.name}: units of {billed.name}"
        span = span_of(billed.times)
        times = found.figure(f"{named}.times", label, span, billed.unit, billed.basis, "price")
    missing = f"no price for {billed.name} of {service.name} in {choice.region or 'any region'}"
    steps: tuple[tuple[float, str], ...] = ()
    try:
        tiers = billed.tiers(choice.region)
    except KeyError:
        tiers = ()
    for place, tier in enumerate(tiers):
        above = f" above {tier.above:,}" if tier.above else ""
        label = f"{service.name}: {billed.name}{above}"
        name = found.price(f"{named}.{place}", label, tier.price, (service.id,))
        steps += ((float(tier.above), name),)
    weights = 0.0
    hosting = costing.hosting
    if measure == "stored_gb" and hosting is not None and hosting.served is not None:
        weights = float(hosting.served.weights_gb.get(hosting.precision, 0))
    holds = float(billed.holds_gb) if billed.holds_gb is not None else 0.0
    return Charge(billed.name, measure, billed.unit, steps, times, holds, weights, missing)


def _price_of_embedding(found: Parameters, choice: TokensChoice) -> str:
    name = found.prefix + EMBEDDING
    if name in found.found:
        return name
    rates: Any = choice.tariff.on(found.decision.day).rates if choice.tariff is not None else None
    if rates is None or rates.input is None or choice.tariff is None:
        return ""
    amount = rates.input
    price = Price(amount, amount, amount, "million tokens", choice.tariff.basis)
    row = f"{choice.tariff.provider}/{choice.tariff.model}"
    return found.price(EMBEDDING, f"Price of embedding with {choice.tariff.name}", price, (row,))


def _embedding(found: Parameters, choice: TokensChoice) -> Serviced:
    price = _price_of_embedding(found, choice)
    missing = f"no price for {choice.model} at {choice.provider}"
    charge = Charge(
        "documents that changed, and questions",
        "embedded_tokens",
        "million tokens",
        ((0.0, price),) if price else (),
        missing=missing,
    )
    return Serviced("embedding", "embedding", (charge,))


def embedding_at_start(found: Parameters, costing: Costing) -> Once | None:
    """Embedding all documents at the start; None where there are none, or no model embeds."""
    workload = found.decision.workload
    documents: Span | None = workload.documents if workload is not None else None
    if costing.embedding is None or documents is None or not documents.high:
        return None
    choice = costing.embedding
    missing = f"no price for {choice.model} at {choice.provider}"
    price = _price_of_embedding(found, choice)
    return Once("embedding the documents", price, is_embedding=True, missing=missing)
