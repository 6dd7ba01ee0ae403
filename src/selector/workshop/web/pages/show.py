"""The projector's page: how to join, who is there, and the reveal."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.report import palette
from selector.report.words import labels
from selector.workshop import asking
from selector.workshop.web.guard import room_code
from selector.workshop.web.house import House
from selector.workshop.web.hub import told
from selector.workshop.web.pages.rendering import page

MOST_SHOWN = 12  # questions and options on one screen


async def show(house: House, request: Request) -> Response:
    """What everybody in the hall sees."""
    code = room_code(request)
    room, counts = await run_in_threadpool(house.workshops.look, code)
    analysis = await run_in_threadpool(house.workshops.analysis, room)
    called = labels(analysis.decision)
    data = {
        "code": room.code,
        "state": told(room, counts),
        "named": room.rules.is_named,
        "alternatives": [
            {"id": a.id, "short": called[a.id].short, "colour": palette.css_colour(place)}
            for place, a in enumerate(analysis.decision.alternatives)
        ],
    }
    return page(
        "show",
        room=room,
        join=f"{house.site(request)}/join/{room.code}",
        question=analysis.decision.question,
        questions=[q for q in asking.questions(analysis, room.rules) if not q.parent][:MOST_SHOWN],
        options=[a.name for a in analysis.alternatives][:MOST_SHOWN],
        data=data,
    )
