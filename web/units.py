"""Units as pages and commands tell of them: what they are called on a day."""

from __future__ import annotations

from datetime import date

from web.words.units import name_on
from workflow.register import Register


def unit_names(
    register: Register, on: date, known: int | None = None, now: date | None = None
) -> dict[str, str]:
    """Return for every unit, by id, its name on a day with what it is now: "(nay là …)".

    `now` is today, or the day a paper is made of.
    """
    then = register.all("unit", on, known)
    today = register.all("unit", max(on, now or register.today()), known)
    return {id: name_on(id, then, today) for id in today}
