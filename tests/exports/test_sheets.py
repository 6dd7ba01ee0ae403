"""What is shown in the cells of a workbook: words of scales, figures of any size, links."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from selector.report.exports.as_workbook import made
from selector.report.exports.story import Story
from tests.exports.made import DAY, OPTIONS, decided, loaded
from tests.exports.test_workbook import widths


def test_a_state_is_never_called_as_a_level_is(tmp_path: Path) -> None:
    levels = {"Unknown": 0, "(unknown)": 0.2, "a range": 0.4, "all": 1}
    criterion = {"id": "care", "name": "Care", "weight": 1, "value": {"levels": levels}}
    given = ("Unknown", None, ["Unknown", "all"], "a range")
    rows = [
        {"id": f"a{n}", "name": f"A{n}", "performance": {"care": own}}
        for n, own in enumerate(given)
    ]
    data = {"id": "states", "title": "S", "criteria": [criterion], "alternatives": rows}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    shown = {row[0].value: row[1].value for row in book["Performances"].iter_rows(min_row=3)}
    told = {"A0": "Unknown", "A1": "((unknown))", "A2": "(a range)", "A3": "a range"}
    assert shown == told
    (rule,) = book["Performances"].data_validations.dataValidation
    assert rule.formula1 == '"Unknown,(unknown),a range,all,((unknown)),(a range)"'
    assert "or ((unknown))," in rule.error


def test_figures_of_any_size_are_seen(tmp_path: Path) -> None:
    sizes = {"large": [70_562_938_880, 12], "small": [2.5e-7, 1.5e-7], "tiny": [1.5e-12, 3e99]}
    criteria = [{"id": x, "name": x, "weight": 1, "value": {"worst": 0, "best": 1}} for x in sizes]
    criteria[0]["value"] = {"worst": 1e6, "best": 2e6, "clamp": False}
    price = {"id": "price", "name": "Price", "measure": {"cost": "monthly"}, "weight": 1}
    rows = [
        {"id": f"a{n}", "name": f"A{n}", "performance": {x: own[n] for x, own in sizes.items()},
         "cost": {"monthly": {"value": [own, 2 * own], "reason": "a quote"}}}
        for n, own in enumerate((3_456_789_012.5, 0.0004))
    ]  # fmt: skip
    data = {
        "id": "sizes", "title": "Sizes", "criteria": [*criteria, price], "alternatives": rows,
        "workload": {"requests_per_month": 1000},
    }  # fmt: skip
    content = made(Story(loaded(data, tmp_path)), OPTIONS)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    seen = set()
    for title in ("Answer", "Matrix", "Performances", "Scales", "Cost"):
        room = widths(book[title])
        cells = [c for row in book[title].iter_rows() for c in row]
        for cell in (c for c in cells if isinstance(c.value, int | float)):
            told = cell.number_format
            comma = "," if "," in told else ""
            digits = 0 if told.endswith("%") else len(told.partition(".")[2])
            shown = f"{cell.value:{comma}.{digits}f}" if "E" not in told else f"{cell.value:.3E}"
            assert len(shown) <= room[cell.column - 1], (title, shown)
            if title not in ("Answer", "Matrix"):
                assert cell.value == 0 or float(shown.replace(",", "")) != 0, (title, cell.value)
            seen.add(shown)
    assert {"70,562,938,880", "0.00000025", "1.500E-12", "3,456,789,012.50", "0.0004"} <= seen


def test_a_link_that_grows_beyond_what_spreadsheets_hold_is_told_as_text(tmp_path: Path) -> None:
    links = [f"https://example.com/{'[]' * 400}", f"https://example.com/{'x' * 800}"]
    rows = [
        {"id": f"a{n}", "name": f"A{n}",
         "cost": {"monthly": {"value": 5 + n, "source": link, "as_of": DAY}}}
        for n, link in enumerate(links)
    ]  # fmt: skip
    data = decided(False) | {"alternatives": rows}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    told = [c for s in book for row in s.iter_rows() for c in row if c.hyperlink]
    assert {cell.hyperlink.target for cell in told} == {links[1]}
