"""The register's table inside a spreadsheet: a header, and rows with their true numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from web.intake.columns import HEADERS, Heading, heading
from web.intake.faults import Broken
from web.intake.unusable import Unusable

Cell = str | float | bool | date | datetime | time | timedelta | Broken
Row = tuple[int, Sequence[Cell]]

SEARCHED: Final = 200  # rows in which the header may stand
FEWEST: Final = 5  # known headers that make a row a header row


@dataclass(frozen=True)
class Header:
    """Where the header row stands and what it says, also in columns we do not know."""

    row: int
    cells: tuple[Cell, ...]
    found: Heading

    def checked(self, sheet: str) -> Header:
        """Return this header, or raise Unusable where columns are missing or repeated."""
        place = {"sheet": sheet, "row": self.row}
        if missing := self.found.missing:
            raise Unusable("missing-columns", missing=", ".join(missing), **place)
        if repeated := self.found.repeated:
            raise Unusable("repeated-columns", repeated=", ".join(repeated), **place)
        return self


@dataclass(frozen=True)
class Table:
    """The register's table: its header, then rows as the sheet numbers them, from 1."""

    sheet: str
    header: Header
    rows: Iterator[Row]
    total: int | None

    def known(self) -> Iterator[Row]:
        """Yield each row that is not empty, cells in the order of the 22 known columns."""
        places = [self.header.found.places[name] for name in HEADERS]
        for number, cells in self.rows:
            width = len(cells)
            row = tuple(cells[place] if place < width else "" for place in places)
            if not all(blank(cell) for cell in row):
                yield number, row


def blank(cell: Cell) -> bool:
    """Return whether a cell has nothing of its own."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return isinstance(cell, Broken) and cell.shown is None


def find_header(rows: Iterator[Row]) -> Header | None:
    """Return the row among the first that has the most known headers, if it has enough."""
    best: Header | None = None
    for number, cells in islice(rows, SEARCHED):
        found = heading(cells)
        if len(found.places) >= FEWEST and (
            best is None or len(found.places) > len(best.found.places)
        ):
            best = Header(number, tuple(cells), found)
        if best and not best.found.missing:
            break
    return best
