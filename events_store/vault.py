"""The vault: names, free text and their salts, outside the log and erasable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from domain.faults import Tampered
from domain.values import Sealed, Secret, commitment
from events_store.database import Database

Content = dict[str, Any]


def keep(db: Database, secrets: Sequence[Secret]) -> None:
    """Put content and salt of each secret into the vault."""
    rows = [(s.content.id, s.owner, s.content.salt, s.content.canonical()) for s in secrets]
    db.executemany("INSERT INTO vault VALUES (?, ?, ?, ?)", rows)


def open_all(db: Database, sealed: Iterable[Sealed]) -> dict[str, Content]:
    """Return the content behind each seal, by its id; what was erased is left out.

    Raises Tampered if content does not match its commitment in the log.
    """
    found = {}
    for seal in sealed:
        row = db.execute("SELECT salt, content FROM vault WHERE id = ?", (seal.id,)).fetchone()
        if row is None:
            continue
        if commitment(*row) != seal.mac:
            raise Tampered(f"vault row {seal.id} does not match its commitment")
        found[seal.id] = msgspec.json.decode(row[1], type=Content)
    return found


def erase(db: Database, owner: str) -> int:
    """Delete all content and salts of an owner; return how many rows that were."""
    return db.execute("DELETE FROM vault WHERE owner = ?", (owner,)).rowcount
