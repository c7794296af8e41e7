"""Replication: how an exemplar is copied, who learnt of it, who does likewise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from department import PAPER, UNIT, Department, unit_named
from stories import WORDS
from test_quota import exemplar, found

from domain.replication import AdopterKind, Channel, Spread
from domain.values import Outcome, Private, Role, Stage
from events_store.ledger import Ledger
from web.schemas import load
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import InvalidCommand, NeedsUnmet, UnknownSubject

METHOD = asked.DescribeMethod(
    Private(
        {
            "problem": "Rừng bị lấn",
            "action": "Tuần tra cùng dân",
            "conditions": "Có tổ tự quản",
            "costs": "20 triệu đồng mỗi năm",
            "outcome": "Không còn vụ lấn rừng",
            "how_to": "Lập tổ, chia tuyến, trực theo tuần",
        }
    )
)
HOUSEHOLD = asked.RecordAdoption(AdopterKind.HOUSEHOLD, WORDS)


def ask(
    register: Department,
    command: asked.Command,
    subject: str,
    by: Role = Role.OFFICER,
    on: date | None = None,
) -> int:
    return register.ask(command, subject, by, on).entries[-1].version


def spread(register: Department, subject: str, on: date | None = None) -> Spread:
    return register.candidate(subject, on).spread


def unmet(
    register: Department, command: asked.Command, subject: str, by: Role = Role.OFFICER
) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        ask(register, command, subject, by)
    return [finding.need for finding in caught.value.unmet]


def led(register: Department, command: asked.Command, subject: str) -> list[tuple[str, Any]]:
    """Return what stands in the way for the standing body, and which command helps."""
    with pytest.raises(NeedsUnmet) as caught:
        ask(register, command, subject, Role.STANDING_BODY)
    return [(finding.need, finding.via) for finding in caught.value.unmet]


def adopted(register: Department, subject: str, on: date | None = None) -> int:
    """Return the number of a confirmed adoption."""
    if not spread(register, subject).method:
        ask(register, METHOD, subject, on=date(2025, 4, 2))
    ask(register, HOUSEHOLD, subject, on=on)
    number = len(spread(register, subject).adoptions)
    verify = asked.VerifyAdoption(number, "9/BB-KL")
    ask(register, verify, subject, Role.REVIEWER)
    return number


def test_r1_6_a_method_says_how_to_copy_it_and_is_in_the_vault_only(
    register: Department,
) -> None:
    subject = exemplar(register)
    ask(register, METHOD, subject)
    seal = spread(register, subject).method
    assert seal
    assert isinstance(register.ledger, Ledger)
    assert register.ledger.secrets([seal]) == {seal.id: dict(METHOD.method.content)}


def test_r1_6_a_method_comes_in_by_the_form_too() -> None:
    command = load(asked.DescribeMethod, {"method": dict(METHOD.method.content)})
    assert isinstance(command, asked.DescribeMethod)
    assert command.method.content == METHOD.method.content


def test_r1_10_an_adoption_is_of_a_unit_a_household_or_a_commune(register: Department) -> None:
    subject, unit = exemplar(register), register.ask(unit_named("Trung tâm")).subject
    ask(register, METHOD, subject)
    ask(register, asked.RecordAdoption(AdopterKind.UNIT, WORDS, unit), subject)
    ask(register, HOUSEHOLD, subject)
    ask(register, replace(HOUSEHOLD, adopter=AdopterKind.COMMUNE), subject)
    told = [(found.adopter, found.unit) for found in spread(register, subject).adoptions]
    assert told == [
        (AdopterKind.UNIT, unit),
        (AdopterKind.HOUSEHOLD, None),
        (AdopterKind.COMMUNE, None),
    ]
    assert spread(register, subject).by_year() == {}


@pytest.mark.parametrize(
    ("adopter", "unit"), [(AdopterKind.UNIT, None), (AdopterKind.HOUSEHOLD, UNIT)]
)
def test_r1_10_only_a_unit_of_the_department_has_an_id(
    house: Department, adopter: AdopterKind, unit: str | None
) -> None:
    subject = exemplar(house)
    with pytest.raises(InvalidCommand) as caught:
        ask(house, asked.RecordAdoption(adopter, WORDS, unit), subject)
    assert caught.value.facts == ("unit", "must be there if a unit adopts, and only then")
    with pytest.raises(UnknownSubject):
        ask(house, asked.RecordAdoption(AdopterKind.UNIT, WORDS, "unit:none"), subject)


def test_r1_10_an_adoption_needs_a_method_to_copy(house: Department) -> None:
    assert unmet(house, HOUSEHOLD, exemplar(house)) == ["method"]


def test_r1_10_what_is_not_replicated_yet_has_no_adoptions(house: Department) -> None:
    subject = found(house)
    ask(house, METHOD, subject)
    assert unmet(house, HOUSEHOLD, subject) == ["replicating"]


def test_r1_10_a_second_person_confirms_an_adoption_once(register: Department) -> None:
    subject = exemplar(register)
    ask(register, METHOD, subject)
    ask(register, HOUSEHOLD, subject, Role.REVIEWER)
    verify = asked.VerifyAdoption(1, "9/BB-KL")
    assert unmet(register, verify, subject, Role.REVIEWER) == ["second-person"]
    ask(register, verify, subject, Role.STANDING_BODY)
    assert unmet(register, verify, subject, Role.STANDING_BODY) == ["unverified-adoption"]
    (told,) = spread(register, subject).verified
    assert (told.number, told.document) == (1, "9/BB-KL")


def test_r1_10_only_an_adoption_that_is_there_can_be_confirmed(house: Department) -> None:
    verify = asked.VerifyAdoption(1, "9/BB-KL")
    assert unmet(house, verify, exemplar(house), Role.REVIEWER) == ["unverified-adoption"]


def test_r1_10_the_spread_counts_confirmed_adoptions_by_year(register: Department) -> None:
    subject = exemplar(register)
    for day in (date(2025, 5, 1), date(2025, 9, 1), date(2026, 1, 5)):
        adopted(register, subject, day)
    ask(register, HOUSEHOLD, subject)  # not confirmed, and not counted
    assert spread(register, subject).by_year() == {2025: 2, 2026: 1}


def test_r1_10_a_voided_adoption_counts_no_more(register: Department) -> None:
    subject = exemplar(register)
    ask(register, METHOD, subject)
    version = ask(register, HOUSEHOLD, subject)
    ask(register, asked.VerifyAdoption(1, "9/BB-KL"), subject, Role.REVIEWER)
    assert spread(register, subject).by_year() == {2026: 1}
    void = asked.VoidEntry(version, WORDS)
    register.ask(void, subject, Role.STANDING_BODY, basis=PAPER)
    assert spread(register, subject).by_year() == {}
    ask(register, HOUSEHOLD, subject)
    (told,) = spread(register, subject).adoptions
    assert (told.number, told.verified) == (2, None)  # the old confirmation is not its own


def test_r6_4_a_learning_event_says_who_learnt_and_when(register: Department) -> None:
    subject, day = exemplar(register), date(2025, 6, 1)
    ask(register, asked.HoldLearning(WORDS, UNIT, 30), subject, on=day)
    (told,) = spread(register, subject).learnings
    assert (told.unit, told.attendees, told.held.on) == (UNIT, 30, day)


def test_r6_5_only_a_recognized_exemplar_is_published(register: Department) -> None:
    publish = asked.PublishExemplar(Channel.WEBSITE, "12/BT-SNN")
    assert unmet(register, publish, found(register)) == ["recognition"]
    subject, day = exemplar(register), date(2025, 6, 1)
    ask(register, publish, subject, on=day)
    ((channel, document, made),) = spread(register, subject).published
    assert (channel, document, made.on) == (Channel.WEBSITE, "12/BT-SNN", day)


def test_r1_10_a_candidacy_is_completed_with_a_confirmed_adoption(register: Department) -> None:
    subject = exemplar(register)
    complete = asked.CompleteCandidacy(WORDS)
    for first in (METHOD, HOUSEHOLD):
        assert led(register, complete, subject) == [("adoption", "record-adoption")]
        ask(register, first, subject)
    assert led(register, complete, subject) == [("adoption", "verify-adoption")]
    ask(register, asked.VerifyAdoption(1, "9/BB-KL"), subject, Role.REVIEWER)
    ask(register, complete, subject, Role.STANDING_BODY)
    standing = register.candidate(subject).standing
    assert (standing.stage, standing.outcome) == (Stage.REPLICATE, Outcome.COMPLETED)


def test_r1_10_or_with_a_reason_that_somebody_else_gave(register: Department) -> None:
    subject, complete = exemplar(register), asked.CompleteCandidacy(WORDS)
    ask(register, asked.ExplainNoAdoption(WORDS), subject, Role.STANDING_BODY)
    assert unmet(register, complete, subject, Role.STANDING_BODY) == ["second-person"]
    ask(register, complete, subject, Role.DIRECTOR)
    assert register.candidate(subject).standing.outcome is Outcome.COMPLETED


def test_all_that_replication_records_is_lawful(register: Department) -> None:
    subject = exemplar(register)
    adopted(register, subject)
    ask(register, asked.HoldLearning(WORDS), subject)
    ask(register, asked.PublishExemplar(Channel.PRESS, "BLS 1204"), subject)
    ask(register, asked.CompleteCandidacy(WORDS), subject, Role.DIRECTOR)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []
