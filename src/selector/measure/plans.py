"""From an alternative and a workload to the plan of its bill, with all that it rests on."""

from typing import NamedTuple

from selector.cost.people import Once, People, Whole
from selector.cost.plan import FALLBACK, Parameter, Part, Plan
from selector.cost.terms import Commitment, Credit
from selector.domain.costing import Costing, Judged
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Source
from selector.domain.negotiated import Negotiated
from selector.domain.pricing import Basis
from selector.domain.span import Span
from selector.measure.hosting_plans import HOUR, hosting_part
from selector.measure.notes import Note, licence_notes, rate_limit, tariff_notes
from selector.measure.parameters import Parameters
from selector.measure.service_plans import embedding_at_start, services_of
from selector.measure.token_plans import FACTS, smaller_part, tokens_part

NO_COSTING = Costing()
BY_HAND = "set by hand"
NO_INDEX = "Documents are kept in no index: none is named, so that its cost is not counted."
WHOLE = (
    "Its bill is known as a whole, not how it changes with the requests: it has no break-even "
    "volume."
)


class ModelUsed(NamedTuple):
    """A model that a bill assumes: what answers, where, and at which share of the requests."""

    role: str
    model: str
    provider: str
    share: Span = Span.exactly(1)
    precision: str = ""
    runs_on: str = ""
    throughput: str = ""


class Planned(NamedTuple):
    """A plan with the models it assumes, and what has to be said of it."""

    plan: Plan
    models: tuple[ModelUsed, ...] = ()
    notes: tuple[Note, ...] = ()


def plan_of(decision: Decision, alternative: Alternative) -> Planned | None:
    """The plan of an alternative's bill; None without a workload, or where nothing has a price."""
    workload = decision.workload
    if workload is None:
        return None
    costing = alternative.costing or NO_COSTING
    found = Parameters(
        decision, alternative.facts, costing.displaced, alternative.vendor, alternative.offer
    )
    found.workload(workload)
    for unused in ("people_hours", "hourly_cost"):
        found.found.pop(unused, None)
    models: list[ModelUsed] = []
    notes: list[Note] = []
    serving: tuple[Part, ...]
    routed: tuple[Part, ...] = ()
    around: tuple[Part, ...] = ()
    if costing.monthly is not None:
        _judged(found, "known_bill", "Bill of a month, as known", costing.monthly)
        serving = (Whole(),)
        notes.append(Note("price", "told", WHOLE))
    else:
        served = _served(
            found,
            costing,
            alternative.model or alternative.name,
            alternative.vendor_name,
            models,
            notes,
        )
        if served is None and not costing.services:
            return None
        serving = served or ()
        around = services_of(found, costing)
        if workload.documents.high > 0 and "index" not in costing.services:
            notes.append(Note("price", "told", NO_INDEX))
        if costing.tokens is not None and costing.tokens.smaller is not None:
            routed = (smaller_part(found, costing.tokens.smaller),)
    kind = _kind(serving, costing, alternative.kind)
    if (people := _people(found, costing, kind)) is not None:
        around = (*around, people)
    once = _once(found, costing)
    terms, credits = _terms(found, alternative.vendor, costing)
    fallback = _fallback(found, alternative, models, notes)
    notes += _set_by_hand(found, alternative.id)
    plan = Plan(
        alternative.id,
        found.found,
        workload.months,
        serving,
        routed,
        fallback,
        around,
        once,
        terms,
        credits,
        decision.business.discount_rate,
    )
    if plan.tokens is not None:
        note = rate_limit(alternative.facts.get("default_tokens_per_minute"), plan)
        notes += [note] if note is not None else []
    return Planned(plan, tuple(models), tuple(notes))


def _set_by_hand(found: Parameters, alternative: str) -> list[Note]:
    """Set the figures of this alternative that the decision names as `alternative.parameter`.

    Returns what is to be said of those that the bill does not have.
    """
    notes = []
    for name, span in found.decision.assumptions.items():
        whose, _, own = name.partition(".")
        if whose != alternative:
            continue
        if own not in found.found:
            text = f"The decision sets {name}, but this bill has no such figure."
            notes.append(Note("price", "told", text))
            continue
        basis = Basis((Source(item=BY_HAND),), assumption=BY_HAND, confidence="medium")
        found.found[own] = found.found[own]._replace(span=span, basis=basis, origin="judgement")
    return notes


def _served(
    found: Parameters,
    costing: Costing,
    model: str,
    provider: str,
    models: list[ModelUsed],
    notes: list[Note],
    role: str = "main",
    named: str = "",
) -> tuple[Part, ...] | None:
    """What answers the requests: by the token, else by what one hosts; None where neither."""
    workload = found.decision.workload
    if workload is None:
        return None
    chosen = costing.tokens if costing.tokens is not None and costing.tokens.model else None
    hosts = costing.hosting is not None and bool(costing.hosting.instance)
    is_hosted = hosts or costing.owned is not None or found.applies(HOUR)
    if any(found.applies(fact) for fact in FACTS) or (chosen is not None and not is_hosted):
        part = tokens_part(found, chosen, model, provider, named)
        tariff = chosen.tariff if chosen is not None else None
        name = tariff.name if tariff is not None else (chosen.model if chosen else "") or model
        whose = chosen.provider if chosen is not None else provider
        models.append(ModelUsed(role, name or "not named", whose))
        if tariff is not None:
            notes += tariff_notes(tariff, workload, found.decision.day)
        return (part,)
    if not is_hosted:
        return None
    hosted = hosting_part(found, costing.hosting, costing.owned, model or provider, named)
    choice = costing.hosting
    name = choice.served.name if choice is not None and choice.served is not None else model
    models.append(
        ModelUsed(
            role,
            name or "not named",
            provider,
            precision=choice.precision if choice is not None else "",
            runs_on=_runs_on(found, costing),
            throughput=", ".join(dict.fromkeys(speed.family for speed in hosted.speeds)),
        )
    )
    notes += hosted.notes
    if choice is not None and choice.served is not None:
        notes += licence_notes(choice.served, workload)
    return (hosted.part,)


def _runs_on(found: Parameters, costing: Costing) -> str:
    choice = costing.hosting
    if choice is not None and choice.machine is not None:
        machine, card = choice.machine, choice.accelerator
        named = card.name if card is not None else machine.accelerator
        return f"{machine.name}, {machine.cards} × {named}"
    stated = found.facts.get("instance_type")
    return str(stated.value) if stated is not None and stated.state == "value" else ""


def _kind(serving: tuple[Part, ...], costing: Costing, kind: str) -> str:
    """Which hours of work are assumed: those of an API, an endpoint or a model one runs oneself."""
    if any(isinstance(part, Whole) for part in serving):
        return ""
    if Plan("", {}, serving=serving).hosting is None:
        return "people_hours_api"
    machine = costing.hosting.machine if costing.hosting is not None else None
    is_endpoint = machine is not None and machine.is_endpoint
    managed = is_endpoint or kind == "managed-platform"
    return "people_hours_endpoint" if managed else "people_hours_self_hosted"


def _people(found: Parameters, costing: Costing, kind: str) -> People | None:
    """The hours of work, where the decision asks for people."""
    workload = found.decision.workload
    if workload is None or not kind or not (workload.wants_people or costing.people_asked):
        return None
    if costing.people is not None:
        _judged(found, "people_hours", "Hours of work a month", costing.people, "hours")
    elif workload.people_hours is not None:
        _given(found, "people_hours", "Hours of work a month", workload.people_hours, "hours")
    else:
        found.assume(kind, under="people_hours")
    if workload.hourly_cost is not None and "hourly_cost" not in found.decision.assumptions:
        _given(found, "hourly_cost", "Cost of an hour of work", workload.hourly_cost, "USD")
    else:
        found.assume("hourly_cost")
    return People()


def _given(found: Parameters, name: str, label: str, span: Span, unit: str) -> None:
    found.add(Parameter(name, label, span, unit, "workload", Basis(note="as the workload says")))


def _judged(found: Parameters, name: str, label: str, judged: Judged, unit: str = "USD") -> str:
    return found.add(Parameter(name, label, judged.figure, unit, "judgement", judged.basis))


def _once(found: Parameters, costing: Costing) -> tuple[Once, ...]:
    """What is paid once: to move in, to embed all documents, to leave at the end."""
    parts = []
    if costing.move_in is not None:
        parts.append(Once("moving in", _judged(found, "move_in", "Moving in", costing.move_in)))
    if costing.monthly is None and (start := embedding_at_start(found, costing)) is not None:
        parts.append(start)
    if costing.move_out is not None:
        name = _judged(found, "move_out", "Moving out", costing.move_out)
        parts.append(Once("moving out", name, is_at_the_end=True))
    return tuple(parts)


def _terms(
    found: Parameters, vendor: str, costing: Costing
) -> tuple[tuple[Commitment, ...], tuple[Credit, ...]]:
    """Commitments and credits that are agreed with the vendor.

    A bill that is known as a whole has them in it.
    """
    agreed = Negotiated() if costing.monthly is not None else found.decision.negotiated
    terms, credits = [], []

    def figure(name: str, label: str, amount: float, reason: str, unit: str = "USD") -> str:
        basis = Basis(note=f"negotiated: {reason}".rstrip(": "), confidential=agreed.confidential)
        span = Span.exactly(amount)
        return found.add(Parameter(name, label, span, unit, "price", basis, falls=unit == ""))

    for index, entry in enumerate(agreed.commitments):
        if entry.vendor != vendor:
            continue
        named = f"commitment.{index}"
        kind = entry.kind.replace("_", " ")
        rows = set(entry.covers)
        covered = tuple(name for name, p in found.found.items() if p.row in rows)
        if costing.hosting is not None and costing.hosting.instance in rows:
            covered += (HOUR,)  # as the price book or a fact has it
        if rows and not covered:
            covered = ("",)  # nothing of it is bought here, yet it is paid
        terms.append(
            Commitment(
                kind,
                figure(named, f"{kind}, a month", float(entry.monthly), entry.reason),
                figure(f"{named}.discount", f"{kind}: discount", float(entry.discount), "", ""),
                covered,
                entry.kind == "minimum_spend",
            )
        )
    for index, credit in enumerate(agreed.credits):
        if credit.vendor == vendor:
            name = figure(f"credit.{index}", "Credit", float(credit.amount), credit.reason)
            credits.append(Credit("credit", name, credit.months))
    return tuple(terms), tuple(credits)


def _fallback(
    found: Parameters, alternative: Alternative, models: list[ModelUsed], notes: list[Note]
) -> tuple[Part, ...]:
    """The offer that takes a share of the requests."""
    given = alternative.fallback
    if given is None:
        return ()
    costing = given.costing or NO_COSTING
    found.use(given.facts, costing.displaced, given.vendor, given.offer, "fallback.")
    basis = Basis(note="as the decision says")
    share = Parameter(
        FALLBACK, "Share of the requests that the fallback takes", given.share, "", basis=basis
    )
    found.add(share)
    before = len(models)
    named = "fallback: "
    parts = _served(found, costing, given.model, given.name, models, notes, "fallback", named)
    models[before:] = [used._replace(share=given.share) for used in models[before:]]
    if parts is None:
        notes.append(Note("price", "fails", f"No price is known for the fallback {given.name}."))
        parts = (tokens_part(found, None, given.model, given.name, named),)
    return parts
