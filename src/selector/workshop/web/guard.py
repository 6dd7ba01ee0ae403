"""What each request must show before it is served, and what each answer carries."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from selector.workshop import tokens
from selector.workshop.errors import Refused

MOST_BYTES = 65_536  # of a body; a ballot of 60 criteria takes 3 kB
MOST_OF_DECISION = 2_500_000
LONGEST = 60.0  # seconds in which a body is sent; a phone gives a request up after ten
MOST_DEPTH = 12
MOST_DEPTH_OF_DECISION = 40  # each level of criteria takes two
_FORWARDED = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
}


def address_of(request: Request) -> str:
    """Whom a limit counts: the address that the server sees, or what its own proxy tells."""
    return request.client.host if request.client else ""


def room_code(request: Request) -> str:
    """The code of the room in an address, as it may be typed; Refused 404 where it can be none."""
    code = tokens.code_of(request.path_params["code"])
    if not code:
        raise Refused(404, "There is no room with this code.")
    return code


def bearer(request: Request) -> str:
    """The token of a request; empty where none is sent. Refused 401 for another way to sign in."""
    header = request.headers.get("authorization", "")
    if not header:
        return ""
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Refused(401, "Send the token as `Authorization: Bearer TOKEN`.")
    return token.strip()


def check_origin(request: Request) -> None:
    """Refused 403 where a page of another site asks for a change."""
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    if site and site not in ("same-origin", "none"):
        raise Refused(403, "Another site cannot ask for this.")
    if origin and _place(origin) != request.headers.get("host", "").lower():
        raise Refused(403, "Another site cannot ask for this.")


def may_open(request: Request, key: str, given: str) -> bool:
    """Whether a room may be made: by the admin key or, where none is set, from this computer."""
    if key:
        return tokens.is_same(tokens.digest(key), tokens.digest(given))
    return is_local(address_of(request), dict(request.headers))


def is_local(address: str, headers: dict[str, str]) -> bool:
    """Whether a request comes from this very computer, by no proxy and under a local name."""
    if any(name in _FORWARDED or name.startswith("x-forwarded") for name in headers):
        return False
    try:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return False
    return is_loopback(address) and (host == "localhost" or is_loopback(host))


def _place(origin: str) -> str | None:
    """Host and port of an origin; None where it has none, as `null`."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether an address is this computer's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def has_body(request: Request) -> bool:
    """Whether a body comes with a request, of told length or in pieces."""
    told = request.headers.get("content-length", "0")
    return told not in ("", "0") or "transfer-encoding" in request.headers


async def body_of(request: Request, most: int = MOST_BYTES, depth: int = MOST_DEPTH) -> Any:
    """The JSON of a request. Refused 413 where it is too large, 400 where it is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(400, "Send JSON, as `Content-Type: application/json`.")
    raw = await bytes_of(request, most)
    try:
        found = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "The body is not JSON.") from error
    if _depth(found, depth) > depth:
        raise Refused(400, f"The body is nested more than {depth} levels deep.")
    if not isinstance(found, dict):
        raise Refused(400, "The body is no JSON object.")
    return found


async def bytes_of(request: Request, most: int) -> bytes:
    """The body of a request; Refused 413 as soon as it is too large, 408 where it never ends."""
    told = request.headers.get("content-length", "0")
    is_number = told.isascii() and told.isdigit() and len(told) <= 18
    if not is_number or int(told) > most:
        raise Refused(413, f"The body is larger than {most:,} bytes.")
    raw = bytearray()
    try:
        async with asyncio.timeout(LONGEST):
            async for part in request.stream():
                raw += part
                if len(raw) > most:
                    raise Refused(413, f"The body is larger than {most:,} bytes.")
    except TimeoutError as error:
        raise Refused(408, "The body came too slowly; send it again.") from error
    return bytes(raw)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _depth(found: Any, most: int) -> int:
    level, depth = [found], 0
    while level and depth <= most:
        depth += 1
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        level = [one for one in inner if isinstance(one, dict | list)]
    return depth


def again(error: Refused) -> dict[str, str]:
    """The header that says after how many seconds to ask again, where that may help."""
    seconds = {429: "60", 503: "2"}.get(error.status)
    return {"retry-after": seconds} if seconds else {}


def refused(error: Refused) -> Response:
    """A refusal as an answer."""
    headers = HEADERS | again(error)
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return JSONResponse({"error": str(error)}, error.status, headers)
