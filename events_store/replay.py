"""Derived tables against replay: candidates are projected again, beside what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from domain.faults import LedgerError
from events_store.cards import Cards
from events_store.database import Address
from events_store.ledger import reading
from events_store.recorder import COLUMNS, Beside, Row
from events_store.spans import Spans
from events_store.stretch import Fault

TABLES: Final = ("span", "span_past", "card")
OF: Final = ", ".join(f"e.{column}" for column in COLUMNS.split(", "))
TOLD: Final = f"""SELECT {OF} FROM entries AS first CROSS JOIN entries AS e
 WHERE first.position >= ? AND first.position < ? AND first.version = 1
   AND first.subject > 'candidate:' AND first.subject < 'candidate;'
   AND e.subject = first.subject ORDER BY e.position"""


def differences(address: Address, start: int, stop: int) -> list[Fault]:
    """Return where kept tables differ from replay, for candidates that begin between positions."""
    recorder = reading(address)
    try:
        # What is kept and what is replayed are read at one moment.
        with recorder.beside(TABLES) as beside:
            rows: list[Row] = beside.db.execute(TOLD, (start, stop)).fetchall()
            Spans().project(beside.db, rows)
            Cards().project(beside.db, rows)
            return [f for table in TABLES for f in _compared(beside, table, start, stop)]
    except (LedgerError, LookupError, TypeError, ValueError) as error:
        return [Fault("replay", start, {"stop": stop, "why": str(error)})]
    finally:
        recorder.close()


def _compared(beside: Beside, table: str, start: int, stop: int) -> Iterator[Fault]:
    made, kept = (
        set(_rows(beside, schema, table, start, stop)) for schema in (beside.made, beside.kept)
    )
    for number in sorted({row[0] for row in made ^ kept}):
        yield Fault("derived", number, {"table": table})


def _rows(beside: Beside, schema: str, table: str, start: int, stop: int) -> list[Any]:
    sql = f"SELECT * FROM {schema}.{table} WHERE candidate >= ? AND candidate < ?"
    return beside.db.execute(sql, (start, stop)).fetchall()
