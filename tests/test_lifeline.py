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
    came, comes = ([t for t in life.ticks if (t.on <= on) is past] for past in (True, False))
    assert all(tick.x <= life.here for tick in came if tick.on <= today)
    assert all(life.here <= tick.x for tick in comes)
    assert life.ends[0] <= life.here <= life.ends[1]
    before, after = ([life.earlier] if life.earlier else []), ([life.later] if life.later else [])
    assert before == [tick for tick in came if tick.on < on][-1:]
    assert after == [tick for tick in comes if tick.on <= today][:1]
