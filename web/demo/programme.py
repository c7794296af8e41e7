"""The programme of the sample: two cycles, their milestones, and what units owe and hand in."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import Final

from domain.obligation import PlanPart
from domain.programme import ActivityKind, DutyKind, Milestone
from domain.values import Role, private
from web.demo.cast import CAST, SAMPLE
from web.demo.stage import Stage, Step, Story, enter
from web.demo.units import FINANCE, HOUSES, House
from workflow import commands as asked
from workflow.register import Receipt

STANDING, DIRECTOR = Role.STANDING_BODY, Role.DIRECTOR
FIRST: Final = "programme:2021-2025"
SECOND: Final = "programme:2026-2030"
WHOLE: Final = tuple(PlanPart)
THEME: Final = "Đoàn kết, sáng tạo, thi đua xây dựng và bảo vệ Tổ quốc"
BEFORE: Final = HOUSES
AFTER: Final = tuple(FINANCE if house.code == "khtc" else house for house in HOUSES)

Duty = Generator[Step, Receipt, None]


def programme(stage: Stage) -> Story:
    """The plan of November 2021: drafted by one, signed by another, opened as a cycle."""
    heading = f"Xây dựng, nhân rộng mô hình, điển hình tiên tiến giai đoạn 2021-2025 ({SAMPLE})"
    yield enter("2021-11-15", asked.DraftPlan(heading, "KH-SNN", "Lạng Sơn"), FIRST)
    signed = asked.IssuePlan("1542", stage.office(DIRECTOR))
    yield enter("2021-11-19", signed, FIRST, STANDING, paper="1542/KH-SNN")
    cycle = asked.OpenCycle("Giai đoạn 2021-2025", _day("2021-11-19"), _day("2025-12-31"), THEME)
    yield enter("2021-11-19", cycle, FIRST, STANDING)
    for milestone, due, begins in (
        (Milestone.UNIT_PLANS, "2021-12-31", None),
        (Milestone.INTERIM_REVIEW, "2023-06-30", None),
        (Milestone.FINAL_REVIEW, "2025-06-30", "2025-01-01"),
        (Milestone.UNIT_CONFERENCES, "2025-06-30", "2025-01-01"),
        (Milestone.CONGRESS, "2025-09-18", None),
    ):
        step = asked.SetMilestone(milestone, _day(due), _day(begins) if begins else None)
        yield enter("2021-11-22", step, FIRST, STANDING)
    told = asked.LogActivity(
        ActivityKind.PUBLICITY,
        private("Quán triệt Chỉ thị 34-CT/TW và 19/CT-TTg trong toàn Sở"),
        attendees=210,
        document="37/GM-SNN",
    )
    yield enter("2021-12-03", told, FIRST)
    trained = asked.LogActivity(
        ActivityKind.TRAINING, private("Tập huấn công chức phụ trách thi đua"), attendees=16
    )
    yield enter("2022-01-13", trained, FIRST)
    for day, milestone, document in (
        ("2022-01-17", Milestone.UNIT_PLANS, "12/BC-TCCB"),
        ("2023-07-05", Milestone.INTERIM_REVIEW, "301/BC-SNN"),
        ("2025-06-26", Milestone.UNIT_CONFERENCES, "214/BC-SNNMT"),
        ("2025-06-30", Milestone.FINAL_REVIEW, "219/BC-SNNMT"),
        ("2025-09-18", Milestone.CONGRESS, "402/BC-SNNMT"),
    ):
        yield enter(day, asked.ReachMilestone(milestone, document), FIRST, STANDING)
    yield enter("2026-01-15", asked.CloseCycle(), FIRST, DIRECTOR, on="2025-12-31")


def unit_plans(stage: Stage) -> Duty:
    """Every unit owes its plan by 31/12/2021: one came back, one came late, one never."""
    duty = yield from _laid("2021-11-22", DutyKind.CYCLE_PLAN, None, "2021-12-31", BEFORE)
    most = _but(BEFORE, "qlcl", "tts", "bqlda")
    yield from _accepted(duty, most, "2021-12-20", "2021-12-21", contains=WHOLE)
    yield _handed_in(duty, _house("qlcl"), "2021-12-22", contains=(PlanPart.CRITERIA,))
    back = asked.ReturnObligation(private("Thiếu quy trình, người phụ trách và thời gian"))
    yield enter("2021-12-27", back, f"obligation:{duty}-qlcl", Role.REVIEWER)
    again = asked.ResubmitObligation("19/KH-QLCL", WHOLE)
    yield enter("2021-12-30", again, f"obligation:{duty}-qlcl", _house("qlcl").chief)
    yield enter("2021-12-31", asked.AcceptObligation(), f"obligation:{duty}-qlcl", STANDING)
    for unit in ("tts", "bqlda"):
        note = private("Đề nghị nộp ngay kế hoạch của đơn vị")
        yield enter("2022-01-05", asked.RemindUnit(f"unit:{unit}", duty, note), FIRST, STANDING)
    yield from _accepted(duty, [_house("tts")], "2022-01-12", "2022-01-14", contains=WHOLE)


def acknowledged(stage: Stage) -> Duty:
    """Every unit says that it has the plan."""
    duty = yield from _laid("2021-11-22", DutyKind.ACKNOWLEDGEMENT, None, "2021-11-30", BEFORE)
    yield from _accepted(duty, BEFORE, "2021-11-26", "2021-11-29")


def yearly_reports(year: int, houses: Sequence[House] = BEFORE) -> Duty:
    """The reports of a year, due on 15 December; the project board is late each time."""
    duty = yield from _laid(f"{year}-02-01", DutyKind.YEARLY_REPORT, year, None, houses)
    yield from _accepted(duty, _but(houses, "bqlda"), f"{year}-12-10", f"{year}-12-13")
    yield _handed_in(duty, _house("bqlda"), f"{year}-12-22")


def inspections(stage: Stage) -> Duty:
    """Units look at how they carry out the plan."""
    duty = yield from _laid("2024-02-01", DutyKind.SELF_INSPECTION, 2024, "2024-10-31", BEFORE[:6])
    yield from _accepted(duty, BEFORE[:6], "2024-10-25", "2024-10-30")


def interim(stage: Stage) -> Duty:
    """The interim review of 2023."""
    duty = yield from _laid("2023-03-01", DutyKind.INTERIM_REPORT, None, "2023-06-15", BEFORE)
    yield from _accepted(duty, BEFORE, "2023-06-09", "2023-06-13")


def conferences(stage: Stage) -> Duty:
    """The conferences of 2025: how many each unit honoured."""
    duty = yield from _laid("2025-03-03", DutyKind.CONFERENCE, None, "2025-06-30", AFTER)
    yield from _accepted(duty, AFTER, "2025-06-12", "2025-06-18", honoured=5)


def half_year(stage: Stage) -> Duty:
    """The six months of 2026: due on 15 June in the new cycle, and not all in yet."""
    duty = yield from _laid(
        "2026-02-02", DutyKind.HALF_YEAR_REPORT, 2026, None, AFTER, programme=SECOND
    )
    most = _but(AFTER, "bqlda", "hl", "qlcl")
    yield from _accepted(duty, most, "2026-06-11", "2026-06-12", programme=SECOND)
    yield _handed_in(duty, _house("qlcl"), "2026-06-15", programme=SECOND)


def next_cycle(stage: Stage) -> Story:
    """2026-2030: a cycle is data; who was not finished goes on in it, by an entry each."""
    heading = f"Xây dựng, nhân rộng mô hình, điển hình tiên tiến giai đoạn 2026-2030 ({SAMPLE})"
    yield enter("2026-01-12", asked.DraftPlan(heading, "KH-SNNMT", "Lạng Sơn"), SECOND)
    signed = asked.IssuePlan("34", stage.office(DIRECTOR))
    yield enter("2026-01-19", signed, SECOND, STANDING, paper="34/KH-SNNMT")
    cycle = asked.OpenCycle("Giai đoạn 2026-2030", _day("2026-01-19"), _day("2030-12-31"))
    yield enter("2026-01-19", cycle, SECOND, STANDING)
    due = asked.SetMilestone(Milestone.INTERIM_REVIEW, _day("2028-06-30"))
    yield enter("2026-01-19", due, SECOND, STANDING)
    for number in (6, 12, 22, 23, 24):
        carried = asked.CarryOverCandidate(SECOND)
        yield enter("2026-01-22", carried, CAST[number].id, STANDING)


def _laid(
    day: str,
    kind: DutyKind,
    year: int | None,
    due: str | None,
    houses: Sequence[House],
    programme: str = FIRST,
) -> Generator[Step, Receipt, int]:
    units = tuple(house.id for house in houses)
    command = asked.LayDuty(kind, year, _day(due) if due else None, units)
    receipt = yield enter(day, command, programme, STANDING)
    return receipt.entries[-1].version


def _accepted(
    duty: int,
    houses: Sequence[House],
    handed_in: str,
    accepted: str,
    contains: tuple[PlanPart, ...] = (),
    honoured: int | None = None,
    programme: str = FIRST,
) -> Generator[Step, Receipt, None]:
    for house in houses:
        yield _handed_in(duty, house, handed_in, contains, honoured, programme)
    for house in houses:
        about = _about(duty, house, programme)
        yield enter(accepted, asked.AcceptObligation(), about, STANDING)


def _handed_in(
    duty: int,
    house: House,
    day: str,
    contains: tuple[PlanPart, ...] = (),
    honoured: int | None = None,
    programme: str = FIRST,
) -> Step:
    document = f"{duty:02}/BC-{house.code.upper()}"
    command = asked.SubmitObligation(programme, duty, house.id, document, contains, honoured)
    by = house.chief if house.head else Role.OFFICER
    return enter(day, command, _about(duty, house, programme), by)


def _about(duty: int, house: House, programme: str) -> str:
    cycle = "" if programme == FIRST else "2-"
    return f"obligation:{cycle}{duty}-{house.code}"


def _but(houses: Sequence[House], *codes: str) -> list[House]:
    return [house for house in houses if house.code not in codes]


def _house(code: str) -> House:
    return next(house for house in HOUSES if house.code == code)


def _day(text: str) -> date:
    return date.fromisoformat(text)
