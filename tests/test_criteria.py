"""What candidates are measured by, and what is said of them when they are found."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from department import TODAY, Department, anew, who
from scenario import given
from stories import (
    ACCLAIMED,
    DESCRIBED,
    ENDORSED,
    FOUND,
    NURTURED,
    OWNED,
    SEALED,
    TOLD,
    WORDS,
    opened,
)

from domain import candidate_events as happened
from domain.events import Event
from domain.programme import Milestone
from domain.values import CandidateKind, PriorityGroup, Private, Result, Role, Stage
from web.schemas import PRIVATE_KEYS
from web.words.labels import FIELDS, LABELS
from workflow import commands as asked
from workflow.lawfulness import Ruling, findings
from workflow.refusals import NeedsUnmet
from workflow.rules import load_all

MEASURES = (
    "civil-servant",
    "public-employee",
    "worker",
    "leader",
    "farmer",
    "collective",
    "model",
)
LATEST = load_all().sets[-1]


@pytest.mark.parametrize("measure", MEASURES)
def test_r1_8_r2_3_standing_out_and_leading_is_a_criterion_of_every_kind(measure: str) -> None:
    codes = {criterion.code for criterion in LATEST.criteria_for(measure, TODAY)}
    assert {"G1", "G2", "G3", "G4", "G5"} <= codes


def test_r2_5_an_assessor_says_in_words_what_was_found(house: Department) -> None:
    command = asked.AssessCriteria((("G1", Result.MET), ("G2", Result.NOT_PROVEN)), anew_words())
    story = given(house, FOUND, DESCRIBED)
    made = house.ask(command, story.subject, Role.REVIEWER).entries
    assert [opened(entry.event) for entry in made] == [
        happened.CriterionAssessed("G1", Result.MET, SEALED),
        happened.CriterionAssessed("G2", Result.NOT_PROVEN, SEALED),
    ]
    note = made[0].event.note  # type: ignore[union-attr]
    assert house.ledger.secrets([note]) == {note.id: WORDS.content}


def test_r3_1_an_assessment_says_who_when_by_which_text_and_on_which_paper(
    register: Department,
) -> None:
    found = asked.DiscoverCandidate(CandidateKind.MODEL, register.unit, OWNED, WORDS)
    subject = register.ask(anew(found), by=Role.OFFICER).subject
    command = asked.AssessCriteria((("G1", Result.MET),), anew_words())
    (made,) = register.ask(command, subject, Role.REVIEWER).entries
    assert made.actor == register.people[Role.REVIEWER]
    assert made.rule_set == register.rules.on(register.today()).name
    verdicts = list(findings(register.ledger.all(), register.rules))
    assert {verdict.ruling for verdict in verdicts} == {Ruling.LAWFUL}


@pytest.mark.parametrize("kind", CandidateKind)
def test_r2_1_individuals_collectives_and_models_are_candidates(
    house: Department, kind: CandidateKind
) -> None:
    known = Private({"name": "Ai đó", "owner": "Hợp tác xã" if kind == "model" else None})
    command = asked.DiscoverCandidate(kind, house.unit, known, Private({"field": "Chăn nuôi"}))
    subject = house.ask(command, by=Role.OFFICER).subject
    assert house.candidate(subject).standing.kind is kind
    assert (house.candidate(subject).person is not None) == (kind == "individual")


def test_r1_4_r2_2_a_candidate_says_its_field_its_movement_and_what_is_new() -> None:
    asked_for = {"field", "breadth", "movement", "achievement", "newness", "leading"}
    assert asked_for <= PRIVATE_KEYS["what"].keys()
    assert asked_for <= set(FIELDS)


def test_r1_4_r2_2_nobody_leaves_discover_without_a_field_and_what_is_new(
    register: Department,
) -> None:
    bare = happened.CandidateDescribed(SEALED, SEALED)
    story = given(register, FOUND, bare, ACCLAIMED, ENDORSED).when(asked.AdvanceStage())
    story.refused(NeedsUnmet, "advance-stage", needs=("field", "newness"))
    half = asked.DescribeCandidate(Private({"field": "Chăn nuôi", "newness": ""}))
    (told,) = register.ask(half, story.subject, Role.OFFICER).entries
    assert told.event.told == ("field",)  # type: ignore[union-attr]
    story.when(asked.AdvanceStage()).refused(NeedsUnmet, needs=("newness",))
    register.ask(asked.DescribeCandidate(anew_words()), story.subject, Role.OFFICER)
    story.when(asked.AdvanceStage()).then(NURTURED)
    verdicts = findings(register.ledger.all(), register.rules)
    why = [v.why for v in verdicts if v.entry.subject == story.subject]
    assert why[4:] == [(), (), ()]  # the first four came past the door


def test_r2_1_a_model_has_an_owner(register: Department) -> None:
    def found(who: Private) -> asked.DiscoverCandidate:
        return asked.DiscoverCandidate(CandidateKind.MODEL, register.unit, who, anew_words())

    with pytest.raises(NeedsUnmet) as caught:
        register.ask(found(who("Mô hình")), by=Role.OFFICER)
    assert [(f.need, f.missing) for f in caught.value.unmet] == [("owner", ("owner",))]
    made = register.ask(found(OWNED), by=Role.OFFICER).entries[-1].event
    assert made.told == ("field", "newness", "owner")  # type: ignore[union-attr]


def test_r5_10_no_priority_group_lowers_what_is_asked(house: Department) -> None:
    tagged = happened.CandidateDescribed(SEALED, SEALED, None, tuple(PriorityGroup), TOLD)
    lacking = [
        [f.need for f in house.why(story.when(asked.AdvanceStage()).request) if not f.met]
        for story in (
            given(house, FOUND, DESCRIBED, ACCLAIMED),
            given(house, FOUND, tagged, ACCLAIMED),
        )
    ]
    assert lacking == [["endorsement"], ["endorsement"]]


def test_a_10_the_stage_and_the_review_have_names_of_their_own() -> None:
    assert LABELS[Stage.SUMMARIZE] == "Tổng kết"
    assert LABELS[Milestone.FINAL_REVIEW] == "Hội nghị tổng kết"


def test_a_27_nobody_is_ranked_by_numbers() -> None:
    names = {field.name for event in get_args(Event) for field in fields(event)}
    assert names.isdisjoint({"score", "points", "rank", "ranking", "weight"})


def anew_words() -> Private:
    return Private(WORDS.content)
