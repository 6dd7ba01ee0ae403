"""Each address under /api/workshops answers in JSON, and the documentation names them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from selector.workshop.web import api, pages
from tests.workshop.rooms import Room

DOCS = Path(__file__).parents[2] / "docs" / "workshops.md"
EVERY = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


@pytest.mark.parametrize("path", ["/", "/{code}/nothing", "/{code}/ballot/more", "/{code}/ballot/"])
@pytest.mark.parametrize("method", EVERY)
def test_an_address_that_is_not_there_is_told_in_json(room: Room, path: str, method: str) -> None:
    answer = room.client.request(method, "/api/workshops" + path.format(code=room.code))
    assert answer.status_code == 404
    assert answer.json() == {"error": "There is nothing at this address."}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", api.TABLE)
def test_a_method_that_an_address_does_not_take_is_told_in_json(room: Room, path: str) -> None:
    address = path.format(code=room.code, participant="0", criterion="money")
    able = sorted(api.TABLE[path])
    for method in set(EVERY) - set(able):
        answer = room.client.request(method, address)
        assert answer.status_code == 405, (method, address)
        assert set(answer.json()) == {"error"}
        assert answer.headers["allow"] == ", ".join(able)


def test_a_page_that_is_sent_something_says_so_as_a_page(room: Room) -> None:
    answer = room.client.post(f"/join/{room.code}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert "This address takes GET." in answer.text
    assert answer.text.startswith("<!doctype html>")


def test_the_documentation_has_each_address_and_no_other(client: TestClient) -> None:
    told = re.findall(r"^\| `([A-Z]+) (/api/workshops\S*?)` \|", DOCS.read_text(), re.MULTILINE)
    served = [(method, path) for path, by in api.TABLE.items() for method in by]
    assert sorted(told) == sorted(served)
    for path in pages.TABLE:
        if not path.endswith(".svg"):
            assert f"`{path.replace('{code}', 'CODE')}`" in DOCS.read_text()
