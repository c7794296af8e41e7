"""Vietnamese words of quotas."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain import quota
from domain.quota import Excess
from domain.values import CandidateKind

LABELS: Final[dict[StrEnum, str]] = {
    Excess.TOTAL: "tổng chỉ tiêu",
    Excess.LINE: "chỉ tiêu của đối tượng, lĩnh vực",
    Excess.SHARE: "chỉ tiêu của đơn vị",
}
KINDS_OF_LINE: Final = {
    CandidateKind.INDIVIDUAL: "cá nhân",
    CandidateKind.COLLECTIVE: "tập thể",
    CandidateKind.MODEL: "mô hình",
}
COMMANDS: Final = {
    "allocate-quota": "Ghi chỉ tiêu được phân bổ",
    "change-quota": "Ghi thay đổi chỉ tiêu",
    "set-quota-line": "Chia chỉ tiêu theo đối tượng",
    "set-quota-share": "Chia chỉ tiêu cho đơn vị",
    "select-delegate": "Chọn đại biểu",
    "place-in-reserve": "Đưa vào danh sách dự khuyết",
    "replace-delegate": "Thay đại biểu",
    "drop-delegate": "Đưa ra khỏi danh sách đại biểu",
    "close-quota": "Chốt danh sách đại biểu",
}
FIELDS: Final = {
    "count": "Số lượng",
    "successor": "Người thay",
    "total": "Tổng số",
}
KINDS: Final = {"quota": "chỉ tiêu"}


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case quota.QuotaAllocated(name, total, document):
            return f"Được phân bổ {total} chỉ tiêu dự {name}, {document}"
        case quota.QuotaChanged(total, document):
            return f"Chỉ tiêu đổi thành {total}, {document}"
        case quota.QuotaLineSet(kind, count, document, field):
            of = f", lĩnh vực {field}" if field else ""
            return f"Trong đó {count} {KINDS_OF_LINE[kind]}{of}, {document}"
        case quota.QuotaShareSet(_, count, document):
            return f"Chia cho một đơn vị {count} chỉ tiêu, {document}"
        case quota.DelegateSelected(_, kind):
            return f"Chọn một {KINDS_OF_LINE[kind]} làm đại biểu"
        case quota.ReservePlaced(_, kind):
            return f"Đưa một {KINDS_OF_LINE[kind]} vào danh sách dự khuyết"
        case quota.DelegateReplaced():
            return "Thay một đại biểu bằng người dự khuyết"
        case quota.DelegateDropped():
            return "Đưa một ứng viên ra khỏi danh sách"
        case quota.QuotaClosed(document):
            return f"Chốt danh sách đại biểu, {document}"
        case _:
            return None


EVENTS: Final = {
    "quota-allocated": "Phân bổ chỉ tiêu",
    "quota-changed": "Điều chỉnh chỉ tiêu",
    "quota-line-set": "Đặt dòng chỉ tiêu",
    "quota-share-set": "Chia chỉ tiêu cho đơn vị",
    "delegate-selected": "Chọn đại biểu",
    "reserve-placed": "Ghi dự khuyết",
    "delegate-replaced": "Thay đại biểu",
    "delegate-dropped": "Rút đại biểu",
    "quota-closed": "Khóa danh sách đại biểu",
}
