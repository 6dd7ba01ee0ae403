"""What would lower a bill, ranked by money: each lever pulled alone, all else as it is."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from selector.cost.hosting import Hosting, Memory
from selector.cost.load import Array
from selector.cost.plan import ROUTED, SEMANTIC, Parameter, Plan, bill
from selector.domain import words
from selector.domain.pricing import Basis
from selector.domain.span import Span

FULL_PRECISIONS = ("bf16", "fp16")
_NEVER = 1e12  # idle minutes after which nothing is ever switched off


class Lever(NamedTuple):
    """A way to pay less: US dollars a month that it saves in the first month.

    `rests_on` names the assumptions behind it; `caution` says what it asks for in return; `basis`
    is what a price of the book that it uses rests on.
    """

    id: str
    name: str
    saving: Span
    rests_on: tuple[str, ...] = ()
    caution: str = ""
    basis: Basis = Basis()


Ends = Mapping[str, Span]


class Case(NamedTuple):
    """A plan with a lever pulled, and the figures that then differ.

    `instead_of` is the plan with which it is compared, and its figures, where that is not the
    plan as it stands. `listed` names the price of the book that counts in the place of what the
    lever else assumes.
    """

    plan: Plan
    figures: Mapping[str, Array]
    instead_of: tuple[Plan, Mapping[str, Array]] | None = None
    listed: str = ""


class Offer(NamedTuple):
    """A lever as it is tried: its id, name, assumptions, caution, and the bill with it."""

    id: str
    name: str
    rests_on: tuple[str, ...]
    caution: str
    changed: Callable[[Plan, Ends], Case | None]


def levers_of(plan: Plan, assumed: Ends) -> tuple[Lever, ...]:
    """The levers that save something on a likely bill, the largest saving first.

    `assumed` are the assumptions of the price book by id, with their ends.
    """
    likely = plan.likely()
    before = float(bill(plan, likely).monthly()[0])
    found = []
    for offer in OFFERS:
        case = offer.changed(plan, assumed)
        if case is None:
            continue
        now = before
        if case.instead_of is not None:
            other, figures = case.instead_of
            now = float(bill(other, likely | dict(figures)).monthly()[0])
        saved = now - bill(case.plan, likely | dict(case.figures)).monthly()
        middle = float(saved[min(1, len(saved) - 1)])
        if middle > 0.005:
            span = Span(float(saved.min()), middle, float(saved.max()))
            found.append(_lever(offer, span, plan.parameters.get(case.listed)))
    return tuple(sorted(found, key=lambda lever: -lever.saving.likely))


class Levers:
    """The same, worked out when first asked for: each takes a bill, and most pages show one's."""

    def __init__(self, plan: Plan, assumed: Ends) -> None:
        self._given = plan, assumed

    @cached_property
    def _found(self) -> tuple[Lever, ...]:
        return levers_of(*self._given)

    def __iter__(self) -> Iterator[Lever]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: int) -> Lever:
        return self._found[place]

    def __eq__(self, other: object) -> bool:
        return self._found == (other._found if isinstance(other, Levers) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._found)


def _lever(offer: Offer, saving: Span, listed: Parameter | None) -> Lever:
    if listed is None:
        return Lever(offer.id, offer.name, saving, offer.rests_on, offer.caution)
    told = f"{listed.label}: {words.span(listed.span.low, listed.span.high)} {listed.unit}".strip()
    basis = listed.basis
    if basis.confidential:
        told, basis = listed.label, Basis()
    return Lever(offer.id, offer.name, saving, (), f"{offer.caution} {told}.", basis)


def _ends(span: Span) -> Array:
    return np.array([*span], dtype=np.float64)


def _raised(plan: Plan, name: str, to: Span, most: float = 1) -> Mapping[str, Array] | None:
    """A share that is raised to an assumption; None where it is there already."""
    now = plan.parameters[name].span.likely
    if now >= to.likely:
        return None
    return {name: np.clip(_ends(to), now, most)}


def _caching(plan: Plan, assumed: Ends) -> Case | None:
    if plan.tokens is None:
        return None
    most = 1 - plan.parameters["cache_write_share"].span.likely
    figures = _raised(plan, "cached_share", assumed["cacheable_share"], most)
    return None if figures is None else Case(plan, figures)


def _batching(plan: Plan, assumed: Ends) -> Case | None:
    has_price = plan.tokens is not None and (
        plan.tokens.batch or plan.parameters[plan.tokens.discount].origin != "assumption"
    )
    figures = _raised(plan, "batch_share", assumed["batchable_share"])
    return Case(plan, figures) if has_price and figures is not None else None


def _routing(plan: Plan, assumed: Ends) -> Case | None:
    return Case(plan, {ROUTED: _ends(assumed["routable_share"])}) if plan.routed else None


def _semantic(plan: Plan, assumed: Ends) -> Case | None:
    if plan.tokens is None and plan.hosting is None:
        return None
    return Case(plan, {SEMANTIC: _ends(assumed["semantic_cache_hit_rate"])})


def _rented(plan: Plan) -> Hosting | None:
    hosting = plan.hosting
    if hosting is None or hosting.is_owned or not hosting.hour or not hosting.throughput:
        return None
    return hosting


def _with(plan: Plan, hosting: Hosting) -> Plan:
    serving = tuple(hosting if isinstance(part, Hosting) else part for part in plan.serving)
    return plan._replace(serving=serving)


def _reserving(plan: Plan, assumed: Ends) -> Case | None:
    hosting = _rented(plan)
    if hosting is None or hosting.is_reserved:
        return None
    if hosting.reserved_hour:
        price = _ends(plan.parameters[hosting.reserved_hour].span)
    else:
        price = plan.likely()[hosting.hour] * (1 - _ends(assumed["reserved_discount_1y"]))
    changed = hosting._replace(is_reserved=True, autoscales=False)
    return Case(_with(plan, changed), {hosting.hour: price}, listed=hosting.reserved_hour)


def _quantising(plan: Plan, assumed: Ends) -> Case | None:
    hosting = plan.hosting
    if hosting is None or not hosting.throughput or hosting.precision not in FULL_PRECISIONS:
        return None
    memory: Memory | None = hosting.memory
    if memory is not None:
        memory = memory._replace(weights=memory.weights / 2)
    gain = _ends(assumed["quantisation_gain"])
    faster = plan.likely()[hosting.throughput] * gain
    return Case(_with(plan, hosting._replace(memory=memory)), {hosting.throughput: faster})


def _scaling(plan: Plan, assumed: Ends) -> Case | None:
    hosting = _rented(plan)
    if hosting is None or hosting.is_reserved or hosting.autoscales:
        return None
    return Case(_with(plan, hosting._replace(autoscales=True)), {})


def _to_zero(plan: Plan, assumed: Ends) -> Case | None:
    hosting = _rented(plan)
    if hosting is None or hosting.is_reserved or hosting.idle_minutes:
        return None
    # What autoscaling saves, or giving up the spare copies, is not this lever's: neither differs.
    changed = hosting._replace(autoscales=True, idle_minutes="idle_minutes", spare="", up="")
    zero = _with(plan, changed)
    awake = {"idle_minutes": np.array([_NEVER])}
    return Case(zero, {"idle_minutes": _ends(assumed["idle_minutes"])}, (zero, awake))


OFFERS = (
    Offer(
        "caching",
        "Cache the part of the input that stays the same",
        ("cacheable_share",),
        "What is written to the cache may cost more; put what stays the same first.",
        _caching,
    ),
    Offer(
        "batching",
        "Send what can wait as a batch",
        ("batchable_share",),
        "Answers come within a day, not at once.",
        _batching,
    ),
    Offer(
        "routing",
        "Send easy requests to the smaller model",
        ("routable_share",),
        "Measure on your own questions which ones it answers as well.",
        _routing,
    ),
    Offer(
        "semantic_caching",
        "Answer repeated questions from a semantic cache",
        ("semantic_cache_hit_rate",),
        "A wrong hit is a wrong answer; the cache itself is not in this figure.",
        _semantic,
    ),
    Offer(
        "reserved_capacity",
        "Commit to the instances for a year",
        ("reserved_discount_1y",),
        "Paid for every hour of the year, used or not.",
        _reserving,
    ),
    Offer(
        "quantisation",
        "Run the model at half the bits",
        ("quantisation_gain",),
        "Answers may get worse; test them.",
        _quantising,
    ),
    Offer(
        "autoscaling",
        "Let instances come and go with the load",
        (),
        "A new copy takes minutes to load; keep some in reserve for peaks.",
        _scaling,
    ),
    Offer(
        "scale_to_zero",
        "Switch the last instance off too while nobody asks",
        ("idle_minutes",),
        "Whoever asks next waits until the model is loaded; no copy is kept for availability.",
        _to_zero,
    ),
)
