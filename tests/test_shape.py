"""What was done to the tables of a register on PostgreSQL is named, whatever it was."""

from __future__ import annotations

import os
from pathlib import Path

import postgres
import psycopg
import pytest
from department import PAPER, Department, who
from samples import stranger, units

from domain.values import CandidateKind, ErasureGround, Private, Role
from events_store import shape
from events_store.audit import audit
from events_store.ledger import Ledger
from events_store.session import PostgreSQL
from workflow import commands as asked

ONCE = "entries_subject_version_key"
ENTRIES = ["trigger entries_are_never_changed", "trigger entries_leave_no_gap"]
pytestmark = pytest.mark.only("postgresql")


def named(ledger: Ledger) -> list[str]:
    return list(shape.faults(ledger.db))


def as_superuser(ledger: Ledger) -> psycopg.Connection[object]:
    database = psycopg.conninfo.conninfo_to_dict(str(ledger.recorder.address))["dbname"]
    url = psycopg.conninfo.make_conninfo(postgres.server(), dbname=database)
    return psycopg.connect(url, autocommit=True)


def test_the_shape_is_what_the_schema_makes(ledger: Ledger) -> None:
    assert shape.SHAPE.splitlines() == shape.lines(ledger.db)
    assert named(ledger) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("ALTER TABLE vault ADD COLUMN note text", ["column vault.note"]),
        ("ALTER TABLE entries ALTER blind DROP NOT NULL", ["column entries.blind"]),
        ("ALTER TABLE card ALTER name SET DEFAULT ''", ["column card.name"]),
        ("ALTER TABLE command ALTER count TYPE integer", ["column command.count"]),
        (
            f"ALTER TABLE entries DROP CONSTRAINT {ONCE}",
            [f"constraint entries.{ONCE}", f"index {ONCE}"],
        ),
        ("ALTER TABLE head DROP CONSTRAINT head_id_check", ["constraint head.head_id_check"]),
        ("DROP INDEX span_state", ["index span_state"]),
        ("CREATE INDEX mine ON vault (content)", ["index mine"]),
        ("ALTER TABLE entries DISABLE TRIGGER USER", ENTRIES),
        ("ALTER TABLE entries ENABLE TRIGGER USER", ENTRIES),
        ("ALTER TABLE entries ENABLE REPLICA TRIGGER entries_leave_no_gap", ENTRIES[1:]),
        (
            "CREATE OR REPLACE FUNCTION entries_have_a_gap() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NULL; END'",
            ["function entries_have_a_gap()"],
        ),
        (
            "ALTER FUNCTION entries_are_append_only() SET search_path = elsewhere",
            ["function entries_are_append_only()"],
        ),
        ("CREATE RULE mine AS ON INSERT TO vault DO INSTEAD NOTHING", ["table vault"]),
        ("ALTER TABLE entries ENABLE ROW LEVEL SECURITY", ["table entries"]),
        ("ALTER TABLE vault SET UNLOGGED", ["table vault"]),
        ("GRANT UPDATE ON entries TO exemplar_test", ["grant UPDATE entries"]),
        ("GRANT UPDATE (body) ON entries TO exemplar_test", ["grant UPDATE entries.body"]),
        ("GRANT TRUNCATE ON checkpoint TO PUBLIC", ["grant TRUNCATE checkpoint"]),
        ("GRANT DELETE ON head TO exemplar_test", ["grant DELETE head"]),
        (
            "GRANT SELECT ON span TO exemplar_test WITH GRANT OPTION",
            ["grant SELECT WITH GRANT OPTION span"],
        ),
        ("GRANT SELECT ON span TO PUBLIC", []),
    ],
)  # fmt: skip
def test_what_the_owner_changed_is_named(ledger: Ledger, sql: str, found: list[str]) -> None:
    stranger(ledger).execute(sql)
    assert named(ledger) == found
    kinds = {
        (fault.kind, *fault.facts.values()) for fault in audit(ledger.recorder.address).faults
    }
    assert kinds == {("schema", what) for what in found}


def test_tables_that_the_application_owns_are_named(ledger: Ledger) -> None:
    with as_superuser(ledger) as db:
        db.execute("ALTER TABLE entries OWNER TO exemplar_test")
    assert named(ledger)[-1] == "owner vault"
    assert "owner entries" in named(ledger)


def test_the_owner_who_looks_is_told_whose_tables_they_are(ledger: Ledger) -> None:
    owner = PostgreSQL(postgres.as_owner(str(ledger.recorder.address)))
    assert list(shape.faults(owner)) == [f"owner {table}" for table in sorted(shape.TABLES)]


def test_an_audit_needs_no_temporary_tables(ledger: Ledger) -> None:
    ledger.append(units())
    with as_superuser(ledger) as db:
        db.execute(f'REVOKE TEMPORARY ON DATABASE "{db.info.dbname}" FROM PUBLIC')
    assert audit(ledger.recorder.address).faults == []


def files_of(ledger: Ledger, *tables: str) -> bytes:
    """Return the bytes of tables as they lie on the disk."""
    with as_superuser(ledger) as db:
        db.execute("CHECKPOINT")
        found = b""
        for table in tables:
            (where,) = db.execute(
                "SELECT current_setting('data_directory') || '/' || pg_relation_filepath(%s)",
                [table],
            ).fetchone() or ("",)
            found += Path(where).read_bytes()
        return found


@pytest.mark.skipif("EXEMPLAR_TEST_POSTGRES" in os.environ, reason="reads the server's own files")
def test_an_erased_name_is_in_no_file_of_the_tables(register: Department, ledger: Ledger) -> None:
    what = Private({"place": "Chi Lăng"})
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, register.unit, who("Nguyễn Thị Bí Mật", 1980), what
    )
    candidate = register.ask(found, by=Role.OFFICER).subject
    person = register.candidate(candidate).person
    assert person
    name = "Nguyễn Thị Bí Mật".encode()
    assert name in files_of(ledger, "vault", "card")
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    assert name not in files_of(ledger, "vault", "card")
