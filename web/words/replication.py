"""Vietnamese words of replication."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from domain import replication
from domain.replication import AdopterKind, Channel, ReplicationEvent
from web.languages import Words, _

LABELS: Final[Words[StrEnum]] = Words(
    {
        Channel.BULLETIN: "Bản tin",
        Channel.WEBSITE: "Trang thông tin điện tử",
        Channel.PRESS: "Báo chí",
        Channel.BROADCAST: "Phát thanh, truyền hình",
        Channel.CONFERENCE: "Báo cáo tại hội nghị",
        Channel.OTHER: "Hình thức khác",
        AdopterKind.UNIT: "Đơn vị của Sở",
        AdopterKind.HOUSEHOLD: "Hộ gia đình",
        AdopterKind.COMMUNE: "Xã, phường",
    }
)
COMMANDS: Final[Words[str]] = Words(
    {
        "describe-method": "Ghi cách làm",
        "publish-exemplar": "Ghi việc giới thiệu, tuyên truyền",
        "hold-learning": "Ghi buổi học tập kinh nghiệm",
        "record-adoption": "Ghi nơi áp dụng",
        "verify-adoption": "Xác nhận nơi áp dụng",
        "explain-no-adoption": "Ghi lý do chưa có nơi áp dụng",
    }
)
FIELDS: Final[Words[str]] = Words(
    {
        "action": "Việc đã làm",
        "adopter": "Nơi áp dụng là",
        "adoption": "Nơi áp dụng thứ",
        "channel": "Hình thức",
        "conditions": "Điều kiện để làm được",
        "costs": "Chi phí",
        "how_to": "Các bước để nơi khác làm theo",
        "method": "Cách làm",
        "outcome": "Kết quả đạt được",
    }
)
PROBLEMS: Final[Words[str]] = Words(
    {
        "must be there if a unit adopts, and only then": (
            "Ghi đơn vị khi nơi áp dụng là đơn vị của Sở, và chỉ khi đó."
        ),
        "must be told in at least one part": "Hãy viết ít nhất một ô về cách làm.",
    }
)


def told(event: ReplicationEvent) -> str:
    """Return what an entry about replication says, in one line."""
    match event:
        case replication.MethodDescribed():
            return _("Mô tả cách làm để nơi khác áp dụng")
        case replication.ExemplarPublished(channel, document):
            return _(
                "Giới thiệu, tuyên truyền: %(channel)s, %(document)s",
                channel=LABELS[channel].lower(),
                document=document,
            )
        case replication.LearningHeld(_, _, attendees):
            of = (
                _(", %(attendees)s người dự", attendees=attendees) if attendees is not None else ""
            )
            return _("Học tập kinh nghiệm%(of)s", of=of)
        case replication.AdoptionRecorded(adopter, _, number):
            return _(
                "Nơi áp dụng thứ %(number)s: %(adopter)s",
                number=number,
                adopter=LABELS[adopter].lower(),
            )
        case replication.AdoptionVerified(adoption, document):
            return _(
                "Xác nhận nơi áp dụng thứ %(adoption)s, %(document)s",
                adoption=adoption,
                document=document,
            )
        case replication.NoAdoptionExplained():
            return _("Lý do chưa có nơi áp dụng")
        case _:
            assert_never(event)


EVENTS: Final[Words[str]] = Words(
    {
        "method-described": "Mô tả cách làm",
        "exemplar-published": "Tuyên truyền",
        "learning-held": "Tổ chức học tập",
        "adoption-recorded": "Ghi nơi áp dụng",
        "adoption-verified": "Xác nhận nơi áp dụng",
        "no-adoption-explained": "Nêu lý do chưa nhân rộng",
    }
)
