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
from web.languages import _
from web.words.council import LABELS
from web.words.days import day, share


def council(event: CouncilEvent) -> str:
    """Return what an entry of a council says."""
    match event:
        case CouncilEstablished(name, decision):
            return _("Thành lập %(name)s, quyết định %(decision)s", name=name, decision=decision)
        case CouncilTermsConfirmed():
            return _(
                "Xác nhận quy chế biểu quyết: dự họp từ %(quorum)s", quorum=share(event.quorum)
            )
        case CouncilMemberAppointed(_, seat):
            return _("Thành viên mới: %(seat)s", seat=LABELS[seat])
        case CouncilMemberLeft():
            return _("Một thành viên thôi tham gia")
        case KinshipDeclared():
            return _("Khai quan hệ người thân")
        case EntryVoided() | EffectiveDateCorrected():
            return _corrected(event)
        case _:
            assert_never(event)


def session(event: SessionEvent) -> str:
    """Return what an entry of a session says."""
    match event:
        case happened.SessionNoticed(_, held_on):
            return _("Triệu tập phiên họp ngày %(held_on)s", held_on=day(held_on))
        case happened.AgendaItemAdded(item, matter):
            return _("Nội dung %(item)s: %(matter)s", item=item, matter=LABELS[matter])
        case happened.AgendaItemDropped(item):
            return _("Để lại nội dung %(item)s", item=item)
        case happened.PapersSent():
            return _("Gửi tài liệu họp")
        case happened.AttendanceRecorded(present, absent):
            return _(
                "Có mặt %(count)s/%(value)s thành viên",
                count=len(present),
                value=len(present) + len(absent),
            )
        case happened.RecusalDeclared(item):
            return _("Một thành viên không biểu quyết nội dung %(item)s", item=item)
        case happened.WrittenVotesReceived(item, members):
            return _(
                "Nhận %(count)s phiếu bằng văn bản cho nội dung %(item)s",
                count=len(members),
                item=item,
            )
        case happened.TallyCommitteeNamed(members):
            return _("Cử ban kiểm phiếu %(count)s người", count=len(members))
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
            return _(
                "Biểu quyết nội dung %(item)s: %(base)s",
                item=item,
                base=_result(len(votes_for), base, threshold),
            )
        case happened.BallotTallied():
            told = _result(event.votes_for, event.base, event.threshold)
            return _("Kiểm phiếu kín nội dung %(item)s: %(told)s", item=event.item, told=told)
        case happened.TallyCorrected():
            told = _result(event.votes_for, event.base, event.threshold)
            return _(
                "Sửa kết quả kiểm phiếu nội dung %(item)s: %(told)s", item=event.item, told=told
            )
        case happened.ChairOpinionRecorded(item, favours):
            opinion = _("đồng ý") if favours else _("không đồng ý")
            return _(
                "Phiếu ngang nhau ở nội dung %(item)s: chủ tịch %(opinion)s",
                item=item,
                opinion=opinion,
            )
        case happened.MinutesDrawnUp():
            return _("Lập biên bản họp")
        case happened.MinutesSigned(seat):
            return _("%(seat)s ký biên bản", seat=LABELS[seat])
        case happened.SessionClosed():
            return _("Kết thúc phiên họp")
        case EntryVoided() | EffectiveDateCorrected():
            return _corrected(event)
        case _:
            assert_never(event)


def _corrected(event: Correction) -> str:
    if isinstance(event, EntryVoided):
        return _("Hủy mục ghi số %(target)s", target=event.target)
    return _(
        "Sửa ngày có hiệu lực của mục số %(target)s thành %(to)s",
        target=event.target,
        to=day(event.to),
    )


def publicity(event: PublicityEvent) -> str:
    """Return what an entry of a comment period says."""
    match event:
        case CommentPeriodOpened(days, until):
            return _(
                "Mở lấy ý kiến %(days)s ngày làm việc, đến %(until)s", days=days, until=day(until)
            )
        case CommentReceived(comment):
            return _("Nhận ý kiến số %(comment)s", comment=comment)
        case CommentHandled(comment):
            return _("Giải quyết ý kiến số %(comment)s", comment=comment)
        case CommentPeriodClosed():
            return _("Kết thúc lấy ý kiến")
        case _:
            assert_never(event)


def _result(votes: int, base: int, threshold: str) -> str:
    passed = _("đạt") if reached(threshold, votes, base) else _("chưa đạt")
    return _(
        "%(votes)s/%(base)s đồng ý, %(passed)s mức %(threshold)s",
        votes=votes,
        base=base,
        passed=passed,
        threshold=share(threshold),
    )
