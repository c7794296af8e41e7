"""Selection rounds: on an occasion, two lists, with a paper in the end."""

from __future__ import annotations

from datetime import date

import pytest
from department import PAPER, UNIT, Department, who
from stories import WORDS
from test_programme import NEXT, SIGNED, begun

from domain.round import Occasion, Round, SelectionList
from domain.values import BlockGround, CandidateKind, PersonKind, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import NeedsUnmet, UnknownSubject

OPENED, CLOSED = date(2022, 12, 1), date(2022, 12, 28)
COMMEND, PROPOSE = SelectionList


def opened(register: Department) -> str:
    """Return a round on the occasion of the end of 2022."""
    round = asked.OpenRound(begun(register), Occasion.YEAR_END, "Tổng kết năm 2022")
    return register.ask(round, by=Role.STANDING_BODY, on=OPENED).subject


def candidate(register: Department, by: Role = Role.OFFICER) -> str:
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ rừng"), WORDS)
    return register.ask(found, by=by, on=SIGNED).subject


def unmet(
    register: Department, command: asked.Command, subject: str | None, by: Role, on: date = OPENED
) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, subject, by, on)
    return [finding.need for finding in caught.value.unmet]


def test_r6_2_a_round_has_two_lists_and_its_occasion(register: Department) -> None:
    round, (first, second) = opened(register), (candidate(register), candidate(register))
    register.ask(asked.SelectCandidate(first, COMMEND), round, Role.REVIEWER, OPENED)
    register.ask(asked.SelectCandidate(second, COMMEND), round, Role.REVIEWER, OPENED)
    register.ask(asked.SelectCandidate(second, PROPOSE), round, Role.REVIEWER, CLOSED)
    rounds = [register.all("round", on)[round] for on in (OPENED, CLOSED)]
    lists = [(r.listed(COMMEND), r.listed(PROPOSE)) for r in rounds]
    assert lists == [([first, second], []), ([first], [second])]
    assert {r.occasion for r in rounds} == {Occasion.YEAR_END}


def test_r7_4_the_standing_body_opens_and_closes_rounds(register: Department) -> None:
    round, found = opened(register), candidate(register)
    register.ask(asked.SelectCandidate(found, COMMEND), round, Role.REVIEWER, OPENED)
    register.ask(asked.CloseRound("47/TTr-TCCB"), round, Role.STANDING_BODY, CLOSED)
    closed = register.all("round")[round]
    assert (closed.running, closed.document, closed.closed) == (False, "47/TTr-TCCB", CLOSED)
    late = asked.DropSelection(found, WORDS)
    assert unmet(register, late, round, Role.REVIEWER, CLOSED) == ["round-running"]


def test_r6_2_who_was_dropped_is_on_no_list(register: Department) -> None:
    round, found = opened(register), candidate(register)
    drop = asked.DropSelection(found, WORDS)
    assert unmet(register, drop, round, Role.REVIEWER) == ["selected"]
    register.ask(asked.SelectCandidate(found, COMMEND), round, Role.REVIEWER, OPENED)
    register.ask(drop, round, Role.REVIEWER, CLOSED)
    assert register.all("round")[round].selected == {}


def test_r6_2_a_blocked_or_ended_candidate_is_not_selected(register: Department) -> None:
    round, (blocked, ended) = opened(register), (candidate(register), candidate(register))
    block = asked.RecordBlock(BlockGround.COMPLAINT, WORDS)
    register.ask(block, blocked, Role.REVIEWER, SIGNED)
    register.ask(asked.DeclineCandidate(WORDS), ended, Role.STANDING_BODY, SIGNED)
    for found in (blocked, ended):
        select = asked.SelectCandidate(found, COMMEND)
        assert unmet(register, select, round, Role.REVIEWER) == ["selectable"]
    with pytest.raises(UnknownSubject) as caught:
        register.ask(asked.SelectCandidate("candidate:none", COMMEND), round, Role.REVIEWER)
    assert caught.value.facts == ("candidate:none",)


def test_r8_1_nobody_selects_whom_they_found_or_themselves(register: Department) -> None:
    round, own = opened(register), candidate(register, by=Role.REVIEWER)
    select = asked.SelectCandidate(own, COMMEND)
    assert unmet(register, select, round, Role.REVIEWER) == ["second-person"]
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, UNIT, who("Lý A Sảng"), WORDS, PersonKind.WORKER
    )
    subject = register.ask(found, by=Role.OFFICER, on=SIGNED).subject
    person = register.candidate(subject).person
    assert person
    register.ask(asked.GrantOffice(person, Role.REVIEWER), on=SIGNED)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.SelectCandidate(subject, COMMEND), round, person, OPENED)
    assert [f.need for f in caught.value.unmet] == ["selectable"]


def test_r6_2_a_round_needs_a_running_cycle(register: Department) -> None:
    over = begun(register)
    register.ask(asked.CloseCycle(), over, Role.DIRECTOR, date(2025, 12, 31))
    running = begun(register, NEXT, date(2026, 1, 5))
    late = asked.OpenRound(over, Occasion.PROGRAMME_END, "Tổng kết giai đoạn")
    assert unmet(register, late, None, Role.STANDING_BODY) == ["round-cycle"]
    good = asked.OpenRound(running, Occasion.TRADITION_DAY, "Ngày truyền thống")
    subject = register.ask(good, by=Role.STANDING_BODY, on=date(2026, 2, 2)).subject
    assert register.all("round", date(2026, 2, 1))[subject] == Round()
    nowhere = asked.OpenRound("programme:none", Occasion.YEAR_END, "Đợt")
    with pytest.raises(UnknownSubject) as caught:
        register.ask(nowhere, by=Role.STANDING_BODY)
    assert caught.value.facts == ("programme:none",)


def test_all_that_a_round_records_is_lawful(register: Department) -> None:
    round, found = opened(register), candidate(register)
    told = register.ask(asked.SelectCandidate(found, COMMEND), round, Role.REVIEWER, OPENED)
    void = asked.VoidEntry(told.entries[0].version, WORDS)
    register.ask(void, round, Role.DIRECTOR, CLOSED, basis=PAPER)
    register.ask(asked.CloseRound("47/TTr-TCCB"), round, Role.STANDING_BODY)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []
