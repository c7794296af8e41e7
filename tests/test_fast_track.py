"""The simple procedure: every stage has its entry, and what was set aside is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from councils import established
from department import PAPER, UNIT, Department, who
from stories import WORDS
from test_leader import AGREED, accused
from test_rules import Damage, damage, folder

from domain.candidate_events import ExemplarRecognized, StageAdvanced
from domain.values import (
    CandidateKind,
    FastTrackGround,
    PersonKind,
    Result,
    Role,
    Stage,
)
from workflow import commands as asked
from workflow.needs import Answer
from workflow.refusals import NeedsUnmet
from workflow.register import Request

__all__ = ["damage", "folder"]
DAY = date(2025, 6, 10)


def rescuer(register: Department, endorsed: bool = True) -> str:
    """Return somebody who saved people in a flood, discovered today."""
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, UNIT, who("Hoàng Văn Dũng"), WORDS, PersonKind.WORKER
    )
    subject = register.ask(found, by=Role.OFFICER, on=DAY).subject
    register.ask(AGREED, subject, Role.OFFICER, DAY)
    if endorsed:
        register.ask(asked.EndorseCandidate(), subject, Role.UNIT_HEAD, DAY)
    return subject


def grant(
    register: Department,
    subject: str,
    ground: FastTrackGround = FastTrackGround.EXTRAORDINARY,
    by: Role = Role.STANDING_BODY,
) -> int:
    command = asked.GrantFastTrack(ground)
    return register.ask(command, subject, by, DAY, basis=PAPER).last


def unmet(register: Department, command: asked.Command, subject: str, by: Role) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, subject, by, DAY)
    return [finding.need for finding in caught.value.unmet]


def test_a_13_several_stages_on_one_day_each_with_its_entry(register: Department) -> None:
    established(register)
    subject = rescuer(register)
    grant(register, subject)
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    register.ask(asked.ReportSummary(WORDS), subject, Role.OFFICER, DAY)
    criteria = register.rules.on(DAY).criteria_for("worker", DAY)
    met = asked.AssessCriteria(tuple((c.code, Result.MET) for c in criteria))
    register.ask(met, subject, Role.STANDING_BODY, DAY)
    register.ask(asked.RecognizeExemplar("9/QĐ-SNN"), subject, Role.DIRECTOR, DAY)
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    moves = [
        e.event
        for e in register.ledger.entries(subject)
        if isinstance(e.event, StageAdvanced | ExemplarRecognized)
    ]
    assert moves == [
        StageAdvanced(Stage.NURTURE, ("acclaim",)),
        StageAdvanced(Stage.SUMMARIZE, ("nurture-plan", "full-review", "yearly-record")),
        ExemplarRecognized("9/QĐ-SNN", waived=("publicity", "council-opinion")),
        StageAdvanced(Stage.REPLICATE),
    ]
    assert accused(register) == []


def test_a_13_a_waived_need_says_so_and_is_proven_by_the_grant(register: Department) -> None:
    subject = rescuer(register, endorsed=False)
    granted = grant(register, subject)
    reviewer = register.people[Role.REVIEWER]
    why = register.why(Request(asked.AdvanceStage(), reviewer, subject, DAY))
    answers = {f.need: (f.answer, f.proof) for f in why if f.need in ("acclaim", "endorsement")}
    assert answers == {
        "acclaim": (Answer.WAIVED, (granted,)),
        "endorsement": (Answer.UNMET, ()),
    }


def test_a_13_a_ground_sets_aside_only_what_the_rule_set_says(register: Department) -> None:
    subject = rescuer(register)
    grant(register, subject, FastTrackGround.LONG_SERVICE)
    assert unmet(register, asked.AdvanceStage(), subject, Role.REVIEWER) == ["acclaim"]


def test_r5_11_a_fast_track_lowers_no_criterion(register: Department) -> None:
    subject = rescuer(register)
    grant(register, subject)
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    register.ask(asked.ReportSummary(WORDS), subject, Role.OFFICER, DAY)
    recognize = asked.RecognizeExemplar("9/QĐ-SNN")
    assert unmet(register, recognize, subject, Role.DIRECTOR) == ["assessment"]


def test_r5_7_what_the_head_discovered_may_go_fast(register: Department) -> None:
    subject = rescuer(register)
    grant(register, subject, FastTrackGround.FOUND_BY_HEAD)
    made = register.ask(asked.AdvanceStage(), subject, Role.REVIEWER, DAY)
    assert made.entries[0].event == StageAdvanced(Stage.NURTURE, ("acclaim",))


def test_r8_1_who_granted_the_fast_track_does_not_decide_by_it(register: Department) -> None:
    subject = rescuer(register)
    grant(register, subject)
    assert unmet(register, asked.AdvanceStage(), subject, Role.STANDING_BODY) == ["second-person"]


def test_a_13_a_grant_rests_on_a_paper_and_is_made_once(register: Department) -> None:
    subject = rescuer(register)
    command = asked.GrantFastTrack(FastTrackGround.EXTRAORDINARY)
    assert unmet(register, command, subject, Role.DIRECTOR) == ["official-notice"]
    grant(register, subject)
    assert unmet(register, command, subject, Role.DIRECTOR) == [
        "official-notice",
        "no-fast-track",
    ]


@pytest.mark.parametrize(
    ("code", "said"), [("second-person", "cannot be set aside"), ("no-such", "there is no")]
)
def test_a_13_a_rule_set_cannot_waive_the_second_person(
    damage: Damage, folder: Path, code: str, said: str
) -> None:
    old = 'long-service = ["nurture-plan", "full-review", "council-opinion"]'
    assert said in damage("review.toml", old, f'long-service = ["{code}"]')
