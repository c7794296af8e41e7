"""Asking for figures: their rows, the entries behind a row, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final, NamedTuple

from events_store.database import Database
from events_store.figures.basis import BECOMES, CORRECTED, PAIR, REDATED, VOIDED
from events_store.figures.figure import Column, Figure, Holds
from events_store.spans import GROUPS, KINDS, NEVER, STATES, day_number, origin

Value = str | int | None
Row = tuple[Value, ...]
NOT_YET: Final = "not-yet"  # before a candidate was found
NONE: Final = "none"
NUMBERS: Final = {Holds.COUNT, Holds.DAYS, Holds.YEAR}
Corrections = Mapping[str, str]  # what VOIDED and REDATED find, as JSON
Correct = Callable[[Database, int], Corrections]  # as known below a position


class Asked(NamedTuple):
    """The two clocks of a question: on which day, known below which position.

    Figures of a period are asked from `since` to `on`, both with. `became` says what each unit
    has become, where units are mapped to what they are now; without it they are told as then.
    """

    on: date
    known: int | None = None
    since: date | None = None
    became: Mapping[str, Sequence[str]] | None = None

    @property
    def first(self) -> date:
        """Return the first day of the period: that of the year, if none was named."""
        return self.since or self.on.replace(month=1, day=1)


class Answer(NamedTuple):
    """What a figure says, in the order of its keys."""

    figure: Figure
    rows: list[Row]

    def told(self) -> Iterator[dict[str, Value]]:
        """Yield each row by the names of its columns."""
        names = [column.name for column in self.figure.columns]
        for row in self.rows:
            yield dict(zip(names, row, strict=True))


def corrections(db: Database, known: int, subjects: str = "") -> Corrections:
    """Return what corrections that are known below a position say, of some subjects or of all."""
    found = {"voided": VOIDED, "redated": REDATED}
    if subjects:  # an expression, so that the planner goes by subjects and not by names
        few = f"c.subject IN ({subjects}) AND c.name || '' ="
        found = {name: sql.replace("c.name =", few) for name, sql in found.items()}
    values = {"known": known}
    return {n: json.dumps(dict(db.execute(sql, values).fetchall())) for n, sql in found.items()}


def ask(db: Database, figure: Figure, asked: Asked, correct: Correct = corrections) -> Answer:
    """Return the rows of a figure."""
    return answer(db, figure, found(db, figure, asked, correct))


def found(db: Database, figure: Figure, asked: Asked, correct: Correct) -> list[Any]:
    """Return the rows of a figure as the tables have them."""
    values = _values(db, figure, asked, correct)
    return db.execute(_text(figure.sql, asked), values).fetchall()


def answer(db: Database, figure: Figure, rows: list[Any]) -> Answer:
    """Return rows that were found as the register calls what is in them."""
    rows.sort(key=lambda row: row[: len(figure.by)])  # databases sort words differently
    holds = [column.holds for column in figure.columns]
    cells = (cell for row in rows for cell in zip(holds, row, strict=True))
    numbers = {value for held, value in cells if held is Holds.UNIT and value is not None}
    units = subjects_at(db, numbers) if numbers else {}
    return Answer(figure, [tuple(map(partial(_read, units), holds, row)) for row in rows])


def behind(
    db: Database,
    figure: Figure,
    asked: Asked,
    keys: Mapping[str, Value],
    after: int = -1,
    limit: int = 100,
    correct: Correct = corrections,
) -> list[int]:
    """Return the positions of the entries behind the rows with these keys, in their order."""
    by = {column.name: column for column in figure.by}
    values = {f"key_{name}": _written(db, by[name], value) for name, value in keys.items()}
    values |= {"after": after, "limit": limit}
    sql = _text(figure.drill(list(keys)), asked)
    found = db.execute(sql, _values(db, figure, asked, correct) | values)
    return [int(row[0]) for row in found]


def _text(sql: str, asked: Asked) -> str:
    """Return a text without the question what a unit became, where units are told as then.

    Databases plan before they know the values, and would not go by the index of units.
    """
    return sql if asked.became is not None else sql.replace(BECOMES, "s.unit")


def _values(db: Database, figure: Figure, asked: Asked, correct: Correct) -> dict[str, Any]:
    known = NEVER if asked.known is None else asked.known
    values = {
        "known": known,
        "day": day_number(asked.on),
        "on": asked.on.isoformat(),
        "begins": day_number(asked.first),
        "since": asked.first.isoformat(),
        "became": json.dumps(_became(db, asked.became or {})),
        "mapped": int(asked.became is not None),
    }
    return {**values, **correct(db, known)} if CORRECTED in figure.uses else values


def _became(db: Database, became: Mapping[str, Sequence[str]]) -> dict[int, int]:
    """Return what units have become, by number: of one that was split, by the unit of now."""
    found: dict[int, int] = {}
    for unit, into in became.items():
        if tuple(into) != (unit,):
            number = origin(db, unit)
            found[number] = origin(db, into[0]) if len(into) == 1 else -1
            if len(into) > 1:
                found |= {
                    number * PAIR + origin(db, now): origin(db, last[0])
                    for now, last in became.items()
                    if len(last) == 1 and last[0] in into
                }
    return found


def _read(units: Mapping[int, str], holds: Holds, value: Any) -> Value:
    """Return a value as the register calls it."""
    if value is None:
        return None
    match holds:
        case Holds.STATE:
            return str(STATES[value]) if value >= 0 else NOT_YET
        case Holds.KIND:
            return str(KINDS[value]) if value >= 0 else NONE
        case Holds.PRIORITY:
            return next((str(group) for at, group in enumerate(GROUPS) if value == 1 << at), NONE)
        case Holds.UNIT:
            return units[value]
        case _:
            return int(value) if holds in NUMBERS else str(value)


def _written(db: Database, column: Column, value: Value) -> Any:
    """Return a value as the tables have it."""
    match column.holds:
        case Holds.STATE:
            return _place(STATES, value, NOT_YET)
        case Holds.KIND:
            return _place(KINDS, value, NONE)
        case Holds.PRIORITY:
            at = _place(GROUPS, value, NONE)
            return 1 << at if at >= 0 else at + 1
        case Holds.UNIT:
            return origin(db, str(value))
        case _:
            return value


def subjects_at(db: Database, numbers: Collection[int]) -> dict[int, str]:
    """Return the subjects whose first entries have these positions."""
    marks = ", ".join("?" * len(numbers)) or "NULL"
    sql = f"SELECT position, subject FROM entries WHERE position IN ({marks})"
    return dict(db.execute(sql, tuple(numbers)).fetchall())


def _place(words: Iterable[StrEnum], value: Value, none: str) -> int:
    """Return the place of a word; -1 for none, and another for what no row could hold."""
    known = [str(word) for word in words]
    return known.index(str(value)) if value in known else -1 if value == none else -2
