"""The desk a command works at: the settings, the opened register, and the person it acts for."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click
from flask import Flask

from events_store.database import Address
from events_store.ledger import Reader
from web import accounts
from web.discreet import seen_by
from web.parts import Parts, join, now
from web.settings import Settings, from_environment, place


class NotFounded(Exception):
    """There is no register yet. Fact: where."""

    def __init__(self, database: Address) -> None:
        """Name the file or the database."""
        self.place = place(database)
        super().__init__(f"no register in {self.place}")


class NotARegister(Exception):
    """The file holds something else. Fact: the file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"{path} is not a register")
        self.path = path


@dataclass(frozen=True)
class Desk:
    """Where a command works. The register is opened when first asked for."""

    settings: Settings

    @cached_property
    def parts(self) -> Parts:
        """Return the register, opened."""
        return join(self.settings)

    def read_by(self, token: str | None) -> Parts:
        """Return the register as the office of a token may read it; without one, whole."""
        return seen_by(self.parts, *self.acting(token)) if token else self.parts

    def actor(self, token: str | None) -> str:
        """Return the person a token speaks for; without one, the founding administrator."""
        return self.acting(token)[0]

    def acting(self, token: str | None) -> tuple[str, str | None]:
        """Return the person a token speaks for, and the one office that it opens."""
        if not token:
            return next(self.parts.ledger.all(0, 1)).actor, None
        with signing_in(self.settings):
            found = accounts.use_token(token)
            if found is None:
                raise click.ClickException("Mã (token) không đúng, đã hết hạn hoặc đã bị thu hồi.")
            return found.user.person, found.office


def desk() -> Desk:
    """Return the desk that the environment names. Raises NotFounded before any file is made."""
    settings = from_environment()
    if not size_of(settings.database):
        raise NotFounded(settings.database)
    return Desk(settings)


def size_of(database: Address) -> int:
    """Return how many entries there are, 0 without a file. Raises NotARegister, NotPrepared."""
    if isinstance(database, Path):
        if database.is_dir():
            raise NotARegister(database)
        if not database.exists() or not database.stat().st_size:
            return 0
    reader = Reader(database)
    try:
        return reader.size()
    except sqlite3.DatabaseError as error:
        raise NotARegister(Path(database)) from error
    finally:
        reader.recorder.close()


@contextmanager
def signing_in(settings: Settings, *, tables: bool = True) -> Iterator[None]:
    """Open what the accounts need, without pages; `tables` makes theirs where missing."""
    app = Flask("web")
    app.config["SECRET_KEY"] = secrets.token_hex()  # no session is ever signed here
    accounts.install(app, settings.database_url, lambda: now().replace(tzinfo=None))
    with app.app_context():
        if tables:
            accounts.create_tables()
        yield
