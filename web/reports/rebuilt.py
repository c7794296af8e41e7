"""A register made anew from an export of the log alone, to ask it what a report asked."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from events_store import merkle, seal
from events_store.ledger import Ledger, Reader
from events_store.recorder import GROW
from web.parts import Parts, now
from web.reports.document import BadReport
from workflow.register import Register
from workflow.rules import load_all

ENTRIES: Final = "entries.csv"  # of an auditor's export
PUT: Final = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
BOUND: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind FROM entries"
    " WHERE position < ? ORDER BY position"
)
csv.field_size_limit(1 << 24)

Row = tuple[int, str, int, int, str, bytes, bytes]  # … and what blinds it


def exported(folder: Path) -> Iterator[Row]:
    """Yield the rows of an auditor's export. Raises BadReport."""
    path = folder / ENTRIES if folder.is_dir() else folder
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                at, version, recorded = (
                    int(row[key]) for key in ("position", "version", "recorded_at")
                )
                told = (row["name"], row["body"].encode(), bytes.fromhex(row["blind"]))
                yield at, row["subject"], version, recorded, *told
    except (OSError, KeyError, ValueError, UnicodeDecodeError) as error:
        raise BadReport(f"{path}: {error}") from None


def recorded(parts: Parts, size: int) -> Iterator[Row]:
    """Yield the rows of a register below a position."""
    for row in parts.ledger.db.execute(BOUND, (size,)):
        at, subject, version, recorded, name, body, blind = row
        yield at, subject, version, recorded, name, bytes(body), bytes(blind)


@contextmanager
def rebuilt(rows: Iterable[Row], size: int) -> Iterator[tuple[Reader, Register]]:
    """Keep a register of the first entries of a log, every hash and table made anew.

    Raises BadReport.
    """
    with TemporaryDirectory(prefix="exemplar-") as folder:
        ledger = Ledger(Path(folder) / "rebuilt.db", now)
        try:
            _fill(ledger, rows, size)
            ledger.rebuild()
            yield ledger, Register(ledger, load_all(), now)
        finally:
            ledger.recorder.close()


def _fill(ledger: Ledger, rows: Iterable[Row], size: int) -> None:
    edge, count, last, batch = b"", 0, 0, []
    try:
        with ledger.recorder.writing() as db:
            for row in rows:
                if row[0] >= size:
                    continue
                position, subject, version, at, name, body, blind = row
                leaf = seal.leaf(position, version, at, subject, name, body, blind)
                batch.append((*row, leaf))
                _, edge = merkle.extend(count, edge, (leaf,))
                count, last = count + 1, at
            db.executemany(PUT, batch)
            db.execute(GROW, (count, edge, last))
    except sqlite3.Error as error:
        raise BadReport(f"the log cannot be read: {error}") from None
    if count != size:
        raise BadReport(f"the log has {count} entries, the report was made of {size}")
