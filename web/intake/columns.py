"""The 22 columns of the register's spreadsheet, found by their headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.vietnamese import plain, spelling

NUMBER: Final = "STT"
KIND: Final = "Loại"
NAME: Final = "Tên"
BIRTH_YEAR: Final = "Năm sinh"
SEX: Final = "Giới tính"
PERSON_KIND: Final = "Đối tượng"
POSITION: Final = "Chức vụ"
UNIT: Final = "Đơn vị"
PLACE: Final = "Địa bàn"
PRIORITY: Final = "Nhóm ưu tiên"
FIELD: Final = "Lĩnh vực"
MOVEMENT: Final = "Phong trào"
ACHIEVEMENT: Final = "Thành tích"
DISCOVERED: Final = "Ngày phát hiện"
MINUTES: Final = "Biên bản suy tôn"
NURTURED: Final = "Ngày bồi dưỡng"
SUMMARIZED: Final = "Ngày tổng kết"
DECISION: Final = "Số QĐ công nhận"
REPLICATED: Final = "Ngày nhân điển hình"
OUTCOME: Final = "Kết quả"
ENDED: Final = "Ngày kết quả"
TITLES: Final = "Danh hiệu"

HEADERS: Final = (
    *(NUMBER, KIND, NAME, BIRTH_YEAR, SEX, PERSON_KIND, POSITION, UNIT, PLACE, PRIORITY, FIELD),
    *(MOVEMENT, ACHIEVEMENT, DISCOVERED, MINUTES, NURTURED, SUMMARIZED, DECISION, REPLICATED),
    *(OUTCOME, ENDED, TITLES),
)
INDEX: Final = {header: index for index, header in enumerate(HEADERS)}

_BY_SPELLING: Final = {spelling(header): header for header in HEADERS}
_WITHOUT_MARKS: Final = {plain(header): header for header in HEADERS}
_LONGEST: Final = 60


@dataclass(frozen=True)
class Heading:
    """What one row offers as headers: where each stands, and which stand twice."""

    places: dict[str, int]
    repeated: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the headers that are not there, in their usual order."""
        return tuple(header for header in HEADERS if header not in self.places)


def heading(cells: Sequence[object]) -> Heading:
    """Return the headers found in a row."""
    places: dict[str, int] = {}
    repeated: list[str] = []
    for index, cell in enumerate(cells):
        header = _header(cell)
        if header in places:
            repeated.append(header)
        elif header:
            places[header] = index
    return Heading(places, tuple(dict.fromkeys(repeated)))


def _header(cell: object) -> str:
    """Return the known header a cell spells, or nothing; typing it without marks is allowed."""
    if not isinstance(cell, str) or not 0 < len(cell) <= 4 * _LONGEST:
        return ""
    return _BY_SPELLING.get(spelling(cell)) or (
        _WITHOUT_MARKS.get(plain(cell), "") if cell.isascii() else ""
    )
