"""Vietnamese words of batches: what became of each item, and why not."""

from __future__ import annotations

from typing import Final

from domain.batch import BatchItem
from web.languages import Words, _
from web.words.labels import FIELDS, need_of
from workflow.rules import RuleSet

PROBLEMS: Final[Words[str]] = Words(
    {
        "is not given to many at once": "Việc này làm từng hồ sơ một, không làm hàng loạt.",
        "must differ": "Mỗi mục chỉ được chọn một lần.",
        "must be one act": "Cả loạt phải cùng một việc, một người, một ngày và một căn cứ.",
        "was recorded before": "Việc này đã được ghi riêng từ trước.",
    }
)
REFUSALS: Final[Words[str]] = Words(
    {
        "UnknownSubject": "Không có trong sổ",
        "NotPermitted": "Không đúng chức trách",
        "MoveNotAllowed": "Bước này không có ở trạng thái hiện nay của hồ sơ",
        "NeedsUnmet": "Chưa đủ điều kiện",
        "Outdated": "Có người vừa ghi vào hồ sơ này, hãy xem lại rồi làm lại",
        "InvalidCommand": "Nội dung không hợp lệ",
    }
)


def outcome(item: BatchItem, rules: RuleSet, ahead: bool = False) -> str:
    """Return what became, or ahead of time would become, of an item, in one line."""
    if item.done:
        return _("Ghi được") if ahead else _("Đã ghi")
    reasons = "; ".join(_reason(code, rules) for code in item.why)
    said = REFUSALS[item.refusal]
    return f"{said}: {reasons}" if reasons else said


def _reason(code: str, rules: RuleSet) -> str:
    if code.startswith("invalid-"):
        return FIELDS.get(code.removeprefix("invalid-"), _("Yêu cầu"))
    return need_of(rules.text.needs[code]) if code in rules.text.needs else code


INTO: Final[Words[str]] = Words(
    {
        "session": "Phiên họp",
        "round": "Đợt bình xét",
        "quota": "Chỉ tiêu",
        "programme": "Kế hoạch, giai đoạn",
    }
)
