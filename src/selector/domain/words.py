"""Numbers, dates and lists as people read them. The same words in the app, messages and exports."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil, copysign, floor, inf, log10

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
POINTS = "points"  # the unit of scores
YEAR = "year"  # the unit of years of the calendar, not of lengths of time


def number(value: float) -> str:
    """A number with thousands separated: whole from 100 up, else up to four significant digits.

    A number that four digits would round to another side of 99.9-like limits keeps its digits.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return "unknown"
    value += 0.0  # of nothing there is no less
    if (abs(value) >= 100 and value == round(value)) or abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.6g}" if abs(value) >= 1 else f"{value:.4g}"
    return signed(text) if "e" not in text else text


def signed(text: str) -> str:
    """The text of a figure with a true minus sign."""
    return text.replace("-", "\u2212")


def past(limit: float, is_more: bool, now: float | None = None) -> float:
    """A limit in three digits, or in as many more as tell it well apart from what is `now`.

    It is rounded to the side that keeps what is said of it true: up where more is needed.
    """
    near = abs(limit - now) / 10 if now is not None else inf
    turn = ceil if is_more else floor
    for digits in range(3, 10):
        least = 10.0 ** (floor(log10(abs(limit))) - digits + 1) if limit else 1.0
        least = max(least, 1.0) if abs(limit) >= 1000 else least  # as they are written
        steps = round(limit / least, 6)
        found = float(f"{turn(steps) * least:.12g}")
        if abs(found - limit) <= near:
            break
    return found


def span(low: float, high: float) -> str:
    """A range, or the one number where both ends are equal; no stroke beside a minus sign."""
    if low == high:
        return number(low)
    ends = number(low), number(high)
    both = "".join(ends)
    return (" to " if "\u2212" in both or "-" in both else "–").join(ends)


def with_unit(text: str, unit: str) -> str:
    """The text with its unit behind it; of 1 a unit that begins with a plain word loses its s.

    A year is said as one, 2023, with no unit.
    """
    if unit == YEAR:
        return text.replace(",", "")
    word, *rest = unit.split(" ", 1)
    if text == "1" and len(word) > 3 and word.isalpha() and word.endswith("s"):
        unit = " ".join([word[:-1], *rest])
    return f"{text} {unit}".strip()


def points(score: float) -> str:
    """A score of 0 to 1 as points of 100 with one decimal."""
    return signed(f"{tenths(100 * score):.1f}")


def tenths(value: float) -> float:
    """A figure with one decimal, a half away from nothing as spreadsheets and charts round it."""
    return copysign(floor(round(abs(value) * 10, 9) + 0.5) / 10, value) + 0.0  # no −0.0


def apart(high: float, low: float) -> float:
    """How far one score is ahead of another as their points are shown: of 84.0 and 83.4, 0.006."""
    return round(tenths(100 * high) - tenths(100 * low), 1) / 100


def rounded(value: float) -> int:
    """A figure as a whole number, a half upwards as spreadsheets and charts round it."""
    return floor(round(value, 9) + 0.5)


def of_100(share: float) -> str:
    """A share as so many of 100; what is not nothing never reads as 0, nor what is not all."""
    if 0 < share < 0.005:
        return "under 1"
    if 0.995 <= share < 1:
        return "over 99"
    return f"{rounded(100 * share)}"


def day(value: date) -> str:
    """A date as 20 Nov 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def plain(name: str) -> str:
    """The name of a level or choice as people read it: without underscores, `api` as API."""
    return re.sub(r"\bapi\b", "API", name.replace("_", " "))


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def few(items: Sequence[str], most: int) -> list[str]:
    """All items of few; of many the first `most`, and how many more: never "1 more"."""
    if len(items) <= most + 1:
        return list(items)
    return [*items[:most], f"{len(items) - most} more"]


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Short names by id: what stands before the first comma, where no other shares it."""
    heads = {name_id: name.split(",", 1)[0].strip() for name_id, name in names.items()}
    shared = Counter(heads.values())
    return {i: head if shared[head] == 1 else names[i] for i, head in heads.items()}
