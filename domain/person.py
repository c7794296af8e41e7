"""People: the log knows an id and a commitment; who it is stands in the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any, NamedTuple, assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import ErasureGround, Sealed, changed


@dataclass(frozen=True, slots=True)
class PersonDescribed:
    """Name, birth year and sex were recorded, in the vault."""

    description: Sealed


@dataclass(frozen=True, slots=True)
class PersonalDataErased:
    """Everything the vault held about this person is gone."""

    ground: ErasureGround


class ErasureRefusal(StrEnum):
    """Why data are kept whole that somebody wants deleted (Decree 13/2023, article 16.2)."""

    FORBIDDEN = "forbidden-by-law"
    LAWFUL_TASK = "lawful-task-of-agency"
    PUBLIC = "public-by-law"
    RESEARCH = "statistics-research"


@dataclass(frozen=True, slots=True)
class ErasureRequested:
    """Somebody asked, by a letter, that the data of this person be deleted."""

    document: str
    note: Sealed | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataRestricted:
    """The data stay, and nothing more is done with them: the answer that a document tells."""

    document: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class ErasureRefused:
    """The data stay as they are; a document tells the requester why."""

    refusal: ErasureRefusal
    document: str


@dataclass(frozen=True, slots=True)
class ErasureAcknowledged:
    """The requester was told, by a document, that the request is being looked at."""

    document: str


@dataclass(frozen=True, slots=True)
class ErasureExtended:
    """The answer takes so many days longer; a document told the requester why."""

    longer: int
    document: str
    reason: Sealed


PersonEvent = (
    PersonDescribed
    | PersonalDataErased
    | ErasureRequested
    | PersonalDataRestricted
    | ErasureRefused
    | ErasureAcknowledged
    | ErasureExtended
    | EntryVoided
    | EffectiveDateCorrected
)


class Asked(NamedTuple):
    """A request that waits for its answer: since when, by which letter, who entered it.

    `told` is the day the requester was told that it came in, `extended` by how many days longer
    the answer may take.
    """

    on: date
    document: str
    by: str
    position: int
    told: date | None = None
    extended: int = 0


@dataclass(frozen=True)
class Person:
    """The sum of a person's entries."""

    description: Sealed | None = None
    erased: bool = False
    requested: Asked | None = None
    restricted: date | None = None


def evolve(was: Person, entry: Entry) -> Person:
    """Return the person after an entry."""
    event = cast(PersonEvent, entry.event)
    match event:
        case PersonDescribed(description):
            return changed(was, description=description)
        case PersonalDataErased():
            return changed(was, description=None, erased=True, requested=None)
        case ErasureRequested(document):
            asked = Asked(entry.effective_on, document, entry.actor, entry.position)
            return changed(was, requested=asked)
        case PersonalDataRestricted():
            return changed(was, requested=None, restricted=entry.effective_on)
        case ErasureRefused():
            return changed(was, requested=None)
        case ErasureAcknowledged():
            return changed(was, requested=_more(was.requested, told=entry.effective_on))
        case ErasureExtended(longer):
            return changed(was, requested=_more(was.requested, extended=longer))
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _more(asked: Asked | None, **known: Any) -> Asked | None:
    """Return what more is known of a request, if one waits."""
    return asked._replace(**known) if asked else None


def fold(entries: Iterable[Entry]) -> Person:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Person())
