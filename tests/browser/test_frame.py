"""What every page has: the first path, the words, a way past the menu, a session that lasts."""

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from selector.ui.parts.frame import STEPS
from tests.browser.checks import assert_accessible, assert_nothing_clipped, comes_true, shot
from tests.browser.conftest import PATIENCE, Opener, settle
from tests.load.server import free_port, serving

ANSWER = ".page h1, .page .sub, .page .q"


@pytest.fixture
def stranger(app: str, browser: Browser) -> Iterator[Page]:
    """Somebody who has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(app)
    settle(page)
    yield page
    context.close()


def covers(page: Page) -> bool:
    """Whether the bar of the path lies on any part of the answer."""
    bar = page.locator(".path").bounding_box()
    boxes = [each.bounding_box() for each in page.locator(ANSWER).all()]
    return not bar or any(box and box["y"] + box["height"] > bar["y"] for box in boxes)


def test_the_first_path_leads_through_the_pages_once(stranger: Page) -> None:
    page = stranger
    bar = page.get_by_role("region", name="First path through the app")
    expect(bar).to_contain_text("1 of 5")
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 860})
        assert comes_true(page, lambda: not covers(page)), width
        assert_accessible(page)
        assert_nothing_clipped(page)
        shot(page, f"first-path-{width}")
    page.set_viewport_size({"width": 1280, "height": 860})
    bar.get_by_role("button", name="Next: The answer").focus()
    for number, step in enumerate(STEPS[1:], 2):  # by keyboard: the focus stays on Next
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"{step.page.capitalize()} · Selector")
        expect(bar).to_contain_text(f"{number} of {len(STEPS)}")
        expect(bar).to_contain_text(step.text)
        settle(page)
    page.keyboard.press("Enter")  # Done
    expect(bar).to_have_count(0)
    page.reload()
    settle(page)
    page.get_by_role("link", name="Words", exact=True).click()
    again = page.get_by_role("link", name="Show the first path again")
    expect(again).to_be_visible()
    expect(bar).to_have_count(0)
    again.click()
    expect(bar).to_contain_text("1 of 5")
    bar.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)


def test_a_word_is_one_click_away_and_can_be_searched(visit: Opener) -> None:
    page = visit("?w=cost:50")
    page.locator(".page a.term").first.click()
    expect(page).to_have_title("Words · Selector")
    expect(page.locator(".page .asked")).to_be_visible()
    page.get_by_label("Find a word").fill("SWING")
    shown = page.locator(".words > div:visible")
    expect(page.locator(".words-found")).to_contain_text(f"{shown.count()} of")
    assert all("swing" in told.lower() for told in shown.all_inner_texts())
    page.get_by_label("Find a word").fill("no such word")
    expect(page.locator(".words-found")).to_contain_text("No word has that")
    page.get_by_role("link", name="Decision", exact=True).click()
    page.wait_for_url("**w=cost**")  # what was set is still there
    settle(page)
    page.get_by_role("link", name="Show the gaps").click()
    expect(page).to_have_title("Compare · Selector")
    page.wait_for_url("**only=open**")


def test_the_first_key_leads_past_the_menu(visit: Opener) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('[data-testid=stMain]') !== null")


def test_charts_follow_light_and_dark_at_once(visit: Opener) -> None:
    page = visit("cost")
    ground = page.locator(".js-plotly-plot .main-svg").first
    ground.wait_for()
    expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
    page.emulate_media(color_scheme="dark")
    expect(ground).to_have_css("background-color", "rgb(20, 25, 31)")


def test_what_is_set_outlives_the_server_and_a_lost_home_is_told(
    browser: Browser, tmp_path: Path
) -> None:
    port, home = free_port(), tmp_path / "home"
    home.mkdir()
    command = ("-m", "selector.ui", "--home", str(home), "--port")
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    with serving(command, port=port) as address:
        page.goto(f"{address}/?w=cost:50")
        settle(page)
        page.locator(".path").wait_for()  # the part that tells of a lost connection has come
        points = page.locator(".page .sc").first.text_content() or ""
    expect(page.get_by_role("dialog")).to_contain_text("Selector does not answer")
    expect(page.get_by_role("dialog")).not_to_contain_text("Streamlit")
    with serving(command, port=port):
        expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
        settle(page)
        page.get_by_role("link", name="Weigh", exact=True).click()
        page.wait_for_url("**/weigh?**w=cost%3A50**")
        page.locator(".rows .row").first.wait_for()
        settle(page)
        page.get_by_role("link", name="Decision", exact=True).click()
        expect(page.locator(".page .sc").first).to_have_text(points, timeout=PATIENCE)
        shutil.rmtree(home)
        page.reload()
        page.get_by_text("is not a folder").wait_for()
        assert page.get_by_text("Traceback").count() == 0
        assert_accessible(page)
        home.mkdir()
        page.get_by_role("link", name="Try again").click()
        settle(page)
        expect(page.locator(".page .sc").first).to_have_text(points)
    page.context.close()


def test_going_back_and_forth_quickly_passes_every_page_once_and_loses_nothing(
    visit: Opener,
) -> None:
    page = visit("weigh?decision=support-assistant")
    cost = page.get_by_role("slider", name="Weight of Cost")
    links = [page.url]
    for role, points in (("FinOps", "50"), ("CISO", "5")):
        page.get_by_role("button", name=role).click()
        expect(cost).to_have_attribute("aria-valuenow", points)
        page.wait_for_url(lambda url: url not in links)
        links.append(page.url)
        settle(page)
    for name in ("Scope", "Words", "Vendors"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(lambda url, name=name: f"/{name.lower()}?decision=" in url)
        links.append(page.url)
        settle(page)
    for way, end in (("back", links[0]), ("forward", links[-1])):
        for pause in (60, 150, 300, 60, 300):
            page.evaluate(f"history.{way}()")
            page.wait_for_timeout(pause)
        page.wait_for_url(end)
        settle(page)
        page.wait_for_timeout(500)  # and it stays so
        assert page.url == end
    expect(page).to_have_title("Vendors · Selector")
    page.evaluate("history.go(-3)")
    expect(cost).to_have_attribute("aria-valuenow", "5")
    page.evaluate("history.back()")
    expect(cost).to_have_attribute("aria-valuenow", "50")


# Presses a link of the menu some milliseconds after the next message to the server has left.
PRESSED = """
([after, name]) => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (message) {
    WebSocket.prototype.send = send;
    send.call(this, message);
    const press = () => [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')]
      .find((link) => link.textContent.trim() === name).click();
    setTimeout(press, after);
  };
}
"""


def test_a_press_on_another_page_right_after_a_decision_is_chosen_loses_neither(
    visit: Opener,
) -> None:
    page = visit("words?decision=support-assistant")
    ways = itertools.cycle([("Vendors", "Tokens", "high-volume-chat"),
                            ("Words", "support", "support-assistant")])  # fmt: skip
    for after, (name, typed, decision) in zip((2, 6, 12, 14, 20, 28, 44, 60), ways, strict=False):
        box = page.get_by_role("combobox", name=re.compile("Decisions"))
        box.click()
        box.fill(typed)
        page.get_by_role("option").first.wait_for()
        page.evaluate(PRESSED, [after, name])
        box.press("Enter")
        page.wait_for_url(f"**/{name.lower()}?decision={decision}")
        settle(page)
        expect(page).to_have_title(f"{name} · Selector")


def test_a_press_on_another_page_right_after_a_decision_is_opened_loses_neither(
    visit: Opener,
) -> None:
    for after in range(0, 166, 15):  # Streamlit waits 20 ms before it asks for a page
        page = visit("start")
        page.get_by_role("button", name="Open this decision").wait_for()
        page.evaluate(PRESSED, [after, "Weigh"])
        page.get_by_role("button", name="Open this decision").click()
        page.wait_for_url("**/weigh?decision=draft-*")
        settle(page)
        expect(page).to_have_title("Weigh · Selector")
