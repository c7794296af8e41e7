"""Vietnamese words of the programme, its calendar and its movements."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.calendar import DayKind

LABELS: Final[dict[StrEnum, str]] = {
    DayKind.OFF: "Ngày nghỉ",
    DayKind.WORKING: "Ngày làm việc",
}
COMMANDS: Final = {
    "declare-day": "Ghi ngày nghỉ, ngày làm bù",
}
FIELDS: Final = {
    "day": "Ngày",
}
PROBLEMS: Final = {
    "there is one calendar": "Chỉ có một lịch, mã calendar:vn.",
}
KINDS: Final = {
    "calendar": "lịch làm việc",
}
