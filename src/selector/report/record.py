"""What the record says beside the answer, in words: status, approvals, architecture, changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.decision import Alternative
from selector.domain.record import CHOSEN, Approval, Entry, Link
from selector.domain.span import Span

ANOTHER = "another"  # in the place of a version that is not told
LONGEST = 80  # letters of a label in a diagram
_PLAIN = frozenset(" .,-/()'")
_READ = re.compile(
    r"(\$)(?=\$)|(\\)(?=n)|(\bfa[a-z]?:)(?=fa-)"
)  # formulas, breaks and icons to Mermaid
_APART = "\u2060"  # joins words, and is not seen
_LIST = re.compile(r"^(\d+\.|-)")  # read as Markdown, which has lists, where a label begins so
_SPARE = "fallback"  # no name of a part: it is given to what the decision names as the fallback


def status(analysis: Analysis) -> str:
    """Return the status in MADR's words; what the file leaves open follows from the approvals."""
    record = analysis.decision.record
    if record.superseded_by:
        return f"superseded by {record.superseded_by}"
    return record.status or ("accepted" if record.approved else "proposed")


# --- who approved ---------------------------------------------------------------------------------


def who(approval: Approval) -> str:
    """Return who approved, in which role."""
    return f"{approval.by} ({approval.role})" if approval.role else approval.by


def approved(analysis: Analysis) -> str:
    """Return who approved and when, in one sentence; empty where nobody did."""
    days: dict[str, list[str]] = {}
    for approval in analysis.decision.record.approved:
        days.setdefault(plain.day(approval.on), []).append(who(approval))
    told = [f"{plain.listed(people)} on {day}" for day, people in days.items()]
    return f"Approved by {plain.listed(told)}." if told else ""


def caution(analysis: Analysis) -> str:
    """Return that people approved another version than this; empty where nobody is known to."""
    other: dict[str, list[str]] = {}
    for approval in analysis.decision.record.approved:
        if approval.version and approval.version != analysis.version:
            other.setdefault(approval.version, []).append(approval.by)
    told = [f"{plain.listed(people)} approved {_called(v)}" for v, people in other.items()]
    if not told:
        return ""
    return f"{plain.listed(told)}; this is version {analysis.version}: show them what has changed."


def _called(version: str) -> str:
    return "another version" if version == ANOTHER else f"version {version}"


def approval_line(approval: Approval, version: str, is_open: bool = True) -> str:
    """Return one approval as a line; what was noted with it only where it is `is_open`."""
    told = f"{who(approval)}, {plain.day(approval.on)}"
    if approval.version:
        is_this = approval.version == version
        told += ", of this version" if is_this else f", of {_called(approval.version)}"
    return f"{told}: {approval.note}" if approval.note and is_open else told


def superseding(analysis: Analysis) -> str:
    """Return what it supersedes, and what supersedes it, in words; empty where nothing does."""
    record = analysis.decision.record
    told = []
    if record.supersedes:
        told.append(f"It supersedes {plain.listed(record.supersedes)}.")
    if record.superseded_by:
        told.append(f"It is superseded by {record.superseded_by}.")
    return " ".join(told)


def standing(analysis: Analysis) -> list[str]:
    """Return where the decision stands: sentences; none where its file says nothing of it."""
    record = analysis.decision.record
    told = [approved(analysis), caution(analysis), superseding(analysis)]
    if record.status in ("proposed", "rejected", "deprecated"):
        told.insert(0, f"The decision is {record.status}.")
    return [line for line in told if line]


# --- the architecture -----------------------------------------------------------------------------


class Drawn(NamedTuple):
    """An architecture around an option: names by part, and the links.

    CHOSEN is among the parts, unless there is a `diagram` in Mermaid's language already.
    """

    parts: Mapping[str, str]
    links: tuple[Link, ...]
    diagram: str = ""

    def lines(self) -> list[str]:
        """Return the links in words, one each."""
        return [
            f"{self.parts[link.source]} → {self.parts[link.target]}"
            + (f": {link.carries}" if link.carries else "")
            for link in self.links
        ]


def architecture(analysis: Analysis) -> Drawn | None:
    """Return the architecture around the option that leads; None where the decision has none.

    An alternative's own comes before the decision's. Its fallback is a part too.
    """
    chosen = _leader(analysis)
    if chosen is None:
        return None
    given = (
        chosen.architecture if chosen.architecture.links else analysis.decision.record.architecture
    )
    if not given.links:
        return None
    parts = {**given.parts, CHOSEN: chosen.name}
    links = given.links
    spare = chosen.fallback
    if spare is not None:
        name = _SPARE
        while name in parts:
            name += "-"
        parts[name] = spare.name
        share = _percent(spare.share)
        links = (*links, Link(CHOSEN, name, f"{share} % of the requests fall back"))
    return Drawn(parts, links)


def _percent(share: Span) -> str:
    low, high = 100 * share.low, 100 * share.high
    return plain.number(low) if share.is_exact else plain.span(low, high)


def _leader(analysis: Analysis) -> Alternative | None:
    if not analysis.ranking:
        return None
    first = analysis.ranking[0].alternative
    return next(a for a in analysis.decision.alternatives if a.id == first)


def mermaid(drawn: Drawn) -> str:
    """Return the diagram in Mermaid's language; nothing that people wrote is read as a part of it.

    Names of nodes are ours; labels stand in quotes, every sign but letters, digits and a few as
    its code, as Mermaid's documentation of flowcharts asks for under "Entity codes".
    """
    if drawn.diagram:
        return drawn.diagram
    names = {part: f"n{number}" for number, part in enumerate(drawn.parts)}
    lines = ["flowchart LR", "    accTitle: The architecture around the chosen option"]
    for part, name in names.items():
        shape = ("([", "])") if part == CHOSEN else ("[", "]")
        lines.append(f'    {name}{shape[0]}"{label(drawn.parts[part])}"{shape[1]}')
    for link in drawn.links:
        along = f'|"{label(link.carries)}"|' if link.carries else ""
        lines.append(f"    {names[link.source]} -->{along} {names[link.target]}")
    lines.append(f"    style {names[CHOSEN]} stroke-width:3px")
    return "\n".join(lines)


def label(text: str) -> str:
    """Return a text as a label of a diagram: one line, shortened, its signs as codes."""
    flat = " ".join(text.split())
    flat = flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"
    flat = _READ.sub(rf"\g<0>{_APART}", flat)
    found = _LIST.match(flat)
    at = found.end() - 1 if found else -1
    signs = [
        sign if place != at and (sign.isalnum() or sign in _PLAIN) else f"#{ord(sign)};"
        for place, sign in enumerate(flat)
    ]
    return "".join(signs)


# --- the change log -------------------------------------------------------------------------------


def change(what: str, before: str, now: str) -> str:
    """Return a change in words: what, from what to what."""
    if before and now:
        return f"{what}: {before} before, {now} now"
    if now:
        return f"{what}: {now}"
    return f"{what}: no longer {before}" if before else what


def entry_line(entry: Entry, is_open: bool = True) -> str:
    """Return an entry as a line; figures and reason only where it is `is_open`."""
    told = f"{plain.day(entry.on)}, {entry.by}. "
    if not is_open:
        return told + entry.what
    told += change(entry.what, entry.before, entry.now)
    return f"{told} ({entry.why.rstrip('.')})" if entry.why else told
