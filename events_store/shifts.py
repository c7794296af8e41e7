"""Shifts: candidates whose state is another at another moment, counted and in name order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from domain.veil import Veil
from events_store import veiled
from events_store.database import NO_LIMIT, Database
from events_store.roll import START, Cursor
from events_store.spans import STATES, day_number

At = tuple[date, int | None]  # in force on a day, as known below a position or all of it
Shifts = Mapping[tuple[str | None, str | None], int]

HOLDS: Final = (
    "valid_from <= :day_{0} AND known_from < :known_{0} AND known_to >= :known_{0}"
    " AND (valid_to > :day_{0} OR end_known >= :known_{0})"
)
HOLDS_NOW: Final = "valid_from <= :day_{0} AND valid_to > :day_{0}"
EVERY: Final = f"(SELECT *, {NO_LIMIT} AS known_to FROM span UNION ALL SELECT * FROM span_past)"
# A row that holds at both moments is of nobody who differs, and neither is one beside the two.
BY_DAY: Final = (
    "span AS s NOT INDEXED WHERE valid_from <= :last AND valid_to > :first"
    " AND (valid_from > :first OR valid_to <= :last)"
)
BY_BOTH: Final = f"{EVERY} AS s WHERE ({HOLDS.format('a')}) <> ({HOLDS.format('b')})"
DIFFERS: Final = "COALESCE(was, -1) <> COALESCE(now, -1)"
COUNTS: Final = (
    "SELECT COALESCE(was, -1), COALESCE(now, -1), COUNT(*) FROM (SELECT candidate,"
    " MAX(CASE WHEN {holds_a} THEN state END) AS was,"
    " MAX(CASE WHEN {holds_b} THEN state END) AS now"
    " FROM {rows} GROUP BY candidate) AS l"
    f" WHERE {DIFFERS} GROUP BY 1, 2"
)
# Whoever differs has a segment that begins, ends or is believed from between the moments.
BETWEEN: Final = (
    "(valid_from > :first AND valid_from <= :last"
    " OR known_from >= :least AND known_from < :most OR end_known >= :least AND end_known < :most"
)
TOUCHED: Final = (
    f"SELECT candidate FROM span INDEXED BY span_state WHERE {BETWEEN})"
    f" UNION SELECT candidate FROM span_past WHERE {BETWEEN}"
    " OR known_to >= :least AND known_to < :most)"
)
FEW: Final = 8  # times a page; to gather takes as long as to walk by an eighth of all names


class Shift(NamedTuple):
    """A candidate in another state; where it is not there at all, there is no state."""

    subject: str
    name: str
    was: str | None
    now: str | None
    cursor: Cursor


def counted(db: Database, before: At, after: At) -> Shifts:
    """Return how many went from which state into which, by going through all."""
    now = before[1] is after[1] is None
    holds, rows = (HOLDS_NOW, BY_DAY) if now else (HOLDS, BY_BOTH)
    sql = COUNTS.format(holds_a=holds.format("a"), holds_b=holds.format("b"), rows=rows)
    found = db.execute(sql, _values(before, after)).fetchall()
    return named({(was, now): number for was, now, number in found})


def named(counts: Mapping[tuple[int, int], int]) -> Shifts:
    """Return who shifted of counts by numbers of states, in the order of states; -1 is none."""
    names = (*STATES, None)  # the last is that of -1
    return {(names[was], names[now]): n for (was, now), n in sorted(counts.items()) if was != now}


def page(
    db: Database,
    before: At,
    after: At,
    total: int,
    cursor: Cursor = START,
    limit: int = 50,
    veil: Veil | None = None,
) -> list[Shift]:
    """Return up to `limit` of those who shifted, `total` in all, that follow a cursor.

    Who is behind the veil now is left out.

    Where many did, names are walked until enough are met; where few did, they are gathered.
    """
    few = total <= FEW * limit
    named = f" AND c.candidate NOT IN ({veiled.numbers(db, veil)})" if veil else ""
    cards = f"({TOUCHED}) AS t CROSS JOIN card AS c" if few else "card AS c INDEXED BY card_find"
    sql = (
        f"SELECT * FROM (SELECT c.sort_key, c.candidate, c.subject, c.name,"
        f" {_state_at('a', before)} AS was, {_state_at('b', after)} AS now FROM {cards}"
        f" WHERE (c.sort_key, c.candidate) > (:key, :number)"
        f"{' AND c.candidate = t.candidate' if few else ''}{named}) AS l"
        f" WHERE {DIFFERS} ORDER BY sort_key, candidate LIMIT :limit"
    )
    values = {"key": cursor[0], "number": cursor[1], "limit": limit}
    return [
        Shift(subject, name, _state(was), _state(now), (key, number))
        for key, number, subject, name, was, now in db.execute(
            sql, _values(before, after) | values
        ).fetchall()
    ]


def _state_at(which: str, at: At) -> str:
    """Return the question for a candidate's state at a moment."""
    tables = ("span",) if at[1] is None else ("span", "span_past")
    answers = (
        f"(SELECT s.state FROM {table} AS s WHERE s.candidate = c.candidate AND {_holds(which)}"
        + (f" AND s.known_to >= :known_{which})" if table == "span_past" else ")")
        for table in tables
    )
    return f"COALESCE({', '.join((*answers, 'NULL'))})"


def _holds(which: str) -> str:
    return HOLDS.format(which).replace(f" AND known_to >= :known_{which}", "")


def _values(before: At, after: At) -> dict[str, Any]:
    days = sorted(day_number(at[0]) for at in (before, after))
    knowns = [NO_LIMIT if at[1] is None else at[1] for at in (before, after)]
    return {
        "day_a": day_number(before[0]),
        "day_b": day_number(after[0]),
        "known_a": knowns[0],
        "known_b": knowns[1],
        "first": days[0],
        "last": days[1],
        "least": min(knowns),
        "most": max(knowns),
    }


def _state(number: int | None) -> str | None:
    return None if number is None else STATES[number]
