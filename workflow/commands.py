"""What may be asked: one frozen dataclass per request, in the imperative.

Names and free text travel as `Private`; the door seals them, and only the commitment is logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from domain.values import (
    BlockGround,
    CandidateKind,
    ErasureGround,
    Outcome,
    PersonKind,
    PriorityGroup,
    Private,
    Rating,
    Result,
    RevocationGround,
    Role,
    Title,
    UnitKind,
    private,
)


@dataclass(frozen=True)
class FoundRegister:
    """Open an empty register with its first administrator."""

    who: Private


@dataclass(frozen=True)
class DescribePerson:
    """Record who a person is: name, birth_year, sex."""

    who: Private


@dataclass(frozen=True)
class ErasePersonalData:
    """Delete all that the vault holds about a person."""

    ground: ErasureGround


@dataclass(frozen=True)
class GrantOffice:
    """Let a person act in a role from the effective day on."""

    person: str
    role: Role
    unit: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class EndOffice:
    """Take an office back from the effective day on."""


@dataclass(frozen=True)
class RegisterUnit:
    """Enter a unit of the department."""

    name: str
    kind: UnitKind
    symbol: str | None = None
    parent: str | None = None


@dataclass(frozen=True)
class RenameUnit:
    """Give a unit another name from the effective day on."""

    name: str
    symbol: str | None = None


@dataclass(frozen=True)
class MergeUnit:
    """Merge a unit into one or more others."""

    into: tuple[str, ...]


@dataclass(frozen=True)
class AppointHead:
    """Make a person head of a unit."""

    person: str


@dataclass(frozen=True)
class DismissHead:
    """Leave a unit without a head."""


@dataclass(frozen=True)
class DiscoverCandidate:
    """Enter a candidate.

    `who` holds name, birth_year, sex; `what` position, place, field, movement, achievement.
    """

    kind: CandidateKind
    unit: str
    who: Private
    what: Private
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()


@dataclass(frozen=True)
class DescribeCandidate:
    """Describe a candidate anew."""

    what: Private
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()


@dataclass(frozen=True)
class RecordPeerAcclaim:
    """Record the minutes of the unit meeting that acclaimed the candidate."""

    minutes: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None


@dataclass(frozen=True)
class EndorseCandidate:
    """Record that the head of the unit endorses the candidate."""


@dataclass(frozen=True)
class AttachEvidence:
    """Attach a document. `file` is its SHA-256 in hex."""

    description: Private
    file: str | None = None


@dataclass(frozen=True)
class RecordTitle:
    """Record an emulation title for a year of achievement."""

    title: Title
    year: int


@dataclass(frozen=True)
class RecordRating:
    """Record how a year's work was rated."""

    rating: Rating
    year: int


@dataclass(frozen=True)
class AssessCriteria:
    """Record what was found for criteria, by code."""

    results: tuple[tuple[str, Result], ...]


@dataclass(frozen=True)
class AdoptNurturePlan:
    """Record how the candidate will be nurtured."""

    plan: Private


@dataclass(frozen=True)
class ReportProgress:
    """Report progress; a full review covers every goal of the plan."""

    report: Private
    full: bool = False


@dataclass(frozen=True)
class ReportSummary:
    """Write down what others can copy."""

    report: Private


@dataclass(frozen=True)
class RecordBlock:
    """Stop advance and recognition until a matter is settled."""

    ground: BlockGround
    note: Private


@dataclass(frozen=True)
class LiftBlock:
    """Record that the matter is settled."""

    ground: BlockGround
    note: Private


@dataclass(frozen=True)
class AdvanceStage:
    """Move a candidate to the next stage."""


@dataclass(frozen=True)
class ReturnStage:
    """Move a candidate back one stage."""

    reason: Private


@dataclass(frozen=True)
class RecognizeExemplar:
    """Recognize a candidate by a signed decision."""

    decision: str


@dataclass(frozen=True)
class RevokeRecognition:
    """Cancel a recognition."""

    ground: RevocationGround
    reason: Private


@dataclass(frozen=True)
class SuspendCandidate:
    """Stop considering a candidate for now."""

    reason: Private


@dataclass(frozen=True)
class ResumeCandidate:
    """Go on considering a candidate."""

    reason: Private


@dataclass(frozen=True)
class WithdrawCandidate:
    """Take a candidate out at its own wish."""

    reason: Private


@dataclass(frozen=True)
class DeclineCandidate:
    """Do not accept a candidate."""

    reason: Private


@dataclass(frozen=True)
class CompleteCandidacy:
    """Close the file of a replicated exemplar."""

    note: Private


@dataclass(frozen=True)
class VoidEntry:
    """Declare an entry of this subject void, by its version."""

    target: int
    reason: Private


@dataclass(frozen=True)
class CorrectEffectiveDate:
    """Correct the day an entry of this subject took effect."""

    target: int
    to: date
    reason: Private


@dataclass(frozen=True)
class AttestCandidate:
    """Copy one candidate out of an older register, as that register tells it.

    `file` is the SHA-256 of the register in hex, `row` counts from 1 as the sheet shows it.
    Days are those of the paper; a stage that was not reached has none.
    """

    kind: CandidateKind
    unit: str
    who: Private
    what: Private
    discovered_on: date
    file: str
    sheet: str
    row: int
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()
    minutes: str | None = None
    nurtured_on: date | None = None
    summarized_on: date | None = None
    decision: str | None = None
    replicated_on: date | None = None
    outcome: Outcome | None = None
    ended_on: date | None = None
    titles: tuple[tuple[Title, int], ...] = ()
    ratings: tuple[tuple[Rating, int], ...] = ()


CandidateFact = (
    DescribeCandidate
    | RecordPeerAcclaim
    | EndorseCandidate
    | AttachEvidence
    | RecordTitle
    | RecordRating
    | AssessCriteria
    | AdoptNurturePlan
    | ReportProgress
    | ReportSummary
    | RecordBlock
    | LiftBlock
)
Move = (
    AdvanceStage
    | ReturnStage
    | RecognizeExemplar
    | RevokeRecognition
    | SuspendCandidate
    | ResumeCandidate
    | WithdrawCandidate
    | DeclineCandidate
    | CompleteCandidacy
)
Correct = VoidEntry | CorrectEffectiveDate
CandidateCommand = DiscoverCandidate | AttestCandidate | CandidateFact | Move | Correct
UnitCommand = RegisterUnit | RenameUnit | MergeUnit | AppointHead | DismissHead | Correct
PersonCommand = DescribePerson | ErasePersonalData
OfficeCommand = GrantOffice | EndOffice
Command = CandidateCommand | UnitCommand | PersonCommand | OfficeCommand | FoundRegister

MOVES: dict[type[Move], str] = {
    AdvanceStage: "advance",
    ReturnStage: "return",
    RecognizeExemplar: "recognize",
    RevokeRecognition: "revoke",
    SuspendCandidate: "suspend",
    ResumeCandidate: "resume",
    WithdrawCandidate: "withdraw",
    DeclineCandidate: "decline",
    CompleteCandidacy: "complete",
}


def question(move: str) -> Move | None:
    """Return a move with its words left open, to ask what it would need."""
    kind = next((kind for kind, name in MOVES.items() if name == move), None)
    if kind is None:
        return None
    blank: dict[str, Any] = {
        "reason": private(""),
        "note": private(""),
        "decision": "?",
        "ground": RevocationGround.LATER_VIOLATION,
    }
    return kind(**{f.name: blank[f.name] for f in fields(kind)})


_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def name_of(command: type[object]) -> str:
    """Return the kebab-case name of a command, such as `advance-stage`."""
    return _CAPITAL.sub("-", command.__name__).lower()


def kinds(command: Command) -> tuple[str, ...]:
    """Return the kinds of subject a command may be about; a new subject is of the first."""
    if isinstance(command, Correct):
        return ("candidate", "unit", "office", "person")
    if isinstance(command, UnitCommand):
        return ("unit",)
    if isinstance(command, OfficeCommand):
        return ("office",)
    if isinstance(command, PersonCommand | FoundRegister):
        return ("person",)
    return ("candidate",)


def named(name: str) -> type[Command] | None:
    """Return the command with a kebab-case name, or None."""
    return BY_NAME.get(name)


BY_NAME: dict[str, type[Command]] = {name_of(kind): kind for kind in Command.__args__}
