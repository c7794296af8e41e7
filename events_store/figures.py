"""Figures: one SQL text each, over spans, in a dialect that every engine reads.

`day` counts from 1970-01-01. `known` is a position: what was recorded below it is known. In the
present every live span is known, so the second clock falls away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

from events_store.database import Database
from events_store.spans import GROUPS, KINDS, STATES, day_number

By = Literal["unit", "kind", "priority"]
Counts = dict[str, int]

PRESENT: Final = "FROM span WHERE valid_from <= :day AND valid_to > :day"
KNOWN: Final = (
    "FROM span WHERE valid_from <= :day AND known_from < :known"
    " AND (valid_to > :day OR end_known >= :known)"
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
    for scope in [PRESENT] if known is None else [KNOWN, KNOWN_PAST]:
        sql = f"SELECT {by}, state, COUNT(*) {scope} GROUP BY {by}, state"
        for group, state, count in db.execute(sql, values):
            cells[group, state] = cells.get((group, state), 0) + count
    for (group, state), count in sorted(cells.items()):
        yield group, STATES[state], count


def counts(db: Database, on: date, known: int | None = None) -> Counts:
    """Return how many candidates are in each state on a day; empty states are left out."""
    total: Counts = {}
    for _, state, count in counts_by(db, "kind", on, known):
        total[state] = total.get(state, 0) + count
    return in_order(total)


def entered(db: Database, on: date, days: int, known: int | None = None) -> Counts:
    """Return how many candidates came into their state in the last days before a day."""
    values = {"day": day_number(on), "known": known, "days": days}
    found: Counts = {}
    for scope in [PRESENT] if known is None else [KNOWN, KNOWN_PAST]:
        sql = f"SELECT state, COUNT(*) {scope} AND since > :day - :days GROUP BY state"
        for state, count in db.execute(sql, values):
            found[STATES[state]] = found.get(STATES[state], 0) + count
    return in_order(found)


def counts_of(db: Database, by: By, on: date, known: int | None = None) -> dict[str, Counts]:
    """Return the counts for each unit id, kind or priority group."""
    found: dict[str, Counts] = {}
    for number, state, count in counts_by(db, by, on, known):
        for name in _names(db, by, number):
            cell = found.setdefault(name, {})
            cell[state] = cell.get(state, 0) + count
    return {name: in_order(cell) for name, cell in found.items()}


def in_order(found: Mapping[str, int]) -> Counts:
    """Return counts in the order of the stages and outcomes."""
    return {state: found[state] for state in STATES if found.get(state)}


def subject_at(db: Database, number: int) -> str:
    """Return the subject whose first entry has this position."""
    row: Any = db.execute("SELECT subject FROM entries WHERE position = ?", (number,)).fetchone()
    return str(row[0])


def _names(db: Database, by: By, number: int) -> list[str]:
    if by == "unit":
        return [subject_at(db, number)]
    if by == "kind":
        return [KINDS[number]]
    return [group for at, group in enumerate(GROUPS) if number & (1 << at)] or ["none"]
