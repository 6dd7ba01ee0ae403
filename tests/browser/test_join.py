"""The participants' page on a phone: nothing that somebody set is lost or counted twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from tests.browser.checks import PICTURES, assert_accessible
from tests.browser.phones import PHONE, Phone, Room, Site, served

FULL = {"money": 100, "quality": 70, "support": 40}
SECOND = {"money": 20, "quality": 100, "support": 60}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all."""
    with served(tmp_path_factory.mktemp("rooms")) as address:
        yield address


@pytest.fixture
def hall(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Phone]]:
    """Hand out phones: each in a context of its own unless one is given; no script may fail."""
    phones: list[Phone] = []
    made: list[BrowserContext] = []
    request.node.pages = []

    def phone(room: Room, context: BrowserContext | None = None, **given: Any) -> Phone:
        if context is None:
            options = {
                "viewport": PHONE,
                "has_touch": True,
                "is_mobile": True,
                "reduced_motion": "reduce",
            } | given
            context = browser.new_context(**options)
            made.append(context)
        phones.append(Phone(context, room))
        request.node.pages.append(phones[-1].page)
        return phones[-1]

    yield phone
    errors = [error for one in phones for error in one.errors]
    for context in made:
        context.close()
    assert errors == []


def looked_at(phone: Phone, name: str) -> None:
    """The state is for everybody, in light and dark, and as wide as the phone; keep a picture."""
    page = phone.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert_accessible(page)
        page.screenshot(path=PICTURES / f"join-{name}-{scheme}.png", full_page=True)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{name}: {wider} px wider than the phone"
    small = page.eval_on_selector_all(
        "button, input:not([type=range]), select, textarea, summary, .track, .knob",
        """all => all.filter(e => e.checkVisibility())
             .map(e => [e.id || e.className || e.textContent, e.getBoundingClientRect()])
             .filter(([, b]) => b.height < 43.5 || b.width < 43.5).map(([name]) => name)""",
    )
    assert small == [], f"{name}: under 44 px: {small}"


def test_from_joining_to_the_second_round(site: Site, hall: Callable[..., Phone]) -> None:
    PICTURES.mkdir(exist_ok=True)
    room = Room(site)
    phone = hall(room).open()
    page = phone.page
    looked_at(phone, "1-join")
    phone.join("Mira")
    phone.heading("You are in")
    page.get_by_text("As Mira. 1 person is here.").wait_for()
    assert "Alpha" in page.inner_text("#v-lobby")
    assert "Quality" in page.inner_text("#v-lobby")
    looked_at(phone, "2-lobby")

    room.go("voting")
    phone.heading("How much would each step up matter?")
    assert page.locator(".knob").all_inner_texts() == ["?", "?", "?"]
    page.get_by_role("button", name="Evidence on Quality").click()
    page.locator("#evidence-quality .pair").first.wait_for()
    assert page.locator("#evidence-quality .pair").all_inner_texts()[0].split() == ["Alpha", "3"]
    phone.set("Money", 100)
    page.get_by_role("button", name="No opinion on Support").click()
    page.get_by_text("2 of 3 answered").wait_for()
    page.click("#send")
    page.get_by_text("One question is not answered").wait_for()
    looked_at(phone, "3-ballot")
    phone.set("Quality", 50)
    page.click("#send")
    phone.heading("Your answers are in")
    phone.received()
    looked_at(phone, "4-sent")
    (ballot,) = room.ballots()
    assert ballot.weights == {"money": 100, "quality": 50, "support": None}

    page.get_by_role("button", name="Change my answers").click()
    phone.set("Quality", 75)  # goes by itself
    phone.received()
    assert [b.weights["quality"] for b in room.ballots()] == [75]

    room.other({"money": 10, "quality": 100, "support": 50}, comment="<b>Mind</b> the exit")
    room.other({"money": 20, "quality": 100, "support": 80})
    room.go("revealed")
    page.get_by_role("heading", name="You and the group").wait_for()
    assert "<b>Mind</b> the exit" in page.inner_text("#v-result")
    assert "You had no opinion" in page.inner_text("#v-result")
    assert "Your weights put" in page.inner_text("#v-result")
    looked_at(phone, "5-reveal")

    room.go("voting")
    page.get_by_text("You said 75 last round.").wait_for()
    assert page.locator(".knob").all_inner_texts() == ["?", "?", "?"]
    assert room.ballots(2) == []
    looked_at(phone, "6-next")
    room.go("revealed")
    page.get_by_text("You sent no ballot in round 2.").wait_for()
    room.go("closed")
    page.get_by_text("The room is closed").wait_for()
    looked_at(phone, "7-closed")


def test_by_feeling_with_roles_and_scores(site: Site, hall: Callable[..., Phone]) -> None:
    roles = [{"name": "Finance", "scores": ["quality"]}, {"name": "Security"}]
    room = Room(site, gut=True, named=True, roles=roles, ask="both")
    phone = hall(room).open()
    page = phone.page
    page.click("#join-now")
    page.locator("#refusal", has_text="please give yours").wait_for()
    page.fill("#name", "Jonas")
    page.select_option("#role", "Finance")
    page.click("#join-now")
    page.get_by_text("As Jonas, Finance.").wait_for()
    room.go("voting")
    phone.heading("By feeling, which would you choose?")
    for name in ("Beta", "Alpha", "Gamma"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="Gamma: one up").click()
    page.get_by_role("button", name="Gamma: one up").click()
    looked_at(phone, "8-feeling")
    page.get_by_role("button", name="Go on to the questions").click()
    phone.heading("How good is each on Quality?")
    phone.heading("Across the groups")
    phone.set("Alpha", 30)
    phone.set("Price", 100)
    looked_at(phone, "9-scores")
    page.click("#send")
    page.get_by_text("questions are not answered").wait_for()
    page.click("#send")
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.gut_ranking == ("c", "b", "a")
    assert ballot.scores == {"a": {"quality": 30}}
    assert (ballot.name, ballot.role) == ("Jonas", "Finance")


def test_by_keyboard_alone(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room, viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False)
    page = phone.open().page
    press = page.keyboard.press

    def until(role: str) -> None:
        """Go on until what has the focus is called so."""
        for _ in range(40):
            press("Tab")
            if page.evaluate("document.activeElement.id || ''") == role:
                return
            if page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == role:
                return
        raise AssertionError(role)

    until("name")
    page.keyboard.type("Ada")
    press("Enter")
    phone.heading("You are in")
    room.go("voting")
    phone.heading("How much would each step up matter?")
    assert page.evaluate("document.activeElement.tagName") == "H1"  # said by a screen reader
    until("name-money")
    press("Home")  # the very least is an answer too
    phone.shows("Money", 0)
    for key in ("PageUp", "ArrowRight"):
        press(key)
    phone.shows("Money", 11)
    press("Delete")
    phone.shows("Money", "?")
    press("End")
    phone.shows("Money", 100)
    press("Shift+Tab")
    press("Control+a")
    page.keyboard.type("85")
    phone.shows("Money", 85)
    until("name-quality")
    press("ArrowRight")
    slider = page.get_by_role("slider", name="Quality")
    assert slider.get_attribute("aria-valuetext") == "1 of 100"
    for _ in range(3):
        press("Tab")
    until("name-support")
    press("Tab")
    press("Tab")
    press("Space")  # no opinion
    assert page.get_by_role("slider", name="Support").get_attribute("aria-valuetext") == (
        "no opinion"
    )
    until("send")
    press("Enter")
    phone.received()
    assert room.ballots()[0].weights == {"money": 85, "quality": 1, "support": None}


# --- bad coverage ---------------------------------------------------------------------------------


def test_without_coverage_nothing_is_lost(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room).join()
    page = phone.page
    room.go("voting")
    phone.vote(**FULL)
    phone.received()
    page.get_by_text("1 of 1 has voted.").wait_for()
    page.get_by_role("button", name="Change my answers").click()
    page.context.set_offline(True)
    phone.set("Quality", 95)
    phone.state("Kept on this phone, not yet sent. No connection")
    page.get_by_text("No connection. What you set is kept on this phone").wait_for()
    phone.set("Support", 15)
    page.wait_for_timeout(3000)  # two more tries that fail
    assert room.ballots()[0].weights == FULL
    page.context.set_offline(False)
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.weights == FULL | {"quality": 95, "support": 15}

    # The room hears nothing of a change before the page is read anew: it is there, and goes.
    page.route("**/ballot", lambda route: route.abort())
    phone.set("Money", 5)
    page.reload()
    phone.state("Kept on this phone, not yet sent")
    phone.shows("Money", 5)
    page.unroute("**/ballot")
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.weights == {"money": 5, "quality": 95, "support": 15}
    assert len(room.people()) == 1


@pytest.mark.parametrize("seed", [7, 89])
def test_every_fifth_request_is_lost(site: Site, hall: Callable[..., Phone], seed: int) -> None:
    room = Room(site)
    chance = random.Random(seed)
    lost = []

    def lossy(route: Route) -> None:
        """Lose the request, or, as often, the answer to one that arrived."""
        kind = chance.random()
        if kind >= 0.2 or route.request.url.endswith("/events"):
            return route.continue_()
        lost.append(route.request.url)
        if kind < 0.1:
            route.fetch()
        return route.abort()

    phone = hall(room)
    phone.page.route("**/api/**", lossy)
    phone.join()
    room.go("voting")
    phone.vote(**FULL)
    phone.received()
    phone.page.get_by_role("button", name="Change my answers").click()
    for points in (10, 20, 30, 45, 60):
        phone.set("Quality", points)
        phone.page.wait_for_timeout(400)
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.weights == FULL | {"quality": 60}
    assert len(room.people()) == 1
    assert len(lost) > 1


def test_a_phone_that_slept_goes_on(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room).join()
    devtools = phone.page.context.new_cdp_session(phone.page)

    def asleep(is_so: bool) -> None:
        state = "frozen" if is_so else "active"
        devtools.send("Page.setWebLifecycleState", {"state": state})

    asleep(True)
    room.go("voting")
    asleep(False)
    phone.vote(**FULL)
    phone.received()
    phone.page.get_by_role("button", name="Change my answers").click()
    phone.set("Quality", 35)
    asleep(True)  # before the pause is over after which a change goes
    time.sleep(2)
    asleep(False)
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.weights == FULL | {"quality": 35}


def test_the_room_may_be_busy(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room).join()
    room.go("voting")
    answers = [503, 429, 200]  # the last one is a hotel's page for all who are not signed in

    def busy(route: Route) -> None:
        if answers and route.request.method == "PUT":
            return route.fulfill(
                status=answers.pop(), headers={"retry-after": "1"}, body="<p>Wi-Fi"
            )
        return route.continue_()

    phone.page.route("**/ballot", busy)
    phone.vote(**FULL)
    phone.state("The room is busy: it is sent again by itself.")
    phone.received()
    assert answers == []
    assert [b.weights for b in room.ballots()] == [FULL]


def test_where_events_fail_the_room_is_asked(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room)
    phone.page.route("**/events", lambda route: route.abort())
    phone.join()
    room.go("voting")
    phone.heading("How much would each step up matter?")


# --- quick hands, and more than one ---------------------------------------------------------------


def test_pressing_twice_sends_one_ballot(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room).open()
    phone.page.evaluate(
        "() => { const go = document.getElementById('join-now'); go.click(); go.click(); }"
    )
    room.go("voting")
    phone.heading("How much would each step up matter?")
    for name, points in FULL.items():
        phone.set(name.capitalize(), points)
    phone.page.evaluate(
        "() => { const go = document.getElementById('send'); go.click(); go.click(); go.click(); }"
    )
    phone.received()
    (ballot,) = room.ballots()
    assert ballot.weights == FULL
    assert len(room.people()) == 1


def test_two_tabs_are_one_person(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    first = hall(room).open()
    second = hall(room, first.page.context).open()
    first.page.click("#join-now")
    second.heading("You are in")
    room.go("voting")
    second.heading("How much would each step up matter?")
    first.page.bring_to_front()
    first.vote(**FULL)
    first.received()
    second.page.bring_to_front()
    second.heading("Your answers are in")
    second.page.get_by_role("button", name="Change my answers").click()
    second.set("Quality", 55)
    second.received()
    first.page.bring_to_front()
    first.set("Support", 5)
    first.received()
    second.shows("Support", 5)
    (ballot,) = room.ballots()
    assert ballot.weights == FULL | {"quality": 55, "support": 5}
    assert len(room.people()) == 1


def test_a_finger_that_scrolls_answers_nothing(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site, ask="both")
    room.go("voting")
    phone = hall(room, viewport={"width": 390, "height": 500}).join()
    devtools = phone.page.context.new_cdp_session(phone.page)
    track = phone.ask("Money").locator(".track")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box
    x, y = box["x"] + 100, box["y"] + 20
    before = phone.page.evaluate("scrollY")

    def touch(kind: str, *points: dict[str, float]) -> None:
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 15):
        touch("touchMove", {"x": x + step / 4, "y": y - 12 * step})
    touch("touchEnd")
    phone.page.wait_for_function(f"scrollY > {before} + 50")
    phone.shows("Money", "?")
    assert phone.page.evaluate("Object.keys(ballot.weights).length") == 0


# --- too late, not invited, gone ------------------------------------------------------------------


def test_what_came_too_late_is_offered_in_the_next_round(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site)
    phone = hall(room).join()
    room.go("voting")
    phone.heading("How much would each step up matter?")
    phone.page.context.set_offline(True)
    phone.vote(**FULL)
    phone.state("not yet sent")
    room.other(SECOND)
    room.go("revealed")
    phone.page.context.set_offline(False)
    phone.page.get_by_text("did not reach the room in time").wait_for()
    assert [b.weights for b in room.ballots()] == [SECOND]
    room.go("voting")
    phone.page.get_by_text("came too late and was not counted").wait_for()
    assert phone.page.locator(".knob").all_inner_texts() == ["?", "?", "?"]
    phone.page.get_by_role("button", name="Use it in this round").click()
    phone.shows("Quality", 70)
    phone.page.click("#send")
    phone.received()
    assert [b.weights for b in room.ballots(2)] == [FULL]


def test_a_link_lets_one_device_in(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site, roster=["Mira", "Jonas"])
    link = room.made["invites"][0]["invite"]
    phone = hall(room).open(f"#{link}")
    assert link not in phone.page.url
    phone.page.reload()  # the link is taken, though it is no longer in the address
    phone.page.click("#join-now")
    phone.page.get_by_text("As Mira.").wait_for()
    phone.page.reload()
    phone.page.get_by_text("As Mira.").wait_for()
    assert link not in phone.page.evaluate("JSON.stringify(localStorage)")
    other = hall(room).open(f"#{link}")
    other.page.click("#join-now")
    other.page.locator("#refusal", has_text="This link was used before").wait_for()
    nobody = hall(room).open()
    nobody.page.get_by_text("This room is by invitation").wait_for()
    assert [one["name"] for one in room.people()] == ["Mira"]


def test_who_is_removed_is_told_and_so_is_everybody_of_a_room_that_is_gone(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site)
    phone, other = hall(room).join("Mira"), hall(room).join("Jonas")
    phone.page.locator("#v-lobby").get_by_text("2 people are here.").wait_for()
    mira = next(one["participant"] for one in room.people() if one["name"] == "Mira")
    room.remove(mira)
    phone.heading("You are no longer in this room")
    looked_at(phone, "10-removed")
    room.go("voting")
    other.vote(**FULL)
    other.received()
    assert len(room.ballots()) == 1
    room.delete()
    other.heading("This room is no longer there")


def test_who_comes_to_a_closed_room_sees_what_it_said(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site)
    room.go("voting")
    room.other(FULL)
    room.go("revealed")
    room.go("closed")
    phone = hall(room).open()
    phone.page.get_by_text("The room is closed. Thank you").wait_for()
    phone.heading("You and the group")
    assert "You sent no ballot" not in phone.page.inner_text("#v-result")
