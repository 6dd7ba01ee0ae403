"""What fits what: from its shape to records, with every name checked, and files held together."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.records.evidence import EvidenceCheck, Where
from selector.catalog.shapes.compatibility import CompatibilityFile, RelationShape
from selector.domain.evidence import Evidence
from selector.domain.fact import FactDefinition
from selector.domain.problem import Problem
from selector.domain.stack import (
    FITS,
    PLATFORM,
    Account,
    Compatibility,
    FitFile,
    Interface,
    NeededLayer,
    Needs,
    Offered,
    Relation,
)

FIT = FactDefinition("fit", "How well they go together", "level", levels=FITS)


class Known(Protocol):
    """What can be named: components and platforms, and the layers that they fill."""

    def vendor_ids(self) -> list[str]:
        """The ids of all vendors."""

    def layer_of(self, vendor_id: str) -> str:
        """The layer that a vendor fills."""

    def layers(self) -> Collection[str]:
        """All layers that somebody fills."""


def compatibility_record(document: Document, shape: CompatibilityFile, known: Known) -> FitFile:
    """What the file says; problems are noted in the document."""
    return _FitReader(document, known).file(shape)


class _FitReader:
    """Reads one file; knows what may be named."""

    def __init__(self, document: Document, known: Known) -> None:
        self.document = document
        self.known = known
        self.vendors = frozenset(known.vendor_ids())

    def file(self, shape: CompatibilityFile) -> FitFile:
        interfaces = tuple(
            Interface(
                (item.layers[0], item.layers[1]),
                item.reason,
                self.document.origin("interfaces", index),
            )
            for index, item in enumerate(shape.interfaces)
        )
        for index, item in enumerate(shape.interfaces):
            for place, layer in enumerate(item.layers):
                self._check_layer(("interfaces", index, "layers", place), layer)
        relations: list[Relation] = []
        offered: list[Offered] = []
        needs: list[Needs] = []
        for index, line in enumerate(shape.relations):
            where = ("relations", index)
            if line.offered_on is not None:
                offered.append(self._offered(where, line))
            elif line.requires is not None:
                needs.append(self._needs(where, line))
            else:
                relations.append(self._relation(where, line))
        return FitFile(
            shape.id,
            interfaces,
            tuple(relations),
            tuple(offered),
            tuple(needs),
            self.document.origin(),
        )

    def _relation(self, where: Where, line: RelationShape) -> Relation:
        key = "group" if line.pair is None else "pair"
        members = line.group or line.pair or []
        known = [self._check_member((*where, key, i), m) for i, m in enumerate(members)]
        if key == "pair" and all(known):
            one, other = (self.known.layer_of(member) for member in members)
            if one == other:
                what = f"{members[0]!r} and {members[1]!r} are both of the layer {one}"
                self.document.complain((*where, key), what, "a stack has one of each layer")
        accounts = tuple(
            Account(
                account.fit,
                account.effort,
                EvidenceCheck(self.document, (*where, "disputed", i), FIT).sourced(
                    account, account.fit
                ),
            )
            for i, account in enumerate(line.disputed or [])
        )
        check = EvidenceCheck(self.document, where, FIT)
        if accounts:
            evidence = check.evidence(
                line, "disputed", accounts=tuple(a.evidence for a in accounts)
            )
        elif line.fit == "unknown":
            evidence = check.evidence(line, "unknown")
        else:
            evidence = self._evidence(where, line, line.said)
        return Relation(
            tuple(members),
            line.said or "disputed",  # type: ignore[arg-type]  # one of FitName
            line.effort,
            evidence,
            accounts,
            origin=self.document.origin(*where),
        )

    def _offered(self, where: Where, line: RelationShape) -> Offered:
        layer = line.layer or ""
        on = line.offered_on or []
        is_known = self._check_member((*where, "component"), line.component or "")
        self._check_layer((*where, "layer"), layer)
        if is_known and self.known.layer_of(line.component or "") == layer:
            what = f"{line.component!r} is of the layer {layer} itself"
            self.document.complain((*where, "layer"), what, "name the layer that it stands on")
        for index, member in enumerate(on):
            place = (*where, "offered_on", index)
            if self._check_member(place, member) and self.known.layer_of(member) != layer:
                what = f"{member!r} is of the layer {self.known.layer_of(member)}, not {layer}"
                self.document.complain(place, what, "take it out, or name its layer")
        return Offered(
            line.component or "",
            layer,
            tuple(on),
            line.otherwise or "unknown",
            line.effort,
            self._evidence(where, line, tuple(on)),
            self.document.origin(*where),
        )

    def _needs(self, where: Where, line: RelationShape) -> Needs:
        is_known = self._check_member((*where, "component"), line.component or "")
        own = self.known.layer_of(line.component or "") if is_known else None
        layers = []
        for index, needed in enumerate(line.requires or []):
            place = (*where, "requires", index)
            self._check_layer(place, needed.layer)
            if needed.layer == own:
                what = f"{line.component!r} is of the layer {own} itself"
                self.document.complain(place, what, "name a layer that must be filled beside it")
            for i, member in enumerate(needed.any or []):
                at = (*place, "any", i)
                if self._check_member(at, member) and self.known.layer_of(member) != needed.layer:
                    layer = self.known.layer_of(member)
                    what = f"{member!r} is of the layer {layer}, not {needed.layer}"
                    self.document.complain(at, what, "take it out, or name its layer")
            layers.append(NeededLayer(needed.layer, tuple(needed.any or ())))
        return Needs(
            line.component or "",
            tuple(layers),
            self._evidence(where, line, True),
            self.document.origin(*where),
        )

    def _evidence(self, where: Where, line: RelationShape, value: object) -> Evidence:
        check = EvidenceCheck(self.document, where, FIT)
        if line.judgement is not None:
            return check.judged(line, value, line.reason, line.by)
        return check.sourced(line, value)

    def _check_member(self, where: Where, member: str) -> bool:
        if member in self.vendors:
            return True
        self.document.complain(where, *unknown_name("component", member, self.vendors))
        return False

    def _check_layer(self, where: Where, layer: str) -> None:
        if layer not in self.known.layers() and layer != PLATFORM:
            named = unknown_name("layer", layer, {*self.known.layers(), PLATFORM})
            self.document.complain(where, *named)


def together(homes: Sequence[Sequence[FitFile]]) -> Compatibility:
    """All files as one. What a later home says of the same takes the place of an earlier one's."""
    kept: list[FitFile] = []
    for files in homes:
        later = Compatibility(tuple(files))
        kept = [
            file._replace(
                relations=tuple(r for r in file.relations if not later.tells(r.members)),
                offered=tuple(
                    o for o in file.offered if (o.component, o.layer) not in later.offered
                ),
                needs=tuple(n for n in file.needs if n.component not in later.needs),
            )
            for file in kept
        ]
        kept += files
    return Compatibility(tuple(kept))


def contradictions(
    files: Iterable[FitFile], whole: Compatibility, known: Known
) -> Iterator[Problem]:
    """Where files of one home contradict each other, or speak of layers that do not meet.

    Each is told at the later of the two places. What is marked as disputed contradicts nothing.
    """
    seen: dict[frozenset[str], Relation] = {}
    offers: dict[tuple[str, str], Offered] = {}
    for file in files:
        for line in file.offered:
            before = offers.setdefault((line.component, line.layer), line)
            if before is not line:
                yield _twice(line, before, f"{line.component!r} on the layer {line.layer}")
            yield from _unmet(line, known.layer_of(line.component), line.layer, whole)
        for relation in file.relations:
            first = seen.setdefault(frozenset(relation.members), relation)
            if first is not relation and not _agree(first, relation):
                what = f"{' and '.join(map(repr, relation.members))}: {_said(relation)} here"
                yield _twice(relation, first, f"{what}, {_said(first)}")
            if len(relation.members) == 2:
                one, other = (known.layer_of(member) for member in relation.members)
                yield from _unmet(relation, one, other, whole)
    for relation in seen.values():
        yield from _against_offered(relation, offers, known)


def _against_offered(
    relation: Relation, offers: dict[tuple[str, str], Offered], known: Known
) -> Iterator[Problem]:
    """A pair of which a line `offered_on` says by name that it is native."""
    if len(relation.members) != 2:
        return
    for one, other in (relation.members, relation.members[::-1]):
        line = offers.get((one, known.layer_of(other)))
        if line and other in line.on and not _agree(line.relation(other), relation):
            what = f"{one!r} and {other!r}: {_said(relation)} here, native"
            yield _twice(relation, line, what)


def _agree(one: Relation, other: Relation) -> bool:
    if "disputed" in (one.fit, other.fit):
        return True
    return (one.fit, one.effort) == (other.fit, other.effort)


def _said(relation: Relation) -> str:
    return f"{relation.effort} {relation.fit}" if relation.effort else relation.fit


def _twice(later: Relation | Offered, first: Relation | Offered, what: str) -> Problem:
    where = f"{first.origin.path}:{first.origin.line}"
    return Problem.at(
        later.origin, f"{what} in {where}", "keep one, or mark one as disputed with both sources"
    )


def _unmet(
    line: Relation | Offered, one: str, other: str, whole: Compatibility
) -> Iterator[Problem]:
    if one != other and not whole.meet(one, other):
        what = f"the layers {one} and {other} meet nowhere, so that this is never asked"
        instead = f"add 'interfaces: [{{layers: [{one}, {other}], reason: …}}]', or take it out"
        yield Problem.at(line.origin, what, instead)
