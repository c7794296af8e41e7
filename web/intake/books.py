"""Workbooks (.xlsx, .xls, .ods): which kind a file is, and the register's table in it."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from web.intake import probe
from web.intake.book_pages import Page, table
from web.intake.faults import Faults, ods_faults, weigh, xls_faults, xlsx_faults
from web.intake.tables import Table
from web.intake.unusable import Unusable

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_PATIENCE: Final = 120  # seconds for reading a workbook
_DAMAGED: Final = (
    *(CalamineError, BadZipFile, ParseError, ZlibError, EOFError, KeyError, ValueError),
    *(RuntimeError, struct.error),
)


@dataclass(frozen=True)
class Book:
    """An open workbook, and which cells of its sheets hold errors or uncomputed formulas."""

    workbook: CalamineWorkbook
    faults: Mapping[str, Faults] = field(default_factory=dict)

    def pages(self) -> list[Page]:
        """Return the sheets that hold cells."""
        return [
            Page(
                self.workbook.get_sheet_by_name(told.name),
                told.visible is SheetVisibleEnum.Visible,
                self.faults.get(told.name, {}),
            )
            for told in self.workbook.sheets_metadata
            if told.typ is SheetTypeEnum.WorkSheet
        ]


def read_book(file: BinaryIO, stack: ExitStack) -> Table:
    """Return the register's table in a workbook, or raise Unusable."""
    try:
        return table(_book(file, stack).pages())
    except _DAMAGED as error:
        raise Unusable("damaged") from error


def _book(file: BinaryIO, stack: ExitStack) -> Book:
    if file.read(len(OLE)) == OLE:
        return Book(_old_book(file))
    archive = stack.enter_context(ZipFile(file))
    weigh(archive)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        # Before the library opens it: a cell far away would make it ask for too much memory.
        found = xlsx_faults(archive)
        return Book(_open(file, "damaged"), found)
    if "content.xml" not in names or b"spreadsheet" not in archive.read("mimetype"):
        raise Unusable("unknown-format")
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unusable("protected")
    if count := ods_faults(archive):
        raise Unusable("cell-faults", count=count)
    return Book(_open(file, "damaged"))


def _old_book(file: BinaryIO) -> CalamineWorkbook:
    """Open an .xls; the same container also wraps encrypted .xlsx files and old documents."""
    file.seek(0)
    content = file.read()
    if _ENCRYPTED in content:
        raise Unusable("protected")
    if not any(stream in content for stream in _XLS_STREAMS):
        raise Unusable("unknown-format")
    if count := xls_faults(content):
        raise Unusable("cell-faults", count=count)
    return _open(io.BytesIO(content), "damaged-xls")


def _open(file: BinaryIO, otherwise: str) -> CalamineWorkbook:
    """Open a workbook after another process has shown that it can be opened."""
    file.seek(0)
    program = [sys.executable, "-I", probe.__file__]
    try:
        tried = subprocess.run(program, input=file.read(), capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise Unusable("too-heavy") from None
    if tried.returncode:
        raise Unusable("protected" if tried.returncode == probe.PROTECTED else otherwise)
    file.seek(0)
    return CalamineWorkbook.from_filelike(file)
