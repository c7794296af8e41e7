"""Tables as CSV and as JSON, each with the dictionary that says what its columns mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from web import log_files
from web.exports.files import File
from web.exports.source import Source
from web.exports.tables import Table, told_to
from web.languages import table as sentences

DICTIONARY = ("table", "column", "type", "vi", "en")


def csv(source: Source) -> Iterator[File]:
    """Yield a file for each table, and the dictionary."""
    for table in told_to(source):
        heads = [column.name for column in table.columns]
        yield File(f"{table.name}.csv", _lines(heads, table.rows(source)))
    yield File("dictionary.csv", _lines(DICTIONARY, dictionary(told_to(source))))


def json_(source: Source) -> Iterator[File]:
    """Yield a file for each table, a list with an object on each line, and the dictionary."""
    for table in told_to(source):
        heads = [column.name for column in table.columns]
        rows = (dict(zip(heads, row, strict=True)) for row in table.rows(source))
        yield File(f"{table.name}.json", listed(rows))
    told = (dict(zip(DICTIONARY, row, strict=True)) for row in dictionary(told_to(source)))
    yield File("dictionary.json", listed(told))


def dictionary(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    """Yield what every table and every column means, in both languages."""
    english = sentences("en").gettext
    for table in tables:
        yield table.name, "", "", str(table.means), english(str(table.means))
        for column in table.columns:
            means = str(column.means)
            yield table.name, column.name, column.type, means, english(means)


def _lines(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    yield (log_files.MARK + log_files.row(heads)).encode()
    for row in rows:
        yield log_files.row(map(log_files.cell, row)).encode()


def listed(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield a JSON list with one object on each line."""
    comma = "[\n"
    for row in rows:
        yield (comma + line(row)).encode()
        comma = ",\n"
    yield b"[]\n" if comma.startswith("[") else b"\n]\n"


def line(value: object) -> str:
    """Return a value as JSON on one line, days as ISO text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_day)


def _day(value: object) -> str:
    assert isinstance(value, date), "nothing but days is no JSON of itself"
    return value.isoformat()
