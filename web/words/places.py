"""Vietnamese words of places, their lists, and of priority groups."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from domain import place
from domain.candidate_events import CandidateClassified
from domain.place import AreaGroup, PlaceKind
from domain.values import PositionGroup
from web.languages import Words, _
from web.words.days import day

LABELS: Final[Words[StrEnum]] = Words(
    {
        PlaceKind.COMMUNE: "Xã",
        PlaceKind.WARD: "Phường",
        PlaceKind.TOWNSHIP: "Thị trấn",
        PositionGroup.PROVINCIAL_LEADER: "Lãnh đạo cấp tỉnh",
        PositionGroup.DEPARTMENT_LEADER: "Lãnh đạo sở và tương đương",
        PositionGroup.BUSINESSPERSON: "Doanh nhân",
        PositionGroup.OTHER_LEADER: "Lãnh đạo khác, từ phó trưởng phòng trở lên",
        PositionGroup.DIRECT_WORKER: "Người trực tiếp sản xuất, công tác",
    }
)
AREAS: Final[Words[StrEnum]] = Words(
    {
        AreaGroup.REMOTE: "vùng sâu, vùng xa",
        AreaGroup.BORDER: "vùng biên giới",
        AreaGroup.ETHNIC_MINORITY: "vùng dân tộc thiểu số",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "classify-candidate": "Xác định nhóm ưu tiên",
        "enter-place": "Ghi xã, phường",
        "merge-place": "Sáp nhập, chia tách xã, phường",
        "list-place": "Ghi vào danh sách địa bàn ưu tiên",
        "delist-place": "Đưa ra khỏi danh sách địa bàn ưu tiên",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "achieved_on": "Ngày lập thành tích",
        "given": "Nhóm được xét riêng",
        "group": "Danh sách địa bàn",
        "legal_personality": "Tập thể có tư cách pháp nhân",
        "listings": "Danh sách địa bàn ưu tiên",
        "successors": "Nhập vào xã, phường",
    }
)
HELP: Final[Words[str]] = Words(
    {
        "achieved_on": "Danh sách địa bàn được tra theo ngày này.",
        "given": "Cần ghi lý do.",
        "successors": "Một nơi: sáp nhập. Nhiều nơi: chia tách.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "must name other places, each once": "Cần ít nhất một xã, phường khác, mỗi nơi một lần.",
        "is on this list already": "Ngày này địa bàn đã có trong danh sách.",
        "is not on this list": "Ngày này địa bàn không có trong danh sách.",
        "is told of collectives only": "Chỉ ghi cho tập thể.",
        "is told of individuals only": "Chỉ ghi cho cá nhân.",
        "must be one or more": "Ít nhất là 1.",
        "goes with groups that are given, each once": (
            "Nhóm được xét riêng phải có lý do, và chỉ nhóm ấy mới ghi lý do."
        ),
        "was not there on that day": "Ngày này chưa có hoặc không còn xã, phường ấy.",
    }
)
KINDS: Final[Words[str]] = Words({"place": "xã, phường"})
EVENTS: Final[Words[str]] = Words(
    {
        "candidate-classified": "Nhóm ưu tiên",
        "place-entered": "Ghi xã, phường",
        "place-merged": "Sáp nhập, chia tách xã, phường",
        "place-listed": "Vào danh sách địa bàn ưu tiên",
        "place-delisted": "Ra khỏi danh sách địa bàn ưu tiên",
    }
)


def told(event: object) -> str | None:
    """Return what an entry says in one line, or None if it is about something else."""
    match event:
        case place.PlaceEntered(name, kind):
            return f"Ghi {LABELS[kind].lower()} {name}"
        case place.PlaceMerged(successors):
            several = _("Chia tách vào %(count)s xã, phường khác", count=len(successors))
            return _("Sáp nhập vào xã, phường khác") if len(successors) == 1 else several
        case place.PlaceListed(group, until):
            return _("Thuộc %(group)s", group=AREAS[group]) + (
                _(" đến hết ngày %(until)s", until=day(until)) if until else ""
            )
        case place.PlaceDelisted(group):
            return _("Thôi thuộc %(group)s", group=AREAS[group])
        case CandidateClassified():
            return classified(event)
        case _:
            return None


def classified(event: CandidateClassified) -> str:
    """Return what was found out about a candidate."""
    count = len(event.groups)
    found = (
        _("thuộc %(count)s nhóm ưu tiên", count=count)
        if count
        else _("không thuộc nhóm ưu tiên nào")
    )
    return _(
        "Theo ngày lập thành tích %(achieved_on)s: %(found)s",
        achieved_on=day(event.achieved_on),
        found=found,
    )


def called(name: str | None, kind: PlaceKind | None, ended: date | None) -> str | None:
    """Return what a place is called, and until when it was there."""
    if not name or not kind:
        return None
    return f"{LABELS[kind]} {name}" + (_(" (đến %(ended)s)", ended=day(ended)) if ended else "")
