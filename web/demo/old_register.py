"""The workbook of the sample: 480 rows of an older register, copied in on one day of 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from typing import Final

from domain.values import Role
from web.demo.stage import Stage
from web.demo.units import FINANCE, MERGED
from web.intake import plan
from web.intake.record import Recorded, Row, known_units, record

WORKBOOK: Final = "register-2021-2025.xlsx"
COPIED: Final = "2026-06-30"


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


def _of_its_day(row: Row) -> Row:
    """Return a row with the unit of its day: two have one name, before and after the merger."""
    command_id, said = row
    if said.unit == FINANCE.id and said.discovered_on < date.fromisoformat(MERGED):
        return command_id, replace(said, unit="unit:khtc")
    return row
