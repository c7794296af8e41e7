"""Putting a copy back: what it must not contradict, and how it takes the register's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Final, NamedTuple

from domain.faults import LedgerError
from events_store import merkle, seals
from events_store.backup import fold
from events_store.checkpoint import Checkpoint
from events_store.database import Database
from events_store.key_folder import KeyFolder
from events_store.ledger import Reader
from events_store.memory import Remembered, sync
from events_store.proofs import root_at, subtrees
from events_store.public_log import head, kept
from events_store.sealing import continued
from events_store.sqlite import holding

BESIDE: Final = ("", "-wal", "-shm")  # a file of SQLite and what it lays beside it


class Contradiction(NamedTuple):
    """Something that a copy does not continue, or that cannot be known of it.

    older: it has more entries · other: its entries are others · seals: more seals were kept ·
    signer: the signer is not there to ask.
    """

    where: str  # "memory", "register", or the name that a checkpoint was given by
    why: str
    point: Checkpoint | None = None


def contradictions(
    copy: Database,
    keys: KeyFolder,
    shown: Sequence[tuple[str, Checkpoint]] = (),
    register: Path | None = None,
) -> list[Contradiction]:
    """Return what speaks against a copy that was found sound in itself."""
    told, newest = keys.memory.read(), seals.newest(copy)
    found = [] if keys.signer() and told else [Contradiction("memory", "signer")] * bool(newest)
    points = [*shown, *([("memory", told.point)] if told else []), *_register(register, told)]
    points += [(f"witness {each.key.name}", each.point) for each in keys.witnesses.vouched()]
    for where, point in points:
        if why := _against(copy, point):
            found.append(Contradiction(where, why, point))
    if told and told.kept > (newest.number if newest else 0):
        found.append(Contradiction("memory", "seals", told.point))
    return found


def newest_of(found: Sequence[Contradiction]) -> Checkpoint | None:
    """Return the checkpoint of most entries among those that are contradicted."""
    points = [each.point for each in found if each.point]
    return max(points, key=lambda point: point.size, default=None)


def _against(copy: Database, point: Checkpoint) -> str | None:
    size, _ = head(copy)
    if point.size > size:
        return "older"
    return "other" if root_at(subtrees(kept(copy)), point.size) != point.root else None


def _register(path: Path | None, told: Remembered | None) -> Iterator[tuple[str, Checkpoint]]:
    """Yield how far the register goes that is to be replaced, unless it is no measure itself."""
    if path is None or not path.exists():
        return
    reader = Reader(path)
    with suppress(LedgerError, DatabaseError, TypeError, ValueError), closing(reader.recorder):
        with reader.recorder.still() as db:
            size, edge = continued(db, told)
        yield "register", Checkpoint("", size, merkle.root(edge))


def take_place(copy: Path, path: Path, aside: str) -> Path | None:
    """Let a copy take the register's place; return where the register lies now. Raises InUse."""
    former = path.with_name(f"{path.name}.{aside}")
    if path.exists():
        with suppress(DatabaseError):  # one that is broken is kept as it is
            fold(path)
    with holding(path):
        for suffix in BESIDE:  # a log left beside a lost file would be read into the copy
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(f"{former}{suffix}")
        copy.rename(path)
        sync(path.parent)
    return former if former.exists() else None
