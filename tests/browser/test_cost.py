"""The page Cost in a real browser: a figure is changed and all follows, items open, a file comes
down, and nobody is kept out.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good_at_all_widths, unfold
from tests.browser.conftest import Opener, settle


def told(decision: str, *sets: str) -> dict[str, Any]:
    """Return what the command line says."""
    command = [sys.executable, "-m", "selector", "cost", decision, "--format", "json"]
    for each in sets:
        command += ["--set", each]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, capture_output=True, check=True).stdout
    )
    return found


def write(page: Page, label: str, text: str) -> None:
    """Write into a field of the form and leave it with Enter."""
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Enter")
    settle(page)


def amounts(page: Page) -> list[str]:
    """Return the amounts beside the bars, from the top."""
    found: list[str] = page.eval_on_selector_all(
        ".bill .sc b", "nodes => nodes.map(node => node.textContent)"
    )
    return found


def expected(bills: dict[str, Any]) -> set[str]:
    """Return the same amounts as the command line has them."""
    costs = [bill["monthly"] for bill in bills["alternatives"].values()]
    return {f"{cost:,.2f} USD" if cost < 1000 else f"{cost:,.0f} USD" for cost in costs}


def test_a_changed_figure_moves_bills_and_ranking_and_stays_in_the_link(visit: Opener) -> None:
    page = visit("cost?decision=high-volume-chat")
    assert set(amounts(page)) == expected(told("high-volume-chat"))
    before = page.locator(".page h1").first.inner_text()
    write(page, "Requests a month", "3 million")
    expect(page.locator(".page h1").first).not_to_have_text(before)
    settle(page)  # what stands below the title is drawn after it
    now = expected(told("high-volume-chat", "requests_per_month=3000000"))
    assert set(amounts(page)) == now
    page.wait_for_url("**f=requests_per_month**")
    expect(page.get_by_text("1 figure is yours")).to_be_visible()
    page.reload()
    settle(page)
    assert set(amounts(page)) == now
    expect(page.get_by_role("textbox", name="Requests a month")).to_have_value("3,000,000")
    page.get_by_role("link", name="Decision", exact=True).click()
    expect(page.get_by_text("1 figure of cost is yours")).to_be_visible()
    settle(page)
    page.locator(".rank").first.wait_for()
    scores = page.eval_on_selector_all(
        ".rank .sc", "nodes => nodes.map(node => node.firstChild?.data).filter(Boolean)"
    )
    command = [sys.executable, "-m", "selector", "rank", "high-volume-chat", "--format", "json"]
    rows = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["ranking"]
    assert scores
    assert [float(score) for score in scores] != [round(100 * row["score"], 1) for row in rows]
    page.get_by_role("link", name="Cost", exact=True).click()
    settle(page)
    page.get_by_role("button", name="Reset to the file's").click()
    expect(page.get_by_text("1 figure is yours")).to_have_count(0)
    settle(page)
    assert set(amounts(page)) == expected(told("high-volume-chat"))


def test_a_figure_that_cannot_be_is_told_in_place(visit: Opener) -> None:
    page = visit("cost")
    before = amounts(page)
    write(page, "Share of the input read from the cache", "thirty")
    expect(page.get_by_role("status").filter(has_text="“thirty” is not a figure")).to_be_visible()
    assert amounts(page) == before


def test_an_item_opens_by_keyboard_down_to_its_sources(visit: Opener) -> None:
    page = visit("cost")
    bill = page.locator("details.bill").first
    bill.locator("summary").first.focus()
    page.keyboard.press("Enter")
    table = bill.locator("table.items")
    expect(table).to_be_visible()
    expect(table.locator("tbody tr").first).to_contain_text("×")
    figures = table.get_by_text("1 figure,").first
    figures.focus()
    page.keyboard.press("Enter")
    expect(table.locator(".account").first).to_be_visible()
    expect(table.locator(".account").first).to_contain_text("confidence")


def test_the_file_of_items_is_that_of_the_command_line(visit: Opener, tmp_path: Path) -> None:
    page = visit("cost?decision=coding-assistant")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the items as CSV").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == "coding-assistant-cost.csv"
    command = [sys.executable, "-m", "selector", "cost", "coding-assistant", "--format", "csv"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert file.read_text() == said
    assert len(list(csv.DictReader(said.splitlines()))) > 20


def test_charts_follow_what_is_chosen_without_toolbar(visit: Opener) -> None:
    page = visit("cost?decision=high-volume-chat")
    charts = page.locator(".js-plotly-plot")
    expect(charts).to_have_count(2)
    expect(page.locator(".js-plotly-plot .modebar")).to_have_count(0)
    expect(charts.first.locator("text", has_text="Today").first).to_be_visible()
    page.get_by_role("radio", name="Summed up").click()
    settle(page)
    expect(charts.first.locator(".ytick text").last).to_contain_text("M")
    page.get_by_role("combobox", name="beside").click()
    page.keyboard.type("Groq")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("From 66.2 million requests a month on")
    expect(charts.last.locator("text", has_text="Groq").first).to_be_visible()


def test_without_a_workload_the_form_asks_for_one(visit: Opener) -> None:
    page = visit("cost?decision=high-volume-chat&f=requests_per_month:-1")
    expect(page.get_by_text("figures of cost do not all fit")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_with_everything_unfolded(visit: Opener, scheme: str) -> None:
    page = visit("cost?decision=coding-assistant", scheme=scheme)
    for folded in ("More of the workload", "What is assumed", "All pairs", "Change a price"):
        page.get_by_text(folded).first.click()
        settle(page)
    unfold(page)
    page.wait_for_timeout(500)
    assert_good_at_all_widths(page, f"cost-{scheme}")
