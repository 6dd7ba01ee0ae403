"""Pictures of every page, to be looked at: `python -m tests.browser.shots`.

Each page on a shipped decision and on one of another kind, at three widths, light and dark, whole,
in `test-screenshots`. Names of pages after the command take these alone; `--for-readme` renews
`docs/images/decision.png` instead.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from selector.ui import router
from tests.browser.checks import WIDTHS, shot
from tests.browser.conftest import FLAGS, PATIENCE, chromium, settle
from tests.load.server import serving

FOREIGN = Path(__file__).parent / "foreign"
SHIPPED = "support-assistant"
FIRST = router.pages()[0].name
DECISIONS = {"shipped": SHIPPED, "foreign": "branch-library"}
README = Path(__file__).parents[2] / "docs" / "images" / "decision.png"
COMMAND = ("-m", "selector.ui", "--home", str(FOREIGN), "--port")


def _opened(browser: Browser, url: str, scheme: str) -> Page:
    """A page as one sees it who has closed the first path; all that comes late is there."""
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, color_scheme="dark" if dark else "light"
    )
    context.add_init_script("localStorage.setItem('selector.path', 'closed')")
    page = context.new_page()
    page.set_default_timeout(3 * PATIENCE)
    page.goto(url)
    settle(page)
    page.wait_for_timeout(1500)
    return page


def every(browser: Browser, address: str, names: Sequence[str]) -> None:
    """Take all pictures of the pages that are named."""
    for kind, decision in DECISIONS.items():
        for name in names:
            for scheme in ("light", "dark"):
                path = "" if name == FIRST else name
                page = _opened(browser, f"{address}/{path}?decision={decision}", scheme)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 860})
                    page.wait_for_timeout(500)
                    shot(page, f"{name}-{kind}-{width}-{scheme}")
                page.context.close()


def main(arguments: Sequence[str]) -> None:
    """Serve the app and take the pictures."""
    with serving(COMMAND) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        if "--for-readme" in arguments:
            _opened(browser, f"{address}/?decision={SHIPPED}", "light").screenshot(path=README)
        else:
            known = [page.name for page in router.pages()]
            every(browser, address, [name for name in arguments if name in known] or known)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
