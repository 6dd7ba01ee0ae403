"""What is asked of every page: all can use it, all of it is seen, and a picture of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 1280, 1920)
SETTLING = 20  # times a quarter of a second
PICTURES = Path(__file__).parents[2] / "test-screenshots"

ROOM = "e => e.scrollHeight - e.clientHeight"

# Text that is cut in its box, or outside the window and in nothing that scrolls.
CLIPPED = """
() => {
  const all = [...document.querySelectorAll('.page *, [data-testid="stSidebar"] p')];
  for (const host of document.querySelectorAll('*'))
    if (host.shadowRoot) all.push(...host.shadowRoot.querySelectorAll('*'));
  const isText = (e) => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const isSeen = (e) => !e.closest('.unseen, [hidden], script, style') && e.checkVisibility();
  const isCut = (e) => e.childElementCount === 0 && getComputedStyle(e).display !== 'inline'
    && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1;
  const above = (e) => e.parentElement ?? e.getRootNode().host;
  const isScrolled = (e) => e && e.dataset?.testid !== 'stMain'
    && (/auto|scroll/.test(getComputedStyle(e).overflowX) || isScrolled(above(e)));
  // The side bar slides out on a phone; what stands in it may have a root of its own.
  const inSidebar = (e) => e && (e.dataset?.testid === 'stSidebar' || inSidebar(above(e)));
  const inSidebarSlidOut = (e) => e.getBoundingClientRect().right < 0 && inSidebar(e);
  const isOut = (e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1) && !isScrolled(above(e));
  };
  return all.filter(e => isText(e) && isSeen(e) && !inSidebarSlidOut(e) && (isCut(e) || isOut(e)))
    .map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 80)}`);
}
"""
SIDEWAYS = """
() => Math.max(...['html', '[data-testid="stMain"]'].map(where => document.querySelector(where))
  .map(e => e.scrollWidth - e.clientWidth))
"""


# Of what holds only the count is reported: to list it takes longer than to find it.
EXAMINED = """
async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
"""


@cache
def _axe() -> str:
    script: str = Axe().axe_script
    return script


def comes_true(page: Page, is_so: Callable[[], bool]) -> bool:
    """Whether something is so, or comes to be: a page is drawn and laid out in steps."""
    for _ in range(SETTLING):
        if is_so():
            return True
        page.wait_for_timeout(250)
    return is_so()


def assert_fits_one_screen(page: Page, name: str = "") -> None:
    """All of the page is seen without scrolling."""
    main = page.locator('[data-testid="stMain"]')
    assert comes_true(page, lambda: main.evaluate(ROOM) <= 0), (name, main.evaluate(ROOM))


def assert_accessible(page: Page) -> None:
    """No violation of WCAG, levels A and AA, and none of another rule that is serious.

    What is found while the page is drawn anew, as in a change of colours, is looked at again.
    """
    found: list[str] = []

    def is_so() -> bool:
        found[:] = _broken(page)
        return not found

    assert comes_true(page, is_so), found


def _broken(page: Page) -> list[str]:
    """Return what axe finds wrong."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(EXAMINED)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        or any(tag.startswith("wcag") for tag in rule["tags"])
        for node in rule["nodes"]
    ]


def assert_nothing_clipped(page: Page) -> None:
    """No text is cut or out of the window, and the page does not scroll sideways.

    What stands in an element that scrolls by itself is seen. A page that has just been given
    another width is laid out anew in steps: it holds once it holds.
    """
    if comes_true(page, lambda: not page.evaluate(CLIPPED) and page.evaluate(SIDEWAYS) <= 0):
        return
    cut = page.evaluate(CLIPPED)
    assert cut == [], cut  # said here: pytest spells out the figures of test files only
    wider = page.evaluate(SIDEWAYS)
    assert wider <= 0, f"{wider} px wider than the window"


def unfold(page: Page) -> None:
    """Open everything of the page's own that folds."""
    page.evaluate(
        "() => document.querySelectorAll('.page details').forEach(d => { d.open = true })"
    )


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page, whole, to be looked at: `test-screenshots/<name>.png`."""
    PICTURES.mkdir(exist_ok=True)
    size = page.viewport_size
    assert size
    high = page.locator('[data-testid="stMain"]').evaluate(
        "e => Math.ceil(e.scrollHeight * (e.currentCSSZoom ?? 1))"
    )
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], high)})
    page.wait_for_timeout(200)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(size)


def assert_good_at_all_widths(page: Page, name: str, widths: tuple[int, ...] = WIDTHS) -> None:
    """The page as it stands, on a phone, a laptop and a projector: one visit for all.

    Light and dark want a visit each, for charts take their colours when they are drawn. The
    pictures are called `<name>-<width>`.
    """
    for width in widths:
        page.set_viewport_size({"width": width, "height": 860})
        page.wait_for_timeout(300)
        if width < WIDTHS[-1]:  # a projector has the laptop's page, with more room
            assert_accessible(page)
        assert_nothing_clipped(page)
        shot(page, f"{name}-{width}")
