"""The programme: plan and cycle, what units owe and by when, and what goes on afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from department import PAPER, SINCE, TODAY, UNIT, Clock, Department, unit_named, who
from hypothesis import given
from hypothesis import strategies as st
from stories import WORDS
from test_codec import golden, read

from domain import candidate_events as happened
from domain.calendar import CALENDAR, DayKind
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.events import Event
from domain.obligation import ObligationStatus, PlanPart
from domain.programme import ActivityKind, DutyKind, DutyLaid, Milestone, Programme, Step
from domain.subjects import KINDS
from domain.values import CandidateKind, Role, Stage, SupportKind
from events_store.figures import FIGURES, Asked, ask
from events_store.ledger import Ledger
from web.words import programme as words
from workflow import commands as asked
from workflow.calendar import WorkingDays, months_before
from workflow.lawfulness import findings
from workflow.obligations import by_head, moved, overdue, owed
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted, Refusal, UnknownSubject
from workflow.rules import load_all

TERMS = load_all().sets[-1].text.terms
SIGNED = date(2021, 11, 25)
PLAN_DUE = date(2021, 12, 31)
ISSUED = asked.IssuePlan("168/KH-SNN", "office:signer")
CYCLE = asked.OpenCycle(
    "giai đoạn 2021-2025", date(2021, 1, 1), date(2025, 12, 31), "Đoàn kết, sáng tạo"
)
NEXT = asked.OpenCycle("giai đoạn 2026-2030", date(2026, 1, 1), date(2030, 12, 31))
WHOLE = tuple(PlanPart)
STATUS = ObligationStatus
CORRECTIONS = {EntryVoided, EffectiveDateCorrected}  # every subject has them
SUBJECTS = ("programme", "obligation", "movement", "round", "text", "calendar")


def drafted(register: Department) -> str:
    draft = asked.DraftPlan("Kế hoạch xây dựng điển hình tiên tiến", "KH-SNN", "Lạng Sơn")
    return register.ask(draft, by=Role.OFFICER, on=date(2021, 11, 1)).subject


def signer(register: Department, until: date | None = None) -> str:
    office = asked.GrantOffice("person:signer", Role.DIRECTOR, until=until)
    return register.ask(office, on=SINCE).subject


def begun(register: Department, cycle: asked.OpenCycle = CYCLE, on: date = SIGNED) -> str:
    """Return a programme whose plan is signed and whose cycle is open."""
    plan = drafted(register)
    issue = asked.IssuePlan("168/KH-SNN", signer(register))
    register.ask(issue, plan, Role.STANDING_BODY, on)
    register.ask(cycle, plan, Role.STANDING_BODY, on)
    return plan


def lay(register: Department, plan: str, *what: object, **more: object) -> int:
    command = asked.LayDuty(*what, **more)  # type: ignore[arg-type]
    return register.ask(command, plan, Role.STANDING_BODY, SIGNED).entries[0].version


def hand_in(
    register: Department, plan: str, duty: int, on: date = SIGNED, parts: tuple[PlanPart, ...] = ()
) -> str:
    command = asked.SubmitObligation(plan, duty, UNIT, "12/KH-CCKL", parts)
    return register.ask(command, by=Role.OFFICER, on=on).subject


def unmet(
    register: Department, command: asked.Command, *where: object, **more: object
) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, *where, **more)  # type: ignore[arg-type]
    return [finding.need for finding in caught.value.unmet]


def wrong(register: Department, command: asked.Command, *where: object) -> tuple[object, ...]:
    with pytest.raises((InvalidCommand, UnknownSubject)) as caught:
        register.ask(command, *where)  # type: ignore[arg-type]
    refusal = caught.value
    assert isinstance(refusal, Refusal)
    return refusal.facts


def now(register: Department, plan: str) -> Programme:
    told = register.all("programme")[plan]
    assert isinstance(told, Programme)
    return told


def standing(register: Department, on: date, known: int | None = None) -> dict[str, str]:
    """Return where each unit stands with the one thing it owes."""
    return {row.unit: row.status for row in owed(register, on, known)}


# The plan and its cycle


def test_r0_1_a_draft_has_no_number_and_issuing_gives_number_day_and_signer(
    register: Department,
) -> None:
    plan = drafted(register)
    draft = now(register, plan)
    assert (draft.symbol, draft.locality) == ("KH-SNN", "Lạng Sơn")
    assert (draft.number, draft.issued) == (None, None)
    register.ask(asked.IssuePlan("168/KH-SNN", signer(register)), plan, Role.DIRECTOR, SIGNED)
    issued = now(register, plan)
    assert issued.issued
    assert (issued.number, issued.issued.on) == ("168/KH-SNN", SIGNED)
    assert register.offices()[issued.signed_by or ""].person == "person:signer"
    assert register.all("programme", on=date(2021, 11, 24))[plan] == draft


def test_r7_6_a_plan_keeps_whom_it_was_sent_to_and_what_for(register: Department) -> None:
    plan, sent = drafted(register), ("UBND tỉnh (b/c)", "Các đơn vị thuộc Sở", "Lưu: VT, TCCB")
    office = signer(register)
    nobody = asked.IssuePlan("168/KH-SNN", office, ("UBND tỉnh (b/c)", " "))
    assert wrong(register, nobody, plan, Role.STANDING_BODY)[0] == "recipients"
    register.ask(asked.IssuePlan("168/KH-SNN", office, sent), plan, Role.STANDING_BODY, SIGNED)
    assert now(register, plan).recipients == sent


def test_r0_1_a_draft_may_change_until_it_is_issued(register: Department) -> None:
    plan = drafted(register)
    again = asked.DraftPlan("Kế hoạch xây dựng mô hình, điển hình tiên tiến", "KH-SNN")
    register.ask(again, plan, Role.OFFICER, date(2021, 11, 8))
    assert now(register, plan).heading == "Kế hoạch xây dựng mô hình, điển hình tiên tiến"
    register.ask(asked.IssuePlan("168/KH-SNN", signer(register)), plan, Role.DIRECTOR, SIGNED)
    assert unmet(register, again, plan, Role.OFFICER) == ["plan-unissued"]


def test_r7_7_who_signs_is_the_director_of_that_day(register: Department) -> None:
    plan = drafted(register)
    former = signer(register, until=date(2021, 10, 31))
    reviewer = next(id for id, o in register.offices().items() if o.role is Role.REVIEWER)
    for office in (former, reviewer):
        issue = asked.IssuePlan("168/KH-SNN", office)
        assert unmet(register, issue, plan, Role.DIRECTOR, SIGNED) == ["signer-in-office"]
    assert wrong(register, asked.IssuePlan("168/KH-SNN", "office:none"), plan) == ("office:none",)


def test_r0_1_who_drafted_a_plan_does_not_issue_it(register: Department) -> None:
    draft = asked.DraftPlan("Kế hoạch", "KH-SNN")
    plan = register.ask(draft, by=Role.STANDING_BODY, on=SINCE).subject
    issue = asked.IssuePlan("168/KH-SNN", signer(register))
    assert unmet(register, issue, plan, Role.STANDING_BODY, SIGNED) == ["second-person"]


def test_r0_3_a_cycle_is_data_and_another_can_follow(register: Department) -> None:
    first, second = begun(register), begun(register, NEXT, TODAY)
    told = [
        (p.name, p.begins, p.ends) for p in map(register.all("programme").get, (first, second))
    ]
    assert told == [(c.name, c.begins, c.ends) for c in (CYCLE, NEXT)]


def test_r5_2_a_cycle_has_a_theme(register: Department) -> None:
    assert now(register, begun(register)).theme == "Đoàn kết, sáng tạo"


def test_r0_3_a_cycle_waits_for_its_plan_and_opens_once(register: Department) -> None:
    plan = drafted(register)
    assert unmet(register, CYCLE, plan, Role.STANDING_BODY) == ["plan-issued"]
    plan = begun(register)
    assert unmet(register, CYCLE, plan, Role.STANDING_BODY) == ["cycle-unopened"]


def test_r0_3_a_cycle_does_not_end_before_it_begins(register: Department) -> None:
    turned = asked.OpenCycle("ngược", date(2025, 1, 1), date(2021, 1, 1))
    facts = wrong(register, turned, drafted(register), Role.STANDING_BODY)
    assert facts == ("ends", "cannot be before the beginning")


def test_a_25_a_cycle_closes_when_it_is_over_and_not_before(register: Department) -> None:
    plan = begun(register)
    early = unmet(register, asked.CloseCycle(), plan, Role.DIRECTOR, date(2025, 12, 30))
    assert early == ["cycle-over"]
    register.ask(asked.CloseCycle(), plan, Role.DIRECTOR, date(2025, 12, 31))
    assert [register.all("programme", on=day)[plan].running
            for day in (date(2025, 12, 30), date(2025, 12, 31))] == [True, False]  # fmt: skip
    assert unmet(register, asked.CloseCycle(), plan, Role.DIRECTOR) == ["cycle-running"]


def test_r6_7_the_interim_review_of_2023_is_a_milestone(register: Department) -> None:
    plan, day = begun(register), date(2023, 6, 30)
    register.ask(asked.SetMilestone(Milestone.INTERIM_REVIEW, day), plan, Role.DIRECTOR, SIGNED)
    done = asked.ReachMilestone(Milestone.INTERIM_REVIEW, "45/BC-SNN")
    register.ask(done, plan, Role.STANDING_BODY, date(2023, 6, 28))
    steps = [register.all("programme", on=on)[plan].steps for on in (SIGNED, day)]
    reached = Step(day, None, "45/BC-SNN", date(2023, 6, 28))
    assert steps == [{Milestone.INTERIM_REVIEW: Step(day)}, {Milestone.INTERIM_REVIEW: reached}]


def test_r6_8_the_conferences_of_2025_have_a_stretch_of_time(register: Department) -> None:
    plan, begins, ends = begun(register), date(2025, 1, 1), date(2025, 6, 30)
    conferences = asked.SetMilestone(Milestone.UNIT_CONFERENCES, ends, begins)
    register.ask(conferences, plan, Role.STANDING_BODY, SIGNED)
    assert now(register, plan).steps == {Milestone.UNIT_CONFERENCES: Step(ends, begins)}
    done = asked.ReachMilestone(Milestone.FINAL_REVIEW, "46/BC-SNN")
    assert unmet(register, done, plan, Role.STANDING_BODY) == ["milestone-set"]


def test_r5_1_publicity_and_r5_14_training_are_logged(register: Department) -> None:
    plan = begun(register)
    for kind in ActivityKind:
        activity = asked.LogActivity(kind, WORDS, UNIT, 40, "12/BC-CCKL")
        register.ask(activity, plan, Role.OFFICER, SIGNED)
    told = [(on, a.kind, a.unit, a.attendees) for on, a in now(register, plan).activities]
    assert told == [(SIGNED, kind, UNIT, 40) for kind in ActivityKind]


# What units owe


def test_r7_1_every_unit_owes_its_plan_by_the_end_of_2021(register: Department) -> None:
    plan = begun(register)
    other = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    duty = lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    hand_in(register, plan, duty, date(2021, 12, 20))
    late = date(2022, 1, 5)
    assert standing(register, PLAN_DUE) == {UNIT: STATUS.SUBMITTED, other: STATUS.DUE}
    assert standing(register, late) == {UNIT: STATUS.SUBMITTED, other: STATUS.OVERDUE}
    (row,) = overdue(owed(register, late))
    # Saturday the 1st is made up for on Monday the 3rd: the 4th and the 5th are working days.
    assert (row.unit, row.deadline, row.late) == (other, PLAN_DUE, 2)


def test_r7_1_the_late_list_is_of_its_day_and_of_what_was_known(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    known = register.ledger.size()
    hand_in(register, plan, duty, date(2021, 12, 28))  # entered later than it took effect
    day = date(2022, 2, 1)
    assert standing(register, day, known) == {UNIT: STATUS.OVERDUE}
    assert standing(register, day) == {UNIT: STATUS.SUBMITTED}
    assert standing(register, date(2021, 12, 27)) == {UNIT: STATUS.DUE}
    assert standing(register, date(2021, 11, 24)) == {}


def test_r5_5_a_unit_has_a_plan_for_the_cycle_and_one_for_each_year(register: Department) -> None:
    plan = begun(register)
    lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    for year in (2022, 2023):
        lay(register, plan, DutyKind.YEARLY_PLAN, year, date(year, 1, 31))
    kinds = [(row.kind, row.year) for row in owed(register, SIGNED)]
    yearly = [(DutyKind.YEARLY_PLAN, year) for year in (2022, 2023)]
    assert kinds == [(DutyKind.CYCLE_PLAN, None), *yearly]
    facts = wrong(register, asked.LayDuty(DutyKind.YEARLY_PLAN), plan, Role.STANDING_BODY)
    assert facts == ("year", "a yearly duty has a year")


@pytest.mark.parametrize(
    ("kind", "year", "deadline"),
    [
        (DutyKind.HALF_YEAR_REPORT, 2023, date(2023, 6, 15)),
        (DutyKind.HALF_YEAR_REPORT, 2024, date(2024, 6, 17)),  # the 15th was a Saturday
        (DutyKind.HALF_YEAR_REPORT, 2025, date(2025, 6, 16)),  # a Sunday
        (DutyKind.YEARLY_REPORT, 2022, date(2022, 12, 15)),
        (DutyKind.YEARLY_REPORT, 2024, date(2024, 12, 16)),
    ],
)
def test_a_6_reports_are_due_on_15_june_and_15_december(
    house: Department, kind: DutyKind, year: int, deadline: date
) -> None:
    plan = begun(house)
    duty = lay(house, plan, kind, year)
    assert now(house, plan).duties == {duty: DutyLaid(kind, deadline, 0, year)}


def test_a_6_what_has_no_usual_day_needs_one(register: Department) -> None:
    plan = begun(register)
    facts = wrong(register, asked.LayDuty(DutyKind.ON_REQUEST), plan, Role.STANDING_BODY)
    assert facts == ("due", "there is no usual day")
    far = asked.LayDuty(DutyKind.ON_REQUEST, due=date(2031, 1, 1))
    facts = wrong(register, far, plan, Role.STANDING_BODY)
    assert facts == ("due", "must be from 2021 to 2026")


def test_5_6_a_deadline_names_its_calendar_and_a_later_notice_is_seen(
    register: Department,
) -> None:
    plan, day = begun(register), date(2026, 11, 24)
    duty = lay(register, plan, DutyKind.ON_REQUEST, due=day)
    assert now(register, plan).duties[duty].deadline == day
    notice = asked.DeclareDay(day, DayKind.OFF)
    register.ask(notice, CALENDAR, Role.STANDING_BODY, TODAY, basis=PAPER)
    again = lay(register, plan, DutyKind.ON_REQUEST, due=day)
    laid = now(register, plan).duties
    assert [(laid[n].deadline, laid[n].calendar) for n in (duty, again)] == [
        (day, 0),
        (date(2026, 11, 25), 1),
    ]
    newest = WorkingDays(TERMS.calendar, {day: DayKind.OFF}, 1)
    assert moved(now(register, plan), newest) == {duty: date(2026, 11, 25)}


def test_r6_6_what_is_handed_in_may_be_returned_and_is_accepted_in_the_end(
    register: Department,
) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    days = [date(2022, 12, day) for day in (10, 12, 14, 16)]
    paper = hand_in(register, plan, duty, days[0])
    register.ask(asked.ReturnObligation(WORDS), paper, Role.REVIEWER, days[1])
    register.ask(asked.ResubmitObligation("14/BC-CCKL"), paper, Role.OFFICER, days[2])
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY, days[3])
    seen = [row.status for day in days for row in owed(register, day)]
    assert seen == [STATUS.SUBMITTED, STATUS.RETURNED, STATUS.SUBMITTED, STATUS.ACCEPTED]
    (row,) = owed(register, days[3])
    assert (row.obligation, row.late) == (paper, 0)  # handed in first on the 10th, in time
    assert register.all("obligation")[paper].document == "14/BC-CCKL"


def test_r6_6_a_late_report_stays_late_after_it_came(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    hand_in(register, plan, duty, date(2022, 12, 20))
    rows = [owed(register, day)[0] for day in (date(2022, 12, 19), TODAY)]
    assert [(row.status, row.late) for row in rows] == [(STATUS.OVERDUE, 2), (STATUS.SUBMITTED, 3)]


def test_r8_1_nobody_accepts_or_returns_what_they_handed_in(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    command = asked.SubmitObligation(plan, duty, UNIT, "12/BC-CCKL")
    paper = register.ask(command, by=Role.STANDING_BODY, on=date(2022, 12, 1)).subject
    for answer in (asked.AcceptObligation(), asked.ReturnObligation(WORDS)):
        assert unmet(register, answer, paper, Role.STANDING_BODY) == ["second-person"]


def test_r6_6_only_the_standing_body_accepts(register: Department) -> None:
    plan = begun(register)
    paper = hand_in(register, plan, lay(register, plan, DutyKind.YEARLY_REPORT, 2022))
    for role in (Role.OFFICER, Role.UNIT_HEAD, Role.REVIEWER, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            register.ask(asked.AcceptObligation(), paper, role)


def test_r6_6_nothing_is_handed_in_twice_or_answered_twice(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    paper = hand_in(register, plan, duty)
    twice = asked.SubmitObligation(plan, duty, UNIT, "13/BC-CCKL")
    assert unmet(register, twice, None, Role.OFFICER) == ["not-handed-in"]
    again = asked.ResubmitObligation("13/BC-CCKL")
    assert unmet(register, again, paper, Role.OFFICER) == ["sent-back"]
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY)
    answer = unmet(register, asked.ReturnObligation(WORDS), paper, Role.REVIEWER)
    assert answer == ["awaiting-answer"]


def test_r6_6_an_answer_does_not_come_before_what_it_answers(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    paper = hand_in(register, plan, duty, date(2022, 12, 10))
    early = unmet(register, asked.AcceptObligation(), paper, Role.STANDING_BODY, date(2022, 12, 9))
    assert early == ["in-order"]


def test_1_9_an_officer_hands_in_for_the_own_unit_only(register: Department) -> None:
    plan = begun(register)
    other = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    for unit, needs in ((other, ["for-own-unit"]), (UNIT, [])):
        command = asked.SubmitObligation(plan, duty, unit, "12/BC-CCKL")
        request = register.request(command, by=Role.UNIT_HEAD)
        assert [f.need for f in register.why(request) if not f.met] == needs


def test_r6_6_only_what_was_asked_of_the_unit_is_handed_in(register: Department) -> None:
    plan = begun(register)
    other = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    duty = lay(register, plan, DutyKind.ON_REQUEST, due=PLAN_DUE, units=(other,))
    assert [row.unit for row in owed(register, SIGNED)] == [other]

    def hand_in(programme: str, duty: int, unit: str) -> tuple[object, ...]:
        return wrong(register, asked.SubmitObligation(programme, duty, unit, "1/BC"))

    assert hand_in(plan, duty, UNIT) == ("unit", "does not owe this")
    assert hand_in(plan, 99, other) == ("duty", "is not among the duties")
    assert hand_in(plan, duty, "unit:none") == ("unit:none",)
    assert hand_in("programme:none", duty, other) == ("programme:none",)


def test_r1_11_a_plan_is_accepted_with_all_that_it_must_say(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    paper = hand_in(register, plan, duty, parts=(PlanPart.CRITERIA, PlanPart.PROCESS))
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY, SIGNED)
    (finding,) = caught.value.unmet
    assert (finding.need, finding.missing) == ("form-complete", ("people-in-charge", "timeline"))
    register.ask(asked.ReturnObligation(WORDS), paper, Role.REVIEWER, SIGNED)
    register.ask(asked.ResubmitObligation("14/KH", WHOLE), paper, Role.OFFICER, SIGNED)
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY, SIGNED)
    assert standing(register, SIGNED) == {UNIT: STATUS.ACCEPTED}


def test_r6_8_a_conference_says_how_many_were_honoured(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.CONFERENCE, due=date(2025, 6, 30))
    paper = hand_in(register, plan, duty, date(2025, 5, 12))
    assert unmet(register, asked.AcceptObligation(), paper, Role.STANDING_BODY) == [
        "form-complete"
    ]
    register.ask(asked.ReturnObligation(WORDS), paper, Role.REVIEWER)
    again = asked.ResubmitObligation("31/BB-CCKL", honoured=14)
    register.ask(again, paper, Role.OFFICER)
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY)
    assert register.all("obligation")[paper].honoured == 14


def test_r6_3_each_year_has_its_self_inspection_and_r7_5_the_plan_is_acknowledged(
    register: Department,
) -> None:
    plan = begun(register)
    lay(register, plan, DutyKind.ACKNOWLEDGEMENT, due=date(2021, 12, 2))
    duty = lay(register, plan, DutyKind.SELF_INSPECTION, 2022, date(2022, 11, 30))
    command = asked.SubmitObligation(plan, duty, UNIT, "9/BC-CCKL", content=WORDS)
    register.ask(command, by=Role.OFFICER, on=date(2022, 11, 20))
    told = [(row.kind, row.year, row.status) for row in owed(register, date(2022, 11, 30))]
    assert told == [
        (DutyKind.ACKNOWLEDGEMENT, None, STATUS.OVERDUE),
        (DutyKind.SELF_INSPECTION, 2022, STATUS.SUBMITTED),
    ]


def test_r7_2_the_standing_body_reminds_until_it_is_accepted(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    remind = asked.RemindUnit(UNIT, duty, WORDS)
    days = [date(2022, 12, 1), date(2022, 12, 12)]
    for day in days:
        register.ask(remind, plan, Role.STANDING_BODY, day)
    assert [owed(register, day)[0].reminders for day in days] == [1, 2]
    paper = hand_in(register, plan, duty)
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY)
    assert unmet(register, remind, plan, Role.STANDING_BODY) == ["duty-owed"]
    facts = wrong(register, asked.RemindUnit(UNIT, 99), plan, Role.STANDING_BODY)
    assert facts == ("duty", "is not among the duties")


def test_r1_1_what_is_owed_shows_the_head_of_the_day(register: Department) -> None:
    plan = begun(register)
    lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    register.ask(asked.AppointHead("person:first"), UNIT, on=SINCE)
    register.ask(asked.AppointHead("person:second"), UNIT, on=date(2022, 1, 1))
    heads = [list(by_head(owed(register, day))) for day in (PLAN_DUE, date(2022, 1, 1))]
    assert heads == [["person:first"], ["person:second"]]


def test_r6_6_a_unit_owes_what_falls_due_while_it_is_there(register: Department) -> None:
    plan = begun(register)
    old = register.ask(unit_named("Phòng cũ"), on=SINCE).subject
    new = register.ask(unit_named("Phòng mới"), on=date(2025, 3, 1)).subject
    register.ask(asked.MergeUnit((new,)), old, on=date(2025, 3, 1))
    duties = [lay(register, plan, DutyKind.YEARLY_REPORT, year) for year in (2024, 2025)]
    told = [(row.duty, row.unit) for row in owed(register, TODAY)]
    owing = [(duties[0], u) for u in sorted((UNIT, old))]
    assert told == owing + [(duties[1], u) for u in sorted((UNIT, new))]


def test_r6_6_a_duty_laid_by_mistake_is_voided(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2022)
    register.ask(asked.VoidEntry(duty, WORDS), plan, Role.DIRECTOR, basis=PAPER)
    assert owed(register, TODAY) == []


# Candidates of a cycle

COLLECTIVE = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ bảo vệ rừng"), WORDS)


def test_a_25_who_is_not_finished_is_carried_over_with_day_and_rules(register: Department) -> None:
    found = register.ask(COLLECTIVE, by=Role.OFFICER, on=date(2022, 5, 4)).subject
    register.ask(asked.RecordPeerAcclaim("BB-01"), found, Role.OFFICER, date(2022, 5, 9))
    old, new = begun(register), begun(register, NEXT, date(2026, 1, 5))
    register.ask(asked.CloseCycle(), old, Role.DIRECTOR, date(2025, 12, 31))
    before, rules = register.candidate(found), _rules(register, found)
    register.ask(asked.CarryOverCandidate(new), found, Role.STANDING_BODY, date(2026, 1, 6))
    after = register.candidate(found)
    assert (after.discovered, after.standing) == (before.discovered, before.standing)
    assert _rules(register, found) == rules
    (carried,) = after.carried
    assert (carried.on, carried.event) == (date(2026, 1, 6), happened.CandidateCarriedOver(new))


def _rules(register: Department, candidate: str) -> str:
    return register.pinned(register.ledger.entries(candidate)).name


def test_a_25_nobody_is_carried_into_their_own_cycle_or_twice_or_alone(
    register: Department,
) -> None:
    found = register.ask(COLLECTIVE, by=Role.STANDING_BODY, on=date(2022, 5, 4)).subject
    old, new = begun(register), begun(register, NEXT, date(2026, 1, 5))
    own, carry = asked.CarryOverCandidate(old), asked.CarryOverCandidate(new)
    assert unmet(register, own, found, Role.DIRECTOR) == ["next-cycle"]
    assert unmet(register, carry, found, Role.STANDING_BODY) == ["second-person"]
    register.ask(carry, found, Role.DIRECTOR)
    assert unmet(register, carry, found, Role.DIRECTOR) == ["next-cycle"]
    nowhere = asked.CarryOverCandidate("programme:none")
    assert unmet(register, nowhere, found, Role.DIRECTOR) == ["next-cycle"]


def test_r1_7_support_is_logged_with_its_day_and_cost(register: Department) -> None:
    found = register.ask(COLLECTIVE, by=Role.OFFICER, on=date(2022, 5, 4)).subject
    support = asked.LogSupport(SupportKind.FUNDING, WORDS, 25_000_000)
    register.ask(support, found, Role.OFFICER, date(2022, 6, 1))
    (fact,) = register.candidate(found).supports
    assert (fact.on, getattr(fact.event, "cost", None)) == (date(2022, 6, 1), 25_000_000)


def test_r1_5_how_long_a_unit_has_been_silent_is_told(register: Department) -> None:
    other = register.ask(unit_named("Trung tâm Khuyến nông"), on=SINCE).subject
    register.ask(COLLECTIVE, by=Role.OFFICER, on=date(2024, 1, 10))

    def listed(on: date) -> dict[object, tuple[object, ...]]:
        rows = ask(register.ledger.db, FIGURES["silence"], Asked(on)).rows
        return {unit: tuple(told) for unit, *told in rows}

    assert listed(date(2024, 1, 9)) == {UNIT: (0, None), other: (0, None)}
    assert listed(date(2024, 1, 10)) == {UNIT: (1, 0), other: (0, None)}
    assert listed(date(2025, 1, 10)) == {UNIT: (1, 366), other: (0, None)}


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_r1_5_months_back_and_forth_are_the_same_month(day: date, months: int) -> None:
    back = months_before(day, months)
    assert (day.year - back.year) * 12 + day.month - back.month == months
    assert back.day == day.day or (back.day < day.day and back.day >= 28)


def test_r6_1_nurtured_candidates_without_a_report_of_the_year_are_listed(
    register: Department,
) -> None:
    found = register.ask(COLLECTIVE, by=Role.OFFICER, on=date(2022, 5, 4)).subject
    for command, role in (
        (asked.RecordPeerAcclaim("BB-01"), Role.OFFICER),
        (asked.EndorseCandidate(), Role.UNIT_HEAD),
        (asked.AdvanceStage(), Role.REVIEWER),
        (asked.ReportProgress(WORDS), Role.OFFICER),
    ):
        register.ask(command, found, role, date(2022, 6, 1))
    assert register.candidate(found).standing.stage is Stage.NURTURE

    def listed(on: date) -> list[tuple[object, ...]]:
        return ask(register.ledger.db, FIGURES["unreported"], Asked(on)).rows

    assert [listed(date(year, 12, 31)) for year in (2022, 2023)] == [[], [(UNIT, 1)]]


# The whole


def test_all_that_a_programme_records_is_lawful(register: Department, clock: Clock) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.CYCLE_PLAN, due=PLAN_DUE)
    paper = hand_in(register, plan, duty, parts=WHOLE)
    register.ask(asked.AcceptObligation(), paper, Role.STANDING_BODY, SIGNED)
    register.ask(asked.DeclareDay(TODAY, DayKind.OFF), CALENDAR, Role.STANDING_BODY, basis=PAPER)
    lay(register, plan, DutyKind.YEARLY_REPORT, 2024)
    register.ask(asked.RemindUnit(UNIT, 5), plan, Role.STANDING_BODY)
    register.ask(asked.CloseCycle(), plan, Role.DIRECTOR)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []


def test_a_forged_deadline_is_unlawful(register: Department) -> None:
    plan = begun(register)
    version = register.ledger.version(plan) + 1
    office = next(id for id, o in register.offices().items() if o.role is Role.STANDING_BODY)
    forged = DutyLaid(DutyKind.YEARLY_REPORT, date(2024, 12, 15), 0, 2024)
    who = register.people[Role.STANDING_BODY]
    rules = register.rules.on(TODAY).name
    register.ledger.append([Entry(plan, version, TODAY, who, office, "forged", rules, forged)])
    assert isinstance(register.ledger, Ledger)
    told = [v.why for v in findings(register.ledger.all(), register.rules) if v.why]
    assert told == [("event",)]


def test_every_value_of_the_programme_has_its_own_word() -> None:
    kinds = {type(value) for value in words.LABELS}
    for kind in kinds:
        labels = [words.LABELS[value] for value in kind]
        assert len(set(labels)) == len(kind)


def test_every_entry_of_the_programme_says_something() -> None:
    kinds = {kind for name in SUBJECTS for kind in KINDS[name].events} - CORRECTIONS
    told = {type(event): words.told(event) for event in events() if type(event) in kinds}
    assert told.keys() == kinds
    assert [kind for kind, said in told.items() if not said or "None" in said] == []


def events() -> list[Event]:
    return [read(line.name, bytes(line.body)).event for line in golden()]
