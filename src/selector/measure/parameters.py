"""The figures of a bill with what stands behind each: workload, facts, prices, assumptions."""

from collections.abc import Mapping, Sequence

from selector.cost.plan import Parameter
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence
from selector.domain.pricing import Assumption, Basis, Figure, Price
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.figures import figures_of

WORKLOAD: Mapping[str, tuple[str, str]] = {
    "requests_per_month": ("Requests a month", ""),
    "input_tokens": ("Input tokens of a request", "tokens"),
    "output_tokens": ("Output tokens of a request", "tokens"),
    "cached_share": ("Share of the input read from the cache", ""),
    "cache_write_share": ("Share of the input written to the cache", ""),
    "batch_share": ("Share of the requests that can wait", ""),
    "peak_to_mean": ("Peak by mean", "times"),
    "growth_per_month": ("Growth a month", ""),
    "hours_per_month": ("Hours of service a month", "hours"),
    "replicas": ("Copies kept running at least", ""),
    "documents": ("Documents", ""),
    "tokens_per_document": ("Tokens of a document", "tokens"),
    "changed_share": ("Share of the documents that changes each month", ""),
    "chunk_tokens": ("Tokens of a piece of a document", "tokens"),
    "dimensions": ("Numbers in a vector", ""),
    "embedded_queries": ("Share of the requests that search", ""),
    "question_tokens": ("Tokens of a question that is embedded", "tokens"),
    "fine_tuning_runs": ("Fine-tuning runs a month", ""),
    "fine_tuning_tokens": ("Tokens of a fine-tuning run", "tokens"),
    "response_kb": ("Kilobytes sent for each request", "kB"),
    "log_kb": ("Kilobytes logged for each request", "kB"),
    "availability": ("Availability wanted", "%"),
    "concurrency": ("Requests in work at once", ""),
    "first_token_seconds": ("Longest wait for the first token", "s"),
    "seconds_per_token": ("Longest wait for each further token", "s"),
    "context_tokens": ("Tokens of the longest request", "tokens"),
    "people_hours": ("Hours of work a month", "hours"),
    "hourly_cost": ("Cost of an hour of work", "USD"),
}
"""The figures of the workload that a bill rests on: what people read, and the unit."""

LABELS: Mapping[str, str] = {
    "price_input_tokens": "Price of input tokens",
    "price_cached_input_tokens": "Price of cached input tokens",
    "price_output_tokens": "Price of output tokens",
    "batch_discount": "Batch discount",
    "instance_hour": "Price of an instance",
    "instance_output_tokens_per_second": "Output of an instance",
}
_FALLING = frozenset(
    {
        "cached_share",
        "batch_share",
        "batch_discount",
        "chunk_tokens",
        "utilisation",
        "memory_share",
        "machine_up",
        "instance_output_tokens_per_second",
    }
)
"""Figures of which more makes the bill smaller, as a rule; each case is tried out besides."""


class Parameters:
    """Collects the parameters of one plan, each by its name.

    `vendor` and `offer` are those whose negotiated prices count; `prefix` is put before the names
    of facts and prices, so that a fallback's stand beside the main offer's.
    """

    def __init__(
        self,
        decision: Decision,
        facts: Mapping[str, Evidence],
        displaced: frozenset[str],
        vendor: str,
        offer: str,
    ) -> None:
        self.decision = decision
        self.found: dict[str, Parameter] = {}
        self.use(facts, displaced, vendor, offer)

    def use(
        self,
        facts: Mapping[str, Evidence],
        displaced: frozenset[str],
        vendor: str,
        offer: str,
        prefix: str = "",
    ) -> None:
        """Take facts and negotiated prices from another offer from now on."""
        self.displaced = displaced
        dropped = displaced - {"batch_discount"}
        # What somebody measured here is nearer than any row of the price book.
        self.facts = {
            fact: e for fact, e in facts.items() if fact not in dropped or e.tier == "measured"
        }
        self.vendor, self.offer, self.prefix = vendor, offer, prefix

    def add(self, parameter: Parameter) -> str:
        """The name, under which it now stands."""
        if parameter.name in _FALLING:
            parameter = parameter._replace(falls=True)
        self.found[parameter.name] = parameter
        return parameter.name

    def workload(self, workload: Workload) -> None:
        """Every figure of the workload that says something."""
        for name, (label, unit) in WORKLOAD.items():
            span = getattr(workload, name)
            if span is not None:
                is_default = name not in workload.given
                told = "not given: the default" if is_default else ""
                basis = Basis(confidence="high", assumption=told)
                self.add(Parameter(name, label, span, unit, basis=basis, is_default=is_default))

    def assume(self, name: str, under: str = "") -> str:
        """An assumption: the decision's own figure, else that of the price book.

        It stands under its own name or another.
        """
        own = self.decision.assumptions.get(name)
        row: Assumption = self.decision.assumed[name]
        span, basis = span_of(row.figure), row.basis
        if own is not None:
            span, basis = own, Basis(assumption="the decision's own figure", confidence="medium")
        assumed = Parameter(name, row.name, span, row.unit, "assumption", basis, name)
        assumed = assumed._replace(falls=name in _FALLING, is_default=own is None)
        return self.add(assumed._replace(name=under or name))

    def applies(self, fact: str) -> bool:
        """Whether the fact is stated, and not as not applicable."""
        return fact in self.facts and self.facts[fact].state != "not_applicable"

    def fact(self, fact: str, factor: float = 1, rows: Sequence[str] = ()) -> str:
        """The parameter of a fact, "" where it is not known. One that cannot apply is nought.

        `rows` of the price book say the same: what was negotiated for them counts here too.
        """
        evidence = self.facts.get(fact)
        if evidence is None:
            return ""
        span = Span.exactly(0)
        if evidence.state != "not_applicable":
            figures = figures_of(evidence, ())
            if figures is None or figures.central is None:
                return ""
            span = Span(figures.low, figures.central, figures.high).times(factor)
        definition = self.decision.dictionary.get(fact)
        unit = definition.unit if definition else ""
        label = definition.name if definition else LABELS.get(fact, fact)
        name = self.prefix + fact
        basis = basis_of(evidence)
        if fact.startswith(("price_", "instance_hour")):
            span, basis = self.agreed(span, basis, (fact, *rows))
        return self.add(
            Parameter(name, label, span, unit, "fact", basis, fact, falls=fact in _FALLING)
        )

    def price(self, name: str, label: str, price: Price, rows: Sequence[str]) -> str:
        """The parameter of a price of the price book, as negotiated; `rows` are its ids."""
        low, likely, high = (float(end) for end in price[:3])
        span, basis = self.agreed(Span(low, likely, high), price.basis, rows)
        unit = f"USD per {price.unit}"
        return self.add(Parameter(self.prefix + name, label, span, unit, "price", basis, rows[0]))

    def figure(
        self, name: str, label: str, span: Span, unit: str, basis: Basis, origin: str = "judgement"
    ) -> str:
        """A figure that is given as a whole."""
        return self.add(Parameter(self.prefix + name, label, span, unit, origin, basis))

    def agreed(self, span: Span, basis: Basis, keys: Sequence[str]) -> tuple[Span, Basis]:
        """What was negotiated in the place of a list price."""
        negotiated = self.decision.negotiated
        entry = negotiated.price(self.vendor, self.offer, keys) if self.vendor else None
        if entry is None:
            return span, basis
        if entry.value is not None:
            span = Span.exactly(float(entry.value))
        else:
            span = span.times(1 - float(entry.discount or 0))
        return span, entry.basis(basis, negotiated.confidential)


def span_of(figure: Figure) -> Span:
    """A figure of the price book as floats."""
    return Span(float(figure.low), float(figure.likely), float(figure.high))


def basis_of(evidence: Evidence) -> Basis:
    """What a fact rests on."""
    accounts = evidence.accounts or (evidence,)
    sources = tuple(dict.fromkeys(s for account in accounts for s in account.sources))
    days = [account.as_of for account in accounts if account.as_of is not None]
    order = ("high", "medium", "low")
    confidence = max((account.confidence for account in accounts), key=order.index)
    told = f"{evidence.reason} ({evidence.by})" if evidence.by else evidence.reason
    return Basis(
        sources,
        min(days, default=None),
        accounts[0].as_of_kind,
        confidence,
        told if evidence.is_judgement else "",
        note=evidence.note,
    )
