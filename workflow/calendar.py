"""Working days: the law's holidays by year, and what official notices declared besides.

A period is counted as the Civil Code does (articles 147 and 148): it begins on the day after,
and where its last day is a day off it ends with the next working day. Whoever stores a deadline
stores the calendar's version beside it, for a notice may come later.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from domain.calendar import CALENDAR, Calendar, DayKind
from workflow.case import Case
from workflow.terms import CalendarTerms

DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """A calendar as known at some time. `version` counts the entries it rests on."""

    table: CalendarTerms
    declared: Mapping[date, DayKind] = field(default_factory=dict)
    version: int = 0

    def working(self, day: date) -> bool:
        """Return whether a day is a working day."""
        if day in self.declared:
            return self.declared[day] is DayKind.WORKING
        for swap in self.table.swaps:
            if day in (swap.off, swap.working):
                return day == swap.working
        return day.isoweekday() not in self.table.weekend and day not in self._off(day.year)

    def _off(self, year: int) -> frozenset[date]:
        if year not in self._years:  # a whole table takes long to hash
            self._years[year] = days_off(self.table, year)
        return self._years[year]

    @cached_property
    def _years(self) -> dict[int, frozenset[date]]:
        return {}

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, and else the next that is."""
        return next(filter(self.working, _from(day)))

    def after(self, start: date, days: int) -> date:
        """Return the last day of a period of so many working days, begun the day after."""
        for _ in range(days):
            start = self.on_or_after(start + DAY)
        return start

    def period_end(self, start: date, days: int) -> date:
        """Return the last day of a period of so many days of any kind, begun the day after."""
        return self.on_or_after(start + days * DAY)

    def between(self, start: date, end: date) -> int:
        """Return how many working days follow a day, up to another and with it."""
        weeks, rest = divmod(max((end - start).days, 0), 7)
        last = ((end - n * DAY).isoweekday() not in self.table.weekend for n in range(rest))
        worked = weeks * (7 - len(self.table.weekend)) + sum(last)
        odd = (self._odd(year).items() for year in range(start.year, end.year + 1))
        return worked + sum(by for days in odd for day, by in days if start < day <= end)

    def _odd(self, year: int) -> dict[date, int]:
        """Return the days of a year that are not as the week has it: worked 1, off -1."""
        if year not in self._different:
            swapped = (day for swap in self.table.swaps for day in (swap.off, swap.working))
            told = {
                day for day in (*self._off(year), *self.declared, *swapped) if day.year == year
            }
            by = {d: self.working(d) - (d.isoweekday() not in self.table.weekend) for d in told}
            self._different[year] = {day: differs for day, differs in by.items() if differs}
        return self._different[year]

    @cached_property
    def _different(self) -> dict[int, dict[date, int]]:
        return {}


def calendar_of(case: Case) -> WorkingDays:
    """Return the calendar by which a case counts its days."""
    declared = case.world.all("calendar").get(CALENDAR, Calendar()).declared
    version = len(case.world.told(CALENDAR))
    return WorkingDays(case.rules.text.terms.calendar, declared, version)


@lru_cache(maxsize=64)
def days_off(table: CalendarTerms, year: int) -> frozenset[date]:
    """Return the holidays of a year, and for each on a weekend the day that makes up for it."""
    holidays = sorted({*_holidays(table, year)})
    off = set(holidays)
    for day in holidays:
        if day.isoweekday() in table.weekend:
            free = (d for d in _from(day) if d.isoweekday() not in table.weekend and d not in off)
            off.add(next(free))
    return frozenset(off)


def _holidays(table: CalendarTerms, year: int) -> Iterator[date]:
    yield from (date.fromisoformat(f"{year:04}-{day}") for day in table.every_year)
    yield from (day for day in table.single if day.year == year)
    for first in table.tet:
        if first.year == year:
            yield from (first + n * DAY for n in range(table.tet_days))


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def months_before(day: date, months: int) -> date:
    """Return the same day some months before, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
