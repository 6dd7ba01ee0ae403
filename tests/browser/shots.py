"""Pictures of each page for the documents: `python -m tests.browser.shots docs/images`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from selector.ui import router
from tests.browser.conftest import FLAGS, chromium, settle
from tests.load.load import serving


def main(folder: Path) -> None:
    """Write one picture for each page at the size of a laptop's window."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        for place, shown in enumerate(router.pages()):
            page.goto(f"{address}/{shown.name if place else ''}")
            settle(page)
            page.wait_for_timeout(1000)
            page.screenshot(path=folder / f"{shown.name}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
