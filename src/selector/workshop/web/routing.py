"""Which address is served by what."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from selector.domain.problem import SelectorError
from selector.workshop.errors import Refused
from selector.workshop.web import api, guard, pages
from selector.workshop.web.house import House

_log = logging.getLogger(__name__)
Endpoint = Callable[[House, Request], Awaitable[Response]]
_CHANGES = ("POST", "PUT", "DELETE", "PATCH")


def routes(house: House) -> list[BaseRoute]:
    """The routes of all workshops of a process."""
    return [
        Route(path, _guarded(house, serve, is_page=path in pages.TABLE), methods=list(methods))
        for path, methods, serve in _by_path(house)
    ]


def _by_path(
    house: House,
) -> list[tuple[str, tuple[str, ...], Endpoint]]:
    table = [
        *((path, by) for path, by in api.TABLE.items()),
        *((path, {"GET": serve}) for path, serve in pages.TABLE.items()),
    ]
    return [(path, tuple(by), _chosen(by)) for path, by in table]


def _chosen(by: dict[str, Endpoint]) -> Endpoint:
    async def serve(house: House, request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await by[method](house, request)

    return serve


def _guarded(
    house: House, serve: Endpoint, *, is_page: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        address = guard.address_of(request)
        try:
            if request.method in _CHANGES:
                guard.check_origin(request)
            house.misses.check(address)
            answer = await serve(house, request)
            if is_page and not guard.is_loopback(address):
                house.is_reached = True
        except Refused as error:
            # Tokens are too long to be guessed; a key that somebody chose may not be.
            by_key = request.scope["path"].endswith(("/api/workshops", "/facilitator"))
            if error.status == 404:
                house.misses.note(address, request.path_params.get("code", ""))
            elif error.status == 401 and by_key:
                house.misses.note(address, request.headers.get("authorization", ""))
            return pages.refused(error) if is_page else guard.refused(error)
        except SelectorError as error:  # a decision that cannot be used
            return guard.refused(Refused(422, str(error)))
        except Exception:
            # The request is not told: it may hold a token.
            _log.exception("a request of a workshop failed")
            return JSONResponse({"error": "Something failed here; try again."}, 500, guard.HEADERS)
        for name, value in guard.HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return endpoint
