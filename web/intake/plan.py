"""Read a whole spreadsheet into commands, problems and remarks; nothing is recorded here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from domain.vietnamese import spelling
from web.intake.identity import command_id, content
from web.intake.notes import Problem
from web.intake.rows import NEW_UNIT, Reading, Setting
from web.intake.rows import read as read_row
from web.intake.sheets import opened
from web.intake.tables import Table
from web.intake.unusable import Unusable
from workflow.commands import AttestCandidate

STEP: Final = 500  # rows between two reports of progress

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Duplicate:
    """Rows that seem to be about the same candidate; reported, never merged."""

    rows: list[int]
    name: str
    birth_year: int | None
    unit: str


@dataclass(frozen=True)
class Intake:
    """What a file would bring into the register."""

    file_sha256: str
    sheet: str
    rows: int
    candidates: list[tuple[str, AttestCandidate]]
    problems: list[Problem]
    remarks: list[Problem]
    new_units: dict[str, str]
    duplicates: list[Duplicate]


@dataclass
class Gathered:
    """What comes together while the rows are read."""

    rows: int = 0
    candidates: list[tuple[str, AttestCandidate]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    same: Counter[bytes] = field(default_factory=Counter)
    alike: dict[tuple[str, int | None, str], Duplicate] = field(default_factory=dict)
    new_units: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, reading: Reading) -> None:
        """Take in what came of a row."""
        self.rows += 1
        self.problems.extend(reading.problems)
        self.remarks.extend(reading.remarks)
        if reading.name and reading.unit_name:
            self._compare(reading, reading.name, reading.unit_name)
            if reading.candidate:
                self._accept(reading.candidate, reading.unit_name)

    def _compare(self, reading: Reading, name: str, unit: str) -> None:
        key = spelling(name), reading.birth_year, spelling(unit)
        if first := self.alike.get(key):
            first.rows.append(reading.number)
        else:
            self.alike[key] = Duplicate([reading.number], name, reading.birth_year, unit)

    def _accept(self, candidate: AttestCandidate, unit: str) -> None:
        digest = content(candidate, unit)
        self.same[digest] += 1
        self.candidates.append((command_id(digest, self.same[digest]), candidate))
        if candidate.unit.startswith(NEW_UNIT):
            self.new_units.setdefault(spelling(unit), Counter())[unit] += 1

    def intake(self, setting: Setting) -> Intake:
        """Return all of it; a new unit is named as most rows spell it."""
        return Intake(
            file_sha256=setting.file,
            sheet=setting.sheet,
            rows=self.rows,
            candidates=self.candidates,
            problems=self.problems,
            remarks=self.remarks,
            new_units={key: said.most_common(1)[0][0] for key, said in self.new_units.items()},
            duplicates=[alike for alike in self.alike.values() if len(alike.rows) > 1],
        )


def read(
    source: Path | bytes,
    name: str,
    units: Mapping[str, str],
    create_units: bool,
    today: date,
    progress: Progress | None = None,
    unit_names: Mapping[str, str] | None = None,
) -> Intake:
    """Return what a spreadsheet would bring into the register, or raise Unusable.

    `units` leads from the spelling of a name to the unit's id, `unit_names` from the id to the
    name to suggest; the unit of a candidate may be `new:` and the spelling in `new_units`.
    """
    file = sha256(source)
    with opened(source, name) as table:
        setting = Setting(file, table.sheet, today, units, unit_names or {}, create_units)
        gathered = _gather(table, setting, progress)
        if not gathered.rows:
            raise Unusable("no-rows", sheet=table.sheet, row=table.header.row)
    return gathered.intake(setting)


def _gather(table: Table, setting: Setting, progress: Progress | None) -> Gathered:
    gathered = Gathered()
    for number, cells in table.known():
        gathered.add(read_row(number, cells, setting))
        if progress and gathered.rows % STEP == 0:
            progress(gathered.rows, table.total)
    if progress:
        progress(gathered.rows, gathered.rows)
    return gathered


def sha256(source: Path | bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
