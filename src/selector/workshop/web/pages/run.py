"""The facilitator's page: every act is a route, so that it works wherever the app does not."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.workshop import asking
from selector.workshop.web.guard import room_code
from selector.workshop.web.house import House
from selector.workshop.web.hub import told
from selector.workshop.web.pages.rendering import page


async def run(house: House, request: Request) -> Response:
    """What whoever runs the room holds; it shows nothing without their token."""
    code = room_code(request)
    room, counts = await run_in_threadpool(house.workshops.look, code)
    analysis = await run_in_threadpool(house.workshops.analysis, room)
    return page(
        "run",
        room=room,
        join=f"{house.site(request)}/join/{room.code}",
        asked=[question.id for question in asking.questions(analysis, room.rules)],
        data={"code": room.code, "state": told(room, counts), "rehearsal": room.is_rehearsal},
    )
