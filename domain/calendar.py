"""The calendar: days that an official notice declared off, or working days after all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Final, assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import changed

CALENDAR: Final = "calendar:vn"  # there is one


class DayKind(StrEnum):
    """What a day was declared to be."""

    OFF = "day-off"
    WORKING = "working-day"


@dataclass(frozen=True, slots=True)
class DayDeclared:
    """A day is off or is worked, whatever it would be else: a holiday, one half of a swap."""

    day: date
    kind: DayKind


CalendarEvent = DayDeclared | EntryVoided | EffectiveDateCorrected


@dataclass(frozen=True)
class Calendar:
    """The sum of the calendar's entries; of two about one day the later counts."""

    declared: Mapping[date, DayKind] = field(default_factory=dict)


def evolve(was: Calendar, entry: Entry) -> Calendar:
    """Return the calendar after an entry."""
    event = cast(CalendarEvent, entry.event)
    match event:
        case DayDeclared(day, kind):
            return changed(was, declared={**was.declared, day: kind})
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Calendar:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Calendar())
