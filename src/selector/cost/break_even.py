"""From which volume on one alternative is cheaper than another: exact on steps and tiers.

The first month's bill over the requests of a month is a line between the places where something
happens: another accelerator is needed, a tier begins, a least bill is reached. The first two are
known in closed form, the others are found where two lines meet. Two such functions are compared
piece by piece.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from selector.cost.hosting import ROUNDING, Hosting, demand
from selector.cost.load import Array, Load
from selector.cost.plan import Parameter, Plan, answering, bill
from selector.cost.services import Serviced, used
from selector.domain.span import Span

COPIES = 4096  # copies up to which whole accelerators are looked at, one by one
_SMOOTH_COPIES = 128  # the same where instances come and go, which bends the bill between steps
_ROUNDS = 24
_LARGE = 1e12
_SLIVER = 1e-8  # of a volume: of pieces as short as that nothing more is asked
_NEAR = 1e-7  # of a piece: so near its ends that no bend is missed, yet past a rounded copy
_KEPT = 32  # bills over the volume, of some hundred kilobytes each at most
_REQUESTS = "requests_per_month"
_INSIDE = np.array([_NEAR, 0.3, 0.7, 1 - _NEAR])


class Volumes(NamedTuple):
    """A bill over the requests of a month: piece by piece a line.

    From `starts` on (the first is 0) it is `at` and rises by `slopes` a request; beyond `limit`
    only its slope in the long run, `tail`, is known; infinity where the last piece goes on.
    """

    starts: Array
    at: Array
    slopes: Array
    limit: float
    tail: float

    def value(self, requests: Array) -> Array:
        """The bill of so many requests, just above them where it jumps there."""
        place = np.searchsorted(self.starts, requests, side="right") - 1
        return np.asarray(
            self.at[place] + self.slopes[place] * (requests - self.starts[place]), np.float64
        )


class Crossing(NamedTuple):
    """A volume at which the cheaper of two alternatives changes; whether the first is it above."""

    requests: float
    is_cheaper_above: bool


class BreakEven(NamedTuple):
    """From `requests` on the first stays cheaper, None where it does not; and all crossings.

    `searched_to` is the volume up to which crossings were looked for; beyond, the first must not
    be the dearer in the long run.
    """

    requests: float | None
    crossings: tuple[Crossing, ...]
    searched_to: float


def monthly_at(plan: Plan, requests: Array) -> Array:
    """The first month's bill at so many requests (n,), every other figure likely."""
    figures = plan.likely() | {_REQUESTS: requests}
    found = bill(plan._replace(months=1, credits=()), figures).monthly()
    return np.broadcast_to(found, requests.shape)


def volumes_of(plan: Plan) -> Volumes:
    """The bill over the volume, as lines between all its steps and bends.

    It does not hang on the volume that the plan itself has: whoever moves only that, or looks at
    the same bill as somebody before, has it at once.
    """
    likely = ((name, p.span.likely) for name, p in plan.parameters.items() if name != _REQUESTS)
    return _volumes_of(plan[Plan._fields.index("serving") :], tuple(likely))


@lru_cache(_KEPT)
def _volumes_of(parts: tuple[Any, ...], likely: tuple[tuple[str, float], ...]) -> Volumes:
    figures = {name: Parameter(name, "", Span.exactly(figure)) for name, figure in likely}
    plan = Plan("", figures, 1, *parts)
    steps, limit, is_smooth = _steps(plan)
    top = limit if np.isfinite(limit) else max(_LARGE, 4 * float(max(steps, default=0)))
    decades = 10.0 ** np.arange(0, np.log10(top))
    ends = np.unique(np.array([0.0, *decades, *steps[steps < top], top]))
    ends = ends[np.concatenate([[True], np.diff(ends) > _SLIVER * ends[1:]])]
    left, right = ends[:-1], ends[1:]
    pieces: list[tuple[Array, Array, Array]] = []
    for turn in range(_ROUNDS):
        at, slopes, bends = _lines(plan, left, right, 1e-7 if is_smooth else 1e-11)
        done = np.isnan(bends) if turn < (5 if is_smooth else _ROUNDS - 1) else bends == bends
        done = done | np.isnan(bends)
        pieces.append((left[done], at[done], slopes[done]))
        left, right, bends = left[~done], right[~done], bends[~done]
        if not left.size:
            break
        left, right = np.concatenate([left, bends]), np.concatenate([bends, right])
    starts, at, slopes = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    order = np.argsort(starts)
    starts, at, slopes = starts[order], at[order], slopes[order]
    tail = float(slopes[-1])
    if np.isfinite(limit):
        far = np.array([1e3, 1e4]) * limit
        tail = float(np.diff(monthly_at(plan, far)).item() / np.diff(far).item())
    return Volumes(starts, at, slopes, limit, tail)


def _lines(plan: Plan, left: Array, right: Array, tolerance: float) -> tuple[Array, Array, Array]:
    """Value at the left and slope of each piece, and where it bends (NaN where it does not)."""
    width = right - left
    x = left[:, None] + width[:, None] * _INSIDE
    y = monthly_at(plan, x.ravel()).reshape(x.shape)
    first = (y[:, 1] - y[:, 0]) / (x[:, 1] - x[:, 0])
    last = (y[:, 3] - y[:, 2]) / (x[:, 3] - x[:, 2])
    whole = (y[:, 3] - y[:, 0]) / (x[:, 3] - x[:, 0])
    off = np.abs(y[:, 1:3] - (y[:, :1] + whole[:, None] * (x[:, 1:3] - x[:, :1]))).max(axis=1)
    is_straight = off <= tolerance * np.maximum(np.abs(y).max(axis=1), 1e-6)
    with np.errstate(divide="ignore", invalid="ignore"):
        meet = (y[:, 2] - last * x[:, 2] - y[:, 0] + first * x[:, 0]) / (first - last)
    inside = (meet > left + 1e-9 * width) & (meet < right - 1e-9 * width)
    bends = np.where(inside, meet, (left + right) / 2)
    is_done = is_straight | (width <= _SLIVER * right)
    return y[:, 0] - whole * (x[:, 0] - left), whole, np.where(is_done, np.nan, bends)


def _steps(plan: Plan) -> tuple[Array, float, bool]:
    """Volumes at which a copy is added or a tier begins; up to where; whether it bends between."""
    one, none = (Load(plan.likely() | {_REQUESTS: np.array([volume])}, 1) for volume in (1.0, 0.0))
    found: list[Array] = []
    limit, is_smooth = np.inf, False
    hosted: list[float] = []
    for parts, load in answering(plan, one):
        for part in parts:
            if isinstance(part, Hosting) and part.throughput:
                hosted += [float(each.item()) for each in demand(part, load) if each.item() > 0]
                is_smooth = is_smooth or part.autoscales
    for rate in hosted:
        limit = min(limit, (_SMOOTH_COPIES if is_smooth else COPIES) / rate)
    for rate in hosted:
        copies = np.arange(1, int(limit * rate) + 1, dtype=np.float64)
        found.append((copies + ROUNDING) / rate)
    for part in plan.around:
        for charge in part.charges if isinstance(part, Serviced) else ():
            fixed = float(used(charge, none).item())
            rate = float(used(charge, one).item()) - fixed
            if rate > 0:
                found.append(np.array([(start - fixed) / rate for start, _ in charge.steps]))
    steps = np.concatenate(found) if found else np.empty(0)
    return steps[steps > 0], limit, is_smooth


def break_even(first: Volumes, second: Volumes, noise: float = 1e-9) -> BreakEven:
    """From which volume on the first is cheaper than the second, and every crossing.

    Differences of less than `noise` of the bill count as none.
    """
    limit = min(first.limit, second.limit)
    starts = np.union1d(first.starts, second.starts)
    starts = starts[starts < limit]
    slope = _of(first.slopes, first, starts) - _of(second.slopes, second, starts)
    size = np.maximum(first.value(starts), second.value(starts))
    here = first.value(starts) - second.value(starts)
    width = np.diff(np.append(starts, limit))
    with np.errstate(invalid="ignore"):
        there = np.where(np.isfinite(width), here + slope * width, here + slope * _LARGE * 1e6)
    signs = np.stack([_sign(here, size * noise), _sign(there, size * noise)], axis=1).ravel()
    crossings = []
    told = np.flatnonzero(signs)
    begins = float(starts[told[0] // 2]) if told.size else 0.0
    for place in told[1:][signs[told[1:]] != signs[told[:-1]]]:
        piece, at_end = divmod(int(place), 2)
        volume = float(starts[piece])
        if at_end and signs[place - 1]:
            volume -= float(here[piece] / slope[piece])
        crossings.append(Crossing(volume, bool(signs[place] < 0)))
    last = signs[told[-1]] if told.size else 0.0
    stays = crossings[-1].requests if crossings else begins
    falls_behind = np.isfinite(limit) and first.tail > second.tail * (1 + 1e-9)
    is_cheaper = last < 0 and not falls_behind
    return BreakEven(stays if is_cheaper else None, tuple(crossings), float(limit))


def _of(figures: Array, volumes: Volumes, requests: Array) -> Array:
    return figures[np.searchsorted(volumes.starts, requests, side="right") - 1]


def _sign(difference: Array, noise: Array) -> Array:
    return np.where(np.abs(difference) <= noise + 1e-9, 0.0, np.sign(difference))


class Moved(NamedTuple):
    """From which volume on the first stays cheaper with one figure at its low or its high end."""

    parameter: Parameter
    at_low: float | None
    at_high: float | None


def moved_by(first: Plan, second: Plan) -> tuple[Moved, ...]:
    """What each figure that is a range does to the volume from which the first stays cheaper.

    A figure of the workload and an assumption move both plans, a price only its own.
    """
    still = volumes_of(first), volumes_of(second)
    found: dict[tuple[str, str], Moved] = {}
    for place, plan in enumerate((first, second)):
        for name, parameter in plan.parameters.items():
            is_shared = parameter.origin in ("workload", "assumption")
            key = (name, parameter.row if is_shared else str(place))
            if parameter.span.is_exact or name == _REQUESTS or key in found:
                continue
            ends = []
            for end in (parameter.span.low, parameter.span.high):
                curves = list(still)
                for index, each in enumerate((first, second)):
                    own = each.parameters.get(name)
                    is_same = own is not None and is_shared and own.row == parameter.row
                    if own is not None and (is_same or index == place):
                        curves[index] = volumes_of(_with(each, own, end))
                ends.append(break_even(curves[0], curves[1]).requests)
            found[key] = Moved(parameter, ends[0], ends[1])
    moving = [each for each in found.values() if each.at_low != each.at_high]
    return tuple(sorted(moving, key=_farthest))


def _with(plan: Plan, parameter: Parameter, value: float) -> Plan:
    changed = parameter._replace(span=Span.exactly(value))
    return plan._replace(parameters={**plan.parameters, parameter.name: changed})


def _farthest(moved: Moved) -> float:
    """The farthest first: those with an end at which it is never cheaper before all others."""
    if moved.at_low is None or moved.at_high is None:
        return -np.inf
    return -abs(moved.at_high - moved.at_low)
