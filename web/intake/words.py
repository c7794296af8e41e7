"""What cells may say: Vietnamese words and abbreviations, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from domain.values import CandidateKind, Outcome, PersonKind, PriorityGroup, Rating, Title
from domain.vietnamese import plain, spelling

T = TypeVar("T")

KINDS: Final = {
    "Cá nhân": CandidateKind.INDIVIDUAL,
    "Tập thể": CandidateKind.COLLECTIVE,
    "Mô hình": CandidateKind.MODEL,
}
SEXES: Final = {"Nam": "Nam", "Nữ": "Nữ"}
PERSON_KINDS: Final = {
    "Công chức": PersonKind.CIVIL_SERVANT,
    "Viên chức": PersonKind.PUBLIC_EMPLOYEE,
    "Người lao động": PersonKind.WORKER,
    "Lãnh đạo, quản lý": PersonKind.LEADER,
    "Nông dân": PersonKind.FARMER,
}
PRIORITIES: Final = {
    "Tập thể nhỏ": PriorityGroup.SMALL_COLLECTIVE,
    "Công nhân": PriorityGroup.LABOURER,
    "Nông dân": PriorityGroup.FARMER,
    "Lao động trực tiếp": PriorityGroup.DIRECT_LABOUR,
    "Vùng sâu, vùng xa": PriorityGroup.REMOTE_AREA,
    "Vùng biên giới": PriorityGroup.BORDER_AREA,
    "Vùng dân tộc thiểu số": PriorityGroup.ETHNIC_MINORITY_AREA,
    "Đột xuất": PriorityGroup.EXTRAORDINARY,
    "Người tốt, việc tốt": PriorityGroup.GOOD_DEED,
}
OUTCOMES: Final = {
    "Hoàn thành": Outcome.COMPLETED,
    "Không công nhận": Outcome.DECLINED,
    "Rút": Outcome.WITHDRAWN,
    "Hủy công nhận": Outcome.REVOKED,
}
OTHER_PRIORITIES: Final = {
    "Người lao động trực tiếp": PriorityGroup.DIRECT_LABOUR,
    "Biên giới": PriorityGroup.BORDER_AREA,
    "Dân tộc thiểu số": PriorityGroup.ETHNIC_MINORITY_AREA,
    "Thành tích đột xuất": PriorityGroup.EXTRAORDINARY,
    "Gương người tốt, việc tốt": PriorityGroup.GOOD_DEED,
}
HONOURS: Final[dict[str, Title | Rating]] = {
    "LĐTT": Title.ADVANCED_WORKER,
    "CSTĐCS": Title.GRASSROOTS_FIGHTER,
    "CSTĐT": Title.PROVINCIAL_FIGHTER,
    "CSTĐTQ": Title.NATIONAL_FIGHTER,
    "TTLĐTT": Title.ADVANCED_COLLECTIVE,
    "TTLĐXS": Title.EXCELLENT_COLLECTIVE,
    "HTXSNV": Rating.EXCELLENT,
    "HTTNV": Rating.GOOD,
    "HTNV": Rating.COMPLETED,
    "KHTNV": Rating.NOT_COMPLETED,
}
OTHER_HONOURS: Final[dict[str, Title | Rating]] = {
    "Lao động tiên tiến": Title.ADVANCED_WORKER,
    "Chiến sĩ thi đua cơ sở": Title.GRASSROOTS_FIGHTER,
    "Chiến sỹ thi đua cơ sở": Title.GRASSROOTS_FIGHTER,
    "CSTĐ cơ sở": Title.GRASSROOTS_FIGHTER,
    "CSTĐ tỉnh": Title.PROVINCIAL_FIGHTER,
    "CSTĐ cấp tỉnh": Title.PROVINCIAL_FIGHTER,
    "Chiến sĩ thi đua cấp tỉnh": Title.PROVINCIAL_FIGHTER,
    "Chiến sỹ thi đua cấp tỉnh": Title.PROVINCIAL_FIGHTER,
    "CSTĐ toàn quốc": Title.NATIONAL_FIGHTER,
    "Chiến sĩ thi đua toàn quốc": Title.NATIONAL_FIGHTER,
    "Chiến sỹ thi đua toàn quốc": Title.NATIONAL_FIGHTER,
    "Tập thể lao động tiên tiến": Title.ADVANCED_COLLECTIVE,
    "Tập thể lao động xuất sắc": Title.EXCELLENT_COLLECTIVE,
    "Hoàn thành xuất sắc nhiệm vụ": Rating.EXCELLENT,
    "Hoàn thành tốt nhiệm vụ": Rating.GOOD,
    "Hoàn thành nhiệm vụ": Rating.COMPLETED,
    "Không hoàn thành nhiệm vụ": Rating.NOT_COMPLETED,
}


class Words(dict[str, T]):
    """Words found by their spelling; typed without any marks they are found too."""

    def __init__(self, words: Mapping[str, T], others: Mapping[str, T] | None = None) -> None:
        every = {**(others or {}), **words}
        super().__init__({spelling(word): meaning for word, meaning in every.items()})
        self.choices = ", ".join(f"“{word}”" for word in words)
        self._bare = {plain(word): meaning for word, meaning in every.items()}

    def meaning(self, text: str) -> T | None:
        """Return what the text stands for, or None."""
        found = self.get(spelling(text))
        if found is None and text.isascii():
            found = self._bare.get(plain(text))
        return found
