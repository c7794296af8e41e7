"""The sheets of a workbook: their rows with true numbers, and which of them has the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from python_calamine import CalamineSheet

from web.intake.columns import HEADERS
from web.intake.faults import COVERED, Broken, Faults
from web.intake.tables import Cell, Header, Row, Table, blank, find_header
from web.intake.unusable import Unusable

_NOTHING: Final[Mapping[int, Broken]] = {}


@dataclass(frozen=True)
class Page:
    """One sheet: its rows as numbered by the sheet, broken cells marked as such."""

    sheet: CalamineSheet
    visible: bool
    found: Faults
    broken: dict[int, dict[int, Broken]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def height(self) -> int:
        """Return the number of the last row in use."""
        # The library's total_height is the last row's index, one less.
        return self.sheet.end[0] + 1 if self.sheet.end else 0

    def rows(self) -> Iterator[Row]:
        """Yield all rows from the first, cells from the first column in use."""
        for index, cells in enumerate(self.sheet.iter_rows()):
            broken = self.broken.get(index, _NOTHING)
            yield index + 1, self._marked(cells, broken) if broken else cells

    def mark(self, first: int) -> None:
        """Mark broken cells, and those from row index `first` on that a merge covers."""
        left = (self.sheet.start or (0, 0))[1]
        for (row, column), fault in self.found.items():
            self.broken[row][column - left] = fault
        self._mark_covered(first, left)

    def _mark_covered(self, first: int, left: int) -> None:
        for (top, start), (bottom, end) in self.sheet.merged_cell_ranges or ():
            if top < first:
                continue
            for row in range(top, min(bottom + 1, self.height)):
                for column in range(max(start, left), min(end, left + self.sheet.width) + 1):
                    if (row, column) != (top, start):
                        self.broken[row].setdefault(column - left, Broken(None, COVERED))

    @staticmethod
    def _marked(cells: Sequence[Cell], broken: Mapping[int, Broken]) -> list[Cell]:
        return [
            broken[index] if index in broken and blank(cell) else cell
            for index, cell in enumerate(cells)
        ]


@dataclass(frozen=True)
class Find:
    """A sheet that has a header row."""

    page: Page
    header: Header

    def table(self) -> Table:
        """Return the table below the header."""
        row = self.header.row
        return Table(
            self.page.sheet.name,
            self.header,
            islice(self.page.rows(), row, None),
            self.page.height - row,
        )

    def ready(self) -> bool:
        """Return whether there is anything to take in here."""
        complete = not self.header.found.missing
        return self.page.visible and complete and next(self.table().known(), None) is not None


def table(pages: Sequence[Page]) -> Table:
    """Return the one table among the sheets, or raise Unusable."""
    finds = [Find(page, header) for page in pages if (header := find_header(page.rows()))]
    if not finds:
        filled = any(page.sheet.end for page in pages)
        raise Unusable("no-header" if filled else "empty-sheets", columns=", ".join(HEADERS))
    find = _chosen(finds)
    find.header.checked(find.page.sheet.name)
    find.page.mark(find.header.row)
    return find.table()


def _chosen(finds: list[Find]) -> Find:
    """Return the sheet to read; two that are ready would leave one of them unread."""
    ready = [find for find in finds if find.ready()]
    if len(ready) > 1:
        raise Unusable(
            "two-tables", sheets=", ".join(f"“{find.page.sheet.name}”" for find in ready)
        )
    return ready[0] if ready else max(finds, key=lambda find: len(find.header.found.places))
