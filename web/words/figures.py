"""Words of figures: their titles, what they count by definition, and their columns."""

from __future__ import annotations

from typing import Final

from web.languages import Words

TITLES: Final[Words[str]] = Words(
    {
        "by-stage": "Ứng viên theo khâu",
        "by-unit": "Ứng viên theo đơn vị",
        "by-kind": "Ứng viên theo loại",
        "by-priority": "Ứng viên theo nhóm ưu tiên",
        "waiting": "Thời gian ở trạng thái hiện tại",
    }
)
DEFINITIONS: Final[Words[str]] = Words(
    {
        "by-stage": "Số ứng viên ở từng khâu hoặc kết quả vào ngày hỏi.",
        "by-unit": "Số ứng viên của từng đơn vị ở từng trạng thái vào ngày hỏi.",
        "by-kind": "Số ứng viên từng loại ở từng trạng thái vào ngày hỏi.",
        "by-priority": (
            "Số ứng viên thuộc từng nhóm ưu tiên ở từng trạng thái vào ngày hỏi;"
            " một ứng viên có thể thuộc nhiều nhóm."
        ),
        "waiting": (
            "Số ngày các ứng viên đã ở trạng thái của ngày hỏi. Phân vị là số ngày nhỏ nhất mà"
            " chừng ấy phần trăm ứng viên không vượt quá, không nội suy."
        ),
    }
)
COLUMNS: Final[Words[str]] = Words(
    {
        "state": "Trạng thái",
        "unit": "Đơn vị",
        "kind": "Loại",
        "priority": "Nhóm ưu tiên",
        "count": "Số lượng",
        "p25": "25 %",
        "p50": "50 %",
        "p75": "75 %",
        "p90": "90 %",
        "longest": "Lâu nhất",
    }
)
