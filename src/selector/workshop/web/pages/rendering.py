"""A light page from its template, with its style, script and policy."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from selector.report import live
from selector.workshop.errors import Refused
from selector.workshop.web.guard import HEADERS, again
from selector.workshop.web.house import House

Endpoint = Callable[[House, Request], Awaitable[Response]]
# What a page can do without: indents and comments; in styles the spaces that only eyes need.
_LEFT_OUT = {
    "js": (
        (re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL), ""),
        (re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE), ""),
        (re.compile(r"(?<=[;{}]) // [^\n\"'`]*$", re.MULTILINE), ""),
        (re.compile(r"^[ \t]+", re.MULTILINE), ""),
    ),
    "css": (
        (re.compile(r"/\*.*?\*/", re.DOTALL), ""),
        (re.compile(r"\s*([{};,>])\s*"), r"\1"),
        (re.compile(r": (?=[^{}]*[;}])"), ":"),
    ),
}


def page(name: str, answer: int = 200, **content: Any) -> Response:
    """The page `name`: templates/name.html.j2 with name.css and name.js after those of all pages.

    `content["data"]`, if given, stands in the page as JSON for its script. All text is escaped.
    """
    nonce = secrets.token_urlsafe(16)
    content["data"] = _json(content.get("data", {}))
    html = (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(
            content | {"style": _part(name, "css"), "script": _part(name, "js"), "nonce": nonce}
        )
    )
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(html, answer, HEADERS | {"content-security-policy": policy})


def refused(error: Refused) -> Response:
    """A refusal as a page: what is wrong, and a way on."""
    found = page("refused", error.status, status=error.status, why=str(error))
    found.headers.update(again(error))
    return found


@cache
def _environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader(__package__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _part(name: str, kind: str) -> Any:
    """The style or script of all pages and that of this one, as markup of our own.

    A page's own may stand in several files, `name.js` and `name_part.js`, joined in their order.
    Comments and indents stay here, for a page is to be light.
    """
    from markupsafe import Markup

    folder = files(__package__) / "templates"
    found = []
    if kind == "css":
        found.append(live.tokens().replace(":root, :host", ":root"))
    for stem in ("common", name):
        own = [p for p in folder.iterdir() if p.name.partition(".")[0].partition("_")[0] == stem]
        parts = sorted((p for p in own if p.name.endswith(f".{kind}")), key=lambda p: p.name)
        found += [path.read_text(encoding="utf-8") for path in parts]
    text = "\n".join(found)
    for pattern, instead in _LEFT_OUT[kind]:
        text = pattern.sub(instead, text)
    return Markup(text)  # noqa: S704  # files of this package


def _json(data: Mapping[str, Any]) -> Any:
    """Data that stands in a script element and cannot end it."""
    from markupsafe import Markup

    text = json.dumps(data, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(safe)  # noqa: S704  # JSON that closes no tag
