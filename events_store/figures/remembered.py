"""Figures that are remembered: what was known at a position is never another.

What is recorded later tells the figures of a day otherwise only if it takes effect in that year,
or corrects an entry. So a figure is asked again when such an entry has come, not with every one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from events_store.database import Database
from events_store.figures.asking import Answer, Asked, ask_all
from events_store.figures.basis import DAY
from events_store.figures.figure import Figure

MOST: Final = 1000  # answers, and years
NEWS: Final = f"""
SELECT max(position) FROM entries WHERE position >= ? AND position < ?
   AND ({DAY} <= ? OR name IN ('entry-voided', 'effective-date-corrected'))"""
Became = tuple[tuple[str, tuple[str, ...]], ...] | None


class Remembered:
    """The figures of one log, asked through the connection of whichever thread asks."""

    def __init__(self, db: Callable[[], Database], size: Callable[[], int]) -> None:
        """Remember nothing yet."""
        self._db, self._size, self._lock = db, size, Lock()
        self._news: dict[int, tuple[int, int]] = {}  # by year: looked through to, known from
        self._answers: Callable[..., Sequence[Answer]] = lru_cache(MOST)(self._asked)

    def ask(self, figures: Sequence[Figure], asked: Asked) -> Sequence[Answer]:
        """Return the rows of each figure, asked now or before."""
        became: Became = None
        if asked.became is not None:  # what is recorded at any time says where somebody is now
            became = tuple((id, tuple(to)) for id, to in asked.became.items())
        with self._lock:
            year = asked.on.year if became is None else date.max.year
            known = self._known(year, asked.known)
            return self._answers(tuple(figures), asked.on, known, asked.since, became)

    def _asked(self, figures: Sequence[Figure], *of: Any) -> Sequence[Answer]:
        on, known, since, became = of
        units = None if became is None else dict(became)
        return tuple(ask_all(self._db(), figures, Asked(on, known, since, units)))

    def _known(self, year: int, known: int | None) -> int:
        """Return a position at which as much is known of the figures of a year."""
        size = self._size()
        if known is not None and known < size:
            return known
        looked, last = self._news.get(year, (size, size))
        if looked < size:
            values = (looked, size, f"{year}-12-31")
            (found,) = self._db().execute(NEWS, values).fetchone()
            last = last if found is None else found + 1
        self._news[year] = size, last
        return last
