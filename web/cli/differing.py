"""`exemplar diff`: who changed state between two days, and by which entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from events_store.names import NAME_OF
from events_store.shifts import Shifts
from web.cli import options, shown
from web.cli.desk import desk
from web.differences import Moved, counted, everyone_moved
from web.words.candidate import as_candidate_event, told
from web.words.labels import STATES


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
    counts = counted(parts.ledger, before, after)
    found = list(everyone_moved(parts.ledger, before, after))
    if json:
        shown.as_json(_answer(before.on, after.on, after.told, counts, found))
    else:
        _tell(before.on, after.on, counts, found)


def _answer(
    first: date, last: date, known: str | None, counts: Shifts, found: list[Moved]
) -> dict[str, Any]:
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "known": known,
        "total": len(found),
        "counts": [{"from": was, "to": now, "count": n} for (was, now), n in counts.items()],
        "changes": [
            {
                "candidate": one.subject,
                "name": one.name,
                "from": one.was,
                "to": one.now,
                "entry": {
                    "position": one.cause.position,
                    "effective_on": one.cause.effective_on.isoformat(),
                    "event": NAME_OF[type(one.cause.event)],
                },
            }
            for one in found
        ],
    }


def _tell(first: date, last: date, counts: Shifts, found: list[Moved]) -> None:
    title = f"Từ {shown.cell(first)} đến {shown.cell(last)}: {len(found)} ứng viên đổi trạng thái"
    rows = [(_state(was), _state(now), n) for (was, now), n in counts.items()]
    shown.as_table(("Từ", "Sang", "Số"), rows, title)
    shown.as_table(
        ("Ứng viên", "Tên", "Từ", "Sang", "Ngày", "Mục ghi", "Nội dung"),
        [
            (
                one.subject.removeprefix("candidate:"),
                one.name,
                _state(one.was),
                _state(one.now),
                one.cause.effective_on,
                one.cause.position,
                told(as_candidate_event(one.cause.event)),
            )
            for one in found
        ],
    )


def _state(state: str | None) -> str:
    return STATES[state] if state else "chưa có"
