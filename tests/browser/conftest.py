"""A real Chromium in front of the real app: one of each for the whole session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.load.load import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds; the first page of a fresh app is the slow one
SHOTS = Path(__file__).parent / "failures"

expect.set_options(timeout=PATIENCE)  # a busy machine answers late


def chromium() -> str | None:
    """Return the browser to use; None leaves it to Playwright's own."""
    named = os.environ.get("SELECTOR_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    """Serve the app on a free port; the address."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep a picture of each page that a failed test had open."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "pages", [])):
            SHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SHOTS / f"{item.name}-{number}.png", full_page=True)


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all visits, so that Streamlit's own front end is fetched and read once."""
    profile = browser.new_context()
    profile.add_init_script("localStorage.setItem('selector.path', 'closed')")  # no first visit
    yield profile
    profile.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """The tabs that no test has: one that has read the front end before reads it in half the time.

    Nothing else of a test is left in them.
    """
    return []


Opener = Callable[..., Page]


@pytest.fixture
def visit(
    app: str, visitor: BrowserContext, tabs: list[Page], request: pytest.FixtureRequest
) -> Iterator[Opener]:
    """Open a page of the app and wait until it is drawn; no script error may occur.

    Nothing that a page keeps in the browser is there in the next test.
    """
    opened: list[Page] = []
    problems: list[str] = []
    request.node.pages = opened

    def note(error: Error) -> None:
        problems.append(str(error))

    def go(path: str = "", width: int = 1280, height: int = 860, scheme: str = "light") -> Page:
        page = tabs.pop() if tabs else visitor.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.on("pageerror", note)
        page.set_default_timeout(PATIENCE)
        opened.append(page)
        page.goto(path if "://" in path else f"{app}/{path}")
        settle(page)
        if path.startswith("weigh"):
            page.locator(".rows .row").first.wait_for()
        return page

    yield go
    for page in opened:
        page.remove_listener("pageerror", note)
        page.goto(f"{app}/api/health")  # a page of the same origin that keeps nothing
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.mouse.move(0, 0)
    tabs += opened
    visitor.clear_cookies()
    assert problems == []


def settle(page: Page) -> None:
    """Wait until the run of the page is over and its main part is drawn."""
    page.locator(".page h1").first.wait_for()
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
    )


def drawn(page: Page) -> None:
    """Wait until what was changed by now is drawn: what follows the hand waits for a frame."""
    page.evaluate("() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")


STANDING = """rows => Promise.all(rows.flatMap(row => row.getAnimations())
  .map(slide => slide.finished.catch(() => {})))"""


def ranking_shown(page: Page) -> list[tuple[str, int, str]]:
    """Return what the live ranking shows, from the top: alternative, rank, points.

    Rows slide to their places: it is read once they stand.
    """
    drawn(page)
    page.locator(".rows .row").evaluate_all(STANDING)
    rows: list[list[str]] = page.eval_on_selector_all(
        ".rows .row",
        """rows => rows.map(row => [row.dataset.alternative, row.querySelector('.rank').textContent,
             row.querySelector('.score').textContent, row.getBoundingClientRect().top])
             .sort((a, b) => a[3] - b[3]).map(row => row.slice(0, 3))""",
    )
    return [(row[0], int(row[1]), row[2]) for row in rows]
