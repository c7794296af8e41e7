"""Papers as Excel books: real numbers, and headers that stay in sight."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from web.papers.paper import Grid, Paper

KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULAS: Final = ("=", "+", "-", "@")
WIDEST: Final = 60
LONGEST: Final = 31  # characters of a sheet's name


def render(paper: Paper, attached: bytes | None = None) -> bytes:
    """Return the tables of a paper as a book, a sheet for each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    for number, grid in enumerate(grids, 1):
        sheet = book.create_sheet(f"{number}. {grid.name or 'Bảng'}"[:LONGEST])
        sheet.append([grid.title])
        sheet.append(list(grid.columns))
        for row in grid.rows:
            sheet.append([safe(value) for value in row])
        sheet.freeze_panes = "A3"
        sheet["A1"].font = Font(name="Times New Roman", bold=True, size=13)
        for at, column in enumerate(grid.columns, 1):
            head = sheet.cell(2, at)
            head.font, head.alignment = Font(bold=True), Alignment("center", wrap_text=True)
            texts = [str(row[at - 1]) for row in grid.rows]
            width = max(map(len, (column, *texts)))
            sheet.column_dimensions[get_column_letter(at)].width = min(width + 3, WIDEST)
        for cells in sheet.iter_rows(min_row=3):
            for cell in cells:
                if isinstance(cell.value, int):
                    cell.number_format = "#,##0"
    if not grids:
        book.create_sheet(paper.kind[:LONGEST])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(value: str | int) -> str | int:
    """Return a value that no program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
