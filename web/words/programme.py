"""Vietnamese words of the programme, its calendar and its movements."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain import calendar, legal_text, movement, obligation, programme, round, rule_set
from domain.calendar import DayKind
from domain.legal_text import TextKind
from domain.movement import MovementKind, MovementLevel, ReviewKind
from domain.obligation import ObligationStatus, PlanPart
from domain.programme import ActivityKind, DutyKind, Milestone
from domain.round import Occasion, SelectionList
from domain.values import SupportKind
from web.languages import Words, _
from web.words.days import day

LABELS: Final[Words[StrEnum]] = Words(
    {
        DayKind.OFF: "Ngày nghỉ",
        DayKind.WORKING: "Ngày làm việc",
        Milestone.UNIT_PLANS: "Đơn vị hoàn thành kế hoạch",
        Milestone.INTERIM_REVIEW: "Sơ kết giữa giai đoạn",
        Milestone.FINAL_REVIEW: "Hội nghị tổng kết",
        Milestone.UNIT_CONFERENCES: "Hội nghị điển hình tiên tiến ở đơn vị",
        Milestone.CONGRESS: "Đại hội thi đua yêu nước tỉnh",
        DutyKind.ACKNOWLEDGEMENT: "Xác nhận đã nhận kế hoạch",
        DutyKind.CYCLE_PLAN: "Kế hoạch cả giai đoạn",
        DutyKind.YEARLY_PLAN: "Kế hoạch năm",
        DutyKind.HALF_YEAR_REPORT: "Báo cáo 6 tháng",
        DutyKind.YEARLY_REPORT: "Báo cáo năm",
        DutyKind.INTERIM_REPORT: "Báo cáo sơ kết",
        DutyKind.FINAL_REPORT: "Báo cáo tổng kết giai đoạn",
        DutyKind.SELF_INSPECTION: "Tự kiểm tra",
        DutyKind.CONFERENCE: "Hội nghị điển hình tiên tiến",
        DutyKind.ON_REQUEST: "Báo cáo đột xuất",
        ActivityKind.PUBLICITY: "Quán triệt, tuyên truyền",
        ActivityKind.TRAINING: "Tập huấn người làm thi đua",
        ObligationStatus.DUE: "Chưa đến hạn",
        ObligationStatus.OVERDUE: "Quá hạn",
        ObligationStatus.SUBMITTED: "Đã nộp",
        ObligationStatus.RETURNED: "Đã trả lại để bổ sung",
        ObligationStatus.ACCEPTED: "Đã tiếp nhận",
        PlanPart.CRITERIA: "Tiêu chí cụ thể",
        PlanPart.PROCESS: "Quy trình",
        PlanPart.PEOPLE: "Người phụ trách",
        PlanPart.TIMELINE: "Thời gian thực hiện",
        MovementKind.REGULAR: "Thường xuyên",
        MovementKind.THEMATIC: "Theo chuyên đề",
        MovementKind.CAMPAIGN: "Theo đợt",
        MovementLevel.NATIONAL: "Trung ương phát động",
        MovementLevel.PROVINCE: "Tỉnh phát động",
        MovementLevel.DEPARTMENT: "Sở phát động",
        MovementLevel.UNIT: "Đơn vị phát động",
        ReviewKind.INTERIM: "Sơ kết phong trào",
        ReviewKind.FINAL: "Tổng kết phong trào",
        Occasion.YEAR_END: "Tổng kết năm",
        Occasion.PROGRAMME_END: "Tổng kết chương trình",
        Occasion.TRADITION_DAY: "Ngày truyền thống",
        SelectionList.COMMEND: "Khen thưởng ở Sở",
        SelectionList.PROPOSE: "Đề nghị cấp trên khen",
        TextKind.LAW: "Luật",
        TextKind.DECREE: "Nghị định",
        TextKind.CIRCULAR: "Thông tư",
        TextKind.RESOLUTION: "Nghị quyết",
        TextKind.DIRECTIVE: "Chỉ thị",
        TextKind.DECISION: "Quyết định",
        TextKind.PLAN: "Kế hoạch",
        TextKind.OTHER: "Văn bản khác",
        SupportKind.COURSE: "Đào tạo, tập huấn",
        SupportKind.VISIT: "Tham quan học tập",
        SupportKind.FUNDING: "Hỗ trợ kinh phí",
        SupportKind.MENTORING: "Cử người giúp đỡ",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "declare-day": "Ghi ngày nghỉ, ngày làm bù",
        "draft-plan": "Ghi dự thảo kế hoạch",
        "issue-plan": "Ghi ban hành kế hoạch",
        "open-cycle": "Mở giai đoạn",
        "set-milestone": "Đặt mốc",
        "reach-milestone": "Ghi hoàn thành mốc",
        "lay-duty": "Giao nghĩa vụ báo cáo",
        "remind-unit": "Đôn đốc đơn vị",
        "log-activity": "Ghi tuyên truyền, tập huấn",
        "close-cycle": "Đóng giai đoạn",
        "submit-obligation": "Nộp",
        "return-obligation": "Trả lại để bổ sung",
        "resubmit-obligation": "Nộp lại",
        "accept-obligation": "Tiếp nhận",
        "launch-movement": "Ghi phong trào",
        "review-movement": "Ghi sơ kết, tổng kết phong trào",
        "close-movement": "Kết thúc phong trào",
        "open-round": "Mở đợt bình xét",
        "select-candidate": "Chọn vào danh sách",
        "drop-selection": "Đưa ra khỏi danh sách",
        "close-round": "Đóng đợt bình xét",
        "register-text": "Ghi văn bản làm căn cứ",
        "lapse-text": "Ghi văn bản hết hiệu lực",
        "log-support": "Ghi biện pháp hỗ trợ",
        "carry-over-candidate": "Chuyển sang giai đoạn sau",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "attendees": "Số người dự",
        "begins": "Từ ngày",
        "candidate": "Ứng viên",
        "contains": "Kế hoạch đã nêu",
        "content": "Nội dung",
        "cost": "Kinh phí (đồng)",
        "criteria": "Tiêu chí",
        "dated": "Ngày ký",
        "day": "Ngày",
        "document": "Số, ký hiệu văn bản",
        "due": "Hạn",
        "duty": "Nghĩa vụ (số của mục giao)",
        "ends": "Đến hết ngày",
        "heading": "Trích yếu",
        "honoured": "Số tập thể, cá nhân được biểu dương",
        "issuer": "Cơ quan ban hành",
        "launcher": "Cơ quan phát động",
        "level": "Cấp, danh sách",
        "locality": "Địa danh",
        "milestone": "Mốc",
        "number": "Số",
        "occasion": "Dịp",
        "problem": "Vấn đề cấp bách cần giải quyết",
        "programme": "Kế hoạch, giai đoạn",
        "recipients": "Nơi nhận",
        "result": "Kết quả",
        "review": "Lần sơ kết, tổng kết (số của mục ghi)",
        "scope": "Phạm vi",
        "signed_by": "Chức trách của người ký",
        "slogan": "Khẩu hiệu",
        "source": "Từ phong trào",
        "theme": "Chủ đề",
        "units": "Các đơn vị",
    }
)
HELP: Final[Words[str]] = Words(
    {
        "document": "Ví dụ: 12/KH-CCKL.",
        "due": "Bỏ trống: theo hạn thường lệ của loại báo cáo.",
        "recipients": "Mỗi nơi một dòng, kèm mục đích. Ví dụ: UBND tỉnh (b/c).",
        "units": "Bỏ trống: mọi đơn vị.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "there is one calendar": "Chỉ có một lịch, mã calendar:vn.",
        "must be named": "Cần ghi tên.",
        "is too long for a name": "Chỉ ghi tên, trên một dòng, không quá 200 ký tự.",
        "a yearly duty has a year": "Nghĩa vụ hằng năm cần ghi năm.",
        "there is no usual day": "Loại này không có hạn thường lệ, cần ghi hạn.",
        "is not among the duties": "Kế hoạch không giao nghĩa vụ này.",
        "does not owe this": "Nghĩa vụ này không giao cho đơn vị đó.",
        "cannot be before the beginning": "Không thể trước ngày bắt đầu.",
    }
)
KINDS: Final[Words[str]] = Words(
    {
        "calendar": "lịch làm việc",
        "movement": "phong trào",
        "obligation": "nghĩa vụ báo cáo",
        "programme": "kế hoạch, giai đoạn",
        "round": "đợt bình xét",
        "text": "văn bản",
    }
)
EVENTS: Final[Words[str]] = Words(
    {
        "support-logged": "Ghi hỗ trợ",
        "candidate-carried-over": "Chuyển giai đoạn",
        "plan-drafted": "Dự thảo kế hoạch",
        "plan-issued": "Ban hành kế hoạch",
        "cycle-opened": "Mở giai đoạn",
        "milestone-set": "Đặt mốc",
        "milestone-reached": "Đạt mốc",
        "duty-laid": "Giao nghĩa vụ báo cáo",
        "unit-reminded": "Đôn đốc",
        "activity-logged": "Ghi hoạt động",
        "cycle-closed": "Kết thúc giai đoạn",
        "obligation-submitted": "Nộp báo cáo",
        "obligation-returned": "Trả lại báo cáo",
        "obligation-resubmitted": "Nộp lại báo cáo",
        "obligation-accepted": "Nhận báo cáo",
        "movement-launched": "Phát động phong trào",
        "movement-reviewed": "Sơ kết, tổng kết phong trào",
        "movement-closed": "Kết thúc phong trào",
        "round-opened": "Mở đợt bình xét",
        "candidate-selected": "Bình chọn",
        "selection-dropped": "Bỏ bình chọn",
        "round-closed": "Kết thúc đợt bình xét",
        "text-registered": "Ghi văn bản căn cứ",
        "text-lapsed": "Văn bản hết hiệu lực",
        "day-declared": "Ghi ngày nghỉ, làm bù",
    }
)
LACKS: Final[Words[str]] = Words({"honoured": "số được biểu dương"})


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case calendar.DayDeclared(declared, kind):
            return f"{day(declared)}: {LABELS[kind].lower()}"
        case movement.MovementLaunched(name, kind, _, launcher):
            return _(
                "%(launcher)s phát động phong trào “%(name)s” (%(kind)s)",
                launcher=launcher,
                name=name,
                kind=LABELS[kind].lower(),
            )
        case movement.MovementReviewed(kind, document):
            return f"{LABELS[kind]}, {document}"
        case movement.MovementClosed():
            return _("Kết thúc phong trào")
        case _:
            return _of_programme(event) or _of_obligation(event) or _of_paper(event)


def _of_programme(event: object) -> str | None:
    match event:
        case programme.PlanDrafted(heading):
            return _("Dự thảo kế hoạch “%(heading)s”", heading=heading)
        case programme.PlanIssued(number):
            return _("Ban hành kế hoạch số %(number)s", number=number)
        case programme.CycleOpened(name, begins, ends):
            return _(
                "Mở giai đoạn %(name)s: %(begins)s đến %(ends)s",
                name=name,
                begins=day(begins),
                ends=day(ends),
            )
        case programme.MilestoneSet(milestone, due):
            return _("Đặt mốc “%(milestone)s”: %(due)s", milestone=LABELS[milestone], due=day(due))
        case programme.MilestoneReached(milestone, document):
            return _(
                "Hoàn thành mốc “%(milestone)s”, %(document)s",
                milestone=LABELS[milestone],
                document=document,
            )
        case programme.DutyLaid(kind, deadline, _, year):
            of = _(" năm %(year)s", year=year) if year else ""
            return _(
                "Giao nghĩa vụ “%(kind)s”%(of)s, hạn %(deadline)s",
                kind=LABELS[kind],
                of=of,
                deadline=day(deadline),
            )
        case programme.UnitReminded(_, duty):
            return _("Đôn đốc đơn vị về nghĩa vụ giao ở mục số %(duty)s", duty=duty)
        case programme.ActivityLogged(kind):
            return LABELS[kind]
        case programme.CycleClosed():
            return _("Đóng giai đoạn")
        case _:
            return None


def _of_obligation(event: object) -> str | None:
    match event:
        case obligation.ObligationSubmitted(_, _, _, document):
            return _("Nộp %(document)s", document=document)
        case obligation.ObligationReturned():
            return _("Trả lại để bổ sung")
        case obligation.ObligationResubmitted(document):
            return _("Nộp lại %(document)s", document=document)
        case obligation.ObligationAccepted():
            return _("Tiếp nhận")
        case _:
            return None


def _of_paper(event: object) -> str | None:
    match event:
        case legal_text.TextRegistered(symbol, kind):
            return f"{LABELS[kind]} {symbol}"
        case rule_set.RuleSetConfirmed(name):
            return _("Xác nhận bộ quy tắc %(partition)s", partition=name.partition("@")[0])
        case legal_text.TextLapsed(symbol):
            return (
                _("Hết hiệu lực, thay bằng %(symbol)s", symbol=symbol)
                if symbol
                else _("Hết hiệu lực")
            )
        case _:
            return _of_round(event)


def _of_round(event: object) -> str | None:
    match event:
        case round.RoundOpened(_, occasion, name):
            return _(
                "Mở đợt bình xét “%(name)s”, dịp %(occasion)s",
                name=name,
                occasion=LABELS[occasion].lower(),
            )
        case round.CandidateSelected(_, level):
            return _("Chọn một ứng viên: %(level)s", level=LABELS[level].lower())
        case round.SelectionDropped():
            return _("Đưa một ứng viên ra khỏi danh sách")
        case round.RoundClosed(document):
            return _("Đóng đợt bình xét, %(document)s", document=document)
        case _:
            return None
