"""Vietnamese words of achievements and commendations."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from domain import honours
from domain.honours import CommendationForm, CommendationLevel, HonourEvent

LABELS: Final[dict[StrEnum, str]] = {
    CommendationForm.LETTER_OF_MERIT: "Giấy khen",
    CommendationForm.CERTIFICATE_OF_MERIT: "Bằng khen",
    CommendationForm.COMMEMORATIVE_MEDAL: "Kỷ niệm chương",
    CommendationForm.ORDER_OR_MEDAL: "Huân chương, huy chương",
    CommendationForm.LETTER: "Thư khen",
    CommendationLevel.DEPARTMENT: "Sở khen",
    CommendationLevel.PROVINCE: "Tỉnh khen",
    CommendationLevel.MINISTRY: "Bộ khen",
    CommendationLevel.STATE: "Nhà nước khen",
}
COMMANDS: Final = {
    "record-achievement": "Ghi thành tích",
    "record-commendation": "Ghi khen thưởng",
    "introduce-to-province": "Ghi giới thiệu với tỉnh",
    "record-answer": "Ghi kết quả của tỉnh",
}
FIELDS: Final = {
    "accepted": "Được tỉnh chấp nhận",
    "answer": "Số, ký hiệu văn bản của tỉnh",
    "form": "Hình thức khen thưởng",
}


def told(event: HonourEvent) -> str:
    """Return what an entry about honours says, in one line."""
    match event:
        case honours.AchievementRecorded(begins, ends, _, number):
            return f"Thành tích thứ {number}: {begins:%d/%m/%Y} đến {ends:%d/%m/%Y}"
        case honours.CommendationGranted(achievement, form, _, decision):
            return f"{LABELS[form]} cho thành tích thứ {achievement}, quyết định {decision}"
        case honours.IntroducedToProvince(document):
            return f"Giới thiệu với tỉnh, danh sách {document}"
        case honours.ProvinceAnswered(document, accepted, answer):
            said = "chấp nhận" if accepted else "không chấp nhận"
            return f"Tỉnh {said} theo danh sách {document}, {answer}"
        case _:
            assert_never(event)


EVENTS: Final = {
    "achievement-recorded": "Ghi thành tích",
    "commendation-granted": "Khen thưởng",
    "introduced-to-province": "Giới thiệu với tỉnh",
    "province-answered": "Tỉnh trả lời",
}
