"""Emulation movements: launched, reviewed, closed (R5-3, R5-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import Sealed, changed


class MovementKind(StrEnum):
    """How a movement runs (Law 06/2022, article 16); a campaign is a short thematic one."""

    REGULAR = "regular-movement"
    THEMATIC = "thematic-movement"
    CAMPAIGN = "campaign"


class MovementLevel(StrEnum):
    """Who launched a movement (statistical table 0601)."""

    NATIONAL = "by-state"
    PROVINCE = "by-province"
    DEPARTMENT = "by-department"
    UNIT = "by-unit"


class ReviewKind(StrEnum):
    """A review on the way, or the one at the end (A-10)."""

    INTERIM = "on-the-way"
    FINAL = "at-the-end"


@dataclass(frozen=True, slots=True)
class MovementLaunched:
    """A movement began; `movement` is the larger one that it is part of."""

    name: str
    kind: MovementKind
    level: MovementLevel
    launcher: str
    begins: date
    ends: date | None = None
    unit: str | None = None
    movement: str | None = None
    problem: Sealed | None = None
    scope: Sealed | None = None
    slogan: Sealed | None = None
    criteria: Sealed | None = None


@dataclass(frozen=True, slots=True)
class MovementReviewed:
    """A movement was reviewed; candidates may come of it (R5-4)."""

    kind: ReviewKind
    document: str
    result: Sealed | None = None


@dataclass(frozen=True, slots=True)
class MovementClosed:
    """The movement is over."""


MovementEvent = (
    MovementLaunched | MovementReviewed | MovementClosed | EntryVoided | EffectiveDateCorrected
)


@dataclass(frozen=True)
class Movement:
    """The sum of a movement's entries; reviews go by the entry that recorded them."""

    launched: MovementLaunched | None = None
    reviews: Mapping[int, MovementReviewed] = field(default_factory=dict)
    closed: date | None = None

    @property
    def name(self) -> str | None:
        """Return what it is called."""
        return self.launched.name if self.launched else None

    @property
    def running(self) -> bool:
        """Return whether it was launched and is not closed."""
        return self.launched is not None and self.closed is None


def evolve(was: Movement, entry: Entry) -> Movement:
    """Return the movement after an entry."""
    event = cast(MovementEvent, entry.event)
    match event:
        case MovementLaunched():
            return changed(was, launched=event)
        case MovementReviewed():
            return changed(was, reviews={**was.reviews, entry.version: event})
        case MovementClosed():
            return changed(was, closed=entry.effective_on)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Movement:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Movement())
