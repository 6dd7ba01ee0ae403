"""The bills: what answers at each alternative, what it costs, and every item with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost, Line
from selector.cost.plan import Parameter
from selector.domain import words as plain
from selector.domain.pricing import Basis
from selector.domain.span import Span
from selector.measure.notes import Note
from selector.measure.plans import ModelUsed
from selector.report import bills, words
from selector.report.facts import DATED, called
from selector.report.money import Money, money_of, shown
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, link, section, tag, text

PARTS = 3  # items that are named under a bar
TINTS = (100, 72, 52, 36, 26, 18)  # per cent of the alternative's colour, the largest item first
VERDICTS = {
    "fails": ("not so", ""),
    "unproven": ("not sure", ""),
    "told": ("to know", "plain"),
    "passes": ("checked", "ok"),
}
# What only a machine is called by: maker.model, a version in dashes, model:version.
_ID = re.compile(r"^\S*([a-z]\.[a-z]|-\d+-\d|:)\S*$")


def headline(analysis: Analysis) -> str:
    """Return who is cheapest as the title, and how that compares."""
    found = bills.headline(analysis)
    sentence = text(found.sentence)
    if found.cheapest:
        name = text(words.labels(analysis.decision)[found.cheapest].short)
        colour = colour_of(analysis, found.cheapest)
        sentence = sentence.replace(name, f'<span style="color:{colour}">{name}</span>', 1)
    more = text(" ".join(found.more))
    return f'<h1>{sentence}</h1><p class="sub">{more}</p>'


# --- what is compared -----------------------------------------------------------------------------


def models(analysis: Analysis) -> str:
    """Return the models that the bills assume, with what was checked of each."""
    called_by = words.labels(analysis.decision)
    rows = []
    for bill in bills.by_cost(analysis):
        name = called_by[bill.alternative]
        used = (
            "".join(_model(each, name.detail) for each in bill.models)
            or '<span class="quiet">none</span>'
        )
        rows.append(
            f'<tr style="--c:{colour_of(analysis, bill.alternative)}">'
            f'<th scope="row"><i aria-hidden="true"></i>{text(name.short)}</th>'
            f"<td>{used}</td><td>{_notes(bill.notes)}</td></tr>"
        )
    how = (
        "The bills are of these models; whether they answer equally well is for your own tests. "
        "What the workload asks of each was checked: does it fit, is it allowed."
    )
    head = "".join(f'<th scope="col">{n}</th>' for n in ("Alternative", "Model", "Checked"))
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    table = f'<table class="models">{body}</table>'
    return section("Models assumed", how, table)


def _model(used: ModelUsed, detail: str) -> str:
    """A model, where it answers, and for which share of the requests.

    Where the prices know the main one by an id alone, the alternative's own words stand for it.
    """
    is_id = bool(detail and used.role == "main" and _ID.search(used.model))
    name = " ".join(filter(None, (detail if is_id else used.model, used.precision)))
    role = "" if used.role == "main" else f"{used.role}: "
    share = "" if used.share == Span.exactly(1) else f"{_percents(used.share)} of the requests"
    where = [
        used.model if is_id else "",
        used.provider,
        used.runs_on and f"on {used.runs_on}",
        share,
    ]
    speed = f"speed from {used.throughput}" if used.throughput else ""
    under = text(" · ".join(part for part in (*where, speed) if part))
    return f"<div>{text(role)}{text(name)}<small>{under}</small></div>"


def _percents(share: Span) -> str:
    low, high = words.percent(share.low), words.percent(share.high)
    return low if share.is_exact else f"{low} to {high}"


def _notes(notes: Iterable[Note]) -> str:
    """What stands against it, open; what speaks for it or is only to be known, folded."""
    found = list(notes)
    against = [note for note in found if note.verdict in ("fails", "unproven")]
    rest = [note for note in found if note not in against]
    shown_open = "".join(f"<p>{_note(note)}</p>" for note in against)
    if not rest:
        return shown_open or '<span class="quiet">nothing to check</span>'
    checked = sum(note.verdict == "passes" for note in rest)
    told = [f"{checked} checked"] if checked else []
    told += [f"{len(rest) - checked} to know"] if len(rest) > checked else []
    inside = lines(_note(note) for note in rest)
    folded = f'<details class="more"><summary>{plain.listed(told)}</summary>{inside}</details>'
    return shown_open + folded


def _note(note: Note) -> str:
    label, kind = VERDICTS[note.verdict]
    return f"{tag(label, kind)} {text(note.text)}"


# --- the bills as bars ----------------------------------------------------------------------------


def bars(analysis: Analysis) -> str:
    """Return the first month's bill of each as a bar of its items; each unfolds to the items."""
    found = bills.by_cost(analysis)
    money = money_of(analysis.decision)
    out = {row.alternative for row in analysis.excluded}
    most = max((_most(bill) for bill in found), default=0.0)
    load = analysis.decision.workload
    requests = words_of(load.requests_per_month) if load else ""
    how = (
        f"For {requests} requests, in {money.code}. Each part is an item, the largest first; the "
        "line spans what the bill could be. Open a bar for its items and their sources."
    )
    parts = [_bar(analysis, b, most, money) for b in found if b.alternative not in out]
    gone = [_bar(analysis, b, most, money) for b in found if b.alternative in out]
    if gone:
        parts.append(f'<p class="how after">Knocked out of the decision:</p>{"".join(gone)}')
    axis = (
        '<div class="bill axis" aria-hidden="true"><span></span><span class="ticks">'
        f"<em>0</em><em>{shown(money(most), money.code)}</em></span><span></span></div>"
    )
    return section("What the first month costs", how, *parts, axis if most > 0 else "")


def words_of(span: Span) -> str:
    """A figure or its range in words: 600,000, or 1,000,000 to 2,000,000."""
    low, high = plain.number(span.low), plain.number(span.high)
    return low if span.is_exact else f"{low} to {high}"


def _most(bill: AlternativeCost) -> float:
    return (bill.monthly or bill.known_subtotal).high


def _bar(analysis: Analysis, bill: AlternativeCost, most: float, money: Money) -> str:
    name = words.labels(analysis.decision)[bill.alternative]
    detail = f"<small>{text(name.detail)}</small>" if name.detail else ""
    found = bill.monthly or bill.known_subtotal
    if bill.monthly is None:
        some = "at least " if found.likely > 0 else ""
        said = f"{some}{money.text(found.likely)}" if some else "not known"
        under = f"not known: {plain.listed(bill.unknown)}"
    else:
        said = money.text(found.likely)
        under = money.ends(found) if " to " in money.ends(found) else ""
    marks = tag("confidential") if bill.is_confidential else ""
    track = "" if most <= 0 else _track(bill, found, most)
    colour = colour_of(analysis, bill.alternative)
    parts = _named_parts(bill, money)
    missing = f'<small class="open">{text(under)}</small>' if bill.monthly is None else ""
    reach = f"<small>{text(under)}</small>" if bill.monthly is not None and under else ""
    return (
        f'<details class="bill" style="--c:{colour}"><summary>'
        f'<span class="nm">{text(name.short)} {marks}{detail}</span>'
        f'<span class="bar">{track}<small>{text(parts)}</small>{missing}</span>'
        f'<span class="sc"><b>{text(said)}</b>{reach}</span></summary>'
        f"{items(bill, money)}</details>"
    )


def _track(bill: AlternativeCost, found: Span, most: float) -> str:
    positive = sorted(
        (line.monthly.likely for line in bill.items if line.monthly and line.monthly.likely > 0),
        reverse=True,
    )
    total = sum(positive)
    scale = 100 / most * (found.likely / total if total else 0)  # credits make it less than the sum
    segments = "".join(
        f'<i style="width:{scale * amount:.3f}%;--t:{TINTS[min(place, len(TINTS) - 1)]}%"></i>'
        for place, amount in enumerate(positive)
        if scale * amount >= 0.02
    )
    low, high = 100 * found.low / most, 100 * found.high / most
    whisker = f'<u style="left:{low:.3f}%;width:{high - low:.3f}%"></u>' if high - low > 0.2 else ""
    hatched = " part" if bill.monthly is None else ""
    return f'<span class="segments{hatched}" aria-hidden="true">{segments}{whisker}</span>'


def _named_parts(bill: AlternativeCost, money: Money) -> str:
    """The largest items with their amounts, in a line."""
    known = [(line.monthly.likely, line.item) for line in bill.items if line.monthly is not None]
    known = sorted((pair for pair in known if pair[0]), reverse=True)
    told = [f"{item}\u00a0{shown(money(amount))}" for amount, item in known[:PARTS]]
    rest = known[PARTS:]
    if rest:
        told.append(f"{len(rest)}\u00a0more\u00a0{shown(money(sum(amount for amount, _ in rest)))}")
    return " · ".join(told)


# --- the items ------------------------------------------------------------------------------------


def items(bill: AlternativeCost, money: Money) -> str:
    """Return the items of a bill: quantity × unit price, and what each rests on."""
    if not bill.items and not bill.once:
        return '<p class="how">No item has a price.</p>'
    rows = [_item(line, money) for line in bill.items]
    if bill.once:
        rows.append('<tr class="group"><th colspan="4" scope="colgroup">Paid once</th></tr>')
        rows += [_item(line, money) for line in bill.once]
    heads = ("Item", "Quantity × unit price", f"{money.code} a month", "Rests on")
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="Items of {text(bill.name)}">'
        f'<table class="items"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _item(line: Line, money: Money) -> str:
    marks = tag("assumed") if line.is_assumed else ""
    marks += tag("confidential") if line.is_confidential else ""
    if line.monthly is None or line.unit_price is None:
        amount = '<span class="open">not known</span>'
        price = f"<small>{text(line.unknown)}</small>"
    else:
        span = line.monthly
        ends = f"{shown(money(span.low))} to {shown(money(span.high))}"
        amount = f"<b>{shown(money(span.likely))}</b>"
        amount += "" if money.ends(span).count(" to ") == 0 else f"<small>{ends}</small>"
        price = f"<small>× {_precise(line.unit_price.times(money.factor))} {money.code}</small>"
    is_one = line.quantity == Span.exactly(1) and line.unit.endswith("s")
    unit = line.unit[:-1] if is_one else line.unit
    quantity = plain.with_unit(_precise(line.quantity), unit)
    basis = "".join(_parameter(p) for p in line.rests_on)
    return (
        f'<tr><th scope="row">{text(line.item)} {marks}</th>'
        f"<td>{text(quantity)}{price}</td><td>{amount}</td>"
        f"<td>{_folded(basis, line) if basis else ''}</td></tr>"
    )


def _folded(basis: str, line: Line) -> str:
    """What an item rests on, behind a line that says how many figures that are."""
    count = len(line.rests_on)
    told = "1 figure" if count == 1 else f"{count} figures"
    told += f", {line.confidence} confidence"
    return f'<details class="more"><summary>{told}</summary>{basis}</details>'


def _precise(span: Span) -> str:
    low, high = (plain.number(float(f"{end:.6g}")) for end in (span.low, span.high))
    likely = plain.number(float(f"{span.likely:.6g}"))
    return likely if low == high else f"{likely} ({low} to {high})"


def _parameter(p: Parameter) -> str:
    """One figure with its value, sources, date, confidence and the reason for it."""
    is_share = not p.unit and 0 < p.span.high <= 1
    said = f"{_precise(p.span.times(100))} %" if is_share else _precise(p.span)
    said = plain.with_unit(said, p.unit)
    return f'<div class="account"><b>{text(p.label)}</b>: {text(said)}<br>{basis_of(p.basis)}</div>'


def basis_of(basis: Basis) -> str:
    """Return what a figure rests on: links, date, confidence, reason and note."""
    parts = [link(str(source), called(source)) for source in basis.sources]
    told = []
    if basis.as_of is not None:
        told.append(f"{DATED.get(basis.as_of_kind or '', 'as of')} {plain.day(basis.as_of)}")
    if basis.sources or basis.assumption:
        told.append(f"{basis.confidence} confidence")
    if told:
        parts.append(f"<span>{text(', '.join(told))}</span>")
    if basis.assumption:
        parts.append(f"<span>assumed: {text(basis.assumption)}</span>")
    if basis.note:
        parts.append(f"<small>{text(basis.note)}</small>")
    return "<br>".join(parts)
