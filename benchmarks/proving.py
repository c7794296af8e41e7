"""What sealing costs and how fast a register is verified: `proving.py NAME FILE [CANDIDATES]`."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, Final

import people
from steps import Figures, main, now, officer, some, took, worked

from domain.entry import Entry
from domain.values import Title
from events_store import merkle, seal, sealing
from events_store.audit import audit
from events_store.codec import encode
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger, Reader
from events_store.proofs import prove_inclusion, subtrees
from events_store.public_log import kept
from events_store.sealing import Sealer
from events_store.stretch import ROWS
from workflow.commands import RecordTitle
from workflow.lawfulness import findings
from workflow.register import Register, Request
from workflow.rules import load_all

COMMANDS: Final = 500


def plain(path: Path, size: int) -> float:
    """Return the seconds of processor time for reading the rows and one SHA-256 of each body."""
    with closing(Reader(path).recorder) as recorder:

        def run() -> None:
            for start in range(0, size, 16384):
                for row in recorder.db.execute(ROWS, (start, start + 16384)).fetchall():
                    sha256(row[5]).digest()

        return min(worked(run) for _ in range(3))


def verify(path: Path, candidates: int) -> Figures:
    """Audit a whole register by one process and by two, beside plain reading and hashing."""
    size = Reader(path).size()
    found, spent = dict[int, float](), dict[int, float]()
    for jobs in (1, 2):
        began, working = time.perf_counter(), time.thread_time()
        report = audit(path, jobs=jobs)
        found[jobs] = time.perf_counter() - began
        spent[jobs] = time.thread_time() - working  # without SQLite's own check, beside it
        assert report.faults == [], report.faults[:3]
    base = plain(path, size)
    return {
        "rate": size / found[1],
        "rate_two": size / found[2],
        "us": spent[1] / size * 1e6,
        "ratio": spent[1] / base,
    }


def lawful(path: Path, candidates: int) -> Figures:
    """Judge every entry by the rules of its day."""
    reader, rules = Reader(path), load_all()
    size = reader.size()
    spent = worked(lambda: sum(1 for _ in findings(reader.all(), rules)))
    return {"rate": size / spent, "ratio": spent / plain(path, size)}


def signature(path: Path, candidates: int) -> Figures:
    """Submit commands in turn with and without a signature before the answer.

    What is added is processor time and the wait for one flush of the signer's memory, without
    which no signature may be given away. Waits are measured apart: one command waits for many
    things, each for as long as others write.
    """
    keys = KeyFolder(path.with_suffix(".bench.keys"))
    keys.create("benchmark")
    sealing.PAUSE = 0  # every command is signed at once, as one that comes alone
    sealer, plain = Sealer(keys), Ledger(path, now)
    signed = Ledger(path, now, sealer)
    sealer.seal(plain.db)
    by, asked = officer(plain), RecordTitle(Title.ADVANCED_WORKER, now().year - 1)
    registers = [Register(ledger, load_all(), now) for ledger in (plain, signed)]
    spent, waits = (list[float](), list[float]()), list[float]()
    for at, subject in enumerate(some(plain, COMMANDS, 1)):
        request = Request(asked, by, subject)
        spent[at % 2].append(worked(partial(registers[at % 2].submit, request)))
        waits.append(_waited(partial(_flush, path.with_suffix(".flush"))))
    without, with_one, wait = (1e6 * quantiles(times, n=4)[0] for times in (*spent, waits))
    return {"us": with_one - without + wait, "command_us": without, "wait_us": wait}


def _waited(work: Callable[[], object]) -> float:
    began, working = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - began - (time.thread_time() - working)


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        os.pwrite(file, os.urandom(4096), 0)
        os.fdatasync(file)
    finally:
        os.close(file)


def leaves(path: Path, candidates: int) -> Figures:
    """Seal rows one by one and in bulk: leaf, tree and right edge, as the recorder does."""
    rows = [_row(at, entry) for at, entry in enumerate(_entries(200_000))]
    edge, size = b"", 0
    began = time.perf_counter()
    hashes = [seal.leaf(*row) for row in rows]
    size, edge = merkle.extend(size, edge, hashes)
    bulk = time.perf_counter() - began

    def one(row: Any) -> None:
        nonlocal size, edge
        size, edge = merkle.extend(size, edge, [seal.leaf(*row)])
        merkle.root(edge)

    return {
        "us": median(took(partial(one, row)) for row in rows[:20_000]) * 1e6,
        "rate": len(rows) / bulk,
    }


def _entries(least: int) -> list[Entry]:
    made: list[Entry] = []
    for entries, _ in people.batches(least // 9):
        made += entries
    return made[:least]


def _row(at: int, entry: Entry) -> tuple[Any, ...]:
    name, body = encode(entry)
    return at, entry.version, 1_700_000_000_000_000, entry.subject, name, body, bytes(16)


def proof(path: Path, candidates: int) -> Figures:
    """Prove leaves at random places, each through a connection that has read nothing."""
    size, random, spent = Reader(path).size(), Random(7), list[float]()
    for _ in range(200):
        with closing(Reader(path).recorder) as recorder:
            read, at = subtrees(kept(recorder.db)), random.randrange(size)
            spent.append(took(partial(prove_inclusion, read, at, size)))
    return {"ms": median(spent) * 1e3, "entries": size}


def width(path: Path, candidates: int) -> Figures:
    """Compare the pages of rows with and without blind and leaf, the tree's nodes added."""
    with closing(sqlite3.connect(path.with_suffix(".width"))) as db:
        db.execute("ATTACH ? AS register", (str(path),))
        bare = "position INTEGER PRIMARY KEY, subject, version, recorded_at, name, body"
        pages = [
            _pages(db, f"CREATE TABLE bare ({bare})", "INSERT INTO bare SELECT position, subject,"
                   " version, recorded_at, name, body FROM register.entries"),
            _pages(db, f"CREATE TABLE whole ({bare}, blind, leaf)",
                   "INSERT INTO whole SELECT * FROM register.entries"),
            _pages(db, "CREATE TABLE node (level, number, hash, PRIMARY KEY (level, number))"
                   " WITHOUT ROWID", "INSERT INTO node SELECT * FROM register.node"),
        ]  # fmt: skip
        (size,) = db.execute("SELECT count(*) FROM whole").fetchone()
    return {"bytes": (pages[1] - pages[0] + pages[2]) * 4096 / size}


def _pages(db: sqlite3.Connection, *statements: str) -> int:
    (before,) = db.execute("PRAGMA main.page_count").fetchone()
    for statement in statements:
        db.execute(statement)
    db.commit()
    (after,) = db.execute("PRAGMA main.page_count").fetchone()
    return int(after - before)


STEPS: Final = {step.__name__: step for step in (verify, lawful, signature, leaves, proof, width)}

if __name__ == "__main__":
    main(STEPS)
