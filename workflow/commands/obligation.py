"""What may be asked about what units owe."""

from __future__ import annotations

from dataclasses import dataclass

from domain.obligation import PlanPart
from domain.values import Private


@dataclass(frozen=True)
class SubmitObligation:
    """Hand in what a unit owes: `duty` is the entry of the programme that laid it.

    A plan says which parts it contains, a conference how many were honoured.
    """

    programme: str
    duty: int
    unit: str
    document: str
    contains: tuple[PlanPart, ...] = ()
    honoured: int | None = None
    content: Private | None = None
    file: str | None = None


@dataclass(frozen=True)
class ReturnObligation:
    """Send it back to be completed."""

    reason: Private


@dataclass(frozen=True)
class ResubmitObligation:
    """Hand in again what was sent back."""

    document: str
    contains: tuple[PlanPart, ...] = ()
    honoured: int | None = None
    content: Private | None = None
    file: str | None = None


@dataclass(frozen=True)
class AcceptObligation:
    """Accept what was handed in."""


ObligationCommand = SubmitObligation | ReturnObligation | ResubmitObligation | AcceptObligation
