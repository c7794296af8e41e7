"""Livestock: 1 goes the whole way, 2 follows it by the leader rule, 20 is copied by communes."""

from __future__ import annotations

from datetime import date

from domain.council import Seat
from domain.honours import CommendationForm, CommendationLevel
from domain.replication import AdopterKind, Channel
from domain.values import SupportKind, Title, private
from web.demo import acts
from web.demo.acts import DIRECTOR, OFFICER, REVIEWER, STANDING
from web.demo.cast import CAST
from web.demo.council import COUNCIL
from web.demo.stage import Stage, Story, enter
from web.demo.units import chief
from workflow import commands as asked

EXCELLENT = Title.EXCELLENT_COLLECTIVE
FIGHTER = Title.GRASSROOTS_FIGHTER
METHOD = (
    "Đàn trâu bò thả rông, khó tiêm phòng tập trung",
    "Mỗi thôn một điểm tiêm cố định, lịch báo trước qua loa và tin nhắn",
    "Có thú y viên thôn bản và danh sách hộ nuôi",
    "Khoảng 6 triệu đồng mỗi xã mỗi đợt",
    "Tỷ lệ tiêm từ 71% lên 96%",
    "Chép mẫu lịch, mẫu danh sách; tập huấn thú y viên một ngày",
)


def vaccinators(stage: Stage) -> Story:
    """1: every stage, every year an excellent collective, recognized by 10 of 11 votes."""
    it = CAST[1]
    yield acts.found(it, "2022-01-10")
    yield from acts.acclaimed(it, "2022-01-20", (41, 0, 1))
    yield from acts.nurtured(it, "2022-02-15", "Tiêm phòng đạt 95% đàn trong hai năm")
    yield acts.titled(it, "2022-02-25", EXCELLENT, 2021, "301/QĐ-UBND")
    course = asked.LogSupport(SupportKind.COURSE, private("Tập huấn thú y viên"), 24_000_000)
    yield enter("2022-04-06", course, it.id)
    yield acts.reported(it, "2022-12-05", "Tiêm 96% đàn; không có ổ dịch")
    yield acts.titled(it, "2023-02-10", EXCELLENT, 2022, "212/QĐ-UBND")
    yield acts.rated(it, "2023-02-10", 2022, "15/QĐ-SNN")
    yield from acts.summed_up(it, "2023-02-20", "Ba kinh nghiệm tổ chức tiêm phòng ở thôn bản")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    yield acts.recognized(it, "2023-03-30", "158/QĐ-SNN")
    yield acts.advanced(it, "2023-04-10")
    yield acts.copied_from(it, "2023-04-12", *METHOD)
    shown = asked.PublishExemplar(Channel.WEBSITE, "Tin số 77 ngày 20/4/2023")
    yield enter("2023-04-20", shown, it.id)
    visit = asked.HoldLearning(private("Ba chi cục đến học cách lập lịch tiêm"), "unit:ttkn", 22)
    yield enter("2023-08-17", visit, it.id)
    done = asked.RecordAchievement(
        date(2022, 3, 1), date(2022, 12, 31), private("Tiêm 96% đàn trâu bò")
    )
    yield enter("2023-09-05", done, it.id)
    praised = asked.RecordCommendation(
        1, CommendationForm.LETTER_OF_MERIT, CommendationLevel.DEPARTMENT, "477/QĐ-SNN"
    )
    yield enter("2023-12-20", praised, it.id, STANDING, paper="477/QĐ-SNN")
    yield acts.titled(it, "2024-02-16", EXCELLENT, 2023, "190/QĐ-UBND")
    yield acts.rated(it, "2024-02-16", 2023, "21/QĐ-SNN")
    taken = asked.RecordAdoption(AdopterKind.UNIT, private("Áp dụng lịch tiêm"), "unit:ttkn")
    yield enter("2024-05-14", taken, it.id)
    yield enter("2024-06-03", asked.VerifyAdoption(1, "44/BB-TTKN"), it.id, REVIEWER)
    yield acts.titled(it, "2025-02-18", EXCELLENT, 2024, "205/QĐ-UBND")
    yield acts.rated(it, "2025-02-18", 2024, "19/QĐ-SNN")
    named = asked.IntroduceToProvince("61/TTr-SNNMT")
    yield enter("2025-04-21", named, it.id, STANDING, paper="61/TTr-SNNMT")
    answer = asked.RecordAnswer("61/TTr-SNNMT", "733/QĐ-UBND", accepted=True)
    yield enter("2025-08-11", answer, it.id, paper="733/QĐ-UBND")


def chief_vet(stage: Stage) -> Story:
    """2: heads 1, and is recognized on the same day, after it."""
    it = CAST[2]
    head = chief("cnty")
    yield acts.found(it, "2022-01-11", person=head)
    seat = asked.AppointCouncilMember(head, Seat.MEMBER)
    yield enter("2022-01-12", seat, COUNCIL, STANDING, paper="22/QĐ-SNN")
    yield from acts.acclaimed(it, "2022-01-20", (39, 1, 1))
    yield from acts.nurtured(it, "2022-02-15", "Đưa thú y cơ sở vào quy chế của chi cục")
    yield acts.reported(it, "2022-12-05", "Quy chế thú y cơ sở đã ban hành")
    yield acts.titled(it, "2023-02-10", FIGHTER, 2022, "33/QĐ-SNN")
    yield acts.rated(it, "2023-02-10", 2022, "15/QĐ-SNN")
    yield from acts.summed_up(it, "2023-02-21", "Vai trò người đứng đầu trong phòng dịch")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    # Not before the collective is: the head is signed on the day of the collective, after it.
    yield enter(
        "2023-03-28", asked.RecognizeExemplar("157/QĐ-SNN"), it.id, DIRECTOR,
        unmet=("leader-rule",),
    )  # fmt: skip
    yield acts.recognized(it, "2023-03-30", "159/QĐ-SNN")
    yield acts.advanced(it, "2023-04-10")
    yield acts.titled(it, "2024-02-16", FIGHTER, 2023, "28/QĐ-SNN")


def six_toed_hens(stage: Stage) -> Story:
    """20: a model, copied by four communes and completed at the end of the cycle."""
    it = CAST[20]
    yield acts.found(it, "2022-01-17")
    yield from acts.acclaimed(it, "2022-01-24", (36, 0, 0))
    yield from acts.nurtured(it, "2022-02-21", "Nhân đàn lên 3.000 con, ghi sổ chăn nuôi")
    money = asked.LogSupport(SupportKind.FUNDING, private("Hỗ trợ con giống"), 80_000_000)
    yield enter("2022-05-09", money, it.id)
    yield acts.reported(it, "2022-12-08", "Đàn 3.200 con, không dịch bệnh")
    yield from acts.summed_up(it, "2023-02-22", "Quy trình nuôi an toàn sinh học 7 bước")
    yield from acts.publicized(it, "2023-03-01", "2023-03-17")
    yield acts.recognized(it, "2023-04-03", "161/QĐ-SNN")
    yield acts.advanced(it, "2023-04-12")
    yield acts.copied_from(
        it, "2023-04-14", "Gà thả vườn hay chết vì dịch", "Nuôi theo ô, cách ly 14 ngày",
        "Vườn từ 500 m², có nguồn nước sạch", "45 triệu đồng cho 300 con",
        "Tỷ lệ sống 94%", "Theo sổ tay 7 bước của Chi cục",
    )  # fmt: skip
    for number, (day, commune) in enumerate(
        (
            ("2023-09-11", "Xã Lợi Bác"),
            ("2023-10-16", "Xã Na Dương"),
            ("2024-04-08", "Xã Khuất Xá"),
            ("2024-09-23", "Xã Thống Nhất"),
        ),
        1,
    ):
        copied = asked.RecordAdoption(AdopterKind.COMMUNE, private(commune))
        yield enter(day, copied, it.id, OFFICER)
        seen = asked.VerifyAdoption(number, f"{number:02}/BB-CNTY")
        yield enter(f"{day[:8]}28", seen, it.id, REVIEWER)
    note = private("Hết giai đoạn 2021-2025; 4 xã tiếp tục nuôi")
    yield enter("2025-12-15", asked.CompleteCandidacy(note), it.id, STANDING)


STORIES = (vaccinators, chief_vet, six_toed_hens)
