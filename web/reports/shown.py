"""A report in words: tables of a document with titles, definitions and names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from events_store.figures import FIGURES, Value
from events_store.figures.figure import Holds
from web.languages import _
from web.reports.document import REST
from web.words import figures as words
from web.words.labels import STATES

PLANE: Final = 2  # keys that a chart has room for
MOST: Final = 40  # rows


class Table(NamedTuple):
    """One figure: cells are text, or whole numbers."""

    name: str
    title: str
    definition: str
    columns: list[str]
    rows: list[list[str | int]]
    keys: int
    holds: list[Holds]

    @property
    def drawn(self) -> bool:
        """Return whether a chart says more than the table: counts by one or two keys, not many."""
        return self.total is not None and self.keys <= PLANE and 1 < len(self.apart) <= MOST

    @property
    def apart(self) -> list[list[str | int]]:
        """Return the rows but for the one that holds the rest."""
        return [row for row in self.rows if row[0] != cell(REST, Holds.TEXT, {})]

    @property
    def total(self) -> int | None:
        """Return the sum of what is counted, where each row is a count and nothing else."""
        if len(self.columns) != self.keys + 1:
            return None
        return sum(row[-1] for row in self.rows if isinstance(row[-1], int))


def pivoted(table: Table) -> Table:
    """Return counts by something and by state with a column for each state; others as they are."""
    if table.keys != PLANE or table.total is None or table.holds[1] is not Holds.STATE:
        return table
    rest = cell(REST, Holds.TEXT, {})  # stands in a row of its own
    order = [*STATES.values()]  # what is none of them, as "not yet", comes last
    told = dict.fromkeys(str(row[1]) for row in table.rows if row[0] != rest)
    heads = sorted(told, key=lambda head: order.index(head) if head in order else len(order))
    firsts = dict.fromkeys(row[0] for row in table.rows)
    cells = {(row[0], row[1]): row[2] for row in table.rows}
    rows = [
        [one, *(cells.get((one, head), "") for head in heads), sum(_numbers(one, cells))]
        for one in firsts
    ]
    columns = [table.columns[0], *heads, _("Cộng")]
    holds = [table.holds[0], *[Holds.COUNT] * (len(heads) + 1)]
    return table._replace(columns=columns, rows=rows, keys=1, holds=holds)


def _numbers(one: str | int, cells: Mapping[tuple[str | int, str | int], str | int]) -> list[int]:
    return [n for (first, _head), n in cells.items() if first == one and isinstance(n, int)]


def tables(document: bytes | str) -> list[Table]:
    """Return the tables of a document, in their order."""
    content = json.loads(document)
    return [_table(figure, content["names"]) for figure in content["figures"]]


def _table(figure: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    name, columns = figure["name"], figure["columns"]
    ours = FIGURES.get(name)
    holds = {column.name: column.holds for column in ours.columns} if ours else {}
    kinds = [holds.get(column, Holds.TEXT) for column in columns]
    rows = [_row(row, kinds, names) for row in figure["rows"]]
    title = words.TITLES.get(name, name)
    definition = words.DEFINITIONS.get(name, "")
    heads = [words.COLUMNS.get(one, one) for one in columns]
    return Table(name, title, definition, heads, rows, len(ours.by) if ours else 1, kinds)


def _row(
    row: Sequence[Value], kinds: Sequence[Holds], names: Mapping[str, str]
) -> list[str | int]:
    told = [cell(value, kind, names) for value, kind in zip(row, kinds, strict=False)]
    rest = row.count(REST)  # said once
    return told if rest < 2 else [told[0], *[""] * (rest - 1), *told[rest:]]


def cell(value: Value, kind: Holds, names: Mapping[str, str]) -> str | int:
    """Return one value in words."""
    if value is None:
        return _("không nêu") if kind is Holds.COUNT else ""
    if value == REST:
        return _("Khác (gộp để không lộ ô dưới 5)")
    if kind in (Holds.COUNT, Holds.DAYS):
        return value  # a number still, for books and sums
    return words.cell(value, kind, names)
