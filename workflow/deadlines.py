"""Deadlines in working days: the day after the event is the first that counts."""

from __future__ import annotations

from datetime import date, timedelta

from workflow.case import Case


def last_day(case: Case, begun: date, working_days: int) -> tuple[date, str]:
    """Return the last of so many working days after a day, and the calendar that says so."""
    day = begun
    for _ in range(working_days):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day, "weekends"
