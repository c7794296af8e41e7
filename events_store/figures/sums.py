"""Sums over all candidates that are kept up: only whom there is news of is asked about again.

What was known at a position is never another. So a sum is made whole once, and what has been
recorded since is taken in by the candidates it is about: as they were then, and as they are now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from events_store.database import Database

BLOCK: Final = 1024  # entries after which a sum is made whole again
MOST: Final = 1000  # sums
Key = TypeVar("Key")
# Adds up as known at a position: over everybody, or whom entries between two positions are about.
Sum = Callable[..., Counter[Key]]


class Sums:
    """The sums of one log, asked through the connection of whichever thread asks."""

    def __init__(self, db: Callable[[], Database], size: Callable[[], int]) -> None:
        """Remember nothing yet."""
        self._db, self._size = db, size
        self._made: dict[tuple[object, ...], int] = {}  # at which position each was last whole
        self._whole: Callable[..., Counter[Any]] = lru_cache(MOST)(self._asked)
        self._kept_up: Callable[..., Counter[Any]] = lru_cache(MOST)(self._with_news)

    def of(self, ask: Sum[Key], known: int | None, *asked: object) -> Mapping[Key, int]:
        """Return what a question adds up, as known at a position or now."""
        size = self._size()
        if known is not None and known < size:
            return cast(Mapping[Key, int], self._whole(ask, known, asked))
        made = self._made.get((ask, *asked), -BLOCK)
        if not size - BLOCK < made <= size:
            if len(self._made) >= MOST:
                self._made.clear()
            made = self._made[ask, *asked] = size
        return cast(Mapping[Key, int], self._kept_up(ask, made, size, asked))

    def _asked(self, ask: Sum[Any], known: int, asked: tuple[object, ...]) -> Counter[Any]:
        if known == self._size():  # what is known now takes half the time to ask
            found = ask(self._db(), None, *asked)
            if known == self._size():
                return +found
        return +ask(self._db(), known, *asked)

    def _with_news(
        self, ask: Sum[Any], made: int, size: int, asked: tuple[object, ...]
    ) -> Counter[Any]:
        whole = self._whole(ask, made, asked)
        if made == size:
            return whole
        news, total = (made, size), Counter(whole)
        total.subtract(ask(self._db(), made, *asked, news))
        total.update(ask(self._db(), size, *asked, news))
        return +total
