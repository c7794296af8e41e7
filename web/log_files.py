"""The log as files to take along: lines of CSV or JSON, made while they are sent."""

from __future__ import annotations

import csv as tables
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from domain.office import Office
from events_store.checkpoint import base64_of
from events_store.codec import encode
from events_store.log_pages import Line
from events_store.names import NAME_OF
from web.words.log import COLUMNS

TYPES: Final = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
MARK: Final = "\ufeff"  # without it spreadsheets read UTF-8 as something else
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet compute a cell


def csv(lines: Iterable[Line], offices: Mapping[str, Office]) -> Iterator[str]:
    """Yield a table with one row for each line, its headings first."""
    yield MARK + row(COLUMNS.source.values())
    for line in lines:
        yield row(map(cell, _fields(line, offices).values()))


def json_lines(lines: Iterable[Line], offices: Mapping[str, Office]) -> Iterator[str]:
    """Yield a JSON object for each line, with the body as it lies in the log."""
    for line in lines:
        yield msgspec.json.encode(whole(line, offices)).decode() + "\n"


def whole(line: Line, offices: Mapping[str, Office]) -> dict[str, Any]:
    """Return a line with the body as it lies in the log, for msgspec to write."""
    return {**_fields(line, offices), "body": msgspec.Raw(encode(line.entry)[1])}


def _fields(line: Line, offices: Mapping[str, Office]) -> dict[str, Any]:
    entry = line.entry
    office = offices.get(entry.acting_as or "")
    return {
        "position": entry.position,
        "recorded_at": entry.recorded_at.isoformat(),
        "effective_on": entry.effective_on.isoformat(),
        "subject": entry.subject,
        "version": entry.version,
        "name": NAME_OF[type(entry.event)],
        "actor": entry.actor,
        "role": office.role if office else None,
        "basis": "; ".join(paper.symbol for paper in entry.basis),
        "rule_set": entry.rule_set,
        "command_id": entry.command_id,
        "leaf": base64_of(line.leaf),
    }


def row(cells: Iterable[Any]) -> str:
    """Return a line of a table."""
    out = io.StringIO()
    tables.writer(out).writerow(cells)
    return out.getvalue()


def cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
