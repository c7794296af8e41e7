"""Pages of the log, newest first, narrowed as an auditor asks, whatever the log's length.

No page counts the log or skips over it. What is asked for and rare is gathered by its index;
what is frequent is met soon by walking backwards. In between, a walk ends after so many entries
and says how far it came, so that every page is quick and none passes over anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from domain.entry import Entry
from events_store.codec import decode
from events_store.database import NO_LIMIT, Database
from events_store.recorder import COLUMNS
from events_store.spans import origin

FEW: Final = 2_000  # entries that are gathered rather than walked by
STEPS: Final = 20_000  # entries that one page walks by at most
SEEKS: Final = 5_000  # the same where each costs a seek
BODY: Final = "CAST(body AS TEXT)"
FROM_ACTOR: Final = f'substr({BODY}, instr({BODY}, \'"actor":"\') + 9)'
# Fields of a body, found without reading it as JSON: whatever a body holds, that never fails. A
# body has each once, for a quotation mark within a text has a backslash before it.
ACTOR: Final = f"substr({FROM_ACTOR}, 1, instr({FROM_ACTOR} || '\"', '\"') - 1)"
DAY: Final = f'substr({BODY}, instr({BODY}, \'"effective_on":"\') + 16, 10)'
OF_SUBJECT: Final = "subject >= :subject AND subject < :subject_end"
OF_UNIT: Final = (
    "(subject = :unit_subject OR EXISTS (SELECT 1 FROM card AS c JOIN span AS s"
    " ON s.candidate = c.candidate WHERE c.subject = entries.subject AND s.unit = :unit))"
)
ALL_OF_UNIT: Final = (  # the same, from the unit's side
    "subject IN (SELECT c.subject FROM span AS s JOIN card AS c ON c.candidate = s.candidate"
    " WHERE s.unit = :unit UNION SELECT :unit_subject)"
)
OF_NAME: Final = "name = :name"
OF_ACTOR: Final = f"{ACTOR} = :actor"
OF_DAYS: Final = f"{DAY} >= :since AND {DAY} <= :until"
INDEX: Final = {OF_NAME: "INDEXED BY entries_name", OF_ACTOR: "INDEXED BY entries_actor",
                OF_DAYS: "INDEXED BY entries_day"}  # fmt: skip
ORDER: Final = {  # of the index; to ask for it keeps PostgreSQL from reading all there is
    OF_SUBJECT: "subject, version",
    OF_NAME: "name, position",
    OF_ACTOR: f"{ACTOR}, position",
    OF_DAYS: f"{DAY}, position",
}
LAST: Final = "\U0010ffff"  # follows whatever a subject's id goes on with


@dataclass(frozen=True)
class Filter:
    """What a log is narrowed to. `subject` is how ids begin; `start` and `stop` are positions."""

    name: str | None = None
    subject: str | None = None
    actor: str | None = None
    unit: str | None = None
    since: date | None = None
    until: date | None = None
    start: int = 0
    stop: int = NO_LIMIT


class Line(NamedTuple):
    """An entry and the hash of its leaf."""

    entry: Entry
    leaf: bytes


class Page(NamedTuple):
    """Lines, newest first, and the position below which to go on, if there may be more."""

    lines: list[Line]
    below: int | None


def page(db: Database, narrow: Filter, below: int, limit: int = 50) -> Page:
    """Return the newest entries below a position that a log is narrowed to."""
    below = min(below, narrow.stop)
    conditions, values = _conditions(db, narrow)
    values |= {"below": below, "start": narrow.start, "limit": limit}
    alone = len(conditions) == 1 and bool(narrow.name or narrow.actor)
    for condition in [] if alone else conditions:
        if _is_rare(db, condition, values):
            rest = [each for each in conditions if each is not condition]
            driver = ALL_OF_UNIT if condition is OF_UNIT else condition
            index = INDEX.get(condition, "")
            gathered = f"position IN (SELECT position FROM entries {index} WHERE {driver})"
            return _page(db, "NOT INDEXED", [gathered, *rest], values, narrow.start)
    index, floor = _walk(db, narrow, values, alone=alone)
    return _page(db, index, conditions, values | {"start": floor}, narrow.start)


def everything(db: Database, narrow: Filter, below: int, step: int = 500) -> Iterator[Line]:
    """Yield all entries below a position that a log is narrowed to, newest first."""
    more: int | None = below
    while more is not None:
        lines, more = page(db, narrow, more, step)
        yield from lines


def following(db: Database, start: int, limit: int) -> list[Line]:
    """Return the entries from a position on, in the order recorded."""
    sql = f"SELECT {COLUMNS}, leaf FROM entries WHERE position >= ? ORDER BY position LIMIT ?"
    return [Line(decode(*row[:-1]), row[-1]) for row in db.execute(sql, (start, limit))]


def subjects(db: Database, kind: str, after: str, limit: int) -> list[str]:
    """Return the subjects of a kind that follow another, by id."""
    sql = (
        "SELECT subject FROM entries WHERE subject > ? AND subject < ? AND version = 1"
        " ORDER BY subject LIMIT ?"
    )
    # ';' follows ':', so this is a range of the (subject, version) index.
    return [row[0] for row in db.execute(sql, (after, f"{kind};", limit))]


def stored(db: Database, position: int) -> tuple[Any, ...] | None:
    """Return an entry's row as it lies in the log, with what blinds its leaf."""
    sql = f"SELECT {COLUMNS}, blind, leaf FROM entries WHERE position = ?"
    found: tuple[Any, ...] | None = db.execute(sql, (position,)).fetchone()
    return found


def actors(db: Database) -> list[str]:
    """Return everybody who has recorded anything, by one step of the index for each."""
    found: list[str] = []
    sql = f"SELECT min({ACTOR}) FROM entries INDEXED BY entries_actor WHERE {ACTOR} > ?"
    while (last := db.execute(sql, (found[-1] if found else "",)).fetchone()[0]) is not None:
        found.append(last)
    return found


def candidates(db: Database, subjects: list[str]) -> dict[str, str]:
    """Return the names that lists show of candidates."""
    marks = ", ".join("?" * len(subjects)) or "NULL"
    sql = f"SELECT subject, name FROM card WHERE subject IN ({marks})"
    return dict(db.execute(sql, subjects).fetchall())


def _page(
    db: Database, index: str, conditions: list[str], values: dict[str, Any], start: int
) -> Page:
    where = " AND ".join(["position >= :start AND position < :below", *conditions])
    sql = f"SELECT {COLUMNS}, leaf FROM entries {index} WHERE {where}"
    found = db.execute(f"{sql} ORDER BY position DESC LIMIT :limit", values).fetchall()
    lines = [Line(decode(*row[:-1]), row[-1]) for row in found]
    reached = lines[-1].entry.position if len(lines) == values["limit"] else values["start"]
    return Page(lines, reached if reached > start else None)


def _walk(db: Database, narrow: Filter, values: dict[str, Any], *, alone: bool) -> tuple[str, int]:
    """Return which index leads backwards through the fewest, and where to end the walk.

    Where nothing else is asked, all that the index leads to is shown.
    """
    condition = OF_NAME if narrow.name else OF_ACTOR
    index = INDEX[condition]
    if not narrow.name and not narrow.actor:
        steps = SEEKS if narrow.unit else STEPS
        return "NOT INDEXED", max(values["below"] - steps, narrow.start)
    if alone:
        return index, narrow.start
    sql = (
        f"SELECT COUNT(*), min(position) FROM (SELECT position FROM entries {index}"
        f" WHERE {condition} AND position < :below ORDER BY position DESC LIMIT {SEEKS}) AS e"
    )
    count, floor = db.execute(sql, values).fetchone()
    return index, max(floor if count == SEEKS else 0, narrow.start)


def _is_rare(db: Database, condition: str, values: dict[str, Any]) -> bool:
    if condition is not OF_UNIT:
        index, order = INDEX.get(condition, ""), ORDER[condition]
        return _are_few(db, f"entries {index} WHERE {condition} ORDER BY {order}", values)
    # Every span was made by an entry, and is counted faster.
    few = _are_few(db, "span WHERE unit = :unit", values)
    return few and _are_few(db, f"entries WHERE {ALL_OF_UNIT}", values)


def _are_few(db: Database, what: str, values: dict[str, Any]) -> bool:
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {what} LIMIT {FEW + 1}) AS e"
    found: tuple[int] = db.execute(sql, values).fetchone()
    return found[0] <= FEW


def _conditions(db: Database, narrow: Filter) -> tuple[list[str], dict[str, Any]]:
    """Return a condition for each thing asked, the likely rarest first, and the values."""
    asked: list[tuple[str, dict[str, Any]]] = []
    if narrow.subject:
        ends = {"subject": narrow.subject, "subject_end": narrow.subject + LAST}
        asked.append((OF_SUBJECT, ends))
    if narrow.unit:
        asked.append((OF_UNIT, {"unit": origin(db, narrow.unit), "unit_subject": narrow.unit}))
    if narrow.name:
        asked.append((OF_NAME, {"name": narrow.name}))
    if narrow.actor:
        asked.append((OF_ACTOR, {"actor": narrow.actor}))
    if narrow.since or narrow.until:
        days = {"since": _iso(narrow.since or date.min), "until": _iso(narrow.until or date.max)}
        asked.append((OF_DAYS, days))
    values = {name: value for _, more in asked for name, value in more.items()}
    return [condition for condition, _ in asked], values


def _iso(day: date) -> str:
    return day.isoformat()
