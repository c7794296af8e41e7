"""The SQLite recorder: a file, WAL, and a lock in front of SQLite's own."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from events_store import seal
from events_store.connections import connect
from events_store.database import Database
from events_store.public_log import fill
from events_store.recorder import Head, Leaf, Projection, Recorder

SCHEMA: Final = (files("events_store") / "schema" / "sqlite.sql").read_text("utf-8")
SCHEMA_VERSION: Final = 6
# The tables that a later version added, and their columns.
LATER: Final = {
    "cosignature": (3, "number, size, witness, note"),
    "identity": (5, "id, owner, salt, content"),
    "enclosure": (6, "id, owner, content"),
}
LATER_INDEXES: Final = {"span_open": 5, "span_unit": 5}
OURS: Final = ("entries", "head", "vault", "enclosure", "identity", "checkpoint", "cosignature",
               "node", "command", "span", "span_past", "card")  # fmt: skip


ADDED: Final = "SELECT name FROM sqlite_master WHERE tbl_name = ?"


class SQLiteRecorder(Recorder):
    """Rows of one SQLite file."""

    failure = sqlite3.Error
    clash = sqlite3.IntegrityError

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        projections: Sequence[Projection] = (),
        leaf: Leaf = seal.leaf,
    ) -> None:
        """Open a file, or make it, with our tables in it."""
        super().__init__(path, clock, projections, leaf)
        self.path = path
        self._prepare()

    def _prepare(self) -> None:
        """Make our tables where they are missing; whoever only reads waits for nobody."""
        if self.db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            return
        with self.writing() as db:
            for statement in _statements(SCHEMA):
                db.execute(statement)
            fill(db, self.head[0])
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _connect(self) -> sqlite3.Connection:
        db = connect(str(self.path), cached_statements=256)
        if db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with holding(self.path):  # SQLite does not wait here: two that begin would collide
                db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MB: a hot page is copied back less
        db.execute("PRAGMA secure_delete = ON")  # an erased name is not left in a free page
        db.execute("PRAGMA mmap_size = 1073741824")
        db.execute("PRAGMA cache_size = -16384")
        return db

    @contextmanager
    def _transaction(self, seen: Head | None) -> Iterator[None]:
        """Hold the turn and one transaction.

        SQLite's own busy handler sleeps and starves, so writers queue before it: a lock among
        threads, then flock among processes.
        """
        with self.turn, holding(self.path):
            with self._between("BEGIN IMMEDIATE"):
                yield
            if self._local.scrub:
                self._scrub()

    def _scrub(self) -> None:
        """Write every page anew: a row moved to another page has left a copy in the old one.

        `secure_delete` overwrites a row where it is deleted, not where it has been before.
        """
        self._local.db.execute("VACUUM")
        self._local.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def misshapen(self) -> Iterator[tuple[str, str]]:
        """Yield broken pages, and tables, triggers and indexes that are not those of SCHEMA."""
        for (why,) in self.db.execute("PRAGMA integrity_check(3)"):
            if why != "ok":
                yield "integrity", why
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(SCHEMA)
            expected, found = _objects(fresh), _objects(self.db)
            for table in _lacking(self.db):
                for (name,) in fresh.execute(ADDED, (table,)):
                    expected.pop(name, None)
            for name in _unindexed(self.db, found):
                expected.pop(name)
        for name in sorted(expected.keys() | found.keys()):
            if expected.get(name) != found.get(name):
                yield "schema", name

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self._between("BEGIN"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        db: sqlite3.Connection = self._local.db
        db.execute(begin)
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk has undone it already
                db.execute("ROLLBACK")
            raise


class SQLiteReadingRecorder(SQLiteRecorder):
    """The same rows, through connections that SQLite opens for reading only."""

    def __init__(self, path: Path) -> None:
        """Open a file that is there already."""
        super().__init__(path, lambda: datetime.now(UTC))

    def _prepare(self) -> None:
        """Make nothing."""

    def _connect(self) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?mode=ro"
        db = connect(address, uri=True)
        db.execute("PRAGMA mmap_size = 1073741824")
        for table in _lacking(db):
            db.execute(f"CREATE TEMP TABLE {table} ({LATER[table][1]})")
        return db


def _lacking(db: Database) -> list[str]:
    """Return the tables that a file of an older schema does not have yet."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    sql = "SELECT 1 FROM main.sqlite_master WHERE name = ?"
    later = [table for table, (since, _) in LATER.items() if 1 < version < since]
    return [table for table in later if not db.execute(sql, (table,)).fetchone()]


def _unindexed(db: Database, found: Mapping[str, Any]) -> list[str]:
    """Return the indexes that a file of an older schema does not have yet."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    later = (name for name, since in LATER_INDEXES.items() if version < since)
    return [name for name in later if name not in found]


def _objects(db: Database) -> dict[str, Any]:
    marks = ", ".join("?" * len(OURS))
    # Triggers on whatever table, for they can write to ours.
    where = f"(tbl_name IN ({marks}) OR type = 'trigger') AND sql IS NOT NULL"
    return dict(db.execute(f"SELECT name, sql FROM sqlite_master WHERE {where}", OURS).fetchall())


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the turn of whoever writes to a file, among processes."""
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o660)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
