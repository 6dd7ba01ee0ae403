"""What each alternative costs a month, item by item; what moves it, and where it turns."""

from itertools import accumulate

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.domain import words as plain
from selector.report import bills, charts, focus, stacked, words
from selector.report.charts import Curve
from selector.report.money import Money, money_of, shown
from selector.ui import figures
from selector.ui.parts import answer, closer, load, stack_bills
from selector.ui.parts import bills as drawn
from selector.ui.parts.html import crumb, notice, page, section, text
from selector.ui.state import State

TITLE = "Cost"
SECTION = ""
ICON = ""
BARE = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
A_MONTH, SUMMED, EACH = "A month", "Summed up", "For 1,000 requests"
NO_RANGE = "no range"
Ends = tuple[float, float, float]


def show(state: State) -> None:
    """Draw the page; what takes longest comes last."""
    analysis = state.analysis
    cost = analysis.cost()
    decision = analysis.decision
    st.html(page(crumb(decision.title, answer.crumb_right(analysis)), drawn.headline(analysis)))
    if decision.workload is None:
        load.form(state, cost)
        return
    if any(bill.is_confidential for bill in cost.alternatives.values()):
        st.html(notice("Negotiated prices are confidential: do not pass these figures on."))
    if analysis.composed is None:
        st.html(page(drawn.models(analysis)))
    load.form(state, cost)
    if analysis.composed is None:
        st.html(page(drawn.bars(analysis)))
    else:
        st.html(page(stack_bills.bills(analysis, analysis.composed)))
    known = [bill for bill in bills.by_cost(analysis) if bill.monthly is not None]
    if known:
        _growth(analysis, known)
        _closer(state, analysis, known)
    _download(analysis)


# --- over the horizon -----------------------------------------------------------------------------


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def _growth(analysis: Analysis, known: list[AlternativeCost]) -> None:
    """The curve of each, and its totals."""
    workload = analysis.decision.workload
    months = workload.months if workload is not None else 1
    money, called = money_of(analysis.decision), words.labels(analysis.decision)
    horizon = "month" if months == 1 else f"{months} months"
    how = (
        "The likely course of each, growth of the load included; names stand where the lines end. "
        "Hover for a figure; the table below has them too."
    )
    st.html(page(section(f"Over the {horizon}", how if months > 1 else "")))
    if months > 1:
        names = {called[bill.alternative].short: bill.alternative for bill in known}
        left, right = st.columns([1.6, 1], vertical_alignment="bottom")
        with left:
            kind = st.segmented_control(
                "Counted", [A_MONTH, SUMMED, EACH], default=A_MONTH, key="cost_kind", required=True
            )
        with right:
            ranged = st.selectbox("Shade what it could be", [NO_RANGE, *names])
        lines = [
            _curve(analysis, bill, str(kind), money, names.get(str(ranged)) == bill.alternative)
            for bill in _drawn(analysis, known)
        ]
        st.plotly_chart(
            charts.growth(lines, money.code, _is_dark()),
            theme=None,
            config=BARE,
            key="cost_growth",
            alt=f"Bills over {months} months; the table below has the figures.",
        )
    st.html(page(_totals(analysis, known, months, money)))


def _drawn(analysis: Analysis, known: list[AlternativeCost]) -> list[AlternativeCost]:
    """Those in the running and the status quo; where none is left, all."""
    running = {row.alternative for row in analysis.ranking}
    running |= {a.id for a in analysis.decision.alternatives if a.kind == "status-quo"}
    return [bill for bill in known if bill.alternative in running] or known


def _curve(
    analysis: Analysis, bill: AlternativeCost, kind: str, money: Money, is_ranged: bool
) -> Curve:
    """The months of one alternative, as they are counted."""
    decision = analysis.decision
    load = decision.workload
    place = [a.id for a in decision.alternatives].index(bill.alternative)
    rows = []
    for row, once in zip(bill.by_month, bill.one_time, strict=True):
        if kind == SUMMED:
            rows.append([money(x) for x in accumulate(row, initial=once)][1:])
        elif kind == EACH and load is not None:
            requests = load.requests_per_month.likely
            growth = 1 + load.growth_per_month.likely
            served = [requests * growth**month / 1000 for month in range(len(row))]
            rows.append([money(x / n) if n else 0.0 for x, n in zip(row, served, strict=True)])
        else:
            rows.append([money(x) for x in row])
    low, likely, high = rows
    name = words.labels(decision)[bill.alternative].short
    months = range(1, len(likely) + 1)
    return Curve(name, place, months, likely, *((low, high) if is_ranged else ((), ())))


def _totals(analysis: Analysis, known: list[AlternativeCost], months: int, money: Money) -> str:
    """The figures of the curves as a table."""
    called = words.labels(analysis.decision)
    out = {row.alternative for row in analysis.excluded}
    heads = ["Alternative", "First month"]
    heads += [f"Month {months}", "Mean month"] if months > 1 else []
    heads += ["Paid once", f"All {months} months" if months > 1 else "In all", "1,000 requests"]
    rows = []
    for bill in known:
        cells: list[Ends | None] = [bill.monthly]
        cells += [_last(bill), bill.monthly_mean] if months > 1 else []
        cells += [bill.one_time, bill.total, bill.per_1000_requests]
        gone = " <small>knocked out</small>" if bill.alternative in out else ""
        colour = answer.colour_of(analysis, bill.alternative)
        rows.append(
            f'<tr style="--c:{colour}"><th scope="row"><i aria-hidden="true"></i>'
            f"{text(called[bill.alternative].short)}{gone}</th>"
            + "".join(_cell(cell, money) for cell in cells)
            + "</tr>"
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rate = analysis.decision.business.discount_rate
    later = f" What comes later counts {100 * rate:g} % a year less in the sum." if rate else ""
    given = analysis.decision.business.currency
    when = f", as of {plain.day(given.as_of)}" if given is not None and given.as_of else ""
    rated = f" 1 {given.code} = {given.usd:g} US dollars{when}." if given is not None else ""
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Totals">'
        f'<table class="totals"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody>'
        f'</table></div><p class="how after">In {money.code}.{text(later)}{text(rated)}</p>'
    )


def _last(bill: AlternativeCost) -> Ends:
    low, likely, high = (row[-1] for row in bill.by_month)
    return low, likely, high


def _cell(span: Ends | None, money: Money) -> str:
    if span is None:
        return "<td>–</td>"
    low, likely, high = (shown(money(end)) for end in span)
    ends = "" if low == high else f"<small>{low} to {high}</small>"
    return f"<td>{likely}{ends}</td>"


# --- one of them closer ---------------------------------------------------------------------------


def _closer(state: State, analysis: Analysis, known: list[AlternativeCost]) -> None:
    """One bill beside another: where they cross, what moves them, what would lower it."""
    called = {b.alternative: words.labels(analysis.decision)[b.alternative].short for b in known}
    pair = state.closer if state.closer[0] in called else closer.default_pair(analysis)
    st.html(page('<h2 class="big">One of them closer</h2>'))
    first, second = _choose(pair, called)
    bill = analysis.cost().alternatives[first]
    if second:
        _break_even(analysis, (first, second))
    now = bill.monthly.likely if bill.monthly else 0.0
    left, right = st.columns(2, gap="medium")
    title = f"What moves the bill of {called[first]}"
    stacks = '<span class="stacks"></span>'
    left.html(page(stacks, closer.tornado(analysis, title, bill.effects, now)))
    if second:
        right.html(page(_gap(analysis, first, second, called)))
    left, right = st.columns(2, gap="medium")
    left.html(page(stacks, closer.levers(analysis, bill)))
    if second:
        each = left.expander(
            "The largest lever of each other", key="cost_levers", on_change="rerun"
        )
        if each.open:
            none = '<p class="how">No other bill has a lever that saves anything.</p>'
            each.html(page(closer.others(analysis, first) or none))
    right.html(page(closer.worth(analysis, bill)))
    own = st.expander(f"Change a price or fact of {called[first]} alone", key="cost_own",
                      on_change="rerun")  # fmt: skip
    fields = figures.bill_fields(first, bill.parameters)
    if own.open:
        with own:
            load.reasoned(state, fields)
    else:
        load.problem(state, fields)


def _choose(pair: tuple[str, str], called: dict[str, str]) -> tuple[str, str]:
    """Let the visitor choose both."""
    names = list(called)
    st.session_state["cost_first"] = pair[0]

    def chosen() -> None:
        kept = st.session_state
        State().look_closer(str(kept["cost_first"]), str(kept.get("cost_second", "")))

    def draw(label: str, key: str, options: list[str]) -> None:
        st.selectbox(label, options, key=key, format_func=called.__getitem__, on_change=chosen)

    left, right = st.columns(2)
    with left:
        draw("The bill of", "cost_first", names)
    rest = [name for name in names if name != pair[0]]
    if not rest:
        return pair[0], ""
    second = pair[1] if pair[1] in rest else rest[0]
    st.session_state["cost_second"] = second
    with right:
        draw("beside", "cost_second", rest)
    return pair[0], second


def _break_even(analysis: Analysis, pair: tuple[str, str]) -> None:
    """From which volume on which of the two is cheaper, drawn and said; all pairs on demand."""
    cost = analysis.cost()
    called = words.labels(analysis.decision)
    whole = [called[a].short for a in pair if (p := cost.planned[a]) and p.plan.is_whole]
    if whole:
        why = f"{whole[0]}: its bill is known as a whole, not how it changes with the requests."
        st.html(page(section("From how many requests on", why)))
        return
    row = cost.between(*pair)
    drawn_lines, crossings, here = closer.curves(analysis, pair, row)
    how = (
        "The likely bill of a month over its requests, steps of whole machines included. Rings "
        "mark where the cheaper one changes."
    )
    told = closer.break_even_words(analysis, pair, row)
    st.html(page(section("From how many requests on", how, told)))
    code = money_of(analysis.decision).code
    st.plotly_chart(
        charts.break_even(drawn_lines, crossings, here, code, _is_dark()),
        theme=None,
        config=BARE,
        key="cost_break_even",
        alt="The bills of the two over the requests of a month; the sentence above says it.",
    )
    name = words.labels(analysis.decision)[pair[0]].short
    moved = st.expander(f"What moves the volume from which {name} is cheaper", key="cost_moved",
                        on_change="rerun")  # fmt: skip
    if moved.open:
        moved.html(page(closer.moved(analysis, pair, row)))
    pairs = st.expander("All pairs that cross", key="cost_pairs", on_change="rerun")
    if pairs.open:
        pairs.html(page(closer.all_pairs(analysis)))


def _gap(analysis: Analysis, first: str, second: str, called: dict[str, str]) -> str:
    """What moves the difference between the two bills."""
    cost = analysis.cost()
    title = f"What moves the gap: {called[first]} minus {called[second]}"
    ends = [bill.monthly for bill in (cost.alternatives[first], cost.alternatives[second])]
    now = (ends[0].likely if ends[0] else 0.0) - (ends[1].likely if ends[1] else 0.0)
    return closer.tornado(analysis, title, cost.gap_effects(first, second), now)


# --- the items as a file --------------------------------------------------------------------------


def _download(analysis: Analysis) -> None:
    """The items as a file."""
    decision = analysis.decision
    money = money_of(decision)
    found = stacked.bills(analysis)
    how = (
        "All items of all bills with the column names of FOCUS, the FinOps Open Cost and Usage "
        "Specification; the command selector cost writes the same."
    )
    st.html(page(section("The items as a file", how)))
    with_all = False
    if any(bill.is_confidential for bill in found.values()):
        with_all = st.checkbox("With the figures that were negotiated in confidence")
    st.download_button(
        "Download the items as CSV",
        lambda: focus.focus_csv(focus.rows(found, money, with_all), money.code, decision.day),
        file_name=f"{decision.id}-cost.csv",
        mime="text/csv",
        on_click="ignore",
    )
