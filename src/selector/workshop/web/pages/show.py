"""The projector's page: how to join, who is there, and the reveal."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.workshop import tokens
from selector.workshop.errors import Refused
from selector.workshop.web.house import House
from selector.workshop.web.pages.rendering import page


async def show(house: House, request: Request) -> Response:
    """What everybody in the hall sees."""
    code = tokens.code_of(request.path_params["code"])
    if not code:
        raise Refused(404, "There is no room with this code.")
    room = await run_in_threadpool(house.workshops.room, code)
    join = f"{house.site(request)}/join/{room.code}"
    return page("show", room=room, join=join, data={"code": room.code, "title": room.title})
