"""Sealing: what was committed is signed at once, and nothing is signed that rewrites the past.

The signer remembers outside the database what it signed last. Before every write the database
must still continue that; after every commit the new size is signed. A signed note waits in the
memory until the next write takes it into `checkpoint`, for a commit of its own would be one more
wait for the disk.

To sign and to remember costs about 0.12 ms of processor time and one wait for the disk, of 0.06 ms
or of many (measured, on a busy one). So a command is signed before its answer if none was in the
last PAUSE, which is all that people notice; in a hurry of commands one seal at the end of the
pause covers them all.
Whoever gives a seal away calls `seal` first.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Final, NamedTuple, Protocol

from domain.faults import BadCheckpoint, LedgerError, NotPrepared, Tampered, Unavailable
from events_store import cosignatures, merkle, note, seals
from events_store.checkpoint import Checkpoint, format_checkpoint
from events_store.database import Database
from events_store.key_folder import NEXT, KeyFolder
from events_store.keys import BadKey, Signer, VerifierKey, generate
from events_store.memory import Remembered
from events_store.proofs import check_consistency, prove_consistency, subtrees
from events_store.public_log import LEAVES, head, kept
from events_store.witnesses import Vouched

LOG: Final = logging.getLogger(__name__)
PAUSE: Final = 0.05  # seconds
# What may keep a seal from being made; what was recorded stays recorded.
TROUBLES: Final = (LedgerError, BadKey, OSError, sqlite3.Error, Unavailable, NotPrepared)

Tree = tuple[int, bytes]  # its size and right edge
Connect = Callable[[], Database]  # this thread's connection


class Grown(NamedTuple):
    """What a transaction has left: the tree, and how many seals the database keeps."""

    tree: Tree
    kept: int


class StaleRestore(Tampered):
    """The database has fewer entries than were sealed: an old copy was put back."""

    def __init__(self, sealed: int, size: int) -> None:
        """Say how many were sealed and how many there are."""
        super().__init__(f"{sealed} entries were sealed, {size} are left")
        self.sealed, self.size = sealed, size


class Rewritten(Tampered):
    """What the database holds does not continue what was sealed."""

    def __init__(self, sealed: int) -> None:
        """Say how many entries were sealed."""
        super().__init__(f"the first {sealed} entries are not as they were sealed")
        self.sealed = sealed


class Contradicted(Tampered):
    """A checkpoint that somebody else keeps says otherwise than the database.

    Facts: where it is kept or by whom, when it was cosigned, the checkpoint, the size now.
    """

    def __init__(self, where: str, point: Checkpoint, size: int, time: int | None = None) -> None:
        """Say what was sealed, and how many entries there are."""
        super().__init__(f"{where} has {point.size} entries sealed otherwise than our {size}")
        self.where, self.point, self.size, self.time = where, point, size, time


class SignerLost(LedgerError):
    """The register was sealed, but its key or the signer's memory is not where it should be."""

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        super().__init__(f"the register is sealed, and its signer is not in {path}")
        self.path = path


class Unsealed(LedgerError):
    """There is no key to sign with."""

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        super().__init__(f"no signing key in {path}")
        self.path = path


class Watch(Protocol):
    """Who looks at a database before it is written to, and after."""

    def before(self, db: Database, newest: seals.KeptSeal | None, end: Tree) -> int:
        """Look at it inside the transaction, before anything is written. Raises LedgerError.

        Return how many seals the database keeps from then on.
        """

    def after(self, connect: Connect, grown: Grown) -> None:
        """Look at what was committed."""


class Sealer:
    """Signs what one database holds, with the key of one folder."""

    def __init__(self, keys: KeyFolder) -> None:
        """Name the folder of the key; without a key nothing is sealed."""
        self.keys = keys
        self.trouble: Exception | None = None
        self._checked: Remembered | None = None
        self._vouched: Sequence[Vouched] = ()
        self._vouched_size = 0
        self._sealed_at = 0.0
        self._due: Timer | None = None

    def last(self) -> Remembered | None:
        """Return what was signed last. Raises Unreadable."""
        return self.keys.memory.read()

    def check_new(self, db: Database) -> None:
        """Refuse if the register was sealed before. Raises SignerLost."""
        if seals.newest(db):
            raise SignerLost(self.keys.path)

    def before(self, db: Database, newest: seals.KeptSeal | None, end: Tree) -> int:
        """Keep the seal that waits. Raises StaleRestore, Rewritten, Contradicted, SignerLost."""
        told, kept = self.last(), newest.number if newest else 0
        if newest and (told is None or self.keys.signer() is None):
            raise SignerLost(self.keys.path)
        if told:
            self._check(db, told, end)
            self._keep_vouched(db, told)
            if is_waiting(told, newest):
                seals.follow(db, newest, told.point.size, told.note)
                kept += 1
        return kept

    def _check(self, db: Database, told: Remembered, end: Tree) -> None:
        size, since = end[0], told.point.size
        if size < since:
            raise StaleRestore(since, size)
        if told is not self._checked:
            continued(db, told, end)
            self._checked = told

    def _keep_vouched(self, db: Database, told: Remembered) -> None:
        """Keep what witnesses cosigned lately, and refuse what no longer continues it."""
        vouched = self.keys.witnesses.vouched()
        if vouched is self._vouched and told.point.size >= self._vouched_size:
            return
        check_vouched(db, vouched)
        new = [each for each in vouched if cosignatures.newest_by(db, each.key) != each.note]
        for each in new:
            cosignatures.keep(db, each)
        if not new:  # what is added here may still be undone
            self._vouched = vouched
            self._vouched_size = max((each.point.size for each in vouched), default=0)

    def after(self, connect: Connect, grown: Grown) -> None:
        """Seal what was committed, now or at the end of the pause."""
        wait = self._sealed_at + PAUSE - monotonic()
        if wait <= 0:
            self._try(connect, grown)
        elif self._due is None or not self._due.is_alive():
            self._due = Timer(wait, self._late, (connect,))
            self._due.start()

    def finish(self, connect: Connect) -> None:
        """Seal what still waits for the end of the pause."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
            self._try(connect)

    def _late(self, connect: Connect) -> None:
        self._due = None  # before looking: whoever commits from here on asks for another seal
        self._try(connect)

    def _try(self, connect: Connect, grown: Grown | None = None) -> None:
        """Seal; what was recorded stays recorded even if that fails."""
        self._sealed_at = monotonic()
        try:
            if not (grown and self._follow(grown)):
                self.seal(connect())
            self.trouble = None
        except TROUBLES as trouble:
            self.trouble = trouble
            LOG.critical("recorded, but not sealed: %s", trouble)

    def _follow(self, grown: Grown) -> bool:
        """Sign what this thread has committed, if the last seal is still the one it continued.

        `before` compared that seal with the database, and nobody else wrote until the commit.
        """
        with self.keys.locked():
            signer, told = self.keys.signer(), self.last()
            if signer is None or told is None or told is not self._checked:
                return False
            if told.point.size < grown.tree[0]:
                self._sign(grown, (signer,))
            return True

    def seal(self, db: Database) -> Remembered | None:
        """Sign the database as it is, if somebody has not already; return the last seal.

        Raises StaleRestore, Rewritten and SignerLost.
        """
        if self.keys.signer() is None:
            return None
        with self.keys.locked():
            signer, told = self.keys.signer(), self.last()  # another key may have come meanwhile
            if signer is None:
                return None
            grown = continued(db, told)
            if told and told.point.size == grown[0]:
                return told
            return self._sign(self._kept(db, told, grown), (signer,))

    def rotate(self, db: Database) -> Signer:
        """Sign with a new key from now on; the old one's last seal names it.

        Raises Unsealed, StaleRestore, Rewritten and SignerLost.
        """
        with self.keys.locked():
            old, told = self.keys.signer(), self.last()
            if old is None:
                raise Unsealed(self.keys.path)
            new = generate(old.name)
            grown = self._kept(db, told, continued(db, told))
            self._sign(grown, (old, new), f"{NEXT}{new.verifier}")
            self.keys.replace(new)
        return new

    def _kept(self, db: Database, told: Remembered | None, tree: Tree) -> Grown:
        newest = seals.newest(db)
        if newest and told is None:  # what it would sign, nobody could compare
            raise SignerLost(self.keys.path)
        return Grown(tree, newest.number if newest else 0)

    def _sign(self, grown: Grown, signers: tuple[Signer, ...], *extensions: str) -> Remembered:
        """Sign and remember, under the folder's lock, what continues the seal read last."""
        size, edge = grown.tree
        point = Checkpoint(signers[0].name, size, merkle.root(edge), extensions)
        text = format_checkpoint(point)
        signed = f"{text}\n{''.join(str(note.line(text, key)) for key in signers)}".encode()
        made = Remembered(point, edge, grown.kept, signed)
        self.keys.memory.follow(made)
        return made


def is_waiting(told: Remembered, newest: seals.KeptSeal | None) -> bool:
    """Return whether a signed seal is not in the database yet."""
    if newest is None or told.point.size != newest.size:
        return newest is None or told.point.size > newest.size
    return told.note != newest.note


def continued(db: Database, told: Remembered | None, end: Tree | None = None) -> Tree:
    """Return the tree that the leaves since a seal lead to. Raises StaleRestore and Rewritten."""
    size, edge = end or head(db)
    if told is None:
        return size, edge
    since = told.point.size
    if size < since:
        raise StaleRestore(since, size)
    leaves = [row[0] for row in db.execute(LEAVES, (since, size))] if size > since else []
    grown = merkle.extend(since, told.edge, leaves)
    if merkle.root(told.edge) != told.point.root or grown != (size, edge):
        raise Rewritten(since)
    return grown


def check_published(
    path: Path, last: Remembered, db: Database, keys: Sequence[VerifierKey]
) -> None:
    """Refuse to publish over a log that the last seal does not continue.

    Raises StaleRestore, Rewritten and BadCheckpoint.
    """
    if not path.exists():
        return
    point, _ = note.open_checkpoint(path.read_bytes(), keys)
    if point.origin != last.point.origin:
        raise BadCheckpoint(f"{path} is of another log, {point.origin}")
    check_extends(point, last.point, db)


def check_extends(old: Checkpoint, new: Checkpoint, db: Database) -> None:
    """Refuse if the database cannot prove that one seal continues another.

    Raises StaleRestore and Rewritten.
    """
    if old.size > new.size:
        raise StaleRestore(old.size, new.size)
    proof = prove_consistency(subtrees(kept(db)), old.size, new.size)
    if not check_consistency(old.size, old.root, new.size, new.root, proof):
        raise Rewritten(old.size)


def check_against(
    where: str, point: Checkpoint, now: Checkpoint, db: Database, time: int | None = None
) -> None:
    """Refuse if the database does not continue what somebody keeps. Raises Contradicted."""
    try:
        check_extends(point, now, db)
    except (StaleRestore, Rewritten) as error:
        raise Contradicted(where, point, now.size, time) from error


def check_vouched(db: Database, vouched: Sequence[Vouched]) -> None:
    """Refuse if the database does not continue what witnesses have cosigned.

    Raises Contradicted, by the smallest such checkpoint.
    """
    size, edge = head(db)
    now = Checkpoint("", size, merkle.root(edge))
    for each in sorted(vouched, key=lambda each: each.point.size):
        check_against(f"witness {each.key.name}", each.point, now, db, each.time)
