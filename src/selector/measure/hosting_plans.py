"""A model that one hosts, as a part of a plan: what it runs on, how fast, and whether it fits."""

from typing import NamedTuple

from selector.cost.hosting import Hosting, Memory, context_tokens, requests_that_fit
from selector.cost.load import Load
from selector.cost.plan import Parameter, Plan
from selector.domain import words
from selector.domain.costing import HostingChoice, Owned
from selector.domain.pricing import Basis, Throughput
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.notes import Note
from selector.measure.parameters import Parameters, span_of
from selector.measure.throughputs import speed_of

HOUR = "instance_hour"
OWNED = "owned."
_RESERVED = ("reserved_1y", "reserved_3y", "capacity")
_NO_CHOICE = HostingChoice()


class Hosted(NamedTuple):
    """The part, and what is to be said of it."""

    part: Hosting
    notes: tuple[Note, ...] = ()
    speeds: tuple[Throughput, ...] = ()


def hosting_part(
    found: Parameters,
    choice: HostingChoice | None,
    owned: Owned | None,
    name: str,
    named: str = "",
) -> Hosted:
    """The part: price and throughput of facts first, else of the rows that are chosen."""
    workload = found.decision.workload
    if workload is None:
        raise ValueError("a plan needs a workload")
    choice = choice or _NO_CHOICE
    speed = speed_of(found, choice, name)
    throughput, missing_speed = speed.parameter, speed.missing
    utilisation = _utilisation(found, choice, speed.speeds)
    per_copy = ""
    if choice.instances_per_replica != Span.exactly(1):
        per_copy = found.figure(
            "instances_per_replica",
            "Instances of one copy",
            choice.instances_per_replica,
            "",
            Basis(assumption="as the cost block says"),
        )
    memory, notes, fits = _memory(found, choice, workload, speed.engines)
    if not fits:
        throughput, missing_speed = "", f"{choice.model_name} does not fit {choice.machine_name}"
    seconds = _seconds(found) if memory is not None else ""
    spare = ""
    if choice.spare_replicas is not None:
        spare = found.figure(
            "spare_replicas",
            "Spare copies",
            choice.spare_replicas,
            "",
            Basis(assumption="as the cost block says"),
        )
    up = found.assume("machine_up") if workload.availability is not None and not spare else ""
    if owned is not None:
        _owned(found, owned, choice)
    place = f" in {choice.region}" if choice.region else ""
    price_of = f"{choice.machine_name or 'an instance'}{place}, {words.plain(choice.term)}"
    part = Hosting(
        hour="" if owned is not None else _hour(found, choice),
        throughput=throughput,
        counts_all=speed.counts_all,
        utilisation=utilisation,
        instances_per_copy=per_copy,
        spare=spare,
        up=up,
        seconds=seconds,
        concurrent_of=workload.requests_per_month.likely or workload.requests_per_month.high or 1,
        memory=memory,
        autoscales=choice.autoscaling,
        idle_minutes=found.assume("idle_minutes") if choice.scale_to_zero else "",
        is_reserved=choice.term in _RESERVED and owned is None,
        is_owned=owned is not None,
        owned=found.prefix + OWNED,
        precision=choice.precision,
        reserved_hour=_reserved(found, choice) if owned is None else "",
        missing_price=f"no price for {price_of}",
        missing_throughput=missing_speed,
        named=named,
    )
    told = speed.notes if throughput else ()
    if owned is not None and choice.hours:
        text = f"The machines are owned: what {choice.machine_name} costs to rent is not counted."
        told = (*told, Note("price", "told", text))
    return Hosted(part, (*notes, *told), speed.speeds)


def _hour(found: Parameters, choice: HostingChoice) -> str:
    """The price of an hour: a fact's, else the book's, else the on-demand one less a discount."""
    if found.applies(HOUR) and (name := found.fact(HOUR, rows=(choice.instance,))):
        return name
    label = f"Price of {choice.machine_name}, {words.plain(choice.term)}"
    if choice.term in choice.hours:
        return found.price(HOUR, label, choice.hours[choice.term], (choice.instance, HOUR))
    discount = {"reserved_1y": "reserved_discount_1y", "reserved_3y": "reserved_discount_3y"}
    if choice.term in discount and "on_demand" in choice.hours:
        assumed = found.decision.assumed[discount[choice.term]]
        off = found.decision.assumptions.get(assumed.id, span_of(assumed.figure))
        listed = choice.hours["on_demand"]
        low, likely, high = (float(end) for end in listed[:3])
        span = Span(low * (1 - off.high), likely * (1 - off.likely), high * (1 - off.low))
        why = f"the on-demand price less an assumed discount: {assumed.basis.assumption}"
        basis = listed.basis._replace(confidence="low", assumption=why)
        span, basis = found.agreed(span, basis, (choice.instance, HOUR))
        return found.add(
            Parameter(
                found.prefix + HOUR, label, span, "USD per hour", "assumption", basis, assumed.id
            )
        )
    return ""


def _reserved(found: Parameters, choice: HostingChoice) -> str:
    """The price for a year's commitment, to see what it would save; "" where none is known."""
    if choice.term in _RESERVED or "reserved_1y" not in choice.hours:
        return ""
    label = f"Price of {choice.machine_name}, reserved for a year"
    price = choice.hours["reserved_1y"]
    return found.price(f"{HOUR}.reserved_1y", label, price, (choice.instance, HOUR))


def _utilisation(found: Parameters, choice: HostingChoice, speeds: tuple[Throughput, ...]) -> str:
    asked = "utilisation" in found.decision.assumptions
    if choice.utilisation is not None and not asked:
        return found.figure(
            "utilisation",
            "Share of the throughput that it reaches",
            choice.utilisation,
            "",
            Basis(assumption="as the cost block says", confidence="medium"),
        )
    is_benchmark = bool(speeds) and speeds[0].family != "own"
    if not is_benchmark and not asked:
        return ""
    return found.assume("utilisation", under=found.prefix + "utilisation")


def _seconds(found: Parameters) -> str:
    """How long one answer takes: time to the first token + output tokens / speed of one stream."""
    workload = found.decision.workload
    first, speed = found.fact("time_to_first_token"), found.fact("output_speed")
    if not first or not speed or workload is None or found.found[speed].span.low <= 0:
        return ""
    wait, pace, length = found.found[first].span, found.found[speed].span, workload.output_tokens
    span = Span(
        wait.low + length.low / pace.high,
        wait.likely + length.likely / pace.likely,
        wait.high + length.high / pace.low,
    )
    basis = found.found[speed].basis
    for name in (first, speed):
        del found.found[name]
    return found.figure("answer_seconds", "Time of one answer", span, "s", basis, "fact")


def _memory(
    found: Parameters, choice: HostingChoice, workload: Workload, engines: int
) -> tuple[Memory | None, list[Note], bool]:
    """What a copy needs of memory, what to say of it, and whether it fits."""
    served, card = choice.served, choice.accelerator
    if served is None or card is None or choice.precision not in served.weights_gb:
        return None, [], True
    cards = choice.accelerators
    weights = float(served.weights_gb[choice.precision]) * engines
    share = found.assume("memory_share")
    part_of = found.found[share].span.likely
    room = cards * float(card.memory_gb)
    said = (
        f"{served.name} at {choice.precision} takes {words.number(round(weights, 1))} GB of "
        f"{words.number(round(room * part_of, 1))} GB usable ({cards} × {card.name})"
    )
    if weights > room * part_of:
        return None, [Note("fit", "fails", f"{said}: it does not fit.")], False
    values = served.cache_values_per_token
    if values is None and served.layers and served.kv_heads and served.head_dim:
        values = 2 * served.layers * served.kv_heads * served.head_dim
    if values is None:
        return None, [Note("fit", "unproven", f"{said}; the size of its cache is not known.")], True
    given = choice.cache_bytes
    told = "two bytes a number, unless set" if given is None else "as the cost block says"
    found.figure(
        "cache_bytes",
        "Bytes of a number in the cache",
        given or Span.exactly(2),
        "bytes",
        Basis(assumption=told, confidence="medium"),
    )
    memory = Memory(weights * 1e9, float(values), room * 1e9, share, found.prefix + "cache_bytes")
    load = Load(Plan("", found.found).likely(), 1)
    fit = int(requests_that_fit(memory, load).item())
    length = int(context_tokens(load).item())
    if fit < 1:
        text = f"{said}; the rest has no room for one request of {length:,} tokens."
        return None, [Note("fit", "fails", text)], False
    if served.context_tokens is not None and length > served.context_tokens:
        text = f"{served.name} reads {served.context_tokens:,} tokens, not {length:,}."
        return None, [Note("context", "fails", text)], False
    text = f"{said}; the rest has room for {fit:,} requests of {length:,} tokens at once."
    return memory, [Note("fit", "passes", text)], True


def _owned(found: Parameters, owned: Owned, choice: HostingChoice) -> None:
    """The figures of machines that one owns; what is not said of power is assumed."""

    def figure(name: str, label: str, span: Span, unit: str, falls: bool = False) -> None:
        own = found.prefix + OWNED + name
        found.add(Parameter(own, label, span, unit, "judgement", owned.basis, falls=falls))

    def given_or_assumed(name: str, given: Span | None) -> None:
        if given is None:
            found.assume(name, under=found.prefix + OWNED + name)
        else:
            figure(name, found.decision.assumed[name].name, given, "")

    figure("price", "Price of a machine", owned.price, "USD")
    figure("years", "Years of use", owned.years, "years", True)
    if owned.kilowatts is not None:
        figure("kilowatts", "Power of a machine", owned.kilowatts, "kW")
        given_or_assumed("pue", owned.pue)
    elif choice.machine is not None:
        power = found.assume("kilowatts_per_accelerator", under=f"{found.prefix}{OWNED}kilowatts")
        one = found.found[power]
        cards = choice.machine.cards
        found.add(one._replace(label="Power of a machine", span=one.span.times(cards), unit="kW"))
        figure("pue", "Power of the building by that of the machines", Span.exactly(1), "times")
    if owned.kilowatts is not None or choice.machine is not None:
        given_or_assumed("electricity_kwh", owned.electricity_kwh)
    if owned.space_month is not None:
        figure("space_month", "Space of a machine a month", owned.space_month, "USD")
