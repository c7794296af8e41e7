"""What each kind of entry is called."""

from __future__ import annotations

from typing import Final

from web.languages import Words
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

EVENTS: Final[Words[str]] = Words(
    {
        "candidate-discovered": "Phát hiện",
        "candidate-described": "Mô tả ứng viên",
        "peer-acclaim-recorded": "Tập thể suy tôn",
        "candidate-endorsed": "Đơn vị xác nhận",
        "evidence-attached": "Đính kèm minh chứng",
        "title-recorded": "Ghi danh hiệu",
        "rating-recorded": "Ghi xếp loại",
        "criterion-assessed": "Đánh giá tiêu chí",
        "nurture-plan-adopted": "Kế hoạch bồi dưỡng",
        "progress-reported": "Báo cáo tiến độ",
        "summary-reported": "Báo cáo tổng kết",
        "block-recorded": "Ghi vướng mắc",
        "block-lifted": "Gỡ vướng mắc",
        "stage-advanced": "Chuyển khâu",
        "stage-returned": "Trả lại khâu trước",
        "exemplar-recognized": "Công nhận",
        "recognition-revoked": "Hủy công nhận",
        "candidate-suspended": "Tạm dừng xét",
        "candidate-resumed": "Tiếp tục xét",
        "candidate-withdrawn": "Rút khỏi danh sách",
        "candidate-declined": "Không công nhận",
        "candidacy-completed": "Hoàn thành",
        "candidate-attested": "Chép từ sổ cũ",
        "entry-voided": "Hủy mục ghi",
        "effective-date-corrected": "Sửa ngày có hiệu lực",
        "unit-registered": "Ghi đơn vị",
        "unit-renamed": "Đổi tên đơn vị",
        "unit-merged": "Sáp nhập đơn vị",
        "unit-head-appointed": "Bổ nhiệm người đứng đầu",
        "unit-head-left": "Thôi người đứng đầu",
        "person-described": "Ghi người",
        "personal-data-erased": "Xóa dữ liệu cá nhân",
        "office-granted": "Giao chức trách",
        "office-ended": "Thôi chức trách",
        "batch-recorded": "Làm hàng loạt",
        "command-refused": "Từ chối",
        "register-restored": "Khôi phục sổ",
        "signing-key-replaced": "Thay khóa niêm phong đã mất",
        **programme.EVENTS,
        **complaint.EVENTS,
        **council.EVENTS,
        **review.EVENTS,
        **quota.EVENTS,
        **replication.EVENTS,
        **honours.EVENTS,
        **units.EVENTS,
        **places.EVENTS,
        **report.EVENTS,
        **consent.EVENTS,
    }
)
