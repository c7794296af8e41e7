"""An obligation: what one unit handed in for one duty of the programme, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry, Said, said
from domain.values import Sealed, changed


class ObligationStatus(StrEnum):
    """Where an obligation stands (R6-6); the first two hold before anything is handed in."""

    DUE = "obligation-due"
    OVERDUE = "obligation-overdue"
    SUBMITTED = "obligation-submitted"
    RETURNED = "obligation-returned"
    ACCEPTED = "obligation-accepted"


class PlanPart(StrEnum):
    """What the plan of a unit must say (R1-11)."""

    CRITERIA = "criteria"
    PROCESS = "process"
    PEOPLE = "people-in-charge"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class ObligationSubmitted:
    """A unit handed in what it owed; `duty` is the entry of the programme that laid it."""

    programme: str
    duty: int
    unit: str
    document: str
    contains: tuple[PlanPart, ...] = ()
    honoured: int | None = None
    content: Sealed | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ObligationReturned:
    """It was sent back to be completed."""

    reason: Sealed


@dataclass(frozen=True, slots=True)
class ObligationResubmitted:
    """It was handed in again."""

    document: str
    contains: tuple[PlanPart, ...] = ()
    honoured: int | None = None
    content: Sealed | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ObligationAccepted:
    """The standing body accepted it."""


ObligationEvent = (
    ObligationSubmitted
    | ObligationReturned
    | ObligationResubmitted
    | ObligationAccepted
    | EntryVoided
    | EffectiveDateCorrected
)


@dataclass(frozen=True)
class Obligation:
    """The sum of an obligation's entries. `submission` is the last time it was handed in."""

    programme: str | None = None
    duty: int | None = None
    unit: str | None = None
    status: ObligationStatus = ObligationStatus.DUE
    first: date | None = None
    submission: Said | None = None
    document: str | None = None
    contains: tuple[PlanPart, ...] = ()
    honoured: int | None = None
    returns: int = 0
    accepted: Said | None = None


def evolve(was: Obligation, entry: Entry) -> Obligation:
    """Return the obligation after an entry."""
    event = cast(ObligationEvent, entry.event)
    match event:
        case ObligationSubmitted(programme, duty, unit):
            laid = changed(was, programme=programme, duty=duty, unit=unit)
            return _handed_in(changed(laid, first=entry.effective_on), event, entry)
        case ObligationResubmitted():
            return _handed_in(was, event, entry)
        case ObligationReturned():
            return changed(was, status=ObligationStatus.RETURNED, returns=was.returns + 1)
        case ObligationAccepted():
            return changed(was, status=ObligationStatus.ACCEPTED, accepted=said(entry))
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _handed_in(
    was: Obligation, event: ObligationSubmitted | ObligationResubmitted, entry: Entry
) -> Obligation:
    return changed(
        was,
        status=ObligationStatus.SUBMITTED,
        submission=said(entry),
        document=event.document,
        contains=event.contains,
        honoured=event.honoured,
    )


def fold(entries: Iterable[Entry]) -> Obligation:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Obligation())
