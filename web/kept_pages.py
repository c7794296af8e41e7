"""Pages that are kept: drawn once for each size of the log, and given again until it grows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from flask import Response

MOST: Final = 500  # pages
MINUTE: Final = "public, max-age=60"


class KeptPages:
    """The pages of one size; they are all forgotten when the log has grown."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._size, self._lock = -1, Lock()
        self._kept: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()

    def answer(self, size: int, key: Hashable, draw: Callable[[], Response]) -> Response:
        """Return the page as it is kept, or drawn now."""
        with self._lock:
            if size != self._size:
                self._size = size
                self._kept.clear()
            kept = self._kept.get(key)
        if kept is None:
            drawn = draw()
            if drawn.status_code != 200:
                return drawn
            kept = drawn.get_data(), drawn.content_type
            self._keep(size, key, kept)
        answer = Response(kept[0], content_type=kept[1])
        answer.headers["Cache-Control"] = MINUTE
        answer.vary.add("Accept-Language")
        return answer

    def _keep(self, size: int, key: Hashable, page: tuple[bytes, str]) -> None:
        with self._lock:
            if size == self._size:
                self._kept[key] = page
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
