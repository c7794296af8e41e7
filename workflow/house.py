"""All units and offices, as far as a position: kept between commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from domain import office, unit
from domain.entry import Entry
from domain.history import as_of
from domain.office import Office
from domain.unit import Unit
from workflow.store import Moment

Folded = TypeVar("Folded")


@dataclass(frozen=True)
class Replica(Generic[Folded]):
    """All units, or all offices: kept between commands."""

    fold: Callable[[Iterable[Entry]], Folded]
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    folded: Mapping[str, Folded] = field(default_factory=dict)

    def after(self, news: Sequence[Entry]) -> Replica[Folded]:
        """Return the replica with newer entries added."""
        if not news:
            return self
        entries = dict(self.entries)
        for entry in news:
            entries[entry.subject] = (*entries.get(entry.subject, ()), entry)
        fresh = {e.subject: self.fold(as_of(entries[e.subject])) for e in news}
        return Replica(self.fold, entries, MappingProxyType({**self.folded, **fresh}))

    def versions(self, ids: Iterable[str]) -> dict[str, int]:
        """Return how many entries each of these has told."""
        return {id: len(self.entries[id]) for id in ids if id in self.entries}


@dataclass(frozen=True)
class House:
    """All units and offices, as far as a position."""

    size: int = 0
    units: Replica[Unit] = Replica(unit.fold)
    offices: Replica[Office] = Replica(office.fold)

    def after(self, seen: Moment) -> House:
        """Return the house as it was at a later moment."""
        units = [entry for entry in seen.news if entry.subject.startswith("unit:")]
        offices = [entry for entry in seen.news if entry.subject.startswith("office:")]
        return House(seen.size, self.units.after(units), self.offices.after(offices))
