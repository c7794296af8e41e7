"""What the public log is made of, read from the register's own rows.

Hashes of tiles above the leaves are kept in `node`, one for each 256 of the level below, so that
a proof in a long log reads a few hundred hashes and not all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from events_store import seal
from events_store.database import Database
from events_store.merkle import over
from events_store.proofs import HEIGHT, BeyondSize, Kept
from events_store.recorder import Row
from events_store.tiles import WIDE, Texts

LEAVES: Final = "SELECT leaf FROM entries WHERE position >= ? AND position < ? ORDER BY position"
NODES: Final = (
    "SELECT hash FROM node WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
)
BOUND: Final = (
    "SELECT position, version, recorded_at, subject, name, body, blind FROM entries"
    " WHERE position >= ? AND position < ? ORDER BY position"
)


class Nodes:
    """Keeps `node` in step with the entries."""

    tables: Sequence[str] = ("node",)

    def project(self, db: Database, rows: Sequence[Row]) -> None:
        """Write the hash of every tile that new rows fill."""
        if rows and (rows[-1][0] + 1) // WIDE > rows[0][0] // WIDE:
            fill(db, rows[-1][0] + 1)


def fill(db: Database, size: int) -> None:
    """Write the hashes that are missing for a log of this size."""
    read, level = kept(db), 1
    while full := size >> HEIGHT * level:
        (last,) = db.execute("SELECT max(number) FROM node WHERE level = ?", (level,)).fetchone()
        for number in range(0 if last is None else last + 1, full):
            hashes = read(level - 1, number * WIDE, (number + 1) * WIDE)
            db.execute("INSERT INTO node VALUES (?, ?, ?)", (level, number, over(hashes)))
        level += 1


def kept(db: Database) -> Kept:
    """Return the reader of the hashes that tiles are made of. Raises BeyondSize."""

    def read(level: int, start: int, stop: int) -> list[bytes]:
        found = _hashes(db, level, start, stop)
        if len(found) == stop - start:
            return found
        if level == 0:
            raise BeyondSize(stop - 1, start + len(found))
        # Not kept yet, as in a register of an older schema.
        return [over(read(level - 1, n * WIDE, (n + 1) * WIDE)) for n in range(start, stop)]

    return read


def _hashes(db: Database, level: int, start: int, stop: int) -> list[bytes]:
    asked = (level, start, stop) if level else (start, stop)
    return [row[0] for row in db.execute(NODES if level else LEAVES, asked)]


def whole(db: Database) -> Kept:
    """Return the same reader for one proof: each tile it goes through is asked for once."""
    read = kept(db)

    @cache
    def tile(level: int, number: int) -> list[bytes]:
        return _hashes(db, level, number * WIDE, (number + 1) * WIDE)

    def part(level: int, start: int, stop: int) -> Sequence[bytes]:
        number, at = divmod(start, WIDE)
        found = tile(level, number)[at : at + stop - start]
        return found if len(found) == stop - start else read(level, start, stop)

    return part


def texts(db: Database) -> Texts:
    """Return the reader of the public texts of leaves, made anew from the stored rows."""

    def read(start: int, stop: int) -> list[bytes]:
        return [seal.public_text(*row) for row in db.execute(BOUND, (start, stop))]

    return read


def head(db: Database) -> tuple[int, bytes]:
    """Return size and right edge of the tree, as the recorder keeps them."""
    found: tuple[int, bytes] = db.execute("SELECT size, edge FROM head").fetchone()
    return found
