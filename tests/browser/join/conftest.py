"""One server with rooms for all of these tests, and phones in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.phones import PHONE, Phone, Room, Site, served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for all."""
    with served(tmp_path_factory.mktemp("rooms")) as address:
        yield address


@pytest.fixture
def hall(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Phone]]:
    """Hand out phones: each in a context of its own unless one is given; no script may fail."""
    phones: list[Phone] = []
    made: list[BrowserContext] = []
    request.node.pages = []

    def phone(room: Room, context: BrowserContext | None = None, **given: Any) -> Phone:
        if context is None:
            options: dict[str, Any] = {
                "viewport": PHONE,
                "has_touch": True,
                "is_mobile": True,
                "reduced_motion": "reduce",
            } | given
            context = browser.new_context(**options)
            made.append(context)
        phones.append(Phone(context, room))
        request.node.pages.append(phones[-1].page)
        return phones[-1]

    yield phone
    errors = [error for one in phones for error in one.errors]
    for context in made:
        context.close()
    assert errors == []
