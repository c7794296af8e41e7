"""Units: their names, kinds, parents, heads and mergers, each with its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import CandidateKind, PersonKind, UnitKind, changed


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
class UnitRearranged:
    """The unit has another parent, or is of another kind, from this day on."""

    kind: UnitKind | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class UnitMerged:
    """The unit went into another, or was split among several; its titles stay with it (A-9).

    `shares` says in the order of `into` how much went where, as "2/3", if a paper says so.
    """

    into: tuple[str, ...]
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidatesTransferred:
    """Candidates of this unit are another's from this day on; each has an entry of its own."""

    receiver: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitHeadAppointed:
    """A person answers for the unit from this day on (R1-1)."""

    person: str


@dataclass(frozen=True, slots=True)
class UnitHeadLeft:
    """Nobody heads the unit from this day on."""


@dataclass(frozen=True, slots=True)
class CriterionAdded:
    """The unit measures its candidates by one criterion more than all others do (R1-9).

    It applies to these kinds, or to everybody if none is named.
    """

    code: str
    name: str
    hard: bool = False
    person_kinds: tuple[PersonKind, ...] = ()
    kinds: tuple[CandidateKind, ...] = ()
    evidence: str | None = None

    def applies(self, kind: CandidateKind | None, measure: str | None) -> bool:
        """Return whether it measures a candidate."""
        everybody = not self.person_kinds and not self.kinds
        return everybody or measure in self.person_kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class CriterionRetired:
    """A criterion that the unit had added measures no candidate found from this day on."""

    code: str


@dataclass(frozen=True, slots=True)
class TitlesCounted:
    """How many of the unit got two titles for a year, as a document says (A-17)."""

    year: int
    advanced_workers: int
    grassroots_fighters: int
    document: str


UnitEvent = (
    UnitRegistered
    | UnitRenamed
    | UnitRearranged
    | UnitMerged
    | CandidatesTransferred
    | UnitHeadAppointed
    | UnitHeadLeft
    | CriterionAdded
    | CriterionRetired
    | TitlesCounted
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
    shares: tuple[str, ...] = ()
    merged_on: date | None = None
    criteria: Mapping[str, CriterionAdded] = field(default_factory=dict)
    titles: Mapping[int, TitlesCounted] = field(default_factory=dict)


def evolve(was: Unit, entry: Entry) -> Unit:
    """Return the unit after an entry."""
    event = cast(UnitEvent, entry.event)
    match event:
        case UnitRegistered(name, kind, symbol, parent):
            return changed(was, name=name, kind=kind, symbol=symbol, parent=parent)
        case UnitRenamed(name, symbol):
            return changed(was, name=name, symbol=symbol or was.symbol)
        case UnitRearranged(kind, parent):
            return changed(was, kind=kind or was.kind, parent=parent or was.parent)
        case UnitMerged(into, shares):
            merged_on = entry.effective_on
            return changed(was, merged_into=into, shares=shares, merged_on=merged_on)
        case CandidatesTransferred():
            return was  # it is the candidates that have moved
        case UnitHeadAppointed(person):
            return changed(was, head=person)
        case UnitHeadLeft():
            return changed(was, head=None)
        case CriterionAdded(code):
            return changed(was, criteria={**was.criteria, code: event})
        case CriterionRetired(code):
            left = {known: one for known, one in was.criteria.items() if known != code}
            return changed(was, criteria=left)
        case TitlesCounted(year):
            return changed(was, titles={**was.titles, year: event})
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Unit:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Unit())


def successors(units: Mapping[str, Unit], id: str) -> tuple[str, ...]:
    """Return what a unit has become: itself, or the last of those it went into, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        unit = waiting.pop(0)
        if unit in seen:
            continue
        seen.add(unit)
        into = units[unit].merged_into if unit in units else ()
        if into:
            waiting[:0] = into
        else:
            found[unit] = None
    return tuple(found)


def predecessors(units: Mapping[str, Unit], id: str) -> tuple[str, ...]:
    """Return the units that have become this one, wholly or in part."""
    return tuple(unit for unit in units if unit != id and id in successors(units, unit))
