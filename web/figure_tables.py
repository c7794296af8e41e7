"""Figures as page, command line and files tell them: with words, names and where they lead."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.unit import successors
from events_store.figures import FIGURES, Asked, Figure, Holds, Row, Value
from web import log_files, people, titles
from web.moment import Moment
from web.parts import Parts
from web.reports import template
from web.units import unit_names
from web.words import figures as words
from web.words.labels import need_of
from workflow.register import Register

SUBJECTS = {Holds.UNIT, Holds.SUBJECT}


class Line(NamedTuple):
    """A row: as the register calls things, in words, and the keys that lead to its entries."""

    row: Row
    cells: list[str]
    keys: dict[str, Value]


class Table(NamedTuple):
    """A figure with its rows."""

    figure: Figure
    title: str
    definition: str
    heads: list[str]
    lines: list[Line]


def asked(
    register: Register, when: Moment, since: date | None = None, *, mapped: bool = False
) -> Asked:
    """Return what is asked of figures at a moment; `mapped` tells units as they are today."""
    became = None
    if mapped:
        units = register.all("unit", register.today(), when.known)
        became = {id: successors(units, id) for id in units}
    return Asked(when.on, when.known, since, became)


def table(parts: Parts, name: str, what: Asked, *, personal: bool) -> Table:
    """Return a figure in words; people are named where that is `personal` and allowed."""
    aims = parts.register.in_force(what.on).text.terms.priority.targets
    figure, rows = template.aimed(parts.ledger.figures.ask((FIGURES[name],), what)[0], aims)
    named = _names(parts, figure, rows, what, personal=personal)
    lines = [
        Line(
            row,
            _cells(figure, row, named),
            {c.name: v for c, v in zip(figure.by, row, strict=False)},
        )
        for row in rows
    ]
    heads = [words.COLUMNS[column.name] for column in figure.columns]
    return Table(figure, words.TITLES[name], words.DEFINITIONS[name], heads, lines)


def answer(of: Table, what: Asked) -> dict[str, Any]:
    """Return a table for programs."""
    names = [column.name for column in of.figure.columns]
    return {
        "figure": of.figure.name,
        "title": of.title,
        "definition": of.definition,
        "on": what.on.isoformat(),
        "known": what.known,
        "since": what.first.isoformat() if of.figure.period else None,
        "mapped": what.became is not None,
        "columns": [{"name": c.name, "holds": c.holds} for c in of.figure.columns],
        "rows": [dict(zip(names, line.row, strict=True)) for line in of.lines],
    }


def as_json(of: Table, what: Asked) -> str:
    """Return a table as one JSON text."""
    return json.dumps(answer(of, what), ensure_ascii=False)


def as_csv(of: Table) -> str:
    """Return a table as people read it, for spreadsheets."""
    rows = (of.heads, *(line.cells for line in of.lines))
    return "".join(log_files.row(map(log_files.cell, row)) for row in rows)


def _cells(figure: Figure, row: Row, named: dict[str, str]) -> list[str]:
    return [words.cell(v, c.holds, named) for c, v in zip(figure.columns, row, strict=True)]


def _names(
    parts: Parts, figure: Figure, rows: Sequence[Row], what: Asked, *, personal: bool
) -> dict[str, str]:
    """Return what the subjects in rows are called: units as on the day, or as they are now."""
    told = set(_held(figure, rows, SUBJECTS))
    found = titles.called(parts, told)
    day = parts.register.today() if what.became else what.on
    found |= {id: n for id, n in unit_names(parts.register, day, what.known).items() if id in told}
    needs = parts.register.in_force(what.on).text.needs
    found |= {n: need_of(needs[n]) for n in _held(figure, rows, {Holds.NEED}) if n in needs}
    heads = set(_held(figure, rows, {Holds.PERSON}))
    return found | (people.names(parts.ledger, heads) if personal else {})


def _held(figure: Figure, rows: Sequence[Row], holds: set[Holds]) -> Iterator[str]:
    for at, column in enumerate(figure.columns):
        if column.holds in holds:
            yield from (str(row[at]) for row in rows)
