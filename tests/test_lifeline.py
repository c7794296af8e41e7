"""The lifeline: where the day shown lies among the days on which something was said."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from web.lifeline import lifeline

DAYS = some.dates(date(2024, 1, 1), date(2024, 3, 1))


@given(some.sets(DAYS, min_size=1), DAYS, DAYS)
def test_a_life_stands_where_its_days_have_come(days: set[date], on: date, today: date) -> None:
    life = lifeline(((day, "said", "") for day in days), on, today)
    assert life
    before, after = life.ticks[: life.at + 1], life.ticks[life.at + 1 :]
    assert [tick.on for tick in before] == sorted(day for day in days if day <= on)
    assert [tick.on for tick in after] == sorted(day for day in days if day > on)
