"""Models that one hosts: instances by the hour, or machines that one owns."""

from typing import NamedTuple

import numpy as np

from selector.cost.curve import mean_instances
from selector.cost.load import Array, Item, Load

ALWAYS = 730.0  # hours of a month, of what is reserved or never switched off
ROUNDING = 1e-9  # of a copy, for which no other one is bought


class Memory(NamedTuple):
    """What a copy of the model needs of the memory of its accelerators.

    `weights` and `capacity` (of all accelerators of a copy) are in bytes; a token of the context
    takes `values_per_token` numbers of `cache_bytes` each. `share` and `cache_bytes` name
    parameters: the share of the memory that may be filled, and the bytes of a number.
    """

    weights: float
    values_per_token: float
    capacity: float
    share: str = "memory_share"
    cache_bytes: str = "cache_bytes"


class Hosting(NamedTuple):
    """A model that one hosts. The names are those of parameters; "" where there is none.

    `throughput`: tokens a second that one copy sustains, of output, or of all tokens where
    `counts_all`. `hour`: an instance. `is_reserved`: paid for every hour of the month whatever
    the load; `reserved_hour` is its price for a year's commitment. `concurrent_of`: the requests
    a month for which the concurrency is given; `seconds`: what an answer takes. `owned`: with what
    the names of the figures of owned machines begin. `missing_price` and `missing_throughput` say
    what is not known.
    """

    hour: str = "instance_hour"
    throughput: str = "instance_output_tokens_per_second"
    counts_all: bool = False
    utilisation: str = ""
    instances_per_copy: str = ""
    spare: str = ""
    up: str = ""
    seconds: str = ""
    concurrent_of: float = 1
    memory: Memory | None = None
    autoscales: bool = False
    idle_minutes: str = ""
    is_reserved: bool = False
    is_owned: bool = False
    owned: str = "owned."
    precision: str = ""
    reserved_hour: str = ""
    missing_price: str = "no price"
    missing_throughput: str = "no throughput"
    named: str = ""


class Copies(NamedTuple):
    """Copies of the model: at the peak (scenarios, months), and their mean over the hours."""

    peak: Array
    mean: Array
    unknown: bool


def peak_tokens(part: Hosting, load: Load) -> Array:
    """Tokens a second at the peak: requests × tokens / seconds of service × peak-to-mean."""
    seconds = load("hours_per_month") * 3600
    tokens = load("output_tokens") + (load("input_tokens") if part.counts_all else 0)
    return load.requests * tokens / seconds * load("peak_to_mean")


def requests_at_once(part: Hosting, load: Load) -> Array | None:
    """Requests in work at the peak: as given for so many requests, else arrivals × seconds each."""
    if load.has("concurrency"):
        return load("concurrency") * load.requests / part.concurrent_of
    if not part.seconds or not load.has(part.seconds):
        return None
    arrivals = load.requests / (load("hours_per_month") * 3600) * load("peak_to_mean")
    return arrivals * load(part.seconds)


def context_tokens(load: Load) -> Array:
    """Tokens of the longest request, input and output together."""
    if load.has("context_tokens"):
        return load("context_tokens")
    return load("input_tokens") + load("output_tokens")


def requests_that_fit(memory: Memory, load: Load) -> Array:
    """Requests that one copy has room for: what the weights leave / (cache of a token × context).

    Nought where not even the weights, or the cache of one request, fit.
    """
    room = np.maximum(0, memory.capacity * load(memory.share) - memory.weights)
    of_a_request = memory.values_per_token * load(memory.cache_bytes) * context_tokens(load)
    fits: Array = np.floor(room / np.maximum(of_a_request, 1e-9))
    return fits


def demand(part: Hosting, load: Load) -> tuple[Array, ...]:
    """Copies that the peak needs, not rounded: by speed, and by memory where that is known."""
    speed = load(part.throughput)
    if part.utilisation:
        speed = speed * load(part.utilisation)
    by_speed = peak_tokens(part, load) / speed
    at_once = None if part.memory is None else requests_at_once(part, load)
    if part.memory is None or at_once is None:
        return (by_speed,)
    # Whether it fits at all is looked at when the plan is made; here one request always does.
    return by_speed, at_once / np.maximum(requests_that_fit(part.memory, load), 1)


def copies_needed(part: Hosting, load: Load) -> Copies:
    """The most of: replicas wanted, what the peak needs, and what has room for the requests.

    Where an availability is wanted, spare copies are added to what the peak needs: the fewest
    with which enough are up for that share of the time, each being up for the share `up`.
    """
    least = load("replicas")
    if not part.throughput:
        used = (peak_tokens(part, load) > 0).any()
        kept = np.ceil(least) * np.ones_like(load.requests)
        return Copies(kept, kept, bool(used))
    peak = np.maximum.reduce(np.broadcast_arrays(*demand(part, load)))
    fewest = np.ceil(peak - ROUNDING)
    spare: Array = np.zeros_like(fewest)
    if part.spare:
        spare = np.ceil(load(part.spare)) * np.ones_like(fewest)
    elif part.up and load.has("availability"):
        spare = spares(fewest, load(part.up) / 100, load("availability") / 100)
    count = np.maximum(np.ceil(least), fewest + spare)
    if not part.autoscales:
        return Copies(count, count, False)
    p = load("peak_to_mean")
    floor = np.ceil(least) - spare
    if part.idle_minutes:
        floor = np.zeros_like(fewest)
    mean = spare + mean_instances(peak / p, p, np.maximum(floor, 0))
    if part.idle_minutes:
        mean = mean * _awake(load, part)
    return Copies(count, np.minimum(mean, count), False)


def _awake(load: Load, part: Hosting) -> Array:
    """The share of time in which a request has come within the idle minutes (Poisson arrivals)."""
    a_minute = load.requests / (load("hours_per_month") * 60)
    return 1 - np.exp(-a_minute * load(part.idle_minutes))


_COUNTED = 50  # copies up to which every case of failures is counted
_MOST = 20  # spare copies up to which it is


def spares(needed: Array, up: Array, wanted: Array) -> Array:
    """The fewest spare copies with which `needed` are up for the share `wanted` of the time.

    Copies fail apart from each other, each being up for the share `up` (below 1). Up to 50 needed
    and fewer than 20 spare ones the binomial distribution is summed; beyond, the normal one stands
    for it: n copies with n·up − z·√(n·up·(1 − up)) = needed.
    """
    few = np.minimum(needed, _COUNTED)
    if up.size == wanted.size == 1:  # as where one plan is looked at over many volumes
        table = _counted(np.arange(_COUNTED + 1.0), up.ravel(), wanted.ravel())
        found = table[few.astype(np.int64)]
    else:
        found = _counted(*np.broadcast_arrays(few, up, wanted))
    is_beyond = (needed > _COUNTED) | (found >= _MOST)
    if is_beyond.any():
        found = np.where(is_beyond, np.maximum(_normal(needed, up, wanted), found), found)
    return np.where(needed > 0, found, 0)


def _counted(needed: Array, up: Array, wanted: Array) -> Array:
    """The same by the binomial distribution, at most 20, where as many or more are needed."""
    found = np.full(needed.shape, float(_MOST))
    for spare in range(_MOST - 1, -1, -1):
        all_of = needed + spare
        chance = up**all_of  # that none of them is down
        enough = chance.copy()
        for down in range(spare):
            chance = chance * (all_of - down) / (down + 1) * (1 - up) / np.maximum(up, 1e-12)
            enough = enough + chance
        found = np.where(enough >= wanted - 1e-12, spare, found)
    return found


def _normal(needed: Array, up: Array, wanted: Array) -> Array:
    """The same by the normal distribution."""
    from statistics import NormalDist  # slow to import, and seldom wanted

    quantile = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
    spread = quantile(np.clip(wanted, 0.5, 1 - 1e-12)) * np.sqrt(up * (1 - up))
    copies = ((spread + np.sqrt(spread**2 + 4 * up * needed)) / (2 * up)) ** 2
    return np.asarray(np.ceil(copies - 1e-9) - needed)


def hosting_items(part: Hosting, load: Load) -> list[Item]:
    """The items: instances × hours × price, or what owned machines cost a month."""
    copies = copies_needed(part, load)
    per_copy = np.ones((1, 1))
    if part.instances_per_copy:
        per_copy = np.ceil(load(part.instances_per_copy))
    hours = np.full((1, 1), ALWAYS) if part.is_reserved else load("hours_per_month")
    running = copies.peak if part.is_reserved or part.is_owned else copies.mean
    name = "instances kept for availability" if copies.unknown else "instances"
    up = part.up if load.has("availability") else ""
    basis = [name for name in (part.throughput, part.utilisation, up) if name]
    if part.is_owned:
        items = _owned(part, load, running * per_copy, tuple(basis))
    else:
        known = part.hour and load.has(part.hour)
        items = [
            Item(
                part.named + name,
                "hosting",
                running * per_copy * hours,
                "hours",
                load(part.hour) if known else None,
                (part.hour, *basis) if known else tuple(basis),
                f"{part.missing_price}: {part.named}{name}",
            )
        ]
    if copies.unknown:
        more = np.ones_like(load.requests)
        items.append(
            Item(
                f"{part.named}instances for the peak",
                "hosting",
                more,
                "load",
                None,
                (),
                f"{part.missing_throughput}: {part.named}instances for the peak",
            )
        )
    return items


def _owned(part: Hosting, load: Load, machines: Array, basis: tuple[str, ...]) -> list[Item]:
    """Machines that one owns: price / years, power × PUE × hours × price of a kWh, and space."""
    price, years, power, pue, electricity, space = (
        part.owned + name
        for name in ("price", "years", "kilowatts", "pue", "electricity_kwh", "space_month")
    )
    monthly = load(price) / (12 * load(years))
    items = [
        Item(
            f"{part.named}machines, written off",
            "hosting",
            machines,
            "machines",
            monthly,
            (price, years, *basis),
        )
    ]
    if load.has(power):
        drawn = load(power) * load(pue) * load("hours_per_month")
        known = load.has(electricity)
        items.append(
            Item(
                f"{part.named}electricity",
                "hosting",
                machines * drawn,
                "kWh",
                load(electricity) if known else None,
                (electricity, power, pue) if known else (),
                f"no price: {part.named}electricity",
            )
        )
    if load.has(space):
        items.append(
            Item(
                f"{part.named}space",
                "hosting",
                machines,
                "machines",
                load(space),
                (space,),
            )
        )
    return items
