"""The shape of the fact dictionary, `criteria/facts.yaml`."""

from typing import Annotated, Literal

from selector.catalog.shapes._common import Id, Line, Name
from selector.catalog.shapes._shape import Limits, Shape, wrong


class FactShape(Shape):
    """One fact: its name, type, unit, bounds, shelf life, and where to look for it."""

    name: Name
    type: Literal["number", "boolean", "level", "set", "text", "date"]
    unit: Line = ""
    min: float | None = None
    max: float | None = None
    levels: list[Name] = []
    choices: dict[Id, str] = {}
    shelf_life_days: Annotated[int, Limits(gt=0, le=36500)] = 365
    find: str = ""
    group: Line = ""
    zero: Line = ""

    def check(self) -> None:
        """Relations between the keys."""
        if self.type == "level" and len(self.levels) < 2:
            raise wrong("a level without its levels", "add 'levels: [worst, …, best]'")
        if self.type == "set" and not self.choices:
            raise wrong("a set without its choices", "add 'choices: {id: name, …}'")
        if self.levels and self.type != "level":
            raise wrong(f"levels for the type {self.type}", "levels belong to 'type: level'")
        if self.choices and self.type != "set":
            raise wrong(f"choices for the type {self.type}", "choices belong to 'type: set'")
        if len(set(self.levels)) < len(self.levels):
            raise wrong("a level is named twice", "name each level once")
        if (self.min is not None or self.max is not None) and self.type != "number":
            raise wrong(f"bounds for the type {self.type}", "min and max belong to 'type: number'")
        if self.zero and self.type != "number":
            raise wrong(f"'zero' for the type {self.type}", "zero belongs to 'type: number'")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise wrong("min is above max", "swap them")


class FactsFile(Shape):
    """The whole dictionary."""

    facts: dict[Id, FactShape]
