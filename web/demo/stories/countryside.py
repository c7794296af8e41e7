"""The countryside: models and farmers (8, 9), a comment (15), a delegate (18), a namesake (23)."""

from __future__ import annotations

from domain.movement import ReviewKind
from domain.replication import AdopterKind
from domain.values import Title, private
from web.demo import acts
from web.demo.acts import REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.movements import BUSINESS, COUNTRYSIDE, ONE_MODEL
from web.demo.stage import Stage, Story, enter
from workflow import commands as asked

FIGHTER, EXCELLENT = Title.GRASSROOTS_FIGHTER, Title.EXCELLENT_COLLECTIVE


def black_jelly(stage: Stage) -> Story:
    """8: a model with an owner; it came of the review of a movement."""
    it = CAST[8]
    review = asked.ReviewMovement(
        ReviewKind.INTERIM, "96/BC-SNN", private("14 đơn vị có mô hình; nổi bật: thạch đen hữu cơ")
    )
    receipt = yield enter("2023-05-04", review, ONE_MODEL, STANDING)
    yield acts.found(it, "2023-05-10", source=ONE_MODEL, review=receipt.entries[-1].version)
    yield from acts.acclaimed(it, "2023-05-22", (30, 0, 0))
    yield from acts.nurtured(it, "2023-06-06", "Chứng nhận hữu cơ cho 62 hộ")
    yield acts.reported(it, "2024-11-12", "62 hộ được chứng nhận, giá tăng 25%")
    yield from acts.summed_up(it, "2024-12-10", "Tổ hợp tác giữ giá bằng chứng nhận chung")
    yield from acts.publicized(it, "2025-03-04", "2025-03-19")
    yield acts.recognized(it, "2025-04-04", "88/QĐ-SNNMT")
    yield acts.advanced(it, "2025-04-14")
    yield acts.copied_from(
        it, "2025-04-16", "Thạch đen bán tươi, giá thấp",
        "Chung một chứng nhận, chung người mua", "Từ 20 hộ cùng xã",
        "110 triệu đồng chứng nhận", "Giá tăng 25%", "Theo điều lệ mẫu của HTX",
    )  # fmt: skip
    for day, who in (("2025-08-12", "Hộ ông Nông Văn Minh"), ("2025-08-19", "Hộ bà La Thị Lan")):
        yield enter(day, asked.RecordAdoption(AdopterKind.HOUSEHOLD, private(who)), it.id)
    for number in (1, 2):
        seen = asked.VerifyAdoption(number, f"{number:02}/BB-PTNT")
        yield enter("2025-10-07", seen, it.id, REVIEWER)


def tea_farmer(stage: Stage) -> Story:
    """9: from outside the department; a relative of a council member, who has no vote on her."""
    it = CAST[9]
    yield acts.found(it, "2023-08-08", source=BUSINESS)
    yield from acts.acclaimed(it, "2023-08-21", (24, 0, 3))
    yield from acts.nurtured(it, "2023-09-05", "Mở rộng đồi chè, đón khách quanh năm")
    yield acts.reported(it, "2024-12-03", "12 việc làm thường xuyên")
    yield from acts.summed_up(it, "2025-01-14", "Chè và khách: làm hai việc một đồi")
    yield from acts.publicized(it, "2025-03-04", "2025-03-19")
    yield acts.recognized(it, "2025-04-04", "89/QĐ-SNNMT")
    yield acts.advanced(it, "2025-04-14")


def handbook_writer(stage: Stage) -> Story:
    """15: somebody comments; it is looked into and answered, and 8 of 10 votes are enough."""
    it = CAST[15]
    yield acts.found(it, "2022-06-07")
    yield from acts.acclaimed(it, "2022-06-16", (28, 0, 0))
    yield from acts.nurtured(it, "2022-07-04", "Sổ tay cho 20 sản phẩm OCOP")
    for year, day, paper in (
        (2022, "2023-02-10", "33/QĐ-SNN"),
        (2023, "2024-02-16", "28/QĐ-SNN"),
        (2024, "2025-02-12", "17/QĐ-SNN"),
    ):
        yield acts.titled(it, day, FIGHTER, year, paper)
    yield acts.reported(it, "2025-02-13", "Sổ tay dùng cho 21 sản phẩm")
    yield from acts.summed_up(it, "2025-02-17", "Lập hồ sơ OCOP trong mười bước")
    yield enter("2025-03-04", asked.OpenCommentPeriod(), it.id, REVIEWER)
    said = asked.ReceiveComment(private("Sổ tay có phần của đồng nghiệp, đề nghị ghi tên"))
    yield enter("2025-03-11", said, it.id)
    yield enter(
        "2025-03-19", asked.CloseCommentPeriod(), it.id, REVIEWER, unmet=("comments-handled",)
    )
    reply = private("Đã xác minh; sổ tay ghi tên cả nhóm, phần chính do người được đề nghị")
    yield enter("2025-03-19", asked.HandleComment(1, reply), it.id, REVIEWER)
    yield enter("2025-03-20", asked.CloseCommentPeriod(), it.id, REVIEWER)
    yield acts.recognized(it, "2025-04-04", "90/QĐ-SNNMT")
    yield acts.advanced(it, "2025-04-14")


def coordinators(stage: Stage) -> Story:
    """18: recognized in time for the congress; the only collective within the quota."""
    it = CAST[18]
    yield acts.found(it, "2023-02-06", source=COUNTRYSIDE)
    yield from acts.acclaimed(it, "2023-02-16", (15, 0, 0))
    yield from acts.nurtured(it, "2023-03-06", "5 xã về đích trong hai năm")
    yield acts.titled(it, "2024-02-16", EXCELLENT, 2023, "190/QĐ-UBND")
    yield acts.reported(it, "2024-12-12", "5 xã đạt chuẩn")
    yield acts.titled(it, "2025-02-11", EXCELLENT, 2024, "205/QĐ-UBND")
    yield acts.rated(it, "2025-02-11", 2024, "19/QĐ-SNN")
    yield from acts.summed_up(it, "2025-02-18", "Mỗi xã một cán bộ theo đến cùng")
    yield from acts.publicized(it, "2025-03-04", "2025-03-19")
    yield acts.recognized(it, "2025-04-04", "91/QĐ-SNNMT")
    yield acts.advanced(it, "2025-04-14")
    named = asked.IntroduceToProvince("62/TTr-SNNMT")
    yield enter("2025-04-22", named, it.id, STANDING, paper="62/TTr-SNNMT")


def namesake(stage: Stage) -> Story:
    """23: Nông Thị Hòa, not to be taken for Nông Thị Hoà (22) of the extension centre."""
    it = CAST[23]
    yield acts.found(it, "2025-10-14")
    yield from acts.acclaimed(it, "2025-10-23", (26, 0, 1))


STORIES = (black_jelly, tea_farmer, handbook_writer, coordinators, namesake)
