"""The shape of a criteria set, `criteria/<id>.yaml`."""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Id, Line, Name, one_line
from selector.catalog.shapes._shape import Before, Limits, Shape, wrong

_PERCENT = re.compile(r"[0-9]+(\.[0-9]+)?\s*%\Z")


def _points(value: Any) -> Any:
    """Points of a weight: a number, or a share written with `%`."""
    if isinstance(value, str) and _PERCENT.match(value):
        if float(value.rstrip("% ")) > 100:
            raise wrong(f"a share of {value}", "shares add up to 100 %")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(
            f"{str(value)!r} is not a weight", "write points such as 30, or a share such as 30%"
        )
    if value < 0:
        raise wrong(f"a negative weight, {value}", "write 0 or more")
    return value


_POINTS = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^[0-9.]+\s*%$"}]
}
Points = Annotated[Any, Before(_points, _POINTS)]


def _end(value: Any) -> Any:
    """An end of a scale: a number, or `{budget: share}`."""
    if isinstance(value, dict):
        share = value.get("budget")
        if (
            set(value) != {"budget"}
            or isinstance(share, bool)
            or not isinstance(share, int | float)
        ):
            raise wrong("not an end of a scale", "write a number, or {budget: share}")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(
            f"{str(value)!r} is not an end of a scale", "write a number, or {budget: share}"
        )
    return value


_BUDGET = {
    "type": "object",
    "properties": {"budget": {"type": "number"}},
    "additionalProperties": False,
}
End = Annotated[Any, Before(_end, {"anyOf": [{"type": "number"}, _BUDGET]})]


def _level_name(value: Any) -> Any:
    """The name of a level as it is written, spaces too, since performances are told by it."""
    if isinstance(value, str) and not one_line(value):
        raise wrong("a level without a name", "write its name before the ':'")
    return ("true" if value else "false") if isinstance(value, bool) else value


class ValueShape(Shape):
    """How a performance becomes a value: ends, points or levels, one of the three."""

    worst: End = None
    best: End = None
    clamp: bool = True
    points: list[list[float]] | None = None
    levels: dict[Annotated[str, Before(_level_name)], float] | None = None

    def check(self) -> None:
        """Relations between the keys."""
        ends = self.worst is not None or self.best is not None
        if ends + (self.points is not None) + (self.levels is not None) != 1:
            raise wrong("not one value function", "give worst and best, or points, or levels")
        if ends and (self.worst is None or self.best is None):
            missing = "worst" if self.worst is None else "best"
            raise wrong(f"the end {missing!r} of the scale is missing", f"add '{missing}: …'")
        if ends and self.worst == self.best:
            raise wrong("worst equals best", "give two different ends")
        if not self.clamp and not ends:
            raise wrong("'clamp' without ends", "clamp belongs to worst and best")
        if self.points is not None:
            self._check_points(self.points)
        if self.levels is not None:
            if not self.levels:
                raise wrong("no level is given a value", "write levels: {name: value, …}")
            if any(not 0 <= v <= 1 for v in self.levels.values()):
                raise wrong("a level's value is outside 0 to 1", "write values from 0 to 1")

    @staticmethod
    def _check_points(points: list[list[float]]) -> None:
        if len(points) < 2 or any(len(point) != 2 for point in points):
            raise wrong("points that are not pairs, or fewer than two", "write [[x, v], [x, v], …]")
        if any(b[0] <= a[0] for a, b in pairwise(points)):
            raise wrong("the points' x does not rise", "order the points by x, each x once")
        if any(not 0 <= point[1] <= 1 for point in points):
            raise wrong("a point's value is outside 0 to 1", "write values from 0 to 1")


class MeasureShape(Shape):
    """What a leaf measures: a fact, a share of a set, or a figure of the bill."""

    fact: Id | None = None
    share_of: Id | None = None
    wanted: list[str] = []
    cost: Literal["monthly", "monthly_mean", "total", "per_1000_requests"] | None = None

    def check(self) -> None:
        """Relations between the keys."""
        if (self.fact is not None) + (self.share_of is not None) + (self.cost is not None) != 1:
            raise wrong("not one measure", "give fact, or share_of with wanted, or cost")
        if (self.share_of is not None) != bool(self.wanted):
            raise wrong(
                "share_of and wanted belong together", "write {share_of: fact, wanted: [..]}"
            )
        if len(set(self.wanted)) < len(self.wanted):
            raise wrong("a wanted choice stands twice", "name each once")


class PreferenceShape(Shape):
    """The preference function of outranking methods, with its thresholds."""

    shape: Literal["usual", "u", "v", "level", "linear", "gaussian"]
    indifference: float | None = None
    preference: float | None = None
    sigma: float | None = None

    def check(self) -> None:
        """The thresholds that a shape needs, in order."""
        needed = {
            "u": ("indifference",),
            "v": ("preference",),
            "level": ("indifference", "preference"),
            "linear": ("indifference", "preference"),
            "gaussian": ("sigma",),
        }
        for key in needed.get(self.shape, ()):
            if getattr(self, key) is None:
                raise wrong(f"the shape {self.shape} without {key!r}", f"add '{key}: …'")
        least, most = self.indifference or 0.0, self.preference
        if min(least, most or 0.0) < 0 or (self.sigma is not None and self.sigma <= 0):
            raise wrong("a threshold below zero", "write 0 or more, and a sigma above 0")
        if most is not None and most < least:
            raise wrong("preference below indifference", "exchange the two")


def _not_applicable(value: Any) -> Any:
    if value in ("best", "worst"):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise wrong(
            f"{str(value)!r} for not_applicable", "write best, worst, or a value from 0 to 1"
        )
    return value


_OUTSIDE = {"anyOf": [{"enum": ["best", "worst"]}, {"type": "number"}]}


class CriterionShape(Shape):
    """A group with children, or a leaf."""

    id: Id
    name: Line = ""
    weight: Points | None = None
    children: list["CriterionShape"] = []
    goal: Literal["max", "min"] | None = None
    unit: Line = ""
    measure: MeasureShape | None = None
    value: ValueShape | None = None
    question: str = ""
    anchors: dict[float, str] = {}
    frameworks: dict[Literal["nist_ai_rmf", "well_architected"], list[str]] = {}
    not_applicable: Annotated[Any, Before(_not_applicable, _OUTSIDE)] = None
    preference: PreferenceShape | None = None
    veto: float | None = None
    note: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        if self.children and (self.measure or self.value or self.goal):
            raise wrong("a group with a measure of its own", "a group has children; leaves measure")


class CriteriaFile(Shape):
    """The whole criteria set."""

    id: Id
    name: Name
    summary: str = ""
    presets: dict[Id, dict[str, Points]] = {}
    widening: dict[Literal["high", "medium", "low"], Annotated[float, Limits(ge=0, le=1)]] = {}
    criteria: Annotated[list[CriterionShape], Limits(min_length=1)]
