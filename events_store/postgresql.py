"""The PostgreSQL recorder (15 and later, psycopg 3), and the connections it works through.

Writers queue for one advisory lock, taken as their transaction begins and given back by the
server when it ends. So positions are gapless and in the order of the commits, and whoever holds
the lock after a lost connection knows whether the commit before it was kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, cast
from weakref import WeakSet

import psycopg
from psycopg import conninfo, errors
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Identifier
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper

from domain.faults import Interrupted, NotPrepared, Unavailable
from events_store import seal
from events_store.recorder import HEAD, Beside, Leaf, Projection, Recorder

SCHEMA: Final = (files("events_store") / "schema" / "postgresql.sql").read_text("utf-8")
OLDEST: Final = 15
LOCK: Final = "pg_advisory_xact_lock(746001, hashtext(current_schema()))"
STILL: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
CHANGED: Final = "BEFORE DELETE OR UPDATE OR TRUNCATE ON"
ADDED: Final = "AFTER INSERT ON"
EACH: Final = "FOR EACH STATEMENT EXECUTE FUNCTION"
GUARDS: Final = {  # as the server spells them
    "entries_are_never_changed": f"{CHANGED} entries {EACH} entries_are_append_only()",
    "entries_leave_no_gap": (
        f"{ADDED} entries REFERENCING NEW TABLE AS added {EACH} entries_have_a_gap()"
    ),
    "checkpoints_are_never_changed": f"{CHANGED} checkpoint {EACH} checkpoints_are_append_only()",
    "checkpoints_leave_no_gap": (
        f"{ADDED} checkpoint REFERENCING NEW TABLE AS added {EACH} checkpoints_have_a_gap()"
    ),
    "cosignatures_are_never_changed": (
        f"{CHANGED} cosignature {EACH} cosignatures_are_append_only()"
    ),
    "cosignatures_leave_no_gap": (
        f"{ADDED} cosignature REFERENCING NEW TABLE AS added {EACH} cosignatures_have_a_gap()"
    ),
}
TRIGGERS: Final = """SELECT tgname::text, pg_get_triggerdef(t.oid, true), tgenabled::text,
       proname || '() RETURNS trigger LANGUAGE plpgsql AS $$' || prosrc || '$$'
  FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid JOIN pg_proc AS p ON p.oid = tgfoid
 WHERE c.relnamespace = current_schema()::regnamespace AND NOT tgisinternal"""
SETTINGS: Final = {
    "synchronous_commit": "on",
    "lock_timeout": "10s",
    "statement_timeout": "120s",
    "idle_in_transaction_session_timeout": "120s",  # a writer that hangs lets the others on
}
KEEPALIVE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
MANY: Final = 100  # rows from which on COPY is faster
ARRAYS: Final = {int: "bigint[]", str: "text[]", bytes: "bytea[]"}

_MARK: Final = re.compile(r"'[^']*'|\?|%|(?<![:\w]):([a-z]\w*)| INDEXED BY \w+")
_ROW: Final = re.compile(r"VALUES \(\?(?:, \?)*\)")
_PLAIN: Final = re.compile(r"INSERT INTO (\w+) VALUES \(\?(?:, \?)*\)")


class PostgreSQL:
    """One thread's connection: reads our SQL, and opens itself again when it was lost."""

    def __init__(self, address: str, *, reading: bool = False) -> None:
        """Connect. Raises Unavailable."""
        self.address, self.pid = address, os.getpid()
        self.options = SETTINGS | ({"default_transaction_read_only": "on"} if reading else {})
        self.connection = self._connect()
        _OPEN.add(self)

    def _connect(self) -> psycopg.Connection[Any]:
        given = conninfo.conninfo_to_dict(self.address)
        ours = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        given["options"] = f"{ours} {given.get('options') or ''}"
        with _faults():
            made = psycopg.connect(**{**KEEPALIVE, **given}, autocommit=True)  # type: ignore[arg-type]
        made.prepared_max = 400
        # Columns are bigint; a statement is prepared once, not once for each size of number.
        made.adapters.register_dumper(int, Int8Dumper)
        made.adapters.register_dumper(int, Int8BinaryDumper)
        return made

    def execute(self, sql: str, values: Any = (), /) -> psycopg.Cursor[Any]:
        """Run a statement. Raises Unavailable; what only reads is asked again if need be."""
        text = spelled(sql)
        free = not self.in_transaction
        try:
            with _faults():
                return self.connection.execute(text, values, binary=True)
        except Unavailable:
            if not (free and self.connection.closed):
                raise
            self.connection = self._connect()
        with _faults():
            return self.connection.execute(text, values, binary=True)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> None:
        """Run a statement for all rows at once. Never a pipeline: a large one never returns."""
        many = list(rows)
        if len(many) == 1:
            self.execute(sql, many[0])
        elif (plain := _PLAIN.fullmatch(sql)) and len(many) >= MANY:
            self._copy(plain[1], many)
        elif many:
            columns = [list(column) for column in zip(*many, strict=True)]
            marks = ", ".join(f"%b::{_array(column)}" for column in columns)
            # A function: the text holds no escapes that `sub` would read.
            text = _ROW.sub(lambda _: f"SELECT * FROM unnest({marks})", sql)
            with _faults():
                self.connection.execute(text, columns)

    def _copy(self, table: str, rows: Sequence[Any]) -> None:
        columns = self.execute(f"SELECT * FROM {table} LIMIT 0").description or ()
        types = [column.type_code for column in columns]
        into = SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(Identifier(table))
        with _faults(), self.connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open, be it failed."""
        return self.connection.info.transaction_status in (
            TransactionStatus.INTRANS,
            TransactionStatus.INERROR,
            TransactionStatus.ACTIVE,
        )

    def begin(self, text: str) -> psycopg.Cursor[Any]:
        """Begin a transaction by several statements in one message; return what the last found."""
        try:
            with _faults():
                return self.connection.execute(text, prepare=False).set_result(-1)
        except BaseException:
            if not self.connection.closed:
                self.rollback()
                raise
        self.connection = self._connect()
        with _faults():
            return self.connection.execute(text, prepare=False).set_result(-1)

    def commit(self) -> None:
        """Commit. Raises Interrupted if the answer was lost on the way."""
        try:
            with _faults():
                done = self.connection.execute("COMMIT", prepare=False).statusmessage
        except Unavailable as lost:
            raise Interrupted(str(lost)) from lost
        if done != "COMMIT":
            raise Unavailable("a statement had failed, so nothing was kept")

    def rollback(self) -> None:
        """Undo; a lost connection has undone it already."""
        if not self.connection.closed:
            with _faults():
                self.connection.execute("ROLLBACK", prepare=False)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def __del__(self) -> None:
        """Close with its thread; what a fork brought along is its parent's."""
        if getattr(self, "connection", None) is not None and self.pid == os.getpid():
            self.connection.close()


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

    def _connect(self) -> PostgreSQL:
        return PostgreSQL(str(self.address), reading=self.reading)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._between(f"BEGIN; SELECT {LOCK}; {HEAD}") as begun:
            self._local.head = begun.fetchone()  # on the way, under the lock
            yield

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self._between(STILL):
            yield

    def misshapen(self) -> Iterator[tuple[str, str]]:
        """Yield triggers on our tables that are not those of SCHEMA, each always at work."""
        found = {name: rest for name, *rest in self.db.execute(TRIGGERS)}
        for name in sorted({*GUARDS, *found}):
            if not _guards(name, *found.get(name, ("", "", ""))):
                yield "schema", name

    @contextmanager
    def beside(self, tables: Sequence[str]) -> Iterator[Beside]:
        """Hold empty temporary tables, which come before ours; ours are only read."""
        db = PostgreSQL(str(self.address))
        try:
            (schema,) = db.execute("SELECT quote_ident(current_schema())").fetchone() or ("",)
            for table in tables:
                db.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table} INCLUDING ALL)")
            db.begin(STILL)  # to write to temporary tables is allowed
            yield Beside(db, "pg_temp", schema)
        finally:
            db.close()

    @contextmanager
    def _between(self, begin: str) -> Iterator[psycopg.Cursor[Any]]:
        db = cast(PostgreSQL, self.db)
        begun = db.begin(begin)
        try:
            yield begun
            db.commit()
        except BaseException:
            db.rollback()
            raise


class PostgreSQLReadingRecorder(PostgreSQLRecorder):
    """The same rows, through connections that PostgreSQL lets nothing be written by."""

    reading = True

    def __init__(self, address: str) -> None:
        """Name a database."""
        super().__init__(address, lambda: datetime.now(UTC))


def migrate(owner: str, application: str) -> None:
    """Make the tables as their owner, and grant the application's role what it needs of them."""
    script = SQL(SCHEMA).format(application=Identifier(role(application)))
    db = PostgreSQL(owner)
    if db.connection.info.server_version < OLDEST * 10_000:
        raise Unavailable(f"PostgreSQL {OLDEST} or later is needed")
    db.begin(f"BEGIN; SELECT {LOCK}")
    try:
        db.connection.execute(script)
        db.commit()
    finally:
        db.rollback()
        db.close()


def role(address: str) -> str:
    """Return the role that an address works in."""
    return str(conninfo.conninfo_to_dict(address).get("user") or "")


@lru_cache(maxsize=1000)
def spelled(sql: str) -> str:
    """Return a statement as psycopg wants it, without what is said to SQLite alone."""

    def spell(found: re.Match[str]) -> str:
        text = found[0]
        if text == "?":
            return "%s"
        if text == "%" or text.startswith("'"):
            return text.replace("%", "%%")
        return f"%({found[1]})s" if found[1] else ""

    return _MARK.sub(spell, sql)


def _array(column: Sequence[Any]) -> str:
    known = next((type(value) for value in column if value is not None), str)
    return ARRAYS[known]


def _guards(name: str, definition: str, enabled: str, function: str) -> bool:
    """Return whether a trigger is one of ours, and always at work."""
    expected = f"CREATE TRIGGER {name} {GUARDS.get(name)}"
    return (definition, enabled) == (expected, "A") and function in SCHEMA


@contextmanager
def _faults() -> Iterator[None]:
    """Say in our words that the database does not answer, or holds no register."""
    try:
        yield
    except (errors.UndefinedTable, errors.InsufficientPrivilege) as error:
        raise NotPrepared(str(error)) from error
    except psycopg.OperationalError as error:
        raise Unavailable(str(error).strip()) from error


_OPEN: Final[WeakSet[PostgreSQL]] = WeakSet()
_INHERITED: Final[list[PostgreSQL]] = []


def _leave_to_the_parent() -> None:
    """Keep what a fork brought along: to close it would end the parent's session."""
    _INHERITED.extend(_OPEN)


os.register_at_fork(after_in_child=_leave_to_the_parent)
