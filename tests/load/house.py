"""The routes of workshops alone, in a process that starts quickly: `python -m tests.load.house`."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from selector.workshop.web import House, routes

COMMAND = ("-m", "tests.load.house")


async def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def main() -> None:
    """Serve on the port that is given, on the database of the environment."""
    house = House()
    app = Starlette(routes=[Route("/api/health", _health), *routes(house)])
    uvicorn.run(app, port=int(sys.argv[1]), log_level="critical")


if __name__ == "__main__":
    main()
