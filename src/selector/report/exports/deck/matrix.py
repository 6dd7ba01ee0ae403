"""The decision matrix, by group and whole."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.report import words
from selector.report.exports.confidence import KEPT_IN_HOUSE, is_cost
from selector.report.exports.deck import noting
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.charts import INK, QUIET
from selector.report.exports.deck.look import MOST_OPTIONS, MOST_ROWS, heads
from selector.report.exports.deck.tables import Cell
from selector.report.exports.option import Option
from selector.report.exports.story import Story

MANY = 7  # options, whose columns take room from the names of the criteria


def groups(deck: Deck, story: Story) -> None:
    """The matrix by groups of criteria."""
    nodes = story.analysis.decision.criteria.criteria
    _matrix(deck, story, nodes, _strongest(story),
            "Points of 100 within each group; the stronger the colour, the better",
            "A group's points are the weighted mean of the values of its criteria, times 100: 0 is "
            "worst, 100 best on all of them.")  # fmt: skip


def _strongest(story: Story) -> str:
    """Where the leader is best of all, as a title."""
    table, values = story.analysis.table, story.analysis.value_table.central
    weights_ = story.analysis.weights
    leader = story.ranked[0]
    ahead = []
    for top in story.analysis.decision.criteria.criteria:
        if story.veiled and any(map(is_cost, top.leaves())):
            continue
        columns = [table.leaves.index(leaf.id) for leaf in top.leaves()]
        own = values[:, columns] @ [weights_[leaf.id] for leaf in top.leaves()]
        if own[table.alternatives.index(leader.id)] >= own.max() - words.LEVEL:
            ahead.append(words.lower_first(top.name))
    if not ahead:
        return f"{leader.short} is best in no group, and good enough in all"
    return f"{leader.short} is best in {plain.listed(ahead[:3])}"


def leaves(deck: Deck, story: Story) -> None:
    """The whole matrix, over as many slides as it takes."""
    _matrix(deck, story, story.analysis.leaves, "The decision matrix",
            "Performances; the stronger the colour, the better. ≈ is a range.",
            "A cell without colour is unknown or disputed.")  # fmt: skip


def _matrix(
    deck: Deck, story: Story, nodes: Sequence[Criterion], title: str, under: str, note: str
) -> None:
    ranked = story.ranked
    for start in range(0, len(ranked), MOST_OPTIONS):
        part = ranked[start : start + MOST_OPTIONS]
        top = heads("Criterion", "Weight", *(o.short for o in part), right=range(1, 20))
        rows = [_line(story, node, part) for node in nodes]
        told = (
            title
            if start == 0 and len(ranked) <= MOST_OPTIONS
            else (f"{title}: ranks {start + 1} to {start + len(part)}")
        )
        name = 29 if len(part) < MANY else 23
        widths = (name, 7, *[min((93 - name) / len(part), 16)] * len(part))
        is_whole = nodes is story.analysis.leaves
        shown = [option.id for option in part]
        here = None if is_whole else int(start == 0)
        deck.table(told, under, top, rows, widths, [note],
                   [noting.by_row(story, node, shown) for node in nodes], size=11,
                   most=MOST_ROWS, spread=not is_whole, here=here)  # fmt: skip


def _line(story: Story, node: Criterion, part: Sequence[Option]) -> list[Cell]:
    analysis = story.analysis
    own = list(node.leaves())
    weight = sum(analysis.weights[leaf.id] for leaf in own)
    is_counted = node.unit and not node.children and not isinstance(node.measure, ShareMeasure)
    name = f"{node.name} ({node.unit})" if is_counted else node.name
    cells = [Cell(name), Cell(f"{100 * weight:.0f} %", right=True, ink=QUIET)]
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
        cells.append(Cell(story.cell_text(option.id, node), right=True, fill=fill, ink=ink))
    return cells


def shade(value: float) -> str:
    """Return the colour of a value of 0 to 1, paper to sand; dark ink reads on all of it."""
    part = max(0.0, min(1.0, value))
    ends = zip((0xFB, 0xF9, 0xF4), (0xD6, 0xBF, 0x78), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in ends)
