"""The page that is sent on, opened from a disk with the network off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import selector
from selector.report.exports import Options, as_page
from selector.report.exports.story import Story
from tests.browser.checks import assert_accessible
from tests.exports.made import DAY, large, loaded
from tests.stack.hostile import hostile_stack


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_works_alone_and_gives_the_engine_s_scores(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    path = tmp_path / "page.html"
    path.write_bytes(as_page.made(Story(analysis), Options()))
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, offline=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    page.goto(path.as_uri())
    page.locator(".rows .row").first.wait_for()
    assert [line for line in said if not line.startswith(("file:", "data:"))] == []
    box = page.get_by_label("Weight of Cost in percent")
    box.fill("60")
    box.press("Enter")
    shown = {
        row.locator(".alternative").inner_text().split("\n")[0]: row.locator(".score").inner_text()
        for row in page.locator(".rows .row").all()
    }
    others = {n.id: 100 * analysis.shares[n.id] for n in analysis.decision.criteria.criteria}
    rest = sum(share for name, share in others.items() if name != "cost")
    moved = {n: 60.0 if n == "cost" else share * 40 / rest for n, share in others.items()}
    scores = analysis.with_weights(moved).scores
    names = Story(analysis).labels
    assert shown == {names[a].short: f"{100 * scores[a][1]:.1f}" for a in scores}
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_on_paper_the_page_is_light_whole_and_has_its_dots(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    story = Story(selector.analyse(selector.load("support-assistant")))
    path.write_bytes(as_page.made(story, Options()))
    context = browser.new_context(
        viewport={"width": 688, "height": 1000}, offline=True, color_scheme="dark"
    )  # the width of A4 within its margins
    page = context.new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    assert page.locator(".ranking .dot").first.is_visible()
    assert not page.locator("#live").is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    for head in page.locator("thead th:visible").all():
        assert head.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), head.inner_text()
    context.close()
    narrow = browser.new_page(viewport={"width": 390, "height": 844})
    narrow.goto(path.as_uri())
    assert not narrow.get_by_text("The axis runs from").is_visible(), "where there is no axis"
    # Names that nothing breaks make it no wider, and what looks like a script is none.
    said: list[str] = []
    narrow.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    path.write_bytes(as_page.made(Story(hostile_stack(tmp_path / "home")), Options()))
    narrow.goto(path.as_uri())
    narrow.locator(".rows .row").first.wait_for()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    assert said == []
    # Of twenty options with long names, too, nothing stands outside the page, nor on the next.
    path.write_bytes(as_page.made(Story(loaded(large(), tmp_path), samples=200), Options()))
    narrow.goto(path.as_uri())
    narrow.locator(".rows .row").first.wait_for()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    for mark in narrow.locator(".flip em:visible").all():
        assert mark.evaluate("e => e.getBoundingClientRect().left") >= 0, mark.inner_text()
    narrow.set_viewport_size({"width": 688, "height": 1000})
    narrow.emulate_media(media="print")
    tables = narrow.locator(".matrix:visible").all()
    assert len(tables) == 3
    for table in tables:
        assert table.evaluate("e => e.offsetWidth") <= 688
    narrow.close()


def test_the_sliders_page_fits_many_criteria_and_scores_off_the_scale(
    browser: Browser, tmp_path: Path
) -> None:
    scale = {"worst": 0, "best": 1, "clamp": False}
    data: dict[str, Any] = {
        "id": "wide", "title": "Wide", "as_of": DAY,
        "criteria": [
            {"id": f"c{n}", "name": f"C{n}", "weight": 1, "value": scale} for n in range(150)
        ],
        "alternatives": [
            {"id": own, "name": name, "performance": {f"c{n}": k * (n - 75) for n in range(150)}}
            for own, name, k in (("a", "A", 1), ("b", "\u05e9\u05dc\u05d5\u05dd", 99_999))
        ],
    }  # fmt: skip
    path = tmp_path / "page.html"
    path.write_bytes(as_page.made(Story(loaded(data, tmp_path), samples=100), Options()))
    for width in (1200, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(path.as_uri())
        page.locator(".rows .row").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for score in page.locator(".rows .score").all():
            assert score.evaluate("e => e.scrollWidth <= e.clientWidth"), score.inner_text()
        # A name from right to left stays apart from the figure behind it.
        label = page.locator(".flip em:visible").first.inner_text()
        assert re.fullmatch("\u2068\u05e9\u05dc\u05d5\u05dd\u2069 [\\d.]+\u00a0%", label), label
        page.close()
