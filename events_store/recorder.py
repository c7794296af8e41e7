"""The SQLite recorder: one writer at a time, one transaction for an entry and all derived rows."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Protocol

from eventsourcing.persistence import ApplicationRecorder, IntegrityError, StoredEvent

from domain.entry import micros
from domain.faults import Conflict
from events_store import merkle, seal
from events_store.codec import StoredEntry
from events_store.connections import connect

SCHEMA: Final = (files("events_store") / "schema" / "sqlite.sql").read_text("utf-8")
SCHEMA_VERSION: Final = 2
COLUMNS: Final = "position, subject, version, recorded_at, name, body"

Row = tuple[int, str, int, int, str, bytes]
Leaf = Callable[[int, int, int, str, str, bytes, bytes], bytes]


class Projection(Protocol):
    """Derived rows that are written in the entries' own transaction."""

    @property
    def tables(self) -> Sequence[str]:
        """Return the tables that hold what is derived."""

    def project(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        """Bring the derived tables up to date with new rows."""


class SQLiteRecorder(ApplicationRecorder):
    """Rows of one SQLite file, in the library's terms. Notification ids are positions + 1."""

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        projections: Sequence[Projection] = (),
        leaf: Leaf = seal.leaf,
    ) -> None:
        """Open a file, or make it, with our tables in it."""
        self.path, self.clock, self.projections, self.leaf = path, clock, projections, leaf
        self._local = threading.local()
        self._turn = threading.RLock()
        self._prepare()

    def _prepare(self) -> None:
        """Make our tables where they are missing; whoever only reads waits for nobody."""
        if self.db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            return
        with self.writing() as db:
            for statement in _statements(SCHEMA):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @property
    def db(self) -> sqlite3.Connection:
        """Return this thread's own connection; none is ever carried across a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            self._local.db, self._local.pid, self._local.depth = self._connect(), os.getpid(), 0
        connection: sqlite3.Connection = self._local.db
        return connection

    def _connect(self) -> sqlite3.Connection:
        db = connect(str(self.path), cached_statements=256)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MB: a hot page is copied back less
        db.execute("PRAGMA secure_delete = ON")  # an erased name is not left in a free page
        db.execute("PRAGMA mmap_size = 1073741824")
        db.execute("PRAGMA cache_size = -16384")
        return db

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the writer's turn and one transaction; inside another, join it.

        A failure inside undoes the whole, even if somebody catches it on the way out.
        SQLite's own busy handler sleeps and starves, so writers queue before it: a lock among
        threads, then flock among processes.
        """
        db = self.db
        if self._local.depth:
            try:
                yield db
            except BaseException as failure:
                self._local.failure = failure
                raise
            return
        with self._turn, _flock(self.path.with_name(self.path.name + ".lock")):
            db.execute("BEGIN IMMEDIATE")
            self._local.depth, self._local.failure = 1, None
            try:
                yield db
                if self._local.failure is not None:
                    raise self._local.failure
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has undone it already
                    db.execute("ROLLBACK")
                raise
            finally:
                self._local.depth = 0

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        expected: Mapping[str, int] | None = None,
        **kwargs: Any,
    ) -> list[int]:
        """Store rows durably and return their notification ids. Raises IntegrityError.

        `expected` names subjects that were relied on, with the versions they were read at.
        """
        if not stored_events:
            return []
        try:
            with self.writing() as db:
                self._check(db, expected or {})
                rows = self._insert(db, stored_events)
                for projection in self.projections:
                    projection.project(db, rows)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(str(error)) from error
        return [row[0] + 1 for row in rows]

    def _check(self, db: sqlite3.Connection, expected: Mapping[str, int]) -> None:
        for subject, version in expected.items():
            if _version(db, subject) != version:
                raise Conflict(subject)

    def _insert(self, db: sqlite3.Connection, stored: Sequence[StoredEvent]) -> list[Row]:
        size, edge, last = db.execute("SELECT size, edge, recorded_at FROM head").fetchone()
        now = max(micros(self.clock()), last)
        blinds = secrets.token_bytes(16 * len(stored))
        rows: list[Row] = []
        sealed = []
        for at, event in enumerate(stored):
            subject, version = str(event.originator_id), event.originator_version
            row = (size + at, subject, version, now, event.topic, event.state)
            blind = blinds[16 * at : 16 * at + 16]
            leaf = self.leaf(size + at, version, now, subject, event.topic, event.state, blind)
            rows.append(row)
            sealed.append((*row, blind, leaf))
        db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sealed)
        size, edge = merkle.extend(size, edge, (row[-1] for row in sealed))
        db.execute("UPDATE head SET size = ?, edge = ?, recorded_at = ?", (size, edge, now))
        return rows

    def select_events(
        self,
        originator_id: Any,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEntry]:
        """Return a subject's rows, in the order of their versions."""
        where, values = "subject = ?", list[Any]([str(originator_id)])
        for condition, bound in (("version > ?", gt), ("version <= ?", lte)):
            if bound is not None:
                where, values = f"{where} AND {condition}", [*values, bound]
        order = "DESC" if desc else "ASC"
        return self._select(f"{where} ORDER BY version {order} LIMIT ?", [*values, _no(limit)])

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[StoredEntry]:
        """Return rows in the order recorded, from one notification id to another."""
        first = (start or 0) - 1 if inclusive_of_start else (start or 0)
        where, values = "position >= ?", list[Any]([max(first, 0)])
        if stop is not None:
            where, values = f"{where} AND position < ?", [*values, stop]
        if topics:
            marks = ", ".join("?" * len(topics))
            where, values = f"{where} AND name IN ({marks})", [*values, *topics]
        return self._select(f"{where} ORDER BY position LIMIT ?", [*values, limit])

    def _select(self, where: str, values: Sequence[Any]) -> list[StoredEntry]:
        found = self.db.execute(f"SELECT {COLUMNS} FROM entries WHERE {where}", values)
        return [StoredEntry(s, v, name, body, p + 1, at) for p, s, v, at, name, body in found]

    def rows(self, start: int = 0, stop: int | None = None, page: int = 5000) -> Iterator[Row]:
        """Yield rows in the order recorded, a page at a time."""
        sql = f"SELECT {COLUMNS} FROM entries WHERE position >= ? AND position < ? LIMIT ?"
        end = _no(stop) if stop is None else stop
        end = 2**62 if end < 0 else end
        while found := self.db.execute(sql, (start, end, page)).fetchall():
            yield from found
            start = found[-1][0] + 1

    def version(self, subject: str) -> int:
        """Return how many rows a subject has."""
        return _version(self.db, subject)

    def max_notification_id(self) -> int | None:
        """Return the last notification id, or None in an empty log."""
        size = self.db.execute("SELECT size FROM head").fetchone()[0]
        return size or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Any:
        """Refuse: SQLite wakes nobody. Derived rows are written with the entries instead."""
        raise NotImplementedError("SQLite has no subscriptions")

    def close(self) -> None:
        """Close this thread's connection."""
        self.db.close()
        self._local.pid = None


class ReadingRecorder(SQLiteRecorder):
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
        return db


def _version(db: sqlite3.Connection, subject: str) -> int:
    sql = "SELECT max(version) FROM entries WHERE subject = ?"
    return db.execute(sql, (subject,)).fetchone()[0] or 0


def _no(limit: int | None) -> int:
    return -1 if limit is None else limit


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextlib.contextmanager
def _flock(path: Path) -> Iterator[None]:
    lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o660)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
