"""Vietnamese labels of everything that has a name in code: the only copy."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.values import (
    BlockGround,
    CandidateKind,
    ErasureGround,
    Outcome,
    PersonKind,
    PriorityGroup,
    Rating,
    Result,
    RevocationGround,
    Role,
    Stage,
    UnitKind,
)
from web.languages import SOURCE, Words, chosen
from web.words import (
    complaint,
    consent,
    council,
    honours,
    places,
    programme,
    quota,
    replication,
    report,
    review,
    units,
)
from workflow.rule_text import NeedWords

LABELS: Final[Words[StrEnum]] = Words(
    {
        Stage.DISCOVER: "Phát hiện",
        Stage.NURTURE: "Bồi dưỡng",
        Stage.SUMMARIZE: "Tổng kết",
        Stage.REPLICATE: "Nhân điển hình",
        Outcome.COMPLETED: "Hoàn thành",
        Outcome.DECLINED: "Không công nhận",
        Outcome.WITHDRAWN: "Rút",
        Outcome.REVOKED: "Hủy công nhận",
        CandidateKind.INDIVIDUAL: "Cá nhân",
        CandidateKind.COLLECTIVE: "Tập thể",
        CandidateKind.MODEL: "Mô hình",
        PersonKind.CIVIL_SERVANT: "Công chức",
        PersonKind.PUBLIC_EMPLOYEE: "Viên chức",
        PersonKind.WORKER: "Người lao động",
        PersonKind.LEADER: "Lãnh đạo, quản lý",
        PersonKind.FARMER: "Nông dân",
        PriorityGroup.SMALL_COLLECTIVE: "Tập thể nhỏ",
        PriorityGroup.LABOURER: "Công nhân",
        PriorityGroup.FARMER: "Nông dân",
        PriorityGroup.DIRECT_LABOUR: "Lao động trực tiếp",
        PriorityGroup.REMOTE_AREA: "Vùng sâu, vùng xa",
        PriorityGroup.BORDER_AREA: "Vùng biên giới",
        PriorityGroup.ETHNIC_MINORITY_AREA: "Vùng dân tộc thiểu số",
        PriorityGroup.EXTRAORDINARY: "Đột xuất",
        PriorityGroup.GOOD_DEED: "Người tốt, việc tốt",
        Rating.EXCELLENT: "Hoàn thành xuất sắc nhiệm vụ",
        Rating.GOOD: "Hoàn thành tốt nhiệm vụ",
        Rating.COMPLETED: "Hoàn thành nhiệm vụ",
        Rating.NOT_COMPLETED: "Không hoàn thành nhiệm vụ",
        Result.MET: "Đạt",
        Result.NOT_MET: "Không đạt",
        Result.NOT_PROVEN: "Chưa chứng minh",
        BlockGround.DISCIPLINE: "Đang xem xét kỷ luật",
        BlockGround.INSPECTION: "Đang thanh tra, kiểm tra",
        BlockGround.COMPLAINT: "Đang giải quyết khiếu nại",
        BlockGround.DENUNCIATION: "Đang xác minh tố cáo",
        RevocationGround.FALSE_DECLARATION: "Kê khai gian dối (Đ93.2.a)",
        RevocationGround.FORGED_PAPERS: "Thông tin sai, giấy tờ giả (Đ93.2.b)",
        RevocationGround.UNLAWFUL_PROPOSAL: "Thẩm định, đề nghị trái quy định (Đ93.2.c)",
        RevocationGround.LATER_VIOLATION: "Vi phạm trong thời gian lập thành tích (Đ93.2.d)",
        ErasureGround.REQUESTED: "Theo yêu cầu của người đó",
        ErasureGround.PURPOSE_FULFILLED: "Đã đạt mục đích xử lý",
        ErasureGround.RETENTION_OVER: "Hết thời hạn lưu trữ",
        ErasureGround.DECIDED: "Theo quyết định của cơ quan có thẩm quyền",
        Role.OFFICER: "Công chức phụ trách thi đua",
        Role.UNIT_HEAD: "Người đứng đầu đơn vị",
        Role.REVIEWER: "Chuyên viên thẩm định",
        Role.STANDING_BODY: "Phòng Tổ chức cán bộ",
        Role.DIRECTOR: "Giám đốc Sở",
        Role.COUNCIL: "Ủy viên Hội đồng",
        Role.AUDITOR: "Kiểm toán viên",
        Role.ADMINISTRATOR: "Quản trị hệ thống",
        UnitKind.DIVISION: "Phòng chuyên môn",
        UnitKind.BOARD: "Ban",
        UnitKind.SUB_DEPARTMENT: "Chi cục",
        UnitKind.CENTRE: "Trung tâm",
        UnitKind.OFFICE: "Văn phòng",
        UnitKind.INSPECTORATE: "Thanh tra",
        UnitKind.PUBLIC_SERVICE: "Đơn vị sự nghiệp",
        UnitKind.OTHER: "Khác",
        **programme.LABELS,
        **review.LABELS,
        **complaint.LABELS,
        **council.LABELS,
        **quota.LABELS,
        **honours.LABELS,
        **replication.LABELS,
        **places.LABELS,
        **report.LABELS,
        **consent.LABELS,
    }
)
STATES: Final[Words[str]] = Words({str(value): LABELS[value] for value in (*Stage, *Outcome)})

COMMANDS: Final[Words[str]] = Words(
    {
        "discover-candidate": "Giới thiệu điển hình",
        "attest-candidate": "Chép từ sổ cũ",
        "describe-candidate": "Mô tả lại",
        "record-peer-acclaim": "Ghi biên bản suy tôn",
        "endorse-candidate": "Ghi xác nhận của đơn vị",
        "attach-evidence": "Đính kèm minh chứng",
        "record-title": "Ghi danh hiệu",
        "record-rating": "Ghi xếp loại",
        "assess-criteria": "Đánh giá tiêu chí",
        "adopt-nurture-plan": "Ghi kế hoạch bồi dưỡng",
        "report-progress": "Ghi báo cáo tiến độ",
        "report-summary": "Ghi báo cáo tổng kết",
        "record-block": "Ghi vướng mắc",
        "lift-block": "Gỡ vướng mắc",
        "advance-stage": "Chuyển khâu",
        "return-stage": "Trả lại khâu trước",
        "recognize-exemplar": "Công nhận",
        "revoke-recognition": "Hủy bỏ công nhận",
        "suspend-candidate": "Tạm dừng",
        "resume-candidate": "Tiếp tục xét",
        "withdraw-candidate": "Rút khỏi danh sách",
        "decline-candidate": "Từ chối công nhận",
        "complete-candidacy": "Ghi nhận hoàn thành",
        "void-entry": "Hủy mục ghi",
        "correct-effective-date": "Sửa ngày có hiệu lực",
        "register-unit": "Ghi đơn vị",
        "rename-unit": "Đổi tên đơn vị",
        "merge-unit": "Sáp nhập đơn vị",
        "appoint-head": "Ghi người đứng đầu",
        "dismiss-head": "Thôi người đứng đầu",
        "describe-person": "Ghi người",
        "erase-personal-data": "Xóa dữ liệu cá nhân",
        "grant-office": "Giao chức trách",
        "end-office": "Thôi chức trách",
        "found-register": "Lập sổ",
        **programme.COMMANDS,
        **review.COMMANDS,
        **complaint.COMMANDS,
        **council.COMMANDS,
        **quota.COMMANDS,
        **honours.COMMANDS,
        **replication.COMMANDS,
        **units.COMMANDS,
        **places.COMMANDS,
        **report.COMMANDS,
        **consent.COMMANDS,
    }
)

FIELDS: Final[Words[str]] = Words(
    {
        "abstained": "Số phiếu trắng",
        "achievement": "Thành tích",
        "basis": "Căn cứ (số, ký hiệu văn bản)",
        "basis_dated": "Ngày văn bản",
        "basis_issuer": "Cơ quan ban hành",
        "birth_year": "Năm sinh",
        "breadth": "Toàn diện hay từng lĩnh vực",
        "decision": "Số quyết định",
        "description": "Mô tả",
        "effective_on": "Có hiệu lực từ ngày",
        "field": "Lĩnh vực",
        "file": "SHA-256 của tệp để ở nơi khác",
        "files": "Tệp",
        "file_name": "Tệp",
        "media_type": "Loại tệp",
        "bytes": "Số byte",
        "sha256": "SHA-256",
        "full": "Đánh giá đầy đủ mọi mục tiêu của kế hoạch",
        "ground": "Lý do",
        "command": "Việc",
        "into": "Nhập vào",
        "items": "Các mục",
        "kind": "Loại",
        "leading": "Nổi trội, dẫn đầu (so sánh, xếp hạng theo năm)",
        "minutes": "Số, ký hiệu biên bản",
        "movement": "Phong trào",
        "name": "Tên",
        "newness": "Điểm mới",
        "note": "Ghi chú",
        "owner": "Chủ mô hình (với mô hình)",
        "parent": "Đơn vị cấp trên",
        "person": "Người",
        "person_kind": "Đối tượng",
        "place": "Địa bàn",
        "plan": "Kế hoạch bồi dưỡng",
        "position": "Chức vụ",
        "priority": "Nhóm ưu tiên",
        "rating": "Xếp loại",
        "reason": "Lý do",
        "report": "Nội dung báo cáo",
        **dict.fromkeys(("revoke-recognition.ground", "revoke-title.ground"), "Trường hợp"),
        "register-text.issuer": "Cơ quan ban hành văn bản này",
        "results": "Kết quả từng tiêu chí",
        "role": "Chức trách",
        "sex": "Giới tính",
        "symbol": "Ký hiệu",
        "target": "Mục ghi số",
        "title": "Danh hiệu",
        "to": "Ngày đúng",
        "unit": "Đơn vị",
        "until": "Đến hết ngày",
        "votes_against": "Số phiếu không đồng ý",
        "votes_for": "Số phiếu đồng ý",
        "year": "Năm",
        **programme.FIELDS,
        **review.FIELDS,
        **complaint.FIELDS,
        **council.FIELDS,
        **quota.FIELDS,
        **honours.FIELDS,
        **replication.FIELDS,
        **units.FIELDS,
        **places.FIELDS,
        **report.FIELDS,
        **consent.FIELDS,
    }
)

HELP: Final[Words[str]] = Words(
    {
        "basis": "Ví dụ: 45/BB-CCKL.",
        "decision": "Ví dụ: 214/QĐ-SNN.",
        "minutes": "Ví dụ: 12/BB-CCKL.",
        "discover-candidate.person": (
            "Nếu đã có trong sổ; khi đó bỏ trống tên, năm sinh, giới tính."
        ),
        "person_kind": "Cần cho cá nhân: đối tượng nào thì theo tiêu chí ấy.",
        "files": "PDF, ảnh JPEG hoặc PNG, Word (.docx), Excel (.xlsx); chọn được nhiều tệp.",
        "file": "Chỉ khi tệp không đưa vào sổ: 64 ký tự, để sau này đối chiếu.",
        "effective_on": "Ngày việc này có hiệu lực, có thể trước hôm nay.",
        **programme.HELP,
        **complaint.HELP,
        **council.HELP,
        **honours.HELP,
        **units.HELP,
        **places.HELP,
        **consent.HELP,
    }
)


def field_label(name: str, of: str) -> str | None:
    """Return what a field is called, where a command or an entry may call it by its own word."""
    return FIELDS.get(f"{of}.{name}") or FIELDS.get(name)


def help_of(name: str, of: str) -> str | None:
    """Return what helps with a field of a command."""
    return HELP.get(f"{of}.{name}") or HELP.get(name)


def label(value: object) -> str:
    """Return the Vietnamese label of a value, or the value itself where it is a name already."""
    if isinstance(value, StrEnum) and value in LABELS:
        return LABELS[value]
    return STATES.get(str(value), str(value))


def need_of(need: NeedWords) -> str:
    """Return what a need is called in the visitor's language, as its rule set says."""
    return need.vi if chosen() == SOURCE else need.en


def labels(values: type[StrEnum]) -> list[tuple[str, str]]:
    """Return (stored word, label) of every value of an enumeration."""
    return [(str(value), LABELS[value]) for value in values]
