"""Sessions of a council: agenda, attendance, votes and minutes, and what they add up to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, NamedTuple, assert_never, cast

from domain import session_events as happened
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.council import Matter, Seat
from domain.entry import Entry
from domain.shares import reached
from domain.values import Sealed, changed


class Tally(NamedTuple):
    """How an item was voted on, in numbers, and which entry says so, written by whom."""

    votes_for: int
    votes_against: int
    others: int
    base: int
    threshold: str
    secret: bool
    tied: bool
    excluded: tuple[str, ...]
    by: str
    position: int

    @property
    def enough(self) -> bool:
        """Return whether the votes for are the share that was asked for."""
        return reached(self.threshold, self.votes_for, self.base)


@dataclass(frozen=True)
class Item:
    """One point of the agenda."""

    number: int
    matter: Matter
    candidate: str | None = None
    question: Sealed | None = None
    recused: tuple[tuple[str, happened.Conflict], ...] = ()
    written: tuple[str, ...] = ()
    tally: Tally | None = None
    chair_favours: bool | None = None
    dropped: bool = False

    @property
    def settled(self) -> bool:
        """Return whether the council is done with it."""
        undecided = self.tally is not None and self.tally.tied and self.chair_favours is None
        return self.dropped or (self.tally is not None and not undecided)

    @property
    def passed(self) -> bool:
        """Return whether the council agreed."""
        if self.tally is None:
            return False
        return self.tally.enough or (self.tally.tied and self.chair_favours is True)


@dataclass(frozen=True)
class Session:
    """The sum of a session's entries."""

    council: str | None = None
    held_on: date | None = None
    place: Sealed | None = None
    items: tuple[Item, ...] = ()
    papers: tuple[str | None, ...] = ()
    attended: bool = False
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    guests: int = 0
    committee: tuple[str, ...] = ()
    minutes: str | None = None
    signed: tuple[Seat, ...] = ()
    closed: date | None = None

    @property
    def in_office(self) -> int:
        """Return how many members there were on the day."""
        return len(self.present) + len(self.absent)

    def item(self, number: int) -> Item | None:
        """Return an item of the agenda by its number."""
        return next((item for item in self.items if item.number == number), None)

    def about(self, candidate: str, matter: Matter) -> Item | None:
        """Return the item on which the council decided about a candidate."""
        asked = (i for i in self.items if (i.candidate, i.matter) == (candidate, matter))
        return next((item for item in asked if item.settled and not item.dropped), None)

    @property
    def all_signed(self) -> bool:
        """Return whether whoever presided and the secretary have signed."""
        presided = {Seat.CHAIR, Seat.VICE_CHAIR}.intersection(self.signed)
        return bool(presided) and Seat.SECRETARY in self.signed


def evolve(was: Session, entry: Entry) -> Session:
    """Return the session after an entry."""
    event = cast(happened.SessionEvent, entry.event)
    match event:
        case happened.SessionNoticed(council, held_on, place):
            return changed(was, council=council, held_on=held_on, place=place)
        case happened.AgendaItemAdded(number, matter, candidate, question):
            return changed(was, items=(*was.items, Item(number, matter, candidate, question)))
        case happened.AgendaItemDropped(number):
            return _with(was, number, dropped=True)
        case happened.PapersSent(file):
            return changed(was, papers=(*was.papers, file))
        case happened.AttendanceRecorded(present, absent, guests):
            told = {"present": present, "absent": absent, "guests": guests}
            return changed(was, attended=True, **told)
        case happened.RecusalDeclared(number, person, ground):
            before = _of(was, number).recused
            return _with(was, number, recused=(*before, (person, ground)))
        case happened.WrittenVotesReceived(number, members):
            return _with(was, number, written=members)
        case happened.TallyCommitteeNamed(members):
            return changed(was, committee=members)
        case happened.OpenVotesRecorded() | happened.BallotTallied() | happened.TallyCorrected():
            return _with(was, event.item, tally=_tally(event, entry))
        case happened.ChairOpinionRecorded(number, favours):
            return _with(was, number, chair_favours=favours)
        case happened.MinutesDrawnUp(content):
            return changed(was, minutes=content, signed=())
        case happened.MinutesSigned(seat):
            return changed(was, signed=(*was.signed, seat))
        case happened.SessionClosed():
            return changed(was, closed=entry.effective_on)
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _tally(event: happened.OpenVotesRecorded | happened.Count, entry: Entry) -> Tally:
    shared = (event.excluded, entry.actor, entry.position)
    if isinstance(event, happened.OpenVotesRecorded):
        ayes, noes, rest = event.votes_for, event.votes_against, event.abstained
        numbers = (len(ayes), len(noes), len(rest))
        return Tally(*numbers, event.base, event.threshold, False, event.tied, *shared)
    numbers = (event.votes_for, event.votes_against, event.invalid)
    return Tally(*numbers, event.base, event.threshold, True, False, *shared)


def _of(was: Session, number: int) -> Item:
    return was.item(number) or Item(number, Matter.OTHER)


def _with(was: Session, number: int, **changes: Any) -> Session:
    """Return the session with one item changed; what was voided may have no item any more."""
    items = tuple(changed(i, **changes) if i.number == number else i for i in was.items)
    return changed(was, items=items)


def fold(entries: Iterable[Entry]) -> Session:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Session())


def content(session: Session) -> str:
    """Return the SHA-256 in hex of all that the minutes of a session must say."""
    items = [_told(item) for item in session.items]
    told = [
        session.council,
        session.held_on and session.held_on.isoformat(),
        session.place and session.place.mac,
        [session.present, session.absent, session.guests],
        session.committee,
        items,
    ]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def _told(item: Item) -> list[Any]:
    tally = item.tally and item.tally[:8]
    question = item.question and item.question.mac
    asked = [item.number, item.matter, item.candidate, question]
    return [*asked, item.recused, item.written, tally, item.chair_favours, item.dropped]
