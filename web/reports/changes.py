"""Changed since: what a report would say today, row by row, and the entries that caused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from events_store.figures import Figure, Row, Value
from events_store.ledger import Reader
from web.reports import template
from web.reports.document import Spec, rows_by_keys

CAUSES: Final = 5  # entries named for a row
BEHIND: Final = 200  # entries looked at


class Change(NamedTuple):
    """A row of a figure that is not the same: without one side where there was no such row."""

    figure: str
    keys: tuple[Value, ...]
    was: Row | None
    now: Row | None
    causes: tuple[int, ...] = ()


def since(ledger: Reader, spec: Spec) -> list[Change]:
    """Return what is told otherwise now of the same day and period, with its causes."""
    found: list[Change] = []
    figures, of_now = template.figures(), spec.asked._replace(known=None)
    before, now = (ledger.figures.ask(figures, asked) for asked in (spec.asked, of_now))
    for figure, *sides in zip(figures, before, now, strict=True):
        width = len(figure.by)
        rows = ({row[:width]: row[width:] for row in side.rows} for side in sides)
        for change in compared(figure.name, *rows):
            causes = _causes(ledger, figure, spec, change)
            found.append(change._replace(causes=causes))
    return found


def between(told: Mapping[str, Any], made: Mapping[str, Any]) -> list[Change]:
    """Return where two documents tell different figures."""
    width = {figure.name: len(figure.by) for figure in template.figures()}
    ours = {figure["name"]: figure for figure in told["figures"]}
    theirs = {figure["name"]: figure for figure in made["figures"]}
    found: list[Change] = []
    for name in {**ours, **theirs}:
        blank: dict[str, Any] = {"rows": []}
        sides = (ours.get(name, blank), theirs.get(name, blank))
        was, now = (rows_by_keys(side, width.get(name, 1)) for side in sides)
        found += compared(name, was, now)
    return found


def compared(
    figure: str, was: Mapping[tuple[Value, ...], Row], now: Mapping[tuple[Value, ...], Row]
) -> Iterator[Change]:
    """Yield the rows that differ, in their order."""
    for keys in {**was, **now}:
        if was.get(keys) != now.get(keys):
            yield Change(figure, keys, was.get(keys), now.get(keys))


def _causes(ledger: Reader, figure: Figure, spec: Spec, change: Change) -> tuple[int, ...]:
    """Return what was recorded since, behind a row of now or about those behind a row of then."""
    keys = {column.name: key for column, key in zip(figure.by, change.keys, strict=True)}
    asked = spec.asked._replace(known=None)
    new = ledger.figures.behind(figure, asked, keys, spec.known - 1, CAUSES)
    if new or change.was is None:
        return tuple(new)
    before = ledger.figures.behind(figure, spec.asked, keys, -1, BEHIND)
    marks = ", ".join("?" * len(before)) or "NULL"
    sql = (
        "SELECT position FROM entries WHERE position >= ? AND subject IN"
        f" (SELECT subject FROM entries WHERE position IN ({marks})) ORDER BY position LIMIT ?"
    )
    return tuple(int(row[0]) for row in ledger.db.execute(sql, [spec.known, *before, CAUSES]))
