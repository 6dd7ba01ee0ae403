"""The projector's lists: whatever their length, each word is seen, and nothing lies below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import assert_accessible, comes_true
from tests.browser.phones import Phone, Room, Site
from tests.workshop.rooms import DECISION

SEEN = """
() => [...document.querySelectorAll('.turns ul')].map(list => [...list.children]
  .filter(row => !row.hidden).map(row => {
    const box = row.getBoundingClientRect();
    const parts = [row, ...row.querySelectorAll('*')];
    const isWhole = parts.every(e => e.scrollWidth <= e.clientWidth + 1 || !e.clientWidth);
    return [row.textContent, isWhole && box.bottom <= innerHeight && box.right <= innerWidth];
  }))
"""
LONG = {
    **DECISION,
    "criteria": [
        {
            "id": f"group-{n}",
            "name": f"Group {n} of what we want to look at",
            "weight": 10,
            "children": [
                {
                    "id": f"leaf-{n}-{m}",
                    "name": f"Criterion {m} of group {n}, which has a long name",
                    "weight": 1,
                    "value": {"worst": 0, "best": 10},
                }
                for m in range(4)
            ],
        }
        for n in range(14)
    ],
    "alternatives": [
        {"id": f"option-{n}", "name": f"Option {n} of a vendor with a long name", "performance": {}}
        for n in range(25)
    ],
}


def _seen(page: Page, place: int) -> list[str]:
    rows: list[tuple[str, bool]] = page.evaluate(SEEN)[place]
    assert all(whole for _, whole in rows), rows
    return [text for text, _ in rows]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_long_lists_are_shown_in_parts(
    site: Site, hall: Callable[..., Phone], size: tuple[int, int]
) -> None:
    room = Room(site, decision=LONG)
    room.go("voting")
    viewport = {"width": size[0], "height": size[1]}
    page = hall(room, viewport=viewport, is_mobile=False, has_touch=False).page
    page.clock.install()
    page.goto(f"{site}/show/{room.code}")
    expect(page.locator("#voting")).to_be_visible()
    assert_accessible(page)
    for place, wanted in enumerate((14, 25)):
        seen = _seen(page, place)
        assert 1 < len(seen) < wanted
        expect(page.locator(".turn span").nth(place)).to_have_text(f"1 to {len(seen)} of {wanted}")
        sizes = [len(seen)]
        while len(seen) < wanted:
            page.get_by_role("button", name="The next part").nth(place).click()
            part = _seen(page, place)
            assert not set(part) & set(seen)
            seen += part
            sizes.append(len(part))
        assert max(sizes[:-1]) - min(sizes[:-1]) <= 1  # no part is left with a single row
    last = _seen(page, 1)
    page.clock.fast_forward(60_000)  # who has turned it by hand is left alone
    assert _seen(page, 1) == last
    page.reload()
    first = _seen(page, 1)
    page.clock.fast_forward(12_000)
    expect(page.locator(".turns li:visible").last).not_to_have_text(first[-1])
    assert not set(_seen(page, 1)) & set(first)


@pytest.mark.parametrize("given", [{"ask": "groups"}, {"ask": "leaves"}, {"ask": "both"}])
def test_a_usual_decision_is_seen_at_once(
    site: Site, hall: Callable[..., Phone], given: dict[str, Any]
) -> None:
    room = Room(site, decision="support-assistant", **given)
    room.go("voting")
    viewport = {"width": 1280, "height": 720}
    page = hall(room, viewport=viewport, is_mobile=False, has_touch=False).page
    page.goto(f"{site}/show/{room.code}")
    expect(page.locator("#voting")).to_be_visible()
    assert (len(_seen(page, 0)), len(_seen(page, 1))) == (7, 6)
    expect(page.locator(".turn").first).to_be_hidden()


# Another type is there before Inter has come, and is much wider.
WIDE = """
new MutationObserver((_, seeing) => {
  document.documentElement?.style.setProperty('--sans', 'Inter, monospace');
  if (document.documentElement) seeing.disconnect();
}).observe(document, { childList: true });
"""


def test_lists_are_laid_out_anew_once_the_type_has_come(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site, decision=LONG)
    room.go("voting")
    viewport = {"width": 1280, "height": 720}
    page = hall(room, viewport=viewport, is_mobile=False, has_touch=False).page
    page.add_init_script(WIDE)
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(f"{site}/show/{room.code}", wait_until="commit")
    expect(page.locator("#voting")).to_be_visible()
    before = len(_seen(page, 0))
    assert comes_true(page, lambda: bool(held))
    for route in held:
        route.continue_()
    # More have room then, not one as in another of like parts.
    assert comes_true(page, lambda: len(_seen(page, 0)) > before + 1)
