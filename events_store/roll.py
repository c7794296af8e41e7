"""The roll: pages of candidates in Vietnamese name order, on any day, as known at any position."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from math import isqrt
from typing import Any, Final, NamedTuple

from domain.values import CandidateKind, PriorityGroup
from domain.veil import Veil
from domain.vietnamese import plain
from events_store import veiled
from events_store.database import Database
from events_store.figures.asking import subjects_at
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
# `span_state` begins with the unit: whoever asks for a state of any unit names them all.
ANY_UNIT: Final = (
    "s.unit IN (SELECT position FROM entries"
    " WHERE subject > 'unit:' AND subject < 'unit;' AND version = 1)"
)
FEW: Final = 20  # below 1 in 20, gathering and sorting may beat walking all names
MOST: Final = 1000  # from here on, what a search finds is not counted
PARTS: Final = 8  # of a text that are searched for


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to.

    `text`, each part of it between commas, is to be found without marks in what was last told of
    a candidate: name, position, place, field, movement, achievements, and the symbols of documents
    that its entries name. Or else its unit, on the day asked about, is one of `units_found`. Who
    is behind the `veil` now is on the list of no day.
    """

    state: str | None = None
    unit: str | None = None
    kind: CandidateKind | None = None
    priority: PriorityGroup | None = None
    text: str = ""
    units_found: tuple[str, ...] = ()
    veil: Veil | None = None


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
    about: int | None = None,
    every: int | None = None,
) -> list[Line]:
    """Return up to `limit` candidates that follow a cursor.

    `about` is how many the list has, whatever text is searched for, and `every` how many
    candidates there are, if that is known already.
    """
    if about == 0:
        return []
    values = _values(db, on, known, narrow, after, limit)
    few = _few(db, known, narrow, values, about, every)
    rows: list[Any] = []
    for table, where in _scopes(known):
        # A full page of live spans bounds how far the names are walked for past ones.
        full = len(rows) == limit
        values |= {"last": rows[-1][0], "last_number": rows[-1][1]} if full else {}
        plan = few or (table == "span_past" and not full)
        found = db.execute(
            _sql(db, table, where, narrow, few=plan, bounded=full), values
        ).fetchall()
        rows = list(islice(heapq.merge(rows, found), limit))
    units = subjects_at(db, {row[5] for row in rows})
    return [_line(row, units) for row in rows]


def everybody(db: Database) -> int:
    """Return how many candidates there are."""
    (number,) = db.execute("SELECT COUNT(*) FROM card").fetchone()
    return int(number)


def sought(text: str) -> list[str]:
    """Return the parts of a text that are searched for, without marks."""
    return [part for each in plain(text).split(",") if (part := each.strip())][:PARTS]


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


def count(
    db: Database,
    on: date,
    known: int | None = None,
    narrow: Filter = Filter(),
    about: int | None = None,
) -> int:
    """Return how many candidates a list has in all; what a search finds, as far as MOST."""
    values = _values(db, on, known, narrow, START, MOST + 1)
    if narrow.text:
        few = _few(db, known, narrow, values, about)
        sources = [_from(db, table, where, narrow, few=few) for table, where in _scopes(known)]
        ask = "SELECT COUNT(*) FROM (SELECT 1 {} LIMIT :limit) AS l"
        counts = (db.execute(ask.format(source), values).fetchone()[0] for source in sources)
        return int(min(sum(counts), MOST + 1))
    found = 0
    for table, where in _scopes(known):
        conditions = " AND ".join([where, *_rare(db, narrow)])
        index = " INDEXED BY span_state" if table == "span" else ""
        sql = f"SELECT COUNT(*) FROM {table} AS s{index} WHERE {conditions}"
        found += db.execute(sql, values).fetchone()[0]
    return found


def _scopes(known: int | None) -> Sequence[tuple[str, str]]:
    return [PRESENT] if known is None else [KNOWN, KNOWN_PAST]


def _sql(db: Database, table: str, where: str, narrow: Filter, *, few: bool, bounded: bool) -> str:
    until = " AND (c.sort_key, c.candidate) < (:last, :last_number)" if bounded else ""
    return (
        f"SELECT {FIELDS} {_from(db, table, where, narrow, few=few)}"
        f" AND (c.sort_key, c.candidate) > (:key, :number){until}"
        " ORDER BY c.sort_key, c.candidate LIMIT :limit"
    )


def _from(db: Database, table: str, where: str, narrow: Filter, *, few: bool) -> str:
    """Return the tables, the rarer first: CROSS JOIN keeps SQLite to that order.

    What is rare is picked out of the index alone, before a row is looked at.
    """
    conditions = " AND ".join([where, "c.candidate = s.candidate", *_conditions(db, narrow)])
    if not few:
        return f"FROM card AS c INDEXED BY card_find CROSS JOIN {table} AS s WHERE {conditions}"
    spans = f"{table} AS s"
    if table == "span":
        rare = " AND ".join([where, *_rare(db, replace(narrow, text=""))])
        spans = (
            f"(SELECT s.candidate, s.valid_from FROM span AS s INDEXED BY span_state WHERE {rare})"
            " AS r CROSS JOIN span AS s"
        )
        conditions += " AND s.candidate = r.candidate AND s.valid_from = r.valid_from"
    return f"FROM {spans} CROSS JOIN card AS c WHERE {conditions}"


def _rare(db: Database, narrow: Filter) -> Iterator[str]:
    if narrow.state and not narrow.unit:
        yield ANY_UNIT
    yield from _conditions(db, narrow)


def _conditions(db: Database, narrow: Filter) -> Iterator[str]:
    if narrow.state:
        yield "s.state = :state"
    if narrow.unit:
        yield "s.unit = :unit"
    if narrow.kind:
        yield "s.kind = :kind"
    if narrow.priority:
        yield "s.priority & :priority != 0"
    if narrow.veil:
        yield f"s.candidate NOT IN ({veiled.numbers(db, narrow.veil)})"
    if parts := sought(narrow.text):
        told = " AND ".join(f"instr(c.search_key, :part{at}) > 0" for at in range(len(parts)))
        units = ", ".join(f":unit{at}" for at in range(len(narrow.units_found)))
        yield f"({told} OR s.unit IN ({units}))" if units else f"({told})"


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
        **{f"part{at}": part for at, part in enumerate(sought(narrow.text))},
        "key": after[0],
        "number": after[1],
        "limit": limit,
        **{f"unit{at}": origin(db, unit) for at, unit in enumerate(narrow.units_found)},
    }


def _few(
    db: Database,
    known: int | None,
    narrow: Filter,
    values: dict[str, Any],
    about: int | None,
    every: int | None = None,
) -> bool:
    """Return whether to gather a list and sort it is quicker than to walk the names for a page.

    Whoever is walked is one in so many of all, as far as the text is left out of account.
    """
    every = everybody(db) if every is None else every
    most, limit = every // FEW, values["limit"]
    if not narrow.text:
        # Of a unit only its own are gone through, of a state all whoever were in it.
        most = min(most, isqrt(limit * every) if narrow.unit else FEW * limit)
    if about is None and replace(narrow, text="", units_found=(), veil=None) == Filter():
        about = every
    if about is None:
        table, where = _scopes(known)[0]
        conditions = " AND ".join([where, *_rare(db, replace(narrow, text=""))])
        sql = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} AS s INDEXED BY span_state"
            f" WHERE {conditions} LIMIT :few) AS l"
        )
        (about,) = db.execute(sql, values | {"few": most + 1}).fetchone()
    return about is not None and about <= most


@cache
def _groups(bits: int) -> tuple[PriorityGroup, ...]:
    return tuple(group for group in GROUPS if bits & GROUP_BIT[group])


def _line(row: Any, units: Mapping[int, str]) -> Line:
    key, number, subject, name, state, unit, kind, priority, suspended, since = row
    return Line(
        subject=subject,
        name=name,
        state=STATES[state],
        unit=units[unit],
        kind=KINDS[kind],
        priority=_groups(priority),
        suspended=bool(suspended),
        since=day_of(since),
        cursor=(key, number),
    )
