"""Backups of a register on PostgreSQL, by its own programs `pg_dump` and `pg_restore`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import psycopg
from psycopg import conninfo, errors
from psycopg.sql import SQL, Identifier

from events_store import merkle
from events_store.backup import ProgramFailed, ProgramMissing
from events_store.copying import Occupied
from events_store.session import faults

SIGN: Final = b"PGDMP"  # what a dump of the custom format begins with
PLAIN: Final = ("--no-owner", "--no-privileges")  # whoever restores it is its owner
EMPTY: Final = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
TABLES: Final = """SELECT relname FROM pg_class
 WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"""
FUNCTIONS: Final = """SELECT p.oid::regprocedure::text FROM pg_proc AS p
 WHERE pronamespace = current_schema()::regnamespace
   AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')"""


def is_dump(path: Path) -> bool:
    """Return whether a file is a dump that `pg_restore` reads."""
    with path.open("rb") as file:
        return file.read(len(SIGN)) == SIGN


def dump(address: str, path: Path) -> tuple[int, bytes]:
    """Write a database to a file as it is at one moment; return size and root of its tree."""
    with _connected(address) as db:
        db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        moment, size, edge = _one(db, "SELECT pg_export_snapshot(), size, edge FROM head")
        options = ("--format=custom", f"--snapshot={moment}", "--lock-wait-timeout=60s")
        _run("pg_dump", address, *PLAIN, *options, f"--file={path}")
        return size, merkle.root(edge)


def listed(path: Path) -> int:
    """Return how many things a dump says it holds; a file that is cut short says nothing."""
    told = _run("pg_restore", None, "--list", str(path))
    return sum(not line.startswith(";") for line in told.splitlines() if line)


@contextmanager
def scratch(address: str) -> Iterator[str | None]:
    """Yield the address of an empty database that ends with the block, or None if forbidden."""
    name = f"exemplar_check_{uuid4().hex}"
    with _connected(address) as db:
        try:
            db.execute(SQL(EMPTY).format(Identifier(name)))
        except errors.InsufficientPrivilege:
            yield None
            return
        try:
            yield conninfo.make_conninfo(address, dbname=name)
        finally:
            db.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def restore(owner: str, path: Path) -> None:
    """Put a dump into an empty database, the whole of it or nothing. Raises Occupied."""
    with _connected(owner) as db:
        if found := db.execute(TABLES).fetchone():
            raise Occupied(found[0])
    _run("pg_restore", owner, *PLAIN, "--single-transaction", "--exit-on-error", str(path))


def clear(owner: str) -> None:
    """Take out of a database again what was restored into it while it was empty."""
    with _connected(owner) as db, db.transaction():
        for (table,) in db.execute(TABLES).fetchall():
            db.execute(SQL("DROP TABLE {} CASCADE").format(Identifier(table)))
        for (function,) in db.execute(FUNCTIONS).fetchall():
            db.execute(SQL("DROP FUNCTION " + function))  # spelled by the server


def _run(program: str, address: str | None, *arguments: str) -> str:
    """Run a program of PostgreSQL; a password goes by the environment, which nobody else sees."""
    path, environment = shutil.which(program), dict(os.environ)
    if path is None:
        raise ProgramMissing(program)
    command = [path, *arguments]
    if address is not None:
        given = {name: str(value) for name, value in conninfo.conninfo_to_dict(address).items()}
        if password := given.pop("password", None):
            environment["PGPASSWORD"] = password
        command.append(f"--dbname={conninfo.make_conninfo(**given)}")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        raise ProgramFailed(program, " ".join(said[:2]))
    return done.stdout


@contextmanager
def _connected(address: str) -> Iterator[psycopg.Connection[Any]]:
    with faults(), psycopg.connect(address, autocommit=True) as db:
        yield db


def _one(db: psycopg.Connection[Any], sql: str) -> Any:
    found = db.execute(sql).fetchone()
    assert found, "there is one head"
    return found
