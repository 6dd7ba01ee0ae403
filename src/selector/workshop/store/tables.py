"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("decision_name", Text, nullable=False),
    Column("decision", LargeBinary, nullable=False),
    Column("rules", Text, nullable=False),
    Column("phase", String(8), nullable=False),
    Column("round", Integer, nullable=False),
    Column("revealed", Integer, nullable=False),
    Column("created", DateTime, nullable=False),
    Column("used", DateTime, nullable=False),
    Column("open_until", DateTime),
    Column("timer", DateTime),
    Column("has_roster", Boolean, nullable=False),
    Column("is_rehearsal", Boolean, nullable=False),
    Column("signed", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("facilitator", String(64), nullable=False),
    Column("recovery", String(64), nullable=False),
)
"""Times are in UTC, without a zone. `facilitator` and `recovery` are digests of tokens."""


def _room() -> ForeignKey:
    return ForeignKey("rooms.id", ondelete="CASCADE")


files = Table(
    "files",
    metadata,
    Column("room", Integer, _room(), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
)
"""What the decision of a room brought beside it."""

participants = Table(
    "participants",
    metadata,
    Column("room", Integer, _room(), primary_key=True),
    Column("id", String(12), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("is_proxy", Boolean, nullable=False),
    Column("gone_from", Integer),
    Column("token", String(64)),
    Column("joined", DateTime, nullable=False),
    Index("participants_by_token", "room", "token", unique=True),
)
"""`token` is a digest, and null for whom the facilitator votes."""

invites = Table(
    "invites",
    metadata,
    Column("room", Integer, _room(), primary_key=True),
    Column("invite", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("participant", String(12)),
    Column("is_device", Boolean, nullable=False),
)
"""One-time links by digest: those of a roster with who came by each, and, `is_device`, those by
which somebody who is in the room goes on with another device."""

ballots = Table(
    "ballots",
    metadata,
    Column("room", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("participant", String(12), primary_key=True),
    Column("body", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by_facilitator", Boolean, nullable=False),
    Column("saved", DateTime, nullable=False),
    ForeignKeyConstraint(
        ["room", "participant"], ["participants.room", "participants.id"], ondelete="CASCADE"
    ),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room", Integer, _room(), nullable=False, index=True),
    Column("round", Integer, nullable=False),
    Column("participant", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("saved", DateTime, nullable=False),
)
"""What people want talked about, beside what they wrote on a ballot."""
