"""A row while it is read, and what is found wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

from web.intake.cells import Unfit
from web.intake.columns import INDEX
from web.intake.faults import Broken
from web.intake.tables import Cell, blank
from web.languages import _

T = TypeVar("T")

SHOWN: Final = 120


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell; `expected` says what to do about it."""

    row: int
    column: str
    value: str | int | float | bool | None
    expected: str


@dataclass
class Row:
    """One row while it is read: every problem is noted, none is raised."""

    number: int
    cells: Sequence[Cell]
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def take(self, column: str, parse: Callable[[Cell], T]) -> T | None:
        """Return what a cell says; note why if it cannot be read."""
        try:
            return parse(self.cells[INDEX[column]])
        except Unfit as unfit:
            self.note(column, str(unfit))
            self.unread.add(column)
            return None

    def need(self, column: str, parse: Callable[[Cell], T | None], expected: str) -> T | None:
        """Return what a cell says; note it as missing if it is blank."""
        found = self.take(column, parse)
        if found is None and column not in self.unread:
            self.note(column, expected)
        return found

    def note(self, column: str, expected: str) -> None:
        """Note a problem of a cell."""
        self.problems.append(self._about(column, expected))

    def remark(self, column: str, expected: str) -> None:
        """Note what somebody should look at, though it does not stand in the way."""
        self.remarks.append(self._about(column, expected))

    def _about(self, column: str, expected: str) -> Problem:
        return Problem(self.number, column, shown(self.cells[INDEX[column]]), _(expected))

    def blank(self, column: str) -> bool:
        """Return whether a cell says nothing; one that cannot be read says something."""
        return column not in self.unread and blank(self.cells[INDEX[column]])

    def sorted_problems(self) -> list[Problem]:
        """Return the problems in the order of the columns."""
        return sorted(self.problems, key=lambda problem: INDEX[problem.column])


def shown(cell: Cell) -> str | int | float | bool | None:
    """Return a cell as JSON can show it, long text cut short."""
    match cell:
        case Broken():
            return cell.shown[:SHOWN] if cell.shown else None
        case str():
            return cell[:SHOWN] or None
        case float() if cell.is_integer():
            return int(cell)
        case date() | datetime() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return cell
