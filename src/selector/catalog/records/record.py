"""What a decision's record says beside the answer: approvals, architecture, the change log."""

import re
from datetime import date

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.shapes._common import ID_PATTERN
from selector.catalog.shapes.decision import DecisionFile
from selector.catalog.shapes.record import ArchitectureShape
from selector.domain.record import CHOSEN, Approval, Architecture, Entry, Link, Record

_ID = re.compile(ID_PATTERN)


def record_record(document: Document, shape: DecisionFile) -> Record:
    """The record's own part; complains of days to come, names that stand twice, odd links."""
    if not shape.written() & {"status", "approved", "supersedes", "superseded_by", "architecture",
                              "changes"}:  # fmt: skip
        return Record()
    _check_status(document, shape)
    for index, name in enumerate(shape.supersedes):
        if name == shape.id:
            where = ("supersedes",) if isinstance(document.data["supersedes"], str) else ()
            document.complain(
                where or ("supersedes", index), "it supersedes itself", "name an earlier decision"
            )
    return Record(
        shape.status or "",
        _approvals(document, shape),
        tuple(shape.supersedes),
        shape.superseded_by,
        architecture_record(document, ("architecture",), shape.architecture),
        _changes(document, shape),
    )


def _check_status(document: Document, shape: DecisionFile) -> None:
    if "status" in document.data and shape.status is None:
        return  # told already
    if shape.status == "accepted" and not shape.approved:
        what, instead = "accepted, but by nobody", "add 'approved: [{by: …, on: …}]'"
        document.complain(("status",), what, instead)
    if shape.status == "superseded" and not shape.superseded_by:
        document.complain(("status",), "superseded, but by nothing", "add 'superseded_by: …'")
    if shape.superseded_by and shape.status not in (None, "superseded"):
        what = f"'superseded_by' with the status {shape.status}"
        document.complain(("status",), what, "write superseded, or take out 'superseded_by'")


def _approvals(document: Document, shape: DecisionFile) -> tuple[Approval, ...]:
    records: dict[str, Approval] = {}
    for index, item in enumerate(shape.approved):
        where = ("approved", index)
        _has_come(document, (*where, "on"), item.on)
        if item.by in records:
            document.complain((*where, "by"), f"{item.by!r} approves twice", "keep the later one")
        note = " ".join(item.note.split())
        origin = document.origin(*where)
        records[item.by] = Approval(item.by, item.on, item.role, item.version, note, origin)
    return tuple(records.values())


def _changes(document: Document, shape: DecisionFile) -> tuple[Entry, ...]:
    for index, item in enumerate(shape.changes):
        _has_come(document, ("changes", index, "on"), item.on)
    return tuple(
        Entry(item.on, item.by, item.what, item.before, item.now, " ".join(item.why.split()))
        for item in shape.changes
    )


def _has_come(document: Document, where: tuple[object, ...], day: date) -> None:
    if day > date.today():
        what = f"{where[-1]}: {day.isoformat()} lies in the future"
        document.complain(where, what, "write the day it was done")


def architecture_record(
    document: Document, where: tuple[object, ...], shape: ArchitectureShape | None
) -> Architecture:
    """An architecture; complains of links from or to what is no part, and of parts of no link."""
    if shape is None:
        return Architecture()
    known = [*shape.parts, CHOSEN]
    linked: set[str] = set()
    for name in shape.parts:
        if not _ID.match(name) or name == CHOSEN:
            what = f"{name!r} is the option that leads" if name == CHOSEN else f"{name!r} is no id"
            instead = "use a-z, 0-9, '-' and '_', and another word than chosen"
            document.complain((*where, "parts", name), what, instead, key=True)
    for index, (source, target, *_) in enumerate(shape.links):
        for place, name in enumerate((source, target)):
            if name not in known:
                what, instead = unknown_name("part", name, known)
                document.complain((*where, "links", index, place), what, instead)
        linked |= {source, target}
    for name in [name for name in shape.parts if name not in linked]:
        instead = "link it with another, or take it out"
        document.complain(
            (*where, "parts", name), f"the part {name!r} has no link", instead, key=True
        )
    return Architecture(dict(shape.parts), tuple(Link(*link) for link in shape.links))
