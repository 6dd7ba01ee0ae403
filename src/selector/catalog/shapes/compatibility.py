"""The shape of a file of what fits what, `compatibility/<id>.yaml`."""

from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Id, Line
from selector.catalog.shapes._shape import Before, Limits, Shape, wrong
from selector.catalog.shapes.evidence import SourcedShape

FitName = Literal["native", "adapter", "none", "unknown"]
KnownFit = Literal["native", "adapter", "none"]
EffortName = Literal["small", "medium", "large"]


def check_effort(fit: str | None, effort: str | None) -> None:
    """An adapter, and nothing else, says what it costs."""
    if fit == "adapter" and effort is None:
        raise wrong("an adapter without its effort", "add 'effort: small', medium or large")
    if fit != "adapter" and effort is not None:
        raise wrong("an effort without an adapter", "take it out, or write 'adapter' as the fit")


class InterfaceShape(Shape):
    """Two layers that meet, and why."""

    layers: Annotated[list[Id], Limits(min_length=2, max_length=2)]
    reason: Line

    def check(self) -> None:
        """Relations between the keys."""
        if self.layers[0] == self.layers[1]:
            raise wrong("a layer that meets itself", "name two layers")


class FitAccountShape(SourcedShape):
    """What one of several sources that disagree says of a fit."""

    fit: KnownFit
    effort: EffortName | None = None

    def check(self) -> None:
        """Relations between the keys."""
        check_effort(self.fit, self.effort)


def _as_needed(value: Any) -> Any:
    return {"layer": value} if isinstance(value, str) else value


class NeededShape(Shape):
    """A layer that must be filled, by any component or by one of some."""

    layer: Id
    any: Annotated[list[Id], Limits(min_length=1)] | None = None


NeededItem = Annotated[NeededShape, Before(_as_needed, or_text=True)]


class RelationShape(SourcedShape):
    """How two go together, or more, or one with a whole layer; or what one needs beside it."""

    pair: Annotated[list[Id], Limits(min_length=2, max_length=2)] | None = None
    group: Annotated[list[Id], Limits(min_length=3)] | None = None
    component: Id | None = None
    offered_on: list[Id] | None = None
    layer: Id | None = None
    otherwise: Literal["none", "adapter", "unknown"] | None = None
    requires: Annotated[list[NeededItem], Limits(min_length=1)] | None = None
    fit: FitName | None = None
    effort: EffortName | None = None
    disputed: list[FitAccountShape] | None = None
    judgement: Literal["native", "adapter", "none", True] | None = None
    reason: str = ""
    by: Line = ""

    def check(self) -> None:
        """Relations between the keys."""
        kinds = {
            "pair": self.pair,
            "group": self.group,
            "offered_on": self.offered_on,
            "requires": self.requires,
        }
        given = [key for key, value in kinds.items() if value is not None]
        if len(given) != 1:
            raise wrong(
                f"both {given[0]} and {given[1]}" if given else "a relation of nothing",
                "give pair, or group, or component with offered_on or requires",
            )
        kind = given[0]
        members = self.pair or self.group or ()
        if len(set(members)) < len(members):
            raise wrong("a member stands twice", "name each once")
        if kind in ("pair", "group"):
            self._check_fit()
        else:
            self._check_component(kind)

    def _check_fit(self) -> None:
        for key in ("component", "layer", "otherwise"):
            if getattr(self, key) is not None:
                raise wrong(f"{key!r} beside a pair or group", "it belongs to offered_on")
        ways = {"fit": self.fit, "disputed": self.disputed, "judgement": self.judgement}
        said = [key for key, value in ways.items() if value is not None]
        if said == ["fit", "judgement"] and self.judgement is True:
            said = ["fit"]  # a fit that is marked as judged
        if len(said) != 1:
            what = f"both {said[0]} and {said[1]}" if said else "no fit"
            raise wrong(what, "give fit, or judgement, or disputed")
        if said == ["judgement"] and self.judgement is True:
            raise wrong("a judgement of nothing", "write 'judgement: native', adapter or none")
        if self.disputed is not None and len(self.disputed) < 2:
            raise wrong("disputed by fewer than two", "list what each source says")
        check_effort(self.said, self.effort)

    def _check_component(self, kind: str) -> None:
        if self.component is None:
            raise wrong(f"{kind} without its component", "add 'component: …'")
        for key in ("fit", "disputed"):
            if getattr(self, key) is not None:
                raise wrong(f"{key!r} beside {kind}", "it belongs to a pair or group")
        if self.judgement not in (None, True):
            raise wrong(f"a judgement of a fit beside {kind}", "write 'judgement: true'")
        if kind == "requires":
            for key in ("layer", "otherwise", "effort"):
                if getattr(self, key) is not None:
                    raise wrong(f"{key!r} beside requires", "it belongs to offered_on")
            return
        if self.layer is None or self.otherwise is None:
            missing = "layer" if self.layer is None else "otherwise"
            raise wrong(f"offered_on without {missing!r}", f"add '{missing}: …'")
        if len(set(self.offered_on or ())) < len(self.offered_on or ()):
            raise wrong("a member stands twice", "name each once")
        check_effort(self.otherwise, self.effort)

    @property
    def said(self) -> str | None:
        """The fit of a pair or group, as known or as judged; None where sources disagree."""
        return self.fit or (self.judgement if isinstance(self.judgement, str) else None)


class CompatibilityFile(Shape):
    """The whole file."""

    id: Id
    interfaces: list[InterfaceShape] = []
    relations: list[RelationShape] = []
