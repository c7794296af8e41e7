"""Derived tables against replay: what lists show of candidates, made anew from their entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final

import msgspec

from domain.candidate_events import CandidateDescribed, CandidateDiscovered
from domain.entry import Entry
from domain.faults import LedgerError, Tampered, Unreadable
from domain.honours import AchievementRecorded
from domain.person import PersonDescribed
from domain.values import Sealed
from events_store import cards, spans
from events_store.codec import decode
from events_store.database import Database, named
from events_store.ledger import Reader
from events_store.names import NAMES
from events_store.recorder import COLUMNS
from events_store.stretch import SHAPE, Fault, Stretch, Told, tells
from events_store.vaulted import WORDS, Kept

TABLES: Final = {  # and what each is ordered by
    "span": "candidate, valid_from",
    "span_past": "candidate, valid_from, known_from",
    "card": "candidate",
}
TOLD: Final = f"SELECT {COLUMNS} FROM entries WHERE subject IN"
OUTSIDE: Final = " AND (position < {0.start} OR position >= {0.stop})"
_content: Final = msgspec.json.Decoder(dict[str, Any]).decode
FIRST: Final = "SELECT position FROM entries WHERE subject = ? AND version = 1"
POSITION: Final = attrgetter("position")
SPANNING: Final = frozenset(NAMES[name] for name in spans.TELLING)
DESCRIBING: Final = frozenset(NAMES[name] for name in cards.DESCRIBING)
NAMING: Final = frozenset(NAMES[name] for name in cards.NAMING)


def differences(reader: Reader, found: Stretch, told: Told, words: Kept) -> Iterator[Fault]:
    """Yield where kept tables differ from replay, for candidates that begin in a stretch.

    What is kept and what is replayed must be read at one moment.
    """
    lives = _Lives(reader.db, found, told, words)
    made: dict[str, list[Any]] = {table: [] for table in TABLES}
    for subject, number in lives.begun.items():
        try:
            lives.replay(subject, number, made)
        except LedgerError as error:
            yield Fault("replay", number, {"stop": number + 1, "why": str(error)})
    for table, order in TABLES.items():
        sql = f"SELECT * FROM {table} WHERE candidate >= ? AND candidate < ? ORDER BY {order}"
        try:
            kept = reader.db.execute(sql, (found.start, found.stop)).fetchall()
        except reader.recorder.failure:
            yield Fault("derived", found.start, {"table": table})
            continue
        if kept != made[table]:
            for number in sorted({row[0] for row in {*kept} ^ {*made[table]}}):
                yield Fault("derived", number, {"table": table})


class _Lives:
    """Everything that is told of the candidates that begin in a stretch."""

    def __init__(self, db: Database, found: Stretch, told: Told, words: Kept) -> None:
        self.db, self.entries, self.outside = db, told.entries, OUTSIDE.format(found)
        self.begun = {s: at for s, at in told.begun.items() if s.startswith("candidate:")}
        self.unreadable: dict[str, LedgerError] = {}
        later = self._gather(self.begun)
        found_later = (each.event for each in later if type(each.event) is CandidateDiscovered)
        people = {person for subject, person in told.people if subject in self.begun}
        later += self._gather({*people, *(each.person for each in found_later if each.person)})
        self.numbers = _Numbers(db, told.begun)
        lacking = {*_words(later)} - words.keys()
        self.words = {**words, **{row[0]: row[1:] for row in named(db, WORDS, lacking)}}

    def _gather(self, subjects: Collection[str]) -> list[Entry]:
        """Add, and return, what was told of subjects outside the stretch."""
        added: list[Entry] = []
        for row in named(self.db, TOLD, subjects, self.outside):
            try:
                if tuple(map(type, row)) != SHAPE[: len(row)]:
                    raise Unreadable(f"entry {row[0]}", "a value of another type")
                if tells(row[4], row[5]):
                    added.append(decode(*row))
                    self.entries.setdefault(row[1], []).append(added[-1])
            except Unreadable as error:
                self.unreadable[row[1]] = error
        for subject in {each.subject for each in added}:
            self.entries[subject].sort(key=POSITION)
        return added

    def replay(self, subject: str, number: int, made: Mapping[str, list[Any]]) -> None:
        """Add the rows that a candidate's entries lead to. Raises LedgerError."""
        told = self._of(subject)
        chain = spans.Chain.through((e for e in told if type(e.event) in SPANNING), self.numbers)
        made["span"].extend((number, *span) for span in chain.live.values())
        made["span_past"].extend(sorted((number, *span) for span in chain.past))
        if any(type(each.event) in DESCRIBING for each in told):
            made["card"].append(cards.made(number, told, self._naming, self._content))

    def _of(self, subject: str) -> list[Entry]:
        if subject in self.unreadable:
            raise self.unreadable[subject]
        return self.entries.get(subject, [])

    def _naming(self, person: str) -> list[Entry]:
        return [each for each in self._of(person) if type(each.event) in NAMING]

    def _content(self, sealed: Sealed | None) -> Mapping[str, Any]:
        """Return what the vault holds; what is no content is found beside the entry."""
        row = self.words.get(sealed.id) if sealed else None
        try:
            return _content(row[1]) if row else {}
        except (msgspec.DecodeError, TypeError, RecursionError):
            return {}


def _words(entries: Iterable[Entry]) -> Iterator[str]:
    for event in (each.event for each in entries):
        if type(event) is CandidateDescribed:
            yield event.description.id
            if event.name:
                yield event.name.id
        elif type(event) is AchievementRecorded:
            yield event.content.id
        elif type(event) is PersonDescribed:
            yield event.description.id


class _Numbers(dict[str, int]):
    """The position of each subject's first entry."""

    def __init__(self, db: Database, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self.db = db

    def __missing__(self, subject: str) -> int:
        found = self.db.execute(FIRST, (subject,)).fetchone()
        if found is None:
            raise Tampered(f"nothing is told of {subject}")
        self[subject] = int(found[0])
        return self[subject]
