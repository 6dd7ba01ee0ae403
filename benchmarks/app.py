"""The app in a real browser, against a bare Streamlit page with one slider and one chart.

Both are served and opened in the same run, in turn. All times are taken inside the page, so that
the tool that moves the pointer does not count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.timing import Result
from tests.browser.conftest import FLAGS, chromium
from tests.load.load import serving

BARE = Path(__file__).parent / "bare" / "page.py"
BARE_PAGE = (
    *("-m", "streamlit", "run", str(BARE), "--server.headless", "true"),
    *("--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"),
    "--server.port",
)
ROUNDS = 7
QUIET = 400  # milliseconds without a change after which a page is settled

# Notes when the pointer moves and is let go, when the page changes, and when a change is painted.
WATCH = """
() => {
  const seen = window.seen = { changed: 0, released: 0, moved: 0, painted: [] };
  const channel = new MessageChannel();  // its messages come after the frame is painted
  channel.port1.onmessage = ({ data }) => seen.painted.push(performance.now() - data);
  const note = () => {
    seen.changed = performance.now();
    if (seen.moved) { channel.port2.postMessage(seen.moved); seen.moved = 0; }
  };
  const watch = (root) => {
    new MutationObserver(note).observe(
      root, { subtree: true, childList: true, attributes: true, characterData: true });
    root.querySelectorAll("*").forEach((e) => e.shadowRoot && watch(e.shadowRoot));
  };
  watch(document.body);
  addEventListener("pointermove", (e) => { if (!seen.moved) seen.moved = e.timeStamp; }, true);
  addEventListener("pointerup", (e) => { seen.released = e.timeStamp; }, true);
}
"""


class Figures(dict[str, float]):
    """Median seconds by what was done."""


@cache
def figures() -> Figures:
    """Serve both, open both, and do with each what is compared."""
    with ExitStack() as stack:
        ours = stack.enter_context(serving())
        bare = stack.enter_context(serving(BARE_PAGE, "/_stcore/health"))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for name, seconds in [*_ours(browser, ours), *_bare(browser, bare)]:
                times.setdefault(name, []).append(seconds)
    return Figures({name: statistics.median(found) for name, found in times.items()})


def _ours(browser: Browser, address: str) -> Iterator[tuple[str, float]]:
    with _opened(browser) as page:
        yield "our first load", _load(page, address, ".page h1")
        for name in page.get_by_role("navigation").get_by_role("link").all_inner_texts():
            yield f"to {name}", _switch(page, name)
        page.get_by_role("link", name="Weigh", exact=True).click()
        page.locator(".rows .row").first.wait_for()
        page.wait_for_timeout(QUIET)
        page.evaluate(WATCH)
        _drag(page, '.knob[data-node="cost"]')
        painted = page.evaluate("() => window.seen.painted")
        yield "drag", statistics.median(painted) / 1000
        yield "our release", _settled(page)


def _bare(browser: Browser, address: str) -> Iterator[tuple[str, float]]:
    with _opened(browser) as page:
        yield "bare first load", _load(page, address, ".js-plotly-plot .bars path")
        page.wait_for_timeout(QUIET)
        page.evaluate(WATCH)
        _drag(page, '[data-testid="stSlider"] div:has(> div > input)')
        yield "bare release", _settled(page)


@contextmanager
def _opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    yield context.new_page()
    context.close()


def _load(page: Page, address: str, answer: str) -> float:
    page.goto(address, wait_until="commit")
    page.locator(answer).first.wait_for(timeout=30_000)
    return float(page.evaluate("() => performance.now()")) / 1000


def _switch(page: Page, name: str) -> float:
    """Go to a page by the menu twice; the second time counts, for then it is warm."""
    taken = 0.0
    for _ in range(2):
        page.get_by_role("link", name="Vendors" if name != "Vendors" else "Weigh").click()
        page.locator(".page h1").first.wait_for()
        page.wait_for_timeout(QUIET)
        title = page.title()
        start = time.perf_counter()
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_function("(was) => document.title !== was", arg=title)
        page.locator(".page h1").first.wait_for()
        page.wait_for_function(
            "() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
        )
        taken = time.perf_counter() - start
    return taken


def _drag(page: Page, handle: str) -> None:
    box = page.locator(handle).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{handle} is not on the page")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 41):
        page.mouse.move(x + 3 * step, y)
        page.wait_for_timeout(20)
    page.mouse.up()


def _settled(page: Page) -> float:
    """Seconds from the release to the last change before the page was quiet."""
    found = page.evaluate(
        """async (quiet) => {
             const wait = (ms) => new Promise((done) => setTimeout(done, ms));
             await wait(quiet);
             while (performance.now() - window.seen.changed < quiet) await wait(20);
             return window.seen.changed - window.seen.released;
           }""",
        QUIET,
    )
    return float(found) / 1000


def dragging() -> Result:
    """From a move of the pointer to the bars painted; a bare page shows nothing till release."""
    ours = figures()["drag"]
    return Result("Weigh: a move of the pointer painted", ours, "20 ms", 0.02, ours / 0.02, 1)


def releasing() -> Result:
    """From the release of a slider to the last change of the page."""
    return _against("Weigh: release to settled", "our release", "bare release", 1.5)


def first_load() -> Result:
    """From the address entered to the answer seen, with an empty cache."""
    return _against("first load to the answer", "our first load", "bare first load", 1.4)


def switching() -> Result:
    """The slowest page to go to by the menu."""
    pages = {name: taken for name, taken in figures().items() if name.startswith("to ")}
    slowest = max(pages, key=pages.__getitem__)
    what = f"switching pages, the slowest ({slowest})"
    return Result(what, pages[slowest], "1 s", 1.0, pages[slowest], 1)


def _against(what: str, ours: str, bare: str, wanted: float) -> Result:
    mine, peer = figures()[ours], figures()[bare]
    return Result(what, mine, "a bare page", peer, mine / peer, wanted)


if __name__ == "__main__":
    for name, seconds in sorted(figures().items()):
        print(f"{name:<20}{seconds * 1000:>8.1f} ms")
