"""What stands on each slide, in the order of a board's questions. Titles say what is found."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.domain.frameworks import examined
from selector.domain.span import Span
from selector.report import certainty, palette, words
from selector.report.bills import by_cost
from selector.report.exports.deck.canvas import (
    BOTTOM,
    LEFT,
    QUIET,
    ROOM,
    TALL,
    TOP,
    Cell,
    Deck,
    Series,
)
from selector.report.exports.story import KEPT_IN_HOUSE, Option, Story

NOTHING = Span.exactly(0)
MOST_OPTIONS = 8  # columns of a matrix
MOST_ROWS = 12  # rows of a table
HEIGHT = TALL - TOP - BOTTOM
TINTS = ("30365F", "4A6FA5", "7FA0C4", "A9BFD8", "C9D5E3", "DDE3EA", "E8ECF0", "F0F2F5")
LIGHT_FROM = 3  # from this tint on labels are dark
LITTLE = 0.01  # a volume below this part of the workload is of no interest
CHARTED = 12  # options that a chart can show; the rest stand in the tables


def tint(place: int) -> str:
    """Return a colour of the neutral row, darkest first."""
    return TINTS[min(place, len(TINTS) - 1)]


def colour(option: Option) -> str:
    """Return an option's own colour, the same on every page and slide."""
    return palette.colour(option.place)[1:].upper()


def heads(*names: str, right: Sequence[int] = ()) -> list[Cell]:
    """Return the heads of a table; those at the places `right` stand on the right."""
    return [Cell(name, right=place in right) for place, name in enumerate(names)]


# --- the answer -----------------------------------------------------------------------------------


def recommendation(deck: Deck, story: Story) -> None:
    """First: what is recommended, what it costs, what is asked."""
    rows = [
        [Cell(str(o.rank), right=True, ink=QUIET), Cell(o.name, bold=o.rank == 1),
         Cell(_points(o), bold=True, right=True), Cell(_span(o), right=True, ink=QUIET),
         Cell("" if o.first is None else plain.of_100(o.first), right=True),
         Cell(o.monthly, right=True)]
        for o in story.ranked
    ]  # fmt: skip
    score = "Points of 100" if words.is_weighted_sum(story.analysis) else "Score"
    top = heads(" ", "Platform, model", score, "could be", "First, of 100 draws", "A month",
                right=(2, 3, 4, 5))  # fmt: skip
    deck.table(
        story.recommendation, story.asked, top, rows, (4, 34, 12, 14, 14, 22),
        [story.headline, story.sure, *story.conditions], size=14, most=MOST_ROWS, spread=True,
    )  # fmt: skip


def _points(option: Option) -> str:
    if option.score is None:
        return KEPT_IN_HOUSE if option.monthly == KEPT_IN_HOUSE else ""
    return plain.points(option.score) if option.low is not None else f"{option.score:,.4f}"


def _span(option: Option) -> str:
    if option.low is None or option.high is None:
        return ""
    return f"{plain.points(option.low)} to {plain.points(option.high)}"


def question(deck: Deck, story: Story) -> None:
    """The question with what is required, beside the answer and how sure it is."""
    decision = story.analysis.decision
    slide = deck.slide(story.headline, notes=[decision.question])
    half = (ROOM - 40) / 2
    asked = [decision.question or decision.title]
    asked += [
        f"Required: {words.lower_first(told)}." + (f" {r.reason}" if r.reason else "")
        for r, told in zip(decision.requirements, story.analysis.requirements, strict=True)
    ]
    slide.bullets(asked, LEFT, TOP, half, HEIGHT, 16, "The question")
    told = [story.sure, *story.conditions[:3], *story.find_out[:1]]
    right = LEFT + half + 40
    slide.bullets([t for t in told if t], right, TOP, half, HEIGHT, 16, "The answer")


def options(deck: Deck, story: Story) -> None:
    """Every option, and why some are out."""
    by_id = {a.id: a for a in story.analysis.decision.alternatives}
    rows = []
    for option in story.options:
        own = by_id[option.id]
        stands = f"rank {option.rank}" if option.rank else "knocked out"
        failed = [
            f"{row.reason.rstrip('.')} (asked: {row.requirement}). {row.why}".strip()
            for row in option.knocked_out
        ]
        proof = f"still to prove: {'; '.join(option.unproven)}" if option.unproven else ""
        why = " ".join(failed) or proof
        place = ", ".join(part for part in (own.vendor_name, own.model, own.region) if part)
        rows.append([Cell(option.name, bold=True), Cell(place), Cell(stands), Cell(why)])
    out = len(story.out)
    told = f"{len(story.ranked)} of {len(story.options)} options meet what is required"
    if not out:
        told = f"All {len(story.options)} options meet what is required"
    deck.table(told, "", heads("Option", "Vendor, model, region", "Stands", "Why"), rows,
               (26, 32, 12, 30))  # fmt: skip


# --- the matrix -----------------------------------------------------------------------------------


def groups(deck: Deck, story: Story) -> None:
    """The matrix by groups of criteria."""
    nodes = story.analysis.decision.criteria.criteria
    _matrix(deck, story, nodes, _strongest(story),
            "Points of 100 within each group; the stronger the colour, the better")  # fmt: skip


def _strongest(story: Story) -> str:
    """Where the leader is best of all, as a title."""
    table, values = story.analysis.table, story.analysis.value_table.central
    weights_ = story.analysis.weights
    leader = story.ranked[0]
    ahead = []
    for top in story.analysis.decision.criteria.criteria:
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
            "Performances; the stronger the colour, the better. ≈ is a range.")  # fmt: skip


def _matrix(deck: Deck, story: Story, nodes: Sequence[Criterion], title: str, under: str) -> None:
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
        share = 62 / len(part)
        deck.table(told, under, top, rows, (29, 9, *[min(share, 16)] * len(part)), size=11,
                   most=MOST_ROWS, spread=nodes is not story.analysis.leaves)  # fmt: skip


def _line(story: Story, node: Criterion, part: Sequence[Option]) -> list[Cell]:
    analysis = story.analysis
    table, values = analysis.table, analysis.value_table.central
    own = list(node.leaves())
    weight = sum(analysis.weights[leaf.id] for leaf in own)
    is_counted = node.unit and not node.children and not isinstance(node.measure, ShareMeasure)
    name = f"{node.name} ({node.unit})" if is_counted else node.name
    cells = [Cell(name), Cell(f"{100 * weight:.0f} %", right=True, ink=QUIET)]
    for option in part:
        row = table.alternatives.index(option.id)
        if any(story.is_hidden(option.id, leaf) for leaf in own):
            cells.append(Cell(KEPT_IN_HOUSE, right=True, ink=QUIET))
            continue
        worth = sum(
            analysis.weights[leaf.id] * values[row, table.leaves.index(leaf.id)] for leaf in own
        )
        value = float(worth / weight) if weight > 0 else 0.0
        if node.children:
            cells.append(Cell(f"{100 * value:.0f}", right=True, fill=shade(value)))
            continue
        cell = story.cell(option.id, node)
        is_known = cell is not None and cell.state in ("value", "not_applicable")
        if weight <= 0:
            value = float(values[row, table.leaves.index(node.id)])
        fill = shade(value) if is_known else ""
        ink = "17202A" if is_known else QUIET
        cells.append(Cell(story.cell_text(option.id, node), right=True, fill=fill, ink=ink))
    return cells


def shade(value: float) -> str:
    """Return the colour of a value of 0 to 1, paper to sand; dark ink reads on all of it."""
    part = max(0.0, min(1.0, value))
    ends = zip((0xFB, 0xF9, 0xF4), (0xD6, 0xBF, 0x78), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in ends)


# --- why and how sure -----------------------------------------------------------------------------


def contributions(deck: Deck, story: Story) -> None:
    """What each score is made of."""
    options_ = [o for o in story.ranked if o.id not in story.hidden][:CHARTED]
    analysis = story.analysis
    if not options_:
        return
    table, values = analysis.table, analysis.value_table.central
    series = []
    for place, top in enumerate(analysis.decision.criteria.criteria):
        figures = [
            100 * sum(
                analysis.weights[leaf.id]
                * float(values[table.alternatives.index(o.id), table.leaves.index(leaf.id)])
                for leaf in top.leaves()
            )
            for o in options_
        ]  # fmt: skip
        series.append(Series(top.name, figures, tint(place), place >= LIGHT_FROM))
    sums = [f"{o.short} {plain.points(o.score or 0.0)}" for o in options_ if o.score is not None]
    told = f"Points of 100 by group of criteria: {plain.listed(sums)}."
    first = options_[0]
    most = max(series, key=lambda row: row.figures[0] or 0.0)
    slide = deck.slide(
        f"{first.short} earns most of its points with {words.lower_first(most.name)}",
        "Points of 100, by what they are made of; a wider block is more points",
    )
    many = len(analysis.decision.criteria.criteria) <= len(TINTS)
    names = [o.short for o in options_]
    slide.chart("stacked", names, series, told, (LEFT, TOP, ROOM, HEIGHT), labels=many,
                number='[>=4]0;""')  # fmt: skip


def weights(deck: Deck, story: Story) -> None:
    """What counts how much, and how that came about."""
    analysis = story.analysis
    tops = sorted(
        analysis.decision.criteria.criteria,
        key=lambda top: -sum(analysis.weights[leaf.id] for leaf in top.leaves()),
    )
    shares = [100 * sum(analysis.weights[x.id] for x in top.leaves()) for top in tops]
    told = plain.listed([f"{top.name} {s:.0f} %" for top, s in zip(tops, shares, strict=True)])
    slide = deck.slide(
        f"{tops[0].name} counts most: {shares[0]:.0f} % of the weight", story.weighed
    )
    wide = ROOM * 0.56
    series = [Series("Weight", shares[:16], tint(0), True)]
    slide.chart("bars", [top.name for top in tops[:16]], series, f"Weights: {told}.",
                (LEFT, TOP, wide, HEIGHT), number='0" %"', legend=False)  # fmt: skip
    lines = [
        f"{s.name} (counts {plain.number(s.influence)})" for s in analysis.decision.stakeholders
    ]
    right = LEFT + wide + 30
    title = "Who was asked" if lines else "What the weights imply"
    slide.bullets((lines or story.implied)[:8], right, TOP, ROOM - wide - 30, HEIGHT, 13, title)


def sure(deck: Deck, story: Story) -> None:
    """How often each option has each rank."""
    found = story.robustness
    if len(story.ranked) < 2:
        return
    shown = story.ranked[:CHARTED]
    ranks = min(len(story.ranked), len(TINTS))
    series = []
    for rank in range(ranks):
        is_last = rank == ranks - 1 and len(story.ranked) > ranks
        figures = [
            100 * float(sum(found.rank_acceptability[o.id][rank:]) if is_last
                        else found.rank_acceptability[o.id][rank])
            for o in shown
        ]  # fmt: skip
        name = f"rank {rank + 1}" + (" or lower" if is_last else "")
        series.append(Series(name, figures, tint(rank), rank >= LIGHT_FROM))
    told = [
        f"{o.short} first in {plain.of_100(o.first or 0.0)}" for o in shown if (o.first or 0) > 0
    ]
    slide = deck.slide(
        certainty.headline(story.analysis, found), certainty.drawn(found),
        [certainty.others(story.analysis, found), certainty.precision(found)],
    )  # fmt: skip
    slide.chart("stacked", [o.short for o in shown], series,
                f"Of 100 draws: {plain.listed(told)}.", (LEFT, TOP, ROOM, HEIGHT),
                number='[>=5]0;""', most=100)  # fmt: skip


def changes(deck: Deck, story: Story) -> None:
    """What would turn the answer, and what to find out."""
    third = (ROOM - 60) / 3
    near = story.conditions
    title = near[0].rstrip(".") if near else "No single weight changes the answer"
    slide = deck.slide(title, "The nearest turning points: one thing otherwise, all else as it is")
    for place, (head, lines, none) in enumerate(
        (
            ("If a weight moves", near, "No single weight puts another first."),
            (
                "If a figure changes",
                story.performance_flips,
                "No figure alone puts another first.",
            ),
            ("If an open fact is known", story.find_out, "No open fact puts another first."),
        )
    ):
        left = LEFT + place * (third + 30)
        slide.bullets(lines[:5] or [none], left, TOP, third, HEIGHT, 14, head)


def head_to_head(deck: Deck, story: Story) -> None:
    """The first against the second, criterion by criterion."""
    parts = [r for r in story.between() if abs(r.points) >= 5e-4]
    if not parts:
        return
    by_id = {o.id: o for o in story.ranked}
    first, second = by_id[story.standing.leader], by_id[story.standing.second]
    shown = sorted(sorted(parts, key=lambda r: -abs(r.points))[:10], key=lambda r: -r.points)
    gap = sum(r.points for r in story.between())
    rest = gap - sum(r.points for r in shown)
    names = [r.leaf.name for r in shown]
    figures = [100 * r.points for r in shown]
    if abs(rest) >= 5e-4:
        names.append(f"the other {len(story.between()) - len(shown)} together")
        figures.append(100 * rest)
    for_first = [words.lower_first(r.leaf.name) for r in shown if r.points > 0][:2]
    against = [words.lower_first(r.leaf.name) for r in reversed(shown) if r.points < 0][:1]
    title = (
        f"{plain.listed(for_first)} decide"
        if len(for_first) > 1
        else (f"{plain.listed(for_first) or 'nothing'} decides")
    )
    if against:
        title += f"; {against[0]} pulls the other way"
    told = "; ".join(f"{n} {f:+.1f}" for n, f in zip(names, figures, strict=True))
    slide = deck.slide(
        title[:1].upper() + title[1:],
        f"Points of 100, {first.short} against {second.short}; the differences add up to "
        f"{plain.points(gap)}",
        [f"{r.leaf.name}: {r.performance} ({plain.points(r.points)})" for r in shown],
    )
    series = [
        Series(f"for {first.short}", [f if f > 0 else None for f in figures], colour(first), True),
        Series(
            f"for {second.short}", [f if f < 0 else None for f in figures], colour(second), True
        ),
    ]
    slide.chart("bars", names, series, f"{told}.", (LEFT, TOP, ROOM, HEIGHT), number="+0.0;-0.0")


# --- money ----------------------------------------------------------------------------------------


def cost(deck: Deck, story: Story) -> None:
    """The first month by kind of item, and its growth."""
    if story.analysis.decision.workload is None:
        return
    bills = [
        b for b in by_cost(story.analysis)
        if b.alternative not in story.hidden and b.monthly is not None
    ][:CHARTED]  # fmt: skip
    if not bills:
        return
    money = story.money
    sums: dict[str, float] = {}
    for line in (line for bill in bills for line in bill.items):
        sums[line.category] = sums.get(line.category, 0) + (line.monthly or NOTHING).likely
    kinds = sorted(sums, key=lambda kind: -sums[kind])
    amounts = {name: likely for name, likely, _ in story.bills}
    shorts = [story.labels[b.alternative].short for b in bills]
    names = [f"{short}: {amounts[short]}" for short in shorts]
    series = [
        Series(
            words.title_of(kind),
            [
                sum(money(x.monthly.likely) for x in b.items if x.category == kind and x.monthly)
                for b in bills
            ],
            tint(place), place >= LIGHT_FROM,
        )
        for place, kind in enumerate(kinds)
    ]  # fmt: skip
    told = [f"{name} {likely}" for name, likely, _ in story.bills if likely != KEPT_IN_HOUSE]
    cheapest = bills[0]
    title = f"{shorts[0]} is cheapest: {story.cost_of(cheapest.alternative)} a month"
    slide = deck.slide(
        title, f"The first month by kind of item, likely figures in {money.code}",
        [f"{name}: {likely}; {ends}" for name, likely, ends in story.bills],
    )  # fmt: skip
    slide.chart("stacked", names, series, f"The first month: {plain.listed(told)}.",
                (LEFT, TOP, ROOM, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    growth(deck, story)


def growth(deck: Deck, story: Story) -> None:
    """How the bills grow over the horizon, and from which volume on one becomes cheaper."""
    costs = story.analysis.cost()
    by_id = {o.id: o for o in story.options}
    bills = [
        b for b in by_cost(story.analysis)
        if b.alternative not in story.hidden and b.monthly is not None
        and b.alternative in {o.id for o in story.ranked}
    ][:CHARTED]  # fmt: skip
    workload = story.analysis.decision.workload
    if workload is None or workload.months < 2 or not bills:
        return
    months, volume = workload.months, workload.requests_per_month.likely
    money = story.money
    series = [
        Series(by_id[b.alternative].short, [money(x) for x in b.by_month[1]],
               colour(by_id[b.alternative]))
        for b in bills
    ]  # fmt: skip
    first, last = bills[0].by_month[1][0], bills[0].by_month[1][-1]
    who = by_id[bills[0].alternative].short
    told = f"{who} goes from {money.text(first)} to {money.text(last)} a month in {months} months"
    even = [
        f"{by_id[r.alternative].short} is cheaper than {by_id[r.against].short} from "
        f"{plain.number(float(f'{r.found.requests:.3g}'))} requests a month on."
        for r in costs.break_even
        if r.found.requests and r.found.requests > LITTLE * volume
        and not {r.alternative, r.against} & story.hidden
    ]  # fmt: skip
    slide = deck.slide(told, f"The likely bill of each month, in {money.code}", even)
    wide = ROOM * 0.68 if even else ROOM
    slide.chart("lines", [str(month) for month in range(1, months + 1)], series,
                f"{told}.", (LEFT, TOP, wide, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    if even:
        slide.bullets(even[:6], LEFT + wide + 24, TOP, ROOM - wide - 24, HEIGHT, 13,
                      "Where one becomes cheaper")  # fmt: skip


# --- what to mind ---------------------------------------------------------------------------------


def risks(deck: Deck, story: Story) -> None:
    """The risk register."""
    if not story.risks:
        return
    rows = [
        [Cell(r.cause, bold=True), Cell(r.effect), Cell(r.control), Cell(r.owner), Cell(r.function)]
        for r in story.risks
    ]
    count = len(rows)
    told = "One risk to settle" if count == 1 else f"{count} risks to settle before signing"
    deck.table(told, "Found in the evidence; owners are yours to name",
               heads("Cause", "Effect", "Control", "Owner", "AI RMF"), rows, (28, 26, 26, 9, 11),
               size=11, most=8)  # fmt: skip


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
        heads("Part", "Examined", "By"), rows, (32, 12, 56), size=11, most=14,
    )  # fmt: skip


def method(deck: Deck, story: Story) -> None:
    """How the answer is made, in one slide."""
    analysis = story.analysis
    slide = deck.slide(
        "How the answer is made", "Every figure can be opened: facts, sources, dates"
    )
    half = (ROOM - 40) / 2
    by = words.method_name(analysis.decision.method).lower()
    slide.bullets(
        [
            "Facts come from sources with a date; what is not known spans its whole scale.",
            "Each performance becomes a value from 0 (worst) to 1 (best) by the scale of its "
            "criterion.",
            f"The ranking is by {by}: the weighted mean of the values, times 100."
            if words.is_weighted_sum(analysis) else f"The ranking is by {by}.",
            story.weighed,
            certainty.drawn(story.robustness),
        ],
        LEFT, TOP, half, HEIGHT, 15, "Method",
    )  # fmt: skip
    known = analysis.evidence
    slide.bullets(
        [
            f"Of {known.cells} cells, {known.known} are known, {known.ranges} are ranges, "
            f"{known.weak} weak or judged, {known.disputed} disputed, {known.unknown} unknown.",
            *analysis.warnings[:6],
        ],
        LEFT + half + 40, TOP, half, HEIGHT, 15, "To know when reading this",
    )  # fmt: skip


def sources(deck: Deck, story: Story) -> None:
    """All sources, numbered and linked."""
    if not story.sources:
        return
    rows = [
        [Cell(str(s.number), right=True), Cell(s.name, link=s.url),
         Cell(plain.day(s.as_of) if s.as_of else ""), Cell(", ".join(s.used_for[:3]))]
        for s in story.sources
    ]  # fmt: skip
    deck.table("Sources", "Numbered as in the matrix of the workbook and the page",
               heads("No.", "Source", "As of", "For"), rows, (6, 52, 12, 30), size=10,
               most=14)  # fmt: skip
