"""Water: a worker voted on twice (7), one who leaves and is erased (17), one turned down (21)."""

from __future__ import annotations

from domain.consent import DeclineReason
from domain.replication import AdopterKind
from domain.values import ErasureGround, Role, private
from web.demo import acts
from web.demo.acts import DIRECTOR, REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.stage import Stage, Story, enter
from workflow import commands as asked


def gate_keeper(stage: Stage) -> Story:
    """7: measured by ratings, not titles; 8 of 11 votes are too few, ten days later 10 are not."""
    it = CAST[7]
    yield acts.found(it, "2022-05-16")
    yield from acts.acclaimed(it, "2022-05-24", (33, 0, 0))
    yield from acts.nurtured(it, "2022-06-10", "Lắp van mới ở ba hồ")
    yield acts.rated(it, "2023-01-16", 2022, "08/QĐ-CCTL")
    yield acts.reported(it, "2023-09-12", "Ba hồ đã lắp, tiết kiệm 18% nước")
    yield from acts.summed_up(it, "2023-10-10", "Cách chế van từ vật tư có sẵn")
    yield from acts.publicized(it, "2023-11-06", "2023-11-21")
    soon = asked.RecognizeExemplar("498/QĐ-SNN")
    yield enter("2023-12-14", soon, it.id, DIRECTOR, unmet=("council-opinion",))
    yield acts.recognized(it, "2023-12-27", "520/QĐ-SNN")
    yield acts.rated(it, "2024-01-12", 2023, "06/QĐ-CCTL")
    yield acts.advanced(it, "2024-01-15")
    yield acts.copied_from(
        it, "2024-01-22", "Van cũ rò rỉ", "Chế van bướm có gioăng kép", "Cống tròn dưới 800 mm",
        "3 triệu đồng mỗi van", "Giảm 18% nước hao", "Bản vẽ một trang, lắp trong ngày",
    )  # fmt: skip
    taken = asked.RecordAdoption(AdopterKind.UNIT, private("Lắp ở trạm cấp nước"), "unit:ttns")
    yield enter("2024-07-15", taken, it.id)
    yield enter("2024-08-05", asked.VerifyAdoption(1, "12/BB-TTNS"), it.id, REVIEWER)
    yield acts.rated(it, "2025-01-14", 2024, "05/QĐ-CCTL")


def pump_builder(stage: Stage) -> Story:
    """17: withdraws, asks for erasure, and is erased once the time for complaints is over."""
    it = CAST[17]
    yield acts.found(it, "2022-02-08")
    yield from acts.acclaimed(it, "2022-02-17", (21, 1, 0))
    yield from acts.nurtured(it, "2022-03-07", "Bơm cho 5 thôn, bàn giao cho tổ tự quản")
    yield acts.reported(it, "2022-12-14", "Xong 4 thôn", full=False)
    wish = asked.WithdrawCandidate(private("Chuyển công tác khỏi ngành, xin rút"))
    yield enter("2023-05-15", wish, it.id, REVIEWER)
    person = stage.person(it.id)
    wanted = asked.RequestErasure("12/ĐN-2023", private("Đề nghị xóa thông tin của tôi"))
    yield enter("2023-09-05", wanted, person)
    yield enter("2023-09-06", asked.AcknowledgeErasure("31/TB-SNN"), person)
    erased = asked.ErasePersonalData(ErasureGround.REQUESTED)
    yield enter("2023-09-18", erased, person, Role.ADMINISTRATOR, paper="12/ĐN-2023")


def level_reader(stage: Stage) -> Story:
    """21: no minutes of a meeting that acclaimed him, so he does not leave Discover."""
    it = CAST[21]
    yield acts.found(it, "2023-04-11")
    paper = "21/XN-CCTL"
    yield enter("2023-04-19", asked.EndorseCandidate(), it.id, paper=paper)
    yield acts.advanced(it, "2023-05-08", REVIEWER, unmet=("acclaim",))
    reason = private("Đơn vị không tổ chức họp suy tôn sau hai lần đề nghị")
    yield enter("2023-06-20", asked.DeclineCandidate(reason), it.id, STANDING)
    told = asked.NotifyUnit(DeclineReason.INCOMPLETE, "402/TB-SNN")
    yield enter("2023-06-22", told, it.id, STANDING)


STORIES = (gate_keeper, pump_builder, level_reader)
