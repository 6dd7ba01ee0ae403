"""Start in a real browser: one walk from the first answer to the decision that is opened."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import (
    assert_accessible,
    assert_good_at_all_widths,
    assert_nothing_clipped,
    unfold,
)
from tests.browser.conftest import Opener, settle


def answer(page: Page, *choices: str) -> None:
    for words in choices:
        page.locator(".st-key-intake_form").get_by_text(words, exact=True).click()
        settle(page)


def write(page: Page, label: str, words: str) -> None:
    field = page.get_by_label(label)
    field.fill(words)
    field.press("Enter")
    settle(page)


def test_answers_become_a_decision_that_is_opened(visit: Opener) -> None:
    page = visit("start")
    counts = page.locator(".st-key-intake_head [role=status]")
    expect(counts).to_contain_text("7 alternatives, 0 requirements")
    assert_accessible(page)

    answer(page, "An assistant over our own documents", "Customers or the public", "In the EU")
    answer(page, "Personal", "The EU only", "Limited: people must be told", "AWS")
    answer(page, "A question with a few passages", "Yes, at the screen", "People do it by hand")
    write(page, "In a few words of your own", "support for <b>our</b> customers")
    write(page, "How many requests a month?", "600k")
    expect(counts).to_contain_text("8 alternatives, 4 requirements")
    expect(page.get_by_text("People must be told that they talk")).to_be_visible()  # none is lost
    expect(page.get_by_role("heading", name="support for <b>our</b> customers")).to_be_visible()

    taken_out = page.get_by_role("checkbox", name="Context window: at least 16,000 tokens")
    taken_out.press("Space")
    settle(page)
    expect(counts).to_contain_text("8 alternatives, 3 requirements")
    for folded in ("Left out, of other vendors", "Why each weight", "Each figure, and change it"):
        page.get_by_text(re.compile(folded)).click()
        settle(page)
    write(page, "What may it cost a month, in USD?", "a lot")
    expect(page.get_by_text("“a lot” is not taken")).to_be_visible()
    write(page, "What may it cost a month, in USD?", "20 thousand")
    expect(page.get_by_text("Budget a month: 20,000 USD.")).to_be_visible()
    unfold(page)
    assert_good_at_all_widths(page, "start-light")

    page.set_viewport_size({"width": 1280, "height": 860})
    page.get_by_role("link", name="Vendors").click()  # answers stay while another page is shown
    settle(page)
    page.get_by_role("link", name="Start", exact=True).click()
    settle(page)
    expect(counts).to_contain_text("8 alternatives, 3 requirements")
    page.reload()
    settle(page)
    expect(counts).to_contain_text("8 alternatives, 3 requirements")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename == "our-assistant.yaml"
    page.get_by_role("button", name="Open this decision").click()
    page.wait_for_url("**/?decision=draft-*")
    expect(page.locator(".page .q")).to_contain_text("Which platform should serve our assistant")
    expect(page.get_by_text("People do it by hand").first).to_be_visible()
    page.get_by_role("link", name="Weigh").click()
    why = page.locator(".slider", has_text="Reliability").locator("small.why").first
    expect(why).to_contain_text("Why this weight: 16 in the set; times 1.25: customers see")
    page.locator(".slider", has_text="Reliability").locator(".knob").first.press("ArrowRight")
    expect(why).to_contain_text("Why its weight in the file: 16 in the set; times 1.25")
    assert_nothing_clipped(page)


def test_a_decision_that_is_here_is_opened_from_the_list_in_the_dark(visit: Opener) -> None:
    page = visit("start", scheme="dark")
    answer(page, "Health", "Our own premises")
    assert_good_at_all_widths(page, "start-dark", (390,))
    page.get_by_role("radio", name="Open one that is here").or_(
        page.get_by_text("Open one that is here", exact=True)
    ).first.click()
    settle(page)
    assert_good_at_all_widths(page, "start-here-dark", (1280,))
    page.get_by_role("button", name="Open Coding assistant on open weights").click()
    expect(page.locator(".page .q")).to_contain_text("with which open model")
