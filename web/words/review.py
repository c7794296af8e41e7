"""Vietnamese words of the leader rule, of looking again and of the simple procedure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.values import FastTrackGround, ReReviewCause, ReReviewResult
from web.languages import Words

LABELS: Final[Words[StrEnum]] = Words(
    {
        FastTrackGround.EXTRAORDINARY: "Thành tích đột xuất",
        FastTrackGround.FOUND_BY_HEAD: "Người đứng đầu phát hiện",
        FastTrackGround.LONG_SERVICE: "Cống hiến, niên hạn",
        FastTrackGround.EXTERNAL: "Đối ngoại",
        FastTrackGround.POLITICAL_TASK: "Phục vụ nhiệm vụ chính trị",
        FastTrackGround.STATE_SECRET: "Thành tích có nội dung bí mật nhà nước",
        ReReviewCause.RECOGNITION_LOST: "Tập thể không còn được công nhận",
        ReReviewCause.RATING_LOST: "Tập thể không còn xếp loại xuất sắc",
        ReReviewCause.TITLE_LOST: "Danh hiệu làm căn cứ không còn",
        ReReviewCause.HEADSHIP_CHANGED: "Việc đứng đầu đơn vị được ghi lại khác trước",
        ReReviewCause.OPINION_CHANGED: "Kết quả bỏ phiếu của Hội đồng được sửa",
        ReReviewResult.KEPT: "Giữ nguyên công nhận",
        ReReviewResult.REVOCATION_PROPOSED: "Đề nghị hủy công nhận",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "grant-fast-track": "Áp dụng thủ tục đơn giản",
        "conclude-re-review": "Kết luận xem xét lại",
        "confirm-rule-set": "Xác nhận bộ quy tắc dự thảo",
    }
)
FIELDS: Final[Words[str]] = Words({"result": "Kết luận"})
EVENTS: Final[Words[str]] = Words(
    {
        "fast-track-granted": "Cho theo thủ tục đơn giản",
        "re-review-required": "Cần xem xét lại",
        "re-review-concluded": "Đã xem xét lại",
        "rule-set-confirmed": "Xác nhận bộ quy tắc",
    }
)
KINDS: Final[Words[str]] = Words({"rule-set": "bộ quy tắc"})
LACKS: Final[Words[str]] = Words(
    {
        "headship": "đứng đầu đơn vị chưa đủ 6 tháng trong năm xét",
        "collective-recognition": "tập thể chưa được công nhận",
    }
)
