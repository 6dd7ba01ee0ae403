"""From the least to the most that a bill could be, and what each figure does to it."""

from typing import NamedTuple

import numpy as np

from selector.cost.load import Array
from selector.cost.plan import Bill, Plan, bill
from selector.domain.span import Span


class Spread(NamedTuple):
    """The bill in every case of interest, one scenario each.

    Row 0 has all figures likely, row 1 every figure at its cheaper end, row 2 at its dearer end;
    then two rows for each of `ranges`, the figures that are no single number: that one at its low
    and at its high end, all else likely. The bill is at least the least of all rows.
    """

    bill: Bill
    ranges: tuple[str, ...] = ()

    def span(self, figure: str) -> Span:
        """A figure of the bill (`monthly`, `total` …): the least, the likely and the most.

        `per_1000_requests` is that of the cases with requests; where `is_idle` there is none.
        """
        found = getattr(self.bill, figure)()
        return spanned(np.where(np.isfinite(found), found, found[0]))

    @property
    def is_idle(self) -> bool:
        """Whether there are likely no requests to divide the bill by."""
        return not np.isfinite(self.bill.per_1000_requests()[0])

    @property
    def cheapest(self) -> int:
        """The scenario whose first month costs least."""
        return int(np.argmin(self.bill.monthly()))

    @property
    def dearest(self) -> int:
        """The scenario whose first month costs most."""
        return int(np.argmax(self.bill.monthly()))

    def ends(self, figure: str) -> dict[str, tuple[float, float]]:
        """What a figure of the bill is with each range at its low and at its high end."""
        found = getattr(self.bill, figure)()
        return {
            name: (float(found[3 + 2 * place]), float(found[4 + 2 * place]))
            for place, name in enumerate(self.ranges)
        }


def spanned(rows: Array) -> Span:
    """The least, the first and the most of some scenarios."""
    return Span(float(rows.min()), float(rows[0]), float(rows.max()))


def spread_of(plan: Plan) -> Spread:
    """The bill with every figure likely, with all at the cheaper ends, at the dearer ends.

    Which end of a figure is the cheaper is tried out, one figure at a time; where that changes
    nothing, the parameter says it. Steps and products of figures can make a single figure's end
    the true extreme, so these rows count too.
    """
    ranges = tuple(name for name, p in plan.parameters.items() if not p.span.is_exact)
    likely = plan.likely()
    if not ranges:
        return Spread(bill(plan, likely))
    alone = {
        name: np.full(3 + 2 * len(ranges), plan.parameters[name].span.likely) for name in ranges
    }
    for place, name in enumerate(ranges):
        alone[name][3 + 2 * place] = plan.parameters[name].span.low
        alone[name][4 + 2 * place] = plan.parameters[name].span.high
    tried = bill(plan, likely | alone).total()
    for place, name in enumerate(ranges):
        span = plan.parameters[name].span
        low, high = tried[3 + 2 * place], tried[4 + 2 * place]
        falls = low > high if low != high else plan.parameters[name].falls
        alone[name][1] = span.high if falls else span.low
        alone[name][2] = span.low if falls else span.high
    return Spread(bill(plan, likely | alone), ranges)
