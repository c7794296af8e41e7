"""The programme: its plan, its cycle, the milestones, and what it asks of every unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry, Said, said
from domain.values import Sealed, changed


class Milestone(StrEnum):
    """The dated steps of a cycle (plan II.5 and III)."""

    UNIT_PLANS = "unit-plans"
    INTERIM_REVIEW = "interim-review"
    FINAL_REVIEW = "final-review"
    UNIT_CONFERENCES = "unit-conferences"
    CONGRESS = "congress"


class DutyKind(StrEnum):
    """What a unit owes the standing body (R5-5, R6-3, R6-6, R6-8, R7-1, R7-5)."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CYCLE_PLAN = "cycle-plan"
    YEARLY_PLAN = "yearly-plan"
    HALF_YEAR_REPORT = "half-year-report"
    YEARLY_REPORT = "yearly-report"
    INTERIM_REPORT = "interim-report"
    FINAL_REPORT = "final-report"
    SELF_INSPECTION = "self-inspection"
    CONFERENCE = "unit-conference"
    ON_REQUEST = "on-request"


class ActivityKind(StrEnum):
    """What is done for the programme besides (R5-1, R5-14)."""

    PUBLICITY = "publicity-activity"
    TRAINING = "training-course"


@dataclass(frozen=True, slots=True)
class PlanDrafted:
    """A plan was drafted; a draft has a symbol, and no number or day (R0-1)."""

    heading: str
    symbol: str
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class PlanIssued:
    """The plan was signed on the effective day; `signed_by` is an office.

    `recipients` is its distribution list as printed, each with its mark: "UBND tỉnh (b/c)" (R7-6).
    """

    number: str
    signed_by: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CycleOpened:
    """The cycle of the plan has begun; `theme` is what reports print (R5-2)."""

    name: str
    begins: date
    ends: date
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class MilestoneSet:
    """A step of the cycle is due; one with a beginning is a stretch of time."""

    milestone: Milestone
    due: date
    begins: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    """A step of the cycle was made, as a document says."""

    milestone: Milestone
    document: str


@dataclass(frozen=True, slots=True)
class DutyLaid:
    """Units owe something by a day; without `units` all that there are then.

    `due` is the day asked for, if any; `deadline` what it comes to by working days, counted
    with this version of the calendar.
    """

    kind: DutyKind
    deadline: date
    calendar: int
    year: int | None = None
    due: date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitReminded:
    """A unit was urged to do what it owes (R7-2); `duty` is the entry that laid it."""

    unit: str
    duty: int
    note: Sealed | None = None


@dataclass(frozen=True, slots=True)
class ActivityLogged:
    """Something was done to make the programme known, or to train those who run it."""

    kind: ActivityKind
    content: Sealed
    unit: str | None = None
    attendees: int | None = None
    document: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class CycleClosed:
    """The cycle is over."""


ProgrammeEvent = (
    PlanDrafted
    | PlanIssued
    | CycleOpened
    | MilestoneSet
    | MilestoneReached
    | DutyLaid
    | UnitReminded
    | ActivityLogged
    | CycleClosed
    | EntryVoided
    | EffectiveDateCorrected
)


@dataclass(frozen=True)
class Step:
    """A milestone: when it is due, and how it was reached."""

    due: date
    begins: date | None = None
    document: str | None = None
    reached: date | None = None


@dataclass(frozen=True)
class Programme:
    """The sum of a programme's entries; duties go by the entry that laid them."""

    heading: str | None = None
    symbol: str | None = None
    locality: str | None = None
    drafted: Said | None = None
    number: str | None = None
    signed_by: str | None = None
    recipients: tuple[str, ...] = ()
    issued: Said | None = None
    name: str | None = None
    begins: date | None = None
    ends: date | None = None
    theme: str | None = None
    opened: Said | None = None
    closed: Said | None = None
    steps: Mapping[Milestone, Step] = field(default_factory=dict)
    duties: Mapping[int, DutyLaid] = field(default_factory=dict)
    reminders: tuple[tuple[date, UnitReminded], ...] = ()
    activities: tuple[tuple[date, ActivityLogged], ...] = ()

    @property
    def running(self) -> bool:
        """Return whether its cycle was opened and is not closed."""
        return self.opened is not None and self.closed is None


def evolve(was: Programme, entry: Entry) -> Programme:
    """Return the programme after an entry."""
    event = cast(ProgrammeEvent, entry.event)
    match event:
        case PlanDrafted(heading, symbol, place):
            plan = {"heading": heading, "symbol": symbol, "locality": place}
            return changed(was, **plan, drafted=said(entry))
        case PlanIssued(number, signed_by, recipients):
            sent = changed(was, recipients=recipients)
            return changed(sent, number=number, signed_by=signed_by, issued=said(entry))
        case CycleOpened(name, begins, ends, theme):
            cycle = {"name": name, "begins": begins, "ends": ends, "theme": theme}
            return changed(was, **cycle, opened=said(entry))
        case MilestoneSet(milestone, due, begins):
            return changed(was, steps={**was.steps, milestone: Step(due, begins)})
        case MilestoneReached(milestone, document):
            return changed(was, steps=_reached(was, milestone, document, entry.effective_on))
        case DutyLaid():
            return changed(was, duties={**was.duties, entry.version: event})
        case UnitReminded():
            return changed(was, reminders=(*was.reminders, (entry.effective_on, event)))
        case ActivityLogged():
            return changed(was, activities=(*was.activities, (entry.effective_on, event)))
        case CycleClosed():
            return changed(was, closed=said(entry))
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _reached(
    was: Programme, milestone: Milestone, document: str, on: date
) -> dict[Milestone, Step]:
    step = was.steps.get(milestone, Step(on))
    return {**was.steps, milestone: changed(step, document=document, reached=on)}


def fold(entries: Iterable[Entry]) -> Programme:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Programme())
