"""Running totals: who stood where, waited how long and moved, by day, of all that is known now.

These figures are sums of what changed from day to day. They are summed up once; sums of some days
are kept, so that any other is near one; and what is recorded later is added as a difference:
what was believed of a candidate goes out, what is believed now comes in. The texts of the figures
say the same, and are asked where nothing was summed up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

from domain.values import Stage
from events_store.database import MANY, Database
from events_store.figures.asking import Asked
from events_store.figures.basis import BELIEVED
from events_store.figures.beliefs import Beliefs
from events_store.figures.counting import Cell
from events_store.spans import GROUPS, OPEN, TELLING, day_number, day_of

EVERY: Final = 8_000  # changes between two sums that are kept
SOME: Final = 4_000  # of one unit
CLOSE: Final = 1_500  # of what lists and the board ask on every day; these have few keys
FEW: Final = 5_000  # candidates of which there is news; of more, all is summed up anew
ALL: Final = -1  # no unit has this number
ROWS: Final = f"""
WITH {BELIEVED}
SELECT candidate, valid_from, until, state, unit, kind, priority, since FROM believed{{}}
 ORDER BY candidate, valid_from"""
NEWS: Final = """
SELECT DISTINCT o.position FROM entries AS e JOIN entries AS o ON o.subject = e.subject
 WHERE e.position >= ? AND e.position < ? AND e.name IN ({}) AND o.version = 1
   AND e.subject > 'candidate:' AND e.subject < 'candidate;'""".format(
    ", ".join(f"'{name}'" for name in sorted(TELLING))
)
Key = tuple[Any, ...]
Totals = dict[Key, int]
Changes = defaultdict[int, defaultdict[Key, int]]  # by day and key
Tell = Callable[[Asked, int], Iterable[Key]]


class Running:
    """Numbers by key that change from day to day."""

    def __init__(self, changes: Changes, every: int = EVERY) -> None:
        """Begin with these changes; so many lie between two sums that are kept."""
        self._changes, self._every, self._loose = changes, every, 0
        self._sums: list[tuple[int, Totals]] = []  # up to and with a day
        self._last: tuple[int, Totals] = -1, {}
        self._sum_up()

    def take(self, changes: Changes) -> None:
        """Take in more changes."""
        for day, told in changes.items():
            _add(self._changes[day], told)
            self._loose += len(told)
            for until, total in self._sums:
                if until >= day:
                    _add(total, told)
        self._days, self._last = sorted(self._changes), (-1, {})
        if self._loose > self._every:
            self._sum_up()

    def at(self, day: int) -> Totals:
        """Return the numbers of a day, to look at; some may be 0."""
        if self._last[0] != day:
            near = bisect_right(self._sums, day, key=itemgetter(0))
            until, total = self._sums[near - 1] if near else (-1, {})
            total = dict(total)
            for at in self._days[bisect_right(self._days, until) : bisect_right(self._days, day)]:
                _add(total, self._changes[at])
            self._last = day, total
        return self._last[1]

    def between(self, first: int, last: int) -> Totals:
        """Return by how much numbers changed on the days from one to another."""
        before = self.at(first - 1)
        return {key: number - before.get(key, 0) for key, number in self.at(last).items()}

    def _sum_up(self) -> None:
        self._days, self._sums, self._loose = sorted(self._changes), [], 0
        since, total = 0, Totals()
        for day in self._days:
            _add(total, self._changes[day])
            since += len(self._changes[day])
            if since > self._every:
                total, since = {key: number for key, number in total.items() if number}, 0
                self._sums.append((day, dict(total)))


def _add(total: Totals, changes: Mapping[Key, int]) -> None:
    for key, number in changes.items():
        total[key] = total.get(key, 0) + number


def _none() -> Changes:
    return defaultdict(_zeros)


def _zeros() -> defaultdict[Key, int]:
    return defaultdict(int)


@dataclass
class Course:
    """How what is believed changes from day to day; units and candidates are numbers."""

    standing: Changes = field(default_factory=_none)  # by unit, state, kind and priority
    waits: Changes = field(default_factory=_none)  # by state and the day it began
    waits_of: defaultdict[int, Changes] = field(default_factory=lambda: defaultdict(_none))
    moves: Changes = field(default_factory=_none)  # by state before, state and days between
    moves_of: Changes = field(default_factory=_none)  # by unit and state before, and state
    months: Changes = field(default_factory=_none)  # by month and state

    def take(self, rows: Iterable[Sequence[int]], number: int) -> None:
        """Add what rows say, in the order of candidates and days, or take it out."""
        standing, waits, waits_of = self.standing, self.waits, self.waits_of
        who = ends = was = began = home = -1
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
            who, ends, was, began, home = candidate, until, state, since, unit


class RunningTotals:
    """What the figures named below say of all that is known at a size of the log."""

    def __init__(self, db: Database, size: int) -> None:
        """Sum up all there is."""
        course = Course()
        course.take(_rows(db, size), 1)
        self.size, self._beliefs = size, Beliefs(db, size)
        self._standing, self._waits = Running(course.standing), Running(course.waits, CLOSE)
        self._moves, self._moves_of = Running(course.moves), Running(course.moves_of)
        self._months = Running(course.months)
        self._waits_of = {unit: Running(own, SOME) for unit, own in course.waits_of.items()}
        self._tell: Mapping[str, Tell] = {
            "by-stage": lambda asked, _unit: _stood(self._waits, asked),
            "by-unit": self._by_unit,
            "by-kind": lambda asked, _unit: self._stand(asked, itemgetter(2, 1)),
            "by-priority": lambda asked, _unit: self._by_priority(asked),
            "shares": lambda asked, _unit: self._shares(asked),
            "waiting": lambda asked, _unit: _ranked(_waited(self._waits, asked)),
            "waiting-by-unit": self._waiting_by_unit,
            "passages": lambda asked, _unit: _ranked(_moved(self._moves, asked)),
            "passages-by-unit": lambda asked, unit: _of(
                unit, _counted(_moved(self._moves_of, asked))
            ),
            "flows": lambda asked, _unit: self._flows(asked),
            "monthly": lambda asked, _unit: _counted(_moved(self._months, asked)),
        }

    def follow(self, db: Database, size: int) -> bool:
        """Take in what was recorded up to a size; return whether this was little."""
        touched = [int(row[0]) for row in db.execute(NEWS, (self.size, size))]
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
        for unit, own in course.waits_of.items():
            self._waits_of.setdefault(unit, Running(_none(), SOME)).take(own)
        self.size = size
        return True

    def rows(self, figure: str, asked: Asked, unit: int = ALL) -> list[Key] | None:
        """Return the rows of a figure, of a unit or of all, as its text finds them.

        None if it is not summed up here.
        """
        tell = self._tell.get(figure)
        return None if tell is None or asked.became is not None else [*tell(asked, unit)]

    def crowd(self, on: date, days: int, known: int) -> Mapping[Cell, int]:
        """Return who stands where on a day, and who has come into a state in the days before."""
        return self._beliefs.crowd(day_number(on), known, days)

    def months(self, known: int) -> Mapping[date, int]:
        """Return the last day of each month in which candidates' spans began, and how many did."""
        return self._beliefs.months(known)

    def shifts(self, before: date, after: date) -> Mapping[tuple[int, int], int]:
        """Return how many stand in which state on one day, and in which on another; -1 is none."""
        return self._beliefs.shifts(day_number(before), day_number(after))

    def _flows(self, asked: Asked) -> Iterator[Key]:
        found = self.shifts(asked.first - timedelta(1), asked.on).items()
        return ((was, now, number) for (was, now), number in found if now >= 0)

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
                found = _ranked(_waited(waits, asked))
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


def _ranked(totals: Totals) -> Iterator[Key]:
    """Yield for each key how many there are, and ranks of the days that it ends in."""
    days: defaultdict[Key, list[tuple[int, int]]] = defaultdict(list)
    for key, number in totals.items():
        if number:
            days[key[:-1]].append((key[-1], number))
    for by, found in days.items():
        found.sort()
        upto = list(accumulate(number for _, number in found))
        total = upto[-1]
        # The first of which so many in a hundred are no more.
        ranks = (bisect_right(upto, -(-total * part // 100) - 1) for part in (25, 50, 75, 90))
        yield (*by, total, *(found[at][0] for at in ranks), found[-1][0])
