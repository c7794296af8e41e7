"""The recorder: rows are added, durably and whole, and never changed."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from department import Clock
from eventsourcing.persistence import IntegrityError
from samples import DISCOVERED, NURTURED, TABLES, dump, entry, rows, story, units

from domain.faults import Conflict
from domain.subjects import Reading
from domain.unit import UnitRenamed
from domain.values import Private, Secret
from events_store.checker import check
from events_store.codec import encode
from events_store.database import Address, Database
from events_store.ledger import Ledger, recording

ONE = "candidate:1"


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Return a ledger of three units and a candidate in Nurture."""
    ledger.append([*units(), *story(ONE, [(DISCOVERED, 0), (NURTURED, 30)])])
    return ledger


SEVENTH = "(7, 'candidate:2', 1, 0, 'stage-advanced', x'', x'', x'')"
FOURTH = "(4, 'candidate:2', 1, 0, 'stage-advanced', x'', x'', x'')"
TAKEN = "(9, 'candidate:1', 2, 0, 'stage-advanced', x'', x'', x'')"


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = x'7b7d' WHERE position = 4",
        "UPDATE entries SET position = 99 WHERE position = 4",
        "UPDATE OR REPLACE entries SET position = 3 WHERE position = 4",
        "DELETE FROM entries WHERE position = 4",
        "DELETE FROM entries",
        f"INSERT OR REPLACE INTO entries VALUES {FOURTH}",
        f"INSERT OR REPLACE INTO entries VALUES {TAKEN}",
        f"REPLACE INTO entries VALUES {TAKEN}",
        f"INSERT INTO entries VALUES {FOURTH} ON CONFLICT DO UPDATE SET body = x'7b7d'",
        f"INSERT INTO entries VALUES {TAKEN} ON CONFLICT DO UPDATE SET body = x'7b7d'",
        f"INSERT INTO entries VALUES {FOURTH}",
        f"INSERT INTO entries VALUES {TAKEN}",
        f"INSERT OR IGNORE INTO entries VALUES {SEVENTH}, {TAKEN}",
    ],
)
def test_no_statement_changes_what_is_recorded(told: Ledger, statement: str) -> None:
    before = rows(told.db, "entries")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        told.db.execute(statement)
    assert rows(told.db, "entries") == before


@pytest.mark.only("sqlite")
def test_the_triggers_hold_without_our_settings(told: Ledger) -> None:
    assert isinstance(told.recorder.address, Path)
    stranger = sqlite3.connect(told.recorder.address)
    stranger.execute("PRAGMA recursive_triggers = OFF")
    for statement in ("DELETE FROM entries", f"REPLACE INTO entries VALUES {TAKEN}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(statement)
    stranger.close()


def test_positions_have_no_gap_and_begin_at_zero(told: Ledger) -> None:
    with pytest.raises(Conflict):
        told.append([entry(ONE, 2, NURTURED)])
    told.append([entry(ONE, 3, NURTURED)])
    assert [e.position for e in told.all()] == [0, 1, 2, 3, 4, 5]
    assert told.db.execute("SELECT size FROM head").fetchone() == (6,)


def test_recorded_time_does_not_run_backwards_with_the_clock(told: Ledger, clock: Clock) -> None:
    clock.forward(hours=-3)
    told.append([entry(ONE, 3, NURTURED)])
    clock.forward(hours=3, minutes=1)
    told.append([entry(ONE, 4, NURTURED)])
    *_, last, late, after = (e.recorded_at for e in told.all())
    assert (last, after) == (late, late + timedelta(minutes=1))


def test_what_fails_leaves_nothing_behind(told: Ledger) -> None:
    before = dump(told.db)
    secret = Secret("candidate:2", Private({"name": "Hoàng Thị Sen"}))
    with pytest.raises(Conflict):
        told.append([entry("candidate:2", 1, DISCOVERED), entry(ONE, 2, NURTURED)], [secret])
    assert dump(told.db) == before


@pytest.mark.parametrize("looked_at", [ONE, "candidate:"])
def test_what_rests_on_a_reading_that_is_outdated_leaves_nothing_behind(
    told: Ledger, looked_at: str
) -> None:
    before, size = dump(told.db), told.size()
    reading = Reading(size - 1, frozenset([looked_at]))
    with pytest.raises(Conflict) as caught:
        told.append([entry("candidate:9", 1, DISCOVERED)], reading=reading)
    assert caught.value.subject == ONE
    assert dump(told.db) == before
    told.append([entry("candidate:9", 1, DISCOVERED)], reading=reading._replace(size=size))
    assert told.size() == size + 1


def test_an_outer_transaction_is_undone_whole(told: Ledger) -> None:
    def half() -> None:
        with told.transaction():
            told.append([entry(ONE, 3, NURTURED)])
            told.append([entry(ONE, 4, NURTURED)])
            raise ZeroDivisionError

    before = dump(told.db)
    with pytest.raises(ZeroDivisionError):
        half()
    assert dump(told.db) == before
    told.append([entry(ONE, 3, NURTURED)])
    assert told.size() == 6


def test_a_failure_that_is_swallowed_inside_still_undoes_the_whole(told: Ledger) -> None:
    def half() -> None:
        with told.transaction():
            told.append([entry(ONE, 3, NURTURED)])
            with contextlib.suppress(Conflict):
                told.append([entry("candidate:2", 1, DISCOVERED), entry(ONE, 2, NURTURED)])

    before = dump(told.db)
    with pytest.raises(IntegrityError):
        half()
    assert dump(told.db) == before


class Refusing:
    """A projection that cannot keep up."""

    tables: Sequence[str] = ()

    def project(self, db: Database, rows: Sequence[object]) -> None:
        db.execute("INSERT INTO command VALUES ('half', 0, 1)")
        raise ZeroDivisionError


def test_a_projection_that_fails_undoes_the_entries_too(told: Ledger, clock: Clock) -> None:
    before = dump(told.db)
    projections = (*told.projections, Refusing())
    recorder = recording(told.recorder.address, clock, projections)
    stored = told.store.mapper.to_stored_event(entry(ONE, 3, NURTURED))  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        recorder.insert_events([stored])
    recorder.close()
    assert dump(told.db) == before


@pytest.mark.only("sqlite")
def test_a_full_disk_leaves_nothing_behind_and_says_so(told: Ledger) -> None:
    before = dump(told.db)
    pages = told.db.execute("PRAGMA page_count").fetchone()[0]
    told.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    crowd = [entry(f"candidate:{at}", 1, DISCOVERED) for at in range(2, 3000)]
    with pytest.raises(sqlite3.OperationalError, match="full"):
        told.append(crowd)
    assert dump(told.db) == before
    told.db.execute("PRAGMA max_page_count = 1000000")
    told.append(crowd)
    assert told.size() == 5 + len(crowd)


@pytest.mark.only("sqlite")
def test_a_commit_is_on_disk_before_it_is_answered(told: Ledger) -> None:
    with told.transaction() as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_nothing_is_seen_before_it_is_committed(told: Ledger) -> None:
    reader = told.reader()
    with told.transaction():
        told.append([entry(ONE, 3, NURTURED)])
        assert (told.size(), reader.size(), len(reader.entries(ONE))) == (6, 5, 2)
    assert (reader.size(), len(reader.entries(ONE))) == (6, 3)


def test_opening_again_changes_nothing(told: Ledger, clock: Clock) -> None:
    before = dump(told.db)
    again = Ledger(told.recorder.address, clock)
    assert dump(again.db) == before


def test_threads_each_append_and_nothing_is_lost(told: Ledger) -> None:
    def tell(subject: str) -> None:
        told.append([entry(subject, 1, DISCOVERED)])
        for version in range(2, 32):
            told.append([entry(subject, version, NURTURED, version)])

    subjects = [f"candidate:thread-{at}" for at in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tell, subjects))
    assert [e.position for e in told.all()] == list(range(5 + 6 * 31))
    for subject in subjects:
        assert [e.version for e in told.entries(subject)] == list(range(1, 32))
    before = dump(told.db)
    told.rebuild()
    assert dump(told.db) == before


def test_threads_have_connections_of_their_own(told: Ledger) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: told.db).result() is not told.db
    assert told.db is told.db


def test_large_saves_return(ledger: Ledger) -> None:
    ledger.append(units())
    names = [entry(f"unit:x{at}", 1, UnitRenamed("Đơn vị " * 400)) for at in range(2000)]
    ledger.append(names)  # 5 MB
    ledger.append([entry("unit:y", 1, UnitRenamed("x" * 3_000_000))])
    ledger.append(story(ONE, [(DISCOVERED, 0), *((NURTURED, at) for at in range(3000))]))
    assert ledger.size() == 3 + 2000 + 1 + 3001
    assert len(ledger.entries("unit:y")[0].event.name) == 3_000_000  # type: ignore[union-attr]
    assert check(ledger, 20, seed=1) == []


FORK = """
import os, sys
from department import Clock
from samples import DISCOVERED, NURTURED, at, entry, units
from events_store.ledger import Ledger

ledger = Ledger(at(sys.argv[1]), Clock())
ledger.append([*units(), entry("candidate:1", 1, DISCOVERED)])
inherited = ledger.db
child = os.fork()
if child == 0:
    assert ledger.db is not inherited
    for version in range(1, 101):
        ledger.append([entry("candidate:2", version, DISCOVERED if version == 1 else NURTURED)])
    os._exit(0)
for version in range(2, 102):
    ledger.append([entry("candidate:1", version, NURTURED)])
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
ledger.recorder.close()
"""


def test_a_forked_child_opens_its_own_connection(kept_at: Address, clock: Clock) -> None:
    run = [sys.executable, "-W", "error", "-c", FORK, str(kept_at)]
    subprocess.run(run, check=True, timeout=60, env={"PYTHONPATH": ":".join(sys.path)})
    ledger = Ledger(kept_at, clock)
    assert [e.position for e in ledger.all()] == list(range(3 + 101 + 100))
    assert [e.version for e in ledger.entries("candidate:2")] == list(range(1, 101))
    if isinstance(kept_at, Path):
        assert ledger.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


CHILD_STAYS = """
import os, sys
from department import Clock
from samples import DISCOVERED, at, entry, units
from events_store.ledger import Ledger

ledger = Ledger(at(sys.argv[1]), Clock())
ledger.append(units())
ready, gone = os.pipe(), os.pipe()
if os.fork():
    os.read(ready[0], 1)
    ledger.recorder.close()  # the last connection that this process knows of
    os.write(gone[1], b".")
    sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
ledger.append([entry("candidate:1", 1, DISCOVERED)])
os.write(ready[1], b".")
os.read(gone[0], 1)
ledger.append([entry("candidate:2", 1, DISCOVERED)])
os._exit(0)
"""


def test_a_child_keeps_its_entries_when_the_parent_closes(kept_at: Address, clock: Clock) -> None:
    run = [sys.executable, "-W", "error", "-c", CHILD_STAYS, str(kept_at)]
    subprocess.run(run, check=True, timeout=60, env={"PYTHONPATH": ":".join(sys.path)})
    ledger = Ledger(kept_at, clock)
    assert [e.subject for e in ledger.all()][3:] == ["candidate:1", "candidate:2"]
    if isinstance(kept_at, Path):
        assert ledger.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_leaf_binds_the_stored_row(told: Ledger) -> None:
    row = told.db.execute("SELECT * FROM entries WHERE position = 4").fetchone()
    position, subject, version, recorded_at, name, body, blind, leaf = row
    assert (name, body) == encode(told.entries(ONE)[1])
    made = told.recorder.leaf
    assert leaf == made(position, version, recorded_at, subject, name, body, blind)
    others = [
        made(position + 1, version, recorded_at, subject, name, body, blind),
        made(position, version + 1, recorded_at, subject, name, body, blind),
        made(position, version, recorded_at + 1, subject, name, body, blind),
        made(position, version, recorded_at, "candidate:2", name, body, blind),
        made(position, version, recorded_at, subject, "stage-returned", body, blind),
        made(
            position,
            version,
            recorded_at,
            subject,
            name,
            body.replace(b"office:1", b"office:2"),
            blind,
        ),
        made(position, version, recorded_at, subject, name, body, bytes(16)),
    ]
    assert len({leaf, *others}) == 8


def test_every_table_that_tests_compare_is_there(told: Ledger) -> None:
    named = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if not isinstance(told.recorder.address, Path):
        named = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    found = {name for (name,) in told.db.execute(named)}
    assert {name for name in found if not name.startswith("account_")} == set(TABLES)
