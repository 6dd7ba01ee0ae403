"""The app in a real browser, against a bare Streamlit page with one slider and one chart.

Both are served and opened in the same run, in turn. All times are taken inside the page, so that
the tool that moves the pointer does not count.
"""

from __future__ import annotations

import json
import statistics
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
ROUNDS = 5
QUIET = 400  # milliseconds without a change after which a page is settled

# Stands in each page from its start, and notes: when what is wanted is painted, the last change,
# when the pointer was let go, and how long each move of it took until a change was painted.
WATCH = """
(() => {
  const seen = window.seen = { answer: 0, changed: 0, released: 0, moved: 0, painted: [] };
  const later = [];
  const channel = new MessageChannel();  // its messages come after the frame is painted
  channel.port1.onmessage = () => later.shift()();
  const afterPaint = (then) => { later.push(then); channel.port2.postMessage(0); };
  let isFound = false;
  const note = () => {
    seen.changed = performance.now();
    if (seen.moved) {
      const moved = seen.moved;
      seen.moved = 0;
      afterPaint(() => seen.painted.push(performance.now() - moved));
    }
    if (!isFound && document.querySelector(WANTED)) {
      isFound = true;
      requestAnimationFrame(() => afterPaint(() => { seen.answer = performance.now(); }));
    }
  };
  const watch = (root) => new MutationObserver(note).observe(
    root, { subtree: true, childList: true, attributes: true, characterData: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    watch(root);
    return root;
  };
  watch(document);
  addEventListener("pointermove", (e) => {
    if (e.buttons && !seen.moved) seen.moved = e.timeStamp;
  }, true);
  addEventListener("pointerup", (e) => { seen.released = e.timeStamp; }, true);
})();
"""
# Milliseconds from the release to the last change before the page was quiet and at rest.
SETTLED = """
async (quiet) => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const isAtRest = () =>
    document.querySelector(".stApp")?.dataset.testScriptState === "notRunning"
    && performance.now() - Math.max(window.seen.changed, window.seen.released) > quiet;
  while (!isAtRest()) await wait(20);
  return window.seen.changed - window.seen.released;
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
    with _opened(browser, ".page h1") as page:
        yield "our first load", _load(page, address)
        menu = page.get_by_role("navigation").get_by_role("link")
        names = menu.all_inner_texts()
        for is_warm in (False, True):
            for name in names:
                taken = _switch(page, name)
                if is_warm:
                    yield f"to {name}", taken
        _switch(page, "Weigh")
        _drag(page, '.knob[data-node="cost"]')
        yield "our release", _settled(page)
        yield "drag", statistics.median(page.evaluate("window.seen.painted")) / 1000


def _bare(browser: Browser, address: str) -> Iterator[tuple[str, float]]:
    with _opened(browser, ".js-plotly-plot .bars path") as page:
        yield "bare first load", _load(page, address)
        _drag(page, '[data-testid="stSlider"] div:has(> div > input)')
        yield "bare release", _settled(page)


@contextmanager
def _opened(browser: Browser, wanted: str) -> Iterator[Page]:
    """A page with nothing in its cache, that notes when `wanted` is there."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH.replace("WANTED", json.dumps(wanted)))
    yield context.new_page()
    context.close()


def _load(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.seen?.answer")
    page.evaluate(SETTLED, QUIET)
    return float(page.evaluate("window.seen.answer")) / 1000


def _switch(page: Page, name: str) -> float:
    """Go to a page by the menu: seconds from the click to its last change."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    return _settled(page)


def _drag(page: Page, handle: str) -> None:
    """Take a handle, and move it for a second as a hand would, a step for each frame."""
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
    return float(page.evaluate(SETTLED, QUIET)) / 1000


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
