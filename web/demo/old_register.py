"""The workbook of the sample: 480 rows of an older register, copied in on one day of 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from typing import Final

from domain.values import Private, Role
from domain.values import Stage as State
from web.demo.stage import Stage, enter
from web.demo.units import FINANCE, MERGED
from web.intake import plan
from web.intake.record import Recorded, Row, known_units, record
from workflow import commands as asked

WORKBOOK: Final = "register-2021-2025.xlsx"
COPIED: Final = "2026-06-30"
TAKEN_UP: Final = (
    ("2026-10-06", "Lần đầu làm ở vùng cao, đã giữ được ba năm"),
    ("2026-10-13", "Làm khác cách cũ, hộ bên cạnh làm theo được ngay"),
    ("2026-10-20", "Số liệu từng tháng, ai cũng kiểm tra được"),
)


def copied(stage: Stage) -> Recorded:
    """Record every row, as the officer would with `exemplar import`."""
    stage.clock.set(date.fromisoformat(COPIED))
    register = stage.parts.register
    with as_file(files("web.intake") / "sample" / WORKBOOK) as sample:
        intake = plan.read(sample, WORKBOOK, known_units(register), True, register.today())
    rows = [_of_its_day(row) for row in intake.candidates]
    return record(
        stage.parts, replace(intake, candidates=rows), WORKBOOK, stage.people[Role.OFFICER]
    )


def taken_up(stage: Stage) -> None:
    """Complete the rows that had waited longest, so that a reviewer has something to decide."""
    waiting = stage.parts.ledger.waiting()
    longest = [id for id, state, *_ in waiting if state == State.DISCOVER][: len(TAKEN_UP)]
    for number, (id, (day, newness)) in enumerate(zip(longest, TAKEN_UP, strict=True), 1):
        seal = stage.parts.register.candidate(id).description
        assert seal, "every row says what it is about"
        known = stage.parts.ledger.secrets([seal])[seal.id]
        what = asked.DescribeCandidate(Private({**known, "newness": newness}))
        stage.play(enter(day, what, id))
        stage.play(enter(day, asked.RecordPeerAcclaim(f"{number:02}/BB-2026", 26, 1, 0), id))
        stage.play(enter(day, asked.EndorseCandidate(), id, paper=f"{number:02}/XN-2026"))


def _of_its_day(row: Row) -> Row:
    """Return a row with the unit of its day: two have one name, before and after the merger."""
    command_id, said = row
    if said.unit == FINANCE.id and said.discovered_on < date.fromisoformat(MERGED):
        return command_id, replace(said, unit="unit:khtc")
    return row
