"""The decision matrix, by group and whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import numpy as np

from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.report import words
from selector.report.exports.confidence import KEPT_IN_HOUSE, is_cost
from selector.report.exports.deck import noting
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.ground import INK, QUIET
from selector.report.exports.deck.look import MOST_OPTIONS, MOST_ROWS, heads, inside, of_cells
from selector.report.exports.deck.tables import Cell
from selector.report.exports.option import Option
from selector.report.exports.story import Story

PERFORMANCES = "Performances; the stronger the colour, the better. ≈ is a range."
OPEN_CELL = "A cell without colour is unknown or disputed."
UNBEATEN = (
    "Unbeaten is who likely has as much as any other, each of whom little is known counted at its "
    "best; where all are level nobody is."
)
SOME = 3  # names that a title has room for
MANY = 7  # options, whose columns take room from the names of the criteria


def groups(deck: Deck, story: Story) -> None:
    """The matrix by groups of criteria."""
    nodes = story.analysis.decision.criteria.criteria
    if not has_groups(story):
        _matrix(deck, story, nodes, _strongest(story), PERFORMANCES, OPEN_CELL)
        return
    _matrix(deck, story, nodes, _strongest(story),
            "Points of 100 within each group; the stronger the colour, the better",
            "A group's points are the weighted mean of the values of its criteria, times 100: 0 is "
            "worst, 100 best on all of them.")  # fmt: skip


def has_groups(story: Story) -> bool:
    """Whether any criterion is a group: else the matrix by groups is the whole one."""
    return any(node.children for node in story.analysis.decision.criteria.criteria)


def _strongest(story: Story) -> str:
    """Where the leader is best of all, as a title."""
    leader, tops = story.ranked[0], story.analysis.decision.criteria.criteria
    if len(story.ranked) == 1:
        return f"Of {leader.short}, {of_cells(story)} known in full"
    best, level, alike, is_likely = [], [], 0, False
    for top in sorted(tops, key=lambda top: -_weight(story, top)):
        own, counts = _likely(story, top), _weight(story, top) > 0
        is_told = all(_is_known(story, top, option) for option in story.ranked)
        alike += not counts or (is_told and _is_level(own))
        if not counts or leader.id not in unbeaten(story, top):
            continue
        if own[leader.id] <= max(x for who, x in own.items() if who != leader.id) + words.LEVEL:
            level.append(inside(top.name))
            continue
        best.append(inside(top.name))
        least = _worth(story, top, leader, "low")
        most = max(_worth(story, top, o, "high") for o in story.ranked[1:])
        is_likely |= least <= most + words.LEVEL
    every = f"{len(tops)} {'groups' if has_groups(story) else 'criteria'}"
    if best:
        likely = "likely " if is_likely else ""  # what is open could make another better in one
        return f"{leader.short} is {likely}best in {_some(best, every)}"
    if level:
        return f"Nobody beats {leader.short} in {_some(level, every)}"
    where = "group" if has_groups(story) else "criterion"
    if alike == len(tops):
        return f"No {where} puts any option before another"
    second = story.ranked[1]
    ahead = (
        "but leads over all of them"
        if second.rank > 1
        else f"and over all level with {second.short}"
    )
    return f"{leader.short} is known to be best in no {where} alone, {ahead}"


def _some(names: Sequence[str], of: str) -> str:
    shown = plain.listed(list(names[:3]))
    return shown if len(names) <= 3 else f"{len(names)} of {of}: {shown} above all"


def _weight(story: Story, node: Criterion) -> float:
    return sum(story.analysis.weights[leaf.id] for leaf in node.leaves())


def _worth(
    story: Story, node: Criterion, option: Option, end: Literal["low", "central", "high"]
) -> float:
    """The weighted mean of an option's values on a criterion's leaves, at one of their ends."""
    table, values = story.analysis.table, story.analysis.value_table
    row = getattr(values, end)[table.alternatives.index(option.id)]
    weights = _within(story, node)
    columns = [table.leaves.index(leaf.id) for leaf in node.leaves()]
    return float(row[columns] @ weights / weights.sum())


def _is_known(story: Story, node: Criterion, option: Option) -> bool:
    """Whether at least half of a criterion, by weight, is known of an option."""
    cells = [story.cell(option.id, leaf) for leaf in node.leaves()]
    is_told = [cell is not None and cell.state != "unknown" for cell in cells]
    weights = _within(story, node)
    return any(is_told) and float(weights @ is_told) >= weights.sum() / 2


def _within(story: Story, node: Criterion) -> np.ndarray:
    """The weights of the leaves of a criterion; all alike where it counts nothing."""
    found = np.array([story.analysis.weights[leaf.id] for leaf in node.leaves()])
    return found if found.sum() > 0 else np.ones(len(found))


def leaves(deck: Deck, story: Story) -> None:
    """The whole matrix, over as many slides as it takes."""
    if has_groups(story):
        _matrix(deck, story, story.analysis.leaves, "", PERFORMANCES, OPEN_CELL)


def _matrix(
    deck: Deck, story: Story, nodes: Sequence[Criterion], finding: str, under: str, note: str,
) -> None:  # fmt: skip
    """The matrix of these criteria; its first slide is under the `finding` where there is one."""
    ranked = story.ranked
    best = [unbeaten(story, node) for node in nodes]
    is_whole = has_groups(story) and nodes is story.analysis.leaves
    for start in range(0, len(ranked), MOST_OPTIONS):
        part = ranked[start : start + MOST_OPTIONS]
        top = heads("Criterion", "Weight", *(o.short for o in part), right=range(1, 20))
        by_points = has_groups(story) and not is_whole
        rows = [_line(story, node, part, by_points) for node in nodes]
        ranks, line = "", under
        if len(ranked) > MOST_OPTIONS:
            ranks = f"ranks {start + 1} to {start + len(part)}"
            ranks = f"rank {start + 1}" if len(part) == 1 else ranks
            line = f"R{ranks[1:]} of {len(ranked)}. {under}"
        name = 29 if len(part) < MANY else 23
        widths = (name, 8, *[min((93 - name) / len(part), 16)] * len(part))
        shown = [option.id for option in part]
        here = None if is_whole else int(start == 0)
        told = partial(_told, story, part, ranks if start else "", best)
        deck.table(finding if finding and not start else told, line, top, rows, widths,
                   [note, UNBEATEN],
                   [noting.by_row(story, node, shown) for node in nodes], size=11,
                   most=MOST_ROWS, spread=True, here=here)  # fmt: skip


def unbeaten(story: Story, node: Criterion) -> set[str]:
    """Who likely has as much there as any other; nobody where all are level, or it may not be told.

    Of whom less than half is known, it is not said; against the others it counts at its best.
    """
    if story.veiled and any(map(is_cost, node.leaves())):
        return set()
    own = _likely(story, node)
    if len(own) > 1 and _is_level(own):
        return set()
    best = max(own.values()) - words.LEVEL
    return {o.id for o in story.ranked if own[o.id] >= best and _is_known(story, node, o)}


def _likely(story: Story, node: Criterion) -> dict[str, float]:
    """What each option likely has of a criterion; at its best of whom little is known."""
    return {
        o.id: _worth(story, node, o, "central" if _is_known(story, node, o) else "high")
        for o in story.ranked
    }


def _is_level(own: Mapping[str, float]) -> bool:
    """Whether all have the same."""
    return max(own.values()) - min(own.values()) <= words.LEVEL


def _told(
    story: Story, part: Sequence[Option], ranks: str, best: Sequence[set[str]],
    start: int, end: int,
) -> str:  # fmt: skip
    """Who of these is unbeaten in how many of the criteria of a slide, as a title."""
    of, count = len(best), end - start
    here = f"criteria {start + 1} to {end} of {of}" if count > 1 else f"criterion {end} of {of}"
    where = ranks if count == of else ", ".join(filter(None, (ranks, here)))
    if len(story.ranked) == 1:
        known = sum(part[0].id in who for who in best[start:end])
        verb = "is" if known == 1 else "are"
        return _headed(where, f"of {part[0].short}, {known} of {count} {verb} known")
    own = {option.short: sum(option.id in who for who in best[start:end]) for option in part}
    most = max(own.values())
    first = [name for name, each in own.items() if each == most]
    if not most:
        return _headed(where, "none of these is unbeaten in any")
    whole = f"{most} of {count}" if count == of else f"{most}"
    if len(first) > SOME:
        which = f"all {len(part)}" if len(first) == len(part) else f"{len(first)} of {len(part)}"
        return _headed(where, f"{which} options are unbeaten in {whole}")
    verb = "is" if len(first) == 1 else "are each"
    told = f"{plain.listed(first)} {verb} unbeaten in {whole}"
    second = max((each for each in own.values() if each < most), default=0)
    after = [name for name, each in own.items() if each == second]
    also = f", {after[0]} in {second}" if second and len(after) == 1 else ""
    return _headed(where, told + also)


def _headed(where: str, told: str) -> str:
    whole = f"{where}: {told}" if where else told
    return whole[:1].upper() + whole[1:]


def _line(story: Story, node: Criterion, part: Sequence[Option], by_points: bool) -> list[Cell]:
    """A row of the matrix; `by_points` a criterion among groups is told in points as they are."""
    analysis = story.analysis
    own = list(node.leaves())
    weight = sum(analysis.weights[leaf.id] for leaf in own)
    is_counted = (
        node.unit
        and not by_points
        and not node.children
        and not isinstance(node.measure, ShareMeasure)
    )
    name = f"{node.name} ({node.unit})" if is_counted else node.name
    cells = [Cell(name), Cell(words.percent(weight), right=True, ink=QUIET)]
    for option in part:
        values = [story.worth(option.id, leaf) for leaf in own]
        is_told = None not in values
        if node.children:
            value = sum(analysis.weights[x.id] * (v or 0) for x, v in zip(own, values, strict=True))
            value = value / weight if weight > 0 else 0.0
            text = f"{100 * value:.0f}" if is_told else KEPT_IN_HOUSE
            fill = shade(value) if is_told else ""
            cells.append(Cell(text, right=True, fill=fill, ink=INK if is_told else QUIET))
            continue
        cell = story.cell(option.id, node)
        is_known = cell is not None and cell.state in ("value", "not_applicable")
        fill = shade(values[0] or 0.0) if is_known and is_told else ""
        ink = INK if is_known else QUIET
        text = story.cell_text(option.id, node)
        if by_points and fill:
            text = f"{100 * (values[0] or 0.0):.0f}"
        cells.append(Cell(text, right=True, fill=fill, ink=ink))
    return cells


def shade(value: float) -> str:
    """Return the colour of a value of 0 to 1, paper to sand; dark ink reads on all of it."""
    part = max(0.0, min(1.0, value))
    ends = zip((0xFB, 0xF9, 0xF4), (0xD6, 0xBF, 0x78), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in ends)
