"""One thread's connection to PostgreSQL (15 and later, psycopg 3), and our SQL as it spells it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final
from weakref import WeakSet

import psycopg
from psycopg import conninfo, errors
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Identifier
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper

from domain.faults import Conflict, Interrupted, NotPrepared, Unavailable
from events_store.draft import Draft, kind
from events_store.recorder import HEAD

SETTINGS: Final = {
    "synchronous_commit": "on",
    "lock_timeout": "10s",
    "statement_timeout": "120s",
    "idle_in_transaction_session_timeout": "120s",  # a writer that hangs lets the others on
}
# A command asks for few rows. Before a new table has statistics, workers would be started for it.
WRITING: Final = {"max_parallel_workers_per_gather": "0", "jit": "off"}
# So does a page. What it asks for lies in memory: to go there by an index costs what a table does.
READING: Final = WRITING | {"default_transaction_read_only": "on", "random_page_cost": "1.1"}
KEEPALIVE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
MANY: Final = 100  # rows from which on COPY is faster
LOCK: Final = "pg_advisory_xact_lock(746001, hashtext(current_schema()))"
# FOR UPDATE: a draft that is settled meanwhile waits too, and finds that the log has grown.
WRITE: Final = f"BEGIN; SELECT {LOCK}; {HEAD} FOR UPDATE"

_MARK: Final = re.compile(
    r"'[^']*'|\?|%|(?<![:\w]):([a-z]\w*)|CAST\((\w+) AS TEXT\)| NOT INDEXED| INDEXED BY \w+"
)
_ROW: Final = re.compile(r"VALUES \(\?(?:, \?)*\)")
_PLAIN: Final = re.compile(r"INSERT INTO (\w+) VALUES \(\?(?:, \?)*\)")


class _Connection(psycopg.Connection[Any]):
    """Closes with its thread, however that forgets it; what a fork brought is its parent's."""

    pid: int | None = None

    def __del__(self, *_: Any) -> None:
        if self.pid == os.getpid():
            self.close()


class PostgreSQL:
    """One thread's connection: reads our SQL, and opens itself again when it was lost."""

    def __init__(self, address: str, *, reading: bool = False) -> None:
        """Connect. Raises Unavailable."""
        self.address = address
        self.options = SETTINGS | (READING if reading else WRITING)
        self.connection = self._connect()
        self.draft: Draft | None = None
        _OPEN.add(self)

    def _connect(self) -> psycopg.Connection[Any]:
        given = conninfo.conninfo_to_dict(self.address)
        ours = " ".join(f"-c {name}={value}" for name, value in self.options.items())
        given["options"] = f"{ours} {given.get('options') or ''}"
        with faults():
            made = _Connection.connect(**{**KEEPALIVE, **given}, autocommit=True)  # type: ignore[arg-type]
        made.pid = os.getpid()
        made.prepared_max = 400
        # Columns are bigint; a statement is prepared once, not once for each size of number.
        made.adapters.register_dumper(int, Int8Dumper)
        made.adapters.register_dumper(int, Int8BinaryDumper)
        return made

    def execute(self, sql: str, values: Any = (), /) -> psycopg.Cursor[Any]:
        """Run a statement. Raises Unavailable; what only reads is asked again if need be."""
        if self.draft is not None and self._drafted(sql, [values]):
            return self.connection.cursor()
        text = spelled(sql)
        # Where SQLite is told an index, much hangs on the values: then it is planned with them.
        prepare = False if "INDEXED" in sql else None
        free = not self.in_transaction
        try:
            with faults():
                return self.connection.execute(text, values, binary=True, prepare=prepare)
        except Unavailable:
            if not (free and self.connection.closed):
                raise
            self.connection = self._connect()
        with faults():
            return self.connection.execute(text, values, binary=True, prepare=prepare)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> None:
        """Run a statement for all rows at once. Never a pipeline: a large one never returns."""
        many = list(rows)
        if not many or (self.draft is not None and self._drafted(sql, many)):
            return
        if len(many) == 1:
            self.execute(sql, many[0])
        elif (plain := _PLAIN.fullmatch(sql)) and len(many) >= MANY:
            self._copy(plain[1], many)
        else:
            columns = [list(column) for column in zip(*many, strict=True)]
            marks = ", ".join(f"%b::{kind(column)}[]" for column in columns)
            # A function: the text holds no escapes that `sub` would read.
            text = _ROW.sub(lambda _: f"SELECT * FROM unnest({marks})", sql)
            with faults():
                self.connection.execute(text, columns)

    def _drafted(self, sql: str, rows: Sequence[Any]) -> bool:
        """Return whether a draft takes a statement; what cannot wait ends the draft."""
        assert self.draft is not None
        if self.draft.takes(sql, rows):
            return True
        if not sql.startswith("SELECT") or self.draft.touches(sql):
            self._in_earnest()
        return False

    def _in_earnest(self) -> None:
        """Hold up the others, and write what was drafted. Raises Conflict."""
        draft, self.draft = self.draft, None
        assert draft is not None
        if not draft.begun:
            head = self.begin(WRITE).fetchone()
            if not head or head[0] != draft.size:
                raise Conflict("head")
        for sql, rows in draft.added:
            self.executemany(sql, rows)

    def _copy(self, table: str, rows: Sequence[Any]) -> None:
        columns = self.execute(f"SELECT * FROM {table} LIMIT 0").description or ()
        types = [column.type_code for column in columns]
        into = SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(Identifier(table))
        with faults(), self.connection.cursor() as cursor, cursor.copy(into) as copy:
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

    def may_maintain(self, *tables: str) -> bool:
        """Return whether this role may write tables anew: their owner, or let to from 17 on."""
        let = self.connection.info.server_version >= 170_000
        asked = "has_table_privilege(t, 'MAINTAIN')" if let else "false"
        sql = (
            f"SELECT bool_and({asked} OR pg_has_role(relowner, 'USAGE')) FROM pg_class AS c,"
            " unnest(%b::text[]) AS t WHERE c.oid = t::regclass"
        )
        (may,) = self.connection.execute(sql, [list(tables)]).fetchone() or (False,)
        return bool(may)

    def begin(self, text: str) -> psycopg.Cursor[Any]:
        """Begin a transaction by several statements in one message; return what the last found."""
        try:
            with faults():
                return self.connection.execute(text, prepare=False).set_result(-1)
        except BaseException:
            if not self.connection.closed:
                self.rollback()
                raise
        self.connection = self._connect()
        with faults():
            return self.connection.execute(text, prepare=False).set_result(-1)

    def commit(self) -> None:
        """Commit. Raises Interrupted if the answer was lost on the way."""
        if (draft := self.draft) is not None:
            if draft.grows:
                self._settle(*draft.statement())
            elif draft.added:
                self._in_earnest()
            if not self.in_transaction:
                return
        try:
            with faults():
                done = self.connection.execute("COMMIT", prepare=False).statusmessage
        except Unavailable as lost:
            raise Interrupted(str(lost)) from lost
        if done != "COMMIT":
            raise Unavailable("a statement had failed, so nothing was kept")

    def _settle(self, text: str, values: Sequence[Any]) -> None:
        """Write the draft and commit, in one message. Raises Conflict if the log has grown."""
        try:
            with faults():
                found = self.connection.execute(text, values, binary=True).fetchone()
        except psycopg.IntegrityError as taken:
            raise Conflict("head") from taken
        except Unavailable as lost:
            if self.connection.closed:
                raise Interrupted(str(lost)) from lost
            raise
        if found is None:
            raise Conflict("head")

    def rollback(self) -> None:
        """Undo; a lost connection has undone it already."""
        if not self.connection.closed and self.in_transaction:
            with faults():
                self.connection.execute("ROLLBACK", prepare=False)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


@lru_cache(maxsize=1000)
def spelled(sql: str) -> str:
    """Return a statement as psycopg wants it, without what is said to SQLite alone."""

    def spell(found: re.Match[str]) -> str:
        text = found[0]
        if text == "?":
            return "%s"
        if text == "%" or text.startswith("'"):
            return text.replace("%", "%%")
        if found[2]:
            return f"encode({found[2]}, 'escape')"
        return f"%({found[1]})s" if found[1] else ""

    return _MARK.sub(spell, sql)


@contextmanager
def faults() -> Iterator[None]:
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
