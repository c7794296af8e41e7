"""Several writers at once, and writers that die: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import racing
from department import Department, who
from samples import DISCOVERED, NURTURED, UNITS, dump, entry, story, units

from domain.refusals import REFUSALS
from domain.values import CandidateKind, Private, Role
from events_store.checker import check
from events_store.database import Address
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.refusals import MoveNotAllowed
from workflow.register import Register

EACH = 200


def in_two_processes(
    work: Callable[..., Any], address: Address, shared: str, *own: str
) -> list[Any]:
    """Return what two processes of their own answer, working at the same time."""
    spawn = multiprocessing.get_context("spawn")
    together = (spawn.Barrier(2),)
    with ProcessPoolExecutor(2, spawn, racing.wait_for_the_other, together) as pool:
        begun = [pool.submit(work, address, mine, shared, EACH) for mine in own]
        return [answer.result(timeout=60) for answer in begun]


def assert_whole(ledger: Ledger) -> None:
    """Demand that positions and versions are gapless, times in order, and spans as rebuilt."""
    told = list(ledger.all())
    assert [e.position for e in told] == list(range(ledger.size()))
    versions: dict[str, list[int]] = {}
    for e in told:
        versions.setdefault(e.subject, []).append(e.version)
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())
    assert [e.recorded for e in told] == sorted(e.recorded for e in told)
    if isinstance(ledger.recorder.address, Path):
        assert ledger.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before = dump(ledger.db)
    ledger.rebuild()
    assert dump(ledger.db) == before
    assert check(ledger, 50, seed=7) == []


def test_two_processes_append_and_every_version_has_one_winner(ledger: Ledger) -> None:
    ledger.append([*units(), entry("candidate:shared", 1, DISCOVERED)])
    found = in_two_processes(
        racing.append, ledger.recorder.address, "candidate:shared", "candidate:1", "candidate:2"
    )
    (won, lost), (also_won, also_lost) = found
    assert sorted([*won, *also_won]) == list(range(2, EACH + 2))
    assert ledger.size() == 4 + 2 * EACH
    assert lost + also_lost > 0, "the two never met, so nothing was tested"
    winners = [e.command_id for e in ledger.entries("candidate:shared")[1:]]
    assert winners == [
        f"candidate:{1 if version in won else 2}/{version}" for version in range(2, EACH + 2)
    ]
    assert_whole(ledger)


def discovered(register: Department) -> str:
    """Return a new candidate."""
    what = Private({"place": "Chi Lăng"})
    command = asked.DiscoverCandidate(
        CandidateKind.COLLECTIVE, register.unit, who("Tổ hợp tác"), what
    )
    return register.ask(command, by=Role.OFFICER).subject


def test_two_processes_submit_commands_and_each_is_recorded_once(
    register: Department, ledger: Ledger
) -> None:
    one, other, shared = (discovered(register) for _ in range(3))
    size = ledger.size()
    answers = in_two_processes(racing.submit, ledger.recorder.address, shared, one, other)
    made = [each for answer in answers for each in answer]
    assert ledger.size() == size + 2 * EACH
    assert len(set(made)) == len(made) == 2 * EACH
    assert sorted(v for s, v in made if s == shared) == list(range(3, EACH + 3))
    assert_whole(ledger)


def test_threads_submit_commands_and_each_is_recorded_once(
    register: Department, ledger: Ledger
) -> None:
    shared = discovered(register)
    own = [discovered(register) for _ in range(4)]
    size = ledger.size()
    with ThreadPoolExecutor(4) as pool:
        where = ledger.recorder.address
        answers = pool.map(lambda mine: racing.submit(where, mine, shared, 40), own)
        made = [each for answer in answers for each in answer]
    assert len(set(made)) == len(made) == 160
    assert ledger.size() == size + 160
    assert_whole(ledger)


def test_a_reader_sees_whole_commands_while_others_write(ledger: Ledger) -> None:
    ledger.append(units())
    reader, done, torn = ledger.reader(), threading.Event(), list[tuple[int, int]]()

    def read() -> None:
        while not done.is_set():
            with reader.recorder.still() as db:
                head = db.execute("SELECT size FROM head").fetchone()[0]
                there, spans = db.execute(
                    "SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM span)"
                ).fetchone()
            if head != there or there != 3 + spans:
                torn.append((head, there))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for at in range(150):
            ledger.append(story(f"candidate:{at}", [(DISCOVERED, 0), (NURTURED, 9)]))
        done.set()
        reading.result()
    assert torn == []


def killed_in_the_middle(address: Address, unit: str, cache: int | None) -> None:
    """Kill a process while it is importing, with this many pages of memory."""
    importing = subprocess.Popen(
        [sys.executable, racing.__file__, str(address), unit, *([str(cache)] if cache else [])],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    with importing:
        assert importing.stdout
        said = importing.stdout.readline()
        importing.kill()
    assert said == (b"spilled\n" if cache else b"in the middle\n")
    assert importing.returncode == -9


def test_a_command_that_lost_a_race_is_decided_again_and_its_refusal_kept(
    register: Department, ledger: Ledger
) -> None:
    candidate, barrier = discovered(register), threading.Barrier(2)
    words = Private({"text": "Đơn xin rút"})

    def withdraw(_: int) -> str:
        barrier.wait()
        try:
            register.ask(asked.WithdrawCandidate(words), candidate, by=Role.REVIEWER)
        except MoveNotAllowed:
            return "refused"
        return "recorded"

    size = ledger.size()
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(withdraw, range(2))) == ["recorded", "refused"]
    assert ledger.size() == size + 2
    assert ledger.version(REFUSALS) == 1
    assert_whole(ledger)


@pytest.mark.only("sqlite")
def test_an_import_that_is_killed_with_rows_on_the_disk_leaves_nothing(
    register: Department, ledger: Ledger
) -> None:
    assert_nothing_left(register, ledger, cache=20)


def test_an_import_that_is_killed_leaves_nothing_and_can_be_done_again(
    register: Department, ledger: Ledger
) -> None:
    assert_nothing_left(register, ledger, cache=None)


def assert_nothing_left(register: Department, ledger: Ledger, cache: int | None) -> None:
    address = ledger.recorder.address
    size, root, before = ledger.size(), ledger.root(), dump(ledger.db)
    killed_in_the_middle(address, register.unit, cache)
    again = Ledger(address, register.clock)
    assert (again.size(), again.root(), dump(again.db)) == (size, root, before)
    again.rebuild()
    assert dump(again.db) == before
    reopened = Register(again, register.rules, register.clock)
    made = reopened.attest(racing.sheet(register.unit, 80))
    assert again.size() == size + made
    assert reopened.attest(racing.sheet(register.unit, 80)) == 0
    assert_whole(again)
    again.recorder.close()


def test_workers_that_start_at_once_all_start(kept_at: Address) -> None:
    spawn = multiprocessing.get_context("spawn")
    together = (spawn.Barrier(2),)
    with ProcessPoolExecutor(2, spawn, racing.wait_for_the_other, together) as pool:
        begun = [pool.submit(racing.started, kept_at, unit) for unit in UNITS[:2]]
        assert sorted(answer.result(timeout=60) for answer in begun) == [1, 2]
