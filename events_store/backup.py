"""Backups: a register in one file, made while writing goes on, named once it is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from errno import EEXIST
from pathlib import Path
from typing import Final

from events_store.connections import connect
from events_store.memory import sync
from events_store.recorder import HEAD

PAGES: Final = 1000  # copied at a time, 4 MB
PATIENCE: Final = 2000  # milliseconds to wait for whoever has a file open

Progress = Callable[[int, int], None]


class AlreadyThere(Exception):
    """A file has the name already. Fact: the file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} is there already")
        self.path = path


class InUse(Exception):
    """Somebody has the register open. Fact: its file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} is open elsewhere")
        self.path = path


class ProgramMissing(Exception):
    """A program of PostgreSQL is not installed here. Fact: its name."""

    def __init__(self, program: str) -> None:
        """Name the program."""
        super().__init__(f"{program} is not on the PATH")
        self.program = program


class ProgramFailed(Exception):
    """A program of PostgreSQL gave up. Facts: its name, what it said last."""

    def __init__(self, program: str, said: str) -> None:
        """Name the program and repeat what it said."""
        super().__init__(f"{program}: {said}")
        self.program, self.said = program, said


@contextmanager
def named_when_whole(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Yield an empty file beside a path, which takes its name at the end. Raises AlreadyThere.

    Only its owner may read it: a backup holds all names and words.
    """
    if path.exists() and not force:
        raise AlreadyThere(path)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield fresh
        sync(fresh)
        if force:
            fresh.replace(path)
        else:
            _take(fresh, path)
        sync(path.parent)
    finally:
        for left in fresh.parent.glob(f"{fresh.name}*"):  # with what SQLite lays beside it
            left.unlink()


def _take(fresh: Path, path: Path) -> None:
    """Take a name that is free; a link, unlike a rename, never takes it from another file."""
    try:
        path.hardlink_to(fresh)
    except OSError as error:  # many a stick or share knows no links
        if error.errno == EEXIST or path.exists():
            raise AlreadyThere(path) from error
        fresh.replace(path)


def copy_file(source: Path, target: Path, progress: Progress = lambda done, size: None) -> None:
    """Copy a register's file as it is at one moment, whoever writes meanwhile."""
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(connect(address, uri=True)) as there, closing(connect(str(target))) as here:
        there.execute("BEGIN")
        there.execute(HEAD).fetchone()  # from here on it sees one moment, so nothing starts anew
        there.backup(
            here,
            pages=PAGES,
            progress=lambda _, left, size: progress(size - left, size),
            sleep=0,
        )
        here.execute("PRAGMA journal_mode = DELETE")  # one file is the whole of it


def fold(path: Path) -> None:
    """Put what SQLite keeps beside a file into it. Raises InUse if somebody has it open."""
    with closing(connect(str(path))) as db:
        db.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise InUse(path) from error
            raise
