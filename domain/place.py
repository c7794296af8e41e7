"""Places: communes and wards, what became of them, and on which dated lists they stand (A-21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from typing import NamedTuple, assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import changed


class PlaceKind(StrEnum):
    """What kind of unit at the level of the commune a place is; townships ended on 01/7/2025."""

    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"


class AreaGroup(StrEnum):
    """The priority groups that go by lists of places (PG5 to PG7)."""

    REMOTE = "remote-area"
    BORDER = "border-area"
    ETHNIC_MINORITY = "ethnic-minority-area"


@dataclass(frozen=True, slots=True)
class PlaceEntered:
    """A place is there from the effective day on, and until a day if its end is known."""

    name: str
    kind: PlaceKind
    code: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceMerged:
    """The place went into another on this day, or was split among several."""

    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceListed:
    """A document counts the place to an area from the effective day on, until a day or further."""

    group: AreaGroup
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceDelisted:
    """A document counts the place to the area no more from the effective day on."""

    group: AreaGroup


PlaceEvent = (
    PlaceEntered | PlaceMerged | PlaceListed | PlaceDelisted | EntryVoided | EffectiveDateCorrected
)


class Listing(NamedTuple):
    """A stretch of time on one list; both days count."""

    group: AreaGroup
    begins: date
    until: date | None

    def on(self, day: date) -> bool:
        """Return whether the place stood on the list on a day."""
        return self.begins <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Place:
    """The sum of a place's entries; lists are kept for all time, to be asked by the day."""

    name: str | None = None
    kind: PlaceKind | None = None
    code: str | None = None
    begins: date | None = None
    until: date | None = None
    merged_into: tuple[str, ...] = ()
    merged_on: date | None = None
    listings: tuple[Listing, ...] = ()

    def there(self, day: date) -> bool:
        """Return whether the place was there on a day."""
        begun = self.begins is not None and self.begins <= day
        ended = self.until is not None and self.until < day
        return begun and not ended and (self.merged_on is None or day < self.merged_on)

    def groups_on(self, day: date) -> tuple[AreaGroup, ...]:
        """Return the areas that the place was counted to on a day."""
        found = {listing.group for listing in self.listings if listing.on(day)}
        return tuple(group for group in AreaGroup if group in found)


def evolve(was: Place, entry: Entry) -> Place:
    """Return the place after an entry."""
    event, on = cast(PlaceEvent, entry.event), entry.effective_on
    match event:
        case PlaceEntered(name, kind, code, until):
            return changed(was, name=name, kind=kind, code=code, begins=on, until=until)
        case PlaceMerged(successors):
            return changed(was, merged_into=successors, merged_on=on)
        case PlaceListed(group, until):
            return changed(was, listings=(*was.listings, Listing(group, on, until)))
        case PlaceDelisted(group):
            ended = (_ended(one, on) if one.group == group else one for one in was.listings)
            return changed(was, listings=tuple(ended))
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _ended(listing: Listing, on: date) -> Listing:
    """Return a stretch that ends the day before, if it lasts until then."""
    return listing._replace(until=on - timedelta(days=1)) if listing.on(on) else listing


def fold(entries: Iterable[Entry]) -> Place:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Place())
