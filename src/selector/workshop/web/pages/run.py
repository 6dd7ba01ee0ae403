"""The facilitator's page: every act is a route, so that it works wherever the app does not."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.workshop import tokens
from selector.workshop.errors import Refused
from selector.workshop.web.house import House
from selector.workshop.web.pages.rendering import page


async def run(house: House, request: Request) -> Response:
    """What whoever runs the room holds."""
    code = tokens.code_of(request.path_params["code"])
    if not code:
        raise Refused(404, "There is no room with this code.")
    room = await run_in_threadpool(house.workshops.room, code)
    join = f"{house.site(request)}/join/{room.code}"
    return page("run", room=room, join=join, data={"code": room.code, "title": room.title})
