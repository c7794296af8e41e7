"""The front of several processes: it takes questions in and hands each to whichever is least busy.

Processes that listen on one socket share connections by chance: one answers six while another
answers two. The front knows what each has to do. It reads slowly sent questions and keeps slowly
read answers, so that a process never waits for a network.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import chain
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from web.settings import MOST_SENT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANES: Final = 8  # questions that a process has in hand at most; most wait for their turn


class Front:
    """Forked processes, and the application that has them answer."""

    def __init__(self, processes: int, make: Callable[[int], WSGIApplication]) -> None:
        """Fork processes, each with an application made in it from its number."""
        self._guard = Lock()
        self._free: list[list[Connection]] = []
        self._children = [self._begun(partial(make, number)) for number in range(processes)]

    def _begun(self, make: Callable[[], WSGIApplication]) -> int:
        ours, theirs = zip(*(Pipe() for _ in range(LANES)), strict=True)
        self._free.append(list(ours))
        if child := os.fork():
            for lane in theirs:
                lane.close()
            return child
        self._hang_up()
        try:
            _work(theirs, make)
        except BaseException:  # what began it goes on in the front alone
            logging.exception("a process could not begin")
            os._exit(1)
        os._exit(0)

    def _hang_up(self) -> None:
        for lane in chain(*self._free):
            lane.close()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have the least busy process answer."""
        asked = {name: value for name, value in environ.items() if isinstance(value, str | bool)}
        with self._lane() as lane:
            lane.send((asked, _body(environ)))
            told: object = b""
            try:
                while isinstance(told := _heard(lane), tuple | bytes):
                    if isinstance(told, bytes):
                        yield told
                    else:
                        start_response(*told)
            finally:
                while isinstance(told, tuple | bytes):  # nobody reads on
                    told = _heard(lane)
        if told:
            raise OSError(told)

    def close(self) -> bool:
        """Let the processes end; return whether all were there until now."""
        ended = [os.waitpid(child, os.WNOHANG)[0] for child in self._children]
        self._hang_up()
        for child in set(self._children).difference(ended):
            os.waitpid(child, 0)
        return not any(ended)

    @contextmanager
    def _lane(self) -> Iterator[Connection]:
        with self._guard:
            free = max(self._free, key=len)
            lane = free.pop()
            # Equally busy ones take turns, so that each comes to know what is asked about.
            self._free.sort(key=lambda lanes: lanes is free)
        try:
            yield lane
        finally:
            with self._guard:
                free.append(lane)


def _body(environ: WSGIEnvironment) -> bytes:
    """Return what was sent; of what no page takes, nothing: it is refused by its length alone."""
    taken = int(environ.get("CONTENT_LENGTH") or 0) <= MOST_SENT
    body: bytes = environ["wsgi.input"].read() if taken else b""
    return body


def _heard(lane: Connection) -> Any:
    try:
        return lane.recv()
    except (EOFError, ConnectionError):
        return "the process ended"


def _work(lanes: Iterable[Connection], make: Callable[[], WSGIApplication]) -> None:
    """Answer on lanes until the front is gone, and end: only the front is told to stop."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.SIG_IGN)
    app = make()
    first, *others = lanes
    for lane in others:
        Thread(target=_answer, args=(lane, app), daemon=True).start()
    _answer(first, app)


def _answer(lane: Connection, app: WSGIApplication) -> None:
    while True:
        try:
            environ, body = lane.recv()
        except EOFError:
            return
        whole = {**environ, "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr}
        lane.send(_answered(lane, app, whole))


def _answered(lane: Connection, app: WSGIApplication, environ: dict[str, Any]) -> str | None:
    """Send head and parts of an answer; return what went wrong."""

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
        lane.send((status, headers))
        return lane.send

    parts: Iterable[bytes] = ()
    try:
        parts = app(environ, start)
        for part in filter(None, parts):
            lane.send(part)
    except Exception as error:
        logging.exception("an answer broke off")
        return repr(error)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return None
