"""The bitemporal index: who was in which state, by effective day and by position.

Every change of belief is written as a difference: a segment that merely ended is shortened in
place (its row is L-shaped), one that is no longer believed moves to `span_past`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, cast, get_args

from domain.candidate import Standing, stand
from domain.candidate_events import CandidateDiscovered, StandingEvent
from domain.corrections import Correction
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import CandidateKind, Outcome, PriorityGroup, Stage
from events_store.codec import NAME_OF, decode
from events_store.recorder import COLUMNS, Row

OPEN: Final = 2_000_000_000  # a day after all days
NEVER: Final = 2**62  # a position after all positions
STATES: Final = (*Stage, *Outcome)
STATE_NUMBER: Final = {state: at for at, state in enumerate(STATES)}
KINDS: Final = tuple(CandidateKind)
KIND_NUMBER: Final = {kind: at for at, kind in enumerate(KINDS)}
GROUPS: Final = tuple(PriorityGroup)
GROUP_BIT: Final = {group: 1 << at for at, group in enumerate(GROUPS)}
TELLING: Final = frozenset(
    NAME_OF[kind] for kind in (*get_args(StandingEvent), *get_args(Correction))
)
_EPOCH: Final = date(1970, 1, 1).toordinal()

Key = tuple[int, int, int, int, int, int]  # state, unit, kind, priority, suspended, since
Span = list[int]  # valid_from, valid_to, known_from, end_known, *key
VALID_FROM, VALID_TO, KNOWN_FROM, END_KNOWN = range(4)


def day_number(day: date) -> int:
    """Return days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the day with this number."""
    return date.fromordinal(number + _EPOCH)


class Chain:
    """What is believed of one candidate: segments of equal standing, oldest first."""

    def __init__(self, told: list[Entry], live: list[Span]) -> None:
        """Take up the entries told so far and the rows that they led to."""
        self.told = told
        self.live = {span[VALID_FROM]: span for span in live}
        self.past: list[Span] = []

    def hear(self, entry: Entry, units: dict[str, int]) -> None:
        """Add an entry and change the belief where it changes anything."""
        self.told.append(entry)
        segments = list(_segments(self.told, units))
        believed: dict[int, Span] = {}
        for at, (valid_from, key) in enumerate(segments):
            ends = segments[at + 1][0] if at + 1 < len(segments) else OPEN
            if key is not None:
                believed[valid_from] = self._believe(valid_from, ends, key, entry.position)
        for valid_from, span in self.live.items():
            if believed.get(valid_from) is not span:
                self.past.append([*span, entry.position])
        self.live = believed

    def _believe(self, valid_from: int, ends: int, key: Key, position: int) -> Span:
        span = self.live.get(valid_from)
        if span is not None and tuple(span[4:]) == key:
            if span[VALID_TO] == ends:
                return span
            if span[VALID_TO] == OPEN:
                span[VALID_TO], span[END_KNOWN] = ends, position
                return span
        return [valid_from, ends, position, NEVER if ends == OPEN else position, *key]


def _segments(told: list[Entry], units: dict[str, int]) -> Iterator[tuple[int, Key | None]]:
    """Yield (first day, key) wherever the standing differs from the day before."""
    standing, last, since = Standing(), None, 0
    in_force = [e for e in as_of(told) if not is_correction(e)]
    for day, entries in groupby(in_force, key=lambda entry: entry.effective_on):
        was = standing.state
        for entry in entries:
            standing = stand(standing, cast(StandingEvent, entry.event))
        number = day_number(day)
        since = since if standing.state == was else number
        key = _key(standing, units, since)
        if key != last:
            yield number, key
            last = key


def _key(standing: Standing, units: dict[str, int], since: int) -> Key | None:
    if standing.state is None or standing.kind is None or standing.unit is None:
        return None
    return (
        STATE_NUMBER[standing.state],
        units[standing.unit],
        KIND_NUMBER[standing.kind],
        sum(GROUP_BIT[group] for group in set(standing.priority)),
        int(standing.suspended),
        since,
    )


class Spans:
    """Keeps `span` and `span_past` in step with the entries."""

    tables: Sequence[str] = ("span", "span_past")

    def project(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        """Write what new rows change in the belief about candidates."""
        telling = [r for r in rows if r[4] in TELLING and r[1].startswith("candidate:")]
        units: dict[str, int] = {}
        written = _Written()
        for subject, group in groupby(sorted(telling, key=itemgetter(1, 0)), key=itemgetter(1)):
            self._one(db, subject, [decode(*row) for row in group], units, written)
        written.flush(db)

    def _one(
        self,
        db: sqlite3.Connection,
        subject: str,
        news: list[Entry],
        units: dict[str, int],
        written: _Written,
    ) -> None:
        candidate = origin(db, subject)
        told = _told(db, subject, news[0].position) if candidate < news[0].position else []
        live = _live(db, candidate) if told else []
        for entry in (*told, *news):
            event = entry.event
            if isinstance(event, CandidateDiscovered) and event.unit not in units:
                units[event.unit] = origin(db, event.unit)
        chain, before = Chain(told, live), {span[VALID_FROM]: tuple(span) for span in live}
        for entry in news:
            chain.hear(entry, units)
        written.add(candidate, before, chain)


class _Written:
    """Rows to write for a batch, so that each statement runs once."""

    def __init__(self) -> None:
        self.gone: list[tuple[int, int]] = []
        self.put: list[tuple[int, ...]] = []
        self.past: list[tuple[int, ...]] = []

    def add(self, candidate: int, before: dict[int, tuple[int, ...]], chain: Chain) -> None:
        self.gone += [(candidate, day) for day in before if day not in chain.live]
        for day, span in chain.live.items():
            if before.get(day) != tuple(span):
                self.put.append((candidate, *span))
        self.past += [(candidate, *span) for span in chain.past]

    def flush(self, db: sqlite3.Connection) -> None:
        if self.gone:
            db.executemany("DELETE FROM span WHERE candidate = ? AND valid_from = ?", self.gone)
        db.executemany(f"INSERT OR REPLACE INTO span VALUES ({_marks(11)})", self.put)
        db.executemany(f"INSERT INTO span_past VALUES ({_marks(12)})", self.past)


def origin(db: sqlite3.Connection, subject: str) -> int:
    """Return a subject's number: the position of its first entry."""
    sql = "SELECT position FROM entries WHERE subject = ? AND version = 1"
    found: tuple[int] = db.execute(sql, (subject,)).fetchone()
    return found[0]


def _told(db: sqlite3.Connection, subject: str, before: int) -> list[Entry]:
    names = sorted(TELLING)
    sql = (
        f"SELECT {COLUMNS} FROM entries WHERE subject = ? AND position < ?"
        f" AND name IN ({_marks(len(names))}) ORDER BY version"
    )
    return [decode(*row) for row in db.execute(sql, (subject, before, *names))]


def _live(db: sqlite3.Connection, candidate: int) -> list[Span]:
    sql = "SELECT * FROM span WHERE candidate = ? ORDER BY valid_from"
    return [list(row[1:]) for row in db.execute(sql, (candidate,))]


def _marks(number: int) -> str:
    return ", ".join("?" * number)
