"""Every move from every state, under both rule sets; who may make it, and on which day."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from councils import heard
from department import PAPER, TODAY, Clock, Department
from scenario import Scenario, also, given
from stories import (
    COMMANDS,
    DISCOVERING,
    FOUND,
    MOVES,
    NURTURING,
    OWNED,
    REPLICATED,
    STORIES,
    SUMMARIZING,
    SUSPENDED,
    WORDS,
)

from domain import candidate_events as happened
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.values import CandidateKind, ErasureGround, RevocationGround, Role, Stage
from web.words import sentences
from workflow import commands as asked
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    UnknownSubject,
)

UNDER = {"2021": date(2022, 6, 1), "2024": date(2025, 6, 2)}  # a day under each rule set
DECIDERS = {
    "advance": {Role.REVIEWER, Role.STANDING_BODY},
    "return": {Role.REVIEWER, Role.STANDING_BODY},
    "recognize": {Role.DIRECTOR},
    "revoke": {Role.DIRECTOR},
    "suspend": {Role.REVIEWER, Role.STANDING_BODY, Role.DIRECTOR},
    "resume": {Role.STANDING_BODY, Role.DIRECTOR},
    "withdraw": {Role.UNIT_HEAD, Role.REVIEWER, Role.STANDING_BODY},
    "decline": {Role.STANDING_BODY, Role.DIRECTOR},
    "complete": {Role.STANDING_BODY, Role.DIRECTOR},
}


def recorded(move: str, state: str, session: str | None = None) -> happened.CandidateEvent:
    """Return the event that a move from a state leads to."""
    said = WORDS.sealed()
    if move in ("advance", "return"):
        kind = happened.StageAdvanced if move == "advance" else None
        to = Stage(MOVES[state][move])
        return kind(to) if kind else happened.StageReturned(to, said)
    events: dict[str, happened.CandidateEvent] = {
        "recognize": happened.ExemplarRecognized("13/QĐ-UBND", session),
        "revoke": happened.RecognitionRevoked(RevocationGround.FORGED_PAPERS, said, "7/QĐ-SNN"),
        "suspend": happened.CandidateSuspended(said),
        "resume": happened.CandidateResumed(said),
        "withdraw": happened.CandidateWithdrawn(said),
        "decline": happened.CandidateDeclined(said),
        "complete": happened.CandidacyCompleted(said),
    }
    return events[move]


def story(house: Department, move: str, state: str, on: date = UNDER["2024"]) -> Scenario:
    """Return a candidate in a state who lacks nothing for a move."""
    events = (*STORIES[state], *([SUSPENDED] if move == "resume" else []))
    return advised(given(house, *events, on=on), move, state)


def advised(told: Scenario, move: str, state: str) -> Scenario:
    """Hold a session in which the council agrees, if the move is one it is asked about."""
    if move == "recognize" and state == Stage.SUMMARIZE:
        told.session = heard(told.register, told.subject, TODAY).subject
    return told


@pytest.mark.parametrize(("state", "move"), list(product(STORIES, COMMANDS)))
@pytest.mark.parametrize("rules", UNDER)
def test_each_state_lets_exactly_its_moves_happen(
    house: Department, rules: str, state: str, move: str
) -> None:
    told = story(house, move, state, UNDER[rules])
    request = told.when(COMMANDS[move], sorted(DECIDERS[move])[0])
    if move in MOVES[state]:
        request.then(recorded(move, state, told.session))
        after = house.candidate(told.subject).standing.state
        assert after == MOVES[state][move]
    else:
        request.refused(MoveNotAllowed, move, state, *MOVES[state])


@pytest.mark.parametrize(("move", "role"), list(product(COMMANDS, Role)))
def test_each_move_is_decided_by_those_the_rules_name_and_nobody_else(
    house: Department, move: str, role: Role
) -> None:
    state = next(state for state in MOVES if move in MOVES[state])
    told = story(house, move, state)
    request = told.when(COMMANDS[move], role)
    if role in DECIDERS[move]:
        request.then(recorded(move, state, told.session))
    else:
        same = ("second-person",) if role is Role.OFFICER else ()
        request.refused(NotPermitted, needs=("permission", *same))


@pytest.mark.parametrize("move", COMMANDS)
def test_nobody_decides_on_a_candidate_they_discovered(house: Department, move: str) -> None:
    state = next(state for state in MOVES if move in MOVES[state])
    decider = sorted(DECIDERS[move])[0]
    events = (*STORIES[state], *([SUSPENDED] if move == "resume" else []))
    story = also(
        given(house, events[0], by=decider), *events[1:], by=Role.OFFICER, on=UNDER["2024"]
    )
    advised(story, move, state).when(COMMANDS[move], decider).refused(
        NeedsUnmet, needs=("second-person",)
    )


def test_r8_1_who_may_not_decide_is_told_what_they_wrote_themselves(house: Department) -> None:
    story = given(house, *STORIES[Stage.NURTURE], by=Role.REVIEWER)
    asking = house.request(asked.AdvanceStage(), story.subject, Role.REVIEWER)
    (finding,) = (f for f in house.why(asking) if f.need == "second-person")
    assert finding.missing == ("nurture-plan", "full-review", "yearly-record", "found-it")
    said = [sentences.lack(code, finding.need) for code in finding.missing]
    assert said[0] == "đã ghi “Kế hoạch bồi dưỡng đã được thông qua”"
    assert said[-1] == "đã giới thiệu ứng viên"


@pytest.mark.parametrize("move", COMMANDS)
def test_nobody_decides_on_themselves(house: Department, move: str) -> None:
    state = next(state for state in MOVES if move in MOVES[state])
    decider = sorted(DECIDERS[move])[0]
    found = happened.CandidateDiscovered(
        CandidateKind.COLLECTIVE, house.unit, house.people[decider]
    )
    events = (found, *STORIES[state][1:], *([SUSPENDED] if move == "resume" else []))
    told = advised(given(house, *events), move, state)
    told.when(COMMANDS[move], decider).refused(NeedsUnmet, needs=("second-person",))


@pytest.mark.parametrize(
    ("state", "author_of"),
    [
        (Stage.DISCOVER, happened.PeerAcclaimRecorded),
        (Stage.DISCOVER, happened.CandidateEndorsed),
        (Stage.NURTURE, happened.NurturePlanAdopted),
        (Stage.NURTURE, happened.ProgressReported),
        (Stage.NURTURE, happened.TitleRecorded),
        (Stage.SUMMARIZE, happened.SummaryReported),
        (Stage.SUMMARIZE, happened.CriterionAssessed),
        (Stage.SUMMARIZE, happened.ExemplarRecognized),
    ],
)
def test_nobody_advances_a_case_that_they_helped_to_write(
    house: Department, state: Stage, author_of: type
) -> None:
    told = given(house, FOUND)
    for event in STORIES[state][1:]:
        author = Role.REVIEWER if isinstance(event, author_of) else Role.OFFICER
        also(told, event, by=author, on=UNDER["2024"])
    told.when(asked.AdvanceStage()).refused(NeedsUnmet, needs=("second-person",))


def test_a_move_may_not_take_effect_before_the_last_one(house: Department) -> None:
    told = given(house, *NURTURING)
    refusal = told.when(asked.AdvanceStage(), on=date(2025, 6, 1)).refused(
        NeedsUnmet, needs=("after-last-change",)
    )
    assert refusal.unmet[0].missing == ("2025-06-02",)


def test_a_move_may_take_effect_on_the_day_of_the_last_one(house: Department) -> None:
    told = given(house, *DISCOVERING)
    told.when(asked.AdvanceStage(), on=UNDER["2024"]).then(happened.StageAdvanced(Stage.NURTURE))


@pytest.mark.parametrize("move", COMMANDS)
def test_no_move_takes_effect_tomorrow(house: Department, move: str) -> None:
    state = next(state for state in MOVES if move in MOVES[state])
    request = story(house, move, state)
    request.when(COMMANDS[move], sorted(DECIDERS[move])[0], on=date(2026, 3, 3))
    refusal = request.refused(NeedsUnmet, needs=("not-in-future",))
    assert refusal.unmet[0].missing == ("2026-03-02",)


FACTS: list[asked.Command] = [
    asked.DescribeCandidate(WORDS),
    asked.RecordPeerAcclaim("BB-02"),
    asked.EndorseCandidate(),
    asked.AttachEvidence(WORDS),
    asked.RecordTitle(happened.Title.EXCELLENT_COLLECTIVE, 2025),
    asked.RecordRating(happened.Rating.GOOD, 2025),
    asked.AssessCriteria((("C1", happened.Result.MET),)),
    asked.AdoptNurturePlan(WORDS),
    asked.ReportProgress(WORDS),
    asked.ReportSummary(WORDS),
    asked.RecordBlock(happened.BlockGround.COMPLAINT, WORDS),
    asked.LiftBlock(happened.BlockGround.COMPLAINT, WORDS),
    asked.VoidEntry(1, WORDS),
    asked.CorrectEffectiveDate(1, date(2025, 6, 1), WORDS),
]


@pytest.mark.parametrize("command", FACTS, ids=lambda command: asked.name_of(type(command)))
def test_no_fact_takes_effect_tomorrow(house: Department, command: asked.Command) -> None:
    told = given(house, *DISCOVERING)
    told.when(command, Role.STANDING_BODY, on=date(2026, 3, 3), basis=PAPER)
    told.refused(NeedsUnmet, needs=("not-in-future",))


def test_discovery_does_not_take_effect_tomorrow(house: Department) -> None:
    found = asked.DiscoverCandidate(CandidateKind.MODEL, house.unit, OWNED, WORDS)
    with pytest.raises(NeedsUnmet) as caught:
        house.ask(found, by=Role.OFFICER, on=date(2026, 3, 3))
    assert [finding.need for finding in caught.value.unmet] == ["not-in-future"]


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 2, 15), date(2026, 2, 16)])
def test_an_office_must_be_held_on_the_day_of_deciding(
    register: Department, clock: Clock, day: date
) -> None:
    office = asked.GrantOffice("person:x", Role.REVIEWER, until=date(2026, 2, 28))
    granted = register.ask(office, on=date(2026, 2, 1))
    register.ask(asked.EndOffice(), granted.subject, on=date(2026, 2, 16))
    told = given(register, *DISCOVERING).when(asked.AdvanceStage(), "person:x", on=day)
    clock.set(day)
    if day == date(2026, 2, 15):
        told.then(happened.StageAdvanced(Stage.NURTURE))
    else:
        told.refused(NotPermitted, "advance-stage", Role.REVIEWER, Role.STANDING_BODY,
                     needs=("permission",))  # fmt: skip


@pytest.mark.parametrize(("day", "held"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_an_office_is_held_through_its_last_day(
    register: Department, clock: Clock, day: date, held: bool
) -> None:
    office = asked.GrantOffice("person:x", Role.REVIEWER, until=date(2026, 2, 28))
    register.ask(office, on=date(2026, 2, 1))
    told = given(register, *DISCOVERING).when(asked.AdvanceStage(), "person:x", on=day)
    clock.set(day)
    if held:
        told.then(happened.StageAdvanced(Stage.NURTURE))
    else:
        told.refused(NotPermitted, needs=("permission",))


def test_an_entry_says_in_which_office_and_under_which_rules_it_was_made(
    house: Department,
) -> None:
    told = given(house, *DISCOVERING).when(asked.AdvanceStage(), basis=PAPER)
    (entry,) = house.submit(told.request).entries
    office = house.offices()[entry.acting_as or ""]
    assert (office.person, office.role) == (entry.actor, Role.REVIEWER)
    received = house.rules.on(date(2025, 6, 2))
    assert (entry.rule_set, entry.basis) == (received.name, PAPER)


def test_an_entry_can_be_voided_by_another_person_on_paper(house: Department) -> None:
    told = given(house, *NURTURING)
    void = asked.VoidEntry(5, WORDS)
    told.when(void, Role.DIRECTOR, basis=PAPER).then(EntryVoided(5, WORDS.sealed()))
    assert house.candidate(told.subject).standing.stage is Stage.DISCOVER


def test_a_day_can_be_corrected_to_one_before_the_last_change(house: Department) -> None:
    told = given(house, *NURTURING)
    correct = asked.CorrectEffectiveDate(1, date(2024, 5, 1), WORDS)
    event = EffectiveDateCorrected(1, date(2024, 5, 1), WORDS.sealed())
    told.when(correct, Role.DIRECTOR, basis=PAPER).then(event)
    found = house.candidate(told.subject, on=date(2025, 6, 1))
    assert found.standing.stage is Stage.DISCOVER


@pytest.mark.parametrize(
    "command",
    [asked.VoidEntry(2, WORDS), asked.CorrectEffectiveDate(2, date(2025, 5, 1), WORDS)],
)
def test_a_correction_needs_a_paper_and_a_second_person(
    house: Department, command: asked.Command
) -> None:
    told = given(house, *DISCOVERING, by=Role.STANDING_BODY)
    told.when(command, Role.STANDING_BODY).refused(
        NeedsUnmet, needs=("correction-paper", "correcting-person")
    )


@pytest.mark.parametrize("target", [0, 5, 6, 7])
@pytest.mark.parametrize("kind", ["void", "date"])
def test_what_is_gone_or_a_correction_or_not_there_cannot_be_corrected(
    house: Department, kind: str, target: int
) -> None:
    told = given(house, *NURTURING[:5], EntryVoided(5, WORDS.sealed()))
    void, day = asked.VoidEntry(target, WORDS), asked.CorrectEffectiveDate(target, TODAY, WORDS)
    told.when(void if kind == "void" else day, Role.DIRECTOR, basis=PAPER)
    told.refused(NeedsUnmet, needs=("correctable",))


def test_nothing_is_corrected_into_the_future(house: Department) -> None:
    told = given(house, *DISCOVERING)
    correct = asked.CorrectEffectiveDate(2, date(2026, 3, 3), WORDS)
    told.when(correct, Role.DIRECTOR, basis=PAPER).refused(NeedsUnmet, needs=("not-in-future",))


INCOHERENT: list[tuple[asked.Command, str]] = [
    (asked.RecordPeerAcclaim("  "), "minutes"),
    (asked.RecordPeerAcclaim("BB-01", -1), "votes"),
    (asked.RecordPeerAcclaim("BB-01", 5, 0, -2), "votes"),
    (asked.RecognizeExemplar(" "), "decision"),
    (asked.RecordTitle(happened.Title.EXCELLENT_COLLECTIVE, 1989), "year"),
    (asked.RecordRating(happened.Rating.GOOD, 2027), "year"),
]


@pytest.mark.parametrize(("command", "field"), INCOHERENT)
def test_a_command_that_contradicts_itself_is_refused(
    house: Department, command: asked.Command, field: str
) -> None:
    refusal = given(house, *SUMMARIZING).when(command, Role.DIRECTOR).refused(InvalidCommand)
    assert refusal.facts[0] == field


MISDIRECTED: list[asked.Command] = [
    *FACTS[:-2],
    *COMMANDS.values(),
    asked.EndOffice(),
    asked.ErasePersonalData(ErasureGround.REQUESTED),
    asked.DescribePerson(WORDS),
    asked.GrantOffice("person:x", Role.REVIEWER),
    asked.DiscoverCandidate(CandidateKind.MODEL, "unit:kiem-lam", WORDS, WORDS),
]


@pytest.mark.parametrize("command", MISDIRECTED, ids=lambda c: asked.name_of(type(c)))
def test_a_command_about_another_kind_of_subject_is_refused(
    house: Department, command: asked.Command
) -> None:
    for role in Role:
        with pytest.raises(UnknownSubject):
            house.ask(command, house.unit, by=role)
    assert house.units()[house.unit].name == "Chi cục Kiểm lâm"


def test_a_replicated_exemplar_can_go_back_and_forth_and_keeps_its_recognition(
    house: Department,
) -> None:
    told = given(house, *SUMMARIZING, REPLICATED)
    back = asked.ReturnStage(WORDS)
    told.when(back).then(happened.StageReturned(Stage.SUMMARIZE, WORDS.sealed()))
    told.when(asked.AdvanceStage()).then(REPLICATED)


def test_the_director_who_recognized_may_revoke(house: Department) -> None:
    """The power to cancel is that of the one who granted (Law 06/2022, article 93.8)."""
    told = advised(given(house, *SUMMARIZING), "recognize", Stage.SUMMARIZE)
    told.when(COMMANDS["recognize"], Role.DIRECTOR).then(
        happened.ExemplarRecognized("13/QĐ-UBND", told.session)
    )
    told.when(COMMANDS["revoke"], Role.DIRECTOR).then(recorded("revoke", Stage.SUMMARIZE))
