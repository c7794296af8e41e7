"""Who owes what: every unit's obligations as of a day, and the figures of a programme.

Pure functions over what subjects add up to; `owed` reads them from a register as of two clocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from domain.calendar import CALENDAR, Calendar
from domain.obligation import Obligation, ObligationStatus
from domain.programme import DutyKind, DutyLaid, Programme
from domain.unit import Unit
from workflow.calendar import WorkingDays
from workflow.register import Register


class Owed(NamedTuple):
    """What one unit owes: `late` counts working days, `head` answers for it (R1-1)."""

    programme: str
    duty: int
    kind: DutyKind
    year: int | None
    unit: str
    head: str | None
    deadline: date
    status: ObligationStatus
    late: int = 0
    reminders: int = 0
    obligation: str | None = None


class View(NamedTuple):
    """What the list is made of, all as of one day and one position."""

    programmes: Mapping[str, Programme]
    obligations: Mapping[str, Obligation]
    units_on: Callable[[date], Mapping[str, Unit]]
    calendar: WorkingDays


def owed(register: Register, on: date, known: int | None = None) -> list[Owed]:
    """Return every unit's obligations on a day, as known below a position."""
    view = View(
        programmes=register.all("programme", on, known),
        obligations=register.all("obligation", on, known),
        units_on=cache(lambda day: register.all("unit", day, known)),
        calendar=calendar_on(register, on, known),
    )
    return obligations(view, on)


def calendar_on(register: Register, on: date, known: int | None = None) -> WorkingDays:
    """Return the calendar by the rules of a day, with the notices known below a position."""
    notices = register.all("calendar", None, known).get(CALENDAR, Calendar())
    return WorkingDays(register.rules.on(on).text.terms.calendar, notices.declared)


def obligations(view: View, on: date) -> list[Owed]:
    """Return every unit's obligations on a day: by programme, deadline, then unit."""
    handed_in = {(o.programme, o.duty, o.unit): (id, o) for id, o in view.obligations.items()}
    found = []
    units = view.units_on(on)
    for programme, told in view.programmes.items():
        urged = Counter((reminder.duty, reminder.unit) for _, reminder in told.reminders)
        for number, duty in told.duties.items():
            for unit in _owing(view, duty, on):
                id, obligation = handed_in.get((programme, number, unit), (None, Obligation()))
                status, late = _standing(view.calendar, duty, obligation, on)
                owing = (duty.kind, duty.year, unit, units[unit].head, duty.deadline)
                times = urged[number, unit]
                found.append(Owed(programme, number, *owing, status, late, times, id))
    return sorted(found, key=lambda row: (row.programme, row.deadline, row.duty, row.unit))


def overdue(rows: list[Owed]) -> list[Owed]:
    """Return the late list: what was not handed in by its deadline (R7-1)."""
    return [row for row in rows if row.status is ObligationStatus.OVERDUE]


def by_head(rows: list[Owed]) -> dict[str | None, list[Owed]]:
    """Return obligations by the person who heads the unit (R1-1)."""
    found: dict[str | None, list[Owed]] = {}
    for row in rows:
        found.setdefault(row.head, []).append(row)
    return found


def moved(programme: Programme, calendar: WorkingDays) -> dict[int, date]:
    """Return the duties that would be due on another day by a newer calendar, with that day."""
    fresh = {
        number: calendar.on_or_after(duty.due)
        for number, duty in programme.duties.items()
        if duty.due and duty.calendar < calendar.version
    }
    return {n: day for n, day in fresh.items() if day != programme.duties[n].deadline}


def _owing(view: View, duty: DutyLaid, on: date) -> Iterator[str]:
    """Yield the units there are at the deadline, or on the day if that is earlier."""
    day = min(on, duty.deadline)
    for id, unit in view.units_on(day).items():
        there = unit.name is not None and not (unit.merged_on and unit.merged_on <= day)
        if there and (not duty.units or id in duty.units):
            yield id


def _standing(
    calendar: WorkingDays, duty: DutyLaid, obligation: Obligation, on: date
) -> tuple[ObligationStatus, int]:
    """Return where it stands on a day, and how many working days it was or is late."""
    status, end = obligation.status, obligation.first or on
    if status is ObligationStatus.DUE and on > duty.deadline:
        status = ObligationStatus.OVERDUE
    return status, calendar.between(duty.deadline, end) if end > duty.deadline else 0
