"""A figure with the least and the most it could be."""

from typing import NamedTuple


class Span(NamedTuple):
    """A figure: at least `low`, most likely `likely`, at most `high`; all three rise."""

    low: float
    likely: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> "Span":
        """A figure that is known."""
        return cls(value, value, value)

    @classmethod
    def between(cls, low: float, high: float) -> "Span":
        """A range of which nothing more is known: the middle is likely."""
        return cls(low, (low + high) / 2, high)

    @property
    def is_exact(self) -> bool:
        """Whether low and high are one."""
        return self.low == self.high

    def times(self, factor: float) -> "Span":
        """The figure multiplied by a number that is not negative."""
        return Span(self.low * factor, self.likely * factor, self.high * factor)
