"""Criteria: what a candidate is measured by, and what an assessment rests on."""

from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest
from department import TODAY, UNIT, Department, unit_named, who
from stories import WORDS
from test_leader import accused

from domain.candidate_events import CriterionAssessed
from domain.values import CandidateKind, PersonKind, Result, Role
from web import answers, schemas
from web.moment import Moment
from web.parts import Parts
from workflow import commands as asked
from workflow.criteria import wanted
from workflow.needs import PREDICATES
from workflow.refusals import InvalidCommand, NeedsUnmet
from workflow.register import Request
from workflow.rule_text import Criterion
from workflow.rules import RuleSet, load_all

ADDED, FOUND, CHANGED, LATER = (
    date(2024, 1, 2),
    date(2024, 3, 1),
    date(2024, 9, 2),
    date(2025, 2, 3),
)
FIRE = asked.AddCriterion("KL1", "Không để xảy ra cháy rừng", hard=True)


def found(
    register: Department, kind: CandidateKind, person_kind: PersonKind | None, on: date = FOUND
) -> str:
    command = asked.DiscoverCandidate(kind, UNIT, who("Hứa Văn Sơn"), WORDS, person_kind)
    return register.ask(command, by=Role.OFFICER, on=on).subject


def codes(register: Department, subject: str, on: date) -> list[str]:
    """Return by what a candidate is measured on a day."""
    asking = Request(asked.AssessCriteria(()), register.people[Role.REVIEWER], subject)
    return [criterion.code for criterion in wanted(register.case(asking, subject), on)]


def assess(
    register: Department, subject: str, on: date, *evidence: tuple[str, int], result: str = "met"
) -> None:
    results = tuple((code, Result(result)) for code in codes(register, subject, on))
    command = asked.AssessCriteria(results, evidence=evidence)
    register.ask(command, subject, Role.REVIEWER, on)


def lacking(register: Department, subject: str, on: date) -> dict[str, tuple[str, ...]]:
    """Return what the assessment lacks for recognition."""
    asking = Request(asked.AdvanceStage(), register.people[Role.REVIEWER], subject, on)
    state = register.candidate(subject).standing.state
    assert state
    case = register.case(asking, subject)

    reply = PREDICATES["assessment"](case, asking.command)
    return {str(reply.answer): reply.missing}


@pytest.mark.parametrize("rules", load_all().sets, ids=lambda rules: rules.text.id)
def test_r3_1_the_catalogue_is_whole_in_every_rule_set(rules: object) -> None:
    text = rules.text  # type: ignore[attr-defined]
    numbers = {"G": 5, "C": 12, "I": 11, "LD": 3, "W": 6}
    every = [f"{letter}{at}" for letter, last in numbers.items() for at in range(1, last + 1)]
    hard = ["C9", "C10", "C11", "C12", "I4", "I7", "LD3", "W6"]
    assert [c.code for c in text.criteria] == every
    assert [c.code for c in text.criteria if c.hard] == hard
    assert all(c.source for c in text.criteria)
    assert {c.code for c in text.criteria if c.evidence} >= {f"C{at}" for at in range(1, 13)}
    assert [group.codes for group in text.any_of] == [("I5", "I6")]


def test_r3_1_a_criterion_may_have_its_own_first_and_last_day() -> None:
    always = Criterion("G9", "Luôn tính", ("worker",), "II.2")
    year = Criterion("G8", "Năm 2024", ("worker",), "II.2", since=ADDED, until=CHANGED)
    text = msgspec.structs.replace(load_all().sets[0].text, criteria=(always, year))
    found = {
        day: [c.code for c in RuleSet(text, "").criteria_for("worker", day)]
        for day in (date(2024, 1, 1), ADDED, CHANGED, LATER)
    }
    assert [*found.values()] == [["G9"], ["G9", "G8"], ["G9", "G8"], ["G9"]]


def test_r3_1_what_was_found_is_told_with_who_when_and_by_which_papers(
    register: Department,
) -> None:
    register.ask(FIRE, UNIT, Role.UNIT_HEAD, ADDED)
    subject = found(register, CandidateKind.COLLECTIVE, None)
    version = (
        register.ask(asked.AttachEvidence(WORDS), subject, Role.OFFICER, FOUND).entries[0].version
    )
    assess(register, subject, LATER, ("C9", version))
    parts = Parts(register.ledger, register, None)  # type: ignore[arg-type]
    told = answers.candidate(parts, subject, Moment(TODAY))
    assert told
    assert "@".join((told["rule_set"], told["rule_set_digest"])) == register.rules.on(FOUND).name
    lines = {one["code"]: one for one in told["criteria"]}
    assert [*lines] == codes(register, subject, LATER)
    assert "KL1" in lines
    assert lines["C9"] == {
        "code": "C9",
        "title": "Tổ chức đảng, đoàn thể đạt trong sạch vững mạnh",
        "hard": True,
        "source": "II.3.a",
        "asks_for": "Văn bản xếp loại hằng năm",
        "result": "met",
        "on": LATER.isoformat(),
        "by": register.people[Role.REVIEWER],
        "evidence": [version],
    }


def test_r1_9_a_unit_adds_to_the_common_criteria(register: Department) -> None:
    before = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER, date(2024, 1, 1))
    register.ask(FIRE, UNIT, Role.UNIT_HEAD, ADDED)
    other = asked.AddCriterion("KL2", "Tuần tra", kinds=(CandidateKind.COLLECTIVE,))
    register.ask(other, UNIT, Role.UNIT_HEAD, ADDED)
    worker = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    team = found(register, CandidateKind.COLLECTIVE, None)
    register.ask(asked.RetireCriterion("KL1"), UNIT, Role.UNIT_HEAD, CHANGED)
    later = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER, LATER)
    own = [
        [code for code in codes(register, subject, LATER) if code.startswith("KL")]
        for subject in (before, worker, team, later)
    ]
    assert own == [[], ["KL1"], ["KL1", "KL2"], []]
    assess(register, worker, LATER)
    assert lacking(register, worker, LATER) == {"met": ()}
    failed = asked.AssessCriteria((("KL1", Result.NOT_MET),))
    register.ask(failed, worker, Role.REVIEWER, LATER)
    assert lacking(register, worker, LATER) == {"unmet": ("KL1",)}
    assert accused(register) == []


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (asked.AddCriterion("G1", "Khác"), "is a criterion already"),
        (asked.AddCriterion("KL1", "Khác"), "is a criterion already"),
        (asked.AddCriterion("kl 1", "Khác"), "must be capitals and a number"),
        (asked.RetireCriterion("G1"), "was not added by this unit"),
    ],
)
@pytest.mark.only("sqlite")
def test_r1_9_no_unit_changes_or_removes_a_common_criterion(
    register: Department, command: asked.Command, problem: str
) -> None:
    register.ask(FIRE, UNIT, Role.UNIT_HEAD, ADDED)
    with pytest.raises(InvalidCommand) as caught:
        register.ask(command, UNIT, Role.UNIT_HEAD, ADDED)
    assert caught.value.facts == ("code", problem)


@pytest.mark.only("sqlite")
def test_r1_9_a_head_speaks_for_the_own_unit_only(register: Department) -> None:
    other = register.ask(unit_named("Chi cục Thủy lợi"), on=ADDED).subject
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(FIRE, other, Role.UNIT_HEAD, ADDED)
    assert [finding.need for finding in caught.value.unmet] == ["own-unit"]
    register.ask(FIRE, other, Role.STANDING_BODY, ADDED)


def test_r4_2_criteria_follow_the_kind_on_the_day_of_the_assessment(register: Department) -> None:
    subject = found(register, CandidateKind.INDIVIDUAL, PersonKind.WORKER)
    change = asked.ChangePersonKind(PersonKind.CIVIL_SERVANT)
    register.ask(change, subject, Role.OFFICER, CHANGED)
    days = [codes(register, subject, day) for day in (FOUND, CHANGED)]
    assert [("W6" in of, "I7" in of) for of in days] == [(True, False), (False, True)]
    assess(register, subject, FOUND)  # as the worker it was then
    assert lacking(register, subject, LATER) == {"met": ()}
    again = asked.AssessCriteria((("I1", Result.MET),))
    register.ask(again, subject, Role.REVIEWER, LATER)
    (answer,) = lacking(register, subject, LATER).items()
    assert (answer[0], "I7" in answer[1], "W6" in answer[1]) == ("unmet", True, False)
    assert accused(register) == []


@pytest.mark.only("sqlite")
def test_r4_2_only_a_person_has_a_kind(register: Department) -> None:
    subject = found(register, CandidateKind.COLLECTIVE, None)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.ChangePersonKind(PersonKind.WORKER), subject, Role.OFFICER, CHANGED)
    assert [finding.need for finding in caught.value.unmet] == ["individual"]


def test_r3_1_an_assessment_names_its_evidence(register: Department) -> None:
    subject = found(register, CandidateKind.COLLECTIVE, None)
    attach = asked.AttachEvidence(WORDS)
    version = register.ask(attach, subject, Role.OFFICER, FOUND).entries[0].version
    assess(register, subject, LATER, ("C9", version), ("C10", version))
    told = [fact.event for fact in register.candidate(subject).assessments]
    cited = [e.criterion for e in told if isinstance(e, CriterionAssessed) and e.evidence]
    assert (cited, accused(register)) == (["C9", "C10"], [])
    for wrong in (("C9", 1), ("I1", version)):
        with pytest.raises(InvalidCommand) as caught:
            assess(register, subject, LATER, wrong)
        assert caught.value.facts[0] == "evidence"


def test_r3_2_what_is_not_proven_neither_passes_nor_fails(house: Department) -> None:
    subject = found(house, CandidateKind.COLLECTIVE, None)
    assess(house, subject, LATER, result="not-proven")
    assert lacking(house, subject, LATER) == {"not-proven": ("C9", "C10", "C11", "C12")}


@pytest.mark.parametrize("told", ['"C9: 12, 14; C12: 15"', '{"C9": [12, 14], "C12": [15]}'])
def test_evidence_is_read_from_a_line_or_from_json(told: str) -> None:
    data = {"results": {"C9": "met"}, "evidence": json.loads(told)}
    command = schemas.load(asked.AssessCriteria, data)
    assert isinstance(command, asked.AssessCriteria)
    assert command.evidence == (("C9", 12), ("C9", 14), ("C12", 15))


@pytest.mark.parametrize("told", ["C9", "C9: x", "C9: -1", 12, {"C9": ["12345678901"]}])
def test_evidence_that_names_no_entry_is_refused(told: object) -> None:
    with pytest.raises(schemas.ValidationError) as caught:
        schemas.load(asked.AssessCriteria, {"results": {"C9": "met"}, "evidence": told})
    assert list(caught.value.messages_dict) == ["evidence"]
