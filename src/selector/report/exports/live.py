"""The sheets that calculate: the matrix, and the performances that it reads."""

from __future__ import annotations

from selector.domain import words as plain
from selector.domain.criterion import ShareMeasure
from selector.report import words
from selector.report.exports import entering, formulas, scales
from selector.report.exports.book import FLUSH, Book, Sheet, address
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.looks import figures_look, wide
from selector.report.exports.option import Option
from selector.report.exports.story import Story

FIRST = 4  # rows of the matrix above the first option: what it is, group, criterion, weight
CHECK = (3, 1)  # row and column of the cell that says whether the weights are right
LEAVES = 4  # columns of the matrix before the first criterion: name, points, score, rank
COLUMN = 12.0  # letters of a criterion's column: "Infrastructure" is not broken
NAMES = (24.3, 44)  # letters of the column of options, at least and at most


def matrix(book: Book, story: Story) -> None:
    """Options in rows, criteria in columns; values, scores and ranks are formulas.

    An option whose cost is kept in confidence is left out, for its cost could be computed.
    """
    analysis = story.analysis
    options, leaves = scored(story), analysis.leaves
    sheet = book.sheet("Matrix", [_wide(options), *_rooms(story, options)], kept=1)
    write = sheet.raw
    write.freeze_panes(FIRST, LEAVES)
    write.repeat_rows(1, FIRST - 1)
    sheet.put(0, 0, "Values, 0 worst to 1 best", "note")  # as wide as what is on every page
    sheet.put(0, 1, _what(story), "note")
    group = {
        leaf.id: top.name for top in analysis.decision.criteria.criteria for leaf in top.leaves()
    }
    groups, criteria = ([group[x.id] for x in leaves], [x.name for x in leaves])
    for column, head in enumerate(["Group", "", "", ""]):
        sheet.put(1, column, head, "top_head")
    for row, head in enumerate(("Criterion", "Weight"), 2):
        sheet.put(row, 0, head, "head")
    figures = ["Points of 100", "Score, 0 to 1", "Rank"]
    for column, head in enumerate([*figures, *criteria], 1):
        sheet.put(2, column, head, "figure_head")
    last = LEAVES + len(leaves) - 1
    for column, leaf in enumerate(leaves, LEAVES):
        sheet.put(1, column, group[leaf.id], "group")
        sheet.put(3, column, analysis.weights[leaf.id], "weight")
    sheet.fit(1, groups, LEAVES, inset=FLUSH)
    sheet.fit(2, [*figures, *criteria], 1, bold=True, inset=FLUSH)
    weights = book.area("Matrix", 3, LEAVES, 3, last)
    sheet.formula(*CHECK, formulas.check(weights), "note", formulas.SUM_IS_1)
    sheet.mark((*CHECK, *CHECK), f'{address(*CHECK)}<>"{formulas.SUM_IS_1}"')
    sheet.mark((3, LEAVES, 3, last), entering.is_no_weight(address(3, LEAVES)))
    sheet.ask((3, LEAVES, 3, last), entering.WEIGHT)
    end = FIRST + max(len(options), 1) - 1
    _values(book, sheet, story, options, weights)
    if options:
        write.conditional_format(
            FIRST, LEAVES, end, last,
            {"type": "2_color_scale", "min_type": "num", "min_value": 0, "max_type": "num",
             "max_value": 1, "min_color": "#fbf9f4", "max_color": "#d6bf78"},
        )  # fmt: skip
        book.name("alternatives", "Matrix", FIRST, 0, end, 0)
        book.name("criteria", "Matrix", 2, LEAVES, 2, last)
        book.name("weights", "Matrix", 3, LEAVES, 3, last)
        book.name("values", "Matrix", FIRST, LEAVES, end, last)
        book.name("scores", "Matrix", FIRST, 2, end, 2)
        book.name("ranks", "Matrix", FIRST, 3, end, 3)
    if story.veiled:
        told = plain.listed([o.name for o in story.ranked if o.id in story.veiled])
        why = f"{told}: it would tell what is {KEPT_IN_HOUSE}."
        sheet.put(end + 2, 0, "Left out", "note")
        sheet.put(end + 2, 1, why, "note")


def _what(story: Story) -> str:
    """What the matrix does, in a line above it that is no wider than a page."""
    if words.is_weighted_sum(story.analysis):
        return (
            "Change a weight, or a performance on the next sheet: scores (divided by the sum of "
            "the weights) and ranks follow."
        )
    return (
        "Change a weight, or a performance on the next sheet: the weighted sum and its ranks "
        f"follow. The answer ranks by {words.method_name(story.analysis.decision.method)}."
    )


def scored(story: Story) -> list[Option]:
    """The options whose scores the matrix has."""
    return [o for o in story.ranked if o.id not in story.veiled]


def _room(figures: list[float]) -> float:
    """Letters of a criterion's column: its figures are to be seen."""
    return COLUMN if figures_look(figures) == "science" else max(COLUMN, wide(figures) + 1.0)


def _rooms(story: Story, options: list[Option]) -> list[float]:
    """Letters of the matrix's columns behind the names: figures beyond 0 to 1 are to be seen."""
    analysis = story.analysis
    rows = [analysis.table.alternatives.index(option.id) for option in options]
    scores = [float(analysis.central_scores[row]) for row in rows]
    values = analysis.value_table.central[rows, :].T.tolist()
    points = max(8.5, wide([100 * x for x in scores], 1) + 2.5)
    of_leaves = [max(COLUMN, wide(own, 2) + 1.0) for own in values]
    return [points, max(8.0, wide(scores, 4) + 1.5), 5.5, *of_leaves]


def _wide(options: list[Option]) -> float:
    """Letters of the column of options: the longest name is to take few lines."""
    least, most = NAMES
    return min(most, max([least, *(0.5 * len(o.name) for o in options)]))


def _values(book: Book, sheet: Sheet, story: Story, options: list[Option], weights: str) -> None:
    """A row for each option, from its name to its last value; `weights` is the area of theirs."""
    analysis = story.analysis
    leaves = analysis.leaves
    table, values = analysis.table, analysis.value_table
    last, end = LEAVES + len(leaves) - 1, FIRST + max(len(options), 1) - 1
    scores = book.area("Matrix", FIRST, 2, end, 2)
    checked = book.area("Matrix", *CHECK, *CHECK)
    central = analysis.central_scores
    tables = scales.tables(story, options)
    known = {o.id: table.alternatives.index(o.id) for o in options}
    ranks = _ranks({o: float(central[row]) for o, row in known.items()})
    for line, option in enumerate(options):
        row = FIRST + line
        at = known[option.id]
        sheet.put(row, 0, option.name, "name")
        sheet.fit(row, [option.name])
        for column, leaf in enumerate(leaves):
            cell = story.cell(option.id, leaf)
            told = formulas.entry(cell, leaf, analysis.decision)
            worth = float(values.central[at, column])
            place = book.cell("Performances", 2 + line, 1 + column)
            made_ = scales.value(place, tables[leaf.id], cell, told, worth)
            sheet.formula(row, LEAVES + column, made_, "value", worth)
        mine = book.area("Matrix", row, LEAVES, row, last)
        own = book.cell("Matrix", row, 2)
        score = float(central[at])
        sheet.formula(row, 1, formulas.points(own), "points", 100 * score)
        sheet.formula(row, 2, formulas.score(weights, mine, checked), "score", score)
        better = formulas.rank(scores, own, words.LEVEL)
        sheet.formula(row, 3, better, "rank", ranks[option.id])


def _ranks(scores: dict[str, float]) -> dict[str, int]:
    return {
        o: 1 + sum(other > own + words.LEVEL for other in scores.values())
        for o, own in scores.items()
    }


def performances(book: Book, story: Story) -> None:
    """One performance a cell, as the formulas of the matrix read it."""
    decision, leaves, options = story.analysis.decision, story.analysis.leaves, scored(story)
    entries = [
        [formulas.entry(story.cell(o.id, leaf), leaf, decision) for leaf in leaves] for o in options
    ]
    figures = [
        [x for told in entries if isinstance(x := told[column], float)]
        for column in range(len(leaves))
    ]
    sheet = book.sheet("Performances", [_wide(options), *map(_room, figures)], kept=1)
    sheet.raw.freeze_panes(2, 1)
    sheet.raw.repeat_rows(0, 1)
    sheet.put(0, 0, "Option", "head")
    sheet.put(1, 0, "in", "head")
    units = ["share, 0 to 1" if isinstance(x.measure, ShareMeasure) else x.unit for x in leaves]
    for row, (option, told) in enumerate(zip(options, entries, strict=True), 2):
        sheet.put(row, 0, option.name, "name")
        sheet.fit(row, [option.name])
        sheet.fit(row, told, 1, inset=FLUSH)
    for column, leaf in enumerate(leaves, 1):
        sheet.put(0, column, leaf.name, "figure_head")
        sheet.put(1, column, units[column - 1], "group")
        own = [told[column - 1] for told in entries]
        look = figures_look(figures[column - 1])
        entered = entering.entries(leaf, decision, own)
        for row, entry in enumerate(own, 2):
            sheet.put(row, column, entry, look if entered.has_numbers else "word")
        if own:
            _entered(sheet, column, len(own), entered)
    sheet.fit(0, [leaf.name for leaf in leaves], 1, bold=True, inset=FLUSH)
    sheet.fit(1, units, 1, inset=FLUSH)


def scale_sheet(book: Book, story: Story) -> None:
    """The value functions that the formulas of the matrix read."""
    if options := scored(story):
        scales.sheet(book, list(scales.tables(story, options).values()))


def _entered(sheet: Sheet, column: int, count: int, entries: entering.Entries) -> None:
    """Take into a column of so many performances what its scale knows, and mark what is none."""
    area, place = (2, column, 1 + count, column), address(2, column)
    if rule := entries.rule(place):
        sheet.ask(area, rule)
    if known := entries.condition(place):
        sheet.mark(area, f"NOT({known})")
