"""What can happen in a session of a council.

A secret ballot leaves a tally and nothing else: no event joins a member to a choice but the open
votes, and those are refused for matters that are decided in secret (domain facts 2.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.council import Matter, Seat
from domain.values import Sealed


class Conflict(StrEnum):
    """Why a member may attend and not vote (R8-1)."""

    CANDIDATE = "is-the-candidate"
    UNIT_HEAD = "heads-the-unit"
    RELATIVE = "relative-of-candidate"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True)
class SessionNoticed:
    """A session was called."""

    council: str
    held_on: date
    place: Sealed


@dataclass(frozen=True, slots=True)
class AgendaItemAdded:
    """The council is asked about a candidate, or about something else (`question`)."""

    item: int
    matter: Matter
    candidate: str | None = None
    question: Sealed | None = None


@dataclass(frozen=True, slots=True)
class AgendaItemDropped:
    """The council does not decide on an item in this session."""

    item: int
    reason: Sealed


@dataclass(frozen=True, slots=True)
class PapersSent:
    """The members were sent the papers. `file` is the SHA-256 of them in hex."""

    file: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    """Who of the members in office came; guests are counted and have no say."""

    present: tuple[str, ...]
    absent: tuple[str, ...]
    guests: int = 0


@dataclass(frozen=True, slots=True)
class RecusalDeclared:
    """A member may attend an item and does not vote on it."""

    item: int
    person: str
    ground: Conflict = Conflict.RECUSED


@dataclass(frozen=True, slots=True)
class WrittenVotesReceived:
    """Absent members sent their votes, in closed envelopes if the matter is secret."""

    item: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TallyCommitteeNamed:
    """Who counts the ballots."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenVotesRecorded:
    """How each member voted on an open matter; `excluded` had a conflict of interest.

    `tied` means as many for as against where a majority decides, and then the chair's opinion.
    """

    item: int
    votes_for: tuple[str, ...]
    base: int
    threshold: str
    votes_against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    tied: bool = False


@dataclass(frozen=True, slots=True)
class BallotTallied:
    """A secret ballot in numbers; `file` is the SHA-256 of the signed tally minutes in hex."""

    item: int
    issued: int
    returned: int
    votes_for: int
    votes_against: int
    invalid: int
    file: str
    base: int
    threshold: str
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TallyCorrected:
    """The ballots were counted again: these numbers stand in place of the earlier ones."""

    item: int
    issued: int
    returned: int
    votes_for: int
    votes_against: int
    invalid: int
    file: str
    reason: Sealed
    base: int
    threshold: str
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChairOpinionRecorded:
    """As many were for as against in an open vote: the chair's opinion decides."""

    item: int
    favours: bool


@dataclass(frozen=True, slots=True)
class MinutesDrawnUp:
    """The minutes were written. `content` is the SHA-256 of what they must say, in hex."""

    content: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class MinutesSigned:
    """The chair, who may be a vice-chair presiding, or the secretary signed the minutes."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """The session is over and its minutes are signed."""


Count = BallotTallied | TallyCorrected
SessionEvent = (
    SessionNoticed
    | AgendaItemAdded
    | AgendaItemDropped
    | PapersSent
    | AttendanceRecorded
    | RecusalDeclared
    | WrittenVotesReceived
    | TallyCommitteeNamed
    | OpenVotesRecorded
    | BallotTallied
    | TallyCorrected
    | ChairOpinionRecorded
    | MinutesDrawnUp
    | MinutesSigned
    | SessionClosed
    | EntryVoided
    | EffectiveDateCorrected
)
