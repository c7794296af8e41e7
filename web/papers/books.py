"""Papers as Excel books: real numbers, and headers that stay in sight."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from web.papers.paper import Cell, Grid, Paper

KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACE: Final = "Times New Roman"
LINES: Final = Border(*[Side("thin")] * 4)
FACED: Final = Font(name=FACE, size=12)
HEAD: Final = Font(name=FACE, size=12, bold=True)
DAY: Final = "dd/mm/yyyy"
FORMULAS: Final = ("=", "+", "-", "@")
WIDEST: Final = 60
LONGEST: Final = 31  # characters of a sheet's name


def render(paper: Paper, attached: bytes | None = None) -> bytes:
    """Return the tables of a paper as a book, a sheet for each."""
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    named = [(f"{at}. {grid.name or 'Bảng'}", grid) for at, grid in enumerate(grids, 1)]
    return book(named or [(paper.kind, Grid("", (), ()))])


def book(named: Sequence[tuple[str, Grid]]) -> bytes:
    """Return tables as a book, a sheet for each under its name."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, grid in named:
        _fill(made.create_sheet(name[:LONGEST]), grid)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, grid: Grid) -> None:
    sheet.append([grid.title])
    sheet.append(list(grid.columns))
    for row in grid.lines:
        sheet.append([safe(value) for value in row])
    _printed(sheet)
    sheet["A1"].font = Font(name=FACE, bold=True, size=13)
    for at, column in enumerate(grid.columns, 1):
        sheet.cell(2, at).alignment = Alignment("center", "center", wrap_text=True)
        width = max(map(len, (column, *(str(row[at - 1]) for row in grid.rows))))
        sheet.column_dimensions[get_column_letter(at)].width = min(width + 3, WIDEST)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.font, cell.border = HEAD if cell.row == 2 else FACED, LINES
            if isinstance(cell.value, int | date):
                cell.number_format = "#,##0" if isinstance(cell.value, int) else DAY


def _printed(sheet: Worksheet) -> None:
    """Keep headers in sight, and on every page of A4 that is printed, as wide as the table."""
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def safe(value: Cell) -> Cell:
    """Return a value that no program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
