"""Councils: who sits on which day, by which terms, and who may not decide on whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from councils import CHAIR, COUNCIL, MEMBERS, SEATS, SECRETARY, SINCE, called, established, heard
from department import PAPER, TODAY, UNIT, Department
from hypothesis import given as whenever
from hypothesis import strategies as st
from scenario import Scenario, given
from stories import FOUND, SEALED, SUMMARIZING, WORDS

from domain import candidate_events as happened
from domain.council import Matter, Seat, TieRule, VoteBase
from domain.shares import parse, reached
from domain.values import CandidateKind, Role
from workflow import commands as asked
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted, Refusal

NEWCOMER = "person:newcomer"
RECOGNIZE = asked.RecognizeExemplar("13/QĐ-UBND")


def composition(register: Department, day: date) -> dict[str, Seat]:
    """Return who sat in the council on a day."""
    seats: dict[str, Seat] = register.all("council", on=day)[COUNCIL].in_office(day)
    return seats


def unmet(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the needs a refusal names, each with what is missing."""
    return [(f.need, f.missing) for f in refused.value.unmet]


# Composition


def test_r5_13_the_composition_of_a_council_is_known_for_any_day(register: Department) -> None:
    established(register)
    register.ask(asked.DismissCouncilMember(MEMBERS[5]), COUNCIL, on=date(2023, 5, 1))
    new = asked.AppointCouncilMember(NEWCOMER, Seat.MEMBER, until=date(2024, 12, 31))
    register.ask(new, COUNCIL, on=date(2023, 7, 1))
    between = {person: seat for person, seat in SEATS.items() if person != MEMBERS[5]}
    assert composition(register, date(2020, 12, 31)) == {}
    assert composition(register, date(2023, 4, 30)) == SEATS
    assert composition(register, date(2023, 5, 1)) == between
    assert composition(register, date(2024, 12, 31)) == {**between, NEWCOMER: Seat.MEMBER}
    assert composition(register, date(2025, 1, 1)) == between


def test_r5_13_a_council_rests_on_its_decision_and_ends_with_its_term(
    register: Department,
) -> None:
    new = asked.EstablishCouncil("Hội đồng", "5/QĐ-SNN", "person:director", date(2025, 12, 31))
    register.ask(new, COUNCIL, on=SINCE)
    register.ask(asked.AppointCouncilMember(CHAIR, Seat.CHAIR), COUNCIL, on=SINCE)
    council = register.all("council")[COUNCIL]
    assert (council.decision, council.signer, council.since) == (
        "5/QĐ-SNN",
        "person:director",
        SINCE,
    )
    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [council.in_office(day) for day in days] == [{CHAIR: Seat.CHAIR}, {}]


def test_r5_13_a_wrong_appointment_can_be_voided(register: Department) -> None:
    established(register)
    told = register.ask(asked.AppointCouncilMember(NEWCOMER, Seat.MEMBER), COUNCIL)
    void = asked.VoidEntry(told.entries[0].version, WORDS)
    register.ask(void, COUNCIL, Role.DIRECTOR, basis=PAPER)
    assert composition(register, TODAY) == SEATS


@pytest.mark.parametrize("seat", [Seat.CHAIR, Seat.SECRETARY])
def test_r5_13_there_is_one_chair_and_one_secretary(register: Department, seat: Seat) -> None:
    established(register)
    with pytest.raises(NeedsUnmet) as refused:
        register.ask(asked.AppointCouncilMember(NEWCOMER, seat), COUNCIL)
    assert unmet(refused) == [("seat-free", (seat,))]


def test_nobody_leaves_a_council_they_are_not_in(register: Department) -> None:
    established(register)
    with pytest.raises(NeedsUnmet) as refused:
        register.ask(asked.DismissCouncilMember(NEWCOMER), COUNCIL)
    assert unmet(refused) == [("council-member", ())]


@pytest.mark.parametrize("person", ["Nguyễn Văn An", "", "person:", "unit:1", "person:a b"])
def test_no_name_gets_into_the_log_as_a_member(register: Department, person: str) -> None:
    established(register)
    with pytest.raises(InvalidCommand) as refused:
        register.ask(asked.AppointCouncilMember(person, Seat.MEMBER), COUNCIL)
    assert refused.value.facts == ("person", "is no person of the register")


# Terms


def test_a_15_no_session_before_the_terms_are_confirmed(register: Department) -> None:
    established(register, confirmed=False)
    notice = asked.NoticeSession(COUNCIL, TODAY, WORDS)
    with pytest.raises(NeedsUnmet) as refused:
        register.ask(notice, by=Role.STANDING_BODY)
    assert unmet(refused) == [("council-terms", ())]
    register.ask(asked.ConfirmCouncilTerms(), COUNCIL, Role.DIRECTOR)
    register.ask(notice, by=Role.STANDING_BODY)


def test_a_15_what_is_left_open_is_as_the_rule_set_proposes(register: Department) -> None:
    established(register, confirmed=False)
    own = asked.ConfirmCouncilTerms(recognition="9/10", tie=TieRule.NOT_PASSED)
    register.ask(own, COUNCIL, Role.DIRECTOR)
    terms = register.all("council")[COUNCIL].terms
    assert (terms.quorum, terms.recognition, terms.upward_proposal) == ("2/3", "9/10", "4/5")
    assert (terms.provincial_fighter, terms.stage_opinion, terms.other) == (
        "9/10",
        ">1/2",
        ">1/2",
    )
    assert terms.secret == (
        Matter.RECOGNITION,
        Matter.UPWARD_PROPOSAL,
        Matter.PROVINCIAL_FIGHTER,
    )
    assert (terms.written, terms.base, terms.tie) == (
        (Matter.PROVINCIAL_FIGHTER,),
        VoteBase.IN_OFFICE,
        TieRule.NOT_PASSED,
    )


@pytest.mark.parametrize(
    "share", ["80%", "0.8", "4/0", "0/5", "6/5", "", "<1/2", "4 / 5", "4/5\n"]
)
def test_a_15_only_a_fraction_is_a_share(register: Department, share: str) -> None:
    with pytest.raises(ValueError, match="no share"):
        parse(share)
    if share:  # what is empty was left open
        established(register, confirmed=False)
        with pytest.raises(InvalidCommand) as refused:
            register.ask(asked.ConfirmCouncilTerms(other=share), COUNCIL, Role.DIRECTOR)
        assert refused.value.facts == ("other", "is no share of votes")


@whenever(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12), st.integers(1, 12))
def test_a_15_shares_are_compared_exactly(votes: int, base: int, over: int, under: int) -> None:
    over, under = sorted((over, under))
    share = f"{over}/{under}"
    have = Fraction(votes, base) if base else Fraction(-1)
    assert reached(share, votes, base) == (have >= Fraction(over, under))
    assert reached(f">{share}", votes, base) == (have > Fraction(over, under))


@pytest.mark.parametrize(
    ("votes", "base", "share", "passed"),
    [
        (9, 11, "4/5", True),
        (9, 11, "9/10", False),
        (10, 11, "9/10", True),
        (8, 10, "4/5", True),
        (7, 10, "4/5", False),
        (5, 10, ">1/2", False),
        (6, 10, ">1/2", True),
    ],
)
def test_the_ballots_of_the_sample_pass_or_not(
    votes: int, base: int, share: str, passed: bool
) -> None:
    assert reached(share, votes, base) is passed


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (asked.ConfirmCouncilTerms(), {Role.STANDING_BODY, Role.DIRECTOR}),
        (
            asked.AppointCouncilMember(NEWCOMER, Seat.MEMBER),
            {Role.STANDING_BODY, Role.ADMINISTRATOR},
        ),
        (
            asked.DeclareKinship(CHAIR, NEWCOMER),
            {Role.STANDING_BODY, Role.COUNCIL, Role.DIRECTOR},
        ),
    ],
)
def test_a_council_is_changed_by_those_who_may(
    register: Department, command: asked.Command, by: set[Role]
) -> None:
    established(register)
    allowed = set()
    for role in Role:
        try:
            register.ask(command, COUNCIL, role)
            allowed.add(role)
        except NotPermitted:
            continue
    assert allowed == by


# Who may not decide on whom (R8-1)


def individual(register: Department, person: str) -> Scenario:
    """Begin with a candidate in Summarize who is a certain person and lacks nothing."""
    found = happened.CandidateDiscovered(CandidateKind.COLLECTIVE, UNIT, person)
    return given(register, found, *SUMMARIZING[1:])


def excluded(register: Department, story: Scenario) -> tuple[str, ...]:
    """Return who had no vote on a candidate in a session of today."""
    sitting = called(register, TODAY)
    item = sitting.item(story.subject)
    sitting.attended().tallied(item, 9)
    found: tuple[str, ...] = sitting.state.item(item).tally.excluded
    return found


def test_r8_1_a_member_who_is_the_candidate_has_no_vote(register: Department) -> None:
    assert excluded(register, individual(register, MEMBERS[4])) == (MEMBERS[4],)


def test_r8_1_a_member_who_heads_the_unit_on_that_day_has_no_vote(register: Department) -> None:
    register.ask(asked.AppointHead(MEMBERS[3]), UNIT, on=date(2024, 1, 1))
    register.ask(asked.AppointHead(MEMBERS[4]), UNIT, on=date(2026, 3, 1))
    register.ask(asked.AppointHead(MEMBERS[6]), UNIT, on=date(2026, 3, 20))
    assert excluded(register, given(register, *SUMMARIZING)) == (MEMBERS[4],)


def test_r8_1_a_declared_relative_has_no_vote(register: Department) -> None:
    established(register)
    register.ask(asked.DeclareKinship(MEMBERS[6], "person:lan"), COUNCIL, Role.DIRECTOR)
    assert excluded(register, individual(register, "person:lan")) == (MEMBERS[6],)
    assert excluded(register, individual(register, "person:hoa")) == ()


def test_r8_1_a_member_who_steps_back_has_no_vote_on_that_item(register: Department) -> None:
    first, second = given(register, *SUMMARIZING), given(register, *SUMMARIZING)
    sitting = called(register, TODAY)
    items = [sitting.item(first.subject), sitting.item(second.subject)]
    sitting.attended()
    sitting.ask(asked.DeclareRecusal(items[0], MEMBERS[7]))
    for item in items:
        sitting.tallied(item, 10)
    found = [sitting.state.item(item).tally.excluded for item in items]
    assert found == [(MEMBERS[7],), ()]


def test_r8_1_nobody_in_the_tally_committee_is_a_candidate(register: Department) -> None:
    story = individual(register, MEMBERS[4])
    sitting = called(register, TODAY)
    sitting.item(story.subject)
    with pytest.raises(NeedsUnmet) as refused:
        sitting.ask(asked.NameTallyCommittee(MEMBERS[4:6]))
    assert unmet(refused) == [("tally-committee", ("is-the-candidate",))]


DIRECTOR = "person:director"


def recused_director(register: Department, why: str) -> tuple[Scenario, tuple[str, ...]]:
    """Return a candidate that the director may not decide on, and what is missing."""
    person = {"candidate": DIRECTOR, "relative": "person:lan"}.get(why, "person:hoa")
    story = individual(register, person)
    if why == "head":
        register.ask(asked.AppointHead(DIRECTOR), UNIT)
        return story, ("impartial",)
    if why == "relative":
        established(register)
        register.ask(asked.AppointCouncilMember(DIRECTOR, Seat.MEMBER), COUNCIL, on=SINCE)
        register.ask(asked.DeclareKinship(DIRECTOR, "person:lan"), COUNCIL, Role.DIRECTOR)
        return story, ("impartial",)
    return story, ("second-person",) if why == "candidate" else ()


@pytest.mark.parametrize("why", ["candidate", "head", "relative", "nobody"])
def test_r8_1_the_signer_does_not_decide_on_their_own(register: Department, why: str) -> None:
    story, needs = recused_director(register, why)
    session = heard(register, story.subject, TODAY, 10).subject if why != "relative" else None
    if why == "relative":
        sitting = called(register, TODAY)
        item = sitting.item(story.subject)
        sitting.ask(asked.RecordAttendance((*MEMBERS, DIRECTOR)))
        sitting.tallied(item, 11)
        sitting.closed()
    asking = story.when(RECOGNIZE, Role.DIRECTOR)
    if needs:
        asking.refused(NeedsUnmet, needs=needs)
    else:
        asking.then(happened.ExemplarRecognized("13/QĐ-UBND", session))


def test_r8_1_who_counted_the_votes_does_not_sign_the_decision(register: Department) -> None:
    story = given(register, *SUMMARIZING)
    register.ask(asked.GrantOffice(SECRETARY, Role.DIRECTOR))
    heard(register, story.subject, TODAY)
    story.when(RECOGNIZE, SECRETARY).refused(NeedsUnmet, needs=("second-person",))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_r8_1_nobody_but_the_director_recognizes(house: Department, role: Role) -> None:
    story = given(house, *SUMMARIZING)
    heard(house, story.subject, TODAY)
    asking = story.when(RECOGNIZE, role)
    same = ("second-person",) if role is Role.OFFICER else ()
    asking.refused(NotPermitted, needs=("permission", *same))


# The ballot advises, the signer decides


@pytest.mark.parametrize(("votes", "passed"), [(11, True), (9, True), (8, False), (0, False)])
def test_a_14_a_decision_follows_the_ballot_or_says_why_not(
    house: Department, votes: int, passed: bool
) -> None:
    story = given(house, *SUMMARIZING)
    session = heard(house, story.subject, TODAY, votes).subject
    if not passed:
        refusal = story.when(RECOGNIZE, Role.DIRECTOR)
        missing = refusal.refused(NeedsUnmet, needs=("council-opinion",)).unmet[0].missing
        assert missing == ("not-passed",)
    reason = None if passed else WORDS
    recognized = happened.ExemplarRecognized("13/QĐ-UBND", session, reason and SEALED)
    story.when(replace(RECOGNIZE, reason=reason), Role.DIRECTOR).then(recognized)


def test_a_14_without_a_session_there_is_no_decision_even_with_a_reason(
    house: Department,
) -> None:
    story = given(house, *SUMMARIZING)
    refusal = story.when(replace(RECOGNIZE, reason=WORDS), Role.DIRECTOR)
    missing = refusal.refused(NeedsUnmet, needs=("council-opinion",)).unmet[0].missing
    assert missing == ("no-session",)


def test_a_14_the_latest_session_counts_unless_one_is_named(house: Department) -> None:
    story = given(house, *SUMMARIZING)
    first = heard(house, story.subject, date(2026, 2, 2), 5).subject
    second = heard(house, story.subject, TODAY, 11).subject
    named = replace(RECOGNIZE, session=first)
    story.when(named, Role.DIRECTOR).refused(NeedsUnmet, needs=("council-opinion",))
    story.when(RECOGNIZE, Role.DIRECTOR).then(happened.ExemplarRecognized("13/QĐ-UBND", second))


def test_a_14_a_session_that_is_not_closed_advises_nothing(house: Department) -> None:
    story = given(house, FOUND, *SUMMARIZING[1:])
    sitting = called(house, TODAY)
    sitting.attended().tallied(sitting.item(story.subject), 11)
    story.when(RECOGNIZE, Role.DIRECTOR).refused(NeedsUnmet, needs=("council-opinion",))


def test_r5_13_nothing_of_a_council_is_before_its_decision_or_after_its_term(
    register: Department,
) -> None:
    early, late = date(2025, 2, 27), date(2025, 12, 1)
    new = asked.EstablishCouncil("Hội đồng", "5/QĐ-SNN", CHAIR, until=date(2025, 11, 30))
    council = register.ask(new, on=date(2025, 3, 3)).subject
    for command in (asked.AppointCouncilMember(CHAIR, Seat.CHAIR), asked.ConfirmCouncilTerms()):
        for day in (early, late):
            with pytest.raises(NeedsUnmet) as caught:
                register.ask(command, council, Role.STANDING_BODY, day)
            assert [f.need for f in caught.value.unmet] == ["council-in-being"]
        register.ask(command, council, Role.STANDING_BODY, date(2025, 3, 3))
    for day in (early, late):
        notice = asked.NoticeSession(council, day, WORDS)
        with pytest.raises(NeedsUnmet) as caught:
            register.ask(notice, by=Role.STANDING_BODY, on=early)
        assert [f.need for f in caught.value.unmet] == ["council-in-being"]


def test_a_second_recognition_is_warned_of(register: Department) -> None:
    story = given(register, *SUMMARIZING)
    request = register.request(asked.RecognizeExemplar("13/QĐ-SNN"), story.subject, Role.DIRECTOR)
    told = {f.need: (str(f.answer), f.missing) for f in register.why(request)}
    assert told["not-recognized"] == ("warned", ("2025-06-02",))
