"""The work list: what waits for whom, what is late, what can be decided now (issue 4.13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from councils import CHAIR, MEMBERS, SECRETARY, called, heard, publicized
from department import PAPER, SINCE, TODAY, Clock, Department, unit_named
from scenario import also, given
from stories import DESCRIBED, DISCOVERING, FOUND, NURTURING, SEALED, STORIES, SUMMARIZING, WORDS
from test_programme import SIGNED, begun, hand_in, lay

from domain.candidate_events import CandidateDiscovered, CandidateSuspended, ReReviewRequired
from domain.council import Matter, Seat
from domain.office import Office
from domain.programme import DutyKind, Milestone
from domain.values import CandidateKind, PriorityGroup, ReReviewCause, Role
from events_store.ledger import Ledger
from events_store.roll import page
from workflow import commands as asked
from workflow.readiness import due
from workflow.work import Task, Work, gathered, sort, tasks, work


def of(
    register: Department, *roles: Role, actor: str | None = None, unit: str | None = None
) -> list[Task]:
    """Return what waits for offices; that their units are silent is told apart."""
    return [task for task in all_of(register, *roles, actor=actor, unit=unit) if not silent(task)]


def all_of(
    register: Department, *roles: Role, actor: str | None = None, unit: str | None = None
) -> list[Task]:
    assert isinstance(register.ledger, Ledger)
    anew = tasks(gathered(register, register.ledger))
    assert work(register, register.ledger) == anew  # and so is what is remembered
    return work(register, register.ledger, [Office(role=role, unit=unit) for role in roles], actor)


def due_of(register: Department, subject: str) -> date | None:
    """Return the deadline that lists show beside a candidate."""
    assert isinstance(register.ledger, Ledger)
    (line,) = page(register.ledger.db, register.today())
    ready = register.readiness([subject], register.today())[subject]
    return due(ready, line.state, line.since, register.today())


def silent(task: Task) -> bool:
    return task.work is Work.SILENT


def told(tasks: list[Task]) -> list[tuple[str, str]]:
    return [(task.work, task.subject) for task in tasks]


def test_4_13_who_can_advance_waits_for_whoever_decides_and_did_not_write(
    register: Department,
) -> None:
    ready = given(register, *DISCOVERING).subject
    (task,) = of(register, Role.REVIEWER)
    assert (task.work, task.subject, task.command, task.ready) == (
        Work.ADVANCE,
        ready,
        "advance-stage",
        True,
    )
    assert told(of(register, Role.REVIEWER, actor=register.people[Role.OFFICER])) == []
    assert told(of(register, Role.REVIEWER, actor=register.people[Role.REVIEWER])) == [
        (Work.ADVANCE, ready)
    ]


def test_4_13_what_is_missing_waits_for_whoever_can_supply_it(register: Department) -> None:
    bare = given(register, FOUND, DESCRIBED, on=TODAY).subject
    found = of(register, Role.UNIT_HEAD, unit=register.unit)
    assert [(t.subject, t.command, t.needs, t.ready) for t in found] == [
        (bare, "record-peer-acclaim", ("acclaim",), False),
        (bare, "endorse-candidate", ("endorsement",), False),
    ]
    assert of(register, Role.DIRECTOR) == []


def test_4_13_what_became_ready_just_now_is_seen_behind_any_queue(
    register: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.work.LOOKED_AT", 2)
    for _ in range(3):
        given(register, FOUND, DESCRIBED, on=date(2025, 6, 2))
    ready = given(register, *DISCOVERING, on=date(2025, 6, 3)).subject
    given(register, FOUND, DESCRIBED, on=date(2025, 6, 4))
    assert (Work.ADVANCE, ready) in told(of(register, Role.REVIEWER))
    assert len({task.subject for task in of(register)}) == 4
    assert (Work.ADVANCE, ready) in told(of(register, Role.REVIEWER, unit=register.unit))


def test_4_13_an_office_of_a_unit_has_the_work_of_that_unit(register: Department) -> None:
    other = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    mine = given(register, FOUND, DESCRIBED).subject
    given(register, CandidateDiscovered(CandidateKind.COLLECTIVE, other), DESCRIBED)
    assert {t.subject for t in of(register, Role.OFFICER, unit=register.unit)} == {mine}
    assert len({t.subject for t in of(register, Role.OFFICER)}) == 2


def test_r5_9_of_two_that_wait_alike_the_group_comes_first(register: Department) -> None:
    farmers = replace(DESCRIBED, priority=(PriorityGroup.FARMER,))
    found = {given(register, FOUND, DESCRIBED).subject: False}
    found |= {given(register, FOUND, farmers).subject: True for _ in range(3)}
    found |= {given(register, FOUND, DESCRIBED).subject: False}
    older = given(register, FOUND, DESCRIBED, on=date(2025, 6, 1)).subject
    told = [(t.subject, t.priority) for t in of(register, Role.UNIT_HEAD, unit=register.unit)]
    groups = sorted(found, key=lambda subject: (not found[subject], subject))
    expected = [(subject, found.get(subject, False)) for subject in (older, *groups)]
    assert list(dict.fromkeys(told)) == expected


@pytest.mark.parametrize(("day", "stale"), [(date(2025, 3, 3), False), (date(2025, 3, 2), True)])
def test_r1_5_a_candidate_without_a_change_for_twelve_months_is_stuck(
    register: Department, day: date, stale: bool
) -> None:
    given(register, *NURTURING[:5], on=day)
    found = of(register, Role.OFFICER)
    assert [(t.work, t.since) for t in found if t.work is Work.STALE] == [
        (Work.STALE, day)
    ] * stale


@pytest.mark.parametrize(("day", "heard"), [(date(2025, 3, 3), True), (date(2025, 3, 2), False)])
def test_r1_5_a_unit_without_a_change_for_twelve_months_is_told_that_it_is_silent(
    register: Department, day: date, heard: bool
) -> None:
    new = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    gone = register.ask(unit_named("Chi cục Thú y"), on=SINCE).subject
    register.ask(asked.MergeUnit((new,)), gone, on=SINCE)
    given(register, *DISCOVERING, on=day)

    def told_of(role: Role, unit: str | None = None) -> list[tuple[str | None, date | None]]:
        return [(t.unit, t.since) for t in all_of(register, role, unit=unit) if silent(t)]

    mine = [(register.unit, day)] * (not heard)
    assert told_of(Role.STANDING_BODY) == [*mine, (new, None)]
    assert told_of(Role.OFFICER, unit=register.unit) == mine
    assert told_of(Role.DIRECTOR) == []


def test_r6_1_nobody_has_reported_the_progress_of_a_year(
    register: Department, clock: Clock
) -> None:
    nurtured = given(register, *NURTURING[:5], on=date(2024, 5, 6)).subject

    def due() -> list[tuple[int | None, date | None, bool]]:
        found = [t for t in of(register, Role.OFFICER) if t.work is Work.PROGRESS]
        assert due_of(register, nurtured) == next((t.due for t in found), None)
        return [(t.year, t.due, bool(t.late)) for t in found]

    for day, missing in (
        (date(2024, 12, 30), [(2024, date(2024, 12, 31), False)]),
        (date(2025, 1, 6), [(2024, date(2024, 12, 31), True)]),
    ):
        clock.set(day)
        assert due() == missing
    register.ask(asked.ReportProgress(WORDS), nurtured, Role.OFFICER)
    assert due() == []
    clock.set(date(2026, 1, 5))
    assert due() == [(2026, date(2026, 12, 31), False)]


def test_r4_1_a_recognition_to_be_looked_at_again_waits_for_the_standing_body(
    register: Department,
) -> None:
    story = given(register, *SUMMARIZING)
    cause = ReReviewRequired(ReReviewCause.TITLE_LOST, story.subject)
    also(story, cause, by=Role.OFFICER, on=date(2025, 7, 1))
    again = [t for t in of(register, Role.STANDING_BODY) if t.work is Work.RE_REVIEW]
    assert [(t.subject, t.since, t.ready) for t in again] == [
        (story.subject, date(2025, 7, 1), True)
    ]


def test_a_22_comments_wait_and_a_period_that_is_over_is_late(
    register: Department, clock: Clock
) -> None:
    subject = given(register, *SUMMARIZING[:-3]).subject
    clock.set(date(2025, 6, 2))
    register.ask(asked.OpenCommentPeriod(), subject, Role.OFFICER)
    register.ask(asked.ReceiveComment(WORDS), subject, Role.OFFICER)

    def found() -> list[tuple[str, date | None, int, bool]]:
        tasks = of(register, Role.STANDING_BODY)
        wanted = (Work.COMMENTS, Work.END_COMMENTS)
        return [(t.work, t.due, t.late, t.ready) for t in tasks if t.work in wanted]

    until = date(2025, 6, 16)
    assert due_of(register, subject) == until
    assert found() == [(Work.COMMENTS, until, 0, True), (Work.END_COMMENTS, until, 0, False)]
    clock.set(date(2025, 6, 18))
    register.ask(asked.HandleComment(1, WORDS), subject, Role.REVIEWER)
    assert found() == [(Work.END_COMMENTS, until, 2, True)]
    register.ask(asked.CloseCommentPeriod(), subject, Role.REVIEWER)
    assert (found(), due_of(register, subject)) == ([], None)


def test_r6_6_what_is_owed_is_due_then_late_then_waits_for_an_answer(
    register: Department, clock: Clock
) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2024)

    def found(role: Role) -> list[tuple[str, str, int]]:
        return [
            (t.work, t.subject, t.late) for t in of(register, role) if t.work is not Work.CYCLE
        ]

    clock.set(date(2024, 12, 16))
    assert found(Role.UNIT_HEAD) == [(Work.HAND_IN, plan, 0)]
    clock.set(date(2024, 12, 18))
    assert found(Role.UNIT_HEAD) == [(Work.HAND_IN, plan, 2)]
    assert (Work.REMIND, plan, 2) in found(Role.STANDING_BODY)
    paper = hand_in(register, plan, duty, date(2024, 12, 18))
    assert found(Role.UNIT_HEAD) == []
    assert found(Role.STANDING_BODY) == [(Work.ANSWER, paper, 0)]
    register.ask(asked.ReturnObligation(WORDS), paper, Role.REVIEWER)
    assert found(Role.OFFICER) == [(Work.HAND_IN_AGAIN, paper, 2)]


def test_r6_7_a_milestone_waits_until_it_is_reached(register: Department, clock: Clock) -> None:
    plan = begun(register)
    interim = asked.SetMilestone(Milestone.INTERIM_REVIEW, date(2023, 6, 30))
    register.ask(interim, plan, Role.STANDING_BODY, SIGNED)
    clock.set(date(2023, 7, 4))
    (task,) = of(register, Role.DIRECTOR)
    assert (task.work, task.what, task.due, task.late) == (
        Work.MILESTONE,
        Milestone.INTERIM_REVIEW,
        date(2023, 6, 30),
        2,
    )
    register.ask(
        asked.ReachMilestone(Milestone.INTERIM_REVIEW, "9/BC"),
        plan,
        Role.STANDING_BODY,
        date(2023, 7, 4),
    )
    assert of(register, Role.DIRECTOR) == []


def test_a_25_a_cycle_that_is_over_waits_to_be_closed(register: Department) -> None:
    plan = begun(register)
    assert told(of(register, Role.DIRECTOR)) == [(Work.CYCLE, plan)]


def test_a_14_what_the_council_agreed_to_waits_for_the_director(
    register: Department, clock: Clock
) -> None:
    subject = given(register, *SUMMARIZING[:-3], on=date(2025, 6, 2)).subject
    clock.set(date(2026, 2, 27))
    publicized(register, subject, date(2026, 1, 5))
    heard(register, subject, date(2026, 2, 10))
    assert told(of(register, Role.DIRECTOR)) == [(Work.RECOGNIZE, subject)]
    register.ask(asked.RecognizeExemplar("12/QĐ-SNN"), subject, Role.DIRECTOR)
    assert of(register, Role.DIRECTOR) == []


def test_4_13_a_session_waits_to_be_held_and_closed(register: Department, clock: Clock) -> None:
    clock.set(date(2026, 2, 23))
    sitting = called(register, date(2026, 2, 24))

    def found() -> list[tuple[str, bool, int]]:
        return [(t.subject, t.ready, t.late) for t in of(register, Role.COUNCIL)]

    assert found() == [(sitting.subject, False, 0)]
    clock.set(date(2026, 2, 26))
    assert found() == [(sitting.subject, True, 2)]


def test_4_13_minutes_wait_for_those_who_are_to_sign_them(
    register: Department, clock: Clock
) -> None:
    sitting = called(register, date(2026, 2, 24))
    clock.set(date(2026, 2, 26))

    def signing() -> list[str | None]:
        tasks = of(register, Role.COUNCIL)
        return [t.whose for t in tasks if t.command == "sign-minutes"]

    sitting.ask(asked.AddAgendaItem(Matter.OTHER, None, WORDS))
    sitting.attended(CHAIR)
    sitting.ask(asked.RecordOpenVotes(1, MEMBERS[1:]))
    assert signing() == []
    sitting.ask(asked.DrawUpMinutes())
    presiding, secretary = signing()
    assert (presiding in MEMBERS[1:3], secretary) == (True, SECRETARY)
    sitting.ask(asked.SignMinutes(Seat.SECRETARY))
    assert signing() == [presiding]
    sitting.ask(asked.SignMinutes(Seat.VICE_CHAIR), SECRETARY, basis=PAPER)
    assert signing() == []


def test_4_13_a_list_tells_what_is_late_then_what_can_be_done_then_what_waits() -> None:
    def task(subject: str, **more: Any) -> Task:
        return Task(Work.ADVANCE, subject, "advance-stage", (Role.REVIEWER,), **more)

    late, now, waits = task("a", late=3), task("b"), task("c", ready=False)
    assert sort([waits, now, late]) == ([late], [now], [waits])


def test_4_13_nobody_has_work_in_an_empty_register(register: Department) -> None:
    assert of(register) == []


def test_4_13_ended_and_suspended_files_leave_no_work(register: Department) -> None:
    for state in ("completed", "declined", "withdrawn", "revoked"):
        given(register, *STORIES[state], on=date(2025, 6, 2))
    given(register, *DISCOVERING, CandidateSuspended(SEALED), on=date(2025, 6, 2))
    (told,) = of(register, Role.REVIEWER)  # but that a unit is told why (2.6)
    assert (told.work, told.due) == (Work.NOTIFY, date(2025, 6, 5))
