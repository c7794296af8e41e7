"""Vietnamese words of achievements and commendations."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from domain import honours, revocation
from domain.honours import CommendationForm, CommendationLevel, HonourEvent
from domain.revocation import RevocationEvent
from domain.values import Authority, Title

TITLES: Final[dict[StrEnum, str]] = {
    Title.ADVANCED_WORKER: "Lao động tiên tiến",
    Title.GRASSROOTS_FIGHTER: "Chiến sĩ thi đua cơ sở",
    Title.PROVINCIAL_FIGHTER: "Chiến sĩ thi đua cấp tỉnh",
    Title.NATIONAL_FIGHTER: "Chiến sĩ thi đua toàn quốc",
    Title.ADVANCED_COLLECTIVE: "Tập thể lao động tiên tiến",
    Title.EXCELLENT_COLLECTIVE: "Tập thể lao động xuất sắc",
}
LABELS: Final[dict[StrEnum, str]] = {
    **TITLES,
    Authority.AGENCY: "Thủ trưởng cơ quan có tư cách pháp nhân",
    Authority.DEPARTMENT: "Giám đốc Sở (thẩm quyền tặng)",
    Authority.COMMUNE: "Chủ tịch UBND cấp xã",
    Authority.PROVINCE: "Chủ tịch UBND tỉnh",
    Authority.MINISTER: "Bộ trưởng",
    Authority.PRIME_MINISTER: "Thủ tướng Chính phủ",
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
    "revoke-title": "Ghi hủy danh hiệu",
    "restore-title": "Ghi phục hồi danh hiệu",
    "record-return": "Ghi tiền thưởng, hiện vật đã thu hồi",
    "restore-recognition": "Phục hồi công nhận",
    "record-achievement": "Ghi thành tích",
    "record-commendation": "Ghi khen thưởng",
    "introduce-to-province": "Ghi giới thiệu với tỉnh",
    "record-answer": "Ghi kết quả của tỉnh",
}
FIELDS: Final = {
    "authority": "Người có thẩm quyền tặng",
    "money": "Tiền thưởng phải thu hồi hoặc đã thu hồi (đồng)",
    "objects": "Hiện vật phải thu hồi hoặc đã thu hồi",
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


HELP: Final = {
    "authority": "Để trống nếu quyết định không nêu khác; chỉ người đã tặng mới được hủy.",
    "money": "Hủy danh hiệu mà để trống thì tính theo bộ quy tắc, nếu đã có mức.",
}
PROBLEMS: Final = {"must be something, or objects": "Cần số tiền hoặc hiện vật."}
LACKING: Final = {
    "consecutive-titles": "trống năm",
    "granting-power": "phải là",
    "title-authority": "phải là",
    "to-return": "còn (đồng)",
}


def taken(event: RevocationEvent) -> str:
    """Return what an entry about a title that was taken back says, in one line."""
    match event:
        case revocation.TitleRevoked(title, year, _, decision):
            return f"Hủy danh hiệu “{TITLES[title]}” năm {year}, quyết định {decision}"
        case revocation.TitleRestored(title, year, decision):
            return f"Phục hồi danh hiệu “{TITLES[title]}” năm {year}, quyết định {decision}"
        case revocation.RewardReturned(document, money):
            of = f": {money:,} đồng".replace(",", ".") if money else ""
            return f"Thu hồi tiền thưởng, hiện vật{of}, {document}"
        case _:
            assert_never(event)


EVENTS: Final = {
    "title-revoked": "Hủy danh hiệu",
    "title-restored": "Phục hồi danh hiệu",
    "reward-returned": "Thu hồi tiền thưởng, hiện vật",
    "recognition-restored": "Phục hồi công nhận",
    "achievement-recorded": "Ghi thành tích",
    "commendation-granted": "Khen thưởng",
    "introduced-to-province": "Giới thiệu với tỉnh",
    "province-answered": "Tỉnh trả lời",
}
