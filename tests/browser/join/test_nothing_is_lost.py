"""Nothing that somebody set on a phone is lost or counted twice, in whatever coverage."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.phones import Phone, Room, Site

FULL = {"money": 100, "quality": 70, "support": 40}
SECOND = {"money": 20, "quality": 100, "support": 60}


def test_without_coverage_nothing_is_lost(site: Site, hall: Callable[..., Phone]) -> None:
    room = Room(site)
    phone = hall(room)
    page = phone.page
    page.clock.install()
    phone.join()
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
    for _ in range(60):  # a minute in which all tries fail
        page.clock.run_for(1000)
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


def test_an_answer_of_the_room_that_changes_nothing_takes_no_slider_from_under_a_finger(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site)
    phone = hall(room).join()
    room.go("voting")
    phone.vote(**FULL)
    phone.received()
    phone.page.get_by_role("button", name="Change my answers").click()
    held: list[Route] = []
    phone.page.route("**/ballot", lambda route: held.append(route))
    phone.page.reload()
    phone.shows("Money", FULL["money"])
    track = phone.ask("Money").locator(".track").element_handle()
    with phone.page.expect_response("**/ballot"):
        held[0].continue_()
    phone.page.unroute("**/ballot")
    phone.page.evaluate("() => new Promise((go) => setTimeout(go, 50))")  # it is read by then
    assert track.evaluate("(track) => track.isConnected")


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


def test_what_is_to_be_talked_about_goes_when_there_is_coverage_and_once(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site)
    phone = hall(room).join()
    page, note = phone.page, phone.page.locator("#talk-told")
    page.get_by_text("Something to talk about?").click()
    page.context.set_offline(True)
    page.fill("#talk", "Who runs it at night?")
    page.get_by_role("button", name="Put it on the list").click()
    note.filter(has_text="it goes by itself as soon as there is one").wait_for()
    assert page.input_value("#talk") == ""
    page.context.set_offline(False)
    note.filter(has_text="It is on the list.").wait_for()

    # It arrives, and the answer does not: read anew, the page sends it again.
    def unanswered(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/comments", unanswered)
    page.fill("#talk", "What does leaving cost?")
    page.get_by_role("button", name="Put it on the list").click()
    note.filter(has_text="it goes by itself as soon as there is one").wait_for()
    page.unroute("**/comments")
    with page.expect_response("**/comments") as answer:
        page.reload()
    assert answer.value.status == 201
    room.go("voting")
    room.go("revealed")
    page.get_by_text("What people wrote").wait_for()
    assert page.locator(".comments li").all_inner_texts() == [
        "What does leaving cost?",
        "Who runs it at night?",
    ]
