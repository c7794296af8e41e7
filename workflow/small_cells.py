"""Small cells: which numbers of tables are left untold, so that nobody can be told apart.

A cell below `LEAST` is not told. Nor is what would tell it: along every line of a table, by any
of its columns and in all, either everything is told, or what is left out are two cells at least
that together are not small. What one table leaves out, no other table tells, in a cell or as the
sum of a line. Numbers of one report are compared, not those of several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

LEAST: Final = 5  # people in a cell of a public table (domain facts 4.3)
Value = str | int | None
Keys = tuple[Value, ...]
Mark = tuple[frozenset[tuple[str, Value]], int]  # a number: of whom it is, and how many they are


class Table(NamedTuple):
    """How many there are, by the values of some columns.

    In a column that is `shared`, the same people may be in several groups.
    """

    columns: tuple[str, ...]
    cells: Mapping[Keys, int]
    shared: Collection[str] = ()


class _Line(NamedTuple):
    mark: Mark
    cells: tuple[Keys, ...]  # the smallest first


def untold(tables: Sequence[Table], least: int = LEAST) -> list[set[Keys]]:
    """Return which cells of each table are not told, beside those that are 0."""
    lines = [[*_lines(table)] for table in tables]
    numbers = {
        line.mark for t, ls in zip(tables, lines, strict=True) if not t.shared for line in ls
    }
    found = [set(_small(table, numbers, least)) for table in tables]
    secret: set[Mark] = set()
    size = -1
    while size < (size := sum(map(len, found)) + len(secret)):
        for table, within, ours in zip(tables, lines, found, strict=True):
            ours |= {*_within(table, secret)} if table.shared else set()
            for line in within:
                _close(table, line, ours, secret, least)
    return found


def _lines(table: Table) -> Iterator[_Line]:
    """Yield the lines of a table by every choice of its columns: in the end single cells."""
    fixed = [column for column in table.columns if column in table.shared]
    free = [column for column in table.columns if column not in table.shared]
    there = sorted((n, str(keys), keys) for keys, n in table.cells.items() if n)
    for many in range(len(free) + 1):
        for chosen in combinations(free, many):
            at = [i for i, c in enumerate(table.columns) if c in chosen or c in fixed]
            found: dict[Keys, list[Keys]] = {}
            for _count, _text, keys in there:
                found.setdefault(tuple(keys[i] for i in at), []).append(keys)
            for values, cells in found.items():
                told = frozenset(zip((table.columns[i] for i in at), values, strict=True))
                total = sum(table.cells[keys] for keys in cells)
                yield _Line((told, total), tuple(cells))


def _small(table: Table, numbers: Collection[Mark], least: int) -> Iterator[Keys]:
    """Yield the cells that are small; of shared columns, those that with another leave few."""
    beside: dict[frozenset[tuple[str, Value]], list[int]] = {}
    yield from (keys for keys, count in table.cells.items() if 0 < count < least)
    for keys, count in table.cells.items() if table.shared else ():
        beside.setdefault(_others(table, keys), [0]).append(count)
    for keys, count in table.cells.items() if table.shared else ():
        of = _others(table, keys)
        sums = {count + other + more for other in beside[of] for more in range(1, least)}
        if any((of, total) in numbers for total in sums):
            yield keys


def _within(table: Table, secret: Collection[Mark]) -> Iterator[Keys]:
    """Yield the cells of shared columns which are part of a number that nobody may find."""
    for keys, count in table.cells.items():
        of = _others(table, keys)
        if any(whose == of and total >= count for whose, total in secret):
            yield keys


def _others(table: Table, keys: Keys) -> frozenset[tuple[str, Value]]:
    """Return of whom a cell is, but for the columns that are shared."""
    told = zip(table.columns, keys, strict=True)
    return frozenset((column, value) for column, value in told if column not in table.shared)


def _close(table: Table, line: _Line, ours: set[Keys], secret: set[Mark], least: int) -> None:
    """Leave so much of a line untold that nothing small, and nothing secret, is the rest of it."""
    left = [keys for keys in line.cells if keys in ours]
    if not left and line.mark not in secret:
        return
    for keys in line.cells:
        if len(left) > 1 and sum(table.cells[one] for one in left) >= least:
            return
        if keys not in ours:
            ours.add(keys)
            left.append(keys)
    if len(line.cells) == 1:
        secret.add(line.mark)
