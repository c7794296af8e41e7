"""Vietnamese words of complaints and denunciations."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain import complaint
from domain.complaint import ComplaintFinding, ComplaintKind
from domain.values import ReReviewCause
from web.languages import Words, _
from web.words.days import day

LABELS: Final[Words[StrEnum]] = Words(
    {
        ComplaintKind.COMPLAINT: "Đơn khiếu nại",
        ComplaintKind.DENUNCIATION: "Đơn tố cáo",
        ComplaintFinding.FOUNDED: "Đúng",
        ComplaintFinding.PARTLY_FOUNDED: "Đúng một phần",
        ComplaintFinding.UNFOUNDED: "Sai",
        ReReviewCause.COMPLAINT_FOUNDED: "Nội dung khiếu nại, tố cáo là đúng",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "receive-complaint": "Nhận đơn khiếu nại, tố cáo",
        "accept-complaint": "Thụ lý đơn",
        "reject-complaint": "Không thụ lý đơn",
        "replace-handler": "Thay người giải quyết đơn",
        "extend-complaint": "Gia hạn giải quyết đơn",
        "withdraw-complaint": "Ghi việc rút đơn",
        "resolve-complaint": "Ghi kết quả giải quyết đơn",
        "open-identity": "Xem danh tính người gửi đơn",
        "destroy-complaint": "Hủy hồ sơ đơn đã hết hạn lưu",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "address": "Địa chỉ",
        "anonymous": "Đơn nặc danh",
        "finding": "Nội dung đơn",
        "handler": "Người giải quyết",
        "letter": "Nội dung nguyên văn",
        "part": "Phần được rút",
        "phone": "Điện thoại",
        "remote": "Vùng sâu, vùng xa (thời hạn dài hơn)",
        "sender": "Người gửi đơn",
        "summary": "Tóm tắt nội dung",
    }
)
HELP: Final[Words[str]] = Words(
    {
        "anonymous": "Đơn không có tên người gửi chỉ được ghi nhận, không thụ lý.",
        "handler": "Mã người trong sổ; không phải ứng viên, người thân hay người đứng đầu đơn vị.",
        "letter": (
            "Giữ cùng danh tính trong kho riêng; chỉ người giải quyết, kiểm toán viên xem được."
        ),
        "part": "Để trống nếu rút toàn bộ đơn.",
        "summary": "Không nêu điều gì cho biết ai gửi đơn.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "must be named, or the letter anonymous": "Cần tên người gửi, hoặc đơn là nặc danh.",
    }
)
LACKING: Final = {"plain-block": "do", "no-complaint-block": "do"}
KINDS: Final[Words[str]] = Words({"complaint": "đơn"})
EVENTS: Final[Words[str]] = Words(
    {
        "complaint-received": "Nhận đơn",
        "complaint-accepted": "Thụ lý đơn",
        "complaint-rejected": "Không thụ lý đơn",
        "handler-replaced": "Thay người giải quyết",
        "complaint-extended": "Gia hạn giải quyết",
        "complaint-withdrawn": "Rút đơn",
        "complaint-resolved": "Kết quả giải quyết đơn",
        "identity-opened": "Xem danh tính người gửi",
        "complaint-destroyed": "Hủy hồ sơ đơn",
    }
)


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case complaint.ComplaintReceived(kind, anonymous=anonymous, until=until):
            if anonymous:
                return _("Nhận %(kind)s nặc danh", kind=LABELS[kind].lower())
            by = _(", trả lời thụ lý trước hết ngày %(until)s", until=day(until)) if until else ""
            return _("Nhận %(kind)s%(by)s", kind=LABELS[kind].lower(), by=by)
        case complaint.ComplaintAccepted(_, until):
            return _("Thụ lý đơn, giải quyết đến %(until)s", until=day(until))
        case complaint.ComplaintRejected():
            return _("Không thụ lý đơn")
        case complaint.HandlerReplaced():
            return _("Giao người khác giải quyết đơn")
        case complaint.ComplaintExtended(_, until):
            return _("Gia hạn giải quyết đơn đến %(until)s", until=day(until))
        case complaint.ComplaintWithdrawn(document, part):
            return (
                _("Rút một phần đơn, %(document)s", document=document)
                if part
                else _("Rút toàn bộ đơn, %(document)s", document=document)
            )
        case complaint.ComplaintResolved(finding, document):
            return _(
                "Giải quyết đơn, nội dung %(finding)s, %(document)s",
                finding=LABELS[finding].lower(),
                document=document,
            )
        case complaint.IdentityOpened():
            return _("Xem danh tính người gửi đơn")
        case complaint.ComplaintDestroyed():
            return _("Hủy hồ sơ đơn đã hết hạn lưu")
        case _:
            return None
