"""Every page in a real browser: what it says, that it fits, and that it can be used by all."""

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from selector.ui import router
from tests.browser.checks import assert_fits_one_screen, assert_good_at_all_widths
from tests.browser.conftest import Opener, ranking_shown, settle
from tests.load.load import FROM_ROOT, serving

PAGES = router.pages()
PATHS = ["", *(page.name for page in PAGES[1:])]


def ranked() -> list[dict[str, Any]]:
    """Return the ranking as the command line tells it."""
    command = [sys.executable, "-m", "selector", "rank", "support-assistant", "--format", "json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    ranking: list[dict[str, Any]] = told["ranking"]
    return ranking


def test_the_ranking_shown_is_that_of_the_command_line(visit: Opener) -> None:
    told = [(row["name"], row["rank"], f"{row['score'] * 100:.1f}") for row in ranked()]
    page = visit()
    shown = page.eval_on_selector_all(
        ".page .rank:not(.axis)",
        """rows => rows.map(row => [row.dataset.name, Number(row.querySelector('.rk').textContent),
             row.querySelector('.sc').firstChild.textContent])""",
    )
    assert [tuple(row) for row in shown] == told
    live = ranking_shown(visit("weigh"))
    assert [(rank, points) for _, rank, points in live] == [row[1:] for row in told]
    assert [row[0] for row in live] == [row["alternative"] for row in ranked()]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(visit: Opener, path: str, scheme: str) -> None:
    page = visit(path, scheme=scheme)
    page.wait_for_timeout(500)
    assert_good_at_all_widths(page, f"page-{path or PAGES[0].name}-{scheme}")


def test_the_decision_fits_a_laptop_without_scrolling(visit: Opener) -> None:
    page = visit(width=1280, height=860)
    assert_fits_one_screen(page)


def test_dark_mode_follows_the_system(visit: Opener) -> None:
    page = visit(scheme="dark")
    ground = page.locator(".stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    red, green, blue = (int(part) for part in ground[4:-1].split(","))
    assert max(red, green, blue) < 60


def test_a_vendor_shows_each_fact_with_its_source(visit: Opener) -> None:
    page = visit("vendors")
    page.get_by_role("button", name="Amazon Bedrock", exact=True).click()
    expect(page.get_by_role("heading", name="Amazon Bedrock", exact=True)).to_be_visible()
    assert page.locator(".page table a[href^='https://']").count() > 5


def test_the_health_route_answers(app: str, visit: Opener) -> None:
    page = visit()
    assert page.request.get(f"{app}/api/health").json() == {"status": "ok"}


# Type has come, and the menu has slid in.
AT_REST = """async () => {
  await document.fonts.ready;
  const slides = document.querySelector('[data-testid="stSidebar"]').getAnimations();
  await Promise.all(slides.map(each => each.finished.catch(() => {})));
}"""


def looks(page: Page) -> list[str]:
    """Return what tells one look from another: type, colours, the width of the menu."""
    page.evaluate(AT_REST)
    found: list[str] = page.evaluate(
        """() => ['.stApp', '.page h1', '[data-testid="stSidebar"]'].map(where => {
             const style = getComputedStyle(document.querySelector(where));
             return [style.fontFamily, style.color, style.backgroundColor, style.width].join(' ');
           }).concat(String(document.fonts.check('16px Inter')))"""
    )
    return found


def test_streamlit_run_and_the_packaged_app_look_the_same(visit: Opener, browser: Browser) -> None:
    packaged = looks(visit())
    with serving(FROM_ROOT) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        settle(page)
        assert looks(page) == packaged
        page.close()
    assert "Inter" in packaged[0]
    assert packaged[-1] == "true"


def test_nothing_is_fetched_from_elsewhere(app: str, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(f"{app}/{path}")
        settle(page)
        page.wait_for_timeout(300)
    page.close()
    assert [url for url in asked if not url.startswith((app, "data:", "blob:"))] == []


def test_another_decision_can_be_chosen_and_the_link_follows(visit: Opener) -> None:
    page = visit()
    before = page.locator(".page .q").inner_text()
    page.locator('[data-testid="stSidebar"]').get_by_role("combobox").click()
    page.get_by_role("option", name="Coding assistant").click()
    page.wait_for_url("**decision=coding-assistant**")
    expect(page.locator(".page .q")).not_to_have_text(before)
    page.get_by_role("link", name="Weigh").click()
    page.wait_for_url("**/weigh?**decision=coding-assistant**")
    page.locator(".rows .row").first.wait_for()
