"""The turn: which thread of a process goes on now, and who is next."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

NOBODY: Final = 0
CALLED: Final = -1  # the next thread, which has not woken yet


class Turn:
    """A lock among threads that goes to whoever has waited longest; its holder may hold it twice.

    A plain lock goes to whoever asks next: mostly to the thread that has just let go of it, so
    that under load some wait for a hundred others.
    """

    def __init__(self, patience: float | None = None) -> None:
        """Let anybody begin; whoever has waited so many seconds goes on beside the holder."""
        self._patience = -1.0 if patience is None else patience
        self._guard, self._queue = threading.Lock(), deque[threading.Lock]()
        self._holder, self._depth = NOBODY, 0

    def __enter__(self) -> None:
        """Wait until all who came before have let go."""
        me = threading.get_ident()
        with self._guard:
            if self._holder in (NOBODY, me):
                self._holder, self._depth = me, self._depth + 1
                return
            called = threading.Lock()
            called.acquire()
            self._queue.append(called)
        try:
            if not called.acquire(timeout=self._patience) and self._left(called):
                return
        except BaseException:  # a signal: whoever goes home is not called, or calls the next
            if not self._left(called):
                with self._guard:
                    self._call()
            raise
        self._holder, self._depth = me, 1

    def __exit__(self, *_: object) -> None:
        """Let go; whoever is called begins before anybody who comes later."""
        with self._guard:
            if self._holder != threading.get_ident():
                return  # went on beside the holder
            self._depth -= 1
            if not self._depth:
                self._call()

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let others go on while this thread waits for something else."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()

    def _call(self) -> None:
        self._holder = CALLED if self._queue else NOBODY
        if self._queue:
            self._queue.popleft().release()

    def _left(self, called: threading.Lock) -> bool:
        """Leave the queue; return whether this thread was not called before."""
        with self._guard:
            waits = called in self._queue
            if waits:
                self._queue.remove(called)
            return waits
