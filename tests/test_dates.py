"""The calendar: milestones, deadlines, sessions and days off, month by month (issue 4.13)."""

from __future__ import annotations

from datetime import date

from councils import called
from department import PAPER, Clock, Department
from scenario import given
from stories import SUMMARIZING
from test_programme import SIGNED, begun, hand_in, lay

from domain.calendar import CALENDAR, DayKind
from domain.programme import DutyKind, Milestone
from domain.values import Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.dates import Dated, Day, Falls, month


def of(register: Department, first: date, on: date, known: int | None = None) -> dict[date, Day]:
    """Return a month by its days."""
    assert isinstance(register.ledger, Ledger)
    return {day.day: day for day in month(register, register.ledger, first, on, known)}


def test_r6_6_a_deadline_tells_how_many_units_have_handed_in(register: Department) -> None:
    plan = begun(register)
    duty = lay(register, plan, DutyKind.YEARLY_REPORT, 2024)
    day = date(2024, 12, 16)  # the 15th is a Sunday
    first, on = date(2024, 12, 1), date(2024, 12, 20)
    due = Dated(day, Falls.DEADLINE, plan, None, DutyKind.YEARLY_REPORT, 2024, False, 1, 1)
    assert of(register, first, on)[day].dated == [due]
    hand_in(register, plan, duty, date(2024, 12, 18))
    assert of(register, first, on)[day].dated == [due._replace(done=True, left=0)]
    assert of(register, first, date(2024, 12, 17))[day].dated == [due]


def test_r6_8_a_milestone_with_a_stretch_begins_and_falls_due(register: Department) -> None:
    plan = begun(register)
    window = asked.SetMilestone(
        Milestone.UNIT_CONFERENCES, date(2025, 6, 30), begins=date(2025, 1, 1)
    )
    register.ask(window, plan, Role.STANDING_BODY, SIGNED)
    day = date(2025, 1, 1)
    (begins,) = of(register, day, date(2025, 3, 1))[day].dated
    assert (begins.falls, begins.what) == (Falls.MILESTONE_BEGINS, Milestone.UNIT_CONFERENCES)
    due = of(register, date(2025, 6, 1), date(2025, 3, 1))[date(2025, 6, 30)].dated
    assert [(one.falls, one.done) for one in due] == [(Falls.MILESTONE, False)]


def test_5_6_a_month_shows_days_off_and_swaps_and_what_was_declared(register: Department) -> None:
    def odd(first: date, known: int | None = None) -> dict[int, bool]:
        days = of(register, first, register.today(), known).values()
        return {day.day.day: day.working for day in days if day.odd}

    assert odd(date(2025, 5, 1)) == {1: False, 2: False}
    assert odd(date(2025, 4, 1)) == {7: False, 26: True, 30: False}
    size = register.ledger.size()
    culture = asked.DeclareDay(date(2026, 11, 24), DayKind.OFF)
    register.ask(culture, CALENDAR, Role.STANDING_BODY, basis=PAPER)
    november = date(2026, 11, 1)
    assert [odd(november), odd(november, size)] == [{24: False}, {}]


def test_4_13_sessions_and_comment_periods_stand_on_their_days(
    register: Department, clock: Clock
) -> None:
    clock.set(date(2025, 6, 2))
    subject = given(register, *SUMMARIZING[:-3], on=date(2025, 5, 5)).subject
    register.ask(asked.OpenCommentPeriod(), subject, Role.OFFICER)
    sitting = called(register, date(2025, 6, 5))
    june = of(register, date(2025, 6, 1), date(2025, 6, 2))
    found = [(day, one.falls, one.subject) for day, of in june.items() for one in of.dated]
    assert found == [
        (date(2025, 6, 5), Falls.SESSION, sitting.subject),
        (date(2025, 6, 16), Falls.COMMENTS_END, subject),
    ]
    assert [len(month) for month in (june, of(register, date(2024, 2, 1), date(2025, 6, 2)))] == [
        30,
        29,
    ]
