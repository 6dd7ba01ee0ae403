"""The workbook: the matrix with live formulas, and all that it rests on, sheet by sheet."""

from __future__ import annotations

import io
from typing import Any

from selector.domain import words as plain
from selector.domain.criterion import ShareMeasure
from selector.report import certainty, record, words
from selector.report.currency import DOLLARS
from selector.report.exports import Options, formulas
from selector.report.exports.book import Book, clean
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option
from selector.report.exports.sources import numbers_of
from selector.report.exports.story import Story
from selector.report.facts import TIERS, value_text
from selector.report.focus import item, redacted_item

SUFFIX = ".xlsx"
NAME = "Workbook (Excel): the matrix with live formulas, facts, cost"
FIRST = 5  # rows of the matrix above the first option: heads, weights
FACTS = (20, 24, 20, 24, 36, 11, 11, 16, 12, 68, 46, 26)  # letters of the columns of facts
LEAVES = 4  # columns of the matrix before the first criterion: name, points, score, rank


def made(story: Story, _options: Options) -> bytes:
    """Return the workbook."""
    import xlsxwriter  # 0.1 s, and only wanted here

    content = io.BytesIO()
    whole = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False, "nan_inf_to_errors": True},
    )  # fmt: skip
    decision = story.analysis.decision
    whole.set_properties({"title": clean(decision.title), "comments": story.stamp})
    whole.set_calc_mode("auto")
    book = Book(whole, story.stamp)
    _answer(book, story)
    _matrix(book, story)
    _performances(book, story)
    _facts(book, story)
    _cost(book, story)
    _robustness(book, story)
    _risks(book, story)
    _record(book, story)
    _sources(book, story)
    _method(book, story)
    whole.close()
    return content.getvalue()


# --- the answer -----------------------------------------------------------------------------------


def _answer(book: Book, story: Story) -> None:
    sheet = book.sheet("Answer", [8, 40, 15, 12, 12, 16, 28, 40])
    sheet.title(story.headline)
    for line in (story.analysis.decision.question, story.sure, *story.conditions[:3]):
        if line:
            sheet.line(line)
    if story.link:
        sheet.line(f"The same view: {story.link}")
    sheet.gap()
    is_sum = words.is_weighted_sum(story.analysis)
    score = "Points of 100" if is_sum else "Score"
    often = f"First, of 100 {story.draws_by}".strip()
    heads = ["Rank", "Option", score, "at least", "at most", often, "A month", "To prove"]
    sheet.heads(heads)
    scored = ["tenth" if is_sum else "score"] * 3
    for option in story.ranked:
        sheet.row(_ranked(option, 100 if is_sum else 1), figures=["whole", "", *scored, "tenth"])
    for option in story.out:
        why = "; ".join(
            f"{row.reason.rstrip('.')}; asked: {row.requirement}" for row in option.knocked_out
        )
        sheet.row(["out", option.name, None, None, None, None, option.monthly, why])


def _ranked(option: Option, times: int) -> list[object]:
    scores = [None if x is None else times * x for x in (option.score, option.low, option.high)]
    first = None if option.first is None else 100 * option.first
    asked = "; ".join(option.unproven)
    return [option.rank, option.name, *scores, first, option.monthly, asked]


# --- the matrix -----------------------------------------------------------------------------------


def _matrix(book: Book, story: Story) -> None:
    """Options in rows, criteria in columns; values, scores and ranks are formulas.

    An option whose cost is kept in confidence is left out, for its cost could be computed.
    """
    analysis = story.analysis
    options = [o for o in story.ranked if o.id not in story.veiled]
    leaves = analysis.leaves
    sheet = book.sheet("Matrix", [30, 9, 9, 7, *[13] * len(leaves)], kept=LEAVES)
    write = sheet.raw
    write.freeze_panes(FIRST, LEAVES)
    write.repeat_rows(0, FIRST - 1)
    sheet.put(0, 0, "Values, 0 worst to 1 best. Change a weight, or a performance on the sheet "
              "Performances: scores and ranks follow.", "note")  # fmt: skip
    sheet.put(1, 0, "Group", "head")
    sheet.put(2, 0, "Criterion", "head")
    sheet.put(3, 0, "Weight", "head")
    for column, head in enumerate(("Points of 100", "Score, 0 to 1", "Rank"), 1):
        sheet.put(2, column, head, "head")
    group = {
        leaf.id: top.name for top in analysis.decision.criteria.criteria for leaf in top.leaves()
    }
    last = LEAVES + len(leaves) - 1
    for column, leaf in enumerate(leaves, LEAVES):
        sheet.put(1, column, group[leaf.id], "group")
        sheet.put(2, column, leaf.name, "head")
        sheet.put(3, column, analysis.weights[leaf.id], "weight")
    sheet.fit(1, [group[leaf.id] for leaf in leaves], LEAVES)
    sheet.fit(2, [leaf.name for leaf in leaves], LEAVES)
    weights = book.area("Matrix", 3, LEAVES, 3, last)
    sheet.formula(3, 1, f'=IF(ABS(SUM({weights})-1)<0.0005,"sum is 1","sum is not 1")', "note",
                  "sum is 1")  # fmt: skip
    sheet.put(4, 0, "Scores divide by the sum of the weights.", "note")
    table, values = analysis.table, analysis.value_table
    end = FIRST + max(len(options), 1) - 1
    scores = book.area("Matrix", FIRST, 2, end, 2)
    central = analysis.central_scores
    known = {o.id: table.alternatives.index(o.id) for o in options}
    ranks = _ranks({o: float(central[row]) for o, row in known.items()})
    for line, option in enumerate(options):
        row = FIRST + line
        at = known[option.id]
        sheet.put(row, 0, option.name, "name")
        for column, leaf in enumerate(leaves):
            cell = story.cell(option.id, leaf)
            worth = float(values.central[at, column])
            if cell is not None and isinstance(
                formulas.entry(cell, leaf, analysis.decision), float
            ):
                other = _unknown(story, leaf.id)
            else:
                other = worth
            place = book.cell("Performances", 2 + line, 1 + column)
            made_ = formulas.value(place, leaf, analysis.scales[leaf.id], analysis.decision, other)
            sheet.formula(row, LEAVES + column, made_, "value", worth)
        mine = book.area("Matrix", row, LEAVES, row, last)
        own = book.cell("Matrix", row, 2)
        score = float(central[at])
        sheet.formula(row, 1, f"=100*{own}", "points", 100 * score)
        summed = f"=SUMPRODUCT({weights},{mine})/SUM({weights})"
        sheet.formula(row, 2, summed, "score", score)
        better = f"=1+SUMPRODUCT(--({scores}>{own}+{words.LEVEL!r}))"
        sheet.formula(row, 3, better, "rank", ranks[option.id])
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
        told = [o.name for o in story.ranked if o.id in story.veiled]
        sheet.put(end + 2, 0, f"Left out, for it would tell what is {KEPT_IN_HOUSE}: "
                  f"{plain.listed(told)}.",
                  "note")  # fmt: skip


def _unknown(story: Story, leaf: str) -> float:
    worst, best = story.analysis.scales[leaf].attainable
    return (worst + best) / 2


def _ranks(scores: dict[str, float]) -> dict[str, int]:
    return {
        o: 1 + sum(other > own + words.LEVEL for other in scores.values())
        for o, own in scores.items()
    }


def _performances(book: Book, story: Story) -> None:
    """One performance a cell, as the formulas of the matrix read it."""
    analysis = story.analysis
    leaves = analysis.leaves
    sheet = book.sheet("Performances", [30, *[15] * len(leaves)], kept=1)
    sheet.raw.freeze_panes(2, 1)
    sheet.raw.repeat_rows(0, 1)
    sheet.put(0, 0, "Option", "head")
    sheet.put(1, 0, "in", "head")
    for column, leaf in enumerate(leaves, 1):
        sheet.put(0, column, leaf.name, "head")
        unit = "share, 0 to 1" if isinstance(leaf.measure, ShareMeasure) else leaf.unit
        sheet.put(1, column, unit, "group")
    sheet.fit(0, [leaf.name for leaf in leaves], 1)
    options = [o for o in story.ranked if o.id not in story.veiled]
    for row, option in enumerate(options, 2):
        sheet.put(row, 0, option.name, "name")
        for column, leaf in enumerate(leaves, 1):
            cell = story.cell(option.id, leaf)
            sheet.put(row, column, formulas.entry(cell, leaf, analysis.decision), "entry")


# --- what it rests on -----------------------------------------------------------------------------


def _facts(book: Book, story: Story) -> None:
    """Every cell of the matrix with the facts under it."""
    analysis = story.analysis
    decision = analysis.decision
    sheet = book.sheet("Facts", FACTS, kept=2, scale=60)
    says = "It says" if story.money.code == DOLLARS else "It says, amounts in US dollars"
    sheet.heads(
        ["Option", "Criterion", "Performance", "Fact", says, "As of", "Read", "Kind of source",
         "Confidence", "Source", "Where in it", "Source no."]
    )  # fmt: skip
    for option in story.options:
        for leaf in analysis.leaves:
            cell = story.cell(option.id, leaf)
            told = story.cell_text(option.id, leaf, unit=True)
            if cell is None or not cell.facts:
                sheet.row([option.name, leaf.name, told])
                continue
            numbers = ", ".join(map(str, numbers_of(cell, story.number_of)))
            for fact, evidence in cell.facts.items():
                definition = decision.dictionary.get(fact)
                source = next(
                    (str(s) for e in (evidence, *evidence.accounts) for s in e.sources), ""
                )
                sheet.row(
                    [option.name, leaf.name, told, definition.name if definition else fact,
                     value_text(evidence, definition), evidence.as_of, evidence.retrieved,
                     TIERS.get(evidence.tier or "", ""), evidence.confidence,
                     source or evidence.reason, evidence.locator, numbers]
                )  # fmt: skip
    sheet.filtered()


def _cost(book: Book, story: Story) -> None:
    if story.analysis.decision.workload is None:
        return
    money = story.money
    sheet = book.sheet("Cost", [26, 44, 12, 20, 12, 15, 15, 15, 11, 100], kept=2, scale=60)
    sheet.heads(
        ["Option", "Item of the first month", "Quantity", "Unit", f"{money.code} a unit",
         f"{money.code} a month", "at least", "at most", "Confidence", "Source or assumption"]
    )  # fmt: skip
    for bill in story.analysis.cost().alternatives.values():
        start = sheet.next
        for line in bill.items:
            row = item(line, money)
            data: dict[str, Any] = redacted_item(row) if bill.alternative in story.hidden else row
            is_shown = data["monthly"] is not None and bill.alternative not in story.hidden
            amount = data["monthly"] if is_shown else None
            sheet.row(
                [bill.name, data["item"], data["quantity"] if is_shown else None, data["unit"],
                 data["unit_price"] if is_shown else None, amount,
                 data["low"] if is_shown else None, data["high"] if is_shown else None,
                 data["confidence"], data["source"] or data["unknown"]],
                figures=["", "", "", "", "", "money", "money", "money"],
            )  # fmt: skip
        if bill.alternative in story.hidden:
            sheet.row([bill.name, f"All items: {KEPT_IN_HOUSE}"], "total")
        elif sheet.next > start and bill.monthly is not None:
            area = book.area("Cost", start, 5, sheet.next - 1, 5, same=True)
            sheet.row([bill.name, "All items"], "total")
            likely = money(bill.monthly.likely)
            sheet.formula(sheet.next - 1, 5, f"=SUM({area})", "total_amount", likely)


def _robustness(book: Book, story: Story) -> None:
    found = story.robustness
    drawn = story.sampled.found.rank_acceptability
    if not drawn:
        return
    count, by = len(story.ranked), f" {story.draws_by}" if story.draws_by else ""
    sheet = book.sheet("Robustness", [40, *[11] * max(count, 6)])
    sheet.line(certainty.drawn(found))
    sheet.heads([f"Of 100 draws{by}, so many give the rank", *range(1, count + 1)])
    for option in story.ranked:
        shares = drawn[option.id]
        sheet.row([option.name, *(100 * float(share) for share in shares)],
                  figures=["", *["tenth"] * count])  # fmt: skip
    sheet.gap()
    sheet.heads(["Weight, as a share of its siblings", "now", "from", "to", "below it", "above it"])
    names = {node.id: node.name for node in story.analysis.decision.criteria.walk()}
    for node, stable in found.stability.items():
        who = [story.labels[x].short if x else "" for x in (stable.below, stable.above)]
        sheet.row([names[node], stable.weight, stable.low, stable.high, *who],
                  figures=["", "share", "share", "share"])  # fmt: skip
    for head, lines in (
        ("One figure that would change it", story.performance_flips),
        ("What to find out first", story.find_out),
        ("What the weights imply", story.implied),
    ):
        if lines:
            sheet.gap()
            sheet.heads([head])
            for told in lines:
                sheet.line(told)


def _risks(book: Book, story: Story) -> None:
    sheet = book.sheet("Risks", [50, 50, 50, 16, 14])
    sheet.heads(["Cause", "Effect", "Control", "Owner", "AI RMF"])
    for risk in story.risks:
        sheet.row([risk.cause, risk.effect, risk.control, risk.owner, risk.function])


def _record(book: Book, story: Story) -> None:
    """Where the decision stands, who approved, the parts around the choice, the change log."""
    said, is_open = story.analysis.decision.record, not story.hidden
    drawn = story.architecture
    stands = record.standing(story.analysis)
    if not (stands or drawn or said.changes):
        return
    sheet = book.sheet("Record", [14, 28, 40, 24, 24, 60])
    for told in stands:
        sheet.line(told)
    if said.approved:
        sheet.gap()
        sheet.heads(["On", "Approved by", "Role", "Version", "", "Note"])
        for row in said.approved:
            note = row.note if is_open else ""
            sheet.row([row.on, row.by, row.role, row.version, None, note])
    if drawn is not None:
        sheet.gap()
        sheet.heads(["", "From", "To", "", "", "What goes along it"])
        for link in drawn.links:
            ends = (drawn.parts[link.source], drawn.parts[link.target])
            sheet.row([None, *ends, None, None, link.carries])
    if said.changes:
        sheet.gap()
        sheet.heads(["On", "Set by", "What", "Before", "Now", "Why"])
        for entry in said.changes:
            told_ = (entry.before, entry.now, entry.why) if is_open else ("", "", "")
            sheet.row([entry.on, entry.by, entry.what, *told_])


def _sources(book: Book, story: Story) -> None:
    sheet = book.sheet("Sources", [6, 90, 14, 60])
    sheet.heads(["No.", "Source", "As of", "For"])
    for source in story.sources:
        sheet.row([source.number, source.name, source.as_of, plain.listed(source.used_for)])
        if source.url:
            sheet.link(sheet.next - 1, 1, source.url)


def _method(book: Book, story: Story) -> None:
    analysis = story.analysis
    sheet = book.sheet("Method", [120])
    sheet.heads(["How to read this"])
    for told in (
        "Each performance becomes a value from 0 (worst) to 1 (best) by the scale of its "
        "criterion.",
        "A score is the weighted mean of the values, times 100. Unknown counts at the middle of "
        "its scale; what it could do stands in the columns at least and at most.",
        f"The answer is ranked by {words.method_name(analysis.decision.method).lower()}. "
        f"{story.weighed}",
        "Costs are list prices without taxes unless a file of negotiated prices says otherwise.",
        f"{story.stamp}.",
        *story.warnings,
    ):  # fmt: skip
        sheet.line(told)
    sheet.gap()
    sheet.heads(["What each criterion asks, from worst to best"])
    for leaf in analysis.leaves:
        step = story.step(leaf)
        sheet.line(f"{leaf.name}: {step}" if step else leaf.name)
