"""The page Edit in a real browser: a decision is changed in place by keyboard, what follows is
seen at once, and each view is for everybody.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import (
    assert_accessible,
    assert_good_at_all_widths,
    assert_nothing_clipped,
    shot,
)
from tests.browser.conftest import Opener, settle

VIEWS = ("Question", "Alternatives", "Requirements", "Criteria", "Scales", "Scores",
         "Stakeholders", "The file")  # fmt: skip
DARK = ("Alternatives", "Requirements", "The file")  # which have all that is drawn


def view(page: Page, name: str) -> None:
    """Open a view."""
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settle(page)


def focused(page: Page) -> Locator:
    """What the keyboard writes to."""
    return page.locator("*:focus")


def told(page: Page) -> Locator:
    """What the last edit changed of who leads."""
    return page.locator(".page .sub[role=status]")


def choose(page: Page, label: str, typed: str) -> None:
    """Find something in a long list by typing, and take the first."""
    box = page.get_by_role("combobox", name=re.compile(f"^{label}|{label}$")).first
    box.click()
    box.fill(typed)
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    settle(page)


def test_a_decision_is_changed_by_keyboard_and_what_follows_is_seen_at_once(visit: Opener) -> None:
    page = visit("edit?decision=support-assistant")
    lead = page.locator(".page h1").first.inner_text()
    title = page.get_by_role("textbox", name="Title")
    title.fill("Ours")
    title.press("Tab")
    page.wait_for_url("**decision=draft**")
    expect(told(page)).to_contain_text("leaves that as it was")
    assert focused(page).count() == 1  # a run of the page does not take the keyboard away

    view(page, "Requirements")
    rows = page.get_by_role("button", name="Change")
    rows.nth(3).hover()
    page.get_by_test_id("stTooltipContent").first.wait_for()  # it lies over the row above
    rows.nth(2).click(trial=True)
    choose(page, "What", "Monthly uptime commitment")
    asked = page.get_by_role("textbox", name="What is asked")
    asked.fill("99.95")
    asked.press("Enter")
    expect(page.locator(".foresee")).to_contain_text("Knocks out")
    foreseen = page.locator(".foresee p").inner_text()
    assert page.locator(".page h1").first.inner_text() == lead  # nothing is kept yet
    why = page.get_by_role("textbox", name="Why it is asked")
    why.fill("Nobody answers at night")
    why.press("Enter")
    settle(page)
    page.get_by_role("button", name="Keep this requirement").press("Enter")
    expect(told(page)).to_contain_text("Before your last edit: Bedrock by")
    row = page.locator(".req", has_text="Monthly uptime commitment")
    expect(row).to_contain_text("Nobody answers at night")
    assert row.locator(".how").inner_text() == foreseen
    assert_good_at_all_widths(page, "edit-requirement-kept", (1280, 1920))

    page.reload()  # a refresh loses nothing
    settle(page)
    view(page, "Question")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Ours")
    page.get_by_role("button", name="Undo").press("Enter")
    settle(page)
    expect(page.locator(".page h1").first).to_have_text(lead)
    budget = page.get_by_role("textbox", name="Budget a month, USD")
    budget.fill("plenty")
    budget.press("Enter")
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("“plenty” is not a figure")
    expect(budget).to_have_value("plenty")
    assert_accessible(page)
    budget.fill("25 000")
    budget.press("Enter")
    expect(refused).to_have_count(0)
    expect(budget).to_have_value("25,000")


def test_the_file_is_mended_where_a_line_is_wrong(visit: Opener) -> None:
    page = visit("edit?decision=high-volume-chat")
    view(page, "The file")
    area = page.get_by_role("textbox", name="Decision as YAML")
    expect(area).to_have_value(re.compile("goal: min"))
    right = area.input_value()
    area.fill(right.replace("goal: min", "goal: less", 1))
    page.get_by_role("button", name="Check").click()
    problem = page.locator(".problems")
    line = right[: right.index("goal: min")].count("\n") + 1
    expect(problem).to_contain_text(f"Line {line}, column ")
    assert_accessible(page)
    shot(page, "edit-file-wrong")
    area.fill(right.replace("weight: 60", "weight: 61   # a try", 1))
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**decision=draft**")
    expect(problem).to_have_count(0)
    expect(area).to_have_value(re.compile("weight: 61   # a try"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_for_everybody(scheme: str, visit: Opener) -> None:
    page = visit("edit?decision=support-assistant", width=390, scheme=scheme)
    for name in VIEWS if scheme == "light" else DARK:
        view(page, name)
        if name == "Alternatives":
            page.get_by_text("Give a fact of an alternative").click()
            settle(page)
        assert_accessible(page)
        assert_nothing_clipped(page)
        shot(page, f"edit-{name.replace(' ', '-').lower()}-390-{scheme}")
