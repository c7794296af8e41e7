"""The audit of a register on either database: nothing to find, or what its owner did to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import racing
from department import Department
from samples import stranger

from events_store.audit import audit
from events_store.database import Database
from events_store.ledger import Ledger
from events_store.report import Report
from events_store.sqlite import SCHEMA
from events_store.stretch import Fault


@pytest.fixture
def filled(register: Department, ledger: Ledger) -> Ledger:
    register.attest(racing.sheet(register.unit, 150))
    return ledger


def audited(ledger: Ledger) -> Report:
    return audit(ledger.recorder.address)


@contextmanager
def unguarded(ledger: Ledger) -> Iterator[Database]:
    """Yield the owner's connection with the triggers out of the way; they are put back after."""
    owner = stranger(ledger)
    if isinstance(ledger.recorder.address, Path):
        told = owner.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in told:
            owner.execute(f"DROP TRIGGER {name}")
        yield owner
        ledger.db.executescript(SCHEMA)  # type: ignore[attr-defined]
        return
    for table in GUARDS:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield owner
    for table, names in GUARDS.items():
        for name in names:
            owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def forced(ledger: Ledger, sql: str, *values: Any) -> list[Fault]:
    """Return what is found after the owner has changed rows."""
    with unguarded(ledger) as owner:
        owner.execute(sql, values)
    return audited(ledger).faults


GUARDS = {
    "entries": ("entries_are_never_changed", "entries_leave_no_gap"),
    "checkpoint": ("checkpoints_are_never_changed", "checkpoints_leave_no_gap"),
}
COPY = "INSERT INTO entries SELECT {}, {}, recorded_at, name, body, blind, leaf FROM entries"
ATTACKS = [
    ("UPDATE entries SET blind = ? WHERE position = 9", "leaf", 9, bytes(16)),
    ("UPDATE entries SET recorded_at = recorded_at - 99999999 WHERE position = 40", "time", 40),
    ("UPDATE entries SET recorded_at = -1 WHERE position = 40", "unreadable", 40),
    ("UPDATE entries SET body = ? WHERE position = 40", "unreadable", 40, b'{"actor":[[['),
    ("UPDATE entries SET name = 'x' WHERE position = 40", "unreadable", 40),
    ("UPDATE entries SET version = 99 WHERE position = 40", "version", 40),
    ("DELETE FROM entries WHERE position = 20", "missing", 20),
    ("DELETE FROM entries WHERE position BETWEEN 250 AND 259", "missing", 250),
    ("DELETE FROM entries WHERE position > 100", "head", 101),
    (COPY.format("1000000000000000000, 'unit:x'", 1) + " WHERE position = 9", "count", None),
    ("UPDATE vault SET content = '{}' WHERE id = (SELECT min(id) FROM vault)", "vault", ...),
    ("DELETE FROM vault WHERE id = (SELECT min(id) FROM vault)", "vault-missing", ...),
    ("UPDATE vault SET owner = 'x' WHERE id = (SELECT min(id) FROM vault)", "vault-owner", ...),
    ("INSERT INTO vault VALUES ('x', 'y', ?, 'z')", "count", None, bytes(16)),
    ("UPDATE span SET state = 3 WHERE candidate = (SELECT max(candidate) FROM span)",
     "derived", ...),
    ("UPDATE span SET candidate = 2000000 WHERE candidate = (SELECT max(candidate) FROM span)",
     "derived", ...),
    ("INSERT INTO span_past SELECT s.*, 900 FROM span AS s WHERE candidate = 11", "derived", 11),
    ("DELETE FROM card WHERE candidate = (SELECT max(candidate) FROM card)", "derived", ...),
    ("UPDATE node SET hash = ?", "derived", None, bytes(64)),
    ("INSERT INTO node VALUES (4611686018427387904, 4611686018427387904, ?)", "derived", None,
     bytes(32)),
    ("DELETE FROM command WHERE position = 3", "command", 3),
    ("UPDATE head SET recorded_at = recorded_at + 1", "head", ...),
    ("DELETE FROM head", "head", 0),
    ("INSERT INTO checkpoint VALUES (1, 5, ?)", "seal", None, b"x"),
]  # fmt: skip


def test_a_sound_register_has_no_fault(filled: Ledger) -> None:
    report = audited(filled)
    assert (report.size, report.faults) == (filled.size(), [])
    assert filled.db.execute("SELECT count(*) FROM node").fetchone()[0] > 0


def test_an_empty_register_has_no_fault(ledger: Ledger) -> None:
    assert (ledger.size(), audited(ledger).faults) == (0, [])


@pytest.mark.parametrize(("sql", "kind", "place", "values"), [
    (sql, kind, place, values) for sql, kind, place, *values in ATTACKS
])  # fmt: skip
def test_what_the_owner_did_is_found(
    filled: Ledger, sql: str, kind: str, place: Any, values: list[bytes]
) -> None:
    faults = [fault for fault in forced(filled, sql, *values) if fault.kind == kind]
    assert faults
    assert place is ... or faults[0].position == place


@pytest.mark.only("sqlite")
def test_a_row_before_the_first_is_found(filled: Ledger) -> None:
    faults = forced(filled, COPY.format("-5, 'candidate:x'", 1) + " WHERE position = 9")
    assert [fault.facts["table"] for fault in faults if fault.kind == "count"] == ["entries"]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER entries_are_never_updated",
        "CREATE TRIGGER mine AFTER INSERT ON vault BEGIN DELETE FROM card; END",
        "DROP INDEX span_state",
        "ALTER TABLE card ADD COLUMN mine TEXT",
    ],
)
def test_a_structure_that_is_not_ours_is_found(filled: Ledger, sql: str) -> None:
    stranger(filled).execute(sql)
    assert "schema" in {fault.kind for fault in audited(filled).faults}
