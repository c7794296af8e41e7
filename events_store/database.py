"""What our SQL needs of a connection. One text per statement serves every database.

The dialect is narrow: `?` or `:name` for values, `VALUES (?, …)` where rows are added by the
dozen, ON CONFLICT where they may be there, 2**62 for no limit. `sqlite3` reads it as it is; what
PostgreSQL spells otherwise, `events_store.postgresql` spells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol

NO_LIMIT: Final = 2**62
MANY: Final = 500  # values that one question names
Address = Path | str  # an SQLite file, or the URL of a PostgreSQL database


class Found(Protocol):
    """What a statement has found or done."""

    @property
    def rowcount(self) -> int:
        """Return how many rows it was about."""

    @property
    def description(self) -> Any:
        """Return the columns, each with its name first."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""


class Database(Protocol):
    """One thread's connection."""

    def execute(self, sql: str, values: Any = ..., /) -> Found:
        """Run a statement."""

    def executemany(self, sql: str, rows: Iterable[Any], /) -> object:
        """Run a statement for each of many rows."""


def named(db: Database, sql: str, names: Iterable[str], more: str = "") -> Iterator[Any]:
    """Yield the rows of many names, some hundreds at a time."""
    wanted = sorted({*names})
    for at in range(0, len(wanted), MANY):
        some = wanted[at : at + MANY]
        yield from db.execute(f"{sql} ({', '.join('?' * len(some))}){more}", some)
