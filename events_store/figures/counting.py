"""Counts by state, as pages and command line ask for them all the time."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, Literal

from domain.values import CandidateKind
from events_store.database import Database
from events_store.figures.asking import subjects_at
from events_store.spans import GROUPS, KINDS, STATES, day_number, day_of

By = Literal["unit", "kind", "priority"]
Counts = dict[str, int]
Cell = tuple[int, int, int]  # unit, state and kind by their numbers
NEW: Final = -1  # in place of unit and kind: who has come into the state of late
LATELY: Final = 30  # days

PRESENT: Final = "FROM span WHERE valid_from <= :day AND valid_to > :day"
KNOWN: Final = (
    "FROM span WHERE valid_from <= :day AND known_from < :known"
    " AND (valid_to > :day OR end_known >= :known)"
)
KNOWN_SPANS: Final = (
    "span WHERE known_from < :known",
    "span_past WHERE known_from < :known AND known_to >= :known",
)
KNOWN_PAST: Final = (
    "FROM span_past WHERE valid_from <= :day AND known_from < :known AND known_to >= :known"
    " AND (valid_to > :day OR end_known >= :known)"
)


def counts_by(
    db: Database, by: By, on: date, known: int | None = None
) -> Iterator[tuple[int, str, int]]:
    """Yield (unit, kind or priority bits; state; number of candidates) on a day."""
    cells: dict[tuple[int, int], int] = {}
    values = {"day": day_number(on), "known": known}
    for scope in _scopes(known):
        sql = f"SELECT {by}, state, COUNT(*) {scope} GROUP BY {by}, state"
        for group, state, count in db.execute(sql, values):
            cells[group, state] = cells.get((group, state), 0) + count
    for (group, state), count in sorted(cells.items()):
        yield group, STATES[state], count


def counts(db: Database, on: date, known: int | None = None) -> Counts:
    """Return how many candidates are in each state on a day; empty states are left out."""
    total: Counts = {}
    # By unit, for in that order the index lies: nothing is sorted.
    for _, state, count in counts_by(db, "unit", on, known):
        total[state] = total.get(state, 0) + count
    return in_order(total)


class Crowd:
    """Who stands where on a day: counted once, for every way to add it up."""

    def __init__(self, cells: Mapping[Cell, int], units: Mapping[int, str]) -> None:
        """Keep the cells under the names of the units."""
        self._cells = [
            (units[unit], str(STATES[state]), KINDS[kind], count)
            for (unit, state, kind), count in cells.items()
            if unit != NEW
        ]
        new = {str(name): cells.get((NEW, state, NEW), 0) for state, name in enumerate(STATES)}
        self.new = in_order(new)

    def states(self, unit: str | None = None, kind: CandidateKind | None = None) -> Counts:
        """Return how many are in each state, of a unit and of a kind if asked for."""
        total: Counts = {}
        for of, state, like, count in self._cells:
            if unit in (None, of) and kind in (None, like):
                total[state] = total.get(state, 0) + count
        return in_order(total)

    def by_unit(self) -> dict[str, Counts]:
        """Return how many are in each state, of each unit that has any."""
        total: defaultdict[str, Counts] = defaultdict(dict)
        for of, state, _, count in self._cells:
            total[of][state] = total[of].get(state, 0) + count
        return {of: in_order(states) for of, states in total.items()}


def crowd(db: Database, known: int | None, on: date) -> Counter[Cell]:
    """Return how many stand where on a day, and who has come into a state of late."""
    values = {"day": day_number(on), "known": known}
    came = f"SUM(CASE WHEN since > :day - {LATELY} THEN 1 ELSE 0 END)"
    found: Counter[Cell] = Counter()
    for scope in _scopes(known):
        # In this order the index lies: nothing is sorted, and all is read once.
        sql = f"SELECT unit, state, kind, COUNT(*), {came} {scope} GROUP BY unit, state, kind"
        for unit, state, kind, count, new in db.execute(sql, values):
            found[unit, state, kind] += count
            found[NEW, state, NEW] += new
    return found


def named(db: Database, cells: Mapping[Cell, int]) -> Crowd:
    """Return a crowd with the names of its units."""
    return Crowd(cells, subjects_at(db, {unit for unit, _, _ in cells if unit != NEW}))


def months(db: Database, known: int | None) -> Counter[date]:
    """Return the last day of each month in which candidates' spans began, and how many did."""
    found: Counter[date] = Counter()
    for scope in ["span"] if known is None else KNOWN_SPANS:
        sql = f"SELECT valid_from, COUNT(*) FROM {scope} GROUP BY valid_from"
        for number, count in db.execute(sql, {"known": known}):
            found[month(number)] += count
    return found


@cache
def month(number: int) -> date:
    """Return the last day of the month of a day, which is a number here."""
    day = day_of(number)
    return day.replace(day=monthrange(day.year, day.month)[1])


def counts_of(db: Database, by: By, on: date, known: int | None = None) -> dict[str, Counts]:
    """Return the counts for each unit id, kind or priority group."""
    found: dict[str, Counts] = {}
    cells = list(counts_by(db, by, on, known))
    units = subjects_at(db, {number for number, _, _ in cells}) if by == "unit" else {}
    for number, state, count in cells:
        for name in _names(by, number, units):
            cell = found.setdefault(name, {})
            cell[state] = cell.get(state, 0) + count
    return {name: in_order(cell) for name, cell in found.items()}


def in_order(found: Mapping[str, int]) -> Counts:
    """Return counts in the order of the stages and outcomes."""
    return {state: found[state] for state in STATES if found.get(state)}


def _scopes(known: int | None) -> Sequence[str]:
    return [PRESENT] if known is None else [KNOWN, KNOWN_PAST]


def _names(by: By, number: int, units: Mapping[int, str]) -> list[str]:
    if by == "unit":
        return [units[number]]
    if by == "kind":
        return [KINDS[number]]
    return [group for at, group in enumerate(GROUPS) if number & (1 << at)] or ["none"]
