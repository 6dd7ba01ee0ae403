"""How a workbook shows figures: with as many digits as say something, in columns that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST_DIGITS, ALL = 9, 4  # behind the point of a figure; so many are shown whatever they say
SHOWN = {"money": 2, "tenth": 1, "score": 4}  # digits behind the point that looks always show
CENT = 0.005  # money below it would be seen as nothing
WIDEST = 22  # letters of a figure that is written out


def digits(figures: Iterable[float]) -> int:
    """How many digits behind the point tell figures: all of them if few, or those that count."""
    told = list(figures)
    few = (d for d in range(ALL + 1) if all(round(x, d) == x for x in told))
    count = (
        d for d in range(MOST_DIGITS) if all(abs(round(x, d) - x) <= 5e-4 * abs(x) for x in told)
    )
    return next(few, next(count, MOST_DIGITS))


def figures_look(figures: Iterable[float]) -> str:
    """The look by which figures of one column say something and are not too wide."""
    told = list(figures)
    count = digits(told)
    is_lost = any(x and not float(f"{x:.{count}f}") for x in told)
    return "science" if is_lost or wide(told, count) > WIDEST else f"number{count}"


def figure_look(figure: float, look: str) -> str:
    """The look of one figure: with as many digits as it has, unless it is to have another."""
    is_own = look in ("text", "total", "number") or (look == "money" and 0 < abs(figure) < CENT)
    return figures_look([figure]) if is_own else look


def showing(
    widths: Sequence[float], looks: Sequence[str], rows: Iterable[Sequence[object]]
) -> list[float]:
    """The widths, and more where figures of a column with a look of its own would not be seen."""
    found = list(widths)
    for row in rows:
        for column, (value, look) in enumerate(zip(row, looks, strict=False)):
            if not look or not isinstance(value, int | float):
                continue
            own = figure_look(value, look)
            letters = 9 if own == "science" else wide([value], SHOWN.get(own))
            found[column] = max(found[column], letters + 2.0)  # sums are bold
    return found


def wide(figures: Iterable[float], count: int | None = None) -> int:
    """How many letters the widest of figures takes, with so many digits behind the point."""
    told = list(figures)
    count = digits(told) if count is None else count
    return max((len(f"{x:,.{count}f}") for x in told), default=0)
