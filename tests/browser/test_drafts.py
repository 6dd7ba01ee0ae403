"""A decision of one's own in the browser: brought, edited, taken away, and never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good_at_all_widths
from tests.browser.conftest import Opener, drawn, settle
from tests.load.server import PACKAGED, free_port, wait_until_up

MEASURED = """\
id: own-case
title: "<b>Ours</b> & *theirs*"
criteria:
  - {id: speed, name: Speed, value: {worst: 0, best: 1}}
  - {id: price, name: Price, value: {worst: 0, best: 1}}
alternatives:
  - {id: x, name: One, performance: {speed: 1, price: 0}}   # ours
  - {id: y, name: Two, performance: {speed: 0.4, price: 0.9}}
measurements: [tests.csv]
"""
CONNECTED = '[data-test-connection-state="CONNECTED"]'
# What is typed between the connection and the run that follows it is put back by that run.
NOTE_RUNS = """() => {
  const app = document.querySelector('.stApp');
  new MutationObserver(() => { window.hasRun ||= app.dataset.testScriptState === 'running'; })
    .observe(app, { attributes: true });
}"""
ROWS = "alternative,criterion,value\nx,price,0.5\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve the app on a port of its own, where it can be stopped and started again."""
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.stop()


class Server:
    """The app in a process, with a folder of its own for working copies."""

    def __init__(self, data: Path) -> None:
        self.port, self.data = free_port(), data
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *PACKAGED, str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "SELECTOR_DATA": str(self.data)},
        )
        wait_until_up(f"{self.address}/api/health", self.process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def set_title(page: Page, title: str) -> None:
    """Edit the title on the page Edit, and wait until it is kept."""
    field = page.get_by_label("Title", exact=True)
    field.fill(title)
    field.press("Enter")
    page.locator(".own .open[aria-current]", has_text=title).wait_for()
    settle(page)


def test_a_decision_is_brought_taken_and_listed(visit: Opener, tmp_path: Path) -> None:
    page = visit("start")
    (tmp_path / "mine.yaml").write_text(MEASURED.replace("price: 0}}", "prise: 0}}"))
    (tmp_path / "tests.csv").write_text(ROWS)
    page.get_by_text("Bring your own", exact=False).first.click()
    page.locator("input[type=file]").set_input_files([tmp_path / "mine.yaml"])
    page.locator(".problems", has_text="mine.yaml:7").wait_for()
    assert "prise" in page.locator(".problems").inner_text()
    assert "tests.csv" in page.locator(".problems").inner_text()
    assert_good_at_all_widths(page, "bring-problems", (390, 1280))
    page.set_viewport_size({"width": 1280, "height": 860})
    (tmp_path / "mine.yaml").write_text(MEASURED)
    page.locator("input[type=file]").set_input_files(
        [tmp_path / "mine.yaml", tmp_path / "tests.csv"]
    )
    page.locator(".own .open[aria-current]", has_text="<b>Ours</b> & *theirs*").wait_for()
    page.locator(".alert.ok", has_text="working copy").wait_for()
    settle(page)
    assert "/start" not in page.url
    assert "decision=draft-" in page.url

    with page.expect_download() as taken:
        page.get_by_role("button", name="Download this decision").click()
    assert taken.value.suggested_filename == "own-case.zip"
    page.locator(".page h1").hover()
    page.get_by_role("button", name="Download this decision").hover()
    page.wait_for_timeout(600)  # what a button says in a bubble comes late
    page.get_by_role("button", name="Remove", exact=True).click(trial=True)
    zipped = tmp_path / "own-case.zip"
    taken.value.save_as(zipped)

    page.locator('[data-testid="stSidebar"]').get_by_role("combobox").click()
    page.get_by_role("option", name="Coding assistant").click()
    page.wait_for_url("**decision=coding-assistant**")
    settle(page)
    page.locator(".own .open", has_text="Ours").click()
    page.locator(".own .open[aria-current]", has_text="Ours").wait_for()
    assert_good_at_all_widths(page, "own-decision", (390, 1280))
    page.set_viewport_size({"width": 1280, "height": 860})
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove it for good").click()
    page.locator(".own .open").wait_for(state="detached")

    page.goto("/".join(page.url.split("/")[:3]) + "/start")
    settle(page)
    page.get_by_text("Bring your own", exact=False).first.click()
    page.locator("input[type=file]").set_input_files([zipped])
    page.locator(".own .open[aria-current]", has_text="Ours").wait_for()


def test_nothing_is_lost_by_a_refresh_or_a_restart_of_the_server(
    visit: Opener, server: Server
) -> None:
    page = visit(f"{server.address}/edit?decision=support-assistant")
    set_title(page, "Ours, first")
    set_title(page, "Ours, second")
    link = page.url
    assert "decision=draft-" in link
    page.get_by_role("button", name="Undo").click()
    page.locator(".own .open[aria-current]", has_text="Ours, first").wait_for()
    page.reload()
    settle(page)
    expect(page.get_by_label("Title", exact=True)).to_have_value("Ours, first")
    page.get_by_role("button", name="Redo").click()
    page.locator(".own .open[aria-current]", has_text="Ours, second").wait_for()

    server.stop()
    page.wait_for_selector(f".stApp:not({CONNECTED})")
    page.evaluate(NOTE_RUNS)
    server.start()  # the page connects again by itself, and is drawn anew by the new process
    page.wait_for_selector(f".stApp{CONNECTED}", timeout=60_000)
    page.wait_for_function("() => window.hasRun")
    settle(page)
    drawn(page)  # what that run put into the fields is there by then
    set_title(page, "After the restart")
    assert page.url == link

    page.get_by_text("Weigh", exact=True).first.click()
    page.locator(".rows .row").first.wait_for()
    page.locator(".own .open[aria-current]").wait_for()
    page.wait_for_function("() => localStorage['selector.last']?.includes('/weigh?')")
    page.goto(f"{server.address}/")
    settle(page)
    offer = page.locator(".offer")
    offer.wait_for()
    assert "After the restart" in offer.inner_text()
    assert_good_at_all_widths(page, "left-off", (390, 1280))
    offer.get_by_role("link").click()
    page.locator(".rows .row").first.wait_for()
    assert page.url.startswith(f"{server.address}/weigh?decision=draft-")
    assert page.locator(".offer").count() == 0

    with page.expect_download() as taken:
        page.get_by_role("button", name="Download this decision").click()
    assert yaml.safe_load(taken.value.path().read_text())["title"] == "After the restart"
    page.get_by_role("button", name="Back to the shipped one").click()
    page.wait_for_url("**decision=support-assistant*")
    page.locator(".own .open", has_text="After the restart").wait_for()
