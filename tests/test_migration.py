"""Registers of older schemas: brought up to date as they are, whole and verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import postgres
import pytest
import racing
from department import UNIT, Clock, Department, who
from psycopg.sql import SQL, Identifier
from samples import TABLES, dump, rows

from domain.values import CandidateKind, Private, Role
from events_store import seals
from events_store.audit import audit
from events_store.database import Address, Database
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.postgresql import migrate
from events_store.sealing import Sealer
from events_store.session import PostgreSQL
from workflow import commands as asked
from workflow.register import Register, Request
from workflow.rules import load_all

SCHEMAS = Path(__file__).parent / "schemas"
LACKING = {
    1: ("checkpoint", "node", "identity", "enclosure"),
    **dict.fromkeys((2, 3, 4), ("identity", "enclosure")),
    5: ("enclosure",),
}  # tables that came with a later schema
VERSIONS = pytest.mark.parametrize("version", [1, 2, 3, 4, 5])


@pytest.fixture
def today(tmp_path: Path, clock: Clock) -> Ledger:
    """Return a register of today's schema, with more entries than a tile holds."""
    ledger = Ledger(tmp_path / "today.db", clock)
    department = Department(ledger, clock)
    department.attest(racing.sheet(department.unit, 80))
    assert ledger.size() > 256
    return ledger


@pytest.fixture
def old(
    request: pytest.FixtureRequest, version: int, today: Ledger, tmp_path: Path
) -> Iterator[Address]:
    """Yield the address of the same register as an older version left it."""
    script = (SCHEMAS / f"{request.param}-{version}.sql").read_text("utf-8")
    if version > 1:
        keys = KeyFolder(tmp_path / "keys")
        keys.create("so-dien-hinh/thu")
        signed = Sealer(keys).seal(today.db)
        assert signed
        with today.transaction() as db:
            seals.keep(db, signed.point.size, signed.note)
    if request.param == "sqlite":
        path = tmp_path / "old.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.executescript(script)
            file.execute(f"PRAGMA user_version = {version if version > 1 else 0}")
            refill(file, today, version)
        yield path
    else:
        with postgres.database(empty=True) as url:
            owner = PostgreSQL(postgres.as_owner(url))
            owner.connection.execute(
                SQL(script).format(application=Identifier(postgres.APPLICATION))
            )
            refill(owner, today, version)
            owner.close()
            migrate(postgres.as_owner(url), url)
            yield url


def refill(db: Database, today: Ledger, version: int) -> None:
    """Put in the rows that today's register has, as far as there are tables for them."""
    db.execute("DELETE FROM head")
    for table in TABLES:
        if table not in LACKING[version]:
            for row in rows_in_order(today.db, table):
                marks = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def rows_in_order(db: Database, table: str) -> list[tuple[object, ...]]:
    return sorted(rows(db, table), key=lambda row: row[:1])


@VERSIONS
@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
def test_an_old_register_is_brought_up_to_date_as_it_is(
    old: Address, today: Ledger, clock: Clock
) -> None:
    ledger = Ledger(old, clock)
    assert dump(ledger.db) == dump(today.db)
    assert audit(old).faults == []
    ledger.recorder.close()


@VERSIONS
@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
def test_an_old_register_goes_on(old: Address, today: Ledger, clock: Clock) -> None:
    ledger = Ledger(old, clock)
    register = Register(ledger, load_all(), clock)
    what = Private({"place": "Chi Lăng"})
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ"), what)
    receipt = register.submit(Request(found, f"person:{Role.OFFICER}"))
    assert (receipt.last, ledger.size()) == (today.size() + 1, today.size() + 2)
    assert audit(old).faults == []
    ledger.recorder.close()
