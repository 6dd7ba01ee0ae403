"""The dictionary of facts: what each fact is called, its type and unit, how long it keeps."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from selector.domain import EMPTY

FactType = Literal["number", "boolean", "level", "set", "text", "date"]


class FactDefinition(NamedTuple):
    """One fact of the dictionary. `levels` run from worst to best; `zero` is what 0 reads as."""

    id: str
    name: str
    type: FactType
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    levels: tuple[str, ...] = ()
    choices: Mapping[str, str] = EMPTY
    shelf_life_days: int = 365
    find: str = ""
    group: str = ""
    zero: str = ""

    def is_stale(self, as_of: date, today: date) -> bool:
        """Whether a fact dated `as_of` is past its shelf life on the day `today`."""
        return (today - as_of).days > self.shelf_life_days


Dictionary = Mapping[str, FactDefinition]
