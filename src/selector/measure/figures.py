"""Evidence to figures: low, central and high of one performance, in the leaf's own unit."""

from typing import NamedTuple

from selector.domain import words
from selector.domain.evidence import Evidence
from selector.domain.levels import TRUTH
from selector.mcda import distributions


class Figures(NamedTuple):
    """What is known of a performance. `central` is None where only a range of levels is."""

    low: float
    central: float | None
    high: float


def figures_of(evidence: Evidence, names: tuple[str, ...]) -> Figures | None:
    """The figures of one fact; None where it has no value.

    `names` are those of the levels (("false", "true") for booleans), which count by their place;
    empty for numbers. Central is the value, else the likely one, else the middle of the range.
    """
    if evidence.state == "disputed":
        parts = [f for account in evidence.accounts if (f := figures_of(account, names))]
        if not parts:
            return None
        low, high = min(p.low for p in parts), max(p.high for p in parts)
        return Figures(low, None if names else (low + high) / 2, high)
    if evidence.state != "value":
        return None
    if evidence.distribution is not None:
        given = evidence.distribution
        return Figures(*distributions.summary(given.kind, given.parameters))
    value, likely = _place(evidence.value, names), _place(evidence.likely, names)
    central = value if value is not None else likely
    least, most = _place(evidence.low, names), _place(evidence.high, names)
    if least is None or most is None:
        return None if central is None else Figures(central, central, central)
    if central is None and not names:
        central = (least + most) / 2
    return Figures(least, central, most)


def _place(value: object, names: tuple[str, ...]) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value)
    return float(names.index(value)) if isinstance(value, str) and value in names else None


def shown(figures: Figures, names: tuple[str, ...], zero: str = "", unit: str = "") -> str:
    """Figures as people read them: numbers, names of levels, yes or no; `zero` is said for 0.

    Without the unit; years are said as such, and points to two decimals.
    """
    if zero and not names and figures.low == figures.high == 0:
        return zero
    if not names:
        low, high = figures.low, figures.high
        if unit == words.POINTS:
            low, high = round(low, 2), round(high, 2)
        told = words.span(low, high)
        return words.with_unit(told, unit) if unit == words.YEAR else told
    said = ("no", "yes") if names == TRUTH else [words.plain(name) for name in names]
    ends = [said[int(figures.low)], said[int(figures.high)]]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
