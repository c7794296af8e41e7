"""The roll: pages of candidates in Vietnamese name order, on any day, as known at any position."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from domain.values import CandidateKind, PriorityGroup
from domain.vietnamese import plain
from events_store.database import Database
from events_store.figures.asking import subject_at
from events_store.spans import (
    GROUP_BIT,
    GROUPS,
    KIND_NUMBER,
    KINDS,
    STATE_NUMBER,
    STATES,
    day_number,
    day_of,
    origin,
)

Cursor = tuple[str, int]  # sort key and number of the last candidate shown

FIELDS: Final = (
    "c.sort_key, s.candidate, c.subject, c.name, s.state, s.unit, s.kind, s.priority,"
    " s.suspended, s.since"
)
PRESENT: Final = ("span", "s.valid_from <= :day AND s.valid_to > :day")
KNOWN: Final = (
    "span",
    "s.valid_from <= :day AND s.known_from < :known"
    " AND (s.valid_to > :day OR s.end_known >= :known)",
)
KNOWN_PAST: Final = ("span_past", KNOWN[1] + " AND s.known_to >= :known")
FEW: Final = 20  # below 1 in 20, gathering and sorting beats walking all names


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to. `text` is searched without marks, in cards and unit names."""

    state: str | None = None
    unit: str | None = None
    kind: CandidateKind | None = None
    priority: PriorityGroup | None = None
    text: str = ""
    units_found: tuple[str, ...] = ()


START: Final[Cursor] = ("", -1)


class Line(NamedTuple):
    """One candidate as a list shows it."""

    subject: str
    name: str
    state: str
    unit: str
    kind: CandidateKind
    priority: tuple[PriorityGroup, ...]
    suspended: bool
    since: date
    cursor: Cursor


def page(
    db: Database,
    on: date,
    known: int | None = None,
    narrow: Filter = Filter(),
    after: Cursor = START,
    limit: int = 50,
) -> list[Line]:
    """Return up to `limit` candidates that follow a cursor."""
    few = narrow.unit is not None or _few_alive(db, on)
    values = _values(db, on, known, narrow, after, limit)
    rows: list[Any] = []
    for table, where in _scopes(known):
        # A full page of live spans bounds how far the names are walked for past ones.
        full = len(rows) == limit
        values |= {"last": rows[-1][0], "last_number": rows[-1][1]} if full else {}
        plan = few or (table == "span_past" and not full)
        found = db.execute(_sql(table, where, narrow, few=plan, bounded=full), values).fetchall()
        rows = list(islice(heapq.merge(rows, found), limit))
    units: dict[int, str] = {}
    return [_line(db, row, units) for row in rows]


def cursor(db: Database, candidate: int | None) -> Cursor:
    """Return the cursor of a candidate by its number; without one, the start of the list.

    Addresses carry the number alone: a sort key is made of a name.
    """
    sql = "SELECT sort_key, candidate FROM card WHERE candidate = ?"
    found: Cursor | None = db.execute(sql, (candidate,)).fetchone()
    return found or START


def other_people(db: Database) -> list[str]:
    """Return the people who were entered in their own right, not as candidates."""
    sql = (
        "SELECT e.subject FROM entries AS e WHERE e.subject > ? AND e.subject < ?"
        " AND e.version = 1"
        " AND NOT EXISTS (SELECT 1 FROM card AS c WHERE c.person = e.subject)"
    )
    return [row[0] for row in db.execute(sql, ("person:", "person;"))]


def count(db: Database, on: date, known: int | None = None, narrow: Filter = Filter()) -> int:
    """Return how many candidates a list has in all."""
    values = _values(db, on, known, narrow, START, 0)
    return sum(
        db.execute(
            f"SELECT COUNT(*) {_from(table, where, narrow, few=not narrow.text)}", values
        ).fetchone()[0]
        for table, where in _scopes(known)
    )


def _scopes(known: int | None) -> Sequence[tuple[str, str]]:
    return [PRESENT] if known is None else [KNOWN, KNOWN_PAST]


def _sql(table: str, where: str, narrow: Filter, *, few: bool, bounded: bool) -> str:
    until = " AND (c.sort_key, c.candidate) < (:last, :last_number)" if bounded else ""
    return (
        f"SELECT {FIELDS} {_from(table, where, narrow, few=few)}"
        f" AND (c.sort_key, c.candidate) > (:key, :number){until}"
        " ORDER BY c.sort_key, c.candidate LIMIT :limit"
    )


def _from(table: str, where: str, narrow: Filter, *, few: bool) -> str:
    """Return the tables, the rarer first: CROSS JOIN keeps SQLite to that order."""
    index = "INDEXED BY span_state" if few and table == "span" else ""
    spans, cards = f"{table} AS s {index}", "card AS c"
    first, second = (spans, cards) if few else (cards, spans)
    conditions = [where, "c.candidate = s.candidate", *_conditions(narrow)]
    return f"FROM {first} CROSS JOIN {second} WHERE " + " AND ".join(conditions)


def _conditions(narrow: Filter) -> Iterator[str]:
    if narrow.state:
        yield "s.state = :state"
    if narrow.unit:
        yield "s.unit = :unit"
    if narrow.kind:
        yield "s.kind = :kind"
    if narrow.priority:
        yield "s.priority & :priority != 0"
    if narrow.text:
        found = (f" OR s.unit = :unit{at}" for at in range(len(narrow.units_found)))
        yield f"(instr(c.search_key, :text) > 0{''.join(found)})"


def _values(
    db: Database,
    on: date,
    known: int | None,
    narrow: Filter,
    after: Cursor,
    limit: int,
) -> dict[str, Any]:
    return {
        "day": day_number(on),
        "known": known,
        "state": STATE_NUMBER[narrow.state] if narrow.state else None,
        "unit": origin(db, narrow.unit) if narrow.unit else None,
        "kind": KIND_NUMBER[narrow.kind] if narrow.kind else None,
        "priority": GROUP_BIT[narrow.priority] if narrow.priority else None,
        "text": plain(narrow.text),
        "key": after[0],
        "number": after[1],
        "limit": limit,
        **{f"unit{at}": origin(db, unit) for at, unit in enumerate(narrow.units_found)},
    }


def _few_alive(db: Database, on: date) -> bool:
    """Return whether at most 1 in FEW candidates are in the register on a day."""
    sql = "SELECT COUNT(*) FROM card"
    limit = int(db.execute(sql).fetchone()[0]) // FEW
    alive = (
        "SELECT COUNT(*) FROM (SELECT 1 FROM span INDEXED BY span_state"
        " WHERE valid_from <= :day AND valid_to > :day LIMIT :limit) AS s"
    )
    values = {"day": day_number(on), "limit": limit + 1}
    return int(db.execute(alive, values).fetchone()[0]) <= limit


def _line(db: Database, row: Any, units: dict[int, str]) -> Line:
    key, number, subject, name, state, unit, kind, priority, suspended, since = row
    if unit not in units:
        units[unit] = subject_at(db, unit)
    return Line(
        subject=subject,
        name=name,
        state=STATES[state],
        unit=units[unit],
        kind=KINDS[kind],
        priority=tuple(group for group in GROUPS if priority & GROUP_BIT[group]),
        suspended=bool(suspended),
        since=day_of(since),
        cursor=(key, number),
    )
