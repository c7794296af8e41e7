"""Exemplars in the log: which candidates were ever recognised, and of what there is news."""

from __future__ import annotations

from typing import Final

from events_store.database import Database

EVER: Final = (
    "SELECT DISTINCT subject FROM entries WHERE name = 'exemplar-recognized' AND position >= ?"
)


def recognized(db: Database, since: int = 0) -> set[str]:
    """Return the candidates that were recognised by an entry from a position on."""
    return {row[0] for row in db.execute(EVER, (since,))}


def touched(db: Database, since: int, stop: int) -> set[str]:
    """Return the subjects that entries between two positions are about."""
    sql = "SELECT DISTINCT subject FROM entries WHERE position >= ? AND position < ?"
    return {row[0] for row in db.execute(sql, (since, stop))}
