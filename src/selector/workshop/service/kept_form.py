"""The form in which a room is kept outside the database: JSON, checked when it is read again."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic import Json as JsonText

from selector.domain.problem import UsageError
from selector.workshop.records import Phase
from selector.workshop.store.whole import PARTS, Rows
from selector.workshop.tokens import ALPHABET, CODE_LENGTH

KIND, VERSION = "selector-room", 1
MOST_BYTES = 200_000_000


def _plain(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a character that is no text")
    return text


def _packed(text: str) -> str:
    b64decode(text, validate=True)
    return text


def _naive(then: datetime) -> datetime:
    if then.tzinfo is not None:
        raise ValueError("write the time in UTC, without a zone")
    return then


Text = Annotated[str, Field(max_length=10_000), AfterValidator(_plain)]
Packed = Annotated[str, AfterValidator(_packed)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Field(pattern=r"^[0-9a-f]{1,12}$")]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Time = Annotated[datetime, Field(strict=False), AfterValidator(_naive)]
Object = Annotated[str, Field(max_length=1_000_000), AfterValidator(_plain)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Points(_Row):
    weights: dict[str, float | None]
    scores: dict[str, dict[str, float | None]]
    gut_ranking: list[str]
    device: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")] = ""
    comment: str


class _RoleRow(_Row):
    name: str
    weighs: list[str] | None
    scores: list[str]


class _RulesRow(_Row):
    ask: Literal["groups", "leaves", "both"]
    scores: list[str]
    has_gut: bool
    is_named: bool
    roles: list[_RoleRow]
    agreement: float
    lead: float


class _Room(_Row):
    code: Annotated[str, Field(pattern=f"^[{ALPHABET}]{{{CODE_LENGTH}}}$")]
    title: Text
    decision_name: Text
    decision: Packed
    rules: JsonText[_RulesRow]
    phase: Phase
    round: Count
    revealed: Count
    created: Time
    used: Time
    open_until: Time | None
    timer: Time | None
    has_roster: bool
    is_rehearsal: bool
    signed: Text
    note: Text
    facilitator: Digest
    recovery: Digest


class _File(_Row):
    name: Annotated[Text, Field(max_length=255)]
    raw: Packed


class _Participant(_Row):
    id: Key
    name: Text
    role: Text
    is_proxy: bool
    gone_from: Count | None
    token: Digest | None
    joined: Time


class _Invite(_Row):
    invite: Digest
    name: Text
    role: Text
    participant: Key | None
    is_device: bool


class _Ballot(_Row):
    round: Count
    participant: Key
    body: JsonText[_Points]
    sequence: Count
    version: Count
    by_facilitator: bool
    saved: Time


class _Comment(_Row):
    round: Count
    participant: Key
    text: Text
    saved: Time


class _Whole(_Row):
    kind: Literal["selector-room"]
    version: Literal[1]
    room: _Room
    files: list[_File]
    participants: list[_Participant]
    invites: list[_Invite]
    ballots: list[_Ballot]
    comments: list[_Comment]


def written(room: Mapping[str, Any], parts: Rows) -> bytes:
    """A room as the text of a file."""
    data = {"kind": KIND, "version": VERSION, "room": room, **parts}
    return json.dumps(data, indent=1, default=_as_text, ensure_ascii=False).encode()


def read(raw: bytes, name: str) -> tuple[dict[str, Any], Rows]:
    """The rows of a file; UsageError, with the places, where it is not what a room wrote."""
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{name} is larger than {MOST_BYTES:,} bytes; no room is")
    try:
        data = json.loads(raw)
        whole = _Whole.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[:5]
        told = (f"{'.'.join(map(str, one['loc']))}: {one['msg'].lower()}" for one in found)
        raise UsageError(f"{name} is no exported room: {'; '.join(told)}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name} is not JSON, so no exported room") from error
    known = {one.id for one in whole.participants}
    if any(ballot.participant not in known for ballot in whole.ballots):
        raise UsageError(f"{name} has a ballot of nobody who is in the room")
    if whole.room.revealed > whole.room.round:
        raise UsageError(f"{name} has more rounds that were revealed than there were")
    room = whole.room.model_dump() | {"rules": data["room"]["rules"]}
    room["decision"] = b64decode(room["decision"])
    parts: dict[str, Any] = {
        part: [row.model_dump() for row in getattr(whole, part)] for part in PARTS
    }
    for row in parts["files"]:
        row["raw"] = b64decode(row["raw"])
    for row, given in zip(parts["ballots"], data["ballots"], strict=True):
        row["body"] = given["body"]
    return room, parts


def _as_text(found: Any) -> str:
    if isinstance(found, datetime):
        return found.isoformat()
    return b64encode(bytes(found)).decode()
