"""The workbook: the matrix with live formulas, and all that it rests on, sheet by sheet."""

from __future__ import annotations

import io
from typing import Any

from selector.analysis.cost import AlternativeCost
from selector.domain import words as plain
from selector.report import certainty, record, words
from selector.report.currency import DOLLARS
from selector.report.exports import Options, given, live, unchanged
from selector.report.exports.book import TYPE, Book, Sheet, clean, roomy
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.looks import figure_look, showing
from selector.report.exports.option import Option
from selector.report.exports.sources import numbers_under
from selector.report.exports.story import Story
from selector.report.facts import TIERS, bill_units, called, stated, value_text
from selector.report.focus import item, redacted_item

SUFFIX = ".xlsx"
NAME = "Workbook (Excel): the matrix with live formulas, facts, cost"
ANSWER = (7, 38, 11, 9, 9, 13, 24, 58)  # letters of the columns of the answer
FACTS = (23, 26, 18, 30, 38, 11, 11, 12, 21, 53, 36, 11)  # letters of the columns of facts
SOURCE = 9  # the one of them that names the source
BILL = (22, 32, 9, 14, 10, 13, 11, 11, 12, 34)  # letters of the columns of cost


def made(story: Story, _options: Options) -> bytes:
    """Return the workbook."""
    import xlsxwriter  # 0.1 s, and only wanted here

    content = io.BytesIO()
    whole = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False, "nan_inf_to_errors": True,
         "default_format_properties": dict(TYPE)},
    )  # fmt: skip
    decision = story.analysis.decision
    whole.set_properties({"title": clean(decision.title), "comments": story.stamp})
    whole.set_calc_mode("auto")
    book = Book(whole, story.stamp)
    _answer(book, story)
    live.matrix(book, story)
    live.performances(book, story)
    live.scale_sheet(book, story)
    _facts(book, story)
    _cost(book, story)
    _robustness(book, story)
    _weights(book, story)
    _risks(book, story)
    _record(book, story)
    _architecture(book, story)
    _sources(book, story)
    _method(book, story)
    whole.close()
    return content.getvalue()


# --- the answer -----------------------------------------------------------------------------------


def _answer(book: Book, story: Story) -> None:
    is_sum = words.is_weighted_sum(story.analysis)
    often = f"First, of 100 {story.draws_by}".strip()
    proof = "To prove, or why it is out" if story.out else "To prove"
    heads = ["Rank", "Option", story.score_head, "at least", "at most", often,
             story.month_head, proof]  # fmt: skip
    looks = ["place", "", *["tenth" if is_sum else "score"] * 3, "tenth", "", ""]
    rows = [_ranked(option, 100 if is_sum else 1) for option in story.ranked]
    for option in story.out:
        why = "; ".join(
            f"{row.reason.rstrip('.')}; asked: {words.asked(row.requirement)}"
            for row in option.knocked_out
        )
        rows.append(["out", option.name, None, None, None, None, option.monthly, why])
    used = [n for n in range(len(heads)) if any(row[n] not in (None, "") for row in rows)]
    room = min(40, sum(ANSWER) - sum(ANSWER[n] for n in used))  # of columns without a word
    widths = [ANSWER[n] + room * (n == 1) for n in used]
    shown = [[row[n] for n in used] for row in rows]
    sheet = book.sheet("Answer", showing(widths, [looks[n] for n in used], shown))
    sheet.title(story.headline)
    at = sheet.next
    sheet.gap()
    for line in (story.analysis.decision.question, story.sure, *story.conditions[:3]):
        if line:
            sheet.line(line)
    if story.link:
        sheet.line(f"The same view: {story.link}")
    sheet.gap()
    sheet.heads([heads[n] for n in used], [looks[n] for n in used])
    first = sheet.next
    for row in shown:
        sheet.row(row)
    sheet.next = at
    _as_exported(book, sheet, story, first, used.index(2) if 2 in used else 0)


def _as_exported(book: Book, sheet: Sheet, story: Story, row: int, column: int) -> None:
    """Whether the scores here, from that place on, are still those of the sheet Matrix.

    Where it has not those of all options, or of another method, only that they stay.
    """
    options = live.scored(story)
    if not options:
        return
    if len(options) < len(story.ranked) or not words.is_weighted_sum(story.analysis):
        sheet.line(unchanged.UNCHANGED)
        return
    last, end = row + len(options) - 1, live.FIRST + len(options) - 1
    then = book.area("Answer", row, column, last, column, same=True)
    now, names, ranks = (book.area("Matrix", live.FIRST, c, end, c) for c in (1, 0, 3))
    longest = max((option.name for option in options), key=len)
    sheet.live(
        unchanged.told(now, then, names, ranks), unchanged.UNCHANGED,
        f"{unchanged.CHANGED} By the sheet Matrix {longest} is first now.", unchanged.CHANGED[:9],
    )  # fmt: skip


def _ranked(option: Option, times: int) -> list[object]:
    scores = [None if x is None else times * x for x in (option.score, option.low, option.high)]
    first = None if option.first is None else 100 * option.first
    asked = "; ".join(option.unproven)
    return [option.rank, option.name, *scores, first, option.monthly, asked]


# --- what it rests on -----------------------------------------------------------------------------


def _facts(book: Book, story: Story) -> None:
    """Every cell of the matrix with the facts under it."""
    analysis = story.analysis
    decision = analysis.decision
    is_usd = story.money.code == DOLLARS
    says = "It says" if is_usd else "It says, amounts in US dollars"
    heads = ["Option", "Criterion", "Performance", "Fact", says, "As of", "Read", "Confidence",
             "Kind of source", "Source", "Where in it", "Source no."]  # fmt: skip
    rows: list[list[object]] = []
    addresses = []
    for option in story.options:
        units = bill_units(analysis, option.id)
        for leaf in analysis.leaves:
            cell = story.cell(option.id, leaf)
            told = story.cell_text(option.id, leaf, unit=True)
            if cell is None or not cell.facts:
                rows.append([option.name, leaf.name, told, *[None] * (len(heads) - 3)])
                addresses.append("")
                continue
            for fact, evidence in cell.facts.items():
                definition, name, unit = stated(fact, leaf, decision, units.get(fact, ""))
                source = next((s for e in (evidence, *evidence.accounts) for s in e.sources), None)
                numbers = ", ".join(map(str, numbers_under([evidence], story.number_of)))
                if not is_usd:  # the head says it
                    unit = unit.removeprefix(DOLLARS).lstrip()
                said = value_text(evidence, definition, unit)
                rows.append(
                    [option.name, leaf.name, told, name, said,
                     evidence.as_of, evidence.retrieved, evidence.confidence,
                     TIERS.get(evidence.tier or "", ""),
                     called(source) if source else evidence.reason, evidence.locator, numbers]
                )  # fmt: skip
                addresses.append(source.url if source else "")
    used = [n for n in range(len(heads)) if n < 5 or any(row[n] for row in rows)]
    whole: list[list[object]] = [[*heads], *rows]
    shown = [[row[n] for n in used] for row in whole]
    sheet = book.sheet("Facts", roomy([FACTS[n] for n in used], shown), kept=2)
    sheet.heads(shown[0])
    for row, address in zip(shown[1:], addresses, strict=True):
        sheet.row(row, links={used.index(SOURCE): address} if address else {})
    sheet.filtered()


def _cost(book: Book, story: Story) -> None:
    if not story.is_billed:
        return
    money = story.money
    bills = story.analysis.cost().alternatives.values()
    items = {bill.alternative: _items(story, bill) for bill in bills}
    sums = {
        bill.alternative: money(bill.monthly.likely)
        for bill in bills
        if bill.monthly is not None and bill.alternative not in story.hidden
    }
    looks = ["", "", "number", "", "number", "money", "money", "money"]
    rows = [row for found in items.values() for row in found]
    rows += [[*[None] * 5, likely] for likely in sums.values()]
    sheet = book.sheet("Cost", showing(BILL, looks, rows), kept=2)
    sheet.heads(
        ["Option", "Item of the first month", "Quantity", "Unit", f"{money.code} a unit",
         f"{money.code} a month", "at least", "at most", "Confidence", "Source or assumption"],
        looks,
    )  # fmt: skip
    blank = [None] * (len(BILL) - 2)
    for bill in bills:
        start = sheet.next
        for row in items[bill.alternative]:
            sheet.row(row, links={len(BILL) - 1: str(row[-1] or "")})
        if bill.alternative in story.hidden:
            sheet.row([bill.name, f"All items: {KEPT_IN_HOUSE}", *blank], "total")
        elif sheet.next > start and bill.alternative in sums:
            area = book.area("Cost", start, 5, sheet.next - 1, 5, same=True)
            sheet.row([bill.name, "All items", *blank], "total")
            likely = sums[bill.alternative]
            look = f"total_{figure_look(likely, 'money')}"
            sheet.formula(sheet.next - 1, 5, f"=SUM({area})", look, likely)
    sheet.none("What the options cost is not known item by item.")


def _items(story: Story, bill: AlternativeCost) -> list[list[object]]:
    """The items of a bill as rows, without amounts where they are kept in confidence."""
    found: list[list[object]] = []
    is_hidden = bill.alternative in story.hidden
    for line in bill.items:
        row = item(line, story.money)
        data: dict[str, Any] = redacted_item(row) if is_hidden else row
        is_shown = data["monthly"] is not None and not is_hidden
        shown = data if is_shown else {"unit": data["unit"]}
        keys = ("quantity", "unit", "unit_price", "monthly", "low", "high", "confidence")
        told = data["source"] or data["unknown"]
        told = told if is_shown else data["unknown"] or told
        found.append([bill.name, data["item"], *map(shown.get, keys), told])
    return found


def _robustness(book: Book, story: Story) -> None:
    found = story.robustness
    drawn = story.sampled.found.rank_acceptability
    if not drawn:
        return
    count, by = len(story.ranked), f" {story.draws_by}" if story.draws_by else ""
    wide = min(11.0, max(6.0, 100 / count))
    sheet = book.sheet("Robustness", [44, *[wide] * max(count, round(66 / wide))])
    sheet.line(certainty.drawn(found))
    sheet.gap()
    looks = ["", *["tenth"] * count]
    sheet.heads([f"Of 100 draws{by}, so many give the rank", *range(1, count + 1)], looks)
    for option in story.ranked:
        sheet.row([option.name, *(100 * float(share) for share in drawn[option.id])])
    by_sum = f",{story.by_sum}" if story.by_sum else ""
    for head, lines in (
        ("One figure that would change it", story.performance_flips),
        ("What to find out first", story.find_out),
        ("What the weights imply", story.implied),
    ):
        if lines:
            sheet.gap()
            sheet.heads([head + by_sum])
            for told in lines:
                sheet.line(told)


def _weights(book: Book, story: Story) -> None:
    """From where to where each weight may go before another option leads."""
    stability = story.robustness.stability
    if not stability:
        return
    sheet = book.sheet("Weights", [44, 10, 10, 10, 40, 40])
    by_sum = f",{story.by_sum}" if story.by_sum else ""
    sheet.heads(
        ["Weight, as a share of its siblings", "now", "from", "to",
         f"Leads below it{by_sum}", f"Leads above it{by_sum}"],
        ["", "share", "share", "share"],
    )  # fmt: skip
    names = {node.id: node.name for node in story.analysis.decision.criteria.walk()}
    for node, stable in stability.items():
        who = [story.labels[x].short if x else "" for x in (stable.below, stable.above)]
        sheet.row([names[node], stable.weight, stable.low, stable.high, *who])


def _risks(book: Book, story: Story) -> None:
    sheet = book.sheet("Risks", [48, 48, 48, 14, 14])
    sheet.heads(["Cause", "Effect", "Control", "Owner", "AI RMF"])
    for risk in story.risks:
        sheet.row([risk.cause, risk.effect, risk.control, risk.owner, risk.function])
    sheet.none("No risk was found in what is known.")


def _record(book: Book, story: Story) -> None:
    """Where the decision stands, who approved, and the change log."""
    said, is_open = story.analysis.decision.record, not story.hidden
    stands = record.standing(story.analysis)
    if not (stands or said.changes):
        return
    sheet = book.sheet("Record", [12, 26, 34, 22, 22, 54])
    for told in stands:
        sheet.line(told)
    if said.approved:
        sheet.gap()
        sheet.heads(["On", "Approved by", "Role", "Version", "", "Note"])
        for row in said.approved:
            note = row.note if is_open else ""
            sheet.row([row.on, row.by, row.role, row.version, None, note])
    if said.changes:
        sheet.gap()
        sheet.heads(["On", "Set by", "What", "Before", "Now", "Why"])
        for entry in said.changes:
            told_ = (entry.before, entry.now, entry.why) if is_open else ("", "", "")
            sheet.row([entry.on, entry.by, entry.what, *told_])


def _architecture(book: Book, story: Story) -> None:
    """The parts around the choice, and what goes from one to another."""
    drawn = story.architecture
    if drawn is None:
        return
    sheet = book.sheet("Architecture", [36, 36, 60])
    sheet.heads(["From", "To", "What goes along it"])
    for link in drawn.links:
        sheet.row([drawn.parts[link.source], drawn.parts[link.target], link.carries])


def _sources(book: Book, story: Story) -> None:
    sheet = book.sheet("Sources", [6, 84, 7, 12, 60])
    sheet.heads(["No.", "Source", "", "As of", "For"], ["place"])
    for source in story.sources:
        told = plain.listed(source.used_for)
        row = [source.number, source.name, "open" if source.url else "", source.as_of, told]
        sheet.row(row, links={2: source.url})
    sheet.none("No source is named.")


def _method(book: Book, story: Story) -> None:
    analysis = story.analysis
    method = words.method_name(analysis.decision.method)
    scored = (
        "A score is the weighted mean of the values, times 100. Unknown counts at the middle of "
        "its scale; what it could do stands in the columns at least and at most."
        if words.is_weighted_sum(analysis)
        else "On the sheet Matrix a score is the weighted mean of the values, on the sheet Answer "
        f"that of {method}. Unknown counts at the middle of its scale."
    )
    sheet = book.sheet("Method", [120])
    sheet.title("How to read this")
    for told in (
        "Each performance becomes a value from 0 (worst) to 1 (best) by the scale of its "
        f"criterion{', as the sheet Scales has it' if live.scored(story) else ''}.",
        scored,
        f"The answer is ranked by {words.lower_first(method)}. {story.weighed}",
        given.priced(story),
        f"{story.stamp}.",
        *story.warnings,
    ):  # fmt: skip
        if told:
            sheet.line(told)
    asked = [f"{what}. {why}".strip() for what, why in given.required(story)]
    asked += [told] if (told := given.picked(story)) else []
    load = given.workload(story)
    for head, lines in (("What was required", asked), ("The workload", [load] if load else [])):
        if lines:
            sheet.gap()
            sheet.heads([head])
            for told in lines:
                sheet.line(told)
    sheet.gap()
    sheet.heads(["What each criterion asks, from worst to best"])
    for leaf in analysis.leaves:
        step = story.step(leaf)
        sheet.line(f"{leaf.name}: {step}" if step else leaf.name)
