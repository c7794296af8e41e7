"""Achievements, their commendations, and the introduction to the province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from department import PAPER, TODAY, UNIT, Department, who
from stories import WORDS
from test_quota import exemplar, found
from test_replication import ask, unmet

from domain.honours import CommendationForm, CommendationLevel, Honours
from domain.values import BlockGround, CandidateKind, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.needs import Answer
from workflow.refusals import InvalidCommand

OF_2024 = asked.RecordAchievement(date(2024, 1, 1), date(2024, 12, 31), WORDS)
OF_2025 = asked.RecordAchievement(date(2025, 1, 1), date(2025, 12, 31), WORDS)
MERIT = asked.RecordCommendation(
    1, CommendationForm.CERTIFICATE_OF_MERIT, CommendationLevel.PROVINCE, "12/QĐ-UBND"
)
LIST = asked.IntroduceToProvince("40/TTr-SNN")


def honours(register: Department, subject: str) -> Honours:
    return register.candidate(subject).honours


def test_r6_2_an_achievement_is_commended_by_a_decision(register: Department) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    ask(register, MERIT, subject, Role.REVIEWER)
    (told,) = honours(register, subject).achievements
    assert told.commendation
    assert (told.commendation.form, told.commendation.decision) == (MERIT.form, "12/QĐ-UBND")
    assert (told.number, told.ends, told.commendation.granted.on) == (1, OF_2024.ends, TODAY)


def test_dd5_2_c_one_achievement_is_commended_at_most_once(register: Department) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    ask(register, MERIT, subject, Role.REVIEWER)
    again = asked.RecordCommendation(1, MERIT.form, CommendationLevel.MINISTRY, "7/QĐ-BNNMT")
    assert unmet(register, again, subject, Role.REVIEWER) == ["uncommended"]
    assert unmet(register, again, subject, Role.STANDING_BODY) == ["uncommended"]


def test_dd5_2_c_what_was_commended_is_no_new_achievement(register: Department) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    ask(register, MERIT, subject, Role.REVIEWER)
    longer = asked.RecordAchievement(date(2024, 12, 31), date(2025, 6, 30), WORDS)
    assert unmet(register, longer, subject) == ["new-period"]
    ask(register, OF_2025, subject)
    assert [told.number for told in honours(register, subject).achievements] == [1, 2]


def test_dd5_2_c_a_voided_commendation_makes_room_for_the_right_one(register: Department) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    version = ask(register, MERIT, subject, Role.REVIEWER)
    register.ask(asked.VoidEntry(version, WORDS), subject, Role.DIRECTOR, basis=PAPER)
    ask(register, MERIT, subject, Role.REVIEWER)
    assert len([a for a in honours(register, subject).achievements if a.commendation]) == 1


def test_dd5_2_c_a_commendation_moved_to_an_earlier_day_still_counts(
    register: Department,
) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    version = ask(register, MERIT, subject, Role.REVIEWER)
    earlier = asked.CorrectEffectiveDate(version, date(2025, 1, 2), WORDS)
    register.ask(earlier, subject, Role.DIRECTOR, basis=PAPER)
    assert unmet(register, MERIT, subject, Role.REVIEWER) == ["uncommended"]


def test_an_achievement_is_over_before_it_is_recorded(house: Department) -> None:
    future = asked.RecordAchievement(date(2026, 1, 1), date(2026, 12, 31), WORDS)
    assert unmet(house, future, found(house)) == ["new-period"]


def test_an_achievement_is_not_turned_round(house: Department) -> None:
    turned = asked.RecordAchievement(OF_2024.ends, OF_2024.begins, WORDS)
    with pytest.raises(InvalidCommand) as caught:
        ask(house, turned, found(house))
    assert caught.value.facts == ("ends", "cannot be before the beginning")


def test_nothing_is_commended_while_it_is_blocked(register: Department) -> None:
    subject = found(register)
    ask(register, OF_2024, subject)
    block = asked.RecordBlock(BlockGround.DENUNCIATION, WORDS)
    ask(register, block, subject, Role.STANDING_BODY)
    assert unmet(register, MERIT, subject, Role.REVIEWER) == ["no-block"]


def test_only_an_achievement_that_is_there_is_commended(house: Department) -> None:
    assert unmet(house, MERIT, found(house), Role.REVIEWER) == ["uncommended"]


def test_r7_3_an_exemplar_is_introduced_to_the_province_and_answered(
    register: Department,
) -> None:
    subject, answer = exemplar(register), asked.RecordAnswer("40/TTr-SNN", "9/UBND-NV", True)
    assert unmet(register, answer, subject) == ["unanswered"]
    ask(register, LIST, subject, Role.STANDING_BODY)
    (sent,) = honours(register, subject).introductions
    assert (sent.document, sent.sent.on, sent.accepted) == ("40/TTr-SNN", TODAY, None)
    assert unmet(register, LIST, subject, Role.STANDING_BODY) == ["not-introduced"]
    ask(register, answer, subject)
    (told,) = honours(register, subject).introductions
    assert (told.accepted, told.answer) == (True, "9/UBND-NV")
    assert unmet(register, answer, subject) == ["unanswered"]


def test_r7_3_only_a_recognized_exemplar_is_introduced(house: Department) -> None:
    assert unmet(house, LIST, found(house), Role.STANDING_BODY) == ["recognition"]


def test_all_that_honours_record_is_lawful(register: Department) -> None:
    subject = exemplar(register)
    for command, by in (
        (OF_2024, Role.OFFICER),
        (MERIT, Role.REVIEWER),
        (OF_2025, Role.OFFICER),
        (LIST, Role.STANDING_BODY),
        (asked.RecordAnswer("40/TTr-SNN", "9/UBND-NV"), Role.OFFICER),
    ):
        ask(register, command, subject, by)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []


def warnings(register: Department, command: asked.Command, subject: str, by: Role) -> Any:
    found = register.why(register.request(command, subject, by))
    assert [f.need for f in found if not f.met] == []
    return [(f.need, f.missing) for f in found if f.answer is Answer.WARNED]


def test_dd5_2_c_what_overlaps_another_commendation_is_warned_of(register: Department) -> None:
    subject = found(register)
    spring = asked.RecordAchievement(date(2024, 3, 1), date(2024, 5, 31), WORDS)
    ask(register, OF_2024, subject)
    ask(register, spring, subject)
    second = replace(MERIT, achievement=2, decision="13/QĐ-UBND")
    assert warnings(register, second, subject, Role.REVIEWER) == []
    ask(register, MERIT, subject, Role.REVIEWER)
    overlap = [("no-overlap", ("12/QĐ-UBND",))]
    assert warnings(register, second, subject, Role.REVIEWER) == overlap
    ask(register, second, subject, Role.REVIEWER)  # it is for a person to say


def test_dd5_2_c_another_candidacy_of_the_same_person_is_looked_at_too(
    register: Department,
) -> None:
    found_by = asked.DiscoverCandidate(CandidateKind.INDIVIDUAL, UNIT, who("Lý Văn Sơn"), WORDS)
    first = register.ask(found_by, by=Role.OFFICER, on=date(2024, 6, 3)).subject
    person = register.candidate(first).person
    again = asked.DiscoverCandidate(CandidateKind.INDIVIDUAL, UNIT, None, WORDS, person=person)
    second = register.ask(again, by=Role.OFFICER, on=date(2025, 6, 3)).subject
    for subject in (first, second):
        ask(register, OF_2024, subject)
    ask(register, MERIT, first, Role.REVIEWER)
    overlap = [("no-overlap", ("12/QĐ-UBND",))]
    assert warnings(register, MERIT, second, Role.REVIEWER) == overlap


@pytest.mark.parametrize(
    ("fighters", "on", "told"),
    [
        (6, date(2023, 1, 10), []),
        (7, date(2023, 1, 10), [("title-cap", ("3/20",))]),
        (7, date(2024, 1, 10), []),
    ],
)
def test_a_17_more_than_15_percent_are_warned_of_under_the_rules_to_2023(
    house: Department, fighters: int, on: date, told: list[object]
) -> None:
    counted = asked.CountTitles(2022, 40, fighters, "15/BC-CCKL")
    request = house.request(counted, UNIT, Role.STANDING_BODY, on)
    found = house.why(request)
    assert [(f.need, f.missing) for f in found if f.answer is Answer.WARNED] == told
    house.submit(request)
    assert house.units()[UNIT].titles[2022].grassroots_fighters == fighters


def test_a_17_there_are_not_more_fighters_than_advanced_workers(house: Department) -> None:
    with pytest.raises(InvalidCommand) as caught:
        house.ask(asked.CountTitles(2022, 5, 6, "15/BC"), UNIT, Role.STANDING_BODY)
    assert caught.value.facts == ("grassroots_fighters", "are among the advanced workers")
