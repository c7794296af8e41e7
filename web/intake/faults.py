"""What a workbook's own XML tells and the reading library does not.

python-calamine gives an error cell, and a formula that was never computed, as an empty cell.
Taking those for blanks would lose facts in silence, so the sheet's XML is looked through first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final
from xml.etree import ElementTree
from zipfile import ZipFile

from web.intake.unusable import Unusable
from web.languages import Later

UNPACKED_LIMIT: Final = 2**30
CELL_LIMIT: Final = 25_000_000  # a full sheet of 22 columns; the library holds every cell
_BLOCK: Final = 2**20

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
_FAR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{2,3})[0-9]+"[^>]*(?<!/)>')
_FAULT = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*(?<!/)>'
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
# Excel writes t="str" and an empty value where a formula yields an empty text: that is a blank.
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*(?<!/)>\s*'
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# [MS-XLS] 2.4.24 BoolErr with its error flag, and 2.4.127 Formula with an error as value.
_XLS_FAULT = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01"
    rb"|\x06\x00.{8}\x02\x00[\x00\x07\x0f\x17\x1d\x24\x2a]\x00\x00\x00\xff\xff",
    re.DOTALL,
)


@dataclass(frozen=True)
class Broken:
    """A cell that holds no usable value: what it shows, and what to do about it."""

    shown: str | None
    expected: str


FAULT: Final = Later("Ô đang báo lỗi công thức. Sửa công thức hoặc gõ thẳng giá trị.")
UNCOMPUTED: Final = Later(
    "Công thức chưa được tính. Mở tệp bằng Excel và lưu lại, hoặc gõ thẳng giá trị."
)
COVERED: Final = Later("Ô bị gộp với ô khác. Bỏ gộp ô rồi điền từng dòng.")

Faults = dict[tuple[int, int], Broken]


def weigh(archive: ZipFile) -> None:
    """Refuse an archive that unpacks to more than this machine should hold."""
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_LIMIT:
        raise Unusable("too-heavy")


def xlsx_faults(archive: ZipFile) -> dict[str, Faults]:
    """Return, sheet by sheet, which cells hold errors or uncomputed formulas, from (0, 0)."""
    names = set(archive.namelist())
    return {
        sheet: _sheet_faults(archive, sheet, part)
        for sheet, part in _parts(archive).items()
        if part in names
    }


def _sheet_faults(archive: ZipFile, sheet: str, part: str) -> Faults:
    found: Faults = {}
    last_row, last_column = 0, 0
    with archive.open(part) as stream:
        for block in _blocks(stream):
            last_row = max([last_row, *map(int, _ROW.findall(block))])
            last_column = max([last_column, *(column(far) for far in set(_FAR.findall(block)))])
            _collect(block, found)
    if last_row * (last_column + 1) > CELL_LIMIT:
        raise Unusable("too-large", sheet=sheet, row=last_row, column=last_column + 1)
    return found


def ods_faults(archive: ZipFile) -> int:
    """Return how many cells of an .ods file show an error."""
    mark, count, tail = b'calcext:value-type="error"', 0, b""
    with archive.open("content.xml") as stream:
        while block := stream.read(_BLOCK):
            count += (tail + block).count(mark)
            tail = block[-len(mark) + 1 :]
    return count


def xls_faults(content: bytes) -> int:
    """Return how many cells of an .xls file show an error, by the look of its records."""
    return len(_XLS_FAULT.findall(content))


def column(letters: bytes) -> int:
    """Return the number, from 0, of a column such as `AB`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _collect(block: bytes, found: Faults) -> None:
    if b't="e"' in block:
        for letters, row, shown in _FAULT.findall(block):
            found[int(row) - 1, column(letters)] = Broken(shown.decode(), FAULT)
    if b"f>" in block or b"f " in block:
        for letters, row, formula in _UNCOMPUTED.findall(block):
            shown = f"={formula.decode(errors='replace')}"
            found[int(row) - 1, column(letters)] = Broken(shown, UNCOMPUTED)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in pieces that end with a row, so that no cell is cut in two."""
    rest = b""
    while block := stream.read(_BLOCK):
        whole, end, rest = (rest + block).rpartition(b"row>")
        if whole:
            yield whole + end
    yield rest


def _parts(archive: ZipFile) -> dict[str, str]:
    """Return the part of an .xlsx archive that holds each sheet, by name."""
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    return {
        element.get("name", ""): _path(targets.get(_id(element), ""))
        for element in _elements(archive, "xl/workbook.xml", "sheet")
    }


def _elements(archive: ZipFile, part: str, name: str) -> list[ElementTree.Element]:
    if part not in archive.namelist():
        return []
    tree = ElementTree.fromstring(archive.read(part))
    return [element for element in tree.iter() if element.tag.rpartition("}")[2] == name]


def _id(element: ElementTree.Element) -> str:
    return next((v for key, v in element.attrib.items() if key.endswith("}id")), "")


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
