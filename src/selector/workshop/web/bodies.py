"""What requests may hold, by pydantic: unknown keys, wrong kinds and too long texts are refused."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from selector.workshop.errors import Refused
from selector.workshop.records import Ask, Ballot, Phase, Role, Rules

_ID = 1_000  # characters of an id of a criterion or alternative
_MANY = 5_000  # criteria or alternatives; the bytes of a body are fewer


def _clean(text: str) -> str:
    """Without what is no letter, mark or sign: control characters and turned directions."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return "".join(kept).strip()


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _lines(text: str) -> str:
    """A table as its lines, however they end."""
    return _clean("\n".join(text.splitlines()))


def _some(text: str) -> str:
    """A text of which something can be read, once it is cleaned."""
    if not text:
        raise ValueError("nothing in it can be read")
    return text


def _utc(then: datetime) -> datetime:
    try:
        return then if then.tzinfo is None else then.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError("no such time in UTC") from error


Name = Annotated[str, Field(max_length=80), AfterValidator(_one_line)]
Called = Annotated[
    str, Field(min_length=1, max_length=80), AfterValidator(_one_line), AfterValidator(_some)
]
Words = Annotated[str, Field(max_length=1_000), AfterValidator(_clean)]
Id = Annotated[str, Field(min_length=1, max_length=_ID)]
Points = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Answer = Annotated[Points | None, Field()]
Secret = Annotated[str, Field(max_length=128, pattern=r"^[A-Za-z0-9_-]{22,128}$")]
Time = Annotated[datetime, AfterValidator(_utc)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


_B = TypeVar("_B", bound=_Body)


class Guest(_Body):
    """Somebody on a roster."""

    name: Called
    role: Name = ""


class RoleBody(_Body):
    """What people of a role are asked."""

    name: Called
    weighs: Annotated[list[Id], Field(max_length=_MANY)] | None = None
    scores: Annotated[list[Id], Field(max_length=_MANY)] = []


class Opening(_Body):
    """A room to be made. `decision` is an id, the text of a file, or its data."""

    decision: Annotated[str, Field(min_length=1, max_length=2_000_000)] | dict[str, Any]
    ask: Ask = "groups"
    roster: Annotated[list[Called | Guest], Field(max_length=2_000)] = []
    scores: Annotated[list[Id], Field(max_length=_MANY)] = []
    gut: bool = False
    named: bool = False
    roles: Annotated[list[RoleBody], Field(max_length=20)] = []
    agreement: Annotated[float, Field(ge=0, le=1)] = 0.7
    lead: Annotated[float, Field(ge=0, le=1)] = 0.6
    open_until: Annotated[Time | None, Field(strict=False)] = None
    rehearsal: bool = False

    def rules(self) -> Rules:
        """The rules of the room."""
        roles = tuple(
            Role(r.name, None if r.weighs is None else tuple(r.weighs), tuple(r.scores))
            for r in self.roles
        )
        return Rules(
            self.ask, tuple(self.scores), self.gut, self.named, roles, self.agreement, self.lead
        )

    def guests(self) -> list[tuple[str, str]]:
        """The roster: names and roles."""
        guests = (Guest(name=one) if isinstance(one, str) else one for one in self.roster)
        return [(guest.name, guest.role) for guest in guests]


class Joining(_Body):
    """Somebody who takes part. `device` is a secret that their device made for itself."""

    name: Name = ""
    role: Name = ""
    invite: Secret | Literal[""] = ""
    device: Secret | Literal[""] = ""


class Moving(_Body):
    """A phase to go to."""

    phase: Phase


class Timing(_Body):
    """Seconds that are left, or none; the time until which ballots are taken, or none."""

    seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None
    open_until: Annotated[Time | None, Field(strict=False)] = None


class Signing(_Body):
    """Who stands for the outcome, with a note."""

    by: Called
    note: Words = ""


class Saying(_Body):
    """Something to be talked about."""

    text: Annotated[
        str, Field(min_length=1, max_length=1_000), AfterValidator(_clean), AfterValidator(_some)
    ]


class Paper(_Body):
    """Ballots from paper, as CSV."""

    csv: Annotated[str, Field(min_length=1, max_length=60_000), AfterValidator(_lines)]


class Rehearsal(_Body):
    """How many people are simulated."""

    people: Annotated[int, Field(ge=1, le=100)] = 12


class Recovering(_Body):
    """The key by which the facilitator's role is had back."""

    recovery: Secret | Literal[""] = ""


class BallotBody(_Body):
    """A ballot: points by criterion, null for no opinion."""

    round: Annotated[int, Field(ge=0, le=1_000_000)]
    weights: Annotated[dict[Id, Answer], Field(max_length=_MANY)]
    scores: Annotated[
        dict[Id, Annotated[dict[Id, Answer], Field(max_length=_MANY)]], Field(max_length=_MANY)
    ] = {}
    gut_ranking: Annotated[list[Id], Field(max_length=_MANY)] = []
    comment: Words = ""
    sequence: Annotated[int, Field(ge=0, le=2_147_483_647)] | None = None

    def ballot(self) -> Ballot:
        """The ballot, of nobody yet."""
        gut = tuple(self.gut_ranking)
        return Ballot("", self.round, self.weights, self.scores, gut, self.comment)


def read(kind: type[_B], data: Any) -> _B:
    """A body of that kind; Refused 422 with all that is wrong."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise Refused(422, _told(error)) from error


def _told(error: ValidationError) -> str:
    """What is wrong, in words, without what was sent."""
    rows = []
    for one in error.errors(include_url=False, include_input=False, include_context=False)[:5]:
        place = ".".join(str(part)[:40] for part in one["loc"])
        rows.append(f"{place or 'body'}: {one['msg'].lower()}")
    return "; ".join(rows) + "."
