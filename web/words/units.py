"""Vietnamese words of units, and what a unit is called on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain import unit
from domain.unit import Unit, successors
from web.languages import Words, _
from web.words.joining import joined

COMMANDS: Final[Words[str]] = Words(
    {
        "add-criterion": "Thêm tiêu chí của đơn vị",
        "retire-criterion": "Thôi áp dụng tiêu chí của đơn vị",
        "change-person-kind": "Ghi thay đổi đối tượng",
        "rearrange-unit": "Đổi cấp trên, loại đơn vị",
        "transfer-candidates": "Chuyển ứng viên sang đơn vị khác",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "code": "Mã tiêu chí",
        "evidence": "Minh chứng",
        "hard": "Bắt buộc phải đạt",
        "kinds": "Áp dụng cho loại ứng viên",
        "person_kinds": "Áp dụng cho đối tượng",
        "candidates": "Các ứng viên",
        "receiver": "Đơn vị nhận",
        "shares": "Phần của mỗi đơn vị",
    }
)
HELP: Final[Words[str]] = Words(
    {
        "code": "Chữ in hoa và số, ví dụ KL1; khác mã của tiêu chí chung.",
        "evidence": "Khi đánh giá: mã tiêu chí và số của mục đính kèm, ví dụ C9: 12, 14; C12: 15.",
        "kinds": "Không chọn gì: áp dụng cho mọi ứng viên của đơn vị.",
        "into": "Một đơn vị: sáp nhập. Nhiều đơn vị: chia tách.",
        "shares": "Theo thứ tự các đơn vị nhận, ví dụ 2/3 và 1/3. Bỏ trống nếu không rõ.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "must be capitals and a number": "Cần chữ in hoa rồi đến số, ví dụ KL1.",
        "is a criterion already": "Mã này đã là một tiêu chí; tiêu chí chung không thay đổi được.",
        "was not added by this unit": "Đơn vị không thêm tiêu chí này.",
        "must be evidence attached to this candidate": (
            "Chỉ dẫn minh chứng đã đính kèm hồ sơ này, cho tiêu chí đang đánh giá."
        ),
        "must name another parent or kind": "Cần ghi đơn vị cấp trên hoặc loại mới.",
        "cannot stand below itself": "Đơn vị không thể trực thuộc chính nó.",
        "has become this unit": "Đơn vị này đã nhập vào chính đơn vị đang sáp nhập.",
        "must be fractions that add up to one": "Mỗi đơn vị nhận một phân số, cộng lại bằng 1.",
        "must name candidates, each once": "Cần ít nhất một ứng viên, mỗi người một lần.",
    }
)
EVENTS: Final[Words[str]] = Words(
    {
        "criterion-added": "Thêm tiêu chí của đơn vị",
        "criterion-retired": "Thôi tiêu chí của đơn vị",
        "person-kind-changed": "Thay đổi đối tượng",
        "unit-rearranged": "Đổi cấp trên, loại đơn vị",
        "candidates-transferred": "Chuyển ứng viên sang đơn vị khác",
        "candidate-transferred": "Chuyển sang đơn vị khác",
    }
)
LACKING: Final[Words[str]] = Words({"transferable": "vướng"})
LACKS: Final[Words[str]] = Words(
    {
        "of-another-unit": "không thuộc đơn vị này",
        "file-closed": "hồ sơ đã đóng",
        "changed-later": "hồ sơ có thay đổi sau ngày chuyển",
        "recognized-collective": "tập thể đã được công nhận",
        "is-oneself": "người ghi chính là ứng viên",
    }
)


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case unit.UnitRegistered(name):
            return _("Ghi đơn vị: %(name)s", name=name)
        case unit.UnitRenamed(name):
            return _("Đổi tên đơn vị: %(name)s", name=name)
        case unit.UnitRearranged():
            return EVENTS["unit-rearranged"]
        case unit.UnitMerged(into):
            several = _("Chia tách vào %(count)s đơn vị khác", count=len(into))
            return _("Sáp nhập vào đơn vị khác") if len(into) == 1 else several
        case unit.CandidatesTransferred(_, candidates):
            return _("Chuyển %(count)s ứng viên sang đơn vị khác", count=len(candidates))
        case unit.CriterionAdded(code, name):
            return _("Thêm tiêu chí %(code)s: %(name)s", code=code, name=name)
        case unit.CriterionRetired(code):
            return _("Thôi áp dụng tiêu chí %(code)s", code=code)
        case unit.UnitHeadAppointed():
            return _("Bổ nhiệm người đứng đầu")
        case unit.UnitHeadLeft():
            return _("Thôi người đứng đầu")
        case _:
            return None


def name_on(id: str, then: Mapping[str, Unit], now: Mapping[str, Unit]) -> str:
    """Return the name a unit had then, and beside it what it is called, or has become, now."""
    name = (then[id].name if id in then else None) or _name(id, now)
    names = [_name(unit, now) for unit in successors(now, id)]
    return (
        name
        if names == [name]
        else _("%(name)s (nay là %(names)s)", name=name, names=joined(names))
    )


def _name(id: str, units: Mapping[str, Unit]) -> str:
    return (units[id].name if id in units else None) or id
