"""The projector's page: how to join, who is there, and the reveal."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from selector.analysis import Analysis
from selector.report import palette
from selector.report.words import labels
from selector.workshop import asking
from selector.workshop.records import Rules
from selector.workshop.web.guard import room_code
from selector.workshop.web.house import House
from selector.workshop.web.hub import told
from selector.workshop.web.pages.rendering import page


def weighed(analysis: Analysis, rules: Rules) -> list[tuple[str, str]]:
    """What a room weighs: each top group or single criterion, and what is in it or its step.

    Where the criteria within groups alone are weighed, they stand under their group.
    """
    asked = asking.questions(analysis, rules)
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    within = {q.id: [names[leaf] for leaf in q.leaves if leaf != q.id] for q in asked}
    rows = {q.id: (q.name, "; ".join(within[q.id]) or q.step) for q in asked if not q.parent}
    told = {leaf for q in asked if not q.parent for leaf in q.leaves}
    under: dict[str, list[str]] = {}
    for q in asked:
        if not told.issuperset(q.leaves):
            under.setdefault(q.parent, []).append(q.name)
    rows |= {parent: (names[parent], "; ".join(found)) for parent, found in under.items()}
    return list(rows.values())


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
        weighed=weighed(analysis, room.rules),
        options=[a.name for a in analysis.alternatives],
        data=data,
    )
