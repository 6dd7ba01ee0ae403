"""The shape of what a decision's record says beside the answer."""

from datetime import date
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Line, Name
from selector.catalog.shapes._shape import After, Before, Limits, Shape, wrong

Status = Literal["proposed", "accepted", "rejected", "deprecated", "superseded"]
MOST_PARTS, MOST_LINKS = 40, 80  # what one can still read in a diagram


def _link(value: list[Any]) -> list[Any]:
    """From one part to another, with what goes along it where that is told."""
    if not 2 <= len(value) <= 3 or not all(isinstance(word, str) for word in value):
        raise wrong("not a link", "write [from, to] or [from, to, what goes along it]")
    return [" ".join(word.split()) for word in value]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[list[Name], Before(_as_list, or_text=True)]


class ApprovalShape(Shape):
    """Somebody who approved the decision."""

    by: Name
    on: date
    role: Line = ""
    version: Line = ""
    note: str = ""


class ArchitectureShape(Shape):
    """The parts around the choice, and how they are linked."""

    parts: dict[str, Name] = {}
    links: Annotated[list[Annotated[list[Any], After(_link)]], Limits(min_length=1)]

    def check(self) -> None:
        """How much of it there may be."""
        if len(self.parts) > MOST_PARTS or len(self.links) > MOST_LINKS:
            raise wrong(
                f"{len(self.parts)} parts and {len(self.links)} links",
                f"draw at most {MOST_PARTS} and {MOST_LINKS}: more cannot be read",
            )


class EntryShape(Shape):
    """A line of the change log."""

    on: date
    by: Name
    what: Name
    before: Line = ""
    now: Line = ""
    why: str = ""
