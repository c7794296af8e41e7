"""What an export is made of: the sealed log, seen by anybody or by an auditor's office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from domain.entry import Entry
from domain.history import as_of
from events_store import archive, exemplars
from events_store.names import NAME_OF
from web.changes import changes
from web.exemplars import among
from web.parts import Parts
from workflow.openness import EVENTS, Known


class Level(StrEnum):
    """For whom: anybody, or an office that may see the whole log."""

    PUBLIC = "public"
    AUDIT = "audit"


class Step(NamedTuple):
    """A candidate came into a state: on which day, by which entry, of which kind."""

    state: str
    on: date
    entry: int
    name: str


class Case(NamedTuple):
    """A candidate with its entries below the seal; `known` is there for exemplars only."""

    id: str
    line: archive.Line
    entries: list[Entry]
    known: Known | None


@dataclass(frozen=True)
class Source:
    """A register below a seal, and for whom it is told."""

    parts: Parts
    size: int
    level: Level
    origin: str  # what the log is called

    @property
    def public(self) -> bool:
        """Return whether anybody may have it."""
        return self.level is Level.PUBLIC

    @cached_property
    def recognized(self) -> set[str]:
        """Return who was ever recognised: nobody else can be an exemplar."""
        return exemplars.recognized(self.parts.ledger.db)

    def cases(self) -> Iterator[Case]:
        """Yield candidates in the order of discovery: to the public, exemplars only."""
        for chunk in archive.lines(self.parts.ledger.db, self.size):
            lines = [li for li in chunk if not self.public or li.subject in self.recognized]
            told = self.parts.ledger.entries_of([line.subject for line in lines])
            known = {one.subject: one for one in among(self.parts, told) if one.entry < self.size}
            for line in lines:
                if not self.public or line.subject in known:
                    entries = [e for e in told[line.subject] if e.position < self.size]
                    yield Case(self.id(line), line, entries, known.get(line.subject))

    def id(self, line: archive.Line) -> str:
        """Return what a candidate is called: the public knows it by its place in the log."""
        return f"exemplar-{line.discovered_at}" if self.public else line.subject

    def told(self, case: Case, known: int | None = None) -> list[Entry]:
        """Return the entries of a candidate in force that may be told, in the order of effect."""
        believed = as_of(case.entries, None, known)
        return [e for e in believed if type(e.event) in EVENTS] if self.public else believed

    def steps(self, case: Case) -> Iterator[Step]:
        """Yield the states that a candidate came into, in the order of effect."""
        for entry, _was, now in changes(self.told(case)):
            if now:
                name = NAME_OF[type(entry.event)]
                yield Step(str(now), entry.effective_on, entry.position, name)
