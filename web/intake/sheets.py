"""Open a spreadsheet by what it contains, whatever its name, and find the register in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from web.intake.books import OLE, read_book
from web.intake.tables import Table
from web.intake.text_tables import read_text
from web.intake.unusable import Unusable

_BOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@contextmanager
def opened(source: Path | bytes, name: str) -> Iterator[Table]:
    """Open the register's table in a file, or raise Unusable."""
    file: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with file, ExitStack() as stack:
        start = _start(file)
        if not start:
            raise Unusable("empty")
        if start.startswith((b"PK", OLE)):
            yield read_book(file, stack)
        else:
            _expect_text(start, PurePath(name).suffix.lower())
            yield read_text(file, PurePath(name).name)


def _start(file: BinaryIO) -> bytes:
    start = file.read(8192)
    file.seek(0)
    return start


def _expect_text(start: bytes, suffix: str) -> None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unusable("not-utf8")
    if b"\x00" in start or start.startswith((b"%PDF", b"{\\rtf")):
        raise Unusable("unknown-format")
    if suffix in _BOOKS:
        raise Unusable("text-in-disguise", suffix=suffix)
