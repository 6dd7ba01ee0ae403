"""`selector cost` in words: the models first, then the bills, break-even volumes and levers."""

from collections.abc import Iterable, Mapping

from selector.cli_output import Data, bold, columns
from selector.cli_results.cost import rows_of
from selector.domain import words
from selector.report import bills, focus
from selector.report.focus import CONFIDENTIAL
from selector.report.money import shown

_SHOWN = 3  # levers, and figures that matter most, of each alternative


def amount(value: float | None, code: str) -> str:
    """An amount as people read it: cents below a thousand, else whole; a dash where unknown."""
    return shown(value, code)


def table(data: Data) -> Iterable[str]:
    """The bills for people."""
    code = data["currency"]
    yield bold(data["question"] or data["title"])
    yield ""
    if data["workload"] is None:
        yield "The decision describes no workload, so there is no bill."
        return
    yield bold("Models assumed")
    yield from columns(
        ["Alternative", "Model", "At", "Runs on"],
        [
            [
                bill["name"] if used["role"] == "main" else f"  {used['role']}",
                " ".join(filter(None, (used["model"], used["precision"]))),
                used["provider"],
                used["runs_on"],
            ]
            for bill in data["alternatives"].values()
            for used in bill["models"]
        ],
        set(),
    )
    yield ""
    yield from _summary(data, code)
    for bill in data["alternatives"].values():
        yield ""
        yield from _bill(bill, code)
    yield ""
    yield from _break_even(data)
    if data["confidential"]:
        yield (
            "Amounts that rest on confidential prices are left out, and what would tell them."
            if data["redacted"]
            else "Negotiated prices are confidential: do not pass these figures on."
        )
    if data["exchange"] is not None:
        rate = data["exchange"]
        yield f"1 {code} = {rate['usd']} US dollars, as of {words.day(rate['as_of'])}."
    yield f"Prices as of {words.day(data['as_of'])} · version {data['version']}"


def _summary(data: Data, code: str) -> Iterable[str]:
    load = data["workload"]["requests_per_month"]
    likely = load if isinstance(load, float) else load["likely"]
    months = data["workload"]["months"]
    yield bold(f"Bills, first month of {words.number(likely)} requests")
    rows = []
    for bill in data["alternatives"].values():
        spread = _spread(bill["low"], bill["high"])
        name = bill["name"] + (" (knocked out)" if bill["knocked_out"] else "")
        figures = [
            amount(bill["monthly_mean"], code),
            amount(bill["total"], code),
            amount(bill["per_1000_requests"], code),
        ]
        rows.append([name, _first_month(bill, code), spread, *figures])
    head = ["Alternative", "First month", "could be", "Mean month", f"{months} months"]
    yield from columns([*head, "1,000 requests"], rows, {1, 2, 3, 4, 5})
    if rate := data["discount_rate"]:
        yield f"The sum of {months} months is discounted at {100 * rate:g} % a year."
    yield from data["over_horizon"]


def _first_month(bill: Data, code: str) -> str:
    """The bill of the first month, or what is known of it."""
    if _is_secret(bill):
        return CONFIDENTIAL
    if bill["monthly"] is not None:
        return amount(bill["monthly"], code)
    some = bill["known_subtotal"]
    return f"at least {amount(some, code)}" if some > 0 else "not known"


def _is_secret(bill: Data) -> bool:
    """Whether its amounts are left out."""
    return bill["known_subtotal"] is None


def _spread(low: float | None, high: float | None) -> str:
    """The least and the most, or nothing where they read the same."""
    ends = [amount(low, ""), amount(high, "")]
    return "" if ends[0] == ends[1] else " to ".join(ends)


def _bill(bill: Data, code: str) -> Iterable[str]:
    yield bold(bill["name"])
    for unknown in bill["unknown"]:
        yield f"  Unknown: {unknown}"
    rows = [_item(item, code) for item in bill["items"]]
    if bill["once"]:
        rows.append(["  Paid once:", "", "", "", "", "", ""])
        rows += [_item(item, code, "once") for item in bill["once"]]
    if rows:
        head = ["  Item", "A month", "Quantity", "Unit", "Unit price", "", "Source"]
        yield from columns(head, rows, {1, 2, 4})
    said = {"fails": "Not so:", "unproven": "Not sure:", "told": "Note:"}
    for note in bill["notes"]:
        yield f"  {said.get(note['verdict'], 'Checked:')} {note['text']}"
    for effect in bill["sensitivity"][:_SHOWN]:
        least, most = amount(effect["at_low"], code), amount(effect["at_high"], code)
        if least != most:
            ends = f"{_plain(effect['low'])} to {_plain(effect['high'])} {effect['unit']}".rstrip()
            yield f"  {effect['name']} of {ends}: {least} to {most} a month"
    for lever in bill["levers"][:_SHOWN]:
        saving = lever["saving"]
        ends = _spread(saving["low"], saving["high"])
        ranged = f" ({ends})" if ends else ""
        yield f"  {lever['name']}: saves {amount(saving['likely'], code)}{ranged} a month"
        if lever["caution"]:
            sources = ", ".join(lever["sources"])
            yield f"    {lever['caution']}{f' ({sources})' if sources else ''}"
    yield from _worth(bill, code)


def _item(item: Data, code: str, *more: str) -> list[str]:
    """An item as a row of the table."""
    is_secret = item["quantity"] is None
    is_assumed = bool(item["assumptions"])
    marks = [*more, *(["assumed"] if is_assumed else []),
             *([CONFIDENTIAL] if item["confidential"] else [])]  # fmt: skip
    if is_secret:
        return [f"  {item['item']}", "–", "–", "", "–", ", ".join(marks), ""]
    price = item["unit_price"]
    return [
        f"  {item['item']}",
        amount(item["monthly"], code),
        _plain(item["quantity"]),
        item["unit"],
        "–" if price is None else _plain(price),
        ", ".join(marks),
        item["source"] if item["sources"] else "",
    ]


def _worth(bill: Data, code: str) -> Iterable[str]:
    if (worth := bill["worth"]) is not None:
        net = worth["monthly"]
        back = worth["payback_months"]
        when = {None: "not within the horizon", 0: "at once"}.get(back, f"after {_months(back)}")
        yield f"  Worth minus cost: {amount(net['likely'], code)} a month; paid back {when}"
    if (back := bill["payback_months"]) is not None:
        when = f"it is paid back after {_months(back)}" if back else "it costs less from the start"
        yield f"  Against what you have today {when}"


def _months(number: int | None) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def _plain(value: float) -> str:
    return words.number(float(f"{value:.6g}"))


def _break_even(data: Data) -> Iterable[str]:
    names = {key: bill["name"] for key, bill in data["alternatives"].items()}
    rows = [row for row in data["break_even"] if row["crossings"]]
    never = list(_never(data, names))
    if not rows and not never:
        return
    yield bold("From how many requests a month on it is cheaper")
    shown = []
    for row in rows:
        volume = row["requests_per_month"]
        if volume is None:
            continue
        crossings = len(row["crossings"])
        more = f"{crossings} crossings" if crossings > 1 else ""
        shown.append([names[row["alternative"]], names[row["against"]], f"{volume:,.0f}", more])
    if shown:
        yield from columns(["Alternative", "than", "from", ""], shown, {2})
    yield from never
    notes = [row["of_the_first_month"] for row in data["break_even"]]
    yield from _first_month_notes(notes)
    for row in rows:
        if row["rests_on"]:
            pair = f"{names[row['alternative']]} against {names[row['against']]}"
            yield f"  {pair} rests on: {'; '.join(map(_moved, row['rests_on'][:_SHOWN]))}."
    yield ""


def _never(data: Data, names: Mapping[str, str]) -> Iterable[str]:
    """What one hosts oneself that is never cheaper than what is managed, a line for each."""
    hosted = {
        key
        for key, bill in data["alternatives"].items()
        if any(used["role"] == "main" and used["runs_on"] for used in bill["models"])
    }
    found: dict[tuple[str, float | None], list[str]] = {}
    for row in data["break_even"]:
        is_never = row["requests_per_month"] is None and not row["crossings"]
        if is_never and row["alternative"] in hosted and row["against"] not in hosted:
            place = (row["alternative"], row["searched_to"])
            found.setdefault(place, []).append(names[row["against"]])
    for (name, limit), against in found.items():
        upto = "" if limit is None else f", up to {bills.volume(limit)} requests a month"
        others = "; ".join(against)
        yield f"{names[name]} is not cheaper at any volume{upto}, than: {others}."


def _first_month_notes(notes: Iterable[str]) -> Iterable[str]:
    """What the volumes do not count, each said once."""
    told = [part for note in notes for part in note.rstrip(".").split("; ")]
    if found := [part for part in dict.fromkeys(told) if part]:
        yield f"{'; '.join(found)}."


def _moved(moved: Data) -> str:
    volumes = [
        "never" if volume is None else f"from {words.number(float(f'{volume:.3g}'))}"
        for volume in (moved["at_low"], moved["at_high"])
    ]
    ends = (_plain(moved["low"]), _plain(moved["high"]))
    said = " and ".join(f"{volume} at {end}" for volume, end in zip(volumes, ends, strict=True))
    return f"{moved['name']} ({said})"


def focus_csv(data: Data) -> str:
    """The items with the column names of FOCUS, the FinOps Open Cost and Usage Specification."""
    return focus.focus_csv(rows_of(data), data["currency"], data["as_of"])
