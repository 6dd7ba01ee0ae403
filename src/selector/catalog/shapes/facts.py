"""The shape of the fact dictionary, `criteria/facts.yaml`."""

from typing import Literal

from pydantic import Field, model_validator

from selector.catalog.shapes._common import Id, Number, Shape, wrong


class FactShape(Shape):
    """One fact: its name, type, unit, bounds, shelf life, and where to look for it."""

    name: str = Field(min_length=1)
    type: Literal["number", "boolean", "level", "set", "text", "date"]
    unit: str = ""
    min: Number | None = None
    max: Number | None = None
    levels: list[str] = []
    choices: dict[Id, str] = {}
    shelf_life_days: int = Field(default=365, gt=0, le=36500)
    find: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _fits_its_type(self) -> "FactShape":
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
        if self.min is not None and self.max is not None and self.min > self.max:
            raise wrong("min is above max", "swap them")
        return self


class FactsFile(Shape):
    """The whole dictionary."""

    facts: dict[Id, FactShape]
