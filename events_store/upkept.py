"""What the log itself says of copies put back and keys replaced: it explains, it excuses nothing.

Whoever has the key could write such an entry. But then it stands there, for all to see, with a
day and a reason; and a checkpoint kept elsewhere still proves that something was lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from domain.faults import BadCheckpoint, LedgerError
from domain.upkeep import UPKEEP, RegisterRestored, SigningKeyReplaced
from events_store import note
from events_store.checkpoint import Checkpoint
from events_store.codec import decode
from events_store.database import Database
from events_store.keys import BadKey, parse_verifier
from events_store.recorder import COLUMNS


class Upkept(NamedTuple):
    """An entry about the register as a whole, and where it stands."""

    position: int
    event: RegisterRestored | SigningKeyReplaced


def told(db: Database) -> list[Upkept]:
    """Return all such entries that can be read, in the order recorded."""
    found = []
    sql = f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY version"
    for row in db.execute(sql, (UPKEEP,)).fetchall():
        with suppress(LedgerError, TypeError, ValueError):
            entry = decode(*row)
            if isinstance(entry.event, RegisterRestored | SigningKeyReplaced):
                found.append(Upkept(entry.position, entry.event))
    return found


def given_up(point: Checkpoint, entries: Sequence[Upkept]) -> Upkept | None:
    """Return the entry that says of a checkpoint that what it sealed beyond a copy is lost."""
    for each in entries:
        event = each.event
        if isinstance(event, RegisterRestored) and event.key and event.size < point.size:
            former = (event.former or point.origin).partition("+")[0]
            if former == point.origin:
                return each
    return None


def named(signed: bytes, entries: Sequence[Upkept]) -> Upkept | None:
    """Return the entry that names the key by which a note is signed."""
    for each in entries:
        with suppress(BadKey, BadCheckpoint):
            if each.event.key:
                note.open_checkpoint(signed, [parse_verifier(each.event.key)])
                return each
    return None
