"""Selection rounds: on an occasion, who is to be commended here and who proposed upward (R6-2)."""

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


class Occasion(StrEnum):
    """When a round is held (plan II.5)."""

    YEAR_END = "year-end"
    PROGRAMME_END = "programme-end"
    TRADITION_DAY = "tradition-day"


class SelectionList(StrEnum):
    """The two lists that come of a round."""

    COMMEND = "commend-here"
    PROPOSE = "propose-upward"


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round began, in the cycle of a programme."""

    programme: str
    occasion: Occasion
    name: str


@dataclass(frozen=True, slots=True)
class CandidateSelected:
    """A candidate was put on one of the lists; of two times the later counts."""

    candidate: str
    level: SelectionList


@dataclass(frozen=True, slots=True)
class SelectionDropped:
    """A candidate was taken off the lists again."""

    candidate: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """The lists are final; `document` is the paper they stand in."""

    document: str


RoundEvent = (
    RoundOpened
    | CandidateSelected
    | SelectionDropped
    | RoundClosed
    | EntryVoided
    | EffectiveDateCorrected
)


@dataclass(frozen=True)
class Round:
    """The sum of a round's entries."""

    programme: str | None = None
    occasion: Occasion | None = None
    name: str | None = None
    selected: Mapping[str, SelectionList] = field(default_factory=dict)
    document: str | None = None
    closed: date | None = None

    @property
    def running(self) -> bool:
        """Return whether it was opened and is not closed."""
        return self.programme is not None and self.closed is None

    def listed(self, level: SelectionList) -> list[str]:
        """Return the candidates on one of the lists, in the order of selection."""
        return [candidate for candidate, on in self.selected.items() if on is level]


def evolve(was: Round, entry: Entry) -> Round:
    """Return the round after an entry."""
    event = cast(RoundEvent, entry.event)
    match event:
        case RoundOpened(programme, occasion, name):
            return changed(was, programme=programme, occasion=occasion, name=name)
        case CandidateSelected(candidate, level):
            return changed(was, selected={**was.selected, candidate: level})
        case SelectionDropped(candidate):
            kept = {id: level for id, level in was.selected.items() if id != candidate}
            return changed(was, selected=kept)
        case RoundClosed(document):
            return changed(was, document=document, closed=entry.effective_on)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Round:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Round())
