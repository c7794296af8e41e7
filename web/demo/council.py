"""The council of the sample: eleven members, its terms, its sessions and their ballots.

Eleven, eight and seven members come: the last are no quorum. Of eleven votes 9 are 81,8 % (enough
for an exemplar, not for a provincial fighter) and 10 are 90,9 %; of ten, 8 are 80 % to the point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from domain.council import Council, Matter, Seat
from domain.values import Role, private
from web.demo.cast import CAST, SAMPLE
from web.demo.people import OTHERS, WATER, YOUTH
from web.demo.stage import Stage, Step, Story, enter
from workflow import commands as asked

STANDING, DIRECTOR = Role.STANDING_BODY, Role.DIRECTOR
COUNCIL: Final = "council:so"
RECOGNITION, FIGHTER = Matter.RECOGNITION, Matter.PROVINCIAL_FIGHTER
NOTICE: Final = timedelta(days=7)


class Ballot(NamedTuple):
    """A secret ballot about a candidate, in numbers: nobody's choice is written anywhere."""

    number: int
    matter: Matter
    ayes: int
    noes: int = 0
    invalid: int = 0


def council(stage: Stage) -> Story:
    """Set up by decision; ten members at first, the eleventh comes in the story of 2."""
    set_up = asked.EstablishCouncil(
        f"Hội đồng Thi đua - Khen thưởng Sở ({SAMPLE})", "1601/QĐ-SNN", stage.people[DIRECTOR]
    )
    yield enter("2021-12-10", set_up, COUNCIL, STANDING, paper="1601/QĐ-SNN")
    seats = {stage.people[DIRECTOR]: Seat.CHAIR, stage.people[STANDING]: Seat.SECRETARY}
    seats |= {person: seat for person, (_, seat) in OTHERS.items()}
    seats[stage.people[Role.COUNCIL]] = Seat.MEMBER
    for person, seat in seats.items():
        member = asked.AppointCouncilMember(person, seat)
        yield enter("2021-12-10", member, COUNCIL, STANDING, paper="1601/QĐ-SNN")
    terms = asked.ConfirmCouncilTerms()
    yield enter("2021-12-15", terms, COUNCIL, DIRECTOR, paper="1633/QĐ-SNN")
    kin = asked.DeclareKinship
    relative = CAST[9].id
    yield enter(
        "2023-10-02", lambda on: kin(YOUTH, on.person(relative)), COUNCIL, STANDING
    )  # the member from the youth union is a cousin of 9
    retired = asked.DismissCouncilMember(WATER)
    yield enter("2024-09-01", retired, COUNCIL, STANDING, paper="655/QĐ-SNN")


def sessions(stage: Stage) -> Story:
    """Every session of the council, from the notice to the signed minutes."""
    yield from _sat(
        "2023-03-24",
        11,
        Ballot(1, RECOGNITION, 10),
        Ballot(2, RECOGNITION, 9, 1),
        Ballot(4, RECOGNITION, 10, 1),
        Ballot(13, RECOGNITION, 11),
        Ballot(14, RECOGNITION, 10, 0, 1),
        Ballot(20, RECOGNITION, 10),
    )
    # Eight are a quorum; all eight agree, and still are not four fifths of eleven.
    yield from _sat("2023-12-12", 8, Ballot(7, RECOGNITION, 8))
    yield from _sat("2023-12-22", 11, Ballot(7, RECOGNITION, 10, 1), Ballot(19, RECOGNITION, 11))
    yield from _not_enough("2024-03-15", 7, 3)
    yield from _sat(
        "2024-03-29",
        11,
        Ballot(3, RECOGNITION, 11),
        Ballot(4, RECOGNITION, 10, 1),
        Ballot(5, RECOGNITION, 11),
        Ballot(11, RECOGNITION, 10, 1),
        Ballot(5, FIGHTER, 10, 1),
        Ballot(2, FIGHTER, 9, 1),
    )
    yield from _sat(
        "2025-03-28",
        10,
        Ballot(8, RECOGNITION, 9, 1),
        Ballot(9, RECOGNITION, 9),
        Ballot(15, RECOGNITION, 8, 1, 1),
        Ballot(16, RECOGNITION, 9, 1),
        Ballot(18, RECOGNITION, 10),
    )


def _sat(held_on: str, here: int, *ballots: Ballot) -> Iterator[Step]:
    """Yield a session in which all is decided by secret ballot."""
    about = f"session:{held_on}"
    yield from _called(about, held_on, *((one.matter, one.number) for one in ballots))
    yield from _opened(about, held_on, here)
    for item, one in enumerate(ballots, 1):
        votes = one.ayes + one.noes + one.invalid
        file = hashlib.sha256(f"{SAMPLE}: {about} {item}".encode()).hexdigest()
        tally = asked.TallyBallot(item, votes, votes, *one[2:], file)
        yield enter(held_on, tally, about, STANDING)
    yield from _closed(about, held_on)


def _not_enough(held_on: str, here: int, number: int) -> Iterator[Step]:
    """Yield a session to which too few come: nothing is voted on, the item waits."""
    about = f"session:{held_on}"
    yield from _called(about, held_on, (RECOGNITION, number))
    yield from _opened(about, held_on, here)
    tally = asked.TallyBallot(1, here, here, here, 0, 0, "0" * 64)
    yield enter(held_on, tally, about, STANDING, unmet=("quorum",))
    late = asked.DropAgendaItem(1, private("Không đủ số thành viên dự họp; để lại phiên sau"))
    yield enter(held_on, late, about, STANDING)
    yield from _closed(about, held_on)


def _called(about: str, held_on: str, *items: tuple[Matter, int]) -> Iterator[Step]:
    day = date.fromisoformat(held_on)
    called = str(day - NOTICE)
    place = private("Phòng họp tầng 2, trụ sở Sở")
    yield enter(called, asked.NoticeSession(COUNCIL, day, place), about, STANDING)
    for matter, number in items:
        # Two years of the lower title, not three: who looked at the gap says so by a paper.
        looked_at = "14/TTr-TCCB" if matter is FIGHTER else None
        item = asked.AddAgendaItem(matter, CAST[number].id)
        yield enter(called, item, about, STANDING, paper=looked_at)
    yield enter(called, asked.SendPapers(), about, STANDING)


def _opened(about: str, held_on: str, here: int) -> Iterator[Step]:
    def attendance(stage: Stage) -> asked.Command:
        told: Council = stage.state(COUNCIL)
        return asked.RecordAttendance(tuple(told.in_office(date.fromisoformat(held_on)))[:here])

    yield enter(held_on, attendance, about, STANDING)

    def committee(stage: Stage) -> asked.Command:
        return asked.NameTallyCommittee((stage.people[STANDING], *list(OTHERS)[2:4]))

    yield enter(held_on, committee, about, STANDING)


def _closed(about: str, held_on: str) -> Iterator[Step]:
    yield enter(held_on, asked.DrawUpMinutes(), about, STANDING)
    yield enter(held_on, asked.SignMinutes(Seat.CHAIR), about, DIRECTOR)
    yield enter(held_on, asked.SignMinutes(Seat.SECRETARY), about, STANDING)
    yield enter(held_on, asked.CloseSession(), about, STANDING)
