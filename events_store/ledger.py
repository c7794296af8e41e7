"""The ledger: the library's EventStore with our mapper and recorder, and ways to read it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from itertools import starmap
from pathlib import Path
from threading import local
from typing import Any, Final, TypeVar, TypeVarTuple

from eventsourcing.persistence import EventStore, IntegrityError

from domain.entry import Entry, micros
from domain.events import Event
from domain.faults import Conflict
from domain.subjects import Reading
from domain.values import CandidateKind, Guarded, Sealed, Secret
from events_store import cards, exemplars, merkle, moment, queues, sealing, seals, vault
from events_store.answered import Answered
from events_store.cards import Cards
from events_store.codec import EntryMapper, decode
from events_store.database import Address, Database, named
from events_store.figures.remembered import Remembered
from events_store.moment import Moment, recall
from events_store.names import NAME_OF
from events_store.public_log import Nodes
from events_store.recorder import COLUMNS, Projection, Recorder
from events_store.spans import KIND_NUMBER, Spans, origin
from events_store.sqlite import SQLiteReadingRecorder, SQLiteRecorder

T = TypeVar("T")
Asked = TypeVarTuple("Asked")
SETTLED: Final = 500  # answers about the whole log that are remembered


class Reader:
    """Every way to read a register, and none to change it: its connections cannot write."""

    def __init__(self, address: Address) -> None:
        """Open the register in a file, or at the URL of a PostgreSQL database."""
        self._join(reading(address))

    def _join(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._own = local()
        self._settled = lru_cache(SETTLED)(lambda size, ask, asked: ask(self.db, *asked))
        self.figures, self.renown = Remembered(lambda: self.db, self.size), exemplars.Renown()
        self.store: EventStore[str] = EventStore(EntryMapper(), recorder)

    @property
    def db(self) -> Database:
        """Return this thread's connection, for reading."""
        return self.recorder.db

    def prepare(self) -> None:
        """Gather what takes seconds, before anybody asks."""
        self.figures.prepare()
        self.renown.follow(self.db, self.size())

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries in the order recorded."""
        return self._told("subject = ? ORDER BY version", (subject,))

    def all(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """Yield all entries in the order recorded."""
        return starmap(decode, self.recorder.rows(start, stop))

    def entries_of(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of several subjects, in one question."""
        found: dict[str, list[Entry]] = {subject: [] for subject in subjects}
        where = f"subject IN ({', '.join('?' * len(found))}) ORDER BY subject, version"
        for entry in self._told(where, list(found)) if found else ():
            found[entry.subject].append(entry)
        return found

    def entries_of_kinds(
        self, subjects: Sequence[str], kinds: Collection[type[Event]]
    ) -> dict[str, list[Entry]]:
        """Return the entries of some kinds of several subjects.

        For going through thousands: nothing is remembered in place of what is asked often.
        """
        found: dict[str, list[Entry]] = {subject: [] for subject in subjects}
        names = ", ".join(f"'{NAME_OF[kind]}'" for kind in kinds)
        # An expression, so that the planner goes by subjects and not by names.
        sql = f"SELECT {COLUMNS} FROM entries WHERE name || '' IN ({names}) AND subject IN"
        for row in named(self.db, sql, subjects, " ORDER BY subject, version"):
            found[row[1]].append(decode(*row))
        return found

    def at(self, positions: Sequence[int]) -> list[Entry]:
        """Return the entries at some positions, in one question."""
        marks = ", ".join("?" * len(positions)) or "NULL"
        return self._told(f"position IN ({marks}) ORDER BY position", positions)

    def of_kind(self, kind: str, start: int = 0) -> list[Entry]:
        """Return the entries of all subjects of a kind from a position on."""
        # ';' follows ':', so this is a range of the (subject, version) index.
        # The plus signs keep the planner from walking all positions instead.
        sql = "subject > ? AND subject < ? AND +position >= ? ORDER BY +position"
        return self._told(sql, (f"{kind}:", f"{kind};", start))

    def look(self, subject: str, command_id: str, kinds: Sequence[str], since: int) -> Moment:
        """Return what the log tells a command, in one question."""
        found = moment.look(self.db, subject, command_id, kinds, since)
        self._seen(found.size)
        return found

    def candidates(self, unit: str, kind: CandidateKind) -> list[str]:
        """Return the candidates of a kind that a unit has."""
        return exemplars.candidates(self.db, unit, kind)

    def acclaimed(
        self, unit: str, kind: CandidateKind, year: int, on: date, known: int | None = None
    ) -> dict[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""
        ask, asked = self.renown.acclaimed, (unit, kind)
        if self.recorder.is_writing:
            return exemplars.rated(exemplars.acclaimed(self.db, *asked), year, on, known)
        found = self._settled(exemplars.newest(self.db), ask, asked)
        return exemplars.rated(found, year, on, known)

    def ever(self, units: Collection[str], kind: CandidateKind) -> list[str]:
        """Return the candidates of a kind that any of these units has or has had."""
        values = KIND_NUMBER[kind], *(origin(self.db, unit) for unit in units)
        sql = (
            "SELECT DISTINCT e.position, e.subject FROM span AS s JOIN entries AS e"
            " ON e.position = s.candidate WHERE s.kind = ?"
            f" AND s.unit IN ({', '.join('?' * len(units)) or 'NULL'}) ORDER BY e.position"
        )
        return [row[1] for row in self.db.execute(sql, values)]

    def candidacies(self, person: str) -> tuple[str, ...]:
        """Return the candidates that a person is or was."""
        return cards.candidacies(self.db, person)

    def waiting(
        self, units: Sequence[str] = (), before: date = date.max, limit: int = 100
    ) -> list[queues.Waiting]:
        """Return open candidates, of these units if any, longest in their state first."""
        return self.settled(queues.waiting, tuple(units), before, limit)

    def touched(self, units: Sequence[str] = (), limit: int = 100) -> list[queues.Waiting]:
        """Return open candidates, of these units if any, that the latest entries are about."""
        return self.settled(queues.touched, tuple(units), limit)

    def silent(self, since: date) -> dict[str, date | None]:
        """Return units without a change of stage after a day, and the day of their last."""
        return self.settled(queues.silent, since)

    def unnotified(self, since: date) -> list[tuple[str, str, date]]:
        """Return candidates declined from a day on of which no unit was told, unit and day."""
        return self.settled(queues.unnotified, since)

    def pending(self, begun: type[Event], ended: type[Event], since: int = 0) -> list[str]:
        """Return subjects about which one thing was recorded, and not the other after it."""
        return self.settled(queues.pending, begun, ended, since)

    def answered(self, command_id: str) -> list[Entry]:
        """Return what a command has recorded before, if anything."""
        sql = "SELECT position, position + count FROM command WHERE command_id = ?"
        found = self.db.execute(sql, (command_id,)).fetchone()
        return list(self.all(*found)) if found else []

    def version(self, subject: str) -> int:
        """Return how many entries a subject has."""
        return self.recorder.version(subject)

    def versions(self, subjects: Sequence[str]) -> dict[str, int]:
        """Return how many entries each of several subjects has, in one question."""
        marks = ", ".join("?" * len(subjects)) or "NULL"
        sql = f"SELECT subject, max(version) FROM entries WHERE subject IN ({marks})"
        return dict(self.db.execute(f"{sql} GROUP BY subject", list(subjects)).fetchall())

    def size(self) -> int:
        """Return how many entries there are."""
        seen: int | None = getattr(self._own, "size", None)
        if seen is None or self.recorder.is_writing:
            return self._seen(self.recorder.max_notification_id() or 0)
        return seen

    @contextmanager
    def still(self) -> Iterator[None]:
        """Find the log as long as at this thread's latest look, until it records something."""
        self._own.size = None
        try:
            yield
        finally:
            vars(self._own).pop("size", None)

    def _seen(self, size: int) -> int:
        if hasattr(self._own, "size") and not self.recorder.is_writing:
            self._own.size = size
        return size

    def root(self) -> str:
        """Return the Merkle root over all leaves, in base64."""
        edge = self.db.execute("SELECT edge FROM head").fetchone()[0]
        return base64.b64encode(merkle.root(edge)).decode()

    def settled(self, ask: Callable[[Database, *Asked], T], *asked: *Asked) -> T:
        """Return what a question about the whole log answers, asked once until the log grows.

        Inside a transaction nothing is kept: it may yet be undone.
        """
        if self.recorder.is_writing:
            return ask(self.db, *asked)
        answer: T = self._settled(self.size(), ask, asked)
        return answer

    def position_at(self, instant: datetime) -> int:
        """Return how many entries were recorded by an instant, by binary search."""
        low, high, at = 0, self.size(), micros(instant)
        sql = "SELECT recorded_at FROM entries WHERE position = ?"
        while low < high:
            middle = (low + high) // 2
            if self.db.execute(sql, (middle,)).fetchone()[0] <= at:
                low = middle + 1
            else:
                high = middle
        return low

    def secrets(self, sealed: Iterable[Sealed]) -> dict[str, vault.Content]:
        """Return the content behind each seal, by its id. Raises Tampered."""
        return vault.open_all(self.db, sealed)

    def _told(self, where: str, values: Sequence[Any]) -> list[Entry]:
        # What the store's `get` does, without an object in between for every row.
        found = self.db.execute(f"SELECT {COLUMNS} FROM entries WHERE {where}", values)
        return [recall(*row) for row in found]


class Ledger(Reader):
    """The pen: a reader that also records. Only `workflow.register.Register` holds one."""

    def __init__(
        self, address: Address, clock: Callable[[], datetime], watch: sealing.Watch | None = None
    ) -> None:
        """Open the register at an address; in a file, begin a new one."""
        self.projections, self._watch = (Answered(), Spans(), Cards(), Nodes()), watch
        self._join(recording(address, clock, self.projections))

    @property
    def turn(self) -> AbstractContextManager[None]:
        """Hold the other threads of this process: one can write, and all want its processor."""
        return self.recorder.turn

    @property
    def within(self) -> object | None:
        """Return the transaction that this thread is inside of, if any."""
        return self.recorder.within

    def reader(self) -> Reader:
        """Return a reader of the same register, to hand to pages."""
        found = Reader(self.recorder.address)
        found.renown, found._own = self.renown, self._own
        return found

    @contextmanager
    def transaction(self, seen: Moment | None = None) -> Iterator[Database]:
        """Make all appends inside one transaction; what it committed is sealed after.

        Whoever has looked a moment ago says so, and is not kept waiting if nobody wrote since.
        Raises Conflict.
        """
        watch = None if self.recorder.is_writing else self._watch
        with self.recorder.writing(seen.head if seen else None) as db:
            if watch:
                still = seen is not None and self.stands(seen)
                newest = seen.newest if seen and still else seals.newest(db)
                try:
                    kept = watch.before(db, newest, self.recorder.head[:2])
                except sealing.StaleRestore as stale:
                    if seen is None or self.recorder.ended() == seen.head:
                        raise
                    raise Conflict("head") from stale  # somebody wrote and sealed meanwhile
                except self.recorder.clash as error:  # a seal was kept, and no entry, since then
                    raise Conflict("checkpoint") from error
            yield db
            grown = self.recorder.head[:2] if watch else None
        if hasattr(self._own, "size"):
            self._own.size = None
        if watch and grown:
            watch.after(lambda: self.db, sealing.Grown(grown, kept))

    def stands(self, seen: Moment) -> bool:
        """Return, inside a transaction, whether nobody has written since a moment."""
        return self.recorder.head == seen.head

    def append(
        self,
        entries: Sequence[Entry],
        secrets: Sequence[Secret] = (),
        reading: Reading | None = None,
    ) -> list[Entry]:
        """Record entries with their secrets in one transaction, durably. Raises Conflict."""
        try:
            with self.transaction() as db:
                vault.keep(db, secrets)
                recordings = self.store.put(entries, reading=reading)  # type: ignore[arg-type]
                at = self.recorder.head[2]
        except IntegrityError as error:
            raise Conflict(entries[0].subject) from error
        numbered = zip(entries, recordings, strict=True)
        return [Entry(*e[:-2], r.notification.id - 1, at) for e, r in numbered]

    def identity(self, seal: Guarded) -> vault.Content | None:
        """Return the identity behind a seal, for whoever was let to open it. Raises Tampered."""
        return vault.identity(self.db, seal)

    def enclosure(self, seal: Sealed) -> tuple[vault.Content, bytes] | None:
        """Return a file with its description, for whoever was let to open it. Raises Tampered."""
        return vault.enclosure(self.db, seal)

    def erase(self, owner: str) -> None:
        """Delete what the vault holds of an owner, and every card made of it."""
        with self.transaction() as db:
            self.recorder.scrub()
            vault.erase(db, owner)
            for projection in self.projections:
                if isinstance(projection, Cards):
                    projection.forget(db, owner)

    def rebuild(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Make every derived table anew from the entries; return how many entries there are."""
        with self.transaction() as db:
            for table in (t for p in self.projections for t in p.tables):
                db.execute(f"DELETE FROM {table}")
            batch: list[Any] = []
            done = 0
            for row in self.recorder.rows():
                batch.append(row)
                if len(batch) == 2000:
                    done += self._project(db, batch)
                    progress(done)
                    batch = []
            return done + self._project(db, batch)

    def _project(self, db: Database, rows: Sequence[Any]) -> int:
        for projection in self.projections:
            projection.project(db, rows)
        return len(rows)


def recording(
    address: Address, clock: Callable[[], datetime], projections: Sequence[Projection]
) -> Recorder:
    """Return the recorder for an address."""
    if isinstance(address, Path):
        return SQLiteRecorder(address, clock, projections)
    found: Recorder = _postgresql().PostgreSQLRecorder(address, clock, projections)
    return found


def reading(address: Address) -> Recorder:
    """Return the recorder for an address through whose connections nothing can be written."""
    if isinstance(address, Path):
        return SQLiteReadingRecorder(address)
    found: Recorder = _postgresql().PostgreSQLReadingRecorder(address)
    return found


def _postgresql() -> Any:
    # By name: psycopg is there only where PostgreSQL is used.
    return import_module("events_store.postgresql")
