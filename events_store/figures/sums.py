"""Sums by key that change from day to day; some are kept, so that that of any day is near one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

BEFORE_ALL: Final = -1_000_000_000  # a day
EVERY: Final = 8_000  # changes between two sums that are kept
Key = tuple[Any, ...]
Totals = dict[Key, int]
Changes = defaultdict[int, defaultdict[Key, int]]  # by day and key


class Running:
    """Numbers by key that change from day to day."""

    def __init__(self, told: Changes, every: int = EVERY) -> None:
        """Begin with these changes; so many lie between two sums that are kept."""
        self._changes, self._every, self._loose = told, every, 0
        self._sums: list[tuple[int, Totals]] = []  # up to and with a day
        self._last: tuple[int, Totals] = BEFORE_ALL, {}
        self._sum_up()

    def take(self, told: Changes) -> None:
        """Take in more changes."""
        for day, more in told.items():
            _add(self._changes[day], more)
            self._loose += len(more)
            for until, total in self._sums:
                if until >= day:
                    _add(total, more)
        self._days, self._last = sorted(self._changes), (BEFORE_ALL, {})
        if self._loose > self._every:
            self._sum_up()

    def at(self, day: int) -> Totals:
        """Return the numbers of a day, to look at; some may be 0."""
        if self._last[0] != day:
            near = bisect_right(self._sums, day, key=itemgetter(0))
            until, total = self._sums[near - 1] if near else (BEFORE_ALL, {})
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


def changes() -> Changes:
    """Return no changes yet."""
    return defaultdict(_zeros)


def _zeros() -> defaultdict[Key, int]:
    return defaultdict(int)


def ranked(totals: Totals) -> Iterator[Key]:
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
