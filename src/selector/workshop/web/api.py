"""The API of workshops: JSON in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from selector.workshop import asking
from selector.workshop.errors import Refused
from selector.workshop.records import Ballot, Participant, Room
from selector.workshop.results import Results
from selector.workshop.store.comments import Comment
from selector.workshop.web import bodies
from selector.workshop.web.evidence import evidence as evidence_of
from selector.workshop.web.guard import (
    MOST_DEPTH_OF_DECISION,
    MOST_OF_DECISION,
    bearer,
    body_of,
    has_body,
    may_open,
    room_code,
)
from selector.workshop.web.house import House
from selector.workshop.web.hub import MOST_WATCHERS, told
from selector.workshop.web.kept import kept_decision

Result = TypeVar("Result")


async def _do(work: Callable[..., Result], *args: Any, **named: Any) -> Result:
    """Work that waits for the database, without holding others up."""
    return await run_in_threadpool(work, *args, **named)


# --- rooms ------------------------------------------------------------------------------------


async def open_room(house: House, request: Request) -> Response:
    """Make a room."""
    if not may_open(request, house.admin_key, bearer(request)):
        if house.admin_key:
            raise Refused(401, "Making a room needs the admin key of this server.")
        raise Refused(403, "Rooms are made on the computer that serves, or with an admin key.")
    data = await body_of(request, MOST_OF_DECISION, MOST_DEPTH_OF_DECISION)
    body = bodies.read(bodies.Opening, data)
    kept = await _do(kept_decision, body.decision)
    opened = await _do(
        house.workshops.open,
        kept,
        body.rules(),
        body.guests(),
        open_until=body.open_until,
        is_rehearsal=body.rehearsal,
    )
    join = f"{house.site(request)}/join/{opened.room.code}"
    answer = {
        "code": opened.room.code,
        "facilitator_token": opened.facilitator_token,
        "recovery_key": opened.recovery_key,
        "join_url": join,
        "show_url": f"{house.site(request)}/show/{opened.room.code}",
        "run_url": f"{house.site(request)}/run/{opened.room.code}",
        "invites": [
            {"name": name, "invite": link, "url": f"{join}#{link}"} for name, link in opened.invites
        ],
    }
    return JSONResponse(answer, 201)


async def state(house: House, request: Request) -> Response:
    """A room as anybody may see it, with what is asked; `?brief`: phase and counts alone."""
    room, counts = await _do(house.workshops.look, room_code(request))
    if "brief" in request.query_params:
        return JSONResponse(told(room, counts))
    role = request.query_params.get("role", "")
    return JSONResponse(told(room, counts) | await _do(described, house, room, role))


def described(house: House, room: Room, role: str = "") -> dict[str, Any]:
    """What a room is about and asks; the same for all of a role."""
    analysis = house.workshops.analysis(room)
    questions = asking.questions(analysis, room.rules, role)
    names = {leaf.id: leaf.name for leaf in analysis.decision.criteria.leaves()}
    return {
        "title": room.title,
        "question": analysis.decision.question,
        "code": room.code,
        "ask": room.rules.ask,
        "criteria": [
            {
                "id": q.id,
                "name": q.name,
                "parent": q.parent,
                "question": q.text,
                "step": q.step,
                "within": "; ".join(names[one] for one in q.leaves if one != q.id),
            }
            for q in questions
        ],
        "parents": {
            node.id: node.name
            for node in analysis.decision.criteria.walk()
            if node.id in {q.parent for q in questions}
        },
        "alternatives": [{"id": a.id, "name": a.name} for a in analysis.alternatives],
        "scores": [
            row._asdict() | {"anchors": [anchor._asdict() for anchor in row.anchors]}
            for row in asking.scored(analysis, room.rules, role)
        ],
        "gut": room.rules.has_gut,
        "named": room.rules.is_named,
        "roles": [r.name for r in room.rules.roles],
        "thresholds": {"agreement": room.rules.agreement, "lead": room.rules.lead},
        "roster": room.has_roster,
        "rehearsal": room.is_rehearsal,
        "signed": room.signed,
    }


async def evidence(house: House, request: Request) -> Response:
    """What is known of the alternatives on a criterion, for whoever is asked about it."""
    room = await _do(house.workshops.room, room_code(request))
    name = request.path_params["criterion"]
    found = await _do(lambda: evidence_of(house.workshops.analysis(room), name))
    # A room's decision stays as it is, so that a phone need not ask twice.
    return JSONResponse(found, headers={"cache-control": "private, max-age=3600"})


async def delete_room(house: House, request: Request) -> Response:
    """Remove a room with all that is in it."""
    await _do(house.workshops.delete, room_code(request), bearer(request))
    return Response(status_code=204)


async def move(house: House, request: Request) -> Response:
    """Go to another phase."""
    body = bodies.read(bodies.Moving, await body_of(request))
    code = room_code(request)
    await _do(house.workshops.move, code, bearer(request), body.phase)
    return await _told(house, code)


async def set_time(house: House, request: Request) -> Response:
    """Set what time is left, or until when ballots are taken; only what is named changes."""
    data = await body_of(request)
    body = bodies.read(bodies.Timing, data)
    code, token = room_code(request), bearer(request)
    if "seconds" in data:
        await _do(house.workshops.set_timer, code, token, body.seconds)
    if "open_until" in data:
        await _do(house.workshops.open_until, code, token, body.open_until)
    return await _told(house, code)


async def sign_off(house: House, request: Request) -> Response:
    """Close the room on its last revealed round."""
    body = bodies.read(bodies.Signing, await body_of(request))
    code = room_code(request)
    await _do(house.workshops.sign_off, code, bearer(request), body.by, body.note)
    return await _told(house, code)


async def _told(house: House, code: str) -> Response:
    return JSONResponse(told(*await _do(house.workshops.look, code)))


async def hand_over(house: House, request: Request) -> Response:
    """A new facilitator's token: for the facilitator, by the recovery key, or by the admin."""
    code, given = room_code(request), bearer(request)
    body = bodies.read(bodies.Recovering, await body_of(request) if has_body(request) else {})
    is_admin = bool(house.admin_key) and may_open(request, house.admin_key, given)
    if not (body.recovery or given):
        raise Refused(401, "Send the facilitator's token, the recovery key, or the admin key.")
    token = "" if is_admin else given
    fresh = await _do(house.workshops.hand_over, code, token, body.recovery)
    return JSONResponse({"facilitator_token": fresh})


async def forget_people(house: House, request: Request) -> Response:
    """Take names and comments out of a closed room."""
    await _do(house.workshops.forget_people, room_code(request), bearer(request))
    return Response(status_code=204)


# --- people -----------------------------------------------------------------------------------


async def join(house: House, request: Request) -> Response:
    """Take part; with the facilitator's token, enter somebody who has no device."""
    body = bodies.read(bodies.Joining, await body_of(request))
    joined = await _do(
        house.workshops.join,
        room_code(request),
        body.name,
        body.role,
        device=body.device,
        invite=body.invite,
        facilitator=bearer(request),
    )
    who = joined.participant
    answer = {"participant": who.id, "name": who.name, "role": who.role}
    if joined.token:
        answer["participant_token"] = joined.token
    return JSONResponse(answer, 201)


async def people(house: House, request: Request) -> Response:
    """Who is in the room, for the facilitator."""
    found = await _do(house.workshops.people, room_code(request), bearer(request))
    return JSONResponse({"participants": [_person(one) for one in found]})


def _person(one: Participant) -> dict[str, Any]:
    return {
        "participant": one.id,
        "name": one.name,
        "role": one.role,
        "proxy": one.is_proxy,
        "removed": one.gone_from is not None,
    }


async def remove(house: House, request: Request) -> Response:
    """Take somebody out of the room."""
    name = request.path_params["participant"]
    await _do(house.workshops.remove, room_code(request), bearer(request), name)
    return Response(status_code=204)


async def new_link(house: House, request: Request) -> Response:
    """A link by which somebody goes on with another device."""
    code, name = room_code(request), request.path_params["participant"]
    link = await _do(house.workshops.new_link, code, bearer(request), name)
    return JSONResponse({"invite": link, "url": f"{house.site(request)}/join/{code}#{link}"}, 201)


# --- ballots ----------------------------------------------------------------------------------


async def vote(house: House, request: Request) -> Response:
    """Keep one's ballot, or, for the facilitator, somebody's who has no device."""
    body = bodies.read(bodies.BallotBody, await body_of(request))
    code, token = room_code(request), bearer(request)
    behalf = request.path_params.get("participant", "")
    version = await _do(
        house.workshops.vote, code, token, body.ballot(), body.sequence, on_behalf=behalf
    )
    return JSONResponse({"version": version})


async def enter_paper(house: House, request: Request) -> Response:
    """Keep ballots that were given on paper."""
    body = bodies.read(bodies.Paper, await body_of(request))
    count = await _do(house.workshops.enter_paper, room_code(request), bearer(request), body.csv)
    return JSONResponse({"ballots": count})


async def rehearse(house: House, request: Request) -> Response:
    """Let simulated people join and answer, in a room that is a rehearsal."""
    body = bodies.read(bodies.Rehearsal, await body_of(request))
    code = room_code(request)
    count = await _do(house.workshops.rehearse, code, bearer(request), body.people)
    return JSONResponse({"simulated": count})


async def own_ballot(house: House, request: Request) -> Response:
    """One's own ballot, of the present round or another."""
    code, token, round_ = room_code(request), bearer(request), _round(request)
    who, found, said = await _do(house.workshops.oneself, code, token, round_)
    answer: dict[str, Any] = {"participant": who.id, "name": who.name, "role": who.role}
    answer |= _plain(found)
    if said is not None:
        answer |= _of_oneself(said, who.id)
    return JSONResponse(answer)


def _of_oneself(said: Results, who: str) -> dict[str, Any]:
    """One's own shares and ranking in a round, to be held against those of all.

    Both are empty for somebody whose ballot did not count.
    """
    if who not in said.places:
        return {"shares": {}, "ranking": []}
    row = said.rows[said.places[who]]
    return {"shares": dict(row.shares), "ranking": [placed._asdict() for placed in row.ranking]}


def _plain(ballot: Ballot | None) -> dict[str, Any]:
    if ballot is None:
        return {"round": None, "weights": {}, "version": 0}
    return {
        "round": ballot.round,
        "weights": dict(ballot.weights),
        "scores": {name: dict(row) for name, row in ballot.scores.items()},
        "gut_ranking": list(ballot.gut_ranking),
        "comment": ballot.comment,
        "sequence": ballot.sequence,
        "version": ballot.version,
        "by_facilitator": ballot.by_facilitator,
    }


def _round(request: Request) -> int | None:
    text = request.query_params.get("round", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refused(400, "`round` is a whole number.")
    return int(text)


async def results(house: House, request: Request) -> Response:
    """What a round said, once it is revealed; with `?brief` all but the single ballots."""
    whole = "brief" not in request.query_params
    work = house.workshops.results_text
    text = await _do(work, room_code(request), _round(request), has_ballots=whole)
    return Response(text, media_type="application/json")


async def decision(house: House, request: Request) -> Response:
    """The decision's file with what the room said, for the facilitator."""
    code = room_code(request)
    text = await _do(house.workshops.outcome, code, bearer(request))
    headers = {"content-disposition": f'attachment; filename="room-{code}.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


async def say(house: House, request: Request) -> Response:
    """Keep something to be talked about."""
    body = bodies.read(bodies.Saying, await body_of(request))
    await _do(house.workshops.comment, room_code(request), bearer(request), body.text)
    return JSONResponse({}, 201)


async def comments(house: House, request: Request) -> Response:
    """What people want talked about, of the rounds that were revealed."""
    found = await _do(house.workshops.comments, room_code(request))
    return JSONResponse({"comments": [_comment(one) for one in found]})


def _comment(one: Comment) -> dict[str, Any]:
    return {"round": one.round, "text": one.text, "name": one.name}


# --- events -----------------------------------------------------------------------------------


async def events(house: House, request: Request) -> Response:
    """Each change of phase or count, as server-sent events."""
    code = room_code(request)
    now = told(*await _do(house.workshops.look, code))
    if house.hub.watchers >= MOST_WATCHERS:
        raise Refused(503, "Too many watch already; ask for the room's state now and then.")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    if request.method == "HEAD":  # nothing would ever end it
        return Response(media_type="text/event-stream", headers=headers)
    stream = house.hub.watch(code, now)
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


Endpoint = Callable[[House, Request], Awaitable[Response]]
_ROOM = "/api/workshops/{code}"
TABLE: dict[str, dict[str, Endpoint]] = {
    "/api/workshops": {"POST": open_room},
    _ROOM: {"GET": state, "DELETE": delete_room},
    f"{_ROOM}/phase": {"POST": move},
    f"{_ROOM}/time": {"POST": set_time},
    f"{_ROOM}/signoff": {"POST": sign_off},
    f"{_ROOM}/facilitator": {"POST": hand_over},
    f"{_ROOM}/forget": {"POST": forget_people},
    f"{_ROOM}/participants": {"POST": join, "GET": people},
    f"{_ROOM}/participants/{{participant}}": {"DELETE": remove},
    f"{_ROOM}/participants/{{participant}}/link": {"POST": new_link},
    f"{_ROOM}/participants/{{participant}}/ballot": {"PUT": vote},
    f"{_ROOM}/ballot": {"PUT": vote, "GET": own_ballot},
    f"{_ROOM}/evidence/{{criterion}}": {"GET": evidence},
    f"{_ROOM}/paper": {"POST": enter_paper},
    f"{_ROOM}/rehearse": {"POST": rehearse},
    f"{_ROOM}/decision": {"GET": decision},
    f"{_ROOM}/results": {"GET": results},
    f"{_ROOM}/comments": {"POST": say, "GET": comments},
    f"{_ROOM}/events": {"GET": events},
}
