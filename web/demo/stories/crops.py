"""Crops: three years without a gap (5), and a year that is missing (6)."""

from __future__ import annotations

from domain.replication import AdopterKind, Channel
from domain.values import Result, Title, private
from web.demo import acts, papers
from web.demo.acts import REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.stage import Stage, Story, enter
from workflow import commands as asked

FIGHTER = Title.GRASSROOTS_FIGHTER


def anise_keeper(stage: Stage) -> Story:
    """5: a title in 2021, 2022 and 2023; proposed for the province's by 10 of 11."""
    it = CAST[5]
    yield acts.found(it, "2021-11-25")
    yield from acts.acclaimed(it, "2021-12-06", (27, 0, 1))
    yield from acts.nurtured(it, "2021-12-20", "Nghiệm thu đề tài, làm mẫu ở 3 xã")
    receipt = yield acts.titled(it, "2022-02-14", FIGHTER, 2021, "41/QĐ-SNN")
    signed = receipt.entries[-1].version
    moved = asked.CorrectEffectiveDate(
        signed, acts.day("2022-02-11"), private("Quyết định ký ngày 11/02/2022")
    )  # entered with the wrong day: corrected by another, with the paper
    yield enter("2022-02-21", moved, it.id, STANDING, paper="41/QĐ-SNN")
    seen = private("Biên bản nghiệm thu đề tài cấp cơ sở, ảnh vườn hồi")
    paper = asked.AttachEvidence(seen, (papers.minutes(), papers.picture()))
    yield enter("2022-11-18", paper, it.id)
    yield acts.reported(it, "2022-12-09", "Làm mẫu ở 3 xã, giảm 60% thuốc trừ sâu")
    yield acts.titled(it, "2023-02-10", FIGHTER, 2022, "33/QĐ-SNN")
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")
    yield from acts.summed_up(it, "2024-02-20", "Phòng trừ sâu hại hồi bằng thiên địch")
    yield from acts.publicized(it, "2024-02-22", "2024-03-11")
    yield acts.recognized(it, "2024-04-05", "142/QĐ-SNN")
    yield acts.advanced(it, "2024-04-15")
    yield acts.copied_from(
        it, "2024-04-22", "Sâu hại hồi kháng thuốc", "Nuôi và thả ong ký sinh",
        "Rừng hồi liền khoảnh", "1,2 triệu đồng mỗi héc-ta", "Giảm 60% thuốc trừ sâu",
        "Nhận ong giống và hướng dẫn tại Chi cục",
    )  # fmt: skip
    talk = asked.PublishExemplar(Channel.CONFERENCE, "18/GM-SNN")
    yield enter("2024-06-05", talk, it.id)
    taken = asked.RecordAdoption(AdopterKind.UNIT, private("Đưa vào lớp tập huấn"), "unit:ttkn")
    yield enter("2024-10-08", taken, it.id)
    yield enter("2024-10-29", asked.VerifyAdoption(1, "57/BB-TTKN"), it.id, REVIEWER)
    yield acts.titled(it, "2024-12-05", Title.PROVINCIAL_FIGHTER, 2023, "1987/QĐ-UBND")


def orchard_mapper(stage: Stage) -> Story:
    """6: no title for 2022: nothing passes by itself, a person has to look."""
    it = CAST[6]
    yield acts.found(it, "2021-11-25")
    yield from acts.acclaimed(it, "2021-12-06", (25, 2, 1))
    yield from acts.nurtured(it, "2021-12-20", "Lập mã số cho toàn vùng na")
    yield acts.titled(it, "2022-02-14", FIGHTER, 2021, "41/QĐ-SNN")
    yield acts.reported(it, "2022-12-09", "Lập 11 mã số vùng trồng")
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")
    yield acts.advanced(it, "2024-02-20", REVIEWER, unmet=("yearly-record",))
    looked = asked.AssessCriteria(
        (("I7", Result.NOT_PROVEN),), private("Chưa rõ vì sao không có danh hiệu năm 2022")
    )
    yield enter("2024-02-28", looked, it.id, REVIEWER)
    yield acts.advanced(it, "2024-03-01", STANDING, unmet=("yearly-record",))


STORIES = (anise_keeper, orchard_mapper)
