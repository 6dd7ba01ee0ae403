"""A whole workshop in real browsers: page Workshop, projector, facilitator and five phones."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pptx import Presentation

from tests.browser.checks import PICTURES, assert_accessible
from tests.browser.conftest import PATIENCE, settle
from tests.browser.phones import PHONE

DECISION = "support-assistant"
PROJECTOR = {"width": 1280, "height": 720}
WIDE = (390, 1280, 1920)
ROUNDS = (
    {"Ada": (90, 20), "Ben": (30, 100), "Cem": (100, 60), "Dora": (50, 50)},
    {"Ada": (80, 40), "Ben": (60, 90), "Cem": (90, 60), "Dora": (60, 60)},
)
CUT = """
() => [...document.querySelectorAll('main *, header *, aside *')].filter(e => {
  const box = e.getBoundingClientRect(), isText = [...e.childNodes].some(
    n => n.nodeType === 3 && n.data.trim());
  return isText && e.checkVisibility() && !e.closest('.unseen')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.textContent.trim().slice(0, 60))
"""


@pytest.fixture
def open_page(
    browser: Browser, visit: Callable[..., Page], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Open a light page in a browser of its own; no script may fail, and all are closed."""
    made: list[BrowserContext] = []
    problems: list[str] = []

    def opened(address: str, size: dict[str, int], **given: Any) -> Page:
        context = browser.new_context(viewport=cast(Any, size), reduced_motion="reduce", **given)
        made.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address)
        request.node.pages = [*request.node.pages, page]  # of which pictures are kept
        return page

    yield opened
    for context in made:
        context.close()
    assert problems == []


def looked_at(page: Page, name: str, widths: tuple[int, ...] = WIDE) -> None:
    """The state is for everybody at each width, light and dark; keep pictures."""
    PICTURES.mkdir(exist_ok=True)
    size = page.viewport_size
    assert size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 1080 if width == 1920 else 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if width != WIDE[-1]:  # it is the same page, with more room
                assert_accessible(page)
            page.screenshot(path=PICTURES / f"room-{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate(CUT) == [], (name, width)
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)


class Hall:
    """The room as this test sees it: its pages, and its API for what is proven elsewhere."""

    def __init__(self, app: str, links: list[str]) -> None:
        self.app = app
        run, self.show, self.join = links
        self.run, _, self.token = run.partition("#")
        self.code = self.join.rsplit("/", 1)[1]
        self.at = f"{app}/api/workshops/{self.code}"

    def ask(self, path: str = "", token: str = "", **body: Any) -> Any:
        """Read, or send where there is something to send."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        method = "POST" if body else "GET"
        answer = httpx2.request(
            method, self.at + path, json=body or None, headers=headers, timeout=20
        )
        assert answer.status_code < 300, answer.text
        return answer.json()


def opened_on_the_page(page: Page, app: str) -> Hall:
    """Open a room on the page Workshop, and read its links."""
    page.get_by_role("button", name="Open the room").click()
    page.get_by_role("link", name="Projector’s page").wait_for()
    settle(page)
    names = ("Facilitator’s page", "Projector’s page", "What a phone sees")
    links = [page.get_by_role("link", name=n).get_attribute("href") or "" for n in names]
    found = Hall(app, links)
    expect(page.get_by_role("heading", name=f"Room {found.code}")).to_be_visible()
    return found


def joined(open_page: Callable[..., Page], hall: Hall, name: str, *, by_keys: bool = False) -> Page:
    """A phone that joins: by touch, or by the keyboard alone."""
    phone = open_page(hall.join, PHONE)
    if by_keys:
        for _ in range(20):
            phone.keyboard.press("Tab")
            if phone.evaluate("document.activeElement.id") == "name":
                break
        phone.keyboard.type(name)
        phone.keyboard.press("Enter")
    else:
        phone.fill("#name", name)
        phone.click("#join-now")
    phone.get_by_role("heading", name="You are in").wait_for()
    return phone


def votes(phone: Page, points: tuple[int, ...], comment: str = "") -> None:
    """Answer the first questions with the keys of the sliders, the others with no opinion."""
    phone.locator(".ask").first.wait_for()
    sliders = phone.get_by_role("slider")
    for place in range(sliders.count()):
        slider = sliders.nth(place)
        if place >= len(points):
            slider.locator("xpath=ancestor::*[@role='group'][1]").get_by_role(
                "button", name=re.compile("No opinion")
            ).click()
            continue
        slider.focus()
        phone.keyboard.press("Home")
        for _ in range(points[place] // 10):
            phone.keyboard.press("PageUp")
    if comment:
        phone.fill("#comment", comment)
    phone.click("#send")
    phone.locator("#state", has_text="Received").wait_for()


def drawn_is_what_is_said(projector: Page, hall: Hall) -> dict[str, Any]:
    """The projector draws the round as the API tells it."""
    found: dict[str, Any] = hall.ask("/results")
    expect(projector.locator("#headline")).to_have_text(found["headline"])
    strips = projector.locator(".strip")
    expect(strips).to_have_count(len(found["criteria"]))
    for row, place in zip(found["criteria"], range(strips.count()), strict=True):
        strip = strips.nth(place)
        expect(strip).to_contain_text(row["name"])
        expect(strip).to_contain_text(row["verdict"])
        expect(strip.locator(".one")).to_have_count(row["opinions"])
        if row["median"] is not None:
            told = f"median {round(row['median'] * 100)} %"
            assert told in (strip.locator("svg").get_attribute("aria-label") or "")
    rows = projector.locator("#more table tr").all_inner_texts()[1:]
    for placed, text in zip(found["ranking"], rows, strict=True):
        assert placed["name"] in text
        assert f"{placed['score'] * 100:.1f}" in text
    return found


def test_a_workshop_from_the_opening_to_the_slides(
    app: str, visit: Callable[..., Page], open_page: Callable[..., Page]
) -> None:
    page = visit(f"workshop?decision={DECISION}")
    hall = opened_on_the_page(page, app)
    assert_accessible(page)

    # The lobby: code, QR and counts on the projector.
    projector = open_page(hall.show, PROJECTOR)
    expect(projector.locator(".code")).to_have_text(hall.code)
    assert projector.locator("img.qr").evaluate("e => e.complete && e.naturalWidth > 0")
    expect(projector.locator("#where")).to_have_text("Nobody has joined yet")
    run = open_page(f"{hall.run}#{hall.token}", {"width": 1280, "height": 800})
    run.get_by_role("button", name="Open the vote").wait_for()
    assert hall.token not in run.url
    phones = {name: joined(open_page, hall, name) for name in ("Ada", "Ben", "Cem", "Eve")}
    phones["Dora"] = joined(open_page, hall, "Dora", by_keys=True)
    expect(projector.locator("#where")).to_have_text("5 people here")
    expect(page.locator(".standing")).to_contain_text("5 people are here")
    looked_at(projector, "show-1-lobby")
    looked_at(run, "run-1-lobby", (390,))

    # Somebody is removed, and one without a device comes in.
    run.get_by_text("People", exact=True).click()
    run.get_by_role("row", name=re.compile("Eve")).get_by_role("button", name="Remove").click()
    phones.pop("Eve").get_by_role("heading", name="You are no longer in this room").wait_for()
    run.fill("#enter #name", "Finn")
    run.get_by_role("button", name="Add", exact=True).click()
    run.get_by_role("row", name=re.compile("Finn")).wait_for()
    expect(projector.locator("#where")).to_have_text("5 people here")

    # The first round, with a timer, a ballot for who has no device, and two on paper.
    run.get_by_role("button", name="Open the vote").click()
    projector.locator("#voting").wait_for()
    run.get_by_text("Time", exact=True).click()
    run.get_by_role("button", name="5 minutes").click()
    expect(projector.locator("#clock")).to_have_text(re.compile(r"^[45]:\d\d$"))
    comments = {"Ada": "What if the <b>model</b> is withdrawn?"}
    for name, points in ROUNDS[0].items():
        votes(phones[name], points, comments.get(name, ""))
    run.get_by_role("row", name=re.compile("Finn")).get_by_role(
        "button", name="Enter ballot"
    ).click()
    first = run.locator("#ballot input").first
    first.fill("70")
    looked_at(run, "run-2-voting", (390, 1280))
    run.get_by_role("button", name="Enter this ballot").click()
    expect(run.locator("#ballot")).to_be_hidden()
    asked = [row["id"] for row in hall.ask()["criteria"]]
    run.fill("#csv", f"name,{asked[0]},nothing\nGus,10,20")
    run.get_by_role("button", name="Enter these ballots").click()
    expect(run.locator("#failed")).to_contain_text("There is no criterion 'nothing'")
    run.fill("#csv", f"name,{asked[0]},{asked[1]}\nGus,10,80\nHal,-,40")
    run.get_by_role("button", name="Enter these ballots").click()
    expect(projector.locator("#count")).to_have_text("7 of 7 have answered")
    looked_at(projector, "show-2-voting")
    assert httpx2.get(f"{hall.at}/results").status_code == 403

    run.get_by_role("button", name="Reveal").click()
    expect(projector.locator("#revealed")).to_be_visible()
    found = drawn_is_what_is_said(projector, hall)
    assert (found["participants"], found["proxies"]) == (7, 3)
    expect(projector.locator("#more")).to_contain_text("What if the <b>model</b> is withdrawn?")
    run.get_by_text("To talk about", exact=True).click()
    expect(run.locator("#comments")).to_contain_text("is withdrawn?")
    looked_at(projector, "show-3-reveal")
    looked_at(run, "run-3-reveal", (390, 1280))
    for phone in phones.values():
        phone.get_by_role("heading", name="You and the group").wait_for()

    # The room is handed over to another browser; the first has it no longer.
    run.get_by_text("The room itself", exact=True).click()
    run.get_by_role("button", name=re.compile("^Hand over")).click()
    expect(run.locator("#link")).to_contain_text("/run/")
    handed = re.search(r"http\S+", run.inner_text("#link"))
    assert handed
    other = open_page(handed[0], {"width": 1280, "height": 800})
    other.get_by_role("button", name="Open another round").click()
    run.reload()
    expect(run.locator("#locked")).to_be_visible()

    # The second round says what has moved.
    projector.locator("#voting").wait_for()
    for name, points in ROUNDS[1].items():
        votes(phones[name], points)
    expect(projector.locator("#count")).to_contain_text("4 of 7")
    other.get_by_role("button", name="Reveal").click()
    expect(projector.locator("#revealed")).to_be_visible()
    expect(projector.locator("#where")).to_contain_text("Round 2")
    found = drawn_is_what_is_said(projector, hall)
    assert (found["round"], found["participants"]) == (2, 4)
    assert found["movement"]["both"] == 4
    expect(projector.locator("#more")).to_contain_text("What has moved")
    looked_at(projector, "show-4-second", (1280,))

    other.get_by_text("The room itself", exact=True).click()
    other.fill("#by", "The platform board")
    other.fill("#sign #note", "for two years")
    other.get_by_role("button", name="Sign off and close").click()
    expect(projector.locator("#next")).to_contain_text("Signed off by The platform board")
    expect(other.locator("#what")).to_contain_text("closed, signed off by The platform board")
    expect(other.locator("#sign")).to_be_hidden()
    other.get_by_text("People", exact=True).click()
    expect(other.locator("#people")).to_contain_text("Finn")
    expect(other.locator("#people").get_by_role("button")).to_have_count(0)
    looked_at(projector, "show-5-closed", (1280,))
    looked_at(other, "run-5-closed", (390, 1280))

    # What it said is taken along, by the key that the room was handed over with.
    token = handed[0].partition("#")[2]
    page.get_by_text("Go on with a room that was opened elsewhere").click()
    page.get_by_label("Room code").fill(hall.code)
    page.get_by_label("Facilitator’s key").fill(token)
    page.get_by_role("button", name="Go on", exact=True).click()
    take = page.get_by_role("button", name="Take it along as a working copy")
    take.wait_for()
    expect(page.locator(".standing")).to_contain_text("Signed off by The platform board.")
    page.get_by_role("link", name="Projector’s page").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDE:
            page.set_viewport_size({"width": width, "height": 860})
            page.wait_for_timeout(300)
            page.screenshot(path=PICTURES / f"room-page-{width}-{scheme}.png")
        assert_accessible(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 860})
    take.click()
    page.wait_for_url("**decision=draft-**")
    settle(page)
    copy = re.search(r"decision=(draft-[\w-]+)", page.url)
    assert copy
    page.goto(f"{app}/export?decision={copy[1]}")
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Slides|Deck", re.I)).first.click()
    deck = Presentation(io.BytesIO(download.value.path().read_bytes()))
    text = "\n".join(
        shape.text_frame.text if shape.has_text_frame else _table(shape)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame or shape.has_table
    )
    assert "The platform board" in text
    assert "Participant 1" in text or "4 stakeholders" in text or "4 people" in text


def _table(shape: Any) -> str:
    return "\n".join(cell.text for row in shape.table.rows for cell in row.cells)
