"""The checks of a page see what they are for: each is shown a page that is wrong."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks
from tests.browser.checks import assert_accessible, assert_nothing_clipped

FRAME = """<!doctype html><html lang="en"><title>A page</title>
<main data-testid="stMain"><div class="page"><h1>A page</h1>{}</div></main>"""
LONG = "a line that is long enough to want some room " * 2
LINE = f'<p style="white-space: nowrap; {{}}">{LONG}</p>'


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong here stays so: nobody waits for it."""
    monkeypatch.setattr(checks, "SETTLING", 0)


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


@pytest.mark.parametrize(
    "wrong",
    [
        LINE.format("width: 100px; overflow: hidden"),
        LINE.format("width: 600px"),
        LINE.format("margin-left: -50px; overflow: hidden; width: 600px"),
        '<div style="width: 600px; height: 4px"></div>',
    ],
    ids=["cut", "outside", "before the window", "sideways"],
)
def test_text_that_cannot_be_read_is_found(blank: Page, wrong: str) -> None:
    blank.set_content(FRAME.format(wrong))
    with pytest.raises(AssertionError):
        assert_nothing_clipped(blank)


def test_what_scrolls_by_itself_or_is_not_shown_is_no_fault(blank: Page) -> None:
    scrolled = f'<div style="overflow-x: auto">{LINE.format("width: 900px")}</div>'
    unseen = f'<div style="display: none">{LINE.format("width: 9px; overflow: hidden")}</div>'
    blank.set_content(FRAME.format(scrolled + unseen))
    assert_nothing_clipped(blank)


def test_a_picture_without_words_and_pale_text_are_found(blank: Page) -> None:
    blank.set_content(FRAME.format("<p>Text</p>"))
    assert_accessible(blank)
    for wrong in ('<img src="x.png">', '<p style="color: #bbb; background: #fff">Pale</p>'):
        blank.set_content(FRAME.format(wrong))
        with pytest.raises(AssertionError):
            assert_accessible(blank)
