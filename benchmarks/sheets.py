"""A long CSV file, made of the rows of the bundled workbook over and over."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from web.intake.columns import HEADERS, NAME
from web.intake.tables import find_header

SAMPLE = files("web.intake") / "sample" / "register-2021-2025.xlsx"


def many_rows(path: Path, rows: int) -> Path:
    """Write so many rows of the sample; names are numbered, so that no row repeats another."""
    sheet = CalamineWorkbook.from_path(str(SAMPLE)).get_sheet_by_index(0).to_python()
    header = find_header(enumerate(sheet, 1))
    assert header, "the sample has a header"
    places = header.found.places
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for at, cells in enumerate(islice(cycle(sheet[header.row :]), rows)):
            row = {name: _text(cells[places[name]]) for name in HEADERS}
            row[NAME] = f"{row[NAME]} {'I' * (at // 480)}"
            writer.writerow(row.values())
    return path


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)
