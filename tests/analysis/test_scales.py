"""Scales that dwarf the differences between alternatives are named, with tighter ones."""

from pathlib import Path

import pytest

import selector
from selector.analysis.scales import dwarfed

TEXT = """
id: case
title: Case
criteria:
  - {id: uptime, name: Uptime, weight: 60, goal: max, value: {worst: 0, best: 100}}
  - {id: price, name: Price, weight: 20, goal: min, value: {worst: 50_000, best: 0}}
  - {id: speed, name: Speed, weight: 10, goal: max, value: {worst: 0, best: 10}}
  - {id: same, name: Same, weight: 10, goal: max, value: {worst: 0, best: 10}}
alternatives:
  - {id: x, name: X, performance: {uptime: 99.5, price: [1_210, 1_400], speed: 1, same: 5}}
  - {id: y, name: Y, performance: {uptime: 99.9, price: 3_950, speed: 9, same: 5}}
"""


def test_a_scale_far_wider_than_the_alternatives_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    uptime, price = dwarfed(selector.analyse(selector.load(path)))
    assert (uptime.criterion, uptime.worst, uptime.best) == ("uptime", 99.5, 99.9)
    assert uptime.used == pytest.approx(0.004)
    assert uptime.effect == pytest.approx(0.0024)
    assert (price.criterion, price.worst, price.best) == ("price", 4000, 1000)
    assert price.effect == pytest.approx(2740 / 50_000 * 0.2)


@pytest.mark.parametrize("cut", ["  - {id: y", "alternatives:"])
def test_without_two_alternatives_no_scale_is(tmp_path: Path, cut: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT[: TEXT.index(cut)], encoding="utf-8")
    assert dwarfed(selector.analyse(selector.load(path))) == ()


def test_an_unknown_spans_its_scale(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT.replace("uptime: 99.5", "uptime: null"), encoding="utf-8")
    assert [row.criterion for row in dwarfed(selector.analyse(selector.load(path)))] == ["price"]
