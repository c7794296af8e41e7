"""`exemplar diff`: who changed state between two days, and by which entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from domain.history import as_of
from events_store import roll
from events_store.codec import NAME_OF
from events_store.database import Database
from events_store.ledger import Reader
from events_store.roll import Line
from web.cli import options, shown
from web.cli.changes import Change, changes
from web.cli.desk import desk
from web.words.labels import STATES
from web.words.sentences import ERASED, as_candidate_event, told

PAGE = 1000


@dataclass(frozen=True)
class Moved:
    """A candidate that was in another state, with the last change."""

    subject: str
    name: str
    was: str | None
    now: str
    last: Change


@click.command(help="Cho biết ai đã chuyển khâu giữa hai ngày, do mục ghi nào.")
@click.option("--from", "first", required=True, metavar="NGÀY", help="Ngày đầu.")
@click.option("--to", "last", required=True, metavar="NGÀY", help="Ngày cuối.")
@options.known
@options.as_json
def diff(first: str, last: str, known: str | None, json: bool) -> None:
    """Compare the register on two days."""
    parts = desk().parts
    before = options.when(parts, first, known)
    after = options.when(parts, last, known)
    if before.on > after.on:
        raise click.UsageError("--from phải là ngày trước --to.")
    moved = list(_moved(parts.ledger, before.on, after.on, after.known))
    counted = Counter((one.was, one.now) for one in moved)
    if json:
        shown.as_json(_answer(before.on, after.on, after.told, moved, counted))
    else:
        _tell(before.on, after.on, moved, counted)


def _moved(ledger: Reader, first: date, last: date, known: int | None) -> Iterator[Moved]:
    """Yield candidates in the order of names; both days are walked side by side."""
    earlier = _everyone(ledger.db, first, known)
    before = next(earlier, None)
    for line in _everyone(ledger.db, last, known):
        was = None
        if before is not None and before.cursor == line.cursor:
            was, before = before.state, next(earlier, None)
        if was != line.state:
            *_, latest = changes(as_of(ledger.entries(line.subject), last, known))
            yield Moved(line.subject, line.name or ERASED, was, line.state, latest)


def _everyone(db: Database, on: date, known: int | None) -> Iterator[Line]:
    lines = roll.page(db, on, known, limit=PAGE)
    while lines:
        yield from lines
        lines = roll.page(db, on, known, after=lines[-1].cursor, limit=PAGE)


Counted = Counter[tuple[str | None, str]]


def _answer(
    first: date, last: date, known: str | None, moved: list[Moved], counted: Counted
) -> dict[str, Any]:
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "known": known,
        "total": len(moved),
        "counts": [{"from": was, "to": now, "count": n} for (was, now), n in _sorted(counted)],
        "changes": [
            {
                "candidate": one.subject,
                "name": one.name,
                "from": one.was,
                "to": one.now,
                "entry": {
                    "position": one.last.entry.position,
                    "effective_on": one.last.entry.effective_on.isoformat(),
                    "event": NAME_OF[type(one.last.entry.event)],
                },
            }
            for one in moved
        ],
    }


def _sorted(counted: Counted) -> list[tuple[tuple[str | None, str], int]]:
    order = [None, *STATES]
    return sorted(counted.items(), key=lambda pair: [order.index(end) for end in pair[0]])


def _tell(first: date, last: date, moved: list[Moved], counted: Counted) -> None:
    title = f"Từ {shown.cell(first)} đến {shown.cell(last)}: {len(moved)} ứng viên đổi trạng thái"
    rows = [(_state(was), _state(now), n) for (was, now), n in _sorted(counted)]
    shown.as_table(("Từ", "Sang", "Số"), rows, title)
    shown.as_table(
        ("Ứng viên", "Tên", "Từ", "Sang", "Ngày", "Mục ghi", "Nội dung"),
        [
            (
                one.subject.removeprefix("candidate:"),
                one.name,
                _state(one.was),
                _state(one.now),
                one.last.entry.effective_on,
                one.last.entry.position,
                told(as_candidate_event(one.last.entry.event)),
            )
            for one in moved
        ],
    )


def _state(state: str | None) -> str:
    return STATES[state] if state else "chưa có"
