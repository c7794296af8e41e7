"""What may be asked about the sessions of a council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.council import Matter, Seat
from domain.session_events import Conflict
from domain.values import Private


@dataclass(frozen=True)
class NoticeSession:
    """Call a session of a council."""

    council: str
    held_on: date
    place: Private


@dataclass(frozen=True)
class AddAgendaItem:
    """Put a candidate, or another question, on the agenda."""

    matter: Matter
    candidate: str | None = None
    question: Private | None = None


@dataclass(frozen=True)
class DropAgendaItem:
    """Leave an item undecided in this session."""

    item: int
    reason: Private


@dataclass(frozen=True)
class SendPapers:
    """Record that the members were sent the papers."""

    file: str | None = None


@dataclass(frozen=True)
class RecordAttendance:
    """Record which members came; guests are counted only."""

    present: tuple[str, ...]
    guests: int = 0


@dataclass(frozen=True)
class DeclareRecusal:
    """Record that a member does not vote on an item."""

    item: int
    person: str
    ground: Conflict = Conflict.RECUSED


@dataclass(frozen=True)
class ReceiveWrittenVotes:
    """Record which absent members sent their votes; what they hold is counted with the rest."""

    item: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class NameTallyCommittee:
    """Name who counts the ballots."""

    members: tuple[str, ...]


@dataclass(frozen=True)
class RecordOpenVotes:
    """Record how each member voted on an open matter."""

    item: int
    votes_for: tuple[str, ...]
    votes_against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()


@dataclass(frozen=True)
class TallyBallot:
    """Record a secret ballot: numbers, and the SHA-256 in hex of the signed tally minutes."""

    item: int
    issued: int
    returned: int
    votes_for: int
    votes_against: int
    invalid: int
    file: str


@dataclass(frozen=True)
class CorrectTally:
    """Record that the ballots were counted again, and why."""

    item: int
    issued: int
    returned: int
    votes_for: int
    votes_against: int
    invalid: int
    file: str
    reason: Private


@dataclass(frozen=True)
class RecordChairOpinion:
    """Record the chair's opinion where as many were for as against."""

    item: int
    favours: bool


@dataclass(frozen=True)
class DrawUpMinutes:
    """Write the minutes; what they must say follows from the session."""

    file: str | None = None


@dataclass(frozen=True)
class SignMinutes:
    """Sign the minutes as chair, as vice-chair presiding, or as secretary."""

    seat: Seat


@dataclass(frozen=True)
class CloseSession:
    """End a session."""


SessionCommand = (
    NoticeSession
    | AddAgendaItem
    | DropAgendaItem
    | SendPapers
    | RecordAttendance
    | DeclareRecusal
    | ReceiveWrittenVotes
    | NameTallyCommittee
    | RecordOpenVotes
    | TallyBallot
    | CorrectTally
    | RecordChairOpinion
    | DrawUpMinutes
    | SignMinutes
    | CloseSession
)
