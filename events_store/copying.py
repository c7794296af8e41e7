"""Copies of a register in another database, row by row, compared before they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Final

from domain.faults import Tampered
from events_store import merkle
from events_store.database import Database
from events_store.ledger import Ledger, Reader

PAGE: Final = 2000
TOLD: Final = (
    "entries",
    "vault",
    "enclosure",
    "identity",
    "checkpoint",
    "cosignature",
)  # everything else follows from them
KEYS: Final = {
    "entries": ("position",),
    "vault": ("id",),
    "enclosure": ("id",),
    "identity": ("id",),
    "checkpoint": ("number",),
    "cosignature": ("number",),
    "node": ("level", "number"),
    "command": ("command_id",),
    "span": ("candidate", "valid_from"),
    "span_past": ("candidate", "valid_from", "known_from"),
    "card": ("candidate",),
}
WIDTHS: Final = {
    "entries": 8,
    "vault": 4,
    "enclosure": 3,
    "identity": 4,
    "checkpoint": 3,
    "cosignature": 4,
}
FEW: Final = 4  # files are large


class Occupied(Exception):
    """Something is there already. Fact: the table that holds it."""

    def __init__(self, table: str) -> None:
        """Name the table."""
        super().__init__(f"{table} is not empty")
        self.table = table


def copy(
    source: Reader, target: Ledger, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Copy a register into an empty one; return its entries. Raises Occupied, Tampered.

    One transaction on either side: nothing moves under the copy, and a copy that differs in any
    row of any table is not kept.
    """
    with source.recorder.still() as there, target.transaction() as here:
        check_empty(here)
        for table in TOLD:
            marks = ", ".join("?" * WIDTHS[table])
            for page in _pages(there, table):
                here.executemany(f"INSERT INTO {table} VALUES ({marks})", page)
        head = there.execute("SELECT size, edge, recorded_at FROM head").fetchone()
        here.execute("UPDATE head SET size = ?, edge = ?, recorded_at = ?", head)
        entries = target.rebuild(progress)
        _compare(there, here)
        return entries


def check_empty(db: Database) -> None:
    """Raise Occupied if any table holds a row."""
    for table in KEYS:
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
            raise Occupied(table)


def _compare(there: Database, here: Database) -> None:
    for table in KEYS:
        for page, copied in zip(_pages(there, table), _pages(here, table), strict=True):
            if page != copied:
                raise Tampered(f"{table} differs from what its entries lead to")
    leaves = (row[7] for row in chain.from_iterable(_pages(here, "entries")))
    head = here.execute("SELECT size, edge FROM head").fetchone()
    if merkle.extend(0, b"", leaves) != tuple(head):
        raise Tampered("the root does not follow from the leaves")


def _pages(db: Database, table: str) -> Iterator[list[Any]]:
    """Yield the rows of a table in the order of its key; an empty page ends them."""
    keys, size = ", ".join(KEYS[table]), FEW if table == "enclosure" else PAGE
    columns = [c[0] for c in db.execute(f"SELECT * FROM {table} LIMIT 0").description]
    at = [columns.index(key) for key in KEYS[table]]
    begin = f"SELECT * FROM {table} ORDER BY {keys} LIMIT {size}"
    marks = ", ".join("?" * len(at))
    follow = f"SELECT * FROM {table} WHERE ({keys}) > ({marks}) ORDER BY {keys} LIMIT {size}"
    page = db.execute(begin).fetchall()
    while page:
        yield page
        page = db.execute(follow, [page[-1][index] for index in at]).fetchall()
    yield page
