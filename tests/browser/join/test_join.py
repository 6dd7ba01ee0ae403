"""The participants' page in each of its states: for everybody, on a phone, in light and dark."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.checks import PICTURES, assert_accessible
from tests.browser.phones import Phone, Room, Site

FULL = {"money": 100, "quality": 70, "support": 40}


def looked_at(phone: Phone, name: str) -> None:
    """The state is for everybody, in light and dark, and as wide as the phone; keep a picture."""
    page = phone.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
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
    for told in ("Alpha", "Quality"):
        page.locator("#v-lobby").get_by_text(told, exact=True).wait_for()
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


def test_what_a_role_was_not_asked_is_not_told_as_no_opinion(
    site: Site, hall: Callable[..., Phone]
) -> None:
    room = Room(site, roles=[{"name": "Finance", "weighs": ["money", "quality"]}])
    phone = hall(room).open()
    page = phone.page
    page.select_option("#role", "Finance")
    page.click("#join-now")
    room.go("voting")
    phone.set("Money", 100)
    page.get_by_text("So few are here").wait_for()
    page.get_by_role("group", name="Quality", exact=True).get_by_role(
        "button", name="No opinion"
    ).click()
    page.click("#send")
    phone.received()
    for _ in range(2):
        room.other({"money": 50, "quality": 50, "support": 50})
    page.get_by_role("button", name="Change my answers").click()
    page.get_by_text("So few are here").wait_for(state="hidden")
    room.go("revealed")
    strips = page.locator(".strip")
    for name, told in (
        ("Quality", "You had no opinion, middle of the group 33 %, half of all at 33 %."),
        ("Support", "You were not asked, middle of the group 33 %, half of all at 33 %."),
    ):
        strips.filter(has_text=name).get_by_text(told).wait_for()


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
