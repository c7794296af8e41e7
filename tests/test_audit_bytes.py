"""Any value of any column changed by hand: the audit names it, and never fails over it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import racing
from department import Clock, Department
from enclosed import PDF
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from samples import DISCOVERED, NURTURED, story, units
from stories import WORDS
from test_complaints import received

from domain import candidate_events as happened
from domain.enclosure import Enclosure
from domain.values import Role
from events_store.audit import audit
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer
from events_store.testimony import Outside
from workflow import commands as asked

TABLES = (
    "entries",
    "head",
    "vault",
    "enclosure",
    "identity",
    "checkpoint",
    "node",
    "command",
    "span",
    "span_past",
    "card",
)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
VALUES = st.none() | INTEGERS | st.floats() | st.text(max_size=9) | st.binary(max_size=40)


@cache
def intact() -> Path:
    """Return a folder with a sealed register whose tables take values of any type."""
    folder = Path(mkdtemp())
    keys = KeyFolder(folder / "keys")
    keys.create("so-dien-hinh/thu")
    path, clock, sealer = folder / "exemplar.db", Clock(), Sealer(keys)
    ledger = Ledger(path, clock, sealer)
    register = Department(ledger, clock)
    register.attest(racing.sheet(register.unit, 40))
    sealer.seal(ledger.db)
    kept = asked.AttachEvidence(WORDS, (Enclosure("a.pdf", "application/pdf", PDF),))
    register.ask(kept, received(register).candidate, Role.OFFICER)
    register.ask(asked.RenameUnit("Chi cục mới"), register.unit)
    ledger.append(units())
    late = happened.CandidacyCompleted()
    ledger.append(story("candidate:1", [(DISCOVERED, 0), (NURTURED, 30), (late, 10)]))
    sealer.finish(lambda: ledger.db)
    with ledger.transaction():
        pass
    ledger.recorder.close()
    with closing(sqlite3.connect(path)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("PRAGMA writable_schema = ON")
        for strict in ("STRICT,", "STRICT"):
            db.execute("UPDATE sqlite_master SET sql = replace(sql, ?, '')", (strict,))
        db.commit()
    return folder


@contextmanager
def copied() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(shutil.copytree(intact(), Path(folder) / "own"))


def kinds(folder: Path) -> set[str]:
    """Return what an auditor finds, besides the schema that was loosened beforehand."""
    keys = KeyFolder(folder / "keys")
    report = audit(folder / "exemplar.db", Outside(keys.verifiers(), keys.memory))
    return {fault.kind for fault in report.faults} - {"schema"}


def flipped(value: Any, bit: int) -> Any:
    """Return a value with one bit changed, as text even where that is no UTF-8 any more."""
    if isinstance(value, int):
        return value ^ 1 << bit % 62
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(data)


def test_a_loosened_copy_is_as_sound_as_before() -> None:
    with copied() as folder:
        assert kinds(folder) == set()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_bit_of_any_column_is_found(data: st.DataObject) -> None:
    with copied() as folder:
        row, table, column = chosen(data, folder)
        assume(row[column] not in (None, "", b""))
        new = flipped(row[column], data.draw(st.integers(0, 4000)))
        put(folder, table, row, column, new, as_text=isinstance(row[column], str))
        assert kinds(folder)


@settings(max_examples=150, deadline=None)
@given(st.data(), VALUES)
def test_any_other_value_of_any_column_is_found(data: st.DataObject, new: Any) -> None:
    with copied() as folder:
        row, table, column = chosen(data, folder)
        assume(new != row[column])
        put(folder, table, row, column, new)
        assert kinds(folder)


def chosen(data: st.DataObject, folder: Path) -> tuple[dict[str, Any], str, str]:
    """Return a row, its table and one of its columns."""
    table = data.draw(st.sampled_from(TABLES))
    with closing(sqlite3.connect(folder / "exemplar.db")) as db:
        db.row_factory = sqlite3.Row
        row = dict(data.draw(st.sampled_from(db.execute(f"SELECT * FROM {table}").fetchall())))
    column = data.draw(st.sampled_from([name for name in row if name != "id" or table != "head"]))
    return row, table, column


def put(
    folder: Path, table: str, row: dict[str, Any], column: str, new: Any, *, as_text: bool = False
) -> None:
    """Write a value into one row; where the table refuses it, there is nothing to find."""
    where = " AND ".join(f"{name} IS ?" for name in row)
    value = "CAST(? AS TEXT)" if as_text else "?"
    sql = f"UPDATE OR IGNORE {table} SET {column} = {value} WHERE {where}"
    with closing(sqlite3.connect(folder / "exemplar.db")) as db:
        db.text_factory = bytes
        before = db.execute(f"SELECT * FROM {table}").fetchall()
        with suppress(sqlite3.IntegrityError):
            db.execute(sql, (new, *row.values()))
        assume(db.execute(f"SELECT * FROM {table}").fetchall() != before)
        db.commit()
