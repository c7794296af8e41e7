"""Offices: who may act in which role, from which day to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import Role, changed


@dataclass(frozen=True, slots=True)
class OfficeGranted:
    """A person holds an office from the effective day on, until its last day if one is set."""

    person: str
    role: Role
    unit: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OfficeEnded:
    """The office is no longer held from the effective day on."""


OfficeEvent = OfficeGranted | OfficeEnded | EntryVoided | EffectiveDateCorrected


@dataclass(frozen=True)
class Office:
    """The sum of an office's entries."""

    person: str | None = None
    role: Role | None = None
    unit: str | None = None
    since: date | None = None
    until: date | None = None
    ended: date | None = None

    def held_on(self, day: date) -> bool:
        """Return whether the office was held on a day."""
        begun = self.since is not None and self.since <= day
        over = self.ended is not None and self.ended <= day
        return begun and not over and (self.until is None or day <= self.until)


def evolve(was: Office, entry: Entry) -> Office:
    """Return the office after an entry."""
    event = cast(OfficeEvent, entry.event)
    match event:
        case OfficeGranted(person, role, unit, until):
            since = entry.effective_on
            return changed(was, person=person, role=role, unit=unit, since=since, until=until)
        case OfficeEnded():
            return changed(was, ended=entry.effective_on)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Office:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Office())


def held_by(offices: Mapping[str, Office], person: str, day: date) -> dict[str, Office]:
    """Return the offices a person holds on a day."""
    return {id: o for id, o in offices.items() if o.person == person and o.held_on(day)}
