"""Vietnamese words of achievements and commendations."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from domain import honours, revocation
from domain.honours import CommendationForm, CommendationLevel, HonourEvent
from domain.revocation import RevocationEvent
from domain.values import Authority, Title
from web.languages import Words, _
from web.words.days import day, number

TITLES: Final[Words[StrEnum]] = Words(
    {
        Title.ADVANCED_WORKER: "Lao động tiên tiến",
        Title.GRASSROOTS_FIGHTER: "Chiến sĩ thi đua cơ sở",
        Title.PROVINCIAL_FIGHTER: "Chiến sĩ thi đua cấp tỉnh",
        Title.NATIONAL_FIGHTER: "Chiến sĩ thi đua toàn quốc",
        Title.ADVANCED_COLLECTIVE: "Tập thể lao động tiên tiến",
        Title.EXCELLENT_COLLECTIVE: "Tập thể lao động xuất sắc",
    }
)
LABELS: Final[Words[StrEnum]] = Words(
    {
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
)
COMMANDS: Final[Words[str]] = Words(
    {
        "revoke-title": "Ghi hủy danh hiệu",
        "restore-title": "Ghi phục hồi danh hiệu",
        "record-return": "Ghi tiền thưởng, hiện vật đã thu hồi",
        "restore-recognition": "Phục hồi công nhận",
        "record-achievement": "Ghi thành tích",
        "record-commendation": "Ghi khen thưởng",
        "introduce-to-province": "Ghi giới thiệu với tỉnh",
        "record-answer": "Ghi kết quả của tỉnh",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "authority": "Người có thẩm quyền tặng",
        "money": "Tiền thưởng phải thu hồi hoặc đã thu hồi (đồng)",
        "objects": "Hiện vật phải thu hồi hoặc đã thu hồi",
        "accepted": "Được tỉnh chấp nhận",
        "answer": "Số, ký hiệu văn bản của tỉnh",
        "form": "Hình thức khen thưởng",
    }
)


def told(event: HonourEvent) -> str:
    """Return what an entry about honours says, in one line."""
    match event:
        case honours.AchievementRecorded(begins, ends, _, number):
            return _(
                "Thành tích thứ %(number)s: %(begins)s đến %(ends)s",
                number=number,
                begins=day(begins),
                ends=day(ends),
            )
        case honours.CommendationGranted(achievement, form, _, decision):
            return _(
                "%(form)s cho thành tích thứ %(achievement)s, quyết định %(decision)s",
                form=LABELS[form],
                achievement=achievement,
                decision=decision,
            )
        case honours.IntroducedToProvince(document):
            return _("Giới thiệu với tỉnh, danh sách %(document)s", document=document)
        case honours.ProvinceAnswered(document, accepted, answer):
            said = _("chấp nhận") if accepted else _("không chấp nhận")
            return _(
                "Tỉnh %(said)s theo danh sách %(document)s, %(answer)s",
                said=said,
                document=document,
                answer=answer,
            )
        case _:
            assert_never(event)


HELP: Final[Words[str]] = Words(
    {
        "authority": "Để trống nếu quyết định không nêu khác; chỉ người đã tặng mới được hủy.",
        "money": "Hủy danh hiệu mà để trống thì tính theo bộ quy tắc, nếu đã có mức.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {"must be something, or objects": "Cần số tiền hoặc hiện vật."}
)
LACKING: Final[Words[str]] = Words(
    {
        "consecutive-titles": "trống năm",
        "granting-power": "phải là",
        "title-authority": "phải là",
        "to-return": "còn (đồng)",
    }
)


def taken(event: RevocationEvent) -> str:
    """Return what an entry about a title that was taken back says, in one line."""
    match event:
        case revocation.TitleRevoked(title, year, _, decision):
            return _(
                "Hủy danh hiệu “%(title)s” năm %(year)s, quyết định %(decision)s",
                title=TITLES[title],
                year=year,
                decision=decision,
            )
        case revocation.TitleRestored(title, year, decision):
            return _(
                "Phục hồi danh hiệu “%(title)s” năm %(year)s, quyết định %(decision)s",
                title=TITLES[title],
                year=year,
                decision=decision,
            )
        case revocation.RewardReturned(document, money):
            of = _(": %(money)s đồng", money=number(money)) if money else ""
            return _("Thu hồi tiền thưởng, hiện vật%(of)s, %(document)s", of=of, document=document)
        case _:
            assert_never(event)


EVENTS: Final[Words[str]] = Words(
    {
        "title-revoked": "Hủy danh hiệu",
        "title-restored": "Phục hồi danh hiệu",
        "reward-returned": "Thu hồi tiền thưởng, hiện vật",
        "recognition-restored": "Phục hồi công nhận",
        "achievement-recorded": "Ghi thành tích",
        "commendation-granted": "Khen thưởng",
        "introduced-to-province": "Giới thiệu với tỉnh",
        "province-answered": "Tỉnh trả lời",
    }
)
