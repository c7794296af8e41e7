"""Vietnamese words of a candidate: what each entry says."""

from __future__ import annotations

from typing import cast

from domain import candidate_events as happened
from domain import honours, replication, revocation
from domain.candidate_events import CandidateEvent
from domain.consent import ConsentRecorded, UnitNotified
from domain.corrections import EffectiveDateCorrected, EntryVoided
from web.languages import _
from web.words import consent, places, sittings, units
from web.words import honours as honouring
from web.words import replication as copying
from web.words.days import day
from web.words.labels import label


def told(event: CandidateEvent) -> str:
    """Return what an entry of a candidate says, in one line."""
    match event:
        case happened.CandidateDiscovered(kind):
            return _("Phát hiện: %(kind)s", kind=label(kind).lower())
        case happened.CandidateDescribed():
            return _("Mô tả ứng viên")
        case happened.PeerAcclaimRecorded(minutes):
            return _(
                "Tập thể suy tôn, biên bản %(minutes)s%(event)s",
                minutes=minutes,
                event=_votes(event),
            )
        case happened.CandidateEndorsed():
            return _("Đơn vị xác nhận")
        case happened.EvidenceAttached():
            return _("Đính kèm minh chứng")
        case happened.TitleRecorded(title, year):
            return _("Ghi nhận danh hiệu “%(title)s” năm %(year)s", title=label(title), year=year)
        case happened.RatingRecorded(rating, year):
            return _("Xếp loại năm %(year)s: %(rating)s", year=year, rating=label(rating))
        case happened.CriterionAssessed(criterion, result):
            return _(
                "Tiêu chí %(criterion)s: %(result)s",
                criterion=criterion,
                result=label(result).lower(),
            )
        case happened.NurturePlanAdopted():
            return _("Thông qua kế hoạch bồi dưỡng")
        case happened.ProgressReported(_, full):
            return _("Đánh giá tiến độ đầy đủ") if full else _("Báo cáo tiến độ")
        case happened.SummaryReported():
            return _("Báo cáo tổng kết")
        case happened.BlockRecorded(ground):
            return _("Vướng mắc: %(ground)s", ground=label(ground).lower())
        case happened.BlockLifted(ground):
            return _("Gỡ vướng mắc: %(ground)s", ground=label(ground).lower())
        case happened.SupportLogged(kind):
            return _("Hỗ trợ: %(kind)s", kind=label(kind).lower())
        case happened.CandidateCarriedOver():
            return _("Chuyển sang giai đoạn sau")
        case happened.FastTrackGranted(ground):
            return _("Áp dụng thủ tục đơn giản: %(ground)s", ground=label(ground).lower())
        case happened.ReReviewRequired(cause):
            return _("Cần xem xét lại: %(cause)s", cause=label(cause).lower())
        case happened.ReReviewConcluded(result):
            return _("Đã xem xét lại: %(result)s", result=label(result).lower())
        case (
            replication.MethodDescribed()
            | replication.ExemplarPublished()
            | replication.LearningHeld()
            | replication.AdoptionRecorded()
            | replication.AdoptionVerified()
            | replication.NoAdoptionExplained()
        ):
            return copying.told(event)
        case (
            honours.AchievementRecorded()
            | honours.CommendationGranted()
            | honours.IntroducedToProvince()
            | honours.ProvinceAnswered()
        ):
            return honouring.told(event)
        case ConsentRecorded() | UnitNotified():
            return consent.told(event)
        case happened.PersonKindChanged(person_kind):
            return _("Đối tượng từ nay: %(person_kind)s", person_kind=label(person_kind).lower())
        case happened.CandidateClassified():
            return places.classified(event)
        case happened.CandidateTransferred():
            return units.EVENTS["candidate-transferred"]
        case revocation.TitleRevoked() | revocation.TitleRestored() | revocation.RewardReturned():
            return honouring.taken(event)
        case happened.StageAdvanced(to):
            return _("Chuyển sang %(to)s", to=label(to))
        case happened.StageReturned(to):
            return _("Trả lại %(to)s", to=label(to))
        case happened.ExemplarRecognized(decision):
            return (
                _("Công nhận điển hình, quyết định %(decision)s", decision=decision)
                if decision
                else _("Công nhận")
            )
        case happened.RecognitionRevoked(ground):
            return (
                _("Hủy công nhận: %(ground)s", ground=label(ground))
                if ground
                else _("Hủy công nhận")
            )
        case happened.RecognitionRestored(decision):
            return _("Phục hồi công nhận, quyết định %(decision)s", decision=decision)
        case happened.CandidateSuspended():
            return _("Tạm dừng xét")
        case happened.CandidateResumed():
            return _("Tiếp tục xét")
        case happened.CandidateWithdrawn():
            return _("Rút khỏi danh sách")
        case happened.CandidateDeclined():
            return _("Không công nhận")
        case happened.CandidacyCompleted():
            return _("Hoàn thành")
        case happened.CandidateAttested(_, sheet, row):
            return _("Chép từ sổ cũ: trang “%(sheet)s”, dòng %(row)s", sheet=sheet, row=row)
        case EntryVoided(target):
            return _("Hủy mục ghi số %(target)s của hồ sơ", target=target)
        case EffectiveDateCorrected(target, to):
            return _(
                "Sửa ngày có hiệu lực của mục số %(target)s thành %(to)s",
                target=target,
                to=day(to),
            )
        case _:
            return sittings.publicity(event)


def _votes(event: happened.PeerAcclaimRecorded) -> str:
    if event.votes_for is None:
        return ""
    counted = event.votes_for + (event.votes_against or 0) + (event.abstained or 0)
    return _(": %(votes_for)s/%(counted)s phiếu", votes_for=event.votes_for, counted=counted)


def as_candidate_event(event: object) -> CandidateEvent:
    """Return an event of a candidate's subject as what it must be."""
    return cast(CandidateEvent, event)
