"""A council of eleven for tests, and sessions held by commands as a department holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol

from stories import WORDS

from domain.council import Matter, Seat
from domain.values import Role
from workflow import commands as asked
from workflow.register import Receipt

COUNCIL: Final = "council:so"
SINCE: Final = date(2021, 1, 4)
FILE: Final = "ab" * 32
MEMBERS: Final = tuple(f"person:member-{n:02}" for n in range(1, 12))
CHAIR, SECRETARY = MEMBERS[0], MEMBERS[-1]
SEATS: Final = {
    **dict.fromkeys(MEMBERS, Seat.MEMBER),
    **dict.fromkeys(MEMBERS[1:3], Seat.VICE_CHAIR),
    CHAIR: Seat.CHAIR,
    SECRETARY: Seat.SECRETARY,
}


class Asking(Protocol):
    """A register that can be asked by role: a `Department`, or the one behind a desk."""

    people: Mapping[Role, str]

    def ask(
        self,
        command: asked.Command,
        to: str | None = None,
        by: Role | str = Role.ADMINISTRATOR,
        on: date | None = None,
        **more: Any,
    ) -> Receipt:
        """Submit a command in the name of a role's person, or of anyone."""

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return every subject of a kind."""


def established(register: Asking, *, confirmed: bool = True) -> str:
    """Establish the council of eleven, once."""
    if register.all("council"):
        return COUNCIL
    signer = register.people[Role.DIRECTOR]
    new = asked.EstablishCouncil("Hội đồng Thi đua - Khen thưởng", "5/QĐ-SNN", signer)
    register.ask(new, COUNCIL, on=SINCE)
    for person, seat in SEATS.items():
        register.ask(asked.AppointCouncilMember(person, seat), COUNCIL, on=SINCE)
    for person in (CHAIR, SECRETARY):
        register.ask(asked.GrantOffice(person, Role.COUNCIL), on=SINCE)
    if confirmed:
        register.ask(asked.ConfirmCouncilTerms(), COUNCIL, Role.DIRECTOR, SINCE)
    return COUNCIL


@dataclass(frozen=True)
class Sitting:
    """One session, recorded by the secretary of the council."""

    register: Asking
    subject: str
    held_on: date

    def ask(self, command: asked.Command, by: Role | str = SECRETARY, **more: Any) -> Any:
        """Submit a command about the session, from its day on."""
        return self.register.ask(command, self.subject, by, self.held_on, **more)

    def item(self, candidate: str, matter: Matter = Matter.RECOGNITION) -> int:
        """Put a candidate on the agenda; return its number."""
        event = self.ask(asked.AddAgendaItem(matter, candidate)).entries[0].event
        number: int = event.item
        return number

    def attended(self, *absent: str) -> Sitting:
        """Record that all members came but these."""
        here = tuple(person for person in MEMBERS if person not in absent)
        self.ask(asked.RecordAttendance(here))
        return self

    def tallied(self, item: int, votes_for: int, votes_against: int = 0, invalid: int = 0) -> None:
        """Count a secret ballot by the secretary and another member."""
        if not self.state.committee:
            self.ask(asked.NameTallyCommittee((SECRETARY, MEMBERS[5])))
        cast = votes_for + votes_against + invalid
        self.ask(asked.TallyBallot(item, cast, cast, votes_for, votes_against, invalid, FILE))

    def closed(self) -> Sitting:
        """Draw the minutes up, have them signed, and end the session."""
        self.ask(asked.DrawUpMinutes())
        self.ask(asked.SignMinutes(Seat.CHAIR), CHAIR)
        self.ask(asked.SignMinutes(Seat.SECRETARY))
        self.ask(asked.CloseSession())
        return self

    @property
    def state(self) -> Any:
        """Return the session as it stands."""
        return self.register.all("session")[self.subject]


def called(register: Asking, held_on: date) -> Sitting:
    """Call a session of the council of eleven."""
    call = asked.NoticeSession(established(register), held_on, WORDS)
    notice = register.ask(call, by=SECRETARY, on=held_on - timedelta(days=3))
    return Sitting(register, notice.subject, held_on)


def publicized(register: Asking, candidate: str, begun: date) -> date:
    """Make a candidate public for ten working days without a comment; return the day after."""
    opened = register.ask(asked.OpenCommentPeriod(), candidate, Role.OFFICER, begun)
    event: Any = opened.entries[0].event
    after: date = event.until + timedelta(days=1)
    register.ask(asked.CloseCommentPeriod(), candidate, Role.REVIEWER, after)
    return after


def heard(register: Asking, candidate: str, held_on: date, votes_for: int = 11) -> Sitting:
    """Hold a session in which all members vote on the recognition of one candidate."""
    sitting = called(register, held_on)
    item = sitting.item(candidate)
    sitting.attended().tallied(item, votes_for, 11 - votes_for)
    return sitting.closed()
