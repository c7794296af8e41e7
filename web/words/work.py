"""Vietnamese words of the work list and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from web.languages import Words, _
from web.words.days import day, number
from web.words.labels import COMMANDS, label, need_of
from workflow.dates import Dated, Falls
from workflow.rules import RuleSet
from workflow.work import Task, Work

WORKS: Final[Words[Work]] = Words(
    {
        Work.SUPPLY: "Bổ sung hồ sơ",
        Work.ADVANCE: "Chuyển khâu",
        Work.RECOGNIZE: "Quyết định công nhận",
        Work.RE_REVIEW: "Xem xét lại việc công nhận",
        Work.COMMENTS: "Giải quyết ý kiến góp ý",
        Work.END_COMMENTS: "Kết thúc lấy ý kiến công khai",
        Work.HAND_IN: "Nộp báo cáo, kế hoạch",
        Work.HAND_IN_AGAIN: "Bổ sung bản bị trả lại",
        Work.ANSWER: "Xem xét bản đã nộp",
        Work.REMIND: "Đôn đốc đơn vị",
        Work.MILESTONE: "Thực hiện mốc",
        Work.SESSION: "Phiên họp Hội đồng",
        Work.ROUND: "Đợt bình xét",
        Work.CYCLE: "Kết thúc giai đoạn",
        Work.STALE: "Lâu không có tiến triển",
        Work.NOTIFY: "Thông báo cho đơn vị lý do không công nhận",
        Work.LETTER: "Báo đã tiếp nhận yêu cầu xóa dữ liệu cá nhân",
        Work.ERASURE: "Trả lời yêu cầu xóa dữ liệu cá nhân",
        Work.DELEGATES: "Xem lại đại biểu còn vướng mắc",
        Work.COMPLAINT: "Trả lời có thụ lý đơn hay không",
        Work.SETTLING: "Giải quyết đơn",
        Work.PROGRESS: "Báo cáo tiến bộ hằng năm",
        Work.SILENT: "Lâu không phát hiện, không chuyển khâu",
    }
)


def task(of: Task, rules: RuleSet) -> str:
    """Return what there is to do, in one line: the matter, then what is missing."""
    if of.work is Work.SUPPLY:
        needs = "; ".join(need_of(rules.text.needs[need]) for need in of.needs)
        return f"{COMMANDS[of.command]}: {needs}"
    what = f": {label(of.what)}" if of.what else ""
    year = f" {of.year}" if of.year else ""
    return f"{WORKS[of.work]}{what}{year}"


def when(of: Task) -> str:
    """Return how pressing something is."""
    if of.late:
        return _("quá hạn %(days)s ngày làm việc", days=number(of.late))
    if of.due:
        return _("hạn %(day)s", day=day(of.due))
    never = _("chưa từng") if of.work is Work.SILENT else ""
    return _("từ %(day)s", day=day(of.since)) if of.since else never


FALLS: Final[Words[Falls]] = Words(
    {
        Falls.CYCLE_BEGINS: "Bắt đầu giai đoạn",
        Falls.CYCLE_ENDS: "Kết thúc giai đoạn",
        Falls.MILESTONE_BEGINS: "Bắt đầu mốc",
        Falls.MILESTONE: "Đến mốc",
        Falls.DEADLINE: "Hạn nộp",
        Falls.SESSION: "Phiên họp Hội đồng",
        Falls.COMMENTS_END: "Hết hạn lấy ý kiến công khai",
        Falls.MOVEMENT_BEGINS: "Bắt đầu phong trào",
        Falls.MOVEMENT_ENDS: "Kết thúc phong trào",
    }
)
WEEKDAYS: Final[Words[int]] = Words(
    {
        1: "Thứ Hai",
        2: "Thứ Ba",
        3: "Thứ Tư",
        4: "Thứ Năm",
        5: "Thứ Sáu",
        6: "Thứ Bảy",
        7: "Chủ nhật",
    }
)


def dated(of: Dated, names: Mapping[str, str]) -> str:
    """Return what falls on a day, in one line."""
    about = label(of.what) if of.what else of.name or names.get(of.subject, "")
    year = f" {of.year}" if of.year else ""
    return f"{FALLS[of.falls]}: {about}{year}" if about else FALLS[of.falls]
