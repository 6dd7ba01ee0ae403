"""What slides say: no more than is known, the same on every slide, and nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from selector.domain import words as plain
from selector.report.exports.as_deck import made
from selector.report.exports.deck import fitting, tables
from selector.report.exports.deck.tables import Cell
from selector.report.exports.story import Story
from tests.exports.made import DAY, OPTIONS, SHIPPED, SMALL, export, loaded, shipped
from tests.exports.test_deck import opened, texts


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(content).slides]


def decided(criteria: list[dict[str, Any]], rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    alternatives = [{"id": x.lower(), "name": x, "performance": own} for x, own in rows.items()]
    return {"id": "said", "title": "Said", "as_of": DAY, "criteria": criteria,
            "alternatives": alternatives}  # fmt: skip


def test_the_first_is_best_only_where_that_is_known(tmp_path: Path) -> None:
    scale = {"value": {"worst": 0, "best": 10}}
    criteria = [{"id": x, "name": x.title(), "weight": w, **scale}
                for x, w in (("price", 6), ("uptime", 4), ("care", 3))]  # fmt: skip
    rows = {"Ada": {"price": 9, "uptime": None, "care": 8},
            "Ben": {"price": 4, "uptime": 1, "care": 8},
            "Cy": {"price": 3, "uptime": 0, "care": 2}}  # fmt: skip
    found = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "Ada is best in price" in found, "uptime is not known, and in care there are two"
    assert "Price and uptime (not known) decide" in found
    rows["Ada"]["price"] = rows["Ben"]["price"] = 5
    rows["Ada"]["uptime"] = rows["Ben"]["uptime"] = 3
    rows["Ada"]["care"], rows["Ben"]["care"] = 4, 4
    level = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "Nobody beats Ada in price, uptime and care" in level


def test_a_matrix_without_groups_stands_once_under_its_own_line(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(SMALL, tmp_path)), OPTIONS))
    heads = [s.table.cell(0, 0).text for x in deck.slides for s in x.shapes if s.has_table]
    assert heads.count("Criterion") == 1
    slide = next(s for s in deck.slides if "≈ 5–9" in " ".join(texts(s)))
    assert "Points of 100" not in " ".join(texts(slide))


def test_beside_groups_a_criterion_of_its_own_is_in_points_too(tmp_path: Path) -> None:
    scale = {"unit": "s", "goal": "min", "value": {"worst": 8, "best": 0}}
    leaf = {"id": "one", "name": "One", "value": {"worst": 0, "best": 1}}
    criteria = [
        {"id": "g", "name": "G", "children": [leaf]},
        {"id": "wait", "name": "Wait", **scale},
    ]
    rows = {"Ada": {"one": 1, "wait": 2}, "Ben": {"one": 0.5, "wait": None}}
    deck = opened(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    slide = next(s for s in deck.slides if "Points of 100 within each group" in " ".join(texts(s)))
    table = next(s.table for s in slide.shapes if s.has_table)
    told = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert told[1:] == [["G", "50 %", "100", "50"], ["Wait", "50 %", "75", "unknown"]]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_to_find_out_comes_likeliest_first(name: str) -> None:
    story = shipped(name)
    chances = [row.chance for row in story.robustness.worth_finding_out if row.chance > 0]
    told = [f"in {plain.of_100(x)} of 100 cases" for x in chances]
    assert len(story.find_out) == len(told)
    assert all(line.endswith(f"{end}.") for line, end in zip(story.find_out, told, strict=True))
    risks = [r.effect for r in story.risks if r.effect.startswith("Knowing it")]
    assert all(risk.endswith(end) for risk, end in zip(risks, told, strict=False))


@pytest.mark.parametrize("name", SHIPPED)
def test_who_is_recommended_is_named_first_where_it_is_too_close_to_call(name: str) -> None:
    story = shipped(name)
    title = next(t for t in titles(export(name, ".pptx")) if " of 100 draws" in t)
    leader = story.labels[story.standing.leader].short
    told = f"{leader} is first in {plain.of_100(story.ranked[0].first or 0)} of 100 draws"
    assert title.startswith(f"Too close to call: {told}, " if story.is_close else told)


def test_a_bill_that_does_not_grow_is_told_to_stay(tmp_path: Path) -> None:
    price = {"id": "price", "name": "Price", "measure": {"cost": "monthly"}, "goal": "min",
             "unit": "USD per month"}  # fmt: skip
    data = decided([price], {"Ada": {}, "Ben": {}})
    for row, bill in zip(data["alternatives"], (2000, 3000), strict=True):
        row["cost"] = {"monthly": {"value": bill, "reason": "a quote"}}
    data["workload"] = {"requests_per_month": 1000, "months": 24}
    found = [t.replace("\u00a0", " ") for t in titles(made(Story(loaded(data, tmp_path)), OPTIONS))]
    assert "Ada stays at 2,000 USD a month for 24 months" in found


def test_slides_of_a_long_table_are_filled_alike() -> None:
    heads = [Cell("Name")]
    rows = [[Cell("word " * (20 if n % 3 else 5))] for n in range(41)]
    pages, _ = tables.paged(heads, rows, [200.0], 10, 10, 12, 360, True)
    assert [row for page in pages for row in page] == rows
    tall = [sum(tables.height(row, [200.0], 10) for row in page) for page in pages]
    assert min(tall) > max(tall) / 2


def test_a_line_may_end_after_a_dash() -> None:
    assert fitting.wrapped("12,345–67,890", 10, fitting.width("12,345–6", 10)) == (
        "12,345–", "67,890",
    )  # fmt: skip
