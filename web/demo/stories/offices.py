"""Offices: a unit that is merged (11, 12), a complaint (16), a decision entered late (19)."""

from __future__ import annotations

from domain.complaint import ComplaintFinding, ComplaintKind
from domain.values import Protected, Title, private
from web.demo import acts
from web.demo.acts import DIRECTOR, REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.stage import Stage, Story, enter
from workflow import commands as asked

FIGHTER, EXCELLENT = Title.GRASSROOTS_FIGHTER, Title.EXCELLENT_COLLECTIVE
LETTER = "complaint:mau-16"


def paymasters(stage: Stage) -> Story:
    """11: recognized in 2024, merged in 2025: the recognition stays with the old unit (A-9)."""
    it = CAST[11]
    yield acts.found(it, "2022-09-06")
    yield from acts.acclaimed(it, "2022-09-15", (12, 0, 0))
    yield from acts.nurtured(it, "2022-10-03", "Mọi khoản chi qua cổng trực tuyến")
    yield acts.reported(it, "2023-12-06", "100% khoản chi trực tuyến")
    yield acts.titled(it, "2024-02-16", EXCELLENT, 2023, "190/QĐ-UBND")
    yield acts.rated(it, "2024-02-16", 2023, "22/QĐ-SNN")
    yield from acts.summed_up(it, "2024-02-21", "Thanh toán trực tuyến: thứ tự chuyển đổi")
    yield from acts.publicized(it, "2024-02-22", "2024-03-11")
    yield acts.recognized(it, "2024-04-08", "145/QĐ-SNN")
    yield acts.advanced(it, "2024-04-16")


def accountant(stage: Stage) -> Story:
    """12: in Nurture when the division is merged; she goes on in the new one with her titles."""
    it = CAST[12]
    yield acts.found(it, "2023-09-12")
    yield from acts.acclaimed(it, "2023-09-21", (11, 0, 0))
    yield from acts.nurtured(it, "2023-10-05", "Bảng theo dõi cho mọi dự án")
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")
    yield acts.reported(it, "2024-12-11", "Bảng theo dõi 46 dự án")
    yield acts.titled(it, "2025-02-12", FIGHTER, 2024, "17/QĐ-SNN")
    yield acts.titled(it, "2026-02-11", FIGHTER, 2025, "20/QĐ-SNNMT")
    yield acts.advanced(it, "2026-03-10", REVIEWER)


def tester(stage: Stage) -> Story:
    """16: a complaint stops him in 2024; it was unfounded, and he goes on."""
    it = CAST[16]
    yield acts.found(it, "2022-08-09")
    yield from acts.acclaimed(it, "2022-08-18", (22, 1, 0))
    yield from acts.nurtured(it, "2022-09-12", "Xe thử nhanh tới 30 chợ")
    yield acts.titled(it, "2023-02-10", FIGHTER, 2022, "33/QĐ-SNN")
    yield acts.reported(it, "2023-12-07", "Thử ở 31 chợ")
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")
    yield from acts.summed_up(it, "2024-02-20", "Thử nhanh tại chợ: ai làm, làm gì")
    sender = Protected({"name": "Lành Văn Giả Định", "letter": "Kính gửi Phòng Tổ chức cán bộ…"})
    summary = private("Khiếu nại kết quả bình xét")
    received = asked.ReceiveComplaint(ComplaintKind.COMPLAINT, it.id, summary, sender)
    yield enter("2024-03-04", received, LETTER, paper="09/ĐKN")
    accepted = asked.AcceptComplaint(stage.people[REVIEWER])
    yield enter("2024-03-05", accepted, LETTER, STANDING)
    halt = asked.SuspendCandidate(private("Chờ giải quyết khiếu nại"))
    yield enter("2024-03-06", halt, it.id, STANDING)
    yield acts.advanced(
        it, "2024-03-12", STANDING,
        unmet=("recognition", "no-block", "not-suspended"),
    )  # fmt: skip
    paper = asked.AttachEvidence(private("Biên bản làm việc với người khiếu nại"))
    yield enter("2024-03-28", paper, it.id)  # what is recorded is not stopped by a block
    reply = private("Khiếu nại không có cơ sở")
    settled = asked.ResolveComplaint(ComplaintFinding.UNFOUNDED, "31/KL-TTS", reply)
    yield enter("2024-04-19", settled, LETTER, REVIEWER)
    on = asked.ResumeCandidate(private("Đã giải quyết khiếu nại"))
    yield enter("2024-04-22", on, it.id, STANDING)
    yield from acts.publicized(it, "2025-03-04", "2025-03-19")
    yield acts.recognized(it, "2025-04-04", "92/QĐ-SNNMT")
    yield acts.advanced(it, "2025-04-14")


def paper_saver(stage: Stage) -> Story:
    """19: signed on 28/12/2023, entered on 05/01/2024: in force before it was known."""
    it = CAST[19]
    yield acts.found(it, "2022-04-05")
    yield from acts.acclaimed(it, "2022-04-14", (18, 0, 0))
    yield from acts.nurtured(it, "2022-05-04", "Văn bản đi không in")
    yield acts.titled(it, "2023-02-10", FIGHTER, 2022, "33/QĐ-SNN")
    yield acts.reported(it, "2023-09-20", "Giảm 70% giấy in")
    yield from acts.summed_up(it, "2023-10-12", "Văn phòng không giấy trong sáu tháng")
    yield from acts.publicized(it, "2023-11-06", "2023-11-21")
    signed = asked.RecognizeExemplar("522/QĐ-SNN")
    yield enter("2024-01-05", signed, it.id, DIRECTOR, on="2023-12-28", paper="522/QĐ-SNN")
    yield acts.advanced(it, "2024-01-15")


STORIES = (paymasters, accountant, tester, paper_saver)
