"""Lawfulness of sessions: what was held through the door is lawful, what was forged is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from councils import CHAIR, COUNCIL, FILE, MEMBERS, SECRETARY, Sitting, called
from department import PAPER, TODAY, Department
from scenario import given
from stories import SUMMARIZING, WORDS
from test_lawfulness import forge, verdicts

from domain import session_events as happened
from domain.council import Matter, Seat
from domain.events import Event
from domain.publicity import CommentPeriodOpened
from domain.values import Role
from workflow import commands as asked
from workflow.lawfulness import Ruling
from workflow.refusals import NeedsUnmet


def begun(register: Department) -> tuple[Sitting, int]:
    """Return a session of today with ten members present and one candidate on the agenda."""
    sitting = called(register, TODAY)
    item = sitting.item(given(register, *SUMMARIZING).subject)
    sitting.attended(MEMBERS[3]).ask(asked.NameTallyCommittee((SECRETARY, MEMBERS[5])))
    return sitting, item


def test_a_session_with_all_that_it_can_hold_is_lawful(register: Department) -> None:
    sitting, item = begun(register)
    letters = sitting.item(given(register, *SUMMARIZING).subject, Matter.PROVINCIAL_FIGHTER)
    for _ in range(2):
        sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    sitting.ask(asked.SendPapers(FILE))
    sitting.ask(asked.DeclareRecusal(item, MEMBERS[4]))
    sitting.ask(asked.ReceiveWrittenVotes(letters, (MEMBERS[3],)))
    sitting.tallied(item, 8, 1)
    sitting.tallied(letters, 11)
    again = asked.CorrectTally(item, 9, 9, 9, 0, 0, FILE, WORDS)
    sitting.ask(again, Role.STANDING_BODY, basis=PAPER)
    sitting.ask(asked.RecordOpenVotes(3, MEMBERS[4:9], (*MEMBERS[:3], *MEMBERS[9:])))
    sitting.ask(asked.RecordChairOpinion(3, False), CHAIR)
    sitting.ask(asked.DropAgendaItem(4, WORDS))
    sitting.closed()
    register.ask(asked.DeclareKinship(CHAIR, "person:lan"), COUNCIL, Role.DIRECTOR)
    held = [v for v in verdicts(register) if v.entry.subject in (sitting.subject, COUNCIL)]
    assert [(v.entry.event, v.why) for v in held if v.why] == []
    assert len(held) == 34


TALLY = happened.BallotTallied(1, 10, 10, 9, 1, 0, FILE, 11, "4/5")
OPEN = happened.OpenVotesRecorded(1, MEMBERS[4:10], 11, "4/5")
FORGERIES: dict[str, tuple[Event, tuple[str, ...]]] = {
    "breaks no rule": (TALLY, ()),
    "counts of fewer members": (replace(TALLY, base=9), ("event",)),
    "asks for a smaller share": (replace(TALLY, threshold="1/2"), ("event",)),
    "leaves out whom it should not": (replace(TALLY, excluded=(CHAIR,)), ("event",)),
    "counts more than could vote": (
        replace(TALLY, issued=11, returned=11, votes_for=10),
        ("eligible-voters",),
    ),
    "does not add up": (replace(TALLY, votes_for=10), ("invalid-returned",)),
    "is about another item": (
        replace(TALLY, item=2),
        ("invalid-item", "item-waiting", "eligible-voters", "event"),
    ),
    "asks about what is no candidate": (
        happened.AgendaItemAdded(2, Matter.RECOGNITION, "unit:kiem-lam"),
        ("unknown-subject", "agenda-publicity"),
    ),
    "needs a share that is none": (replace(TALLY, threshold="đa số"), ("event",)),
    "votes by name in secret": (OPEN, ("open-matter",)),
    "counts people as present who are no members": (
        happened.AttendanceRecorded(("person:x",), ()),
        ("attending-members", "event"),
    ),
    "forgets who was absent": (
        happened.AttendanceRecorded(MEMBERS[:8], ()),
        ("event",),
    ),
    "ends too early": (
        happened.SessionClosed(),
        ("items-settled", "minutes", "minutes-signed"),
    ),
    "signs what nobody wrote": (happened.MinutesSigned(Seat.SECRETARY), ("minutes",)),
    "draws up other minutes": (happened.MinutesDrawnUp(FILE), ("items-settled", "event")),
}


@pytest.mark.parametrize(("event", "why"), FORGERIES.values(), ids=FORGERIES)
def test_what_is_forged_in_a_session_is_found(
    house: Department, event: Event, why: tuple[str, ...]
) -> None:
    sitting, _ = begun(house)
    offices = house.offices().items()
    office = next(id for id, o in offices if o.person == SECRETARY and o.role is Role.COUNCIL)
    rules = house.rules.on(TODAY).name
    more = {"by": SECRETARY, "on": TODAY, "acting_as": office, "rule_set": rules}
    assert accused(house, sitting.subject, event, more) == why


def accused(
    house: Department, subject: str, event: Event, more: dict[str, Any]
) -> tuple[str, ...]:
    """Write an entry past the door; return what it is accused of."""
    forge(house, subject, event, **more)
    last = verdicts(house)[-1]
    assert (last.ruling is Ruling.LAWFUL) == (last.why == ())
    return last.why


def test_a_share_that_is_none_is_never_reached(house: Department) -> None:
    sitting, item = begun(house)
    forge(house, sitting.subject, replace(TALLY, threshold="đa số"), by=SECRETARY, on=TODAY)
    assert (sitting.state.item(item).passed, sitting.state.item(item).settled) == (False, True)


def test_comments_for_ever_are_found(house: Department) -> None:
    subject = given(house, *SUMMARIZING[:-3]).subject
    forever = CommentPeriodOpened(10**12, date(9999, 12, 31), 0)
    more = {"by": Role.OFFICER, "on": TODAY}
    assert accused(house, subject, forever, more) == ("invalid-days", "event")


def test_a_session_whose_notice_was_voided_holds_nothing(register: Department) -> None:
    sitting, item = begun(register)
    void = asked.VoidEntry(1, WORDS)
    register.ask(void, sitting.subject, Role.DIRECTOR, basis=PAPER)
    tally = asked.TallyBallot(item, 10, 10, 10, 0, 0, FILE)
    for command in (asked.RecordAttendance(MEMBERS), tally, asked.SignMinutes(Seat.SECRETARY)):
        with pytest.raises(NeedsUnmet):
            sitting.ask(command)
