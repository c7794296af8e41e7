"""Which entries a command has made, so that the same command is recorded once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import msgspec

from events_store.database import Database
from events_store.recorder import Row


class _Body(msgspec.Struct):
    command_id: str


_peek: Final = msgspec.json.Decoder(_Body).decode


class Answered:
    """Keeps `command` in step with the entries."""

    tables: Sequence[str] = ("command",)

    def project(self, db: Database, rows: Sequence[Row]) -> None:
        """Write one row for each command among new rows."""
        made = [
            (command_id, first[0], 1 + sum(1 for _ in rest))
            for command_id, group in groupby(rows, key=lambda row: _peek(row[5]).command_id)
            for first, rest in [(next(group), group)]
        ]
        # Entries of one command lie together; of others that bear its id, none is its own.
        first = {row[0]: row for row in reversed(made)}
        db.executemany(
            "INSERT INTO command VALUES (?, ?, ?)"
            " ON CONFLICT (command_id) DO UPDATE SET count = command.count + excluded.count"
            " WHERE command.position + command.count = excluded.position",
            list(first.values()),
        )
