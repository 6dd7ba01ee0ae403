"""Patterns: from their shape to records, with every name looked up and the picture checked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.shapes.pattern import PatternFile
from selector.domain.frameworks import FRAMEWORKS
from selector.domain.pattern import DataClass, Failure, Flow, Pattern, Role, Safeguard, Zone

Where = tuple[object, ...]
Framework = Literal["nist_ai_rmf", "well_architected"]


def pattern_record(document: Document, shape: PatternFile) -> Pattern:
    """The pattern of a file; problems are noted in the document."""
    names = _Names(document, shape)
    for index, role in enumerate(shape.roles):
        names.known(("roles", index, "zone"), "zone", [role.zone])
    for index, flow in enumerate(shape.flows):
        names.known(("flows", index, "from"), "role", [flow.from_])
        names.known(("flows", index, "to"), "role", [flow.to])
        names.known(("flows", index, "data"), "class of data", flow.data)
    for index, safeguard in enumerate(shape.safeguards):
        names.known(("safeguards", index, "roles"), "role", safeguard.roles)
        _check_frameworks(document, ("safeguards", index, "frameworks"), safeguard.frameworks)
    for index, failure in enumerate(shape.failures):
        names.known(("failures", index, "roles"), "role", failure.roles)
        names.known(("failures", index, "safeguards"), "safeguard", failure.safeguards)
    _check_places(document, shape)
    return Pattern(
        shape.id,
        shape.name,
        shape.summary,
        tuple(Zone(zone.id, zone.name) for zone in shape.zones),
        tuple(DataClass(kind.id, kind.name, kind.handling) for kind in shape.data),
        tuple(
            Role(r.id, r.name, r.zone, r.at[0], r.at[1], r.kind, r.layer or "", r.does)
            for r in shape.roles
        ),
        tuple(Flow(f.from_, f.to, f.carries, tuple(f.data)) for f in shape.flows),
        tuple(
            Safeguard(
                m.id,
                m.name,
                m.how,
                tuple(m.roles),
                {name: tuple(parts) for name, parts in m.frameworks.items()},
            )
            for m in shape.safeguards
        ),
        tuple(
            Failure(f.what, f.effect, tuple(f.roles), tuple(f.safeguards)) for f in shape.failures
        ),
        document.origin(),
    )


class _Names:
    """What is named in the file, by its kind."""

    def __init__(self, document: Document, shape: PatternFile) -> None:
        self.document = document
        self.of: Mapping[str, Collection[str]] = {
            "zone": self._once("zones", (zone.id for zone in shape.zones)),
            "class of data": self._once("data", (kind.id for kind in shape.data)),
            "role": self._once("roles", (role.id for role in shape.roles)),
            "safeguard": self._once("safeguards", (safeguard.id for safeguard in shape.safeguards)),
        }

    def _once(self, key: str, ids: Iterable[str]) -> Collection[str]:
        seen: dict[str, None] = {}
        for index, name in enumerate(ids):
            if name in seen:
                self.document.complain((key, index, "id"), f"{name!r} stands twice", "rename one")
            seen[name] = None
        return seen

    def known(self, where: Where, kind: str, given: Sequence[str]) -> None:
        """Complain of each name that nothing of the kind has."""
        for index, name in enumerate(given):
            if name not in self.of[kind]:
                place = where if len(given) == 1 and where[-1] in ("zone", "from", "to") else None
                self.document.complain(
                    place or (*where, index), *unknown_name(kind, name, self.of[kind])
                )


def _check_frameworks(
    document: Document, where: Where, given: Mapping[Framework, Sequence[str]]
) -> None:
    for framework, parts in given.items():
        for index, part in enumerate(parts):
            if part not in FRAMEWORKS[framework]:
                what = unknown_name(f"part of {framework}", part, FRAMEWORKS[framework])
                document.complain((*where, framework, index), *what)


def _check_places(document: Document, shape: PatternFile) -> None:
    """No two roles at one place, and no role within the rectangle of another zone."""
    taken: dict[tuple[int, ...], str] = {}
    for index, role in enumerate(shape.roles):
        before = taken.setdefault(tuple(role.at), role.id)
        if before != role.id:
            what = f"{role.id!r} stands where {before!r} stands"
            document.complain(("roles", index, "at"), what, "give each its own column and row")
    for zone in shape.zones:
        inside = [role.at for role in shape.roles if role.zone == zone.id]
        if not inside:
            continue
        (left, right), (top, bottom) = (
            (min(at[axis] for at in inside), max(at[axis] for at in inside)) for axis in (0, 1)
        )
        for index, role in enumerate(shape.roles):
            column, row = role.at
            if role.zone != zone.id and left <= column <= right and top <= row <= bottom:
                what = f"{role.id!r} stands within the zone {zone.id!r}, which is not its own"
                document.complain(("roles", index, "at"), what, "move it, or change its zone")
