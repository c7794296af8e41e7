"""`exemplar history`: every entry about a candidate or another subject, on both clocks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from web import answers
from web.cli import options, shown
from web.cli.desk import desk
from web.words.days import day
from web.words.labels import label


@click.command(
    help="Liệt kê mọi mục ghi về một ứng viên, phiên họp, đơn vị…, với cả hai đồng hồ và căn cứ."
)
@click.argument("id", metavar="ID")
@options.known
@options.as_json
def history(id: str, known: str | None, json: bool) -> None:
    """List the entries of one subject in the order recorded."""
    parts = desk().parts
    subject = options.subject_id(parts, id)
    when = options.when(parts, None, known)
    rows = answers.history(parts, subject, when)
    if json:
        shown.as_json({"id": subject, "known": when.told, "entries": rows})
    else:
        _table(rows)


def _table(rows: list[dict[str, Any]]) -> None:
    columns = ("Số", "Hiệu lực từ", "Ghi lúc", "Người ghi", "Nội dung", "Căn cứ")
    shown.as_table(columns, [_cells(row) for row in rows])


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    says = f"{row['says']}: {row['words']['text']}" if row["words"].get("text") else row["says"]
    moved = f" (trước ghi {_day(row['first_dated'])})" if row["first_dated"] else ""
    actor = f"{row['actor_name']}, {label(row['acting_as'])}" if row["acting_as"] else row["actor"]
    return (
        f"{row['version']} (#{row['position']})",
        _day(row["effective_on"]) + moved,
        datetime.fromisoformat(row["recorded_at"]),
        actor,
        f"{says} [ĐÃ HỦY]" if row["voided"] else says,
        "; ".join(f"{b['symbol']} {b.get('place', '')}".strip() for b in row["basis"]),
    )


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))
