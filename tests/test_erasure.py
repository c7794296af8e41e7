"""Erasing personal data: who asks, who decides, and for what the data stay (A-24)."""

from __future__ import annotations

from datetime import date

import pytest
from department import PAPER, SINCE, TODAY, UNIT, Clock, Department, who
from stories import WORDS
from test_leader import accused

from domain.honours import CommendationForm, CommendationLevel
from domain.person import ErasureRefusal, Person
from domain.values import BlockGround, CandidateKind, ErasureGround, PersonKind, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.refusals import InvalidCommand, NeedsUnmet
from workflow.work import Work, work

LETTER = asked.RequestErasure("12/ĐN-2026")
ERASE = asked.ErasePersonalData(ErasureGround.REQUESTED)
RESTRICT = asked.RestrictPersonalData("41/TB-SNN", WORDS)
REFUSE = asked.RefuseErasure(ErasureRefusal.PUBLIC, "42/TB-SNN")
TOLD = asked.AcknowledgeErasure("43/TB-SNN")
LONGER = asked.ExtendErasure(15, "44/TB-SNN", WORDS)
ORDERED = asked.ErasePersonalData(ErasureGround.DECIDED)
LONG_AGO, LATELY = date(2025, 12, 1), date(2025, 12, 2)  # 91 and 90 days before today


def candidate(register: Department) -> tuple[str, str]:
    """Return a candidacy and its person."""
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, UNIT, who("Mã Văn Long"), WORDS, PersonKind.WORKER
    )
    subject = register.ask(found, by=Role.OFFICER, on=date(2025, 6, 2)).subject
    person = register.candidate(subject).person
    assert person
    return subject, person


def left(register: Department, on: date = LONG_AGO) -> tuple[str, str]:
    """Return a candidacy that was withdrawn, and its person who asks for erasure."""
    subject, person = candidate(register)
    register.ask(asked.WithdrawCandidate(WORDS), subject, Role.REVIEWER, on)
    register.ask(LETTER, person, Role.OFFICER)
    return subject, person


def unmet(
    register: Department, command: asked.Command, to: str, by: Role = Role.DIRECTOR
) -> dict[str, tuple[str, ...]]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, to, by)
    return {finding.need: finding.missing for finding in caught.value.unmet}


def state(register: Department, person: str) -> Person:
    assert isinstance(register.ledger, Ledger)
    told = register.case(register.request(LETTER, person, Role.OFFICER), person).state
    assert isinstance(told, Person)
    return told


def test_a_24_erased_on_request_once_nobody_can_complain(register: Department) -> None:
    subject, person = left(register)
    assert state(register, person).requested
    register.ask(ERASE, person, Role.DIRECTOR)
    told = state(register, person)
    assert (told.erased, told.requested, told.description) == (True, None, None)
    assert register.candidate(subject).standing.outcome == "withdrawn"  # the fact stays
    assert accused(register) == []


def test_a_24_ninety_days_after_the_candidacy_and_not_before(house: Department) -> None:
    _, person = left(house, LATELY)
    assert unmet(house, ERASE, person) == {"complaint-window": (TODAY.isoformat(),)}


def test_a_24_a_refusal_says_all_that_is_in_the_way(house: Department) -> None:
    subject, person = candidate(house)
    block = asked.RecordBlock(BlockGround.INSPECTION, WORDS)
    house.ask(block, subject, Role.STANDING_BODY)
    house.ask(asked.GrantOffice(person, Role.OFFICER), on=SINCE)
    assert unmet(house, ERASE, person) == {
        "erasure-ground": (),
        "complaint-window": ("candidacy-open",),
        "nothing-pending": (),
        "no-function": ("office-held",),
    }


def test_a_24_who_is_commended_is_restricted_and_not_erased(register: Department) -> None:
    subject, person = candidate(register)
    year = asked.RecordAchievement(date(2025, 1, 1), date(2025, 5, 31), WORDS)
    register.ask(year, subject, Role.OFFICER)
    praise = asked.RecordCommendation(
        1, CommendationForm.LETTER_OF_MERIT, CommendationLevel.DEPARTMENT, "9/QĐ-SNN"
    )
    register.ask(praise, subject, Role.REVIEWER)
    register.ask(asked.WithdrawCandidate(WORDS), subject, Role.STANDING_BODY, LONG_AGO)
    register.ask(LETTER, person, Role.OFFICER)
    assert unmet(register, ERASE, person) == {"no-standing-decision": ("recognized",)}
    register.ask(RESTRICT, person, Role.DIRECTOR)
    told = state(register, person)
    assert (told.restricted, told.requested, told.erased) == (TODAY, None, False)
    again = asked.DescribePerson(who("Mã Văn Long", 1980))
    assert unmet(register, again, person, Role.OFFICER) == {"not-restricted": ()}
    found = asked.DiscoverCandidate(CandidateKind.INDIVIDUAL, UNIT, None, WORDS, person=person)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(found, by=Role.OFFICER)
    assert [f.need for f in caught.value.unmet] == ["not-restricted"]
    assert accused(register) == []


def test_a_24_a_decision_of_an_authority_goes_before_what_keeps_the_data(
    house: Department,
) -> None:
    _, person = candidate(house)
    assert unmet(house, ORDERED, person) == {"erasure-ground": ("no-paper",)}
    house.ask(ORDERED, person, Role.DIRECTOR, basis=PAPER)
    assert state(house, person).erased


def test_a_24_a_request_is_refused_with_its_reason(house: Department) -> None:
    _, person = left(house)
    assert unmet(house, LETTER, person, Role.STANDING_BODY) == {"no-erasure-request": ()}
    house.ask(REFUSE, person, Role.DIRECTOR)
    assert state(house, person).requested is None
    assert unmet(house, REFUSE, person) == {"erasure-request": ()}


@pytest.mark.parametrize("answer", [ERASE, RESTRICT, REFUSE])
def test_r8_1_who_entered_the_request_does_not_answer_it(
    house: Department, answer: asked.Command
) -> None:
    subject, person = candidate(house)
    house.ask(asked.WithdrawCandidate(WORDS), subject, Role.REVIEWER, LONG_AGO)
    house.ask(LETTER, person, Role.ADMINISTRATOR)
    assert unmet(house, answer, person, Role.ADMINISTRATOR) == {"erasing-person": ()}


def due(register: Department) -> list[tuple[Work, date | None]]:
    assert isinstance(register.ledger, Ledger)
    replies = (Work.LETTER, Work.ERASURE)
    return [(t.work, t.due) for t in work(register, register.ledger) if t.work in replies]


def test_a_24_whoever_asks_is_told_in_two_working_days_and_waits_longer_once(
    register: Department, clock: Clock
) -> None:
    _, person = left(register)
    answer = (Work.ERASURE, date(2026, 3, 22))
    assert due(register) == [(Work.LETTER, date(2026, 3, 4)), answer]
    register.ask(TOLD, person, Role.OFFICER)
    assert due(register) == [answer]
    assert unmet(register, TOLD, person, Role.OFFICER) == {"not-told": (TODAY.isoformat(),)}
    for days in (0, 16):
        with pytest.raises(InvalidCommand):
            register.ask(asked.ExtendErasure(days, "44/TB-SNN", WORDS), person, Role.DIRECTOR)
    register.ask(LONGER, person, Role.DIRECTOR)
    assert due(register) == [(Work.ERASURE, date(2026, 4, 6))]
    assert unmet(register, LONGER, person) == {"not-extended": ()}
    register.ask(REFUSE, person, Role.DIRECTOR)
    assert unmet(register, TOLD, person, Role.OFFICER) == {"erasure-request": ()}
    register.ask(LETTER, person, Role.OFFICER)
    assert due(register) == [(Work.LETTER, date(2026, 3, 4)), answer]
    assert accused(register) == []


def test_a_24_what_is_late_is_not_extended(register: Department, clock: Clock) -> None:
    _, person = left(register)
    clock.set(date(2026, 3, 23))
    assert unmet(register, LONGER, person) == {"term-running": ("2026-03-22",)}


def test_a_24_a_request_waits_in_the_work_list_of_those_who_decide(register: Department) -> None:
    _, person = left(register)
    assert isinstance(register.ledger, Ledger)
    (task,) = [t for t in work(register, register.ledger) if t.work is Work.ERASURE]
    assert (task.subject, task.due) == (person, date(2026, 3, 22))
    assert set(task.by) == {Role.DIRECTOR, Role.ADMINISTRATOR}
    register.ask(REFUSE, person, Role.DIRECTOR)
    assert not [t for t in work(register, register.ledger) if t.work is Work.ERASURE]
