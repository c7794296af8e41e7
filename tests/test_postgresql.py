"""What PostgreSQL adds: roles, lost connections, locks that are held, large saves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import postgres
import psycopg
import pytest
from department import Clock, Department, who
from samples import DISCOVERED, NURTURED, TABLES, dump, entry, rows, story, stranger, units
from severed import Wire, wire

from domain.faults import Interrupted, NotPrepared, Unavailable
from domain.values import CandidateKind, Private, Role, Title
from events_store import seals
from events_store.ledger import Ledger, Reader
from events_store.postgresql import migrate
from events_store.session import PostgreSQL, spelled
from workflow import commands as asked
from workflow.register import Register

pytestmark = pytest.mark.only("postgresql")
ONE = "candidate:1"


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Return a ledger of three units and a candidate in Nurture."""
    ledger.append([*units(), *story(ONE, [(DISCOVERED, 0), (NURTURED, 30)])])
    return ledger


@pytest.fixture
def way(kept_at: str) -> Iterator[Wire]:
    with wire(kept_at) as made:
        yield made


CHANGES = [
    "UPDATE entries SET body = body",
    "UPDATE entries SET position = position + 1000",
    "DELETE FROM entries WHERE position = 4",
    "DELETE FROM entries WHERE false",
    "TRUNCATE entries",
    "INSERT INTO entries SELECT * FROM entries ON CONFLICT (position) DO UPDATE SET version = 1",
]
GAPS = [
    "INSERT INTO entries SELECT 7, 'candidate:2', 1, 0, name, body, blind, leaf FROM entries"
    " WHERE position = 4",
    "INSERT INTO entries SELECT 5, 'candidate:2', 2, 0, name, body, blind, leaf FROM entries"
    " WHERE position = 4",
]


SEALS = [
    "UPDATE checkpoint SET note = note",
    "DELETE FROM checkpoint",
    "TRUNCATE checkpoint",
    "INSERT INTO checkpoint SELECT 3, size, note FROM checkpoint",
]


@pytest.mark.parametrize("sql", SEALS)
def test_not_even_the_owner_changes_a_seal(told: Ledger, sql: str) -> None:
    with told.transaction() as db:
        seals.keep(db, 5, b"signed")
    with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        stranger(told).execute(sql)
    assert rows(told.db, "checkpoint") == [(1, 5, b"signed")]


@pytest.mark.parametrize("sql", [*CHANGES, *GAPS])
def test_not_even_the_owner_changes_what_is_recorded(told: Ledger, sql: str) -> None:
    before = rows(told.db, "entries")
    with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        stranger(told).execute(sql)
    assert rows(told.db, "entries") == before


@pytest.mark.parametrize("sql", CHANGES)
def test_the_application_may_not_change_it_at_all(told: Ledger, sql: str) -> None:
    with pytest.raises(NotPrepared, match="permission denied"):
        told.db.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        "DROP TABLE entries",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (x bigint)",
        "UPDATE vault SET content = ''",
        "DELETE FROM head",
        "TRUNCATE span",
    ],
)
def test_the_application_does_not_own_the_tables(told: Ledger, sql: str) -> None:
    with pytest.raises((NotPrepared, psycopg.Error), match=r"permission denied|must be owner"):
        told.db.execute(sql)


def test_a_session_that_calls_itself_a_replica_does_not_pass(told: Ledger) -> None:
    database = psycopg.conninfo.conninfo_to_dict(str(told.recorder.address))["dbname"]
    superuser = psycopg.conninfo.make_conninfo(postgres.server(), dbname=database)
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute("SET session_replication_role = replica")
        for sql in (*CHANGES, *GAPS):
            with pytest.raises(psycopg.errors.RestrictViolation):
                db.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_a_reader_cannot_write(told: Ledger, table: str) -> None:
    reader = told.reader()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        reader.db.execute(f"INSERT INTO {table} SELECT * FROM {table}")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        reader.store.put([entry(ONE, 3, NURTURED)])  # type: ignore[list-item]
    reader.recorder.close()


def killed(db: PostgreSQL) -> None:
    """End a session from outside."""
    pid = db.connection.info.backend_pid
    with psycopg.connect(postgres.server(), autocommit=True) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_session_that_was_ended_is_opened_again(told: Ledger) -> None:
    killed(told.db)  # type: ignore[arg-type]
    assert told.size() == 5
    killed(told.db)  # type: ignore[arg-type]
    told.append([entry(ONE, 3, NURTURED)])
    assert told.size() == 6


def test_a_session_that_ends_before_the_commit_leaves_nothing(told: Ledger) -> None:
    before = dump(told.db)

    def half() -> None:
        with told.transaction() as db:
            told.append([entry(ONE, 3, NURTURED)])
            killed(db)  # type: ignore[arg-type]

    with pytest.raises(Interrupted):
        half()
    assert dump(told.db) == before
    told.append([entry(ONE, 3, NURTURED)])


def test_a_lost_answer_to_a_commit_says_that_it_is_not_known(kept_at: str, way: Wire) -> None:
    far, near = Ledger(way.url, Clock()), Reader(kept_at)
    far.append(units())
    way.armed.set()
    with pytest.raises(Interrupted):
        far.append([entry(ONE, 1, DISCOVERED, 0, "c1")])
    assert way.cut == 1
    assert [e.subject for e in near.answered("c1")] == [ONE]
    assert far.answered("c1") == near.answered("c1")
    for ledger in (far, near):
        ledger.recorder.close()


def test_a_command_whose_answer_was_lost_is_recorded_once(way: Wire, clock: Clock) -> None:
    far = Department(Ledger(way.url, clock), clock)
    what = Private({"place": "Chi Lăng"})
    discover = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, far.unit, who("Tổ"), what)
    size = far.ledger.size()
    way.armed.set()
    receipt = far.ask(discover, by=Role.OFFICER)
    assert (way.cut, receipt.repeated) == (1, True)
    assert list(receipt.entries) == far.ledger.entries(receipt.subject)
    assert far.ledger.size() == size + len(receipt.entries)
    far.ledger.recorder.close()  # type: ignore[attr-defined]


def titled(department: Department) -> tuple[str, asked.Command]:
    """Return a candidate, and a command about it that is written in one statement."""
    what = Private({"place": "Chi Lăng"})
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, department.unit, who("Tổ"), what)
    candidate = department.ask(found, by=Role.OFFICER).subject
    return candidate, asked.RecordTitle(Title.ADVANCED_WORKER, 2020)


def test_a_single_statement_whose_answer_was_lost_is_recorded_once(
    register: Department, way: Wire, clock: Clock
) -> None:
    candidate, record = titled(register)
    far = Register(Ledger(way.url, clock), register.rules, clock)
    size, way.at = register.ledger.size(), b"WITH moved"
    way.armed.set()
    receipt = far.submit(register.request(record, candidate, by=Role.OFFICER))
    assert (way.cut, receipt.repeated) == (1, True)
    assert list(receipt.entries) == register.ledger.entries(candidate)[2:]
    assert register.ledger.size() == size + 1
    far.ledger.recorder.close()  # type: ignore[attr-defined]


def test_a_command_asks_once_and_writes_once(register: Department, tmp_path: Path) -> None:
    candidate, record = titled(register)
    link = register.ledger.db.connection.pgconn  # type: ignore[attr-defined]
    with (tmp_path / "trace").open("w") as trace:
        link.trace(trace.fileno())
        register.ask(record, candidate, by=Role.OFFICER)
        link.untrace()
    sent = [line.split() for line in (tmp_path / "trace").read_text().splitlines()]
    assert [word for words in sent for word in words if word in ("Sync", "Query")] == ["Sync"] * 2


def test_a_command_waits_for_whoever_holds_the_lock_and_then_gives_up(
    told: Ledger, register: Department, clock: Clock
) -> None:
    candidate, record = titled(register)
    hasty = psycopg.conninfo.make_conninfo(
        str(told.recorder.address), options="-c lock_timeout=100ms"
    )
    waiting = Register(Ledger(hasty, clock), register.rules, clock)
    request = register.request(record, candidate, by=Role.OFFICER)
    before = dump(told.db)
    gives_up = pytest.raises(Unavailable, match="lock timeout")
    with told.transaction(), ThreadPoolExecutor(1) as pool, gives_up:
        pool.submit(waiting.submit, request).result()
    assert dump(told.db) == before
    assert waiting.submit(request).entries[-1].version == 3
    waiting.ledger.recorder.close()  # type: ignore[attr-defined]


FULL = """CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: no space left' USING ERRCODE = 'disk_full'; END $$;
CREATE CONSTRAINT TRIGGER no_room AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION no_room();
ALTER TABLE entries ENABLE ALWAYS TRIGGER no_room"""


@pytest.mark.parametrize("drafted", [True, False], ids=["one statement", "a transaction"])
def test_a_disk_that_is_full_at_the_commit_keeps_nothing(
    register: Department, ledger: Ledger, *, drafted: bool
) -> None:
    candidate, record = titled(register)
    before = dump(ledger.db)
    owner = stranger(ledger)
    owner.connection.execute(FULL)  # type: ignore[attr-defined]
    told = partial(register.ask, record, candidate, by=Role.OFFICER)
    with pytest.raises(Unavailable, match="no space left"):
        told() if drafted else ledger.append([entry(candidate, 3, NURTURED)])
    owner.execute("DROP TRIGGER no_room ON entries")
    assert dump(ledger.db) == before
    assert told().entries[-1].version == 3


def test_whoever_cannot_get_the_lock_in_time_records_nothing(told: Ledger, clock: Clock) -> None:
    hasty = psycopg.conninfo.make_conninfo(
        str(told.recorder.address), options="-c lock_timeout=100ms"
    )
    waiting = Ledger(hasty, clock)
    with told.transaction():
        with ThreadPoolExecutor(1) as pool, pytest.raises(Unavailable, match="lock timeout"):
            pool.submit(waiting.append, [entry(ONE, 3, NURTURED)]).result()
        told.append([entry(ONE, 3, NURTURED)])
    assert [e.version for e in waiting.append([entry(ONE, 4, NURTURED)])] == [4]
    waiting.recorder.close()


def test_a_statement_that_fails_unseen_still_undoes_the_whole(told: Ledger) -> None:
    before = dump(told.db)

    def half() -> None:
        with told.transaction() as db:
            told.append([entry(ONE, 3, NURTURED)])
            with pytest.raises(psycopg.Error):
                db.execute("SELECT 1 / 0")

    with pytest.raises(Unavailable, match="nothing was kept"):
        half()
    assert dump(told.db) == before


def test_migrations_that_run_at_once_wait_for_each_other() -> None:
    with postgres.database(empty=True) as url:
        owner = postgres.as_owner(url)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: migrate(owner, url), range(4)))
        ledger = Ledger(url, Clock())
        assert [e.position for e in ledger.append(units())] == [0, 1, 2]
        migrate(owner, url)
        assert ledger.size() == 3
        ledger.recorder.close()


def test_an_empty_database_is_no_register() -> None:
    with postgres.database(empty=True) as url:
        reader = Reader(url)
        with pytest.raises(NotPrepared, match="head"):
            reader.size()
        reader.recorder.close()


def test_a_server_that_is_not_there_is_not_available() -> None:
    with pytest.raises(Unavailable):
        Reader("postgresql://nobody@127.0.0.1:1/nothing").size()


def test_a_commit_is_on_disk_before_it_is_answered(told: Ledger) -> None:
    with told.transaction() as db:
        assert db.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_texts_sort_by_their_bytes(ledger: Ledger) -> None:
    sql = (
        "SELECT a.attrelid::regclass::text || '.' || a.attname FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.attnum > 0"
        " AND c.relname IN ({}) AND a.attcollation NOT IN (0, 'pg_catalog.\"C\"'::regcollation)"
    )
    assert ledger.db.execute(sql.format(", ".join(map(repr, TABLES)))).fetchall() == []


@pytest.mark.parametrize("size", [1, 2, 99, 100, 250])
def test_many_rows_are_written_like_one_after_another(ledger: Ledger, size: int) -> None:
    sql = "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?)"
    many = [
        (at, f"s{at}", None if at % 2 else "p", "é\t\\N", "\x01", "", "{}") for at in range(size)
    ]
    with ledger.transaction() as db:
        db.executemany(sql, many)
        assert sorted(db.execute("SELECT * FROM card").fetchall()) == many
        put = " ON CONFLICT (candidate) DO UPDATE SET name = excluded.name"
        db.executemany(sql + put, [(*row[:3], "new", *row[4:]) for row in many])
        assert {row[3] for row in db.execute("SELECT * FROM card")} == {"new"}
        db.executemany(
            "DELETE FROM card WHERE (candidate, subject) IN (VALUES (?, ?))",
            [row[:2] for row in many[1:]],
        )
        assert rows(db, "card") == [(*many[0][:3], "new", *many[0][4:])]
        db.executemany(sql, [])


def test_statements_are_spelled_for_the_driver() -> None:
    assert spelled("a = ? AND b = ':x' AND c > :day - :days") == (
        "a = %s AND b = ':x' AND c > %(day)s - %(days)s"
    )
    assert spelled("span AS s INDEXED BY span_state WHERE x % 2 = '%?'") == (
        "span AS s WHERE x %% 2 = '%%?'"
    )
    assert not re.search(r"[?]", spelled("SELECT ?::bigint, ?"))
