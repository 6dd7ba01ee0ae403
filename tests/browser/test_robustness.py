"""The page Robustness in a real browser: it says what it says, long sampling can be watched and
ended, and what is open leads to its facts.
"""

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good_at_all_widths, unfold
from tests.browser.conftest import Opener, settle


def told() -> dict[str, Any]:
    """Return what the command line says."""
    command = [sys.executable, "-m", "selector", "robustness", "support-assistant"]
    command += ["--samples", "10000", "--format", "json"]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, capture_output=True, check=True).stdout
    )
    return found


def open_choices(page: Page) -> None:
    """Unfold what can be drawn otherwise."""
    page.get_by_text("Draw otherwise").click()
    expect(page.get_by_role("radio", name="10 million")).to_be_visible()


def test_the_shares_shown_are_those_of_the_command_line(visit: Opener) -> None:
    found = told()
    page = visit("robustness")
    rows = page.eval_on_selector_all(
        "table.places:not(.pairs):not(.methods) tbody tr",
        "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))",
    )
    shares = found["rank_acceptability"]
    order = sorted(shares, key=lambda a: sum(r * x for r, x in enumerate(shares[a])))
    assert len(rows) == len(order)
    for row, alternative in zip(rows, order, strict=True):
        for shown, share in zip(row, shares[alternative], strict=True):
            if "<" not in shown and ">" not in shown:
                assert shown == f"{100 * share:.0f}"


def test_the_methods_come_after_the_rest(visit: Opener) -> None:
    page = visit("robustness")
    expect(page.locator("table.methods tbody tr")).to_have_count(6)
    expect(page.locator("table.methods thead th")).to_have_count(12)


def test_a_setting_draws_anew_and_stands_in_the_link(visit: Opener) -> None:
    page = visit("robustness")
    before = page.locator(".page h1").inner_text()
    open_choices(page)
    page.get_by_role("radio", name="Any at all").click()
    expect(page.locator(".page .sub").first).to_contain_text("any weights at all")
    page.wait_for_url("**draw=uniform**")
    expect(page.locator(".page h1")).not_to_have_text(before)
    again = visit(f"robustness?{page.url.split('?')[1]}")
    expect(again.locator(".page .sub").first).to_contain_text("any weights at all")
    assert again.locator(".page h1").inner_text() == page.locator(".page h1").inner_text()


def test_ten_million_draws_can_be_watched_and_ended(visit: Opener) -> None:
    page = visit("robustness?decision=coding-assistant")
    open_choices(page)
    page.get_by_role("radio", name="10 million").click()
    bar = page.get_by_role("progressbar", name="Draws made")
    expect(bar).to_be_visible()
    expect(page.get_by_text("of 10 million draws.")).to_be_visible()
    page.wait_for_function(
        "() => Number(document.querySelector('.drawing [role=progressbar]')?.ariaValueNow) > 0"
    )
    # Meanwhile the page can be used: figures of fewer draws stand there, and it unfolds.
    expect(page.locator(".page .sub").first).to_contain_text("10,000 draws")
    page.get_by_text("Who would choose each").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Stopped before 10 million draws were made")).to_be_visible()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("button", name="Draw them again")).to_be_visible()
    settle(page)
    page.get_by_role("radio", name="100,000").click()
    expect(page.locator(".page .sub").first).to_contain_text("100,000 draws")
    expect(page.get_by_text("Stopped before")).to_have_count(0)


def test_a_million_draws_replace_the_few_when_done(visit: Opener) -> None:
    page = visit("robustness")
    page.set_default_timeout(120_000)
    open_choices(page)
    page.get_by_role("radio", name="1 million").click()
    expect(page.locator(".page .sub").first).to_contain_text("1 million draws", timeout=120_000)
    expect(page.locator(".drawing")).to_have_count(0)


def test_what_to_find_out_opens_its_facts_by_keyboard(visit: Opener) -> None:
    page = visit("robustness?w=cost:30")
    first = page.locator(".cells button").first
    expect(first).to_be_visible()
    fact = (first.locator("small").text_content() or "").strip()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare**")
    card = page.locator(".page .fact")
    expect(card).to_be_visible()
    expect(card).to_contain_text(fact.split(" · ")[0])
    page.wait_for_url("**w=**")  # the weights of the link went along


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_with_everything_unfolded(visit: Opener, scheme: str) -> None:
    page = visit("robustness?decision=regulated-documents", scheme=scheme)
    expect(page.locator("table.methods")).to_be_visible()
    open_choices(page)
    unfold(page)
    page.wait_for_timeout(500)
    assert_good_at_all_widths(page, f"robustness-{scheme}")


def test_going_back_brings_back_what_was_drawn(visit: Opener) -> None:
    page = visit("robustness")
    open_choices(page)
    page.get_by_role("radio", name="Same order").click()
    page.wait_for_url("**draw=order**")
    expect(page.locator(".page .sub").first).to_contain_text("in the same order")
    page.go_back()
    expect(page.locator(".page .sub").first).to_contain_text("within 25 %")
    # Those of the former link stand beside them until all is drawn, each told apart by its state.
    own = page.get_by_role("radio", name="About those set", checked=True)
    expect(own).to_have_count(1, timeout=20_000)
    expect(page.get_by_role("radio", name="Same order", checked=True)).to_have_count(0)
