"""The movements of the sample, and the rounds in which candidates were selected."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.movement import MovementKind, MovementLevel, ReviewKind
from domain.round import Occasion, SelectionList
from domain.values import Role, private
from web.demo.cast import CAST
from web.demo.programme import FIRST
from web.demo.stage import Stage, Story, enter
from workflow import commands as asked

STANDING, REVIEWER = Role.STANDING_BODY, Role.REVIEWER
COUNTRYSIDE: Final = "movement:nong-thon-moi"
ONE_MODEL: Final = "movement:moi-don-vi-mot-mo-hinh"
BUSINESS: Final = "movement:nong-dan-gioi"
FOREST: Final = "movement:khu-rung-binh-yen"
CAMPAIGN: Final = "movement:90-ngay-tiem-phong"

# Subject, name, kind, level, launcher, begins, ends, the larger movement it is part of.
KIND, LEVEL = MovementKind, MovementLevel
NATIONAL: Final = (
    (COUNTRYSIDE, "Cả nước thi đua xây dựng nông thôn mới", "2021-11-22", "2025-12-31"),
    ("movement:vi-nguoi-ngheo", "Vì người nghèo - Không để ai bị bỏ lại phía sau",
     "2021-11-22", "2025-12-31"),
    ("movement:van-hoa-cong-so",
     "Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở", "2021-11-22", "2025-12-31"),
    ("movement:tiet-kiem", "Thực hành tiết kiệm, chống lãng phí", "2021-11-22", "2025-12-31"),
    ("movement:doi-moi", "Thi đua đổi mới sáng tạo và chuyển đổi số", "2022-02-10", None),
    (BUSINESS, "Nông dân thi đua sản xuất, kinh doanh giỏi", "2021-11-22", None),
    ("movement:nha-tam", "Cả nước chung tay xóa nhà tạm, nhà dột nát", "2024-04-15",
     "2025-12-31"),
)  # fmt: skip
OWN: Final = (
    (FOREST, "Mỗi kiểm lâm viên một khu rừng bình yên", KIND.REGULAR, "2022-01-10", None),
    ("movement:vu-mua-an-toan", "Vụ mùa an toàn dịch bệnh", KIND.THEMATIC, "2022-05-04",
     "2024-10-31"),
    (CAMPAIGN, "90 ngày cao điểm tiêm phòng", KIND.CAMPAIGN, "2022-03-01", "2022-05-30"),
    ("movement:kenh-xanh", "Tuyến kênh xanh - sạch", KIND.THEMATIC, "2022-06-01", None),
    (ONE_MODEL, "Mỗi đơn vị một mô hình hay", KIND.REGULAR, "2022-01-05", None),
    ("movement:dai-hoi-6", "Lập thành tích chào mừng Đại hội thi đua yêu nước tỉnh lần thứ VI",
     KIND.THEMATIC, "2025-01-06", "2025-09-18"),
)  # fmt: skip


def movements(stage: Stage) -> Story:
    """Every movement on the day it was launched."""
    told = [(*one, KIND.REGULAR, LEVEL.NATIONAL, "Nhà nước") for one in NATIONAL]
    told += [(s, n, b, e, k, LEVEL.DEPARTMENT, "Sở") for s, n, k, b, e in OWN]
    for subject, name, begins, ends, kind, level, launcher in sorted(told, key=lambda o: o[2]):
        launched = asked.LaunchMovement(
            name,
            kind,
            level,
            launcher,
            date.fromisoformat(begins),
            date.fromisoformat(ends) if ends else None,
            movement=COUNTRYSIDE if subject == ONE_MODEL else None,
            problem=private("Khó khăn, tồn tại cần giải quyết nêu trong kế hoạch phát động"),
            slogan=private(name),
        )
        yield enter(begins, launched, subject, STANDING)


def reviews(stage: Stage) -> Story:
    """Reviews: one ends its campaign, one brought a candidate (8, told in its story)."""
    final = asked.ReviewMovement(
        ReviewKind.FINAL, "88/BC-SNN", private("Tiêm 96% đàn trâu bò trong 90 ngày")
    )
    yield enter("2022-06-10", final, CAMPAIGN, STANDING)
    yield enter("2022-06-15", asked.CloseMovement(), CAMPAIGN, STANDING)


def rounds(stage: Stage) -> Story:
    """The round at the end of 2023: who is commended here, who is proposed upward."""
    about = "round:2023"
    opened = asked.OpenRound(FIRST, Occasion.YEAR_END, "Bình xét tổng kết năm 2023")
    yield enter("2023-12-04", opened, about, STANDING)
    proposed = asked.SelectCandidate(CAST[1].id, SelectionList.PROPOSE)
    chosen = (asked.SelectCandidate(CAST[n].id, SelectionList.COMMEND) for n in (2, 7, 19, 20, 21))
    lacks = ("selectable",)  # 21 was declined in June; the others are chosen all the same
    yield enter("2023-12-06", (proposed, *chosen), about, REVIEWER, unmet=lacks)
    dropped = asked.DropSelection(CAST[2].id, private("Đã được khen ở đợt chuyên đề"))
    yield enter("2023-12-07", dropped, about, REVIEWER)
    yield enter("2023-12-15", asked.CloseRound("512/QĐ-SNN"), about, STANDING)
