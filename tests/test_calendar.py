"""Working days: the law's holidays, what notices change, and how periods end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from department import PAPER, SINCE, TODAY, Department
from hypothesis import given
from hypothesis import strategies as st
from stories import WORDS

from domain.calendar import CALENDAR, Calendar, DayKind
from domain.values import Role
from workflow import commands as asked
from workflow.calendar import WorkingDays, calendar_of
from workflow.refusals import InvalidCommand, NeedsUnmet, NotPermitted
from workflow.rules import load_all

TABLE = load_all().sets[-1].text.terms.calendar
BASE = WorkingDays(TABLE)
DAY = timedelta(days=1)
DAYS = st.dates(date(2021, 1, 1), date(2030, 12, 1))
DECLARED = st.dictionaries(DAYS, st.sampled_from(DayKind), max_size=20)
CALENDARS = st.builds(WorkingDays, st.just(TABLE), DECLARED)


def off(first: date, last: date) -> bool:
    """Return whether a stretch is off, and the days on both sides of it are worked."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    inside = [BASE.working(day) for day in days]
    return not any(inside) and BASE.working(first - DAY) and BASE.working(last + DAY)


# The stretches as announced (domain facts 5.6 for 2026; the Government's notices before).
STRETCHES = [
    (date(2021, 2, 10), date(2021, 2, 16)),
    (date(2021, 4, 21), date(2021, 4, 21)),
    (date(2021, 9, 2), date(2021, 9, 5)),
    (date(2022, 1, 1), date(2022, 1, 3)),
    (date(2022, 1, 29), date(2022, 2, 6)),
    (date(2022, 4, 9), date(2022, 4, 11)),
    (date(2023, 1, 20), date(2023, 1, 26)),
    (date(2023, 4, 29), date(2023, 5, 3)),
    (date(2023, 9, 1), date(2023, 9, 4)),
    (date(2024, 2, 8), date(2024, 2, 14)),
    (date(2024, 4, 27), date(2024, 5, 1)),
    (date(2025, 1, 25), date(2025, 2, 2)),
    (date(2025, 4, 30), date(2025, 5, 4)),
    (date(2025, 8, 30), date(2025, 9, 2)),
    (date(2026, 1, 1), date(2026, 1, 4)),
    (date(2026, 2, 14), date(2026, 2, 22)),
    (date(2026, 4, 25), date(2026, 4, 27)),
    (date(2026, 4, 30), date(2026, 5, 3)),
    (date(2026, 8, 29), date(2026, 9, 2)),
]


@pytest.mark.parametrize(("first", "last"), STRETCHES, ids=str)
def test_5_6_holidays_are_as_announced(first: date, last: date) -> None:
    assert off(first, last)


@pytest.mark.parametrize(
    "day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)], ids=str
)
def test_5_6_a_saturday_given_for_a_swap_is_worked(day: date) -> None:
    assert (day.isoweekday(), BASE.working(day)) == (6, True)


@pytest.mark.parametrize("year", range(2021, 2031))
def test_5_6_a_year_has_eleven_holidays_on_working_days(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + n * DAY for n in range(366) if (first + n * DAY).year == year]
    weekdays = [day for day in days if day.isoweekday() not in TABLE.weekend]
    swapped = sum(swap.off.year == year for swap in TABLE.swaps)
    assert len(weekdays) - sum(map(BASE.working, weekdays)) - swapped == 11


@given(CALENDARS, DAYS, st.integers(1, 30))
def test_5_6_a_period_begins_the_day_after_and_ends_on_a_working_day(
    calendar: WorkingDays, start: date, days: int
) -> None:
    end = calendar.after(start, days)
    assert calendar.working(end)
    assert calendar.between(start, end) == days
    assert end == calendar.on_or_after(end)


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_5_6_a_period_of_plain_days_ends_on_the_next_working_day(
    calendar: WorkingDays, start: date, days: int
) -> None:
    end, plain = calendar.period_end(start, days), start + days * DAY
    passed = [plain + n * DAY for n in range((end - plain).days)]
    assert [calendar.working(day) for day in (*passed, end)] == [False] * len(passed) + [True]


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_5_6_stretches_of_working_days_add_up(
    calendar: WorkingDays, a: date, b: date, c: date
) -> None:
    first, middle, last = sorted((a, b, c))
    parts = calendar.between(first, middle) + calendar.between(middle, last)
    assert calendar.between(first, last) == parts


@given(CALENDARS, DAYS, DAYS)
def test_5_6_working_days_are_counted_as_one_counts_them(
    calendar: WorkingDays, start: date, end: date
) -> None:
    days = (start + n * DAY for n in range(1, (end - start).days + 1))
    assert calendar.between(start, end) == sum(map(calendar.working, days))


@given(DECLARED, DAYS)
def test_5_6_what_was_declared_goes_before_the_table(
    declared: dict[date, DayKind], day: date
) -> None:
    kind = declared.get(day)
    expected = BASE.working(day) if kind is None else kind is DayKind.WORKING
    assert WorkingDays(TABLE, declared).working(day) == expected


def declare(register: Department, day: date, kind: DayKind, on: date = TODAY) -> int:
    command = asked.DeclareDay(day, kind)
    told = register.ask(command, CALENDAR, Role.STANDING_BODY, on, basis=PAPER)
    return told.entries[0].version


def seen(register: Department) -> WorkingDays:
    return calendar_of(
        register.case(register.request(asked.DismissHead(), register.unit), register.unit)
    )


def test_5_6_a_notice_changes_a_day_and_the_version(register: Department) -> None:
    culture_day = date(2026, 11, 24)
    before = seen(register)
    declare(register, culture_day, DayKind.OFF)
    after = seen(register)
    assert [c.working(culture_day) for c in (before, after)] == [True, False]
    assert [c.version for c in (before, after)] == [0, 1]


def test_5_6_a_later_notice_goes_before_an_earlier_one(register: Department) -> None:
    day = date(2027, 2, 11)
    declare(register, day, DayKind.OFF)
    declare(register, day, DayKind.WORKING)
    assert (seen(register).working(day), seen(register).version) == (True, 2)


def test_5_6_a_wrong_notice_can_be_voided_and_is_still_a_version(register: Department) -> None:
    day = date(2026, 11, 24)
    version = declare(register, day, DayKind.OFF)
    void = asked.VoidEntry(version, WORDS)
    register.ask(void, CALENDAR, Role.DIRECTOR, basis=PAPER)
    assert register.all("calendar")[CALENDAR] == Calendar()
    assert (seen(register).working(day), seen(register).version) == (True, 2)


def test_5_6_the_calendar_is_asked_for_as_it_was_known(register: Department) -> None:
    known = register.ledger.size()
    declare(register, date(2026, 11, 24), DayKind.OFF)
    assert register.all("calendar", known=known) == {CALENDAR: Calendar()}
    assert register.all("calendar", on=SINCE) == {CALENDAR: Calendar()}


def test_5_6_a_day_is_not_declared_without_a_notice(register: Department) -> None:
    command = asked.DeclareDay(TODAY, DayKind.OFF)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, CALENDAR, Role.STANDING_BODY)
    assert [f.need for f in caught.value.unmet] == ["official-notice"]


def test_5_6_nobody_else_declares_a_day_and_there_is_one_calendar(register: Department) -> None:
    command = asked.DeclareDay(TODAY, DayKind.OFF)
    with pytest.raises(NotPermitted):
        register.ask(command, CALENDAR, Role.UNIT_HEAD, basis=PAPER)
    with pytest.raises(InvalidCommand) as caught:
        register.ask(command, None, Role.STANDING_BODY, basis=PAPER)
    assert caught.value.facts == ("subject", "there is one calendar")
