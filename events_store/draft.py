"""What a transaction adds, kept back until its end, so that PostgreSQL takes it in one statement.

Whoever has just read where the log ends need not hold up the others meanwhile: the statement
adds its rows only if the log still ends there, and every reader's facts are as they were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from events_store.recorder import GROW, Head

TYPES: Final = {int: "bigint", str: "text", bytes: "bytea"}
# Whoever finds the end of the log held by another does not wait to be told that it has moved.
MOVE: Final = (
    "WITH moved AS (UPDATE head SET size = %b::bigint, edge = %b::bytea, recorded_at = %b::bigint"
    " WHERE id = (SELECT id FROM head WHERE size = %b::bigint FOR UPDATE SKIP LOCKED) RETURNING 1)"
)
FEW: Final = 20  # rows of one table; more are worth a transaction of several statements

_ADD: Final = re.compile(r"INSERT INTO (\w+) (VALUES \(\?(?:, \?)*\))")

Rows = Sequence[Sequence[Any]]


class Draft:
    """Rows to be added all at once, and where the log must end for that."""

    def __init__(self, seen: Head, *, begun: bool = False) -> None:
        """Begin with nothing, at the end of the log as seen; in a transaction if it has begun."""
        self.size, self.begun = seen[0], begun
        self.added: list[tuple[str, Rows]] = []
        self.tables: set[str] = set()

    @property
    def grows(self) -> bool:
        """Return whether it moves the end of the log: without that, nothing guards the rest."""
        return "head" in self.tables

    def takes(self, sql: str, rows: Rows) -> bool:
        """Add rows, if one statement can add them with all others; return whether it can."""
        found = _ADD.match(sql)
        table = "head" if sql == GROW else found[1] if found else None
        if table is None or table in self.tables or len(rows) > FEW:
            return False
        self.tables.add(table)
        self.added.append((sql, rows))
        return True

    def touches(self, sql: str) -> bool:
        """Return whether a statement names a table that rows wait for."""
        return not self.tables.isdisjoint(_words(sql))

    def statement(self) -> tuple[str, list[Any]]:
        """Return one statement for all of it, which finds a row if the log ended there."""
        (grown,) = next(rows for sql, rows in self.added if sql == GROW)
        values, parts = [*grown, self.size], []
        for sql, rows in self.added:
            if sql == GROW:
                continue
            if len(rows) == 1:
                parts.append((sql, False, tuple(map(_kind, rows[0]))))
                values += rows[0]
            else:
                columns = [list(column) for column in zip(*rows, strict=True)]
                parts.append((sql, True, tuple(map(kind, columns))))
                values += columns
        return _spelled(tuple(parts)), values


def kind(column: Sequence[Any]) -> str:
    """Return what the server calls the type of a column's values."""
    return _kind(next((value for value in column if value is not None), ""))


def _kind(value: Any) -> str:
    return TYPES.get(type(value), "text")


@lru_cache(maxsize=1000)
def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql))


@lru_cache(maxsize=1000)
def _spelled(parts: tuple[tuple[str, bool, tuple[str, ...]], ...]) -> str:
    text = MOVE
    for at, (sql, many, types) in enumerate(parts):
        marks = ", ".join(f"%b::{name}[]" if many else f"%b::{name}" for name in types)
        given = (
            f"SELECT d.* FROM moved, unnest({marks}) AS d"
            if many
            else f"SELECT {marks} FROM moved"
        )
        found = _ADD.match(sql)
        assert found, "only rows that are added are drafted"
        text += f", a{at} AS ({sql[: found.start(2)]}{given}{sql[found.end(2) :]})"
    return f"{text} SELECT 1 FROM moved"
