"""The audit of a register on PostgreSQL: nothing to find, or what its owner did to it."""

from __future__ import annotations

import pytest
import racing
from department import Department
from samples import stranger

from events_store.audit import Report, audit
from events_store.ledger import Ledger
from events_store.stretch import Fault

pytestmark = pytest.mark.only("postgresql")


@pytest.fixture
def filled(register: Department, ledger: Ledger) -> Ledger:
    register.attest(racing.sheet(register.unit, 150))
    return ledger


def audited(ledger: Ledger) -> Report:
    return audit(ledger.recorder.address)


def forced(ledger: Ledger, *statements: str) -> list[Fault]:
    """Return what is found after the owner has changed rows with the triggers out of the way."""
    owner = stranger(ledger)
    for table in ("entries", "checkpoint"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for sql in statements:
        owner.execute(sql)
    for table, names in GUARDS.items():
        for name in names:
            owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    return audited(ledger).faults


GUARDS = {
    "entries": ("entries_are_never_changed", "entries_leave_no_gap"),
    "checkpoint": ("checkpoints_are_never_changed", "checkpoints_leave_no_gap"),
}
ATTACKS = [
    ("UPDATE entries SET blind = '0123456789abcdef' WHERE position = 9", "leaf"),
    ("UPDATE entries SET recorded_at = recorded_at - 99999999 WHERE position = 40", "time"),
    ("DELETE FROM entries WHERE position = 20", "missing"),
    ("DELETE FROM entries WHERE position > 100", "head"),
    ("UPDATE vault SET content = '{}' WHERE id = (SELECT min(id) FROM vault)", "vault"),
    ("DELETE FROM vault WHERE id = (SELECT min(id) FROM vault)", "vault-missing"),
    ("UPDATE span SET state = 3 WHERE candidate = (SELECT max(candidate) FROM span)", "derived"),
    ("DELETE FROM card WHERE candidate = (SELECT max(candidate) FROM card)", "derived"),
    ("UPDATE node SET hash = hash || hash", "derived"),
    ("DELETE FROM command WHERE position = 3", "command"),
    ("UPDATE head SET recorded_at = recorded_at + 1", "head"),
    ("INSERT INTO checkpoint VALUES (1, 5, 'x')", "seal"),
]


def test_a_sound_register_has_no_fault(filled: Ledger) -> None:
    report = audited(filled)
    assert (report.size, report.faults) == (filled.size(), [])
    assert filled.db.execute("SELECT count(*) FROM node").fetchone()[0] > 0


@pytest.mark.parametrize(("sql", "kind"), ATTACKS)
def test_what_the_owner_did_is_found(filled: Ledger, sql: str, kind: str) -> None:
    assert kind in {fault.kind for fault in forced(filled, sql)}


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE entries DISABLE TRIGGER entries_are_never_changed",
        "ALTER TABLE entries ENABLE REPLICA TRIGGER entries_leave_no_gap",
        "DROP TRIGGER checkpoints_leave_no_gap ON checkpoint",
        "CREATE OR REPLACE FUNCTION entries_are_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER mine BEFORE INSERT ON vault EXECUTE FUNCTION entries_have_a_gap()",
        "CREATE OR REPLACE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries"
        " FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION entries_are_append_only()",
    ],
)
def test_a_trigger_out_of_the_way_is_found(filled: Ledger, sql: str) -> None:
    stranger(filled).execute(sql)
    assert {fault.kind for fault in audited(filled).faults} == {"schema"}
