"""Councils: who sits in them on which day, and by which terms they decide (R5-13, A-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import NamedTuple, assert_never, cast

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.values import changed


class Seat(StrEnum):
    """What a member is in a council (domain facts 1.9)."""

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class Matter(StrEnum):
    """What a council is asked about; each has its own threshold (domain facts 2.5)."""

    RECOGNITION = "recognition"
    UPWARD_PROPOSAL = "upward-proposal"
    PROVINCIAL_FIGHTER = "provincial-fighter-proposal"
    STAGE_OPINION = "stage-opinion"
    OTHER = "other-matter"


class VoteBase(StrEnum):
    """Of whom a share of votes is taken (A-16)."""

    IN_OFFICE = "members-in-office"
    PRESENT = "members-voting-or-present"


class TieRule(StrEnum):
    """What becomes of as many votes for as against."""

    CHAIR_DECIDES = "chair-decides"
    NOT_PASSED = "tie-does-not-pass"


@dataclass(frozen=True, slots=True)
class CouncilEstablished:
    """The head of the department set up a council by decision (Law 06/2022, article 90)."""

    name: str
    decision: str
    signer: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilTermsConfirmed:
    """The department confirmed how its council decides; shares are text, as in "2/3"."""

    quorum: str
    recognition: str
    upward_proposal: str
    provincial_fighter: str
    stage_opinion: str
    other: str
    secret: tuple[Matter, ...]
    written: tuple[Matter, ...]
    base: VoteBase
    tie: TieRule


@dataclass(frozen=True, slots=True)
class CouncilMemberAppointed:
    """A person sits in the council from this day on, until its last day if one is set."""

    person: str
    seat: Seat
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilMemberLeft:
    """A person sits in the council no longer."""

    person: str


@dataclass(frozen=True, slots=True)
class KinshipDeclared:
    """A member is the spouse or a relative of a person and may not vote on that person."""

    person: str
    relative: str


CouncilEvent = (
    CouncilEstablished
    | CouncilTermsConfirmed
    | CouncilMemberAppointed
    | CouncilMemberLeft
    | KinshipDeclared
    | EntryVoided
    | EffectiveDateCorrected
)


class Member(NamedTuple):
    """A person in a seat."""

    person: str
    seat: Seat
    until: date | None = None


@dataclass(frozen=True)
class Council:
    """The sum of a council's entries."""

    name: str | None = None
    decision: str | None = None
    signer: str | None = None
    since: date | None = None
    until: date | None = None
    terms: CouncilTermsConfirmed | None = None
    members: tuple[Member, ...] = ()
    kin: tuple[tuple[str, str], ...] = ()

    def in_office(self, day: date) -> dict[str, Seat]:
        """Return who sits in which seat on a day; the state is to be the one of that day."""
        if self.until is not None and self.until < day:
            return {}
        return {m.person: m.seat for m in self.members if m.until is None or day <= m.until}

    def threshold(self, matter: Matter) -> str:
        """Return the share of votes that a matter needs; no text if no terms are confirmed."""
        if self.terms is None:
            return ""
        shares = {
            Matter.RECOGNITION: self.terms.recognition,
            Matter.UPWARD_PROPOSAL: self.terms.upward_proposal,
            Matter.PROVINCIAL_FIGHTER: self.terms.provincial_fighter,
            Matter.STAGE_OPINION: self.terms.stage_opinion,
            Matter.OTHER: self.terms.other,
        }
        return shares[matter]


def evolve(was: Council, entry: Entry) -> Council:
    """Return the council after an entry."""
    event = cast(CouncilEvent, entry.event)
    match event:
        case CouncilEstablished(name, decision, signer, until):
            told = {"name": name, "decision": decision, "signer": signer, "until": until}
            return changed(was, since=entry.effective_on, **told)
        case CouncilTermsConfirmed():
            return changed(was, terms=event)
        case CouncilMemberAppointed(person, seat, until):
            return changed(was, members=(*_without(was, person), Member(person, seat, until)))
        case CouncilMemberLeft(person):
            return changed(was, members=_without(was, person))
        case KinshipDeclared(person, relative):
            return changed(was, kin=(*was.kin, (person, relative)))
        case EntryVoided() | EffectiveDateCorrected():
            return was
        case _:
            assert_never(event)


def _without(was: Council, person: str) -> tuple[Member, ...]:
    return tuple(m for m in was.members if m.person != person)


def fold(entries: Iterable[Entry]) -> Council:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Council())
