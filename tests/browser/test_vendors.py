"""Vendors in a real browser: two side by side, and a profile of one's own from template to list."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import (
    assert_accessible,
    assert_fits_one_screen,
    assert_good_at_all_widths,
    assert_nothing_clipped,
)
from tests.browser.conftest import Opener, settle
from tests.shipped import PLATFORMS
from tests.ui.test_vendors import spoilt

DECISIONS = PLATFORMS


def open_view(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).or_(page.get_by_text(name, exact=True)).first.click()
    settle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_offers_stand_side_by_side_with_their_sources(visit: Opener, scheme: str) -> None:
    page = visit("vendors", scheme=scheme)
    open_view(page, "Compare two")
    expect(page.locator(".page h1")).to_contain_text("differ in")
    page.locator("table.versus summary").first.click()
    expect(page.locator("table.versus .why").first).to_be_visible()
    expect(page.locator("table.versus tr.differs").nth(5)).to_be_attached()
    assert_good_at_all_widths(page, f"vendors-{scheme}")


def test_a_profile_goes_from_template_through_mistakes_to_the_list(
    visit: Opener, tmp_path: Path
) -> None:
    page = visit("vendors")
    open_view(page, "Bring your own")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the template").click()
    template = tmp_path / "my-vendor.yaml"
    download.value.save_as(template)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(spoilt(), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("wrong.yaml:")
    expect(page.locator(".problems li")).to_have_count(3)
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(template)
    expect(page.get_by_text("My vendor is now in the list")).to_be_visible()
    open_view(page, "Profiles")
    expect(page.get_by_role("heading", name="My vendor")).to_be_visible()
    open_view(page, "Compare two")
    expect(page.locator(".page h1")).to_contain_text("My vendor (yours)")
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name="My vendor")).to_have_count(0)


def test_what_is_examined_fits_one_screen(visit: Opener) -> None:
    for decision in DECISIONS:
        page = visit(f"scope?decision={decision}")
        assert_fits_one_screen(page, decision)


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_is_cut_or_runs_out_of_its_box(visit: Opener, decision: str) -> None:
    for path in ("", "weigh", "compare", "scope"):
        page = visit(f"{path}?decision={decision}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_timeout(300)
            assert_nothing_clipped(page)
