"""Codes guessed from one address: `python -m tests.load.guesses --guesses 10000`.

Somebody in the hall asks for rooms by made-up codes as fast as the server answers, while a person
with a token of their room votes from the same address. It ends with 1 where more guesses were
looked up than the limit lets through, or where the person was kept from voting.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from selector.workshop import tokens
from selector.workshop.web.limits import MOST_OF_ONE, WINDOW
from tests.load.house import COMMAND
from tests.load.people import Line, Phone, opened
from tests.load.rooms import DECISION, database
from tests.load.server import serving

_VOTES = 20  # over the time of all guesses


class Guessed(NamedTuple):
    """How many guesses got which answer, how many may be looked up in that time, what is wrong."""

    answers: Mapping[int, int]
    allowed: int
    faults: list[str]


async def guessed(address: str, guesses: int) -> Guessed:
    """Guess, and vote meanwhile."""
    desk = await opened(Line(address), DECISION)
    phone = Phone(desk, Line(address), random.Random(1))
    faults = [] if (await phone.join()).status == 201 else ["nobody could join"]
    await desk.go("voting")
    line, answers, start = Line(address), Counter[int](), time.monotonic()
    for place in range(guesses):
        at = f"/api/workshops/{tokens.new_code()}"
        answers[(await line.ask("guess", "GET", at)).status] += 1
        if place % max(1, guesses // _VOTES) == 0:
            voted = await phone.send(phone.ballot(1))
            if voted.status != 200:
                faults.append(f"a ballot was answered {voted.status} {voted.body[:120]!r}")
    allowed = MOST_OF_ONE * (1 + int((time.monotonic() - start) / WINDOW))
    looked_up = guesses - answers[429]
    if looked_up > allowed:
        faults.append(f"{looked_up} guesses were looked up, not {allowed} at most")
    if set(answers) - {404, 429}:
        faults.append(f"guesses were answered {dict(answers)}")
    return Guessed(answers, allowed, faults)


def main() -> int:
    """Guess and print what came of it; the exit code says whether it was stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000)
    chosen = parser.parse_args()
    with database(), serving(COMMAND) as address:
        found = asyncio.run(guessed(address, chosen.guesses))
    print(f"{chosen.guesses} codes guessed from one address: {dict(found.answers)} by answer")
    print(f"  {found.allowed} may be looked up, faults {len(found.faults)}")
    for fault in found.faults[:20]:
        print(f"  {fault}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
