"""What may be asked about programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.programme import ActivityKind, DutyKind, Milestone
from domain.values import Private


@dataclass(frozen=True)
class DraftPlan:
    """Enter a plan before it is signed, or change the draft."""

    heading: str
    symbol: str
    locality: str | None = None


@dataclass(frozen=True)
class IssuePlan:
    """Record that the plan was signed on the effective day, by the holder of an office.

    `recipients` is whom it went to, as printed, each with its mark.
    """

    number: str
    signed_by: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenCycle:
    """Open the cycle that the plan is for."""

    name: str
    begins: date
    ends: date
    theme: str | None = None


@dataclass(frozen=True)
class SetMilestone:
    """Set the day, or the stretch of time, of a step of the cycle."""

    milestone: Milestone
    due: date
    begins: date | None = None


@dataclass(frozen=True)
class ReachMilestone:
    """Record the document by which a step of the cycle was made."""

    milestone: Milestone
    document: str


@dataclass(frozen=True)
class LayDuty:
    """Ask something of units, of all if none is named; without a day, by the usual one."""

    kind: DutyKind
    year: int | None = None
    due: date | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemindUnit:
    """Urge a unit to do what it owes; `duty` is the entry that laid it."""

    unit: str
    duty: int
    note: Private | None = None


@dataclass(frozen=True)
class LogActivity:
    """Record publicity or training for the programme."""

    kind: ActivityKind
    content: Private
    unit: str | None = None
    attendees: int | None = None
    document: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class CloseCycle:
    """Close the cycle once it is over."""


ProgrammeCommand = (
    DraftPlan
    | IssuePlan
    | OpenCycle
    | SetMilestone
    | ReachMilestone
    | LayDuty
    | RemindUnit
    | LogActivity
    | CloseCycle
)
