"""What is kept of rooms: whole or not at all, and on disk before it is acknowledged."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from selector.domain.problem import UsageError
from selector.workshop.errors import Refused
from selector.workshop.records import Ballot, Kept, Participant, Role, Room, Rules
from selector.workshop.store import Store, comments, open_store, rooms
from selector.workshop.store.tables import metadata
from selector.workshop.store.upgrading import NEWEST
from tests.workshop.conftest import DATABASES

NOW = datetime(2026, 11, 29, 9, 30)
on_both = pytest.mark.parametrize("database", DATABASES, indirect=True)
RULES = Rules(
    "both", ("quality",), has_gut=True, roles=(Role("finance", ("money",), ("quality",)),)
)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A database of its own."""
    made = open_store(database)
    yield made
    made.close()


@pytest.fixture
def path(store: Store) -> Path:
    """Where the rooms lie in SQLite."""
    return Path(store.engine.url.database or "")


def _room(connection: Connection, code: str = "ABC234") -> Room:
    kept = Kept("a.yaml", b"id: a\n", {"b.csv": b"1,2\n"})
    room = Room(0, code, "Which?", RULES)
    return rooms.add_room(connection, room, kept, "f" * 64, "r" * 64, NOW)


@on_both
def test_a_room_comes_back_as_it_was(store: Store) -> None:
    made = store.write(_room)
    assert store.read(lambda c: rooms.find_room(c, "ABC234")) == made
    assert store.read(lambda c: rooms.kept_of(c, made.id)).files == {"b.csv": b"1,2\n"}


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "below" / "rooms.sqlite3"
    open_store(f"sqlite:///{path}").close()
    assert path.stat().st_mode & 0o077 == 0


def test_each_commit_is_flushed_and_readers_do_not_wait(store: Store) -> None:
    pragma = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}

    def set_up(connection: Connection) -> dict[str, object]:
        return {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragma}

    assert store.read(set_up) == pragma
    assert store.write(set_up) == pragma


@on_both
def test_what_fails_leaves_nothing_and_harms_no_other(store: Store) -> None:
    """Many write at once, every third fails after it wrote: the others are there, and it is not."""
    room = store.write(_room)
    failed: list[int] = []

    def join(number: int) -> None:
        def work(connection: Connection) -> None:
            somebody = Participant(f"p{number}", f"N{number}")
            rooms.add_participant(connection, room.id, somebody, f"{number:064}", NOW)
            if number % 3 == 0:
                raise Refused(409, "no")

        try:
            store.write(work)
        except Refused:
            failed.append(number)

    threads = [threading.Thread(target=join, args=(n,)) for n in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {one.id for one in store.read(lambda c: rooms.people(c, room.id))}
    assert found == {f"p{n}" for n in range(60) if n % 3}
    assert sorted(failed) == list(range(0, 60, 3))


@on_both
def test_a_device_that_joins_twice_is_one(store: Store) -> None:
    room = store.write(_room)

    def join(name: str) -> Participant:
        return store.write(
            lambda c: rooms.add_participant(c, room.id, Participant(name), "d" * 64, NOW)
        )

    assert join("one") == join("two") == Participant("one")


def _vote(store: Store, room: Room, points: float, sequence: int | None, who: str = "p1") -> int:
    ballot = Ballot(who, 1, {"money": points, "quality": None})
    return store.write(lambda c: rooms.save_ballot(c, room.id, ballot, sequence, NOW))


@on_both
def test_the_highest_sequence_counts_else_the_last(store: Store) -> None:
    room = store.write(_room)
    store.write(lambda c: rooms.add_participant(c, room.id, Participant("p1"), "d" * 64, NOW))

    def kept() -> Ballot:
        return store.read(lambda c: rooms.ballots_of(c, room.id, 1))[0]

    assert _vote(store, room, 10, 3) == 1
    assert _vote(store, room, 20, 2) == 1
    assert kept().weights["money"] == 10
    assert _vote(store, room, 30, 3) == 2
    assert _vote(store, room, 40, None) == 3
    assert (kept().weights, kept().sequence) == ({"money": 40, "quality": None}, 3)
    assert _vote(store, room, 50, 2) == 3


@on_both
def test_who_was_removed_counts_in_the_rounds_before(store: Store) -> None:
    room = store.write(_room)._replace(round=1)
    for name in ("p1", "p2"):
        somebody = Participant(name)
        store.write(lambda c, s=somebody: rooms.add_participant(c, room.id, s, s.id * 32, NOW))
        _vote(store, room, 10, None, name)
    store.write(lambda c: rooms.change_participant(c, room.id, "p2", gone_from=2))
    assert store.read(lambda c: rooms.counts(c, room)) == (2, 2)
    assert store.read(lambda c: rooms.counts(c, room._replace(round=2))) == (1, 0)
    assert len(store.read(lambda c: rooms.ballots_of(c, room.id, 1))) == 2


@on_both
def test_a_room_goes_with_all_that_is_in_it(store: Store) -> None:
    room = store.write(_room)
    store.write(lambda c: rooms.add_participant(c, room.id, Participant("p1"), "d" * 64, NOW))
    _vote(store, room, 10, None)
    store.write(lambda c: comments.add_comment(c, room, "p1", "why?", NOW))
    store.write(lambda c: rooms.add_invites(c, room.id, [("i" * 64, "Ada", "", None)]))
    store.write(lambda c: rooms.remove_room(c, room.id))

    def rows(connection: Connection) -> dict[str, int]:
        tables = metadata.sorted_tables
        count = {t.name: connection.execute(t.select()).all() for t in tables}
        return {name: len(found) for name, found in count.items()}

    assert set(store.read(rows).values()) == {0}


@on_both
def test_people_are_forgotten_and_numbers_stay(store: Store) -> None:
    room = store.write(_room)
    somebody = Participant("p1", "Ada", "finance")
    store.write(lambda c: rooms.add_participant(c, room.id, somebody, "d" * 64, NOW))
    ballot = Ballot("p1", 1, {"money": 10.0}, comment="I, Ada, think")
    store.write(lambda c: rooms.save_ballot(c, room.id, ballot, None, NOW))
    store.write(lambda c: comments.add_comment(c, room, "p1", "Ada again", NOW))
    store.write(lambda c: rooms.forget_people(c, room.id))
    tables = metadata.sorted_tables
    kept = store.read(lambda c: [tuple(row) for t in tables for row in c.execute(t.select())])
    assert len(kept) == 4  # the room, its file, who took part, the ballot
    assert "Ada" not in repr(kept)


def test_a_full_disk_is_told_and_nothing_is_lost(store: Store) -> None:
    room = store.write(_room)

    def fill(connection: Connection) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        comments.add_comment(connection, room, "p1", "x" * 100_000, NOW)

    with pytest.raises(Refused, match="disk of the server is full") as refused:
        store.write(fill)
    assert refused.value.status == 503
    store.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    assert store.read(lambda c: rooms.find_room(c, "ABC234")) == room


def test_a_locked_database_is_told(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(lambda c: c.exec_driver_sql("PRAGMA busy_timeout = 20"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused) as refused:
        store.write(_room)
    assert refused.value.status == 503
    other.execute("COMMIT")
    other.close()
    assert store.write(_room).code == "ABC234"


@on_both
def test_a_newer_database_is_left_alone(store: Store, database: str) -> None:
    store.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    store.close()
    with pytest.raises(UsageError, match="newer Selector"):
        open_store(database)


@on_both
def test_the_migrations_lead_to_the_tables(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    folder = Path(rooms.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == NEWEST
    different = store.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert different == []


@pytest.mark.parametrize("url", ["mysql://x/y", "no address", "sqlite://", ""])
def test_an_address_of_no_use_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError):
        open_store(url or "sqlite:///:memory:")


@on_both
def test_processes_that_start_together_make_one_database(database: str) -> None:
    opened: list[Store] = []

    def start() -> None:
        opened.append(open_store(database))

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    for store in opened:
        store.close()
