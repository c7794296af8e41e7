"""Running totals: who stood where, waited how long and moved, by day, of all that is known now.

These figures are sums of what changed from day to day. They are summed up once; sums of some days
are kept, so that any other is near one; and what is recorded later is added as a difference:
what was believed of a candidate goes out, what is believed now comes in. The texts of the figures
say the same, and are asked where nothing was summed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, Final

from domain.values import Stage
from events_store.database import MANY, Database
from events_store.figures.asking import Asked, Correct, corrections
from events_store.figures.basis import BELIEVED
from events_store.figures.beliefs import Beliefs
from events_store.figures.counting import Cell
from events_store.figures.facts import FEW, Facts, touched_by
from events_store.figures.sums import Changes, Key, Running, Totals, changes, ranked
from events_store.spans import GROUPS, OPEN, TELLING, day_number, day_of

SOME: Final = 4_000  # of one unit
CLOSE: Final = 1_500  # of what lists and the board ask on every day; these have few keys
ALL: Final = -1  # no unit has this number
ROWS: Final = f"""
WITH {BELIEVED}
SELECT candidate, valid_from, until, state, unit, kind, priority, since FROM believed{{}}
 ORDER BY candidate, valid_from"""
Tell = Callable[[Asked, int], Iterable[Key]]


@dataclass
class Course:
    """How what is believed changes from day to day; units and candidates are numbers."""

    standing: Changes = field(default_factory=changes)  # by unit, state, kind and priority
    waits: Changes = field(default_factory=changes)  # by state and the day it began
    waits_of: defaultdict[int, Changes] = field(default_factory=lambda: defaultdict(changes))
    moves: Changes = field(default_factory=changes)  # by state before, state and days between
    moves_of: Changes = field(default_factory=changes)  # by unit and state before, and state
    months: Changes = field(default_factory=changes)  # by month and state
    cohorts: Changes = field(default_factory=changes)  # by year found and the last stage reached

    def take(self, rows: Iterable[Sequence[int]], number: int) -> None:
        """Add what rows say, in the order of candidates and days, or take it out."""
        standing, waits, waits_of = self.standing, self.waits, self.waits_of
        who = ends = was = began = home = year = reached = -1
        for candidate, day, until, state, unit, kind, priority, since in rows:
            stands, wait, own = (unit, state, kind, priority), (state, since), waits_of[unit]
            standing[day][stands] += number
            waits[day][wait] += number
            own[day][wait] += number
            if until != OPEN:
                standing[until][stands] -= number
                waits[until][wait] -= number
                own[until][wait] -= number
            if since == day:
                self.months[day][_month(day), state] += number
                if who == candidate and ends == day:
                    self.moves[day][was, state, day - began] += number
                    self.moves_of[day][home, was, state] += number
            if who != candidate:
                year, reached = day_of(day).year, -1
            stage = state if state < len(Stage) else 0
            if stage > reached:
                self.cohorts[day][year, reached] -= number  # of nobody, if found now
                self.cohorts[day][year, stage] += number
                reached = stage
            who, ends, was, began, home = candidate, until, state, since, unit


class RunningTotals:
    """What the figures named below say of all that is known at a size of the log."""

    def __init__(self, db: Database, size: int, correct: Correct = corrections) -> None:
        """Sum up all there is."""
        course = Course()
        course.take(_rows(db, size), 1)
        self.size, self._beliefs = size, Beliefs(db, size)
        self._facts = Facts(db, size, correct)
        self._standing, self._waits = Running(course.standing), Running(course.waits, CLOSE)
        self._moves, self._moves_of = Running(course.moves), Running(course.moves_of)
        self._months, self._cohorts = Running(course.months), Running(course.cohorts)
        self._waits_of = {unit: Running(own, SOME) for unit, own in course.waits_of.items()}
        self._tell: Mapping[str, Tell] = {
            "by-stage": lambda asked, _unit: _stood(self._waits, asked),
            "by-unit": self._by_unit,
            "by-kind": lambda asked, _unit: self._stand(asked, itemgetter(2, 1)),
            "by-priority": lambda asked, _unit: self._by_priority(asked),
            "shares": lambda asked, _unit: self._shares(asked),
            "waiting": lambda asked, _unit: ranked(_waited(self._waits, asked)),
            "waiting-by-unit": self._waiting_by_unit,
            "passages": lambda asked, _unit: ranked(_moved(self._moves, asked)),
            "passages-by-unit": lambda asked, unit: _of(
                unit, _counted(_moved(self._moves_of, asked))
            ),
            "flows": lambda asked, _unit: self._flows(asked),
            "conversion": lambda asked, _unit: self._converted(asked),
            "monthly": lambda asked, _unit: _counted(_moved(self._months, asked)),
        }

    def follow(self, db: Database, size: int) -> bool:
        """Take in what was recorded up to a size; return whether this was little."""
        touched = touched_by(TELLING, db, self.size, size)
        if len(touched) > FEW:
            return False
        course = Course()
        for at in range(0, len(touched), MANY):
            some = f" WHERE candidate IN ({', '.join(map(str, touched[at : at + MANY]))})"
            course.take(_rows(db, self.size, some), -1)
            course.take(_rows(db, size, some), 1)
            self._beliefs.follow(db, self.size, size, some)
        self._standing.take(course.standing)
        self._waits.take(course.waits)
        self._moves.take(course.moves)
        self._moves_of.take(course.moves_of)
        self._months.take(course.months)
        self._cohorts.take(course.cohorts)
        for unit, own in course.waits_of.items():
            self._waits_of.setdefault(unit, Running(changes(), SOME)).take(own)
        self.size = size
        return True

    def rows(self, db: Database, figure: str, asked: Asked, unit: int = ALL) -> list[Key] | None:
        """Return the rows of a figure, of a unit or of all, as its text finds them.

        None if it is not summed up here.
        """
        if asked.became is not None:
            return None
        tell = self._tell.get(figure)
        return [*tell(asked, unit)] if tell else self._facts.rows(db, figure, asked, self.size)

    def crowd(self, on: date, known: int) -> Mapping[Cell, int]:
        """Return who stands where on a day, and who has come into a state of late."""
        return self._beliefs.crowd(day_number(on), known)

    def months(self, known: int) -> Mapping[date, int]:
        """Return the last day of each month in which candidates' spans began, and how many did."""
        return self._beliefs.months(known)

    def shifts(self, before: date, after: date) -> Mapping[tuple[int, int], int]:
        """Return how many stand in which state on one day, and in which on another; -1 is none."""
        return self._beliefs.shifts(day_number(before), day_number(after))

    def _flows(self, asked: Asked) -> Iterator[Key]:
        found = self.shifts(asked.first - timedelta(1), asked.on).items()
        return ((was, now, number) for (was, now), number in found if now >= 0)

    def _converted(self, asked: Asked) -> Iterator[Key]:
        found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(Stage))
        for (year, reached), number in self._cohorts.at(day_number(asked.on)).items():
            for stage in range(reached + 1):
                found[year][stage] += number
        return ((year, *numbers) for year, numbers in found.items() if numbers[0])

    def _by_unit(self, asked: Asked, unit: int) -> Iterator[Key]:
        if unit == ALL:
            return self._stand(asked, itemgetter(0, 1))
        waits = self._waits_of.get(unit)
        return ((unit, *row) for row in _stood(waits, asked)) if waits else iter(())

    def _stand(self, asked: Asked, by: Callable[[Key], Key]) -> Iterator[Key]:
        found: Totals = defaultdict(int)
        for key, number in self._standing.at(day_number(asked.on)).items():
            found[by(key)] += number
        return _counted(found)

    def _by_priority(self, asked: Asked) -> Iterator[Key]:
        found: Totals = defaultdict(int)
        for bits, state, number in self._stand(asked, itemgetter(3, 1)):
            for bit in _bits(bits):
                found[bit, state] += number
        return _counted(found)

    def _shares(self, asked: Asked) -> Iterator[Key]:
        found: Totals = defaultdict(int)
        total = 0
        for bits, _state, number in self._stand(asked, itemgetter(3, 1)):
            total += number
            for bit in _bits(bits):
                found[bit,] += number
        return ((*row, total) for row in _counted(found))

    def _waiting_by_unit(self, asked: Asked, unit: int) -> Iterator[Key]:
        for number, waits in self._waits_of.items():
            if unit in (ALL, number):
                found = ranked(_waited(waits, asked))
                yield from ((number, *row) for row in found if row[0] < len(Stage))


def _rows(db: Database, known: int, some: str = "") -> Iterator[Any]:
    return iter(db.execute(ROWS.format(some), {"known": known}))


def _bits(priority: int) -> list[int]:
    return [1 << at for at in range(len(GROUPS)) if priority & 1 << at] or [0]


@cache
def _month(day: int) -> str:
    return f"{day_of(day):%Y-%m}"


def _of(unit: int, rows: Iterable[Key]) -> Iterator[Key]:
    return (row for row in rows if unit in (ALL, row[0]))


def _stood(waits: Running, asked: Asked) -> Iterator[Key]:
    found: Totals = defaultdict(int)
    for (state, _since), number in waits.at(day_number(asked.on)).items():
        found[state,] += number
    return _counted(found)


def _waited(waits: Running, asked: Asked) -> Totals:
    day = day_number(asked.on)
    return {(state, day - since): n for (state, since), n in waits.at(day).items()}


def _moved(moves: Running, asked: Asked) -> Totals:
    return moves.between(day_number(asked.first), day_number(asked.on))


def _counted(totals: Totals) -> Iterator[Key]:
    return ((*key, number) for key, number in totals.items() if number)
