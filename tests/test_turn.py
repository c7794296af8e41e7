"""The turn among threads: first come, first served, and nothing of a command walks the log."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from department import Department
from test_concurrency import discovered

from domain.entry import Entry
from domain.values import Role, Title
from events_store.ledger import Ledger
from events_store.turn import Turn
from workflow import commands as asked
from workflow.register import Register


def waiting(turn: Turn) -> int:
    return len(turn._queue)


def come(turn: Turn, name: int, served: list[int]) -> threading.Thread:
    """Return a thread that waits for its turn, once it waits."""
    before = waiting(turn)

    def wait() -> None:
        with turn, turn:
            served.append(name)

    thread = threading.Thread(target=wait)
    thread.start()
    while waiting(turn) == before:
        time.sleep(0.001)
    return thread


def test_whoever_waits_longest_is_next_and_the_last_holder_queues_again() -> None:
    turn, served = Turn(), list[int]()
    with turn:
        with turn:
            others = [come(turn, at, served) for at in range(3)]
        assert (served, waiting(turn)) == ([], 3)  # held twice, let go once
    with turn:
        served.append(99)  # who has just let go comes after all who waited
    for other in others:
        other.join(timeout=10)
    assert served == [0, 1, 2, 99]


def test_whoever_has_waited_long_goes_on_beside_and_takes_nothing_from_the_holder() -> None:
    turn, served = Turn(patience=0.05), list[int]()
    with turn:
        other = come(turn, 1, served)
        other.join(timeout=10)
        later = come(turn, 2, served)  # still held: whoever went on beside let go of nothing
        assert (served, waiting(turn)) == ([1], 1)
    later.join(timeout=10)
    assert served == [1, 2]


def test_whoever_waits_for_something_else_lets_others_go_on() -> None:
    turn, served = Turn(), list[int]()
    with turn:
        other = come(turn, 1, served)
        with turn.let_go():
            other.join(timeout=10)
        served.append(2)
        other = come(turn, 3, served)
        assert (served, waiting(turn)) == ([1, 2], 1)
    other.join(timeout=10)
    assert served == [1, 2, 3]


def test_whoever_is_interrupted_holds_up_nobody() -> None:
    turn, served, free = Turn(), list[int](), threading.Event()

    def hold() -> None:
        with turn:
            free.wait(10)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    holder = threading.Thread(target=hold)
    holder.start()
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt), turn:
            served.append(0)
    finally:
        signal.signal(signal.SIGALRM, before)
    other = come(turn, 1, served)
    free.set()
    for thread in (holder, other):
        thread.join(timeout=10)
    assert (served, waiting(turn)) == ([1], 0)


@contextmanager
def heard(ledger: Ledger) -> Iterator[list[str]]:
    """Yield what is asked of the database, with the values in it."""
    said: list[str] = []
    ledger.db.set_trace_callback(said.append)
    try:
        yield said
    finally:
        ledger.db.set_trace_callback(None)


@pytest.mark.parametrize("raced", [False, True])
def test_a_command_walks_through_no_table(
    register: Department, ledger: Ledger, raced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not isinstance(ledger.recorder.address, Path):
        pytest.skip("asks SQLite how it goes about it")
    subject, other = discovered(register), discovered(register)
    title = asked.RecordTitle(Title.ADVANCED_WORKER, 2024)
    entries = Register._entries

    def late(self: Register, *given: Any) -> list[Entry]:
        monkeypatch.undo()
        register.ask(title, other, Role.OFFICER)  # somebody else is first
        return entries(self, *given)

    if raced:
        monkeypatch.setattr(Register, "_entries", late)
    with heard(ledger) as said:
        register.ask(title, subject, Role.OFFICER)
    asks = [sql for sql in said if sql.startswith(("SELECT", "UPDATE", "INSERT"))]
    plans = [
        row[3] for sql in asks for row in ledger.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    walked = {plan for plan in plans if plan.startswith("SCAN entries")}
    assert (walked, len(asks) > 5) == (set(), True)
