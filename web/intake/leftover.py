"""The rows that could not be taken in, untouched, each with the reasons in a last column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from web.intake.faults import Broken
from web.intake.notes import Problem
from web.intake.report import explained
from web.intake.sheets import opened
from web.intake.tables import Cell, Table

REASON: Final = "Lý do"
EXCEL_LIMIT: Final = 32767  # characters in a cell; more, and Excel calls the file damaged
CUT: Final = f"Ô dài hơn {EXCEL_LIMIT} ký tự đã được cắt trong tệp này."


def write(out: Path, source: Path | bytes, name: str, problems: Iterable[Problem]) -> int:
    """Write the rows of `source` that have problems to a new .xlsx; return how many."""
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    with opened(source, name) as table:
        _write(out, table, by_row)
    return len(by_row)


def _write(out: Path, table: Table, by_row: Mapping[int, Sequence[Problem]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.freeze_panes = "A2"
    kept = [index for index, cell in enumerate(table.header.cells) if cell != REASON]
    header = [_cell(sheet, table.header.cells[index]) for index in kept]
    header.append(_cell(sheet, REASON))
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in _bad_rows(sheet, table, kept, by_row):
        sheet.append(row)
    book.save(out)


def _bad_rows(
    sheet: Any, table: Table, kept: Sequence[int], by_row: Mapping[int, Sequence[Problem]]
) -> Iterator[list[Any]]:
    for number, cells in table.rows:
        if number in by_row:
            values = [cells[index] if index < len(cells) else "" for index in kept]
            reason = explained(by_row[number])
            if any(isinstance(value, str) and len(value) > EXCEL_LIMIT for value in values):
                reason = f"{reason}\n{CUT}"
            last = _cell(sheet, reason)
            last.alignment = Alignment(wrap_text=True, vertical="top")
            yield [*(_cell(sheet, value) for value in values), last]


def _cell(sheet: Any, value: Cell) -> Any:
    """Return a cell with the value as it was; text stays text, even after an equals sign."""
    if isinstance(value, Broken):
        value = value.shown or ""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:EXCEL_LIMIT])
        cell.data_type = "s"
        return cell
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return WriteOnlyCell(sheet, value)
