"""Vietnamese words of quotas."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain import quota
from domain.quota import Excess
from domain.values import CandidateKind
from web.languages import Words, _

LABELS: Final[Words[StrEnum]] = Words(
    {
        Excess.TOTAL: "tổng chỉ tiêu",
        Excess.LINE: "chỉ tiêu của đối tượng, lĩnh vực",
        Excess.SHARE: "chỉ tiêu của đơn vị",
    }
)
KINDS_OF_LINE: Final[Words[StrEnum]] = Words(
    {
        CandidateKind.INDIVIDUAL: "cá nhân",
        CandidateKind.COLLECTIVE: "tập thể",
        CandidateKind.MODEL: "mô hình",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
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
)
FIELDS: Final[Words[str]] = Words(
    {
        "count": "Số lượng",
        "successor": "Người thay",
        "total": "Tổng số",
    }
)
KINDS: Final[Words[str]] = Words({"quota": "chỉ tiêu"})


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case quota.QuotaAllocated(name, total, document):
            return _(
                "Được phân bổ %(total)s chỉ tiêu dự %(name)s, %(document)s",
                total=total,
                name=name,
                document=document,
            )
        case quota.QuotaChanged(total, document):
            return _("Chỉ tiêu đổi thành %(total)s, %(document)s", total=total, document=document)
        case quota.QuotaLineSet(kind, count, document, field):
            of = _(", lĩnh vực %(field)s", field=field) if field else ""
            return _(
                "Trong đó %(count)s %(kind)s%(of)s, %(document)s",
                count=count,
                kind=KINDS_OF_LINE[kind],
                of=of,
                document=document,
            )
        case quota.QuotaShareSet(_, count, document):
            return _(
                "Chia cho một đơn vị %(count)s chỉ tiêu, %(document)s",
                count=count,
                document=document,
            )
        case quota.DelegateSelected(_, kind):
            return _("Chọn một %(kind)s làm đại biểu", kind=KINDS_OF_LINE[kind])
        case quota.ReservePlaced(_, kind):
            return _("Đưa một %(kind)s vào danh sách dự khuyết", kind=KINDS_OF_LINE[kind])
        case quota.DelegateReplaced():
            return _("Thay một đại biểu bằng người dự khuyết")
        case quota.DelegateDropped():
            return _("Đưa một ứng viên ra khỏi danh sách")
        case quota.QuotaClosed(document):
            return _("Chốt danh sách đại biểu, %(document)s", document=document)
        case _:
            return None


EVENTS: Final[Words[str]] = Words(
    {
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
)
