"""Derived tables against replay: candidates are projected again, beside what is kept of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from domain.faults import LedgerError
from events_store.cards import Cards
from events_store.connections import connect
from events_store.recorder import COLUMNS, SCHEMA, Row
from events_store.spans import Spans
from events_store.stretch import Fault

TABLES: Final = ("span", "span_past", "card")
OF: Final = ", ".join(f"e.{column}" for column in COLUMNS.split(", "))
TOLD: Final = f"""SELECT {OF} FROM entries AS first CROSS JOIN entries AS e
 WHERE first.position >= ? AND first.position < ? AND first.version = 1
   AND first.subject > 'candidate:' AND first.subject < 'candidate;'
   AND e.subject = first.subject ORDER BY e.position"""


def differences(path: Path, start: int, stop: int) -> list[Fault]:
    """Return where kept tables differ from replay, for candidates that begin between positions."""
    db = _beside(path)
    try:
        db.execute("BEGIN")  # what is kept and what is replayed are read at one moment
        rows: list[Row] = db.execute(TOLD, (start, stop)).fetchall()
        Spans().project(db, rows)
        Cards().project(db, rows)
        return [fault for table in TABLES for fault in _compared(db, table, start, stop)]
    except (LedgerError, LookupError, TypeError, ValueError) as error:
        return [Fault("replay", start, {"stop": stop, "why": str(error)})]
    finally:
        db.close()


def _beside(path: Path) -> sqlite3.Connection:
    """Return empty derived tables in memory, beside the register, which is only read."""
    db = connect(":memory:", uri=True)
    with_tables = sqlite3.connect(":memory:")
    with_tables.executescript(SCHEMA)
    for table in TABLES:
        sql = "SELECT sql FROM sqlite_master WHERE name = ?"
        db.execute(with_tables.execute(sql, (table,)).fetchone()[0])
    with_tables.close()
    db.execute("CREATE INDEX card_person ON card (person)")
    db.execute("ATTACH ? AS kept", (f"{path.resolve().as_uri()}?mode=ro",))
    return db


def _compared(db: sqlite3.Connection, table: str, start: int, stop: int) -> Iterator[Fault]:
    made, kept = (set(_rows(db, schema, table, start, stop)) for schema in ("main", "kept"))
    for number in sorted({row[0] for row in made ^ kept}):
        yield Fault("derived", number, {"table": table})


def _rows(db: sqlite3.Connection, schema: str, table: str, start: int, stop: int) -> list[Any]:
    sql = f"SELECT * FROM {schema}.{table} WHERE candidate >= ? AND candidate < ?"
    return db.execute(sql, (start, stop)).fetchall()
