"""The cosignatures that witnesses gave, in the order they were collected: added, never changed.

Each is kept with the whole checkpoint it is about, so that it can be checked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from events_store import note
from events_store.database import Database
from events_store.keys import VerifierKey
from events_store.witnesses import Vouched


class KeptCosignature(NamedTuple):
    """A cosigned checkpoint as kept, numbered from 1 without gaps."""

    number: int
    size: int
    witness: str
    note: bytes


def keep(db: Database, given: Vouched) -> None:
    """Add what a witness has cosigned."""
    sql = "INSERT INTO cosignature SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM cosignature"
    db.execute(sql, (given.point.size, mark(given.key), given.note))


def mark(key: VerifierKey) -> str:
    """Return how a witness is named in the table: its name and the hash of its key."""
    return f"{key.name}+{key.id.hex()}"


def last_size(db: Database, key: VerifierKey, origin: str) -> int:
    """Return how many entries of a log a witness has cosigned as far as is known here."""
    sql = "SELECT size, note FROM cosignature WHERE witness = ? ORDER BY size DESC"
    told = db.execute(sql, (mark(key),))
    ours = (size for size, cosigned in told if cosigned.startswith(f"{origin}\n".encode()))
    return next(ours, 0)  # another log has been continued if a copy was put back


def newest_by(db: Database, key: VerifierKey) -> bytes | None:
    """Return the checkpoint of a witness that was collected last."""
    sql = "SELECT note FROM cosignature WHERE witness = ? ORDER BY number DESC LIMIT 1"
    found = db.execute(sql, (mark(key),)).fetchone()
    return found[0] if found else None


def everything(db: Database) -> Iterator[KeptCosignature]:
    """Yield all cosignatures in the order collected."""
    sql = "SELECT number, size, witness, note FROM cosignature ORDER BY number"
    return (KeptCosignature(*row) for row in db.execute(sql))


def cosigned(db: Database, signed: bytes, size: int) -> bytes:
    """Return a checkpoint with all cosignatures that were collected for it."""
    text, _ = note.split(signed)
    sql = "SELECT note FROM cosignature WHERE size = ? ORDER BY number"
    for (found,) in db.execute(sql, (size,)).fetchall():
        same, lines = note.split(found)
        if same == text:
            signed = note.add(signed, lines)
    return signed
