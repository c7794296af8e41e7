"""A register made anew from the rows of a log alone: every hash and every derived table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from domain.faults import Unreadable
from events_store import merkle, seal
from events_store.database import Database
from events_store.ledger import Ledger
from events_store.recorder import GROW

PUT: Final = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
BOUND: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind FROM entries"
    " ORDER BY position"
)

Row = tuple[int, str, int, int, str, bytes, bytes]  # position … body, and what blinds it


def rows(db: Database) -> Iterator[Row]:
    """Yield the rows of a log as they are stored."""
    for *told, body, blind in db.execute(BOUND):
        yield (*told, bytes(body), bytes(blind))


@contextmanager
def rebuilt(rows: Iterable[Row], size: int) -> Iterator[Ledger]:
    """Keep a register of the first entries of a log until the block ends. Raises Unreadable."""
    with TemporaryDirectory(prefix="exemplar-") as folder:
        ledger = Ledger(Path(folder) / "rebuilt.db", lambda: datetime.now(UTC))
        try:
            _fill(ledger, [row for row in rows if row[0] < size], size)
            ledger.rebuild()
            yield ledger
        finally:
            ledger.recorder.close()


def _fill(ledger: Ledger, rows: list[Row], size: int) -> None:
    if len(rows) != size:
        raise Unreadable("log", f"{len(rows)} entries, and not {size}")
    sealed = []
    for position, subject, version, at, name, body, blind in rows:
        leaf = seal.leaf(position, version, at, subject, name, body, blind)
        sealed.append((position, subject, version, at, name, body, blind, leaf))
    _, edge = merkle.extend(0, b"", (row[-1] for row in sealed))
    try:
        with ledger.recorder.writing() as db:
            db.executemany(PUT, sealed)
            db.execute(GROW, (size, edge, sealed[-1][3] if sealed else 0))
    except sqlite3.Error as error:
        raise Unreadable("log", str(error)) from None
