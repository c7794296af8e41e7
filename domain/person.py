"""People: the log knows an id and a commitment; who it is stands in the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import assert_never, cast

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


PersonEvent = PersonDescribed | PersonalDataErased | EntryVoided | EffectiveDateCorrected


@dataclass(frozen=True)
class Person:
    """The sum of a person's entries."""

    description: Sealed | None = None
    erased: bool = False


def evolve(was: Person, entry: Entry) -> Person:
    """Return the person after an entry."""
    event = cast(PersonEvent, entry.event)
    match event:
        case PersonDescribed(description):
            return changed(was, description=description)
        case PersonalDataErased():
            return changed(was, description=None, erased=True)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Person:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Person())
