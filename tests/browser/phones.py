"""Rooms on a server of their own, in this process, and phones that take part in them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from playwright.sync_api import BrowserContext, Page
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from selector.ui import app
from selector.workshop.records import Ballot
from selector.workshop.store import rooms
from selector.workshop.web import House, routes
from tests.browser.conftest import PATIENCE
from tests.load.server import free_port
from tests.workshop.rooms import DECISION, bearer

PHONE = {"width": 390, "height": 844}


class Site(str):
    """The address of a server, with the rooms behind it."""

    house: House


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve rooms on a free port, kept in a folder."""
    house = House(f"sqlite:///{folder / 'rooms.sqlite3'}")
    static = Mount("/app/static", StaticFiles(directory=app.MAIN.parent / "static"))
    port = free_port()
    made = Starlette(routes=[*routes(house), static])
    server = uvicorn.Server(
        uvicorn.Config(made, port=port, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    site = Site(f"http://127.0.0.1:{port}")
    site.house = house
    yield site
    house.hub.close()
    server.should_exit = True
    thread.join(10)
    house.close()


class Room:
    """A room, by whoever runs it."""

    def __init__(self, site: Site, **asked: Any) -> None:
        self.site = site
        self.made = self._ask("POST", "/api/workshops", {"decision": DECISION} | asked)
        self.code: str = self.made["code"]
        self.at = f"/api/workshops/{self.code}"
        self.page = f"{site}/join/{self.code}"

    def _ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        headers = bearer(token) if token else {}
        answer = httpx2.request(method, self.site + path, json=body, headers=headers, timeout=20)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def go(self, phase: str) -> None:
        """Go to a phase."""
        self._ask("POST", f"{self.at}/phase", {"phase": phase}, self.made["facilitator_token"])

    def state(self) -> dict[str, Any]:
        """Phase and counts."""
        found: dict[str, Any] = self._ask("GET", f"{self.at}?brief")
        return found

    def people(self) -> list[dict[str, Any]]:
        """Who joined."""
        token = self.made["facilitator_token"]
        found: list[dict[str, Any]] = self._ask("GET", f"{self.at}/participants", None, token)[
            "participants"
        ]
        return found

    def remove(self, participant: str) -> None:
        """Take somebody out."""
        token = self.made["facilitator_token"]
        self._ask("DELETE", f"{self.at}/participants/{participant}", None, token)

    def delete(self) -> None:
        """Take the room away."""
        self._ask("DELETE", self.at, None, self.made["facilitator_token"])

    def other(self, weights: dict[str, Any], **more: Any) -> None:
        """Somebody else who votes."""
        who = self._ask("POST", f"{self.at}/participants", {})
        body = {"round": self.state()["round"], "weights": weights} | more
        self._ask("PUT", f"{self.at}/ballot", body, who["participant_token"])

    def ballots(self, round_: int = 1) -> list[Ballot]:
        """What the database has of a round."""
        workshops = self.site.house.workshops
        number = workshops.room(self.code).id
        return workshops.store.read(lambda c: rooms.ballots_of(c, number, round_))


class Phone:
    """A page in a participant's hand."""

    def __init__(self, context: BrowserContext, room: Room) -> None:
        self.room = room
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str = "") -> Phone:
        """Go to the page of the room."""
        self.page.goto(self.room.page + path)
        return self

    def join(self, name: str = "") -> Phone:
        """Go there and join."""
        self.open()
        if name:
            self.page.fill("#name", name)
        self.page.click("#join-now")
        self.page.locator("#v-lobby, #v-ballot, #v-gut").locator("visible=true").first.wait_for()
        return self

    def ask(self, name: str) -> Any:
        """The question of that name."""
        return self.page.get_by_role("group", name=name, exact=True)

    def set(self, name: str, points: int) -> None:
        """Answer by tapping the slider."""
        track = self.ask(name).locator(".track")
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        assert box
        track.click(position={"x": box["width"] * points / 100, "y": 24}, force=True)
        self.shows(name, points)

    def shows(self, name: str, points: int | str) -> None:
        """Wait until a question shows this."""
        self.ask(name).locator(".knob", has_text=str(points)).wait_for()

    def vote(self, **points: int) -> None:
        """Answer all questions, and send."""
        self.heading("How much would each step up matter?")
        for name, value in points.items():
            self.set(name.capitalize(), value)
        self.page.click("#send")

    def heading(self, text: str) -> None:
        """Wait until the page says this."""
        self.page.get_by_role("heading", name=text).wait_for()

    def state(self, text: str) -> None:
        """Wait until it says this of where the ballot is."""
        self.page.locator("#state", has_text=text).wait_for()

    def received(self) -> None:
        """Wait until the room has the ballot as it stands."""
        self.state("Received")
