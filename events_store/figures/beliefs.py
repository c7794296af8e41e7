"""Beliefs: who stands where on any day, as known at any position, without going through all.

What is believed from a position on, from a day on, is a mark on both clocks; so is the end of it,
and what ends the belief. How many stand where is the sum of the marks up to a day and below a
position. Sums are kept for the lines of a grid, and only marks between lines are gone through;
what is recorded later adds marks at its end.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise
from operator import add
from typing import Final

from events_store.database import Database
from events_store.figures.counting import LATELY, NEW, Cell, month
from events_store.spans import NEVER, OPEN, STATES

LINES: Final = 64  # of the grid, each way
LOOSE: Final = 5_000  # marks since the grid was drawn; with more it is drawn anew
TOLD: Final = "candidate, valid_from, valid_to, known_from, end_known, state, unit, kind, since"
ROWS: Final = (
    f"SELECT {TOLD}, {NEVER} AS known_to FROM span{{0}}"
    f" UNION ALL SELECT {TOLD}, known_to FROM span_past{{0}}"
)


@dataclass
class Marks:
    """Marks by columns: what each adds to a cell and to the state of a candidate, and whence."""

    day: array[int] = field(default_factory=lambda: array("i"))
    position: array[int] = field(default_factory=lambda: array("q"))
    sign: array[int] = field(default_factory=lambda: array("b"))
    begun: array[int] = field(default_factory=lambda: array("b"))  # whether a span begins here
    cell: array[int] = field(default_factory=lambda: array("i"))
    who: array[int] = field(default_factory=lambda: array("i"))
    since: array[int] = field(default_factory=lambda: array("i"))

    def extend(self, more: Marks) -> None:
        """Add marks in the order of their positions."""
        order = sorted(range(len(more.day)), key=more.position.__getitem__)
        for name, column in vars(more).items():
            getattr(self, name).extend(map(column.__getitem__, order))


class Beliefs:
    """All that was ever believed of candidates, up to a size of the log."""

    def __init__(self, db: Database, size: int) -> None:
        """Mark all there is."""
        self._cells: dict[Cell, int] = {}
        self._candidates: dict[int, int] = {}
        self._marks = Marks()
        self.follow(db, 0, size)

    def follow(self, db: Database, since: int, size: int, some: str = "") -> None:
        """Mark what positions from one to another have made believed, of some or of all."""
        fresh = Marks()
        for day, position, sign, begun, *rest in _marks(db.execute(ROWS.format(some))):
            if since <= position < size:
                candidate, state, unit, kind, begins = rest
                fresh.day.append(day)
                fresh.position.append(position)
                fresh.sign.append(sign)
                fresh.begun.append(begun)
                cell = unit, state, kind
                fresh.cell.append(self._cells.setdefault(cell, len(self._cells)))
                who = self._candidates.setdefault(candidate, len(self._candidates))
                fresh.who.append(who)
                fresh.since.append(begins)
        self._marks.extend(fresh)
        if not since or len(self._marks.day) > len(self._order) + LOOSE:
            self._draw()

    def crowd(self, day: int, known: int) -> Mapping[Cell, int]:
        """Return who stands where, and who has come into a state of late."""
        marks, line = self._marks, self._line(known)
        total, came = self._stood(line, day), self._came_by(line, day)
        cell, sign, since, of = marks.cell, marks.sign, marks.since, self._state()
        for at in range(self._starts[line], bisect_left(marks.position, known)):
            if marks.day[at] <= day:
                total[cell[at]] += sign[at]
                if since[at] > day - LATELY:
                    came[of[cell[at]]] += sign[at]
        found: Counter[Cell] = Counter(dict(zip(self._cells, total, strict=True)))
        for state, number in enumerate(came):
            found[NEW, state - 1, NEW] += number
        return +found

    def months(self, known: int) -> Mapping[date, int]:
        """Return the last day of each month in which spans began, and how many did."""
        line, marks = self._line(known), self._marks
        first, last = self._starts[line], bisect_left(marks.position, known)
        return +(self._begun[line] + self._months(first, last))

    def shifts(self, before: int, after: int) -> Mapping[tuple[int, int], int]:
        """Return how many stand in which state on one day, and in which on another; -1 is none."""
        was, now = (int.from_bytes(self._states(day), "big") for day in (before, after))
        both = (was << 4 | now).to_bytes(len(self._candidates), "big")
        return {((pair >> 4) - 1, (pair & 15) - 1): n for pair, n in _tallied(both)}

    def _stood(self, line: int, day: int) -> list[int]:
        """Return how many stand in each cell, as known at a line."""
        marks, below = self._marks, self._positions[line]
        column, between, way = self._near(day)
        total = [*self._sums[line][column], *[0] * (len(self._cells) - self._width)]
        cell, sign, position = marks.cell, marks.sign, marks.position
        for at in between:
            if position[at] < below:
                total[cell[at]] += way * sign[at]
        return total

    def _came_by(self, line: int, day: int) -> list[int]:
        """Return how many have come into each state of late, as known at a line."""
        turn = bisect_right(self._turns, day) - 1
        return [came[turn] if turn >= 0 else 0 for came in self._came[line]]

    def _states(self, day: int) -> bytearray:
        """Return the state of each candidate on a day, as known now."""
        column, between, way = self._near(day)
        states = bytearray(self._stands[column]).ljust(len(self._candidates), b"\0")
        changed: defaultdict[int, int] = defaultdict(int)
        marks, state = self._marks, self._state()
        who, sign, cell = marks.who, marks.sign, marks.cell
        for at in between:
            changed[who[at]] += way * sign[at] * state[cell[at]]
        for at in range(len(self._order), len(marks.day)):
            if marks.day[at] <= day:
                changed[who[at]] += sign[at] * state[cell[at]]
        for one, change in changed.items():
            states[one] += change
        return states

    def _near(self, day: int) -> tuple[int, array[int], int]:
        """Return the nearest line of days, the marks from there to a day, and which way."""
        after = bisect_right(self._days, day)
        before, starts = max(after - 1, 0), self._firsts
        here = bisect_right(self._order, day, key=self._marks.day.__getitem__)
        if after < len(self._days) and starts[after] - here < here - starts[before]:
            return after, self._order[here : starts[after]], -1
        return before, self._order[starts[before] : here], 1

    def _line(self, known: int) -> int:
        return max(bisect_right(self._positions, known) - 1, 0)

    def _months(self, first: int, last: int) -> Counter[date]:
        marks, found = self._marks, Counter[date]()
        for at in range(first, last):
            if marks.begun[at]:
                found[month(marks.day[at])] += marks.sign[at]
        return found

    def _state(self) -> list[int]:
        return [state + 1 for _unit, state, _kind in self._cells]

    def _draw(self) -> None:
        """Draw the grid through all marks there are, with as many on each side of a line."""
        marks, self._width = self._marks, len(self._cells)
        number = len(marks.day)
        self._order = array("i", sorted(range(number), key=marks.day.__getitem__))
        at = [number * line // LINES for line in range(LINES)] if number else []
        self._days = sorted({marks.day[self._order[each]] for each in at}) or [0]
        self._positions = sorted({marks.position[each] for each in at}) or [0]
        self._positions += [position + 1 for position in marks.position[-1:]]  # now: all of them
        self._starts = [bisect_left(marks.position, each) for each in self._positions]
        dated = marks.day.__getitem__
        self._firsts = [bisect_left(self._order, each, key=dated) for each in self._days]
        self._sum_up()
        self._come()
        self._stand()

    def _sum_up(self) -> None:
        """Keep for each line of positions what was told below it, by each line of days."""
        marks, none = self._marks, array("i", bytes(4 * self._width))
        told, begun = [array("i", none) for _ in self._days], Counter[date]()
        self._sums: list[list[array[int]]] = []
        self._begun: list[Counter[date]] = []
        for first, last in pairwise([*self._starts, len(marks.day)]):
            self._sums.append([*accumulate(told, _plus, initial=none)][:-1])
            self._begun.append(begun)
            begun = begun + self._months(first, last)
            for at in range(first, last):
                column = bisect_right(self._days, marks.day[at]) - 1
                told[column][marks.cell[at]] += marks.sign[at]

    def _come(self) -> None:
        """Keep for each line of positions who had come of late, by days on which that turns."""
        marks, of = self._marks, self._state()
        ends = [since + LATELY for since in marks.since]
        new = [at for at, day in enumerate(marks.day) if day < ends[at]]
        self._turns = sorted({day for at in new for day in (marks.day[at], ends[at])})
        turn = {day: at for at, day in enumerate(self._turns)}
        turns = [[0] * len(turn) for _ in range(len(STATES) + 1)]
        self._came: list[list[array[int]]] = []
        for first, last in pairwise([*self._starts, len(marks.day)]):
            self._came.append([array("i", accumulate(each)) for each in turns])
            for at in new[bisect_left(new, first) : bisect_left(new, last)]:
                state, sign = turns[of[marks.cell[at]]], marks.sign[at]
                state[turn[marks.day[at]]] += sign
                state[turn[ends[at]]] -= sign

    def _stand(self) -> None:
        """Keep for each line of days who stood where before it."""
        marks, state, stands = self._marks, self._state(), [0] * len(self._candidates)
        self._stands = list[bytes]()
        for first, last in pairwise([*self._firsts, len(self._order)]):
            self._stands.append(bytes(stands))
            for at in self._order[first:last]:
                stands[marks.who[at]] += marks.sign[at] * state[marks.cell[at]]


def _tallied(numbers: bytes) -> Iterator[tuple[int, int]]:
    """Yield each number and how often it is there, in a fourth of a Counter's time."""
    while numbers:
        others = numbers.translate(None, numbers[:1])
        yield numbers[0], len(numbers) - len(others)
        numbers = others


def _plus(one: array[int], other: array[int]) -> array[int]:
    return array("i", map(add, one, other))


def _marks(rows: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Yield marks: day, position, what it adds, whether it begins, and about what."""
    for candidate, begins, ends, known, end_known, state, unit, kind, since, gone in rows:
        about = candidate, state, unit, kind, since
        yield (begins, known, 1, 1, *about)
        if ends != OPEN:
            yield (ends, end_known, -1, 0, *about)
        if gone != NEVER:
            yield (begins, gone, -1, 1, *about)
            if ends != OPEN:
                yield (ends, gone, 1, 0, *about)
