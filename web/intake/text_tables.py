"""CSV in UTF-8, separated by comma, semicolon or tab: read as a stream, never held whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final

from web.intake.columns import HEADERS
from web.intake.tables import Header, Row, Table, find_header
from web.intake.unusable import Unusable

SEPARATORS: Final = ",;\t"
_LONGEST_CELL: Final = 16 * 2**20


def read_text(file: BinaryIO, name: str) -> Table:
    """Return the register's table in a CSV file, or raise Unusable."""
    # The limit is the module's own and holds for the process; the usual 128 KB would turn
    # one long cell into an unreadable file.
    csv.field_size_limit(_LONGEST_CELL)
    headers = [(_header(file, separator), separator) for separator in SEPARATORS]
    header, separator = max(headers, key=lambda pair: _known(pair[0]))
    if header is None:
        raise Unusable("no-header", columns=", ".join(HEADERS))
    rows = islice(_rows(file, separator), header.row, None)
    return Table(name, header.checked(name), rows, None)


def _known(header: Header | None) -> int:
    return len(header.found.places) if header else 0


def _header(file: BinaryIO, separator: str) -> Header | None:
    """Return the header row with this separator; a wrong one may not even parse."""
    try:
        return find_header(_rows(file, separator))
    except Unusable as unusable:
        if unusable.reason == "broken-csv":
            return None
        raise


def _rows(file: BinaryIO, separator: str) -> Iterator[Row]:
    """Yield all rows; the number counts records, as a spreadsheet would show them."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=separator, strict=True), 1):
            yield number, cells
    except UnicodeDecodeError:
        raise Unusable("not-utf8") from None
    except csv.Error:
        raise Unusable("broken-csv", row=number + 1) from None
    finally:
        text.detach()
