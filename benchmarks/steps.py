"""One measured step, in a process of its own: `steps.py NAME FILE [CANDIDATES]` prints JSON."""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from threading import Thread
from typing import Final

import people

from domain.candidate import replay as fold_all
from domain.office import OfficeGranted
from domain.values import Title
from events_store import figures, roll
from events_store.ledger import Ledger
from events_store.spans import day_number
from workflow.commands import RecordTitle
from workflow.register import Register, Request
from workflow.rules import load_all

ON: Final = date(2024, 6, 30)
ONE: Final = (
    "SELECT state, unit, kind, priority, suspended, since FROM span"
    " WHERE candidate = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1"
)
Figures = dict[str, float]


def now() -> datetime:
    return datetime.now(UTC)


def took(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def worked(work: Callable[[], object]) -> float:
    """Return the seconds of this thread's processor time that something takes."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def typical(work: Callable[[], object], times: int = 15) -> float:
    """Return the median seconds, once warm."""
    work()
    return median(took(work) for _ in range(times))


def bulk(path: Path, candidates: int) -> Figures:
    """Append a whole register below the command layer; making its entries is not counted."""
    ledger, spent, made = Ledger(path, now), 0.0, 0
    for entries, secrets in people.batches(candidates):
        made += len(entries)
        spent += took(partial(ledger.append, entries, secrets))
    return {"rate": made / spent, "entries": made}


def replay(path: Path, candidates: int) -> Figures:
    """Fold every entry of the log into its candidate."""
    ledger = Ledger(path, now)
    size = ledger.size()

    def run() -> None:
        fold_all(e for e in ledger.all() if e.subject.startswith("candidate:"))

    return {"rate": size / min(took(run) for _ in range(3))}


def seek(path: Path, candidates: int) -> Figures:
    """Find one candidate as of a day, and beside it one row of a plain table by its key."""
    db = Ledger(path, now).db
    numbers = [row[0] for row in db.execute("SELECT candidate FROM card")]
    wanted, day = Random(1).choices(numbers, k=2000), day_number(ON)
    with sqlite3.connect(":memory:") as plain:
        plain.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, state, unit)")
        plain.executemany("INSERT INTO plain VALUES (?, 1, 2)", [(number,) for number in numbers])
        raw = "SELECT state, unit FROM plain WHERE id = ?"
        base = typical(lambda: [plain.execute(raw, (at,)).fetchone() for at in wanted])
    as_of = typical(lambda: [db.execute(ONE, (at, day)).fetchone() for at in wanted])
    return {"us": as_of / len(wanted) * 1e6, "ratio": as_of / base}


def page(path: Path, candidates: int) -> Figures:
    """Show a page of fifty names as of a day."""
    db = Ledger(path, now).db
    return {"ms": typical(lambda: roll.page(db, ON)) * 1e3}


def known(path: Path, candidates: int) -> Figures:
    """Show the same page as known at half the log, over the page as of the day."""
    ledger = Ledger(path, now)
    half = ledger.size() // 2
    plain = typical(lambda: roll.page(ledger.db, ON))
    at_half = typical(lambda: roll.page(ledger.db, ON, half))
    return {"ms": at_half * 1e3, "ratio": at_half / plain}


def counts(path: Path, candidates: int) -> Figures:
    """Count candidates by unit and state as of a day."""
    ledger = Ledger(path, now)
    return {"ms": typical(lambda: figures.counts_of(ledger.db, "unit", ON)) * 1e3}


def officer(ledger: Ledger) -> str:
    """Return the person who may record titles in the invented register."""
    events = (entry.event for entry in ledger.of_kind("office"))
    person: str = next(event.person for event in events if isinstance(event, OfficeGranted))
    return person


def some(ledger: Ledger, number: int, seed: int) -> list[str]:
    rows: list[tuple[str]] = ledger.db.execute("SELECT subject FROM card ORDER BY 1").fetchall()
    return Random(seed).sample([row[0] for row in rows], number)


def titles(ledger: Ledger, number: int, seed: int) -> Callable[[], list[float]]:
    """Return what records a title for so many candidates and tells how long each took."""
    register, actor = Register(ledger, load_all(), now), officer(ledger)
    asked = RecordTitle(Title.ADVANCED_WORKER, now().year - 1)
    requests = [Request(asked, actor, subject) for subject in some(ledger, number, seed)]
    return lambda: [took(partial(register.submit, request)) for request in requests]


def command(path: Path, candidates: int) -> Figures:
    """Submit commands in turn with raw one-insert commits, so that a busy disk hits both."""
    raw = sqlite3.connect(path.with_suffix(".raw"), isolation_level=None)
    raw.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, body BLOB)")

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO t (body) VALUES (?)", (bytes(400),))
        raw.execute("COMMIT")

    ledger = Ledger(path, now)
    plain, ours = [], []
    for turn in range(20):
        plain += [took(commit) for _ in range(50)]
        ours += titles(ledger, 50, turn)()
    return {"rate": 1 / median(ours), "ratio": median(plain) / median(ours)}


def writer(path: Path | str, candidates: int) -> Figures:
    """Submit commands from four threads at once; the times are told in milliseconds."""
    spent: list[float] = []
    ledger = Ledger(path, now)
    runs = [titles(ledger, 100, seed) for seed in range(4)]
    threads = [Thread(target=lambda run=run: spent.extend(run())) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {str(at): seconds * 1e3 for at, seconds in enumerate(spent)}


def peak() -> float:
    """Return the most megabytes this process held, its mapped files left out."""
    # SQLite maps the register's file; the system takes those pages back when it needs them.
    status = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    mapped = int(status["RssFile"].split()[0])
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - mapped) / 1024


STEPS: Final = {
    step.__name__: step for step in (bulk, replay, seek, page, known, counts, command, writer)
}


def main(steps: Mapping[str, Callable[[Path, int], Figures]] = STEPS) -> None:
    name, path, candidates = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    found = steps[name](path, candidates)
    print(json.dumps(found | {"peak": peak()}))


if __name__ == "__main__":
    main()
