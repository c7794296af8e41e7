"""What may be asked about councils and their members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.council import Matter, Seat, TieRule, VoteBase


@dataclass(frozen=True)
class EstablishCouncil:
    """Enter a council that was set up by decision; `signer` is the person who signed it."""

    name: str
    decision: str
    signer: str
    until: date | None = None


@dataclass(frozen=True)
class ConfirmCouncilTerms:
    """Confirm how the council decides; what is left open is as the rule set proposes."""

    quorum: str | None = None
    recognition: str | None = None
    upward_proposal: str | None = None
    provincial_fighter: str | None = None
    stage_opinion: str | None = None
    other: str | None = None
    secret: tuple[Matter, ...] = ()
    written: tuple[Matter, ...] = ()
    base: VoteBase | None = None
    tie: TieRule | None = None


@dataclass(frozen=True)
class AppointCouncilMember:
    """Give a person a seat from the effective day on."""

    person: str
    seat: Seat
    until: date | None = None


@dataclass(frozen=True)
class DismissCouncilMember:
    """Take a person's seat back from the effective day on."""

    person: str


@dataclass(frozen=True)
class DeclareKinship:
    """Declare a member the spouse or a relative of a person."""

    person: str
    relative: str


CouncilCommand = (
    EstablishCouncil
    | ConfirmCouncilTerms
    | AppointCouncilMember
    | DismissCouncilMember
    | DeclareKinship
)
