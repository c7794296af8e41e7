"""Each need: when it is met and by what, when it is unmet and who can help, when not proven."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from department import PAPER, TODAY, Department
from scenario import Scenario, given
from stories import (
    ACCLAIMED,
    ASSESSED,
    BLOCKED,
    CRITERIA,
    DESCRIBED,
    DISCOVERING,
    ENDORSED,
    FOUND,
    NURTURED,
    NURTURING,
    PLANNED,
    RECOGNIZED,
    REVIEWED,
    SEALED,
    SUMMARIZED,
    SUMMARIZING,
    SUMMED_UP,
    SUSPENDED,
    TITLED,
    TOLD,
    WORDS,
)

from domain import candidate_events as happened
from domain.candidate_events import CandidateEvent, CandidateKind, PersonKind, Rating, Title
from domain.values import BlockGround, Result, Role, Stage
from workflow import commands as asked
from workflow.needs import Answer, Finding
from workflow.refusals import NeedsUnmet

WRITERS = (Role.OFFICER, Role.UNIT_HEAD, Role.REVIEWER, Role.STANDING_BODY)
ADVANCE = asked.AdvanceStage()


def found(
    house: Department,
    need: str,
    *events: CandidateEvent,
    on: date = date(2025, 6, 2),
    command: asked.Command = ADVANCE,
) -> Finding:
    """Return what a need answers on a candidate to whom all this has happened."""
    story = given(house, *events, on=on).when(command)
    (finding,) = (f for f in house.why(story.request) if f.need == need)
    return finding


def positions(house: Department, story: Scenario, *versions: int) -> tuple[int, ...]:
    entries = house.ledger.entries(story.subject)
    return tuple(entries[version - 1].position for version in versions)


def test_a_refusal_names_every_unmet_need_and_who_can_supply_each(house: Department) -> None:
    story = given(house, FOUND, DESCRIBED, BLOCKED, SUSPENDED, by=Role.REVIEWER)
    refusal = story.when(ADVANCE, on=date(2025, 6, 1)).refused(
        NeedsUnmet,
        "advance-stage",
        needs=(
            "acclaim",
            "endorsement",
            "no-block",
            "not-suspended",
            "after-last-change",
            "second-person",
        ),
    )
    seniors = (Role.STANDING_BODY, Role.DIRECTOR)
    assert [(f.supply, f.via, f.missing) for f in refusal.unmet] == [
        (WRITERS, "record-peer-acclaim", ()),
        (("unit-head", "officer", "reviewer", "standing-body"), "endorse-candidate", ()),
        (seniors, "lift-block", ("complaint",)),
        (seniors, "resume-candidate", ()),
        ((), None, ("2025-06-02",)),
        ((), None, ("field", "newness", "found-it")),
    ]


def test_a_refusal_keeps_the_needs_that_were_met_as_well(house: Department) -> None:
    refusal = given(house, FOUND, DESCRIBED, ACCLAIMED).when(ADVANCE).refused(
        NeedsUnmet, needs=("endorsement",)
    )  # fmt: skip
    assert {f.need: f.answer for f in refusal.findings} == {
        "permission": Answer.MET,
        "field": Answer.MET,
        "newness": Answer.MET,
        "acclaim": Answer.MET,
        "endorsement": Answer.UNMET,
        "no-block": Answer.MET,
        "not-suspended": Answer.MET,
        "second-person": Answer.MET,
        "after-last-change": Answer.MET,
        "not-in-future": Answer.MET,
        "texts-in-force": Answer.MET,
    }


def test_a_need_that_is_met_names_the_entries_that_prove_it(house: Department) -> None:
    story = given(house, *NURTURING).when(ADVANCE)
    proof = {f.need: f.proof for f in house.why(story.request) if f.proof}
    assert proof == {
        "nurture-plan": positions(house, story, 6),
        "full-review": positions(house, story, 7),
        "yearly-record": positions(house, story, 8),
    }


LACKING: list[tuple[str, str, Sequence[CandidateEvent], Sequence[Role], str]] = [
    ("acclaim", "advance", (FOUND, DESCRIBED, ENDORSED), WRITERS, "record-peer-acclaim"),
    (
        "endorsement",
        "advance",
        (FOUND, DESCRIBED, ACCLAIMED),
        (Role.UNIT_HEAD, Role.OFFICER, Role.REVIEWER, Role.STANDING_BODY),
        "endorse-candidate",
    ),
    (
        "nurture-plan",
        "advance",
        (*DISCOVERING, NURTURED, REVIEWED, TITLED),
        WRITERS,
        "adopt-nurture-plan",
    ),
    (
        "full-review",
        "advance",
        (*DISCOVERING, NURTURED, PLANNED, TITLED),
        WRITERS,
        "report-progress",
    ),
    (
        "full-review",
        "advance",
        (*DISCOVERING, NURTURED, PLANNED, TITLED, happened.ProgressReported(SEALED)),
        WRITERS,
        "report-progress",
    ),
    (
        "yearly-record",
        "advance",
        (*DISCOVERING, NURTURED, PLANNED, REVIEWED),
        (Role.OFFICER, Role.REVIEWER, Role.STANDING_BODY),
        "record-title",
    ),
    (
        "summary-report",
        "advance",
        (*NURTURING, SUMMARIZED, *ASSESSED, RECOGNIZED),
        WRITERS,
        "report-summary",
    ),
    (
        "assessment",
        "advance",
        (*NURTURING, SUMMARIZED, SUMMED_UP, *ASSESSED[1:], RECOGNIZED),
        (Role.REVIEWER, Role.STANDING_BODY),
        "assess-criteria",
    ),
    (
        "recognition",
        "advance",
        (*NURTURING, SUMMARIZED, SUMMED_UP, *ASSESSED),
        (Role.DIRECTOR,),
        "recognize-exemplar",
    ),
    (
        "no-block",
        "advance",
        (*DISCOVERING, BLOCKED),
        (Role.STANDING_BODY, Role.DIRECTOR),
        "lift-block",
    ),
    (
        "not-suspended",
        "advance",
        (*DISCOVERING, SUSPENDED),
        (Role.STANDING_BODY, Role.DIRECTOR),
        "resume-candidate",
    ),
]


@pytest.mark.parametrize(("need", "move", "events", "supply", "via"), LACKING)
def test_one_lacking_thing_is_the_one_refused(
    house: Department,
    need: str,
    move: str,
    events: Sequence[CandidateEvent],
    supply: Sequence[Role],
    via: str,
) -> None:
    refusal = given(house, *events).when(ADVANCE).refused(NeedsUnmet, needs=(need,))
    assert (refusal.unmet[0].supply, refusal.unmet[0].via) == (tuple(supply), via)


def test_only_what_is_suspended_can_be_resumed(house: Department) -> None:
    story = given(house, *DISCOVERING)
    story.when(asked.ResumeCandidate(WORDS), Role.DIRECTOR)
    story.refused(NeedsUnmet, needs=("suspended",))


@pytest.mark.parametrize("ground", BlockGround)
def test_a_block_is_lifted_by_its_own_ground_only(house: Department, ground: BlockGround) -> None:
    blocks = [happened.BlockRecorded(each) for each in BlockGround]
    left = [each for each in BlockGround if each is not ground]
    finding = found(house, "no-block", *DISCOVERING, *blocks, happened.BlockLifted(ground))
    assert (finding.answer, finding.missing) == (Answer.UNMET, tuple(left))


def test_a_review_from_before_nurture_began_does_not_count(house: Department) -> None:
    story = given(house, *DISCOVERING, NURTURED, PLANNED, REVIEWED, TITLED)
    back = asked.ReturnStage(WORDS)
    story.when(back, on=date(2026, 1, 5)).then(happened.StageReturned(Stage.DISCOVER, SEALED))
    story.when(ADVANCE, on=date(2026, 2, 2)).then(NURTURED)
    story.when(ADVANCE).refused(NeedsUnmet, needs=("full-review", "yearly-record"))


def described(kind: PersonKind | None) -> tuple[CandidateEvent, ...]:
    found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, FOUND.unit, "person:lan")
    return (
        found,
        happened.CandidateDescribed(SEALED, person_kind=kind, told=TOLD),
        *DISCOVERING[2:],
    )


def individual(
    kind: PersonKind | None, *records: CandidateEvent
) -> tuple[CandidateEvent, ...]:  # fmt: skip
    return (*described(kind), NURTURED, PLANNED, REVIEWED, *records)


def titles(title: Title, *years: int) -> tuple[CandidateEvent, ...]:
    return tuple(happened.TitleRecorded(title, year) for year in years)


FIGHTER, RATED = Title.GRASSROOTS_FIGHTER, happened.RatingRecorded
SINCE_2023 = date(2023, 6, 1)  # nurtured from then on, asked about in 2026
YEARLY: list[tuple[PersonKind, Sequence[CandidateEvent], Answer, tuple[str, ...]]] = [
    (PersonKind.CIVIL_SERVANT, titles(FIGHTER, 2023, 2024, 2025), Answer.MET, ()),
    (PersonKind.CIVIL_SERVANT, titles(FIGHTER, 2023, 2025), Answer.UNMET, ("2024",)),
    (PersonKind.CIVIL_SERVANT, (), Answer.UNMET, ("2023", "2024", "2025")),
    (
        PersonKind.PUBLIC_EMPLOYEE,
        (*titles(FIGHTER, 2023), *titles(Title.PROVINCIAL_FIGHTER, 2024, 2025)),
        Answer.MET,
        (),
    ),
    (
        PersonKind.LEADER,
        titles(Title.ADVANCED_WORKER, 2023, 2024, 2025),
        Answer.UNMET,
        ("2023", "2024", "2025"),
    ),
    (
        PersonKind.WORKER,
        tuple(RATED(Rating.EXCELLENT, year) for year in (2023, 2024, 2025)),
        Answer.MET,
        (),
    ),
    (
        PersonKind.WORKER,
        (RATED(Rating.EXCELLENT, 2023), RATED(Rating.GOOD, 2024), RATED(Rating.EXCELLENT, 2025)),
        Answer.UNMET,
        ("2024",),
    ),
    (PersonKind.WORKER, titles(FIGHTER, 2023, 2024), Answer.UNMET, ("2023", "2024", "2025")),
    (PersonKind.FARMER, (), Answer.MET, ()),
]


@pytest.mark.parametrize(("kind", "records", "answer", "missing"), YEARLY)
def test_r4_2_a_3_each_kind_of_person_needs_its_own_record_for_every_year(
    house: Department,
    kind: PersonKind,
    records: Sequence[CandidateEvent],
    answer: Answer,
    missing: tuple[str, ...],
) -> None:
    finding = found(house, "yearly-record", *individual(kind, *records), on=SINCE_2023)
    assert (finding.answer, finding.missing) == (answer, missing)


def test_an_assessor_can_find_the_yearly_criterion_itself_met(house: Department) -> None:
    met = happened.CriterionAssessed("I7", Result.MET)
    events = individual(PersonKind.CIVIL_SERVANT, met)
    assert found(house, "yearly-record", *events, on=SINCE_2023).answer is Answer.MET


@pytest.mark.parametrize("result", [Result.NOT_MET, Result.NOT_PROVEN])
def test_an_assessor_who_does_not_find_it_met_settles_nothing(
    house: Department, result: Result
) -> None:
    events = individual(PersonKind.CIVIL_SERVANT, happened.CriterionAssessed("I7", result))
    assert found(house, "yearly-record", *events, on=SINCE_2023).answer is Answer.UNMET


@pytest.mark.parametrize(("year", "missing"), [(2024, ("2025",)), (2025, ())])
def test_a_5_a_collective_needs_the_latest_year_only(
    house: Department, year: int, missing: tuple[str, ...]
) -> None:
    title = happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, year)
    events = (*DISCOVERING, NURTURED, PLANNED, REVIEWED, title)
    assert found(house, "yearly-record", *events, on=SINCE_2023).missing == missing


def test_a_1_a_model_needs_no_yearly_record(house: Department) -> None:
    events = (happened.CandidateDiscovered(CandidateKind.MODEL, FOUND.unit), NURTURED)
    assert found(house, "yearly-record", *events).answer is Answer.MET


def test_a_3_in_the_first_year_that_year_itself_is_looked_at(house: Department) -> None:
    events = individual(PersonKind.WORKER)
    finding = found(house, "yearly-record", *events, on=date(2026, 1, 5))
    assert finding.missing == ("2026",)


@pytest.mark.parametrize("need", ["yearly-record", "assessment"])
def test_where_the_kind_of_person_is_unknown_nothing_is_proven(
    house: Department, need: str
) -> None:
    events = individual(None, *(() if need == "yearly-record" else (TITLED, SUMMARIZED)))
    finding = found(house, need, *events)
    assert (finding.answer, finding.missing) == (Answer.NOT_PROVEN, ("person-kind",))


def test_r3_2_what_is_not_proven_stands_in_the_way_like_what_is_unmet(house: Department) -> None:
    doubtful = happened.CriterionAssessed("C9", Result.NOT_PROVEN)
    story = given(house, *SUMMARIZING, doubtful).when(ADVANCE)
    refusal = story.refused(NeedsUnmet, needs=("assessment",))
    assert (refusal.unmet[0].answer, refusal.unmet[0].missing) == (Answer.NOT_PROVEN, ("C9",))


ASSESSMENTS: list[tuple[dict[str, Result], Answer, tuple[str, ...]]] = [
    ({}, Answer.MET, ()),
    ({"C9": Result.NOT_MET}, Answer.UNMET, ("C9",)),
    ({"C9": Result.NOT_PROVEN, "C10": Result.NOT_PROVEN}, Answer.NOT_PROVEN, ("C9", "C10")),
    ({"C9": Result.NOT_PROVEN, "C12": Result.NOT_MET}, Answer.UNMET, ("C12",)),
    ({"G1": Result.NOT_MET, "C1": Result.NOT_PROVEN}, Answer.MET, ()),
]


@pytest.mark.parametrize(("results", "answer", "missing"), ASSESSMENTS)
def test_r3_1_every_hard_criterion_must_be_met_and_every_other_assessed(
    house: Department, results: dict[str, Result], answer: Answer, missing: tuple[str, ...]
) -> None:
    again = [happened.CriterionAssessed(code, result) for code, result in results.items()]
    finding = found(house, "assessment", *SUMMARIZING, *again)
    assert (finding.answer, finding.missing) == (answer, missing)


def test_an_assessment_names_each_criterion_that_nobody_looked_at(house: Department) -> None:
    events = (*NURTURING, SUMMARIZED, SUMMED_UP, *ASSESSED[:3], *ASSESSED[5:], RECOGNIZED)
    assert found(house, "assessment", *events).missing == CRITERIA[3:5]


OPEN_ONLY: list[asked.Command] = [
    asked.DescribeCandidate(WORDS),
    asked.RecordPeerAcclaim("BB-02"),
    asked.AdoptNurturePlan(WORDS),
    asked.ReportProgress(WORDS),
    asked.ReportSummary(WORDS),
    asked.EndorseCandidate(),
    asked.AssessCriteria((("C1", Result.MET),)),
]


@pytest.mark.parametrize("command", OPEN_ONLY, ids=lambda c: asked.name_of(type(c)))
def test_a_closed_file_takes_no_more_work(house: Department, command: asked.Command) -> None:
    story = given(house, *DISCOVERING, happened.CandidateDeclined(SEALED))
    story.when(command, basis=PAPER).refused(NeedsUnmet, needs=("open",))


def oneself(house: Department) -> Scenario:
    person = house.people[Role.REVIEWER]
    found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, house.unit, person)
    return given(house, found, described(PersonKind.WORKER)[1])


@pytest.mark.parametrize(
    "command", [asked.EndorseCandidate(), asked.AssessCriteria((("W1", Result.MET),))]
)
def test_nobody_vouches_for_themselves(house: Department, command: asked.Command) -> None:
    oneself(house).when(command, basis=PAPER).refused(NeedsUnmet, needs=("not-oneself",))


def test_the_head_of_the_unit_endorses_in_person(house: Department) -> None:
    given(house, FOUND).when(asked.EndorseCandidate(), Role.UNIT_HEAD).then(ENDORSED)


def test_anyone_else_endorses_by_citing_the_paper(house: Department) -> None:
    story = given(house, FOUND).when(asked.EndorseCandidate(), Role.OFFICER)
    story.refused(NeedsUnmet, needs=("endorsing-paper",))
    story.when(asked.EndorseCandidate(), Role.OFFICER, basis=PAPER).then(ENDORSED)


def test_the_head_of_another_unit_endorses_nobody_here(register: Department) -> None:
    other = register.ask(asked.RegisterUnit("Chi cục Thủy sản", asked.UnitKind.SUB_DEPARTMENT))
    register.ask(asked.GrantOffice("person:thuy", Role.UNIT_HEAD, other.subject))
    story = given(register, FOUND).when(asked.EndorseCandidate(), "person:thuy")
    story.refused(NeedsUnmet, needs=("endorsing-paper",))


@pytest.mark.parametrize(
    ("codes", "strange"), [((), ()), (("W1",), ("W1",)), (("C1", "X1", "W2"), ("X1", "W2"))]
)
def test_r4_2_only_criteria_of_the_kind_are_assessed(
    house: Department, codes: tuple[str, ...], strange: tuple[str, ...]
) -> None:
    command = asked.AssessCriteria(tuple((code, Result.MET) for code in codes))
    refusal = given(house, FOUND).when(command).refused(NeedsUnmet, needs=("known-criteria",))
    assert refusal.unmet[0].missing == strange


def test_all_criteria_can_be_assessed_at_once(house: Department) -> None:
    results = tuple((code, Result.MET) for code in CRITERIA)
    given(house, FOUND).when(asked.AssessCriteria(results), on=TODAY).then(*ASSESSED)


def test_asking_why_records_nothing(house: Department) -> None:
    story, size = given(house, FOUND, DESCRIBED).when(ADVANCE), house.ledger.size()
    assert [f.need for f in house.why(story.request) if not f.met] == ["acclaim", "endorsement"]
    assert house.ledger.size() == size


EITHER: list[tuple[Result, Result, Answer, tuple[str, ...]]] = [
    (Result.MET, Result.NOT_MET, Answer.MET, ()),
    (Result.NOT_PROVEN, Result.MET, Answer.MET, ()),
    (Result.NOT_MET, Result.NOT_MET, Answer.UNMET, ("I5", "I6")),
    (Result.NOT_MET, Result.NOT_PROVEN, Answer.NOT_PROVEN, ("I6",)),
]


@pytest.mark.parametrize(("research", "solution", "answer", "missing"), EITHER)
def test_a_4_research_or_a_solution_one_of_both_must_be_met(
    house: Department,
    research: Result,
    solution: Result,
    answer: Answer,
    missing: tuple[str, ...],
) -> None:
    results = {"I5": research, "I6": solution}
    criteria = house.rules.sets[0].criteria_for(PersonKind.CIVIL_SERVANT, house.today())
    assessed = (
        happened.CriterionAssessed(c.code, results.get(c.code, Result.MET)) for c in criteria
    )
    events = individual(PersonKind.CIVIL_SERVANT, TITLED, SUMMARIZED, SUMMED_UP, *assessed)
    finding = found(house, "assessment", *events)
    assert (finding.answer, finding.missing) == (answer, missing)
