"""A sealed register to attack, and what its attacker and its auditor can do."""

from __future__ import annotations

import shutil
import sqlite3
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import postgres
from department import Clock

from events_store import merkle, note, seal, seals
from events_store.audit import audit
from events_store.checkpoint import Checkpoint, format_checkpoint
from events_store.database import Address, Database
from events_store.key_folder import KeyFolder
from events_store.keys import Kind, Signer
from events_store.ledger import Ledger
from events_store.memory import Remembered
from events_store.public_log import head, over
from events_store.report import Report
from events_store.session import PostgreSQL
from events_store.shape import SHAPE
from events_store.sqlite import SCHEMA
from events_store.testimony import Outside

ORIGIN = "so-dien-hinh/thu"
STRANGER = Signer(ORIGIN, Kind.ED25519, bytes([7] * 32))
ADDED = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Victim:
    """A register, the folder of its keys, older copies of both, and a seal kept elsewhere."""

    folder: Path
    database: ClassVar[str]

    @property
    def keys(self) -> KeyFolder:
        """Return where the signing key lies."""
        return KeyFolder(self.folder / "keys")

    @property
    def elsewhere(self) -> tuple[str, bytes]:
        """Return the seal that was taken out of the house."""
        path = self.folder / "seal.txt"
        return path.name, path.read_bytes()

    @property
    @abstractmethod
    def address(self) -> Address:
        """Return where the register is kept."""

    @abstractmethod
    def opened(self) -> AbstractContextManager[Database]:
        """Yield a connection that may do whatever the database lets its owner do."""

    @abstractmethod
    def touched(self) -> AbstractContextManager[Database]:
        """Yield the same with no trigger in the way; they are put back after."""

    @abstractmethod
    def copied(self, folder: Path) -> AbstractContextManager[Victim]:
        """Yield a register of its own to attack."""

    @abstractmethod
    def keep(self) -> None:
        """Keep a copy of the database as it is now."""

    @abstractmethod
    def roll_back(self) -> None:
        """Put the kept copy in the place of the database."""

    def smooth(self) -> None:
        """Make everything that the database derives agree with its rows: leaves, tree, tables."""
        with self.touched() as db:
            rows = list(_sealed_again(_numbered_again(rows_of(db))))
            db.execute("DELETE FROM entries")
            db.executemany(ADDED, rows)
            size, edge = merkle.extend(0, b"", [row[7] for row in rows])
            told = size, edge, rows[-1][3]
            db.execute("UPDATE head SET size = ?, edge = ?, recorded_at = ?", told)
            _forget_uncited(db, b"".join(row[5] for row in rows))
        ledger = Ledger(self.address, Clock())
        ledger.rebuild()
        ledger.recorder.close()

    def without_seals(self, beyond: int = 0) -> None:
        """Delete the seals over more entries than some."""
        with self.touched() as db:
            db.execute("DELETE FROM checkpoint WHERE size > ?", (beyond,))

    def seal_again(self, signer: Signer | None = None, beyond: int = 0) -> None:
        """Sign the kept seals over more entries than some anew, over the tree as it is now."""
        with self.touched() as db:
            leaves = [row[7] for row in rows_of(db)]
            notes = {}
            for kept in seals.everything(db):
                size = min(kept.size, len(leaves))
                signed = self._signed(size, over(leaves[:size]), signer)
                notes[size] = signed if kept.size > beyond else kept.note
            db.execute("DELETE FROM checkpoint")
            rows = [(number, *told) for number, told in enumerate(notes.items(), start=1)]
            db.executemany("INSERT INTO checkpoint VALUES (?, ?, ?)", rows)

    def _signed(self, size: int, root: bytes, signer: Signer | None = None) -> bytes:
        by = signer or self.keys.signer()
        assert by
        return note.sign(format_checkpoint(Checkpoint(ORIGIN, size, root)), [by])

    def forget(self) -> None:
        """Let the signer remember the database as it is now, as if it had always been so."""
        with self.opened() as db:
            size, edge = head(db)
            last = seals.newest(db)
        assert last
        root = merkle.root(edge)
        told = Checkpoint(ORIGIN, size, root), edge, last.number - (last.size == size)
        self.keys.memory.path.unlink()
        self.keys.memory.write(Remembered(*told, self._signed(size, root)))

    def audited(self, *, memory: bool = False, against: bool = False) -> Report:
        """Return what an auditor finds who knows the key, and more if said."""
        keys = self.keys
        told = keys.memory if memory else None
        elsewhere = [self.elsewhere] if against else []
        return audit(self.address, Outside(keys.verifiers(), told, elsewhere))


@dataclass(frozen=True)
class OnSQLite(Victim):
    """A victim whose register is a file."""

    database = "sqlite"

    @property
    def address(self) -> Path:
        return self.folder / "exemplar.db"

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.address)) as db:
            yield db
            db.commit()

    @contextmanager
    def touched(self) -> Iterator[sqlite3.Connection]:
        with self.opened() as db:
            told = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in told.fetchall():
                db.execute(f"DROP TRIGGER {name}")
            yield db
            db.commit()
            db.executescript(SCHEMA)

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Victim]:
        # Whoever reads it makes and drops that file; it holds nothing of its own.
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
        try:
            yield OnSQLite(folder)
        finally:
            shutil.rmtree(folder)

    def keep(self) -> None:
        with self.opened() as db, closing(sqlite3.connect(self.folder / "old.db")) as copy:
            db.backup(copy)

    def roll_back(self) -> None:
        for ending in ("-wal", "-shm"):
            self.address.with_name(f"{self.address.name}{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / "old.db", self.address)


@dataclass(frozen=True)
class OnPostgreSQL(Victim):
    """A victim whose register is a PostgreSQL database; `old` is another, its older copy."""

    url: str
    old: str
    database = "postgresql"

    @property
    def address(self) -> str:
        return self.url

    @contextmanager
    def opened(self) -> Iterator[PostgreSQL]:
        with closing(PostgreSQL(postgres.as_owner(self.url))) as db:
            yield db

    @contextmanager
    def almighty(self) -> Iterator[PostgreSQL]:
        """Yield a connection in the name of the server's superuser."""
        with closing(PostgreSQL(postgres.as_superuser(self.url))) as db:
            yield db

    @contextmanager
    def touched(self) -> Iterator[PostgreSQL]:
        with self.opened() as db:
            db.connection.execute(
                "".join(f"ALTER TABLE {t} DISABLE TRIGGER USER;" for t in GUARDED)
            )
            yield db
            db.connection.execute("".join(GUARDED.values()))

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Victim]:
        shutil.copytree(self.folder, folder)
        try:
            with postgres.database(like=self.url) as url:
                yield OnPostgreSQL(folder, url, self.old)
        finally:
            shutil.rmtree(folder)

    def keep(self) -> None:
        postgres.put_back(self.old, self.url)

    def roll_back(self) -> None:
        postgres.put_back(self.url, self.old)


GUARDED = {
    table: "".join(
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {line.split(' ')[1]};"
        for line in SHAPE.splitlines()
        if line.startswith("trigger ") and f" ON {table} " in line
    )
    for table in ("entries", "checkpoint")
}
Rows = list[tuple[Any, ...]]


def rows_of(db: Database, where: str = "true") -> Rows:
    """Return whole rows in the order recorded."""
    return db.execute(f"SELECT * FROM entries WHERE {where} ORDER BY position").fetchall()


def _numbered_again(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """Leave no gap between positions or versions, and no time before another."""
    versions: dict[str, int] = {}
    last = 0
    for at, row in enumerate(rows):
        versions[row[1]] = versions.get(row[1], 0) + 1
        last = max(last, row[3])
        yield at, row[1], versions[row[1]], last, *row[4:]


def _sealed_again(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Compute every leaf anew."""
    for position, subject, version, at, name, body, blind, _ in rows:
        leaf = seal.leaf(position, version, at, subject, name, body, blind)
        yield position, subject, version, at, name, body, blind, leaf


def _forget_uncited(db: Database, bodies: bytes) -> None:
    for (id,) in db.execute("SELECT id FROM vault").fetchall():
        if msgspec.json.encode(id) not in bodies:
            db.execute("DELETE FROM vault WHERE id = ?", (id,))
