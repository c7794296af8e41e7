"""SQLite connections that a fork does not carry along.

SQLite keeps its file locks per process and believes them. In a forked child they are the
parent's, so a connection opened there would hold no lock at all: the parent's last close would
delete the log under it, and with it commits already answered.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any, Final
from weakref import WeakSet


class OfOneProcess(sqlite3.Connection):
    """A connection that a forked child closes first."""

    def __init__(self, *given: Any, **options: Any) -> None:
        """Open a database."""
        super().__init__(*given, **options)
        _OPEN.add(self)


_OPEN: Final[WeakSet[OfOneProcess]] = WeakSet()


def connect(database: str, **options: Any) -> sqlite3.Connection:
    """Return a connection without implicit transactions, which a forked child closes first."""
    # The child closes what its parent's other threads opened, so none is bound to a thread.
    options |= {"isolation_level": None, "check_same_thread": False, "factory": OfOneProcess}
    db: sqlite3.Connection = sqlite3.connect(database, timeout=10, **options)
    return db


def _close_inherited() -> None:
    for db in list(_OPEN):
        db.close()


os.register_at_fork(after_in_child=_close_inherited)
