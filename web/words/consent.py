"""Vietnamese words of consent, of telling a unit why not, of erasing, and of counted titles."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from domain import person
from domain.consent import Consent, ConsentEvent, ConsentRecorded, DeclineReason, UnitNotified
from domain.person import ErasureRefusal
from domain.unit import TitlesCounted
from web.languages import Words, _
from web.words.days import number

LABELS: Final[Words[StrEnum]] = Words(
    {
        Consent.GIVEN: "Đồng ý",
        Consent.REFUSED: "Không đồng ý",
        DeclineReason.WRONG_SUBJECT: "Không đúng đối tượng",
        DeclineReason.BELOW_STANDARD: "Chưa đủ tiêu chuẩn",
        DeclineReason.INCOMPLETE: "Hồ sơ thiếu, không hợp lệ",
        DeclineReason.VIOLATION: "Có vi phạm",
        ErasureRefusal.FORBIDDEN: "Pháp luật không cho phép xóa",
        ErasureRefusal.LAWFUL_TASK: "Cơ quan nhà nước xử lý theo nhiệm vụ luật định",
        ErasureRefusal.PUBLIC: "Đã công khai theo quy định của pháp luật",
        ErasureRefusal.RESEARCH: "Phục vụ pháp lý, thống kê, nghiên cứu",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "record-consent": "Ghi ý kiến đồng ý của cá nhân",
        "notify-unit": "Ghi thông báo cho đơn vị lý do không công nhận",
        "request-erasure": "Ghi yêu cầu xóa dữ liệu cá nhân",
        "restrict-personal-data": "Hạn chế xử lý dữ liệu cá nhân",
        "refuse-erasure": "Từ chối xóa dữ liệu cá nhân",
        "acknowledge-erasure": "Ghi đã báo tiếp nhận yêu cầu xóa",
        "extend-erasure": "Gia hạn trả lời yêu cầu xóa",
        "count-titles": "Ghi số người đạt danh hiệu của đơn vị",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "consent": "Ý kiến của cá nhân",
        "refusal": "Lý do từ chối",
        "longer": "Gia hạn thêm (ngày)",
        "requested": "Yêu cầu xóa đang chờ",
        "restricted": "Hạn chế xử lý từ ngày",
        "advanced_workers": "Số Lao động tiên tiến",
        "grassroots_fighters": "Số Chiến sĩ thi đua cơ sở",
    }
)
HELP: Final[Words[str]] = Words(
    {
        "consent": "Im lặng không phải là đồng ý: ghi theo văn bản, phiếu của chính người đó.",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {"are among the advanced workers": "Không quá số Lao động tiên tiến."}
)
EVENTS: Final[Words[str]] = Words(
    {
        "consent-recorded": "Ý kiến của cá nhân",
        "unit-notified": "Thông báo cho đơn vị",
        "erasure-requested": "Yêu cầu xóa dữ liệu cá nhân",
        "personal-data-restricted": "Hạn chế xử lý dữ liệu cá nhân",
        "erasure-refused": "Từ chối xóa dữ liệu cá nhân",
        "erasure-acknowledged": "Báo tiếp nhận yêu cầu xóa",
        "erasure-extended": "Gia hạn trả lời yêu cầu xóa",
        "titles-counted": "Số người đạt danh hiệu",
    }
)
LACKING: Final[Words[str]] = Words(
    {
        "no-overlap": "lưu ý, đã khen theo",
        "second-person": "vì",
        "not-recognized": "lưu ý, đã công nhận từ",
        "title-cap": "lưu ý, vượt",
        "texts-in-force": "lưu ý, không còn hiệu lực",
        "complaint-window": "chưa được, hết ngày",
        "not-told": "đã báo ngày",
        "term-running": "đã hết ngày",
        "not-secret": "vướng",
    }
)
LACKS: Final[Words[str]] = Words(
    {
        "no-consent": "chưa có ý kiến của người đó",
        "no-paper": "chưa dẫn văn bản ở mục Căn cứ",
        "recognized": "quyết định còn hiệu lực",
        "candidacy-open": "hồ sơ chưa kết thúc",
        "office-held": "đang giữ chức trách",
        "heads-the-unit": "đang đứng đầu đơn vị",
        "relative-of-candidate": "là người thân của ứng viên",
        "council-member": "đang là ủy viên Hội đồng",
        "oneself": "là chính ứng viên",
        "found-it": "đã giới thiệu ứng viên",
    }
)


def told(event: ConsentEvent) -> str:
    """Return what an entry about consent, or about telling the unit, says in one line."""
    match event:
        case ConsentRecorded(consent, document):
            return _("Cá nhân: %(said)s, %(document)s", said=LABELS[consent], document=document)
        case UnitNotified(reason, document):
            return _(
                "Đã thông báo cho đơn vị: %(reason)s, %(document)s",
                reason=LABELS[reason],
                document=document,
            )
        case _:
            assert_never(event)


def erasing(event: object) -> str | None:
    """Return what an entry about erasing or counted titles says, or None if it is another."""
    match event:
        case person.ErasureRequested(document):
            return _("Yêu cầu xóa dữ liệu cá nhân, %(document)s", document=document)
        case person.PersonalDataRestricted(document):
            return _("Hạn chế xử lý dữ liệu cá nhân, %(document)s", document=document)
        case person.ErasureRefused(refusal, document):
            return _(
                "Từ chối xóa dữ liệu cá nhân: %(refusal)s, %(document)s",
                refusal=LABELS[refusal],
                document=document,
            )
        case person.ErasureAcknowledged(document):
            return _("Đã báo tiếp nhận yêu cầu xóa, %(document)s", document=document)
        case person.ErasureExtended(longer, document):
            return _(
                "Gia hạn trả lời thêm %(days)s ngày, %(document)s",
                days=number(longer),
                document=document,
            )
        case TitlesCounted(year, advanced, fighters):
            return _(
                "Năm %(year)s: %(fighters)s Chiến sĩ thi đua cơ sở"
                " trên %(advanced)s Lao động tiên tiến",
                year=year,
                fighters=number(fighters),
                advanced=number(advanced),
            )
        case _:
            return None
