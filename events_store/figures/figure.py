"""A figure: one SQL text, which counts rows that each know the entries behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple, get_args

from domain.corrections import Correction
from events_store.names import NAME_OF, NAMES
from events_store.spans import TELLING

CORRECTING: Final = frozenset(NAME_OF[kind] for kind in get_args(Correction))


class Holds(StrEnum):
    """What a column holds, so that whoever shows it knows how."""

    STATE = "state"
    UNIT = "unit"
    KIND = "kind"
    PRIORITY = "priority"
    SUBJECT = "subject"  # of any kind, by its id
    PERSON = "person"
    NEED = "need"
    WORD = "word"  # a stored word, such as a title
    TEXT = "text"  # as recorded, such as a symbol or a share
    YEAR = "year"
    MONTH = "month"
    COUNT = "count"
    DAYS = "days"


class Column(NamedTuple):
    """A column: its name, what it holds, and how it is made of the rows found."""

    name: str
    holds: Holds
    sql: str = ""

    @property
    def made(self) -> str:
        """Return the text that makes it."""
        return self.sql or self.name


COUNT: Final = (Column("count", Holds.COUNT, "COUNT(*)"),)


@dataclass(frozen=True, eq=False)
class Figure:
    """What is counted, and by what.

    `found` selects one row for each thing counted: the columns of `by`, and in `behind` the
    positions of the entries that it rests on. `uses` are the texts that `found` reads from.
    """

    name: str
    found: str
    by: tuple[Column, ...] = ()
    of: tuple[Column, ...] = COUNT
    uses: tuple[str, ...] = ()
    behind: tuple[str, ...] = ("position",)
    ranked: bool = False

    @property
    def period(self) -> bool:
        """Return whether it is about a period, and not about a day alone."""
        return ":since" in self.sql or ":begins" in self.sql

    @property
    def mapped(self) -> bool:
        """Return whether it can tell units as they are now."""
        return ":mapped" in self.sql

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return the stored names of what it rests on: nothing else tells it otherwise."""
        named = frozenset(re.findall(r"'([a-z-]+)'", self.sql)) & NAMES.keys()
        return named | (TELLING if "span" in self.sql else CORRECTING)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of an answer."""
        return (*self.by, *self.of)

    @cached_property
    def rows(self) -> str:
        """Return the text that names the rows found `found`."""
        return f"WITH {','.join((*self.uses, f' found AS ({self.found})'))}"

    @cached_property
    def sql(self) -> str:
        """Return the text that answers."""
        return f"{self.rows} {_ranks(self.by) if self.ranked else _groups(self.by, self.of)}"

    def drill(self, keys: Sequence[str]) -> str:
        """Return the text that finds the entries behind the rows with some keys."""
        where = " AND ".join(f"{key} = :key_{key}" for key in keys) or "1 = 1"
        found = " UNION ".join(
            f"SELECT {column} AS at FROM found WHERE {where} AND {column} IS NOT NULL"
            for column in self.behind
        )
        return (
            f"{self.rows} SELECT at FROM ({found}) AS f WHERE at > :after ORDER BY at LIMIT :limit"
        )


# A rank is the least number of days that so many in a hundred do not exceed.
RANKS: Final = (
    Column("count", Holds.COUNT),
    *(Column(f"p{part}", Holds.DAYS) for part in (25, 50, 75, 90)),
    Column("longest", Holds.DAYS),
)


def _groups(by: Sequence[Column], of: Sequence[Column]) -> str:
    columns = ", ".join(f"{column.made} AS {column.name}" for column in (*by, *of))
    return f"SELECT {columns} FROM found{_by(by)}"


def _ranks(by: Sequence[Column]) -> str:
    keys = "".join(f"{column.made}, " for column in by)
    days = (*by, Column("days", Holds.DAYS))
    names = "".join(f"{column.name}, " for column in by)
    within = f"PARTITION BY {names[:-2]}" if by else ""
    ranks = "".join(
        f", MIN(CASE WHEN upto * 100 >= total * {part} THEN days END) AS p{part}"
        for part in (25, 50, 75, 90)
    )
    return (
        f"SELECT {names}MAX(total) AS count{ranks}, MAX(days) AS longest FROM ("
        f"SELECT {names}days, SUM(n) OVER ({within} ORDER BY days) AS upto,"
        f" SUM(n) OVER ({within}) AS total FROM ("
        f"SELECT {keys}days, COUNT(*) AS n FROM found{_by(days)}"
        f") AS t) AS r{_by(by)}"
    )


def _by(columns: Sequence[Column]) -> str:
    places = ", ".join(str(at + 1) for at in range(len(columns)))
    return f" GROUP BY {places}" if places else ""
