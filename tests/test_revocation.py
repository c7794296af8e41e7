"""Titles and recognitions taken back: by whom, on which paper, and what falls with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from councils import called, established
from department import PAPER, TODAY, UNIT, Department, unit_named
from scenario import given
from stories import DISCOVERING, NURTURING, REPLICATING, SEALED, SUMMARIZING, TITLED, WORDS
from test_lawfulness import along, forge, unlawful, verdicts
from test_leader import LATER, accused, both, causes

from domain import candidate_events as happened
from domain import revocation
from domain.candidate_events import ReReviewRequired
from domain.council import Matter
from domain.honours import CommendationForm, CommendationLevel
from domain.values import (
    Authority,
    CandidateKind,
    Outcome,
    PersonKind,
    ReReviewCause,
    ReReviewResult,
    Result,
    RevocationGround,
    Role,
    Stage,
    Title,
)
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow import honours
from workflow.refusals import InvalidCommand, NeedsUnmet
from workflow.rules import load_all
from workflow.work import Work, work

EXCELLENT, FIGHTER = Title.EXCELLENT_COLLECTIVE, Title.GRASSROOTS_FIGHTER
BODY, DIRECTOR, OFFICER = Role.STANDING_BODY, Role.DIRECTOR, Role.OFFICER
FALSE = RevocationGround.FALSE_DECLARATION
REVOKE = asked.RevokeTitle(EXCELLENT, 2025, FALSE, "9/QĐ-UBND", WORDS)
RESTORE = asked.RestoreTitle(EXCELLENT, 2025, "10/QĐ-UBND", WORDS)
RULES = load_all().sets[-1]


def unmet(register: Department, command: asked.Command, to: str, by: Role, **more: Any) -> Any:
    with pytest.raises(NeedsUnmet) as refusal:
        register.ask(command, to, by, **more)
    return [(finding.need, finding.missing) for finding in refusal.value.unmet]


@pytest.mark.parametrize("ground", RevocationGround)
def test_2_9_a_title_is_revoked_on_each_ground_and_given_back(
    house: Department, ground: RevocationGround
) -> None:
    story = given(house, *SUMMARIZING)
    house.ask(replace(REVOKE, ground=ground), story.subject, BODY)
    assert house.candidate(story.subject).titles == ()
    assert unmet(house, REVOKE, story.subject, BODY) == [("title-held", ())]
    house.ask(RESTORE, story.subject, DIRECTOR)
    assert [fact.event for fact in house.candidate(story.subject).titles] == [TITLED]
    assert unmet(house, RESTORE, story.subject, BODY) == [("title-taken", ())]


def test_2_9_all_that_rested_on_a_revoked_title_is_looked_at_again(register: Department) -> None:
    unit, head = both(register)
    revoke = replace(REVOKE, year=2023)
    told = register.ask(revoke, unit, DIRECTOR, LATER)
    assert [entry.subject for entry in told.entries] == [unit, unit, head]
    lost = ReReviewRequired(ReReviewCause.TITLE_LOST, unit)
    assert (causes(register, unit), causes(register, head)) == ([lost], [lost])
    assert register.candidate(head).recognition
    assert accused(register) == []


def test_2_9_a_criterion_found_met_by_a_revoked_title_is_looked_at_again(
    house: Department,
) -> None:
    met = happened.CriterionAssessed("C12", Result.MET)
    for assessed, again in ((met, 1), (happened.CriterionAssessed("C11", Result.MET), 0)):
        subject = given(house, *NURTURING, assessed).subject
        house.ask(REVOKE, subject, BODY)
        assert len(house.candidate(subject).re_reviews) == again


def test_2_9_a_commendation_after_a_revoked_title_is_looked_at_again(house: Department) -> None:
    subject = given(house, *NURTURING).subject
    achieved = asked.RecordAchievement(date(2025, 1, 1), date(2025, 12, 31), WORDS)
    house.ask(achieved, subject, OFFICER)
    form, level = CommendationForm.CERTIFICATE_OF_MERIT, CommendationLevel.PROVINCE
    house.ask(asked.RecordCommendation(1, form, level, "8/QĐ-UBND"), subject, BODY)
    house.ask(REVOKE, subject, DIRECTOR)
    assert [fact.event for fact in house.candidate(subject).re_reviews] == [
        ReReviewRequired(ReReviewCause.TITLE_LOST, subject)
    ]


def test_r6_9_a_delegation_with_a_fallen_delegate_is_not_final(house: Department) -> None:
    subject = given(house, *REPLICATING).subject
    quota = house.ask(asked.AllocateQuota("Đại hội", 1, "3/UBND"), by=BODY, on=TODAY).subject
    house.ask(asked.SetQuotaLine(CandidateKind.COLLECTIVE, 1, "3/UBND"), quota, BODY)
    house.ask(asked.SelectDelegate(subject), quota, BODY)
    house.ask(asked.RevokeRecognition(FALSE, WORDS, "7/QĐ-SNN"), subject, DIRECTOR)
    close = asked.CloseQuota("4/TTr-SNN")
    fallen = (subject.partition(":")[2],)
    assert unmet(house, close, quota, BODY) == [("delegates-recognized", fallen)]
    house.ask(asked.DropDelegate(subject, WORDS), quota, BODY)
    house.ask(close, quota, BODY)


def test_2_2_who_may_grant_a_title_is_data(house: Department) -> None:
    subject = given(house, *NURTURING).subject
    record = asked.RecordTitle(EXCELLENT, 2024, "6/QĐ-UBND", Authority.PROVINCE)
    wrong = replace(record, authority=Authority.DEPARTMENT)
    assert unmet(house, wrong, subject, OFFICER) == [("title-authority", ("province-chair",))]
    house.ask(record, subject, OFFICER)
    assert house.candidate(subject).titles[-1].event == happened.TitleRecorded(
        EXCELLENT, 2024, "6/QĐ-UBND", Authority.PROVINCE
    )
    assert {title for title in Title if honours.grants(RULES, title)} == set(Title)


def test_93_8_only_who_granted_a_title_takes_it_back(house: Department) -> None:
    story = given(house, *SUMMARIZING)
    wrong = replace(REVOKE, authority=Authority.DEPARTMENT)
    assert unmet(house, wrong, story.subject, BODY) == [("granting-power", ("province-chair",))]
    house.ask(replace(REVOKE, authority=Authority.PROVINCE), story.subject, BODY)


def test_93_2_a_recognition_is_revoked_by_a_decision(house: Department) -> None:
    subject = given(house, *REPLICATING).subject
    revoke = asked.RevokeRecognition(FALSE, WORDS)
    assert unmet(house, revoke, subject, DIRECTOR) == [("revoking-paper", ())]
    house.ask(revoke, subject, DIRECTOR, basis=PAPER)


@pytest.mark.parametrize("ended", [None, Outcome.COMPLETED])
def test_2_9_a_recognition_that_is_given_back_stands_where_it_stood(
    house: Department, ended: Outcome | None
) -> None:
    closed = [happened.CandidacyCompleted(SEALED)] if ended else []
    subject = given(house, *REPLICATING, *closed).subject
    was = house.candidate(subject)
    restore = asked.RestoreRecognition("8/QĐ-SNN", WORDS)
    assert unmet(house, restore, subject, DIRECTOR) == [("recognition-taken", ())]
    house.ask(asked.RevokeRecognition(FALSE, WORDS, "7/QĐ-SNN", 5), subject, DIRECTOR)
    gone = house.candidate(subject)
    assert (gone.standing.state, gone.recognition) == (Outcome.REVOKED, None)
    assert gone.recovery.outstanding == 5
    house.ask(restore, subject, DIRECTOR)
    now = house.candidate(subject)
    assert (now.standing, now.recognition) == (was.standing, was.recognition)
    assert (now.standing.stage, now.standing.outcome) == (Stage.REPLICATE, ended)
    assert now.recovery.outstanding == 0


@pytest.mark.parametrize(
    ("title", "on", "money"),
    [
        (FIGHTER, date(2025, 7, 1), 2_340_000),
        (Title.ADVANCED_WORKER, date(2026, 1, 5), 702_000),
        (EXCELLENT, date(2026, 1, 5), 3_510_000),
        (FIGHTER, date(2025, 6, 30), None),  # no multiple is known for the decree before
    ],
)
def test_2_3_what_was_paid_for_a_title_is_data_and_never_guessed(
    title: Title, on: date, money: int | None
) -> None:
    assert honours.reward(RULES, title, on) == money


def test_93_2_money_and_objects_come_back_by_entries(house: Department) -> None:
    subject = given(house, *NURTURING, on=date(2026, 1, 5)).subject
    house.ask(replace(REVOKE, objects=WORDS), subject, BODY)
    (owed,) = house.candidate(subject).recovery.owed
    assert (owed.honour, owed.money, owed.objects is None) == ((EXCELLENT, 2025), 3_510_000, False)
    back = asked.RecordReturn("11/PT", 3_000_000)
    house.ask(back, subject, OFFICER)
    assert unmet(house, back, subject, OFFICER) == [("to-return", ("510000",))]
    house.ask(asked.RecordReturn("12/PT", 510_000, WORDS), subject, OFFICER)
    assert house.candidate(subject).recovery.outstanding == 0


def test_93_2_nothing_is_returned_that_is_not_owed(house: Department) -> None:
    subject = given(house, *NURTURING).subject
    one = asked.RecordReturn("11/PT", 1)
    assert unmet(house, one, subject, OFFICER) == [("to-return", ("0",))]
    with pytest.raises(InvalidCommand):
        house.ask(asked.RecordReturn("11/PT"), subject, OFFICER)
    house.ask(REVOKE, subject, BODY)  # of before decree 152/2025: the amount is not known
    house.ask(one, subject, OFFICER)


def test_2_2_a_gap_between_titles_is_sent_to_a_person(house: Department) -> None:
    established(house)
    found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, house.unit, "person:an")
    told = happened.CandidateDescribed(SEALED, None, PersonKind.CIVIL_SERVANT)
    sitting = called(house, TODAY)
    for years, gaps in (((2023, 2024, 2025), ()), ((2022, 2023, 2025), ("2024",))):
        titles = [happened.TitleRecorded(FIGHTER, year) for year in years]
        subject = given(house, found, told, *titles).subject
        add = asked.AddAgendaItem(Matter.PROVINCIAL_FIGHTER, subject)
        if gaps:
            with pytest.raises(NeedsUnmet) as refusal:
                sitting.ask(add)
            (finding,) = (f for f in refusal.value.unmet if f.need == "consecutive-titles")
            assert (finding.answer, finding.missing) == ("not-proven", gaps)
            sitting.ask(add, basis=PAPER)  # who looked says so
        else:
            sitting.ask(add)


FORGERIES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "takes less back than was paid": (
        revocation.TitleRevoked(EXCELLENT, 2025, FALSE, "9/QĐ", SEALED),
        ("title-held",),
    ),
    "returns what nobody owes": (revocation.RewardReturned("1/PT", 5), ("to-return",)),
    "gives back what was not taken": (
        happened.RecognitionRestored("8/QĐ", SEALED),
        ("permission", "recognition-taken"),
    ),
}


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", FORGERIES)
def test_what_is_forged_of_a_revocation_is_found(register: Department, name: str) -> None:
    event, why = FORGERIES[name]
    subject = along(register, 3)
    assert unlawful(register) == []
    forge(register, subject, event, by=BODY)
    found = verdicts(register)[-1].why
    assert found == why


@pytest.mark.only("sqlite")
def test_a_whole_revocation_through_the_door_is_lawful(register: Department) -> None:
    unit, _ = both(register)
    revoke = asked.RevokeRecognition(FALSE, WORDS, "7/QĐ-SNN", 100, WORDS)
    for command, by in (
        (replace(REVOKE, year=2023), DIRECTOR),
        (asked.RecordReturn("1/PT", 5, WORDS), BODY),
        (replace(RESTORE, year=2023), DIRECTOR),
        (revoke, DIRECTOR),
        (asked.RecordReturn("2/PT", 5), BODY),
        (asked.RestoreRecognition("8/QĐ-SNN", WORDS), DIRECTOR),
    ):
        register.ask(command, unit, by, LATER)
    assert accused(register) == []


def test_r6_9_a_delegate_who_is_to_be_looked_at_again_waits_for_a_decision(
    register: Department,
) -> None:
    subject = given(register, *REPLICATING).subject
    quota = register.ask(asked.AllocateQuota("Đại hội", 1, "3/UBND"), by=BODY, on=TODAY).subject
    register.ask(asked.SetQuotaLine(CandidateKind.COLLECTIVE, 1, "3/UBND"), quota, BODY)
    register.ask(asked.SelectDelegate(subject), quota, BODY)
    assert isinstance(register.ledger, Ledger)
    assert not [t for t in work(register, register.ledger) if t.work is Work.DELEGATES]
    register.ask(REVOKE, subject, BODY)
    assert register.candidate(subject).re_reviews
    (task,) = [t for t in work(register, register.ledger) if t.work is Work.DELEGATES]
    assert (task.subject, task.command) == (quota, "drop-delegate")
    fallen = (subject.partition(":")[2],)
    closing = unmet(register, asked.CloseQuota("4/TTr"), quota, BODY)
    assert closing == [("delegates-recognized", fallen)]
    kept = asked.ConcludeReReview(ReReviewResult.KEPT, WORDS)
    register.ask(kept, subject, DIRECTOR)
    register.ask(asked.CloseQuota("4/TTr"), quota, BODY)


def test_a_9_a_title_left_with_the_old_unit_is_revoked_there_and_given_back_there(
    house: Department,
) -> None:
    other = house.ask(unit_named("Ban Quản lý rừng"), on=date(2021, 1, 1)).subject
    subject = given(house, *DISCOVERING, TITLED).subject
    moved = asked.TransferCandidates(other, (subject,))
    house.ask(moved, UNIT, BODY, basis=PAPER)
    candidate = house.candidate(subject)
    assert (candidate.titles, len(candidate.left_behind)) == ((), 1)
    house.ask(REVOKE, subject, DIRECTOR)
    candidate = house.candidate(subject)
    assert (candidate.left_behind, len(candidate.untitled)) == ((), 1)
    house.ask(RESTORE, subject, BODY)
    candidate = house.candidate(subject)
    assert (candidate.titles, len(candidate.left_behind), candidate.untitled) == ((), 1, ())
