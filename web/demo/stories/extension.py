"""Extension: a title that is taken back, and all that rested on it (13, 14); a namesake (22)."""

from __future__ import annotations

from domain.values import Authority, ReReviewResult, RevocationGround, Title, private
from web.demo import acts
from web.demo.acts import DIRECTOR, STANDING
from web.demo.cast import CAST
from web.demo.stage import Stage, Story, enter
from web.demo.units import chief
from workflow import commands as asked


def field_schools(stage: Stage) -> Story:
    """13: excellent collective of 2022 by false figures; the title falls, then the recognition."""
    it = CAST[13]
    yield acts.found(it, "2022-02-14")
    yield from acts.acclaimed(it, "2022-02-23", (34, 0, 2))
    yield from acts.nurtured(it, "2022-03-14", "40 lớp học tại ruộng")
    yield acts.reported(it, "2022-12-13", "Đã mở 40 lớp")
    yield acts.titled(it, "2023-02-10", Title.EXCELLENT_COLLECTIVE, 2022, "212/QĐ-UBND")
    yield acts.rated(it, "2023-02-10", 2022, "15/QĐ-SNN")
    yield from acts.summed_up(it, "2023-02-22", "Lớp học tại ruộng theo mùa vụ")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    yield acts.recognized(it, "2023-04-03", "162/QĐ-SNN")
    yield acts.advanced(it, "2023-04-12")
    false, why = RevocationGround.FALSE_DECLARATION, "UBND tỉnh hủy danh hiệu năm 2022"
    taken = asked.RevokeTitle(
        Title.EXCELLENT_COLLECTIVE, 2022, false, "1102/QĐ-UBND", private(why), Authority.PROVINCE
    )
    yield enter("2024-06-20", taken, it.id, STANDING, paper="1102/QĐ-UBND")
    looked = asked.ConcludeReReview(
        ReReviewResult.REVOCATION_PROPOSED, private("Số lớp báo cáo không đúng thực tế")
    )
    yield enter("2024-07-08", looked, it.id, STANDING, paper="41/BB-TCCB")
    revoked = asked.RevokeRecognition(
        false, private("Kê khai gian dối thành tích năm 2022"), "402/QĐ-SNN"
    )
    yield enter("2024-07-15", revoked, it.id, DIRECTOR, paper="402/QĐ-SNN")


def school_master(stage: Stage) -> Story:
    """14: recognized beside 13; when 13 loses its title somebody has to look again at him."""
    it = CAST[14]
    yield acts.found(it, "2022-02-15", person=chief("ttkn"))
    yield from acts.acclaimed(it, "2022-02-23", (33, 1, 1))
    yield from acts.nurtured(it, "2022-03-14", "Mỗi cán bộ phụ trách hai lớp")
    yield acts.reported(it, "2022-12-13", "Mỗi cán bộ đã có hai lớp")
    yield acts.titled(it, "2023-02-10", Title.GRASSROOTS_FIGHTER, 2022, "33/QĐ-SNN")
    yield from acts.summed_up(it, "2023-02-23", "Quản lý lớp học tại ruộng")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    yield acts.recognized(it, "2023-04-03", "163/QĐ-SNN")
    yield acts.advanced(it, "2023-04-12")
    closing = asked.CompleteCandidacy(private("Hết giai đoạn"))
    yield enter(
        "2025-12-16", closing, it.id, STANDING,
        unmet=("no-re-review", "adoption"),
    )  # fmt: skip


def nursery_keeper(stage: Stage) -> Story:
    """22: Nông Thị Hoà, found under one spelling with 23, and another person."""
    it = CAST[22]
    yield acts.found(it, "2025-06-09")
    yield from acts.acclaimed(it, "2025-06-18", (31, 0, 0))
    yield from acts.nurtured(it, "2025-07-07", "Vườn ươm 20.000 cây giống")


STORIES = (field_schools, school_master, nursery_keeper)
