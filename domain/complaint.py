"""Complaints and denunciations about candidates (domain facts 2.8, 2.9).

The log tells that one came, who handles it and how it ended. Whom it comes from is kept in a
store of its own, and every opening of that is an entry with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.entry import Entry, Said, said
from domain.values import Guarded, Sealed, changed


class ComplaintKind(StrEnum):
    """Which law a letter goes by."""

    COMPLAINT = "complaint-letter"
    DENUNCIATION = "denunciation-letter"


class ComplaintFinding(StrEnum):
    """What the one who handled it found."""

    FOUNDED = "founded"
    PARTLY_FOUNDED = "partly-founded"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True, slots=True)
class ComplaintReceived:
    """A letter about a candidate came. One that names nobody is recorded, and not settled.

    `summary` names no sender; `until` is the day by which it is accepted or not, by `calendar`.
    """

    kind: ComplaintKind
    candidate: str
    summary: Sealed
    sender: Guarded | None = None
    anonymous: bool = False
    until: date | None = None
    calendar: int = 0


@dataclass(frozen=True, slots=True)
class ComplaintAccepted:
    """It is settled by `handler` until a day; the candidate waits meanwhile (TT 08/2017)."""

    handler: str
    until: date
    calendar: int
    remote: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintRejected:
    """It is not settled, for a reason that the sender was told."""

    reason: Sealed


@dataclass(frozen=True, slots=True)
class HandlerReplaced:
    """Somebody else handles it."""

    handler: str


@dataclass(frozen=True, slots=True)
class ComplaintExtended:
    """It is complex and takes longer, until another day."""

    reason: Sealed
    until: date
    calendar: int


@dataclass(frozen=True, slots=True)
class ComplaintWithdrawn:
    """The sender took it back by a document: a `part` of it, or the whole."""

    document: str
    part: Sealed | None = None


@dataclass(frozen=True, slots=True)
class ComplaintResolved:
    """A document says what was found, and that the sender was answered."""

    finding: ComplaintFinding
    document: str
    reply: Sealed


@dataclass(frozen=True, slots=True)
class IdentityOpened:
    """The author of this entry looked up whom it comes from, for a reason."""

    reason: Sealed


@dataclass(frozen=True, slots=True)
class ComplaintDestroyed:
    """Its retention is over: words and identity are gone, and that it was here stays known."""


ComplaintEvent = (
    ComplaintReceived
    | ComplaintAccepted
    | ComplaintRejected
    | HandlerReplaced
    | ComplaintExtended
    | ComplaintWithdrawn
    | ComplaintResolved
    | IdentityOpened
    | ComplaintDestroyed
)


@dataclass(frozen=True)
class Complaint:
    """The sum of a complaint's entries; `until` is the day by which something is due."""

    kind: ComplaintKind | None = None
    candidate: str | None = None
    summary: Sealed | None = None
    sender: Guarded | None = None
    anonymous: bool = False
    received: Said | None = None
    until: date | None = None
    handler: str | None = None
    remote: bool = False
    accepted: Said | None = None
    extended: int = 0
    withdrawn: int = 0  # parts that were taken back
    finding: ComplaintFinding | None = None
    closed: Said | None = None
    opened: tuple[Said, ...] = ()
    destroyed: bool = False

    @property
    def waiting(self) -> bool:
        """Return whether somebody must say whether it is accepted."""
        return bool(self.received and not self.accepted and not self.closed and not self.anonymous)

    @property
    def running(self) -> bool:
        """Return whether it is being settled."""
        return self.accepted is not None and self.closed is None


def evolve(was: Complaint, entry: Entry) -> Complaint:
    """Return the complaint after an entry."""
    event, made = cast(ComplaintEvent, entry.event), said(entry)
    match event:
        case ComplaintReceived(kind, candidate, summary, sender, anonymous, until):
            told = {"kind": kind, "candidate": candidate, "summary": summary, "sender": sender}
            return changed(was, **told, anonymous=anonymous, until=until, received=made)
        case ComplaintAccepted(handler, until, _, remote):
            return changed(was, handler=handler, until=until, remote=remote, accepted=made)
        case HandlerReplaced(handler):
            return changed(was, handler=handler)
        case ComplaintExtended(_, until):
            return changed(was, until=until, extended=was.extended + 1)
        case ComplaintWithdrawn(_, part):
            if part is not None:
                return changed(was, withdrawn=was.withdrawn + 1)
            return changed(was, closed=made)
        case ComplaintRejected():
            return changed(was, closed=made)
        case ComplaintResolved(finding):
            return changed(was, finding=finding, closed=made)
        case IdentityOpened():
            return changed(was, opened=(*was.opened, made))
        case ComplaintDestroyed():
            return changed(was, summary=None, sender=None, destroyed=True)
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Complaint:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Complaint())
