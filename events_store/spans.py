"""The bitemporal index: who was in which state, by effective day and by position.

Every change of belief is written as a difference: a segment that merely ended is shortened in
place (its row is L-shaped), one that is no longer believed moves to `span_past`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, get_args

from domain.candidate import Standing, stand
from domain.candidate_events import CandidateDiscovered, CandidateTransferred, StandingEvent
from domain.corrections import Correction
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import CandidateKind, Outcome, PriorityGroup, Stage
from events_store.codec import decode
from events_store.database import Database
from events_store.names import NAME_OF
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
GO: Final = "DELETE FROM span WHERE (candidate, valid_from) IN (VALUES (?, ?))"
PUT: Final = (
    "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (candidate, valid_from) DO UPDATE SET valid_to = excluded.valid_to,"
    " known_from = excluded.known_from, end_known = excluded.end_known, state = excluded.state,"
    " unit = excluded.unit, kind = excluded.kind, priority = excluded.priority,"
    " suspended = excluded.suspended, since = excluded.since"
)
PAST: Final = "INSERT INTO span_past VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_EPOCH: Final = date(1970, 1, 1).toordinal()
_CORRECTING: Final = frozenset(get_args(Correction))

Key = tuple[int, int, int, int, int, int]  # state, unit, kind, priority, suspended, since
Segment = tuple[int, Key]
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
        self._corrected = any(map(is_correction, told))
        self._course = None if told else Course()

    @classmethod
    def through(cls, told: Iterable[Entry], units: Mapping[str, int]) -> Chain:
        """Return what is believed after all entries of a candidate."""
        chain = cls([], [])
        for entry in told:
            chain.hear(entry, units)
        return chain

    def hear(self, entry: Entry, units: Mapping[str, int]) -> None:
        """Add an entry and change the belief where it changes anything."""
        course = self._course or Course.through(self.told, units)
        self.told.append(entry)
        if type(entry.event) in _CORRECTING:
            self._corrected = True
        if self._corrected or entry.effective_on < course.day:
            self._course = Course.through(self.told, units)
            self._believe_from(0, self._course.segments, entry.position)
            return
        # In order, as nearly always: only the last segment can end or change.
        self._course, segments = course, course.segments
        before, number = segments[-1] if segments else None, len(segments)
        course.follow(entry, units)
        if len(segments) > number:
            self._end_and_begin(before, segments[-1], entry.position)
        elif len(segments) < number or (segments and segments[-1] != before):
            self._believe_from(max(course.settled - 1, 0), segments, entry.position)

    def _end_and_begin(self, last: Segment | None, following: Segment, position: int) -> None:
        """Let the last segment end where the following begins, on a later day."""
        valid_from, key = following
        if last:
            span = self.live[last[0]]
            span[VALID_TO], span[END_KNOWN] = valid_from, position
        self.live[valid_from] = [valid_from, OPEN, position, NEVER, *key]

    def _believe_from(self, first: int, segments: list[Segment], position: int) -> None:
        believed = {}
        for at in range(first, len(segments)):
            valid_from, key = segments[at]
            ends = segments[at + 1][0] if at + 1 < len(segments) else OPEN
            believed[valid_from] = self._believe(valid_from, ends, key, position)
        for span in list(self.live.values())[first:]:
            if believed.get(span[VALID_FROM]) is not span:
                self.past.append([*span, position])
            del self.live[span[VALID_FROM]]
        self.live |= believed

    def _believe(self, valid_from: int, ends: int, key: Key, position: int) -> Span:
        span = self.live.get(valid_from)
        if span is not None and tuple(span[4:]) == key:
            if span[VALID_TO] == ends:
                return span
            if span[VALID_TO] == OPEN:
                span[VALID_TO], span[END_KNOWN] = ends, position
                return span
        return [valid_from, ends, position, NEVER if ends == OPEN else position, *key]


class Course:
    """A segment (first day, key) for every day whose standing differs from the day before.

    Followed entry by entry in the order of effect; `settled` segments began before `day`.
    """

    def __init__(self) -> None:
        """Begin before anything happened."""
        self.segments: list[Segment] = []
        self.day, self.settled = date.min, 0
        self._standing = Standing()
        self._state: str | None = None
        self._before: str | None = None
        self._since = self._since_before = 0

    @classmethod
    def through(cls, told: list[Entry], units: Mapping[str, int]) -> Course:
        """Return the course that a candidate's entries lead to, corrections applied."""
        course = cls()
        for entry in as_of(told):
            if not is_correction(entry):
                course.follow(entry, units)
        return course

    def follow(self, entry: Entry, units: Mapping[str, int]) -> None:
        """Add the entry that is next in the order of effect."""
        segments, day = self.segments, entry.effective_on
        if day != self.day:
            self.day, self.settled = day, len(segments)
            self._before, self._since_before = self._state, self._since
        standing = self._standing = stand(self._standing, entry.event)  # type: ignore[arg-type]
        state, number = standing.state, day.toordinal() - _EPOCH
        self._state, self._since = state, self._since_before if state == self._before else number
        if len(segments) > self.settled:
            del segments[self.settled :]
        if state is not None:
            key = _key(standing, state, units, self._since)
            if not segments or key != segments[-1][1]:
                segments.append((number, key))


def _key(standing: Standing, state: str, units: Mapping[str, int], since: int) -> Key:
    return (
        STATE_NUMBER[state],
        units[standing.unit],  # type: ignore[index]  # whoever is in a state was discovered
        KIND_NUMBER[standing.kind],  # type: ignore[index]
        _bits(standing.priority) if standing.priority else 0,
        1 if standing.suspended else 0,
        since,
    )


@lru_cache(maxsize=1024)
def _bits(groups: tuple[PriorityGroup, ...]) -> int:
    return sum(GROUP_BIT[group] for group in set(groups))


class Spans:
    """Keeps `span` and `span_past` in step with the entries."""

    tables: Sequence[str] = ("span", "span_past")

    def project(self, db: Database, rows: Sequence[Row]) -> None:
        """Write what new rows change in the belief about candidates."""
        telling = [r for r in rows if r[4] in TELLING and r[1].startswith("candidate:")]
        numbers = {r[1]: r[0] for r in rows if r[2] == 1}
        written = _Written()
        for subject, group in groupby(sorted(telling, key=itemgetter(1, 0)), key=itemgetter(1)):
            known_before = subject not in numbers
            news = [decode(*row) for row in group]
            told = _told(db, subject, news[0].position) if known_before else []
            self._one(db, told, news, numbers, written)
        written.flush(db)

    def _one(
        self,
        db: Database,
        told: list[Entry],
        news: list[Entry],
        numbers: dict[str, int],
        written: _Written,
    ) -> None:
        candidate = _number(db, news[0].subject, numbers)
        live = _live(db, candidate) if told else []
        for entry in (*told, *news):
            if isinstance(entry.event, CandidateDiscovered | CandidateTransferred):
                _number(db, entry.event.unit, numbers)
        chain, before = Chain(told, live), {span[VALID_FROM]: tuple(span) for span in live}
        for entry in news:
            chain.hear(entry, numbers)
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

    def flush(self, db: Database) -> None:
        if self.gone:  # rarely
            db.executemany(GO, self.gone)
        db.executemany(PUT, self.put)
        db.executemany(PAST, self.past)


def origin(db: Database, subject: str) -> int:
    """Return a subject's number: the position of its first entry."""
    sql = "SELECT position FROM entries WHERE subject = ? AND version = 1"
    found: tuple[int] = db.execute(sql, (subject,)).fetchone()
    return found[0]


def _number(db: Database, subject: str, numbers: dict[str, int]) -> int:
    if subject not in numbers:
        numbers[subject] = origin(db, subject)
    return numbers[subject]


def _told(db: Database, subject: str, before: int) -> list[Entry]:
    names = sorted(TELLING)
    sql = (
        f"SELECT {COLUMNS} FROM entries WHERE subject = ? AND position < ?"
        f" AND name IN ({_marks(len(names))}) ORDER BY version"
    )
    return [decode(*row) for row in db.execute(sql, (subject, before, *names))]


def _live(db: Database, candidate: int) -> list[Span]:
    sql = "SELECT * FROM span WHERE candidate = ? ORDER BY valid_from"
    return [list(row[1:]) for row in db.execute(sql, (candidate,))]


def _marks(number: int) -> str:
    return ", ".join("?" * number)
