"""A decision for workshops, and a room as tests speak to it."""

import asyncio
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.testclient import TestClient

Result = TypeVar("Result")

DECISION: dict[str, Any] = {
    "id": "rooms",
    "title": "Which platform?",
    "question": "Which platform should we take?",
    "criteria": [
        {
            "id": "money",
            "name": "Money",
            "weight": 50,
            "children": [
                {
                    "id": "price",
                    "name": "Price",
                    "goal": "min",
                    "weight": 60,
                    "unit": "USD",
                    "value": {"worst": 10, "best": 0},
                },
                {"id": "terms", "name": "Terms", "weight": 40, "value": {"worst": 0, "best": 10}},
            ],
        },
        {"id": "quality", "name": "Quality", "weight": 30, "value": {"worst": 0, "best": 10}},
        {"id": "support", "name": "Support", "weight": 20, "value": {"worst": 0, "best": 10}},
    ],
    "alternatives": [
        {
            "id": "a",
            "name": "Alpha",
            "performance": {"price": 2, "terms": 8, "quality": 3, "support": 5},
        },
        {
            "id": "b",
            "name": "Beta",
            "performance": {"price": 8, "terms": 4, "quality": 9, "support": 6},
        },
        {
            "id": "c",
            "name": "Gamma",
            "performance": {"price": 5, "terms": 5, "quality": 5, "support": 9},
        },
    ],
}


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: a browser of other tests may hold this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"authorization": f"Bearer {token}"}


class Room:
    """A room by its code, and its facilitator's token."""

    def __init__(self, client: TestClient, made: dict[str, Any]) -> None:
        self.client, self.made = client, made
        self.code = made["code"]
        self.at = f"/api/workshops/{self.code}"
        self.facilitator = bearer(made["facilitator_token"])

    def join(self, name: str = "", **given: Any) -> dict[str, Any]:
        """Somebody who joined: participant, participant_token."""
        body = {"name": name, "device": secrets.token_hex(16)} | given
        answer = self.client.post(f"{self.at}/participants", json=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def go(self, phase: str) -> dict[str, Any]:
        """Go to a phase."""
        answer = self.client.post(
            f"{self.at}/phase", json={"phase": phase}, headers=self.facilitator
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def vote(self, who: dict[str, Any], weights: dict[str, Any], **more: Any) -> Any:
        """Send a ballot, and return the answer as it is."""
        body = {"round": self.state()["round"], "weights": weights} | more
        headers = bearer(who["participant_token"])
        return self.client.put(f"{self.at}/ballot", json=body, headers=headers)

    def state(self) -> dict[str, Any]:
        """The room as anybody sees it."""
        found: dict[str, Any] = self.client.get(self.at).json()
        return found

    def results(self, **asked: Any) -> Any:
        """The answer to a question for results, as it is."""
        return self.client.get(f"{self.at}/results", params=asked)
