"""`exemplar calendar`: what falls on the days of a month, and which of them are worked."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from web import titles
from web.cli import options, shown
from web.cli.desk import desk
from web.words.labels import label
from web.words.work import WEEKDAYS, dated
from workflow.dates import Dated, Day, month


@click.command("calendar", help="Cho biết mốc, hạn nộp, phiên họp và ngày nghỉ của một tháng.")
@click.option("--month", "text", metavar="THÁNG", help="Dạng 2025-12; mặc định tháng này.")
@options.on_day
@options.known
@options.as_json
def calendar(text: str | None, on: str | None, known: str | None, json: bool) -> None:
    """List a month, day by day."""
    parts = desk().parts
    when = options.when(parts, on, known)
    days = month(parts.register, parts.ledger, _first(text, when.on), when.on, when.known)
    if json:
        shown.as_json({"days": [_value(day) for day in days]})
        return
    names = titles.called(parts, {one.subject for day in days for one in day.dated})
    rows = [
        (WEEKDAYS[day.day.isoweekday()], day.day, _kind(day), said, state)
        for day in days
        for said, state in (
            [(dated(one, names), _state(one)) for one in day.dated] or [("", "")] * day.odd
        )
    ]
    shown.as_table(("Thứ", "Ngày", "", "Việc", "Tình hình"), rows)


def _first(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        raise click.UsageError(f"“{text}” không phải là một tháng, dạng 2025-12.") from None


def _kind(day: Day) -> str:
    if not day.odd:
        return ""
    return "làm việc" if day.working else "nghỉ"


def _state(one: Dated) -> str:
    if one.units:
        return f"{one.units - one.left}/{one.units} đơn vị đã nộp"
    return "xong" if one.done else ""


def _value(day: Day) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "working": day.working,
        "dated": [
            {
                "falls": one.falls,
                "subject": one.subject,
                "name": one.name or (label(one.what) if one.what else None),
                "year": one.year,
                "done": one.done,
                "units": one.units,
                "left": one.left,
            }
            for one in day.dated
        ],
    }
