"""The PostgreSQL recorder (15 and later, psycopg 3), and the connections it works through.

Writers queue for one advisory lock, taken as their transaction begins and given back by the
server when it ends. So positions are gapless and in the order of the commits, and whoever holds
the lock after a lost connection knows whether the commit before it was kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, cast

import psycopg
from psycopg import conninfo
from psycopg.sql import SQL, Identifier

from domain.faults import Conflict, Unavailable
from events_store import indexes, seal, shape
from events_store.draft import Draft
from events_store.public_log import fill, head
from events_store.recorder import Head, Leaf, Projection, Recorder
from events_store.session import LOCK, WRITE, PostgreSQL

LOG: Final = logging.getLogger(__name__)
OLDEST: Final = 15
MAINTAINED: Final = 17  # from which on a role may be let to vacuum what it does not own
MAINTAIN: Final = "GRANT MAINTAIN ON vault, enclosure, identity, card TO {application}"
CROWD: Final = 20  # transactions that queue for the lock at once after one came too late
STILL: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgreSQLRecorder(Recorder):
    """Rows of one PostgreSQL schema, in the library's terms. Notification ids are positions + 1.

    Makes no table: that is for `migrate`, so workers that start at once cannot collide.
    """

    failure = psycopg.Error
    clash = psycopg.IntegrityError
    reading = False

    def __init__(
        self,
        address: str,
        clock: Callable[[], datetime],
        projections: Sequence[Projection] = (),
        leaf: Leaf = seal.leaf,
    ) -> None:
        """Name a database; a connection is made when first needed."""
        super().__init__(address, clock, projections, leaf)
        self._crowd = 0  # how many more transactions queue at once, for others write too

    def _connect(self) -> PostgreSQL:
        return PostgreSQL(str(self.address), reading=self.reading)

    @contextmanager
    def _transaction(self, seen: Head | None) -> Iterator[None]:
        self._crowd -= 1
        alone = seen if self._crowd < 0 else None
        try:
            with self._between(alone or WRITE) as begun:
                self._local.head = begun  # on the way, under the lock
                if seen:
                    db = cast(PostgreSQL, self._local.db)
                    db.draft = Draft(begun, begun=alone is None)
                yield
        except Conflict:
            self._crowd = CROWD
            raise
        if self._local.scrub:
            self._scrub()

    def _scrub(self) -> None:
        """Write anew the tables that held what was erased, where the server lets our role do so.

        Without FULL a deleted row's bytes stay in the page until others need the room.
        """
        db = cast(PostgreSQL, self._local.db)
        if not db.may_maintain("vault", "enclosure", "identity", "card"):
            LOG.warning("erased, but copies may be left in free space: see docs/postgresql.md")
            return
        try:
            db.execute("VACUUM (FULL) vault, enclosure, identity, card")
        except Unavailable as busy:  # what was erased stays erased
            LOG.warning("erased, but copies may be left in free space: %s", busy)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self._between(STILL):
            yield

    def misshapen(self) -> Iterator[tuple[str, str]]:
        """Yield what is not as SCHEMA makes it, rights that it does not grant, false indexes."""
        misshapen = False
        for what in shape.faults(self.db):
            misshapen = True
            yield "schema", what
        if not misshapen:  # or else no index need be one of ours
            with self.still() as db:
                for why in indexes.faults(db):
                    yield "integrity", why

    @contextmanager
    def _between(self, begin: str | Head) -> Iterator[Any]:
        db = cast(PostgreSQL, self.db)
        begun: Any = begin
        if isinstance(begin, str):
            found = db.begin(begin)
            begun = found.fetchone() if found.description else None
        try:
            yield begun
            db.commit()
        except BaseException:
            db.rollback()
            raise
        finally:
            db.draft = None


class PostgreSQLReadingRecorder(PostgreSQLRecorder):
    """The same rows, through connections that PostgreSQL lets nothing be written by."""

    reading = True

    def __init__(self, address: str) -> None:
        """Name a database."""
        super().__init__(address, lambda: datetime.now(UTC))


def migrate(owner: str, application: str) -> None:
    """Make the tables as their owner, and grant the application's role what it needs of them."""
    by = Identifier(role(application))
    script = SQL(shape.SCHEMA).format(application=by)
    db = PostgreSQL(owner)
    version = db.connection.info.server_version
    if version < OLDEST * 10_000:
        raise Unavailable(f"PostgreSQL {OLDEST} or later is needed")
    db.begin(f"BEGIN; SELECT {LOCK}")
    try:
        db.connection.execute(script)
        if version >= MAINTAINED * 10_000:
            db.connection.execute(SQL(MAINTAIN).format(application=by))
        fill(db, head(db)[0])
        db.commit()
    finally:
        db.rollback()
        db.close()


def role(address: str) -> str:
    """Return the role that an address works in."""
    return str(conninfo.conninfo_to_dict(address).get("user") or "")
