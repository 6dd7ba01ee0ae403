"""The page of a phone, and the QR code that leads to it."""

from __future__ import annotations

import io
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.workshop.web.api import described
from selector.workshop.web.guard import room_code
from selector.workshop.web.house import House
from selector.workshop.web.hub import told
from selector.workshop.web.pages.rendering import page

MOST_INLINE = 3_400  # characters of what is asked; more is fetched, so that the page stays light


async def join(house: House, request: Request) -> Response:
    """What a participant holds: joining, voting, and the reveal."""
    code = room_code(request)
    room, counts = await run_in_threadpool(house.workshops.look, code)
    about = await run_in_threadpool(described, house, room)
    data: dict[str, Any] = {"code": room.code, "title": room.title, "state": told(room, counts)}
    data["roster"] = room.has_roster
    if len(json.dumps(about, separators=(",", ":"))) <= MOST_INLINE:
        data["about"] = about
    return page("join", room=room, about=about, counts=counts, data=data)


async def qr_code(house: House, request: Request) -> Response:
    """The address of the phones' page as a QR code, in SVG."""
    import segno

    code = room_code(request)
    room = await run_in_threadpool(house.workshops.room, code)
    drawn = io.BytesIO()
    made = segno.make(f"{house.site(request)}/join/{room.code}", error="m", micro=False)
    made.save(drawn, kind="svg", border=4, dark="#17202a", light="#ffffff", xmldecl=False)
    return Response(drawn.getvalue(), media_type="image/svg+xml")
