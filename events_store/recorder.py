"""The recorder: one writer at a time, one transaction for an entry and all derived rows."""

from __future__ import annotations

import os
import secrets
import threading
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol

from eventsourcing.persistence import ApplicationRecorder, IntegrityError, StoredEvent

from domain.entry import micros
from domain.faults import Conflict
from domain.subjects import Reading
from events_store import merkle, seal
from events_store.codec import StoredEntry
from events_store.database import NO_LIMIT, Address, Database
from events_store.turn import Turn

COLUMNS: Final = "position, subject, version, recorded_at, name, body"

HEAD: Final = "SELECT size, edge, recorded_at FROM head"
GROW: Final = "UPDATE head SET size = ?, edge = ?, recorded_at = ?"

Head = tuple[int, bytes, int]
Row = tuple[int, str, int, int, str, bytes]
Leaf = Callable[[int, int, int, str, str, bytes, bytes], bytes]


class Projection(Protocol):
    """Derived rows that are written in the entries' own transaction."""

    @property
    def tables(self) -> Sequence[str]:
        """Return the tables that hold what is derived."""

    def project(self, db: Database, rows: Sequence[Row]) -> None:
        """Bring the derived tables up to date with new rows."""


class Recorder(ApplicationRecorder):
    """Rows of one database, in the library's terms. Notification ids are positions + 1."""

    failure: ClassVar[type[Exception]]  # what the database raises
    clash: ClassVar[type[Exception]]  # what it raises when a place is taken

    def __init__(
        self,
        address: Address,
        clock: Callable[[], datetime],
        projections: Sequence[Projection] = (),
        leaf: Leaf = seal.leaf,
    ) -> None:
        """Name the database, the clock, and what is written with each entry."""
        self.address, self.clock, self.projections, self.leaf = address, clock, projections, leaf
        self._local = threading.local()
        self.turn = Turn()

    @property
    def db(self) -> Database:
        """Return this thread's own connection; none is ever carried across a fork."""
        if getattr(self._local, "pid", None) != os.getpid():
            self._local.db, self._local.pid, self._local.depth = self._connect(), os.getpid(), 0
        connection: Database = self._local.db
        return connection

    @property
    def is_writing(self) -> bool:
        """Return whether this thread is inside a transaction of its own."""
        return getattr(self._local, "pid", None) == os.getpid() and self._local.depth > 0

    @property
    def within(self) -> object | None:
        """Return the transaction that this thread is inside of, if any."""
        return self._local.within if self.is_writing else None

    @abstractmethod
    def _connect(self) -> Database:
        """Return a connection for this thread."""

    @abstractmethod
    def _transaction(self, seen: Head | None) -> AbstractContextManager[None]:
        """Hold the writer's turn and one transaction on this thread's connection.

        If the end of the log was `seen` a moment ago, the turn may be left for the end; a log
        that has grown by then raises Conflict.
        """

    @abstractmethod
    def _snapshot(self) -> AbstractContextManager[None]:
        """Hold one transaction that only reads, in which nothing moves."""

    @abstractmethod
    def misshapen(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the database itself: "integrity" or "schema", and what."""

    @contextmanager
    def writing(self, seen: Head | None = None) -> Iterator[Database]:
        """Hold the writer's turn and one transaction; inside another, join it.

        A failure inside undoes the whole, even if somebody catches it on the way out.
        """
        db = self.db
        if self._local.depth:
            try:
                yield db
            except BaseException as failure:
                self._local.failure = failure
                raise
            return
        self._local.head, self._local.scrub, self._local.within = None, False, object()
        with self._transaction(seen):
            self._local.depth, self._local.failure = 1, None
            try:
                yield db
                if self._local.failure is not None:
                    raise self._local.failure
            finally:
                self._local.depth = 0

    def scrub(self) -> None:
        """Leave no copy, where it can be helped, of what this transaction deletes."""
        self._local.scrub = True

    def ended(self) -> Head:
        """Return where the log ends as the database says now, whatever was seen before."""
        found: Head = tuple(self.db.execute(HEAD).fetchone())
        return found

    @property
    def head(self) -> Head:
        """Return where the log ends, inside a transaction: read once, for nobody else writes."""
        if self._local.head is None:
            self._local.head = self.ended()
        found: Head = self._local.head
        return found

    @contextmanager
    def still(self) -> Iterator[Database]:
        """Hold one moment: what is read inside fits together, whoever writes."""
        db = self.db
        with nullcontext() if self._local.depth else self._snapshot():
            yield db

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        reading: Reading | None = None,
        **kwargs: Any,
    ) -> list[int]:
        """Store rows durably and return their notification ids. Raises IntegrityError.

        `reading` is what the decision behind them rests on. Raises Conflict if that has moved.
        """
        if not stored_events:
            return []
        try:
            with self.writing() as db:
                _check(db, reading)
                rows = self._insert(db, stored_events)
                for projection in self.projections:
                    projection.project(db, rows)
        except self.clash as error:
            raise IntegrityError(str(error)) from error
        return [row[0] + 1 for row in rows]

    def _insert(self, db: Database, stored: Sequence[StoredEvent]) -> list[Row]:
        size, edge, last = self.head
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
        self._local.head = size, edge, now
        db.execute(GROW, (size, edge, now))
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
        return self._select(f"{where} ORDER BY version {order} LIMIT ?", [*values, _bound(limit)])

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
        where = "position >= ? AND position < ? ORDER BY position LIMIT ?"
        sql, end = f"SELECT {COLUMNS} FROM entries WHERE {where}", _bound(stop)
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
        """Refuse: nobody is woken. Derived rows are written with the entries instead."""
        raise NotImplementedError("there are no subscriptions")

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "pid", None) == os.getpid():
            self._local.db.close()
            self._local.pid = None


def _check(db: Database, reading: Reading | None) -> None:
    if reading is None:
        return
    sql = "SELECT subject FROM entries WHERE position >= ?"
    for (subject,) in db.execute(sql, (reading.size,)):
        if reading.outdated_by(subject):
            raise Conflict(subject)


def _version(db: Database, subject: str) -> int:
    sql = "SELECT max(version) FROM entries WHERE subject = ?"
    return db.execute(sql, (subject,)).fetchone()[0] or 0


def _bound(limit: int | None) -> int:
    return NO_LIMIT if limit is None else limit
