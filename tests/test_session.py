"""Sessions: quorum, votes of those who may, tallies that betray nobody, minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from councils import (
    CHAIR,
    COUNCIL,
    FILE,
    MEMBERS,
    SECRETARY,
    Sitting,
    called,
    established,
    heard,
)
from department import PAPER, TODAY, Department
from samples import TABLES, rows
from scenario import given
from stories import SUMMARIZING, WORDS

from domain.council import Matter, Seat, TieRule
from domain.events import Event
from domain.session import Session, content
from domain.session_events import AttendanceRecorded, BallotTallied, OpenVotesRecorded
from domain.values import Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted, Refusal, UnknownSubject

COMMITTEE = asked.NameTallyCommittee((SECRETARY, MEMBERS[5]))
Act = Callable[[Sitting, int], Any]


@pytest.fixture
def sitting(house: Department) -> Sitting:
    """Return a session of today that nobody has come to yet."""
    return called(house, TODAY)


def about(sitting: Sitting, matter: Matter = Matter.RECOGNITION) -> int:
    """Put a new candidate on the agenda."""
    register: Any = sitting.register
    return sitting.item(given(register, *SUMMARIZING).subject, matter)


def refused(act: Callable[[], object]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the needs that a refusal names, each with what is missing."""
    with pytest.raises(NeedsUnmet) as caught:
        act()
    return [(f.need, f.missing) for f in caught.value.unmet]


def tally(item: int, ayes: int, noes: int = 0) -> asked.TallyBallot:
    """Return the command that counts a secret ballot in which every ballot came back."""
    return asked.TallyBallot(item, ayes + noes, ayes + noes, ayes, noes, 0, FILE)


# Quorum and thresholds


@pytest.mark.parametrize(("present", "enough"), [(11, True), (8, True), (7, False), (0, False)])
def test_a_15_two_thirds_of_the_members_in_office_are_a_quorum(
    sitting: Sitting, present: int, enough: bool
) -> None:
    item = about(sitting)
    sitting.attended(*MEMBERS[1:-1][: 11 - present], *(MEMBERS if not present else ()))
    sitting.ask(COMMITTEE)
    if enough:
        sitting.ask(tally(item, present))
        return
    short = [("quorum", (f"{present}/11",))]
    more = [] if present else [("eligible-voters", ("1/0",))]
    assert refused(lambda: sitting.ask(tally(item, present or 1))) == short + more


def test_a_15_guests_are_no_members_and_make_no_quorum(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.ask(asked.RecordAttendance(MEMBERS[:7], guests=30))
    sitting.ask(COMMITTEE)
    assert refused(lambda: sitting.ask(tally(item, 7))) == [("quorum", ("7/11",))]
    assert (sitting.state.guests, sitting.state.absent) == (30, tuple(sorted(MEMBERS[7:])))


def test_only_members_in_office_on_the_day_are_present(register: Department) -> None:
    established(register)
    register.ask(asked.DismissCouncilMember(MEMBERS[4]), COUNCIL, on=TODAY)
    sitting = called(register, TODAY)
    assert refused(lambda: sitting.attended()) == [("attending-members", ("not-a-member",))]
    sitting.attended(MEMBERS[4])
    assert (sitting.state.in_office, sitting.state.absent) == (10, ())


@pytest.mark.parametrize(("ayes", "noes", "passed"), [(9, 2, True), (8, 3, False), (11, 0, True)])
def test_a_15_an_exemplar_needs_four_fifths_of_all_members(
    sitting: Sitting, ayes: int, noes: int, passed: bool
) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, ayes, noes)
    assert sitting.state.item(item).passed is passed


@pytest.mark.parametrize(("ayes", "passed"), [(9, False), (10, True)])
def test_a_15_a_provincial_fighter_needs_nine_tenths(
    sitting: Sitting, ayes: int, passed: bool
) -> None:
    item = about(sitting, Matter.PROVINCIAL_FIGHTER)
    sitting.attended().tallied(item, ayes, 11 - ayes)
    assert sitting.state.item(item).passed is passed


@pytest.mark.parametrize("base", [asked.VoteBase.IN_OFFICE, asked.VoteBase.PRESENT])
def test_a_16_who_is_absent_or_in_conflict_stays_in_the_base(
    register: Department, base: Any
) -> None:
    established(register)
    register.ask(asked.ConfirmCouncilTerms(base=base), COUNCIL, Role.DIRECTOR, date(2022, 1, 1))
    sitting = called(register, TODAY)
    item = about(sitting)
    sitting.attended(MEMBERS[3], MEMBERS[4])
    sitting.ask(asked.DeclareRecusal(item, MEMBERS[5]))
    sitting.ask(asked.NameTallyCommittee(MEMBERS[1:3]))
    assert refused(lambda: sitting.ask(tally(item, 9))) == [("eligible-voters", ("9/8",))]
    sitting.ask(tally(item, 8))
    found = sitting.state.item(item)
    strict = base is asked.VoteBase.IN_OFFICE
    assert (found.tally.base, found.passed) == ((11, False) if strict else (9, True))


def test_exactly_four_fifths_of_ten_are_enough(register: Department) -> None:
    established(register)
    register.ask(asked.DismissCouncilMember(MEMBERS[4]), COUNCIL, on=date(2025, 1, 1))
    sitting = called(register, TODAY)
    item = about(sitting)
    sitting.attended(MEMBERS[4]).tallied(item, 8, 2)
    assert (sitting.state.item(item).tally.base, sitting.state.item(item).passed) == (10, True)


# Open votes


def openly(sitting: Sitting, ayes: int, noes: int, abstained: int = 0) -> int:
    """Record an open vote of a full council on a question; return the item's number."""
    sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    sitting.attended()
    item: int = sitting.state.items[-1].number
    rest = MEMBERS[ayes + noes : ayes + noes + abstained]
    votes = asked.RecordOpenVotes(item, MEMBERS[:ayes], MEMBERS[ayes : ayes + noes], rest)
    sitting.ask(votes)
    return item


@pytest.mark.parametrize(("ayes", "noes", "passed"), [(6, 5, True), (5, 4, False), (11, 0, True)])
def test_an_open_vote_needs_more_than_half_of_all_members(
    sitting: Sitting, ayes: int, noes: int, passed: bool
) -> None:
    item = openly(sitting, ayes, noes)
    assert sitting.state.item(item).passed is passed


@pytest.mark.parametrize("favours", [True, False])
def test_where_votes_are_tied_the_chairs_opinion_decides(sitting: Sitting, favours: bool) -> None:
    item = openly(sitting, 5, 5, 1)
    assert refused(lambda: sitting.ask(asked.DrawUpMinutes())) == [("items-settled", (str(item),))]
    sitting.ask(asked.RecordChairOpinion(item, favours))
    assert (sitting.state.item(item).settled, sitting.state.item(item).passed) == (True, favours)


def test_there_is_no_opinion_of_the_chair_without_a_tie(sitting: Sitting) -> None:
    item = openly(sitting, 6, 5)
    opinion = asked.RecordChairOpinion(item, False)
    assert refused(lambda: sitting.ask(opinion)) == [("tie", ())]


def test_terms_can_say_that_a_tie_does_not_pass(register: Department) -> None:
    established(register)
    own = asked.ConfirmCouncilTerms(tie=TieRule.NOT_PASSED)
    register.ask(own, COUNCIL, Role.DIRECTOR, date(2022, 1, 1))
    sitting = called(register, TODAY)
    item = openly(sitting, 5, 5)
    assert (sitting.state.item(item).settled, sitting.state.item(item).passed) == (True, False)


def test_r8_1_who_may_not_vote_is_refused_with_the_reason(sitting: Sitting) -> None:
    item = about(sitting, Matter.STAGE_OPINION)
    sitting.attended(MEMBERS[9])
    sitting.ask(asked.DeclareRecusal(item, MEMBERS[8]))
    votes = asked.RecordOpenVotes(item, (*MEMBERS[:7], MEMBERS[9]), (MEMBERS[8],))
    assert refused(lambda: sitting.ask(votes)) == [("eligible-voters", ("absent", "recused"))]


def test_nobody_votes_twice(sitting: Sitting) -> None:
    item = about(sitting, Matter.STAGE_OPINION)
    sitting.attended()
    with pytest.raises(InvalidCommand) as caught:
        sitting.ask(asked.RecordOpenVotes(item, MEMBERS[:6], MEMBERS[5:7]))
    assert caught.value.facts == ("votes", "names somebody twice")


# Written votes


def test_absent_members_vote_in_writing_where_the_matter_allows_it(sitting: Sitting) -> None:
    item, other = about(sitting, Matter.PROVINCIAL_FIGHTER), about(sitting)
    sitting.attended(*MEMBERS[2:4])
    letters = asked.ReceiveWrittenVotes(item, MEMBERS[2:4])
    sitting.ask(letters)
    sitting.tallied(item, 11)
    assert sitting.state.item(item).passed is True
    elsewhere = asked.ReceiveWrittenVotes(other, MEMBERS[2:4])
    assert refused(lambda: sitting.ask(elsewhere)) == [("written-allowed", ("recognition",))]


def test_who_is_present_does_not_vote_in_writing_too(sitting: Sitting) -> None:
    item = about(sitting, Matter.PROVINCIAL_FIGHTER)
    sitting.attended(MEMBERS[2])
    letters = asked.ReceiveWrittenVotes(item, MEMBERS[2:4])
    assert refused(lambda: sitting.ask(letters)) == [("written-allowed", ("not-absent",))]


# Secret ballots


SECRET = (Matter.RECOGNITION, Matter.UPWARD_PROPOSAL, Matter.PROVINCIAL_FIGHTER)


@pytest.mark.parametrize("matter", SECRET)
def test_no_vote_by_name_is_recorded_on_a_secret_matter(sitting: Sitting, matter: Matter) -> None:
    item = about(sitting, matter)
    sitting.attended()
    by_name = asked.RecordOpenVotes(item, MEMBERS[:9], MEMBERS[9:])
    assert refused(lambda: sitting.ask(by_name)) == [("open-matter", ())]


def test_a_ballot_is_counted_by_a_committee(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended()
    assert refused(lambda: sitting.ask(tally(item, 11))) == [("tally-committee", ())]


@pytest.mark.parametrize(
    ("numbers", "field", "problem"),
    [
        ((11, 12, 12, 0, 0), "returned", "cannot be more than were issued"),
        ((11, 11, 9, 1, 0), "returned", "must be for, against and invalid together"),
        ((11, 11, 12, -1, 0), "votes", "cannot be negative"),
    ],
)
def test_a_tally_adds_up(
    sitting: Sitting, numbers: tuple[int, ...], field: str, problem: str
) -> None:
    item = about(sitting)
    sitting.attended().ask(COMMITTEE)
    with pytest.raises(InvalidCommand) as caught:
        sitting.ask(asked.TallyBallot(item, *numbers, FILE))
    assert caught.value.facts == (field, problem)


@pytest.mark.parametrize("file", ["", "biên bản", "ab" * 31, "AB" * 32])
def test_a_tally_rests_on_its_minutes(sitting: Sitting, file: str) -> None:
    item = about(sitting)
    sitting.attended().ask(COMMITTEE)
    with pytest.raises(InvalidCommand) as caught:
        sitting.ask(asked.TallyBallot(item, 11, 11, 11, 0, 0, file))
    assert caught.value.facts == ("file", "must be 64 hexadecimal digits")


def test_ballots_that_did_not_come_back_or_are_invalid_count_for_nobody(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().ask(COMMITTEE)
    sitting.ask(asked.TallyBallot(item, 11, 10, 8, 1, 1, FILE))
    found = sitting.state.item(item)
    assert (found.tally.votes_for, found.tally.base, found.passed) == (8, 11, False)


def test_no_event_joins_a_member_to_a_choice_but_the_open_votes() -> None:
    choices = {"votes_for", "votes_against", "abstained", "invalid", "favours", "choice", "vote"}
    choosing = [kind for kind in Event.__args__ if choices & {f.name for f in fields(kind)}]
    people = {"person", "members", "present", "absent", "member"}
    joined = [k.__name__ for k in choosing if people & {f.name for f in fields(k)}]
    by_name = [k.__name__ for k in choosing for f in fields(k)
               if f.name in choices and "str" in str(f.type)]  # fmt: skip
    assert (joined, sorted(set(by_name))) == ([], ["OpenVotesRecorded"])


def test_no_table_tells_how_a_member_voted_in_secret(register: Department) -> None:
    """Rows of a whole session: the tally names nobody, and who is named made no choice."""
    story = given(register, *SUMMARIZING)
    sitting = called(register, TODAY)
    item = sitting.item(story.subject)
    sitting.attended(MEMBERS[3])
    votes = asked.RecordOpenVotes(item, MEMBERS[4:8], MEMBERS[8:10])
    with pytest.raises(NeedsUnmet):
        sitting.ask(votes)
    sitting.tallied(item, 8, 2)
    sitting.closed()
    assert isinstance(register.ledger, Ledger)
    database = register.ledger.recorder.db
    found: dict[str, set[str]] = {}
    for table in TABLES:
        for row in rows(database, table):
            text = " ".join(c.decode("utf-8", "replace") if isinstance(c, bytes | memoryview)
                            else str(c) for c in map(_plain, row))  # fmt: skip
            for member in MEMBERS[4:10]:
                if member in text:
                    found.setdefault(member, set()).add(_name(table, text))
    named = {"council-member-appointed", "attendance-recorded"}
    committee = {"tally-committee-named"}
    assert found == {
        member: named | (committee if member == MEMBERS[5] else set()) for member in MEMBERS[4:10]
    }


def _plain(cell: Any) -> Any:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def _name(table: str, text: str) -> str:
    names = ("council-member-appointed", "attendance-recorded", "tally-committee-named")
    return next((name for name in names if name in text), f"{table}: {text}")


# Corrections


def test_the_number_of_a_voided_item_is_never_given_to_another(sitting: Sitting) -> None:
    first = about(sitting)
    register: Any = sitting.register
    added = len(register.ledger.entries(sitting.subject))
    void = asked.VoidEntry(added, WORDS)
    register.ask(void, sitting.subject, Role.STANDING_BODY, TODAY, basis=PAPER)
    assert (first, about(sitting)) == (1, 2)
    assert [item.number for item in sitting.state.items] == [2]


def test_a_correction_of_a_tally_is_a_new_entry_by_somebody_else(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 8, 3)
    again = asked.CorrectTally(item, 11, 11, 9, 2, 0, FILE, WORDS)
    assert refused(lambda: sitting.ask(again)) == [
        ("tally-corrector", ()),
        ("correction-paper", ("no-paper",)),
    ]
    before = sitting.state.item(item).passed
    sitting.ask(again, Role.STANDING_BODY, basis=PAPER)
    entries = sitting.register.ledger.entries(sitting.subject)  # type: ignore[attr-defined]
    kept = [e.event.votes_for for e in entries if isinstance(e.event, BallotTallied)]
    assert (kept, before, sitting.state.item(item).passed) == ([8], False, True)


def test_only_what_was_counted_can_be_corrected(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended()
    again = asked.CorrectTally(item, 11, 11, 9, 2, 0, FILE, WORDS)
    act = lambda: sitting.ask(again, Role.STANDING_BODY, basis=PAPER)  # noqa: E731
    assert refused(act) == [("tallied", ())]


# Agenda, minutes, end


def test_an_item_is_voted_on_once(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 11)
    assert refused(lambda: sitting.ask(tally(item, 11))) == [("item-waiting", ())]
    drop = asked.DropAgendaItem(item, WORDS)
    assert refused(lambda: sitting.ask(drop)) == [("item-waiting", ())]


def test_who_came_is_settled_before_anything_is_voted_on(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 11)
    assert refused(lambda: sitting.attended()) == [("before-votes", ())]


def test_nothing_is_voted_on_before_the_day_of_the_session(register: Department) -> None:
    established(register)
    later = called(register, TODAY + timedelta(days=2))
    act = lambda: register.ask(  # noqa: E731
        asked.RecordAttendance(MEMBERS), later.subject, SECRETARY, TODAY
    )
    assert refused(act) == [("session-begun", ("2026-03-04",))]


@pytest.mark.parametrize(
    ("item", "facts"),
    [
        (
            asked.AddAgendaItem(Matter.RECOGNITION),
            ("candidate", "must be named, or another question"),
        ),
        (asked.AddAgendaItem(Matter.OTHER), ("candidate", "must be named, or another question")),
        (asked.AddAgendaItem(Matter.RECOGNITION, "candidate:none"), ("candidate:none",)),
        (asked.AddAgendaItem(Matter.RECOGNITION, COUNCIL), (COUNCIL,)),
    ],
)
def test_an_item_is_about_somebody_or_something(
    sitting: Sitting, item: asked.AddAgendaItem, facts: tuple[str, ...]
) -> None:
    with pytest.raises((InvalidCommand, UnknownSubject)) as caught:
        sitting.ask(item)
    assert caught.value.facts == facts


def test_a_candidate_is_on_the_agenda_once_for_each_matter(sitting: Sitting) -> None:
    register: Any = sitting.register
    subject = given(register, *SUMMARIZING).subject
    sitting.item(subject)
    sitting.item(subject, Matter.UPWARD_PROPOSAL)
    with pytest.raises(InvalidCommand) as caught:
        sitting.item(subject)
    assert caught.value.facts == ("candidate", "is on the agenda already")


def test_minutes_say_all_that_the_session_did(sitting: Sitting) -> None:
    first, second = about(sitting), about(sitting)
    sitting.attended().tallied(first, 11)
    sitting.ask(asked.DropAgendaItem(second, WORDS))
    sitting.ask(asked.DrawUpMinutes())
    assert sitting.state.minutes == content(sitting.state)
    correction = asked.CorrectTally(first, 11, 11, 10, 1, 0, FILE, WORDS)
    sitting.ask(correction, Role.STANDING_BODY, basis=PAPER)
    assert refused(lambda: sitting.ask(asked.SignMinutes(Seat.CHAIR), CHAIR)) == [("minutes", ())]


def test_what_the_minutes_say_changes_with_every_fact(sitting: Sitting) -> None:
    told: list[str] = [content(Session()), content(sitting.state)]
    item = about(sitting)
    told.append(content(sitting.state))
    for act in (
        lambda: sitting.attended(MEMBERS[3]),
        lambda: sitting.ask(asked.DeclareRecusal(item, MEMBERS[4])),
        lambda: sitting.ask(COMMITTEE),
        lambda: sitting.ask(tally(item, 8, 1)),
    ):
        act()
        told.append(content(sitting.state))
    assert len(set(told)) == 7


def test_minutes_are_signed_by_those_who_sit_there(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 11)
    sitting.ask(asked.DrawUpMinutes())
    allowed, missing = set(), set()
    own = {(CHAIR, Seat.CHAIR), (SECRETARY, Seat.SECRETARY)}
    tries = product((CHAIR, SECRETARY), (Seat.CHAIR, Seat.SECRETARY, Seat.MEMBER))
    for person, seat in sorted(tries, key=own.__contains__):
        try:
            sitting.ask(asked.SignMinutes(seat), person)
            allowed.add((person, seat))
        except NeedsUnmet as refusal:
            missing.update(f.need for f in refusal.unmet)
    assert missing == {"signatory"}
    assert allowed == own


def test_minutes_are_signed_once_in_a_seat_until_they_are_drawn_up_anew(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 11)
    sitting.ask(asked.DrawUpMinutes())
    sitting.ask(asked.SignMinutes(Seat.CHAIR), CHAIR)
    for seat, by in ((Seat.CHAIR, CHAIR), (Seat.CHAIR, Role.STANDING_BODY)):
        with pytest.raises(InvalidCommand) as caught:
            sitting.ask(asked.SignMinutes(seat), by, basis=PAPER)
        assert caught.value.facts == ("seat", "has signed already")
    sitting.ask(asked.DrawUpMinutes())
    sitting.ask(asked.SignMinutes(Seat.CHAIR), CHAIR)
    assert sitting.state.signed == (Seat.CHAIR,)


def test_nothing_is_recorded_of_an_item_before_it_was_on_the_agenda(house: Department) -> None:
    early = called(house, TODAY - timedelta(days=1))
    today = replace(early, held_on=TODAY)
    early.attended()
    today.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    votes = asked.RecordOpenVotes(1, MEMBERS)
    assert too_early(lambda: early.ask(votes)) == "is before the item was on the agenda"
    today.ask(votes)
    today.ask(asked.DrawUpMinutes())
    sign = asked.SignMinutes(Seat.CHAIR)
    assert too_early(lambda: early.ask(sign, CHAIR)) == "is before the minutes were drawn up"
    today.ask(sign, CHAIR)
    assert (today.state.item(1).passed, today.state.signed) == (True, (Seat.CHAIR,))


def test_a_tally_is_not_corrected_before_its_day(house: Department) -> None:
    early = called(house, TODAY - timedelta(days=1))
    today = replace(early, held_on=TODAY)
    item = about(early, Matter.UPWARD_PROPOSAL)
    early.attended()
    today.tallied(item, 11)
    again = asked.CorrectTally(item, 11, 11, 10, 1, 0, FILE, WORDS)
    act = lambda on: on.ask(again, CHAIR, basis=PAPER)  # noqa: E731
    assert too_early(lambda: act(early)) == "is before the ballots were counted"
    act(today)
    assert today.state.item(item).tally.votes_for == 10


def too_early(act: Callable[[], object]) -> object:
    """Return why the day of a command is refused."""
    with pytest.raises(InvalidCommand) as caught:
        act()
    field, problem = caught.value.facts
    assert field == "effective_on"
    return problem


def test_minutes_signed_on_paper_are_cited(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended().tallied(item, 11)
    sitting.ask(asked.DrawUpMinutes())
    sitting.ask(asked.SignMinutes(Seat.VICE_CHAIR), Role.STANDING_BODY, basis=PAPER)
    sitting.ask(asked.SignMinutes(Seat.SECRETARY), Role.STANDING_BODY, basis=PAPER)
    sitting.ask(asked.CloseSession())
    assert sitting.state.closed == TODAY


def test_a_session_ends_with_every_item_settled_and_its_minutes_signed(sitting: Sitting) -> None:
    item = about(sitting)
    assert refused(lambda: sitting.ask(asked.CloseSession())) == [
        ("items-settled", (str(item),)),
        ("minutes", ()),
        ("minutes-signed", (Seat.CHAIR, Seat.SECRETARY)),
    ]
    sitting.attended().tallied(item, 11)
    sitting.ask(asked.DrawUpMinutes())
    sitting.ask(asked.SignMinutes(Seat.CHAIR), CHAIR)
    left = [("minutes-signed", (Seat.SECRETARY,))]
    assert refused(lambda: sitting.ask(asked.CloseSession())) == left


def test_a_session_without_a_quorum_ends_with_its_items_left(sitting: Sitting) -> None:
    item = about(sitting)
    sitting.attended(*MEMBERS[2:8])
    sitting.ask(asked.DropAgendaItem(item, WORDS))
    sitting.closed()
    assert (sitting.state.closed, sitting.state.item(item).passed) == (TODAY, False)


LATE: list[asked.Command] = [
    asked.AddAgendaItem(Matter.OTHER, None, WORDS),
    asked.SendPapers(),
    asked.RecordAttendance(MEMBERS),
    COMMITTEE,
    asked.DrawUpMinutes(),
    asked.SignMinutes(Seat.SECRETARY),
    asked.CloseSession(),
]


@pytest.mark.parametrize("command", LATE, ids=lambda c: asked.name_of(type(c)))
def test_nothing_more_happens_in_a_closed_session(
    house: Department, command: asked.Command
) -> None:
    sitting = heard(house, given(house, *SUMMARIZING).subject, TODAY)
    assert refused(lambda: sitting.ask(command))[0] == ("session-open", ())


@pytest.mark.parametrize("role", list(Role))
def test_sessions_are_recorded_by_standing_body_and_council(sitting: Sitting, role: Role) -> None:
    act = lambda: sitting.ask(asked.SendPapers(FILE), role)  # noqa: E731
    if role in (Role.STANDING_BODY, Role.COUNCIL):
        act()
    else:
        with pytest.raises(NotPermitted):
            act()


def test_a_session_of_no_council_or_before_its_notice_is_refused(house: Department) -> None:
    established(house)
    facts = []
    for council, held_on in (("council:none", TODAY), (COUNCIL, TODAY - timedelta(days=1))):
        with pytest.raises(Refusal) as caught:
            house.ask(asked.NoticeSession(council, held_on, WORDS), by=SECRETARY)
        facts.append(caught.value.facts)
    assert facts == [("council:none",), ("held_on", "must not be before the notice")]


def test_the_place_of_a_session_and_a_question_are_in_the_vault(register: Department) -> None:
    sitting = called(register, TODAY)
    sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    assert isinstance(register.ledger, Ledger)
    told = register.ledger.secrets([sitting.state.place, sitting.state.items[0].question])
    assert [words["text"] for words in told.values()] == ["Lời kể", "Lời kể"]


def test_the_state_of_a_session_is_known_for_any_day(register: Department) -> None:
    story = given(register, *SUMMARIZING)
    sitting = heard(register, story.subject, TODAY)
    before = register.all("session", on=TODAY - timedelta(days=1))[sitting.subject]
    assert (before.held_on, before.attended, before.closed) == (TODAY, False, None)
    assert sitting.state.item(1).passed is True


def test_open_votes_are_kept_by_name(sitting: Sitting) -> None:
    openly(sitting, 6, 4, 1)
    entries = sitting.register.ledger.entries(sitting.subject)  # type: ignore[attr-defined]
    (votes,) = (e.event for e in entries if isinstance(e.event, OpenVotesRecorded))
    (present,) = (e.event for e in entries if isinstance(e.event, AttendanceRecorded))
    assert (votes.votes_for, votes.votes_against) == (MEMBERS[:6], MEMBERS[6:10])
    assert (votes.abstained, votes.base, present.present) == (MEMBERS[10:], 11, MEMBERS)
