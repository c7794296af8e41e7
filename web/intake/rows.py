"""One row of the table: a command to record it, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Final

from domain.values import Private
from domain.vietnamese import spelling
from web.intake import cells, columns, meanings
from web.intake.cells import NAME_LIMIT, TEXT_LIMIT, Unfit
from web.intake.checks import STAGES, check
from web.intake.meanings import Honours
from web.intake.notes import Problem, Row
from web.intake.tables import Cell
from web.languages import Later, _
from workflow.commands import AttestCandidate

NEW_UNIT: Final = "new:"
_FIRST_DAY: Final = Later("Ghi ngày phát hiện, dạng ngày/tháng/năm, ví dụ 05/08/2024.")
_OTHERWISE: Final = Later("Sửa tên cho đúng, hoặc cho phép tạo đơn vị mới khi nhập.")

_name = partial(cells.text, limit=NAME_LIMIT)
_long = partial(cells.text, limit=TEXT_LIMIT)


@dataclass(frozen=True)
class Setting:
    """What a row is read against: the file it stands in, the units, and the day."""

    file: str
    sheet: str
    today: date
    units: Mapping[str, str]
    unit_names: Mapping[str, str] = field(default_factory=dict)
    create_units: bool = False

    def unit(self, name: str) -> str:
        """Return the id of a unit, or a placeholder for one to be made, or raise Unfit."""
        key = spelling(name)
        if known := self.units.get(key):
            return known
        if self.create_units:
            return NEW_UNIT + key
        unknown = _("Chưa có đơn vị này trong sổ.")
        raise Unfit(f"{unknown}{self._suggestion(key)} {_(_OTHERWISE)}")

    def _suggestion(self, key: str) -> str:
        for close in get_close_matches(key, self.units, n=1):
            if name := self.unit_names.get(self.units[close]):
                return " " + _("Có phải “%(name)s”?", name=name)
        return ""


@dataclass(frozen=True)
class Reading:
    """What came of a row: the command if nothing is wrong, and whom it seems to be about."""

    number: int
    name: str | None
    birth_year: int | None
    unit_name: str | None
    problems: Sequence[Problem]
    remarks: Sequence[Problem]
    candidate: AttestCandidate | None


def read(number: int, row_cells: Sequence[Cell], setting: Setting) -> Reading:
    """Return what a row says, or all that is wrong with it."""
    row = Row(number, row_cells)
    kind = row.need(columns.KIND, meanings.kind, Later("Ghi “Cá nhân”, “Tập thể” hoặc “Mô hình”."))
    name = row.need(columns.NAME, _name, Later("Ghi tên của cá nhân, tập thể hoặc mô hình."))
    unit_name = row.need(columns.UNIT, _name, Later("Ghi tên đơn vị."))
    unit = row.take(columns.UNIT, lambda _: setting.unit(unit_name)) if unit_name else None
    birth_year = row.take(columns.BIRTH_YEAR, partial(cells.year, today=setting.today))
    sex = row.take(columns.SEX, meanings.sex)
    person_kind = row.take(columns.PERSON_KIND, meanings.person_kind)
    what = _what(row)
    priority = row.take(columns.PRIORITY, meanings.priorities)
    days = _days(row, setting.today)
    discovered = days[columns.DISCOVERED]
    minutes = row.take(columns.MINUTES, cells.symbol)
    decision = row.take(columns.DECISION, cells.symbol)
    outcome = row.take(columns.OUTCOME, meanings.outcome)
    honours = row.take(columns.TITLES, partial(meanings.honours, today=setting.today))
    check(row, days, outcome)
    _remark_on_years(row, honours, setting.today)
    candidate = None
    if not row.problems:
        assert kind, "a row without problems has a kind"
        assert unit, "and a unit"
        assert discovered, "and a first day"
        titles, ratings = honours or ((), ())
        candidate = AttestCandidate(
            kind=kind,
            unit=unit,
            who=Private({"name": name, "birth_year": birth_year, "sex": sex}),
            what=Private(what),
            discovered_on=discovered,
            file=setting.file,
            sheet=setting.sheet,
            row=number,
            person_kind=person_kind,
            priority=priority or (),
            minutes=minutes,
            nurtured_on=days[columns.NURTURED],
            summarized_on=days[columns.SUMMARIZED],
            decision=decision,
            replicated_on=days[columns.REPLICATED],
            outcome=outcome,
            ended_on=days[columns.ENDED],
            titles=titles,
            ratings=ratings,
        )
    return Reading(
        number, name, birth_year, unit_name, row.sorted_problems(), row.remarks, candidate
    )


def _remark_on_years(row: Row, honours: Honours | None, today: date) -> None:
    ahead = {of for honour in honours or () for _, of in honour if of > today.year}
    for of in sorted(ahead):
        row.remark(
            columns.TITLES, _("Năm %(of)s chưa tới; vẫn nhận như sổ ghi. Kiểm tra lại.", of=of)
        )


def _what(row: Row) -> dict[str, str | int | None]:
    return {
        "position": row.take(columns.POSITION, _name),
        "place": row.take(columns.PLACE, _name),
        "field": row.take(columns.FIELD, _name),
        "movement": row.take(columns.MOVEMENT, _long),
        "achievement": row.take(columns.ACHIEVEMENT, _long),
    }


def _days(row: Row, today: date) -> dict[str, date | None]:
    day = partial(cells.day, today=today)
    first, *later = (*STAGES, columns.ENDED)
    found = {first: row.need(first, day, _FIRST_DAY)}
    return found | {column: row.take(column, day) for column in later}
