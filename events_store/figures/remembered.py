"""Figures that are remembered: what was known at a position is never another.

What is recorded later tells the figures of a day otherwise only if it is of a kind that they rest
on, and takes effect in that year or corrects an entry. So a figure is asked again when such an
entry has come, not with every one. Once `prepare` has summed up what is asked of ever another day,
that is told of any day without going through all there is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, Final, NamedTuple

from events_store import shifts
from events_store.database import Database
from events_store.figures import asking, counting
from events_store.figures.asking import Answer, Asked, Corrections, Value
from events_store.figures.basis import DAY
from events_store.figures.counting import Cell
from events_store.figures.figure import CORRECTING, Figure
from events_store.figures.running import ALL, RunningTotals
from events_store.shifts import At, Shifts
from events_store.spans import origin

MOST: Final = 1000  # answers
CROWDS: Final = 200  # of a day and a position
CORRECTED: Final = 8  # positions of which all corrections are remembered
LAST: Final = ", ".join(f"'{name}'" for name in sorted(CORRECTING))
NEWS: Final = f"""
SELECT name, max(position) FROM entries WHERE position >= ? AND position < ?
   AND ({DAY} <= ? OR name IN ({LAST})) GROUP BY name"""
LATEST: Final = "SELECT max(l.at) FROM ({}) AS l".format(
    " UNION ALL ".join(
        f"SELECT max(position) AS at FROM entries WHERE name = '{name}' AND position < :known"
        for name in sorted(CORRECTING)
    )
)
Became = tuple[tuple[str, tuple[str, ...]], ...] | None


class News(NamedTuple):
    """The last of each kind that was recorded in a stretch of the log and tells of a year."""

    since: int
    size: int
    last: Mapping[str, int]

    def known(self, kinds: Collection[str]) -> int:
        """Return a position at which as much is known of some kinds as at the end."""
        return max((at + 1 for kind, at in self.last.items() if kind in kinds), default=self.since)


class Remembered:
    """The figures of one log, asked through the connection of whichever thread asks."""

    def __init__(self, db: Callable[[], Database], size: Callable[[], int]) -> None:
        """Remember nothing yet."""
        self._db, self._size, self._lock = db, size, Lock()
        self._news: dict[int, News] = {}  # by year
        self._answers: OrderedDict[Any, Future[Answer]] = OrderedDict()
        self._totals: RunningTotals | None = None
        self._summing = Lock()
        self._crowds = lru_cache(CROWDS)(self._crowd)
        self._named = lru_cache(CROWDS)(lambda *at: counting.named(self._db(), self._crowds(*at)))
        self._lives = lru_cache(CROWDS)(self._months)
        self._shifts = lru_cache(CROWDS)(self._shifted)
        self._corrections = lru_cache(CORRECTED)(lambda at: asking.corrections(self._db(), at))

    def ask(self, figures: Sequence[Figure], asked: Asked) -> Sequence[Answer]:
        """Return the rows of each figure, asked now or before; all are of one moment."""
        size = self._size()
        return [self._one(figure, asked, size) for figure in figures]

    def ask_of(self, figure: Figure, asked: Asked, unit: str) -> Answer:
        """Return the rows of a figure, told by unit first, that are of one unit."""
        return self._one(figure, asked, self._size(), unit)

    def prepare(self) -> None:
        """Sum up what is asked of ever another day: some seconds, before anybody asks."""
        totals = RunningTotals(self._db(), self._size(), self._corrected)
        with self._summing:
            self._totals = totals

    def behind(
        self,
        figure: Figure,
        asked: Asked,
        keys: Mapping[str, Value],
        after: int = -1,
        limit: int = 100,
    ) -> list[int]:
        """Return the positions of the entries behind the rows with these keys, in their order."""
        return asking.behind(self._db(), figure, asked, keys, after, limit, self._corrected)

    def changed(self, figures: Sequence[Figure], on: date, known: int) -> bool:
        """Return whether anything was recorded from a position on that may tell them otherwise."""
        told = News(known, known, {})
        kinds = frozenset[str]().union(*(figure.kinds for figure in figures))
        return self._after(told, on.year, self._size()).known(kinds) > known

    def _one(self, figure: Figure, asked: Asked, size: int, unit: str | None = None) -> Answer:
        became: Became = None
        if asked.became is not None and figure.mapped:
            became = tuple((id, tuple(to)) for id, to in asked.became.items())
        # What is recorded at any time says where somebody is now.
        year = asked.on.year if became is None else date.max.year
        with self._lock:
            known = self._known(figure, year, asked.known, size)
            since = asked.first if figure.period else None
            key = (figure, asked.on, known, since, became, unit)
            ours = key not in self._answers
            answer = self._answers.setdefault(key, Future())
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        if ours:  # others who ask the same wait for it, and nobody waits who asks something else
            units = None if became is None else dict(became)
            told = Asked(asked.on, known, asked.since, units)
            try:
                current = asked.known is None or asked.known >= size
                found = self._summed(figure, told, size, unit) if current else None
                answer.set_result(found or self._asked(figure, asked, told, size, unit))
            except BaseException as error:
                with self._lock:
                    self._answers.pop(key, None)
                answer.set_exception(error)
        return answer.result()

    def _asked(
        self, figure: Figure, asked: Asked, told: Asked, size: int, unit: str | None
    ) -> Answer:
        if unit is None:
            return asking.ask(self._db(), figure, told, self._corrected)
        every = self._one(figure, asked, size)
        return Answer(figure, [row for row in every.rows if row[0] == unit])

    def _summed(self, figure: Figure, told: Asked, size: int, unit: str | None) -> Answer | None:
        """Return what sums say of all that is known at a size, if they have got that far."""
        db = self._db()
        with self._summing:
            totals = self._at(db, size)
            if totals is None:
                return None
            found = totals.rows(db, figure.name, told, ALL if unit is None else origin(db, unit))
        return None if found is None else asking.answer(db, figure, found)

    def crowd(self, on: date, known: int | None = None) -> Mapping[Cell, int]:
        """Return who stands where on a day, and who has come into a state of late."""
        return self._crowds(self._position(known), on)

    def standing(self, on: date, known: int | None = None) -> counting.Crowd:
        """Return the same under the names of units, to be added up in every way."""
        return self._named(self._position(known), on)

    def months(self, known: int | None = None) -> Mapping[date, int]:
        """Return the last day of each month in which candidates' spans began, and how many did."""
        return self._lives(self._position(known))

    def shifts(self, before: At, after: At) -> Shifts:
        """Return how many went from which state into which between two moments."""
        return self._shifts(self._size(), before, after)

    def _position(self, known: int | None) -> int:
        size = self._size()
        return size if known is None else min(known, size)

    def _crowd(self, known: int, on: date) -> Mapping[Cell, int]:
        with self._summing:
            if totals := self._upto(self._db(), known):
                return totals.crowd(on, known)
        return +counting.crowd(self._db(), known, on)

    def _months(self, known: int) -> Mapping[date, int]:
        with self._summing:
            if totals := self._upto(self._db(), known):
                return totals.months(known)
        return counting.months(self._db(), known)

    def _shifted(self, size: int, before: At, after: At) -> Shifts:
        if before[1] is after[1] is None:
            with self._summing:
                if totals := self._at(self._db(), size):
                    return shifts.named(totals.shifts(before[0], after[0]))
        return shifts.counted(self._db(), before, after)

    def _at(self, db: Database, size: int) -> RunningTotals | None:
        """Return the sums of a size, brought there; whoever asks holds the lock."""
        totals = self._upto(db, size)
        return totals if totals and totals.size == size else None

    def _upto(self, db: Database, size: int) -> RunningTotals | None:
        """Return the sums of a size or more; whoever asks holds the lock."""
        totals = self._totals
        if totals and totals.size < size and not totals.follow(db, size):
            totals = self._totals = RunningTotals(db, size, self._corrected)
        return totals

    def _corrected(self, db: Database, known: int) -> Corrections:
        """Return all corrections below a position, which are those below the last one's next."""
        (last,) = db.execute(LATEST, {"known": known}).fetchone()
        return self._corrections(0 if last is None else last + 1)

    def _known(self, figure: Figure, year: int, known: int | None, size: int) -> int:
        """Return a position at which as much is known of a figure of a year."""
        if known is not None and known < size:
            return known
        news = self._news.get(year, News(size, size, {}))
        if news.size < size:
            news = self._after(news, year, size)
        self._news[year] = news
        return news.known(figure.kinds)

    def _after(self, news: News, year: int, size: int) -> News:
        found = self._db().execute(NEWS, (news.size, size, f"{year}-12-31")).fetchall()
        return News(news.since, size, {**news.last, **dict(found)})
