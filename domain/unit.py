"""Units: their names, kinds, heads and mergers, each with its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import UnitKind, changed


@dataclass(frozen=True, slots=True)
class UnitRegistered:
    """A unit exists. `symbol` is what its documents carry, as in "CCKL"."""

    name: str
    kind: UnitKind
    symbol: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class UnitRenamed:
    """The unit has another name from this day on."""

    name: str
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class UnitMerged:
    """The unit was merged into others; its titles stay with it (A-9)."""

    into: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitHeadAppointed:
    """A person answers for the unit from this day on (R1-1)."""

    person: str


@dataclass(frozen=True, slots=True)
class UnitHeadLeft:
    """Nobody heads the unit from this day on."""


UnitEvent = (
    UnitRegistered
    | UnitRenamed
    | UnitMerged
    | UnitHeadAppointed
    | UnitHeadLeft
    | EntryVoided
    | EffectiveDateCorrected
)


@dataclass(frozen=True)
class Unit:
    """The sum of a unit's entries."""

    name: str | None = None
    kind: UnitKind | None = None
    symbol: str | None = None
    parent: str | None = None
    head: str | None = None
    merged_into: tuple[str, ...] = ()
    merged_on: date | None = None


def evolve(was: Unit, entry: Entry) -> Unit:
    """Return the unit after an entry."""
    event = cast(UnitEvent, entry.event)
    match event:
        case UnitRegistered(name, kind, symbol, parent):
            return changed(was, name=name, kind=kind, symbol=symbol, parent=parent)
        case UnitRenamed(name, symbol):
            return changed(was, name=name, symbol=symbol or was.symbol)
        case UnitMerged(into):
            return changed(was, merged_into=into, merged_on=entry.effective_on)
        case UnitHeadAppointed(person):
            return changed(was, head=person)
        case UnitHeadLeft():
            return changed(was, head=None)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Unit:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Unit())
