"""The checkpoints that were signed, in the order they were kept: added, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from events_store.database import Database


class KeptSeal(NamedTuple):
    """A signed checkpoint as kept, numbered from 1 without gaps."""

    number: int
    size: int
    note: bytes


def keep(db: Database, size: int, note: bytes) -> None:
    """Add a signed checkpoint."""
    follow(db, newest(db), size, note)


def follow(db: Database, last: KeptSeal | None, size: int, note: bytes) -> None:
    """Add a signed checkpoint after the one that is known to be the last."""
    number = last.number + 1 if last else 1
    db.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (number, size, note))


def newest(db: Database) -> KeptSeal | None:
    """Return the checkpoint that was kept last."""
    sql = "SELECT number, size, note FROM checkpoint ORDER BY number DESC LIMIT 1"
    found = db.execute(sql).fetchone()
    return KeptSeal(*found) if found else None


def everything(db: Database) -> Iterator[KeptSeal]:
    """Yield all checkpoints in the order kept."""
    sql = "SELECT number, size, note FROM checkpoint ORDER BY number"
    return (KeptSeal(*row) for row in db.execute(sql))
