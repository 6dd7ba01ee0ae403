"""Which address is served by what."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from selector.domain.problem import SelectorError
from selector.domain.words import listed
from selector.workshop.errors import Refused
from selector.workshop.web import api, guard, pages
from selector.workshop.web.house import House

_log = logging.getLogger(__name__)
Endpoint = Callable[[House, Request], Awaitable[Response]]
_CHANGES = ("POST", "PUT", "DELETE", "PATCH")
_METHODS = ("GET", *_CHANGES, "OPTIONS")  # whichever comes, the answer is one of ours


def routes(house: House) -> list[BaseRoute]:
    """The routes of all workshops of a process."""
    table: list[tuple[str, Mapping[str, Endpoint], bool]] = [
        *((path, by, False) for path, by in api.TABLE.items()),
        *((path, {"GET": serve}, True) for path, serve in pages.TABLE.items()),
        ("/api/workshops/{rest:path}", dict.fromkeys(_METHODS, _nothing), False),
    ]
    return [
        Route(path, _guarded(house, by, is_page=is_page), methods=list(_METHODS))
        for path, by, is_page in table
    ]


async def _nothing(_house: House, _request: Request) -> Response:
    raise Refused(404, "There is nothing at this address.")


def _chosen(by: Mapping[str, Endpoint], method: str) -> Endpoint:
    """What answers a method; Refused 405 where nothing does."""
    found = by.get("GET" if method == "HEAD" else method)
    if found is None:
        raise Refused(405, f"This address takes {listed(sorted(by), last='or')}.")
    return found


async def _check_misses(house: House, request: Request, address: str) -> None:
    """Refused 429 where too many wrong codes come from there, but for who has a room's token.

    A hall may have one address: a guesser in it must not keep the others from voting.
    """
    try:
        house.misses.check(address)
    except Refused:
        code, token = request.path_params.get("code", ""), guard.bearer(request)
        if not (code and token and await run_in_threadpool(_is_of, house, code, token)):
            raise


def _is_of(house: House, code: str, token: str) -> bool:
    try:
        return house.workshops.viewer(code, token).kind != "anybody"
    except Refused:
        return False


def _guarded(
    house: House, by: Mapping[str, Endpoint], *, is_page: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        address = guard.address_of(request)
        try:
            if request.method in _CHANGES:
                guard.check_origin(request)
            await _check_misses(house, request, address)
            answer = await _chosen(by, request.method)(house, request)
            if is_page and not guard.is_loopback(address):
                house.is_reached = True
        except Refused as error:
            # Tokens are too long to be guessed; a key that somebody chose may not be.
            by_key = request.scope["path"].endswith(("/api/workshops", "/facilitator"))
            if error.status == 404:
                house.misses.note(address, request.path_params.get("code", ""))
            elif error.status == 401 and by_key:
                house.misses.note(address, request.headers.get("authorization", ""))
            refusal = pages.refused(error) if is_page else guard.refused(error)
            if error.status == 405:
                refusal.headers["allow"] = ", ".join(sorted(by))
            return refusal
        except SelectorError as error:  # a decision that cannot be used
            return guard.refused(Refused(422, str(error)))
        except ClientDisconnect:  # a phone without coverage sends again what it was sending
            return guard.refused(Refused(400, "The request ended before its body."))
        except Exception:
            # The request is not told: it may hold a token.
            _log.exception("a request of a workshop failed")
            return JSONResponse({"error": "Something failed here; try again."}, 500, guard.HEADERS)
        for name, value in guard.HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return endpoint
