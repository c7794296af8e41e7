"""What the entries of councils, sessions and comment periods say, in one line each."""

from __future__ import annotations

from typing import assert_never

from domain import session_events as happened
from domain.corrections import Correction, EffectiveDateCorrected, EntryVoided
from domain.council import (
    CouncilEstablished,
    CouncilEvent,
    CouncilMemberAppointed,
    CouncilMemberLeft,
    CouncilTermsConfirmed,
    KinshipDeclared,
)
from domain.publicity import (
    CommentHandled,
    CommentPeriodClosed,
    CommentPeriodOpened,
    CommentReceived,
    PublicityEvent,
)
from domain.session_events import SessionEvent
from domain.shares import reached
from web.words.council import LABELS
from web.words.days import day


def council(event: CouncilEvent) -> str:
    """Return what an entry of a council says."""
    match event:
        case CouncilEstablished(name, decision):
            return f"Thành lập {name}, quyết định {decision}"
        case CouncilTermsConfirmed():
            return f"Xác nhận quy chế biểu quyết: dự họp từ {event.quorum}"
        case CouncilMemberAppointed(_, seat):
            return f"Thành viên mới: {LABELS[seat]}"
        case CouncilMemberLeft():
            return "Một thành viên thôi tham gia"
        case KinshipDeclared():
            return "Khai quan hệ người thân"
        case EntryVoided() | EffectiveDateCorrected():
            return _corrected(event)
        case _:
            assert_never(event)


def session(event: SessionEvent) -> str:
    """Return what an entry of a session says."""
    match event:
        case happened.SessionNoticed(_, held_on):
            return f"Triệu tập phiên họp ngày {day(held_on)}"
        case happened.AgendaItemAdded(item, matter):
            return f"Nội dung {item}: {LABELS[matter]}"
        case happened.AgendaItemDropped(item):
            return f"Để lại nội dung {item}"
        case happened.PapersSent():
            return "Gửi tài liệu họp"
        case happened.AttendanceRecorded(present, absent):
            return f"Có mặt {len(present)}/{len(present) + len(absent)} thành viên"
        case happened.RecusalDeclared(item):
            return f"Một thành viên không biểu quyết nội dung {item}"
        case happened.WrittenVotesReceived(item, members):
            return f"Nhận {len(members)} phiếu bằng văn bản cho nội dung {item}"
        case happened.TallyCommitteeNamed(members):
            return f"Cử ban kiểm phiếu {len(members)} người"
        case _:
            return _voted(event)


def _voted(
    event: happened.OpenVotesRecorded
    | happened.Count
    | happened.ChairOpinionRecorded
    | happened.MinutesDrawnUp
    | happened.MinutesSigned
    | happened.SessionClosed
    | EntryVoided
    | EffectiveDateCorrected,
) -> str:
    match event:
        case happened.OpenVotesRecorded(item, votes_for, base, threshold):
            return f"Biểu quyết nội dung {item}: {_result(len(votes_for), base, threshold)}"
        case happened.BallotTallied():
            told = _result(event.votes_for, event.base, event.threshold)
            return f"Kiểm phiếu kín nội dung {event.item}: {told}"
        case happened.TallyCorrected():
            told = _result(event.votes_for, event.base, event.threshold)
            return f"Sửa kết quả kiểm phiếu nội dung {event.item}: {told}"
        case happened.ChairOpinionRecorded(item, favours):
            opinion = "đồng ý" if favours else "không đồng ý"
            return f"Phiếu ngang nhau ở nội dung {item}: chủ tịch {opinion}"
        case happened.MinutesDrawnUp():
            return "Lập biên bản họp"
        case happened.MinutesSigned(seat):
            return f"{LABELS[seat]} ký biên bản"
        case happened.SessionClosed():
            return "Kết thúc phiên họp"
        case EntryVoided() | EffectiveDateCorrected():
            return _corrected(event)
        case _:
            assert_never(event)


def _corrected(event: Correction) -> str:
    if isinstance(event, EntryVoided):
        return f"Hủy mục ghi số {event.target}"
    return f"Sửa ngày có hiệu lực của mục số {event.target} thành {day(event.to)}"


def publicity(event: PublicityEvent) -> str:
    """Return what an entry of a comment period says."""
    match event:
        case CommentPeriodOpened(days, until):
            return f"Mở lấy ý kiến {days} ngày làm việc, đến {day(until)}"
        case CommentReceived(comment):
            return f"Nhận ý kiến số {comment}"
        case CommentHandled(comment):
            return f"Giải quyết ý kiến số {comment}"
        case CommentPeriodClosed():
            return "Kết thúc lấy ý kiến"
        case _:
            assert_never(event)


def _result(votes: int, base: int, threshold: str) -> str:
    passed = "đạt" if reached(threshold, votes, base) else "chưa đạt"
    return f"{votes}/{base} đồng ý, {passed} mức {threshold}"
