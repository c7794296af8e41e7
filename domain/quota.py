"""Quotas: how many exemplars may go to a congress, who goes, and who waits (R6-9, A-26)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import NamedTuple, assert_never, cast

from domain.entry import Entry
from domain.values import CandidateKind, Sealed, changed


class Excess(StrEnum):
    """What of a quota can be exceeded."""

    TOTAL = "quota-total"
    LINE = "quota-line"
    SHARE = "unit-share"


@dataclass(frozen=True, slots=True)
class QuotaAllocated:
    """The province let so many exemplars come, as a document says."""

    name: str
    total: int
    document: str


@dataclass(frozen=True, slots=True)
class QuotaChanged:
    """The province lets another number come."""

    total: int
    document: str


@dataclass(frozen=True, slots=True)
class QuotaLineSet:
    """So many of the quota are of a kind, and of a field if one is named."""

    kind: CandidateKind
    count: int
    document: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class QuotaShareSet:
    """The council gave so many of the quota to a unit."""

    unit: str
    count: int
    document: str


@dataclass(frozen=True, slots=True)
class DelegateSelected:
    """An exemplar goes. `kind` and `unit` are its own on the effective day."""

    candidate: str
    kind: CandidateKind
    unit: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class ReservePlaced:
    """An exemplar waits for a place, behind those who wait already."""

    candidate: str
    kind: CandidateKind
    unit: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DelegateReplaced:
    """One who waited goes instead of one who was to go."""

    candidate: str
    successor: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class DelegateDropped:
    """An exemplar neither goes nor waits any more."""

    candidate: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class QuotaClosed:
    """The delegation is final; `document` introduces it to the province."""

    document: str


# No corrections: to undo an entry could undo a place that was given away since. What is wrong is
# put right by another change, which is an entry with its own document.
QuotaEvent = (
    QuotaAllocated
    | QuotaChanged
    | QuotaLineSet
    | QuotaShareSet
    | DelegateSelected
    | ReservePlaced
    | DelegateReplaced
    | DelegateDropped
    | QuotaClosed
)


class Line(NamedTuple):
    """A kind of exemplar and a field; None is any field."""

    kind: CandidateKind
    field: str | None = None


class Place(NamedTuple):
    """Where in a quota an exemplar counts."""

    line: Line
    unit: str


@dataclass(frozen=True)
class Quota:
    """The sum of a quota's entries. Reserves are in the order of waiting."""

    name: str | None = None
    total: int = 0
    document: str | None = None
    lines: Mapping[Line, int] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    delegates: Mapping[str, Place] = field(default_factory=dict)
    reserve: Mapping[str, Place] = field(default_factory=dict)
    closed: date | None = None

    @property
    def running(self) -> bool:
        """Return whether it was allocated and is not closed."""
        return self.name is not None and self.closed is None

    @property
    def free(self) -> int:
        """Return how many places nobody has yet."""
        return self.total - len(self.delegates)

    def free_in(self, line: Line) -> int:
        """Return how many places of a line nobody has yet."""
        return self.lines.get(line, 0) - self._by_line()[line]

    def free_for(self, unit: str) -> int:
        """Return how many places a unit still has; without a share, those of nobody's share."""
        by_unit = Counter(place.unit for place in self.delegates.values())
        if unit in self.shares:
            return self.shares[unit] - by_unit[unit]
        others = sum(count for id, count in by_unit.items() if id not in self.shares)
        return self.total - sum(self.shares.values()) - others

    @property
    def exceeded(self) -> tuple[Excess, ...]:
        """Return what is exceeded: never anything, after what was decided here."""
        asked = (len(self.delegates), sum(self.lines.values()), sum(self.shares.values()))
        units = {*self.shares, *(place.unit for place in self.delegates.values())}
        found = {
            Excess.TOTAL: max(asked) > self.total,
            Excess.LINE: any(self.free_in(line) < 0 for line in self._by_line()),
            Excess.SHARE: bool(self.shares) and any(self.free_for(unit) < 0 for unit in units),
        }
        return tuple(what for what, is_so in found.items() if is_so)

    def _by_line(self) -> Counter[Line]:
        return Counter(place.line for place in self.delegates.values())


def evolve(was: Quota, entry: Entry) -> Quota:
    """Return the quota after an entry."""
    event = cast(QuotaEvent, entry.event)
    return told(was, event, entry.effective_on)


def told(was: Quota, event: QuotaEvent, on: date) -> Quota:
    """Return the quota after an event, recorded or not."""
    match event:
        case QuotaAllocated(name, total, document):
            return changed(was, name=name, total=total, document=document)
        case QuotaChanged(total, document):
            return changed(was, total=total, document=document)
        case QuotaLineSet(kind, count, _, field):
            return changed(was, lines={**was.lines, Line(kind, field): count})
        case QuotaShareSet(unit, count):
            return changed(was, shares={**was.shares, unit: count})
        case DelegateSelected():
            there = without(was.reserve, event.candidate)
            places = {**was.delegates, event.candidate: place_of(event)}
            return changed(was, delegates=places, reserve=there)
        case ReservePlaced():
            return changed(was, reserve={**was.reserve, event.candidate: place_of(event)})
        case DelegateReplaced(candidate, successor):
            return _replaced(was, candidate, successor)
        case DelegateDropped(candidate):
            left = without(was.delegates, candidate)
            return changed(was, delegates=left, reserve=without(was.reserve, candidate))
        case QuotaClosed():
            return changed(was, closed=on)
        case _:
            assert_never(event)


def place_of(event: DelegateSelected | ReservePlaced) -> Place:
    """Return where in the quota an exemplar counts."""
    return Place(Line(event.kind, event.field), event.unit)


def without(places: Mapping[str, Place], candidate: str) -> dict[str, Place]:
    """Return places without that of a candidate."""
    return {id: place for id, place in places.items() if id != candidate}


def _replaced(was: Quota, candidate: str, successor: str) -> Quota:
    goes = {successor: was.reserve[successor]} if successor in was.reserve else {}
    delegates = {**without(was.delegates, candidate), **goes}
    return changed(was, delegates=delegates, reserve=without(was.reserve, successor))


def fold(entries: Iterable[Entry]) -> Quota:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Quota())
