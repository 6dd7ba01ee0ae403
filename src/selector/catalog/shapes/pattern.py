"""The shape of a pattern, `patterns/<id>.yaml`."""

from typing import Annotated, Literal

from selector.catalog.shapes._common import Id, Line, Name
from selector.catalog.shapes._shape import Limits, Shape, wrong

Place = Annotated[int, Limits(ge=0, le=11)]
Frameworks = dict[Literal["nist_ai_rmf", "well_architected"], list[str]]


class ZoneShape(Shape):
    """A trust boundary."""

    id: Id
    name: Name


class DataShape(Shape):
    """A kind of data that flows."""

    id: Id
    name: Name
    handling: str = ""


class RoleShape(Shape):
    """A part of the system, at its place in the picture."""

    id: Id
    name: Name
    zone: Id
    at: Annotated[list[Place], Limits(min_length=2, max_length=2)]
    kind: Literal["person", "process", "store", "queue", "model", "ground"] = "process"
    layer: Id | None = None
    does: str = ""


class FlowShape(Shape):
    """What goes from one role to another."""

    from_: Id
    to: Id
    carries: Name
    data: list[Id] = []

    def check(self) -> None:
        """Relations between the keys."""
        if self.from_ == self.to:
            raise wrong("a flow from a role to itself", "name two roles")


class SafeguardShape(Shape):
    """What makes the system reliable or safe."""

    id: Id
    name: Name
    how: str
    roles: list[Id] = []
    frameworks: Frameworks = {}


class FailureShape(Shape):
    """What can go wrong, and what helps."""

    what: Line
    effect: str
    roles: list[Id] = []
    safeguards: Annotated[list[Id], Limits(min_length=1)]


class PatternFile(Shape):
    """The whole pattern."""

    id: Id
    name: Name
    summary: str = ""
    zones: Annotated[list[ZoneShape], Limits(min_length=1)]
    data: list[DataShape] = []
    roles: Annotated[list[RoleShape], Limits(min_length=2)]
    flows: Annotated[list[FlowShape], Limits(min_length=1)]
    safeguards: list[SafeguardShape] = []
    failures: list[FailureShape] = []
