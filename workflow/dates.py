"""The calendar of the programme: what falls on which day, in force and known at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from domain.movement import Movement
from domain.obligation import ObligationStatus
from domain.programme import DutyKind, Milestone, Programme
from domain.publicity import CommentPeriodClosed, CommentPeriodOpened
from domain.session import Session
from workflow.obligations import Owed, calendar_on, owed
from workflow.register import Register
from workflow.work import Queues, folded

SETTLED = (ObligationStatus.SUBMITTED, ObligationStatus.ACCEPTED)


class Falls(StrEnum):
    """What can fall on a day."""

    CYCLE_BEGINS = "cycle-begins"
    CYCLE_ENDS = "cycle-ends"
    MILESTONE_BEGINS = "milestone-begins"
    MILESTONE = "milestone-due"
    DEADLINE = "deadline"
    SESSION = "session-day"
    COMMENTS_END = "comments-end"
    MOVEMENT_BEGINS = "movement-begins"
    MOVEMENT_ENDS = "movement-ends"


class Dated(NamedTuple):
    """One thing on one day; `left` of `units` have not handed in what is due then."""

    day: date
    falls: Falls
    subject: str
    name: str | None = None
    what: Milestone | DutyKind | None = None
    year: int | None = None
    done: bool = False
    units: int = 0
    left: int = 0


class Day(NamedTuple):
    """A day with what falls on it; `odd` if it is off on a weekday, or worked on a weekend."""

    day: date
    working: bool
    odd: bool
    dated: list[Dated]


def month(
    register: Register, store: Queues, first: date, on: date, known: int | None = None
) -> list[Day]:
    """Return the days of a month, with all that falls on them as in force on a day."""
    after = (first.replace(day=28) + timedelta(4)).replace(day=1)
    found = list(dates(register, store, on, known))
    calendar, days = calendar_on(register, on, known), []
    weekend = calendar.table.weekend
    for number in range((after - first).days):
        day = first + timedelta(number)
        working = calendar.working(day)
        odd = working is (day.isoweekday() in weekend)
        days.append(Day(day, working, odd, [one for one in found if one.day == day]))
    return days


def dates(
    register: Register, store: Queues, on: date, known: int | None = None
) -> Iterator[Dated]:
    """Yield everything with a day; comment periods only while nobody looks back."""
    for subject, cycle in register.all("programme", on, known).items():
        yield from _of_cycle(subject, cycle)
    yield from _deadlines(owed(register, on, known))
    for subject, session in register.all("session", on, known).items():
        if isinstance(session, Session) and session.held_on:
            done = session.closed is not None
            yield Dated(session.held_on, Falls.SESSION, subject, done=done)
    for subject, movement in register.all("movement", on, known).items():
        yield from _of_movement(subject, movement)
    if on == register.today() and known is None:
        pending = store.pending(CommentPeriodOpened, CommentPeriodClosed)
        for subject, candidate in folded(store, pending).items():
            if candidate.publicity.open and candidate.publicity.until:
                yield Dated(candidate.publicity.until, Falls.COMMENTS_END, subject)


def _of_cycle(subject: str, cycle: Programme) -> Iterator[Dated]:
    if cycle.begins and cycle.ends:
        yield Dated(cycle.begins, Falls.CYCLE_BEGINS, subject, cycle.name, done=True)
        ended = cycle.closed is not None
        yield Dated(cycle.ends, Falls.CYCLE_ENDS, subject, cycle.name, done=ended)
    for what, step in cycle.steps.items():
        done = step.reached is not None
        if step.begins:
            yield Dated(step.begins, Falls.MILESTONE_BEGINS, subject, cycle.name, what, done=done)
        yield Dated(step.due, Falls.MILESTONE, subject, cycle.name, what, done=done)


def _deadlines(rows: Iterable[Owed]) -> Iterator[Dated]:
    """Yield each duty on its deadline, with how many units have not handed it in."""
    for (programme, _), group in groupby(rows, key=lambda row: (row.programme, row.duty)):
        of = list(group)
        left = sum(row.status not in SETTLED for row in of)
        kind, year = of[0].kind, of[0].year
        yield Dated(
            of[0].deadline, Falls.DEADLINE, programme, None, kind, year, not left, len(of), left
        )


def _of_movement(subject: str, movement: Movement) -> Iterator[Dated]:
    if told := movement.launched:
        yield Dated(told.begins, Falls.MOVEMENT_BEGINS, subject, told.name, done=True)
        if told.ends:
            done = movement.closed is not None
            yield Dated(told.ends, Falls.MOVEMENT_ENDS, subject, told.name, done=done)
