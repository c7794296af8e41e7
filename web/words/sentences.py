"""Vietnamese sentences: what an entry says, what a need lacks, why something was refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from domain import candidate_events as happened
from domain import honours, replication, revocation
from domain.candidate_events import CandidateEvent
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.upkeep import RegisterRestored, UpkeepEvent
from domain.values import Sealed
from web.words import (
    batches,
    complaint,
    council,
    places,
    programme,
    quota,
    review,
    sittings,
    units,
)
from web.words import honours as honouring
from web.words import replication as copying
from web.words.days import day
from web.words.labels import COMMANDS, FIELDS, LABELS, label
from workflow import refusals
from workflow.needs import Answer, Finding
from workflow.rules import RuleSet

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ERASED = "[đã xóa theo yêu cầu]"


def told(event: CandidateEvent) -> str:
    """Return what an entry of a candidate says, in one line."""
    match event:
        case happened.CandidateDiscovered(kind):
            return f"Phát hiện: {label(kind).lower()}"
        case happened.CandidateDescribed():
            return "Mô tả ứng viên"
        case happened.PeerAcclaimRecorded(minutes):
            return f"Tập thể suy tôn, biên bản {minutes}{_votes(event)}"
        case happened.CandidateEndorsed():
            return "Đơn vị xác nhận"
        case happened.EvidenceAttached():
            return "Đính kèm minh chứng"
        case happened.TitleRecorded(title, year):
            return f"Ghi nhận danh hiệu “{label(title)}” năm {year}"
        case happened.RatingRecorded(rating, year):
            return f"Xếp loại năm {year}: {label(rating)}"
        case happened.CriterionAssessed(criterion, result):
            return f"Tiêu chí {criterion}: {label(result).lower()}"
        case happened.NurturePlanAdopted():
            return "Thông qua kế hoạch bồi dưỡng"
        case happened.ProgressReported(_, full):
            return "Đánh giá tiến độ đầy đủ" if full else "Báo cáo tiến độ"
        case happened.SummaryReported():
            return "Báo cáo tổng kết"
        case happened.BlockRecorded(ground):
            return f"Vướng mắc: {label(ground).lower()}"
        case happened.BlockLifted(ground):
            return f"Gỡ vướng mắc: {label(ground).lower()}"
        case happened.SupportLogged(kind):
            return f"Hỗ trợ: {label(kind).lower()}"
        case happened.CandidateCarriedOver():
            return "Chuyển sang giai đoạn sau"
        case happened.FastTrackGranted(ground):
            return f"Áp dụng thủ tục đơn giản: {label(ground).lower()}"
        case happened.ReReviewRequired(cause):
            return f"Cần xem xét lại: {label(cause).lower()}"
        case happened.ReReviewConcluded(result):
            return f"Đã xem xét lại: {label(result).lower()}"
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
        case happened.PersonKindChanged(person_kind):
            return f"Đối tượng từ nay: {label(person_kind).lower()}"
        case happened.CandidateClassified():
            return places.classified(event)
        case happened.CandidateTransferred():
            return units.EVENTS["candidate-transferred"]
        case revocation.TitleRevoked() | revocation.TitleRestored() | revocation.RewardReturned():
            return honouring.taken(event)
        case happened.StageAdvanced(to):
            return f"Chuyển sang {label(to)}"
        case happened.StageReturned(to):
            return f"Trả lại {label(to)}"
        case happened.ExemplarRecognized(decision):
            return f"Công nhận điển hình, quyết định {decision}" if decision else "Công nhận"
        case happened.RecognitionRevoked(ground):
            return f"Hủy công nhận: {label(ground)}" if ground else "Hủy công nhận"
        case happened.RecognitionRestored(decision):
            return f"Phục hồi công nhận, quyết định {decision}"
        case happened.CandidateSuspended():
            return "Tạm dừng xét"
        case happened.CandidateResumed():
            return "Tiếp tục xét"
        case happened.CandidateWithdrawn():
            return "Rút khỏi danh sách"
        case happened.CandidateDeclined():
            return "Không công nhận"
        case happened.CandidacyCompleted():
            return "Hoàn thành"
        case happened.CandidateAttested(_, sheet, row):
            return f"Chép từ sổ cũ: trang “{sheet}”, dòng {row}"
        case EntryVoided(target):
            return f"Hủy mục ghi số {target} của hồ sơ"
        case EffectiveDateCorrected(target, to):
            return f"Sửa ngày có hiệu lực của mục số {target} thành {day(to)}"
        case _:
            return sittings.publicity(event)


def kept_up(event: UpkeepEvent) -> str:
    """Return what was done to the register as a whole, in one line."""
    if not isinstance(event, RegisterRestored):
        return f"Thay khóa niêm phong đã mất, {event.former}"
    lost = f", bỏ niêm phong cũ cỡ {event.lost_size}" if event.lost_size is not None else ""
    return f"Khôi phục sổ từ bản sao {event.size} mục{lost}"


def _votes(event: happened.PeerAcclaimRecorded) -> str:
    if event.votes_for is None:
        return ""
    counted = event.votes_for + (event.votes_against or 0) + (event.abstained or 0)
    return f": {event.votes_for}/{counted} phiếu"


def seals(event: object) -> list[Sealed]:
    """Return the commitments an event holds, to look their words up in the vault."""
    slots = getattr(event, "__slots__", ())
    return [value for name in slots if isinstance(value := getattr(event, name), Sealed)]


def need(finding: Finding, rules: RuleSet) -> str:
    """Return what a need is called, with what it lacks."""
    words = rules.text.needs[finding.need].vi
    lacks = ", ".join(_lack(finding.need, missing) for missing in finding.missing if missing)
    return f"{words} — {LACKING.get(finding.need, 'thiếu')}: {lacks}" if lacks else words


LACKING: Mapping[str, str] = {
    "after-last-change": "lần gần nhất",
    "not-in-future": "hôm nay",
    "no-block": "đang có",
    "permission": "cần là",
    "yearly-record": "thiếu năm",
    "assessment": "chưa đủ",
    "in-order": "lần gần nhất",
    "quota-kept": "vượt",
    "new-period": "đã khen theo",
    "uncommended": "đã khen theo",
    "cycle-over": "đến",
    "no-re-review": "còn",
    **complaint.LACKING,
    **honouring.LACKING,
    **council.LACKING,
    **units.LACKING,
}
LACKS: Mapping[str, str] = {
    "person-kind": "chưa rõ đối tượng",
    **council.LACKS,
    **programme.LACKS,
    **review.LACKS,
    **units.LACKS,
}


def _lack(code: str, missing: str) -> str:
    if missing in LACKS:
        return LACKS[missing]
    if DATE.fullmatch(missing):
        return day(date.fromisoformat(missing))
    return next((words for value, words in LABELS.items() if value == missing), missing)


def suppliers(finding: Finding) -> str:
    """Return who can supply what a need lacks."""
    return ", ".join(label(role) for role in finding.supply)


def refused(refusal: refusals.Refusal, rules: RuleSet) -> str:
    """Return why something was refused, in one sentence; needs are listed beside it."""
    match refusal:
        case refusals.UnknownSubject(facts=(subject, *_)):
            kind, _, id = str(subject).partition(":")
            return f"Không có {KIND_OF_SUBJECT.get(kind, 'mục')} “{id[:40]}” trong sổ."
        case refusals.NotPermitted(facts=(command, *roles)):
            offices = ", ".join(label(role) for role in roles)
            name = UPKEEP.get(str(command)) or COMMANDS[str(command)]
            return f"“{name}” chỉ do người đang giữ chức trách sau: {offices}."
        case refusals.MoveNotAllowed(facts=(move, state, *_)):
            return f"Không thể “{MOVE[str(move)]}” khi hồ sơ đang ở “{label(state)}”."
        case refusals.NeedsUnmet(facts=(command, *_)):
            missing = "; ".join(need(finding, rules) for finding in refusal.unmet)
            return f"Chưa thể “{COMMANDS[str(command)]}”: {missing}."
        case refusals.Outdated():
            return "Có người vừa ghi vào hồ sơ này. Trang đã được tải lại, hãy xem rồi làm lại."
        case refusals.InvalidCommand(facts=(field, problem, *_)):
            return f"{FIELDS.get(str(field), 'Yêu cầu')}: {problem_of(str(problem))}"
        case _:
            raise AssertionError(f"no words for {type(refusal).__name__}")


def twins(found: Sequence[str]) -> str:
    """Return that candidates in the register may be the same as a new one."""
    ids = ", ".join(id.partition(":")[2] for id in found)
    return f"Có thể trùng với hồ sơ đã có trong sổ: {ids}. Hãy xem lại."


def count_of_unmet(refusal: refusals.NeedsUnmet) -> str:
    """Return that something was refused, beside a list of the needs."""
    name = COMMANDS[str(refusal.facts[0])]
    return f"Chưa thể “{name}”: còn {len(refusal.unmet)} điều kiện. Lần từ chối này đã ghi lại."


KIND_OF_SUBJECT: Mapping[str, str] = {
    "candidate": "ứng viên",
    "unit": "đơn vị",
    "person": "người",
    "office": "chức trách",
    **programme.KINDS,
    **quota.KINDS,
    **review.KINDS,
    **complaint.KINDS,
    **council.KINDS,
    **places.KINDS,
}
UPKEEP: Mapping[str, str] = {
    "restore-register": "Khôi phục sổ",
    "replace-key": "Thay khóa niêm phong",
    "read-log": "Xem nhật ký",
    "keep-accounts": "Quản lý tài khoản",
}
PROBLEMS: Mapping[str, str] = {
    "must name other units": "Cần ít nhất một đơn vị khác.",
    "must be cited": "Cần ghi số, ký hiệu.",
    "is too long for the symbol of a document": "Chỉ ghi số, ký hiệu, không quá 60 ký tự.",
    "was merged into another": "Đơn vị này đã sáp nhập vào đơn vị khác.",
    "cannot be negative": "Không thể âm.",
    "cannot be skipped": "Không được bỏ qua khâu nào.",
    "must be in order": "Ngày của các khâu phải theo thứ tự.",
    "cannot be in the future": "Không được ở tương lai.",
    "must have its day, and the day its outcome": "Kết quả phải có ngày, ngày phải có kết quả.",
    "only what was replicated is completed": "Chỉ điển hình đã nhân rộng mới hoàn thành.",
    "only a recognition can be revoked": "Chỉ điển hình đã công nhận mới hủy công nhận được.",
    "is already in the register": "Đã có trong sổ.",
    "is already founded": "Sổ đã được lập.",
    "names an individual who is in the register already": (
        "Chỉ ghi mã cho cá nhân đã có trong sổ, và khi đó bỏ trống tên, năm sinh, giới tính."
    ),
    **batches.PROBLEMS,
    **programme.PROBLEMS,
    **complaint.PROBLEMS,
    **council.PROBLEMS,
    **copying.PROBLEMS,
    **units.PROBLEMS,
    **honouring.PROBLEMS,
    **places.PROBLEMS,
}


def problem_of(problem: str) -> str:
    """Return what is wrong with a field, from the fact a refusal carries."""
    if problem.startswith("must be from "):
        first, last = (word for word in problem.split() if word.isdecimal())
        return f"Phải từ {first} đến {last}."
    if problem.endswith("is not among the rule sets in use"):
        return "Bộ quy tắc của hồ sơ này không còn dùng ở đây."
    return PROBLEMS[problem]


MOVE: Mapping[str, str] = {
    "advance": "Chuyển khâu",
    "return": "Trả lại khâu trước",
    "recognize": "Công nhận",
    "revoke": "Hủy công nhận",
    "suspend": "Tạm dừng",
    "resume": "Tiếp tục xét",
    "withdraw": "Rút",
    "decline": "Không công nhận",
    "complete": "Hoàn thành",
}
MARKS: Mapping[Answer, str] = {
    Answer.MET: "met",
    Answer.UNMET: "unmet",
    Answer.NOT_PROVEN: "unproven",
    Answer.WAIVED: "met",
}


def as_candidate_event(event: object) -> CandidateEvent:
    """Return an event of a candidate's subject as what it must be."""
    return cast(CandidateEvent, event)
