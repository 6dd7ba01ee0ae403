"""Risks, governance, method, sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from selector.domain import words as plain
from selector.domain.frameworks import examined
from selector.domain.record import Record
from selector.report import certainty, record, words
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.frame import HEIGHT, TOP
from selector.report.exports.deck.look import heads, of_cells
from selector.report.exports.deck.tables import Cell
from selector.report.exports.sources import Numbered
from selector.report.exports.story import Story

NO_SOURCE = "Figures are as the decision gives them; no source is named"
USES = 3  # of a source, before "and 2 more"
FOUND = (
    "The register is made from the evidence: what the first has still to prove, requirements met "
    "by little, a lead in few draws, open facts that could turn the answer, licences and limits, "
    "and facts past their shelf life."
)


def risks(deck: Deck, story: Story) -> None:
    """The risk register."""
    if not story.risks:
        return
    rows = [
        [Cell(r.cause, bold=True), Cell(r.effect), Cell(r.control), Cell(r.owner), Cell(r.function)]
        for r in story.risks
    ]
    count = len(rows)
    told = f"{count} risks to settle before signing"
    if count == 1:
        told = f"One risk to settle before signing: {story.risks[0].cause}"
    found = "Found in the evidence; owners are yours to name"
    if story.hidden:
        told = "One risk" if count == 1 else f"{count} risks"
        told += " to settle before signing, beside any that rest on confidential prices"
        found = f"{found}; what rests on confidential prices is left out"
    deck.table(told, found,
               heads("Cause", "Effect", "Control", "Owner", "AI RMF"), rows, (28, 26, 26, 9, 11),
               [FOUND], size=11, most=8, here=2, spread=True)  # fmt: skip


def governance(deck: Deck, story: Story) -> None:
    """Which parts of two public frameworks the criteria examine."""
    found = examined(story.analysis.decision.criteria)
    nist, pillars = found["nist_ai_rmf"], found["well_architected"]
    if not any(nist.values()) and not any(pillars.values()):
        return
    names = {leaf.id: leaf.name for leaf in story.analysis.leaves}
    rows = []
    for function in dict.fromkeys(part.split(" ")[0] for part in nist):
        mine = {part: leaves for part, leaves in nist.items() if part.startswith(f"{function} ")}
        seen = [part for part, leaves in mine.items() if leaves]
        by = list(dict.fromkeys(names[leaf] for leaves in mine.values() for leaf in leaves))
        rows.append([Cell(f"AI RMF {function}", bold=True), Cell(f"{len(seen)} of {len(mine)}"),
                     Cell(", ".join(by[:4]) or "not examined")])  # fmt: skip
    for pillar, leaves_ in pillars.items():
        told = ", ".join(names[leaf] for leaf in leaves_[:4])
        rows.append([Cell(f"Well-Architected: {words.title_of(pillar).lower()}", bold=True),
                     Cell("yes" if leaves_ else "no"), Cell(told or "not examined")])  # fmt: skip
    seen_, held = sum(map(bool, nist.values())), sum(map(bool, pillars.values()))
    deck.table(
        f"The criteria examine {seen_} of {len(nist)} AI RMF subcategories and {held} of "
        f"{len(pillars)} pillars",
        "What no fact about a vendor can answer is to be settled elsewhere",
        heads("Part", "Examined", "By"), rows, (32, 12, 56),
        ["Each criterion names the subcategories of the NIST AI Risk Management Framework and the "
         "pillars of the Well-Architected frameworks on which it says something."],
        size=11, most=14, spread=True,
    )  # fmt: skip


def standing(deck: Deck, story: Story) -> None:
    """Who approved, what it supersedes, and who set what, when and why."""
    said, is_open = story.analysis.decision.record, not story.hidden
    stands = record.standing(story.analysis)
    rows = [
        [Cell(plain.day(a.on)), Cell(record.who(a), bold=True), Cell("approved"),
         Cell(a.note if is_open else "")]
        for a in said.approved
    ] + [
        [Cell(plain.day(e.on)), Cell(e.by, bold=True),
         Cell(record.change(e.what, e.before, e.now) if is_open else e.what),
         Cell(e.why if is_open else "")]
        for e in said.changes
    ]  # fmt: skip
    if not rows:
        return
    deck.table(_set(said), " ".join(stands), heads("On", "Who", "What", "Why"), rows,
               (12, 20, 32, 36),
               ["Names and days are those of the decision's file; nobody has checked them."],
               size=11, most=12, spread=True)  # fmt: skip


def _set(said: Record) -> str:
    """Who approved when, and how many changes were signed, as a title."""
    told = []
    if said.approved:
        last = max(said.approved, key=lambda row: row.on)
        others = len({row.by for row in said.approved} - {last.by})
        more = f" and {others} more" if others else ""
        told.append(f"{last.by}{more} approved, the last on {plain.day(last.on)}" if others else
                    f"{last.by} approved on {plain.day(last.on)}")  # fmt: skip
    if said.changes:
        count, people = len(said.changes), {row.by for row in said.changes}
        days = sorted(row.on for row in said.changes)
        what = "1 change was" if count == 1 else f"{count} changes were"
        by = next(iter(people)) if len(people) == 1 else f"{len(people)} people"
        when = (
            f"on {plain.day(days[-1])}"
            if days[0] == days[-1]
            else (f"from {plain.day(days[0])} to {plain.day(days[-1])}")
        )
        told.append(f"{what} signed by {by} {when}")
    return "; ".join(told)


def method(deck: Deck, story: Story) -> None:
    """How the answer is made, in one slide."""
    analysis = story.analysis
    known = analysis.evidence
    open_ = f"{known.unknown or 'none'} unknown"
    slide = deck.slide(
        f"How the answer is made: {of_cells(story)} known in full, {open_}",
        "Every figure can be opened: facts, sources, dates" if story.sources else NO_SOURCE,
        list(story.warnings),
        kind="columns",
    )
    by = words.lower_first(words.method_name(analysis.decision.method))
    how = [
            "Facts come from sources with a date; what is not known spans its whole scale."
            if story.sources else "What is not known spans its whole scale.",
            "Each performance becomes a value from 0 (worst) to 1 (best) by the scale of its "
            "criterion.",
            f"The ranking is by {by}: the weighted mean of the values, times 100."
            if words.is_weighted_sum(analysis) else f"The ranking is by {by}.",
            story.weighed,
            certainty.drawn(story.robustness),
    ]  # fmt: skip
    kinds = {
        "known": known.known, "as a range": known.ranges, "weak or judged": known.weak,
        "disputed": known.disputed, "unknown": known.unknown, "not applicable":
        known.not_applicable,
    }  # fmt: skip
    counted = plain.listed([f"{count} {kind}" for kind, count in kinds.items() if count])
    know = [f"Of {known.cells} cells: {counted}.", *story.warnings[:6]]
    slide.columns([("Method", how), ("To know when reading this", know)], TOP, HEIGHT, 15)


def sources(deck: Deck, story: Story) -> None:
    """All sources, numbered and linked."""
    if not story.sources:
        return
    rows = [
        [Cell(str(s.number), right=True), Cell(s.name, link=s.url),
         Cell(plain.day(s.as_of) if s.as_of else ""), Cell(_some(s.used_for))]
        for s in story.sources
    ]  # fmt: skip
    borne, under = "the facts and prices in use", "Numbered as in the matrix of workbook and page"
    if story.analysis.composed is not None:
        borne = f"what is known of {story.ranked[0].short}"
        under = "Those of its parts, and of how they go together"
    deck.table(partial(_dated, story.sources, borne), under,
               heads("No.", "Source", "As of", "For", right=(0,)), rows, (6, 52, 12, 30),
               ["The notes of the other slides name these numbers."], size=10,
               most=14)  # fmt: skip


def _some(used: Sequence[str]) -> str:
    """What a source is for: all of few uses, else the first and how many more there are."""
    shown = plain.few(used, USES)
    return plain.listed(shown) if len(shown) < len(used) else ", ".join(shown)


def _dated(sources_: Sequence[Numbered], borne: str, start: int, end: int) -> str:
    """How many sources there are, or stand here, and of which days, as a title."""
    whole, count = end - start == len(sources_), len(sources_)
    if not start:
        told, shown = ("1 source bears" if count == 1 else f"{count} sources bear"), sources_
        told = f"{told} {borne}"
    else:
        told, shown = f"Sources {start + 1} to {end} of {count}", sources_[start:end]
        told = f"Source {end} of {count}" if end - start == 1 else told
    days = sorted(source.as_of for source in shown if source.as_of is not None)
    undated = len(shown) - len(days)
    if not days:
        return f"{told}; none has a date" if whole or count > 1 else f"{told}, without a date"
    if days[0] == days[-1]:
        when = (
            f"all of {plain.day(days[0])}"
            if len(shown) > 1 and not undated
            else (f"of {plain.day(days[0])}")
        )
    else:
        when = f"the oldest of {plain.day(days[0])}, the newest of {plain.day(days[-1])}"
    return f"{told}, {when}" + (f"; {undated} without a date" if undated else "")
