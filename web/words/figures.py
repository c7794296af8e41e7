"""Words of figures: their titles, what they count by definition, columns and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from events_store.figures import Holds, Value
from web.languages import Words
from web.words.days import number
from web.words.events import EVENTS
from web.words.labels import COMMANDS, LABELS, STATES

TITLES: Final[Words[str]] = Words(
    {
        "by-stage": "Ứng viên theo khâu",
        "by-unit": "Ứng viên theo đơn vị",
        "by-kind": "Ứng viên theo loại",
        "by-priority": "Ứng viên theo nhóm ưu tiên",
        "shares": "Tỷ lệ nhóm ưu tiên",
        "waiting": "Thời gian ở trạng thái hiện tại",
        "waiting-by-unit": "Thời gian chờ theo đơn vị",
        "silence": "Đơn vị lâu không có chuyển biến",
        "unreported": "Chưa báo cáo tiến bộ trong năm",
        "monthly": "Diễn biến theo tháng",
        "flows": "Biến động giữa hai ngày",
        "passages": "Thời gian qua từng bước",
        "passages-by-unit": "Bước chuyển theo đơn vị",
        "conversion": "Tỷ lệ đi tiếp",
        "timeliness": "Tính kịp thời của công nhận",
        "returns": "Trả lại và kết thúc",
        "recognitions": "Công nhận điển hình",
        "titles": "Danh hiệu thi đua",
        "commendations": "Khen thưởng",
        "table-0602": "Biểu 0602: khen thưởng cấp Nhà nước",
        "table-0603": "Biểu 0603: khen thưởng cấp tỉnh",
        "adoptions": "Nhân rộng cách làm",
        "movements": "Kết quả phát hiện của phong trào",
        "heads": "Phát hiện theo người đứng đầu",
        "obligations": "Nộp đúng hạn và quá hạn",
        "quotas": "Sử dụng chỉ tiêu",
        "table-0601": "Biểu 0601: phong trào thi đua",
        "sessions": "Phiên họp Hội đồng",
        "votes": "Kết quả biểu quyết",
        "refusals": "Lệnh bị từ chối",
        "corrections": "Đính chính",
    }
)
DEFINITIONS: Final[Words[str]] = Words(
    {
        "by-stage": "Số ứng viên ở từng khâu hoặc kết quả vào ngày hỏi.",
        "by-unit": "Số ứng viên của từng đơn vị ở từng trạng thái vào ngày hỏi.",
        "by-kind": "Số ứng viên từng loại ở từng trạng thái vào ngày hỏi.",
        "by-priority": (
            "Số ứng viên thuộc từng nhóm ưu tiên ở từng trạng thái vào ngày hỏi; một ứng "
            "viên có thể thuộc nhiều nhóm."
        ),
        "shares": (
            "Số ứng viên thuộc từng nhóm ưu tiên trên tổng số ứng viên vào ngày hỏi; một "
            "ứng viên có thể thuộc nhiều nhóm. Mức cần đạt, nếu có, lấy từ bộ quy tắc của ngày "
            "hỏi."
        ),
        "waiting": (
            "Số ngày các ứng viên đã ở trạng thái của ngày hỏi. Phân vị là số ngày nhỏ nhất "
            "mà chừng ấy phần trăm ứng viên không vượt quá, không nội suy."
        ),
        "waiting-by-unit": (
            "Số ngày các ứng viên đang ở một khâu đã ở khâu đó đến ngày hỏi, theo đơn vị."
        ),
        "silence": (
            "Với mỗi đơn vị còn hoạt động: số ứng viên và số ngày từ lần gần nhất một ứng "
            "viên của đơn vị vào trạng thái mới; để trống nếu chưa từng có ứng viên."
        ),
        "unreported": (
            "Số ứng viên ở khâu Bồi dưỡng vào ngày hỏi mà trong năm của ngày đó chưa có báo "
            "cáo tiến bộ."
        ),
        "monthly": (
            "Số lượt ứng viên vào từng trạng thái trong mỗi tháng của kỳ; việc trong cùng "
            "một ngày tính theo trạng thái cuối ngày."
        ),
        "flows": (
            "Số ứng viên theo trạng thái ngay trước ngày đầu kỳ và trạng thái ngày cuối kỳ."
        ),
        "passages": (
            "Các lần chuyển từ trạng thái này sang trạng thái khác trong kỳ, và số ngày ở "
            "trạng thái trước khi chuyển. Việc trong cùng một ngày tính theo trạng thái cuối ngày."
        ),
        "passages-by-unit": (
            "Số lần chuyển từ trạng thái này sang trạng thái khác trong kỳ, theo đơn vị "
            "trước khi chuyển. Việc trong cùng một ngày tính theo trạng thái cuối ngày."
        ),
        "conversion": (
            "Với các ứng viên được phát hiện trong mỗi năm: bao nhiêu đã tới từng khâu đến "
            "ngày hỏi, kể cả khi sau đó bị trả lại hoặc dừng."
        ),
        "timeliness": (
            "Số ngày từ khi phát hiện, và từ ngày đạt thành tích nếu đã phân loại, đến "
            "quyết định công nhận trong kỳ (kế hoạch, phần căn cứ; R0-4)."
        ),
        "returns": (
            "Số lần trả lại khâu trước, không đạt, rút, hủy công nhận và trả lại báo cáo "
            "trong kỳ. Lý do viết tay ở kho riêng, xem tại mục ghi."
        ),
        "recognitions": (
            "Số quyết định công nhận trong kỳ theo năm và loại; trong đó đã bị hủy đến ngày hỏi."
        ),
        "titles": (
            "Số danh hiệu ghi nhận theo quyết định trong kỳ, theo năm thành tích; trong đó "
            "đã bị hủy đến ngày hỏi."
        ),
        "commendations": "Số lần khen thưởng có quyết định trong kỳ, theo cấp và hình thức.",
        "table-0602": (
            "Khen thưởng cấp Nhà nước trong kỳ theo hình thức, loại đối tượng và nhóm chức "
            "vụ, trong phạm vi sổ biết (Thông tư 02/2023/TT-BNV); sổ không ghi loại hình."
        ),
        "table-0603": (
            "Khen thưởng cấp tỉnh trong kỳ theo hình thức, loại đối tượng và nhóm chức vụ, "
            "trong phạm vi sổ biết (Thông tư 02/2023/TT-BNV); sổ không ghi loại hình."
        ),
        "adoptions": (
            "Số nơi làm theo ghi trong kỳ, theo năm và loại; trong đó đã được xác minh đến "
            "ngày hỏi."
        ),
        "movements": (
            "Với mỗi phong trào: số ứng viên phát hiện từ phong trào, trong đó đang được "
            "công nhận, đến ngày hỏi (R1-3)."
        ),
        "heads": (
            "Số ứng viên đơn vị phát hiện trong kỳ khi người đó đứng đầu, trong đó chính "
            "người đó ghi (R5-7). Tên người chỉ hiện cho chức trách được xem."
        ),
        "obligations": (
            "Nghĩa vụ của từng đơn vị có hạn từ đầu kỳ trở đi: nộp đúng hạn, nộp trễ, quá "
            "hạn chưa nộp, hoặc chưa đến hạn vào ngày hỏi (R6-6, R7-1)."
        ),
        "quotas": (
            "Với mỗi chỉ tiêu: tổng số được giao, số đã chọn và số dự khuyết đến ngày hỏi (R6-9)."
        ),
        "table-0601": (
            "Phong trào phát động trong kỳ theo cấp, loại và thời gian (Thông tư 02/2023/TT-BNV); "
            "phạm vi là chữ viết tay nên không tách."
        ),
        "sessions": (
            "Phiên họp trong kỳ: số nội dung, số thành viên dự trên số thành viên đương nhiệm."
        ),
        "votes": (
            "Số phiếu của từng nội dung trong kỳ; bỏ phiếu kín chỉ có tổng số. Cơ sở tính "
            "và ngưỡng là của phiên họp."
        ),
        "refusals": (
            "Số lần sổ từ chối trong kỳ, theo lệnh và điều kiện còn thiếu; một lần thiếu "
            "nhiều điều kiện được kể ở mỗi điều kiện."
        ),
        "corrections": (
            "Số lần hủy mục ghi hoặc đính chính ngày hiệu lực trong kỳ, theo loại mục bị "
            "đính chính. Lý do và căn cứ ở mục ghi."
        ),
    }
)
COLUMNS: Final[Words[str]] = Words(
    {
        "adopter": "Bên làm theo",
        "base": "Cơ sở tính",
        "before": "Trạng thái trước",
        "candidates": "Ứng viên",
        "command": "Lệnh",
        "corrected": "Mục bị đính chính",
        "count": "Số lượng",
        "day": "Ngày",
        "duration": "Thời gian",
        "event": "Việc",
        "form": "Hình thức",
        "found": "Phát hiện",
        "ground": "Căn cứ, lý do",
        "idle": "Số ngày",
        "item": "Nội dung",
        "items": "Số nội dung",
        "kind": "Loại",
        "level": "Cấp",
        "longest": "Lâu nhất",
        "lost": "Đã hủy",
        "members": "Đương nhiệm",
        "month": "Tháng",
        "movement": "Phong trào",
        "need": "Điều kiện",
        "nurtured": "Tới Bồi dưỡng",
        "own": "Tự ghi",
        "p25": "25 %",
        "p50": "50 %",
        "p75": "75 %",
        "p90": "90 %",
        "person": "Người đứng đầu",
        "present": "Có mặt",
        "priority": "Nhóm ưu tiên",
        "quota": "Chỉ tiêu",
        "recognized": "Được công nhận",
        "refusal": "Kiểu từ chối",
        "replicated": "Tới Nhân điển hình",
        "reserve": "Dự khuyết",
        "role": "Nhóm chức vụ",
        "session": "Phiên họp",
        "stage": "Về khâu",
        "state": "Trạng thái",
        "status": "Tình hình",
        "summarized": "Tới Tổng kết",
        "target": "Mức cần đạt",
        "threshold": "Ngưỡng",
        "title": "Danh hiệu",
        "total": "Tổng số",
        "unit": "Đơn vị",
        "used": "Đã chọn",
        "verified": "Đã xác minh",
        "void": "Không hợp lệ hoặc không ý kiến",
        "votes_against": "Không đồng ý",
        "votes_for": "Đồng ý",
        "year": "Năm",
    }
)
VALUES: Final[Words[str]] = Words(
    {
        "not-yet": "Chưa có",
        "none": "Không thuộc nhóm nào",
        "achieved": "Ngày đạt thành tích",
        "on-time": "Đúng hạn",
        "late": "Nộp trễ",
        "overdue": "Quá hạn",
        "due": "Chưa đến hạn",
        "no-end": "Không thời hạn",
        "under-1-year": "Dưới 1 năm",
        "1-year": "1 năm",
        "1-to-3-years": "Trên 1 đến dưới 3 năm",
        "3-to-5-years": "Từ 3 đến dưới 5 năm",
        "5-years-or-more": "Từ 5 năm trở lên",
        "NeedsUnmet": "Chưa đủ điều kiện",
        "NotPermitted": "Không có quyền",
        "MoveNotAllowed": "Không có bước chuyển này",
        "UnknownSubject": "Không có trong sổ",
    }
)


def cell(value: Value, holds: Holds, names: Mapping[str, str]) -> str:
    """Return a value of a figure in words; `names` are what subjects are called."""
    text = "" if value is None else str(value)
    match holds:
        case Holds.COUNT | Holds.DAYS:
            return number(int(text)) if text else ""
        case Holds.UNIT | Holds.SUBJECT | Holds.PERSON | Holds.NEED:
            return names.get(text, text)
        case Holds.YEAR:
            return text if text != "0" else ""
        case Holds.MONTH:
            return "/".join(reversed(text.split("-")))
        case Holds.TEXT:
            return text
        case _:
            tables: tuple[Mapping[Any, str], ...] = (VALUES, STATES, EVENTS, COMMANDS, LABELS)
            return next((table[text] for table in tables if text in table), text)
