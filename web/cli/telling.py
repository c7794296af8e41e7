"""`exemplar history`: every entry about a candidate, on both clocks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import Basis
from events_store.codec import NAME_OF
from web.cli import options, shown
from web.cli.desk import desk
from web.cli.people import Names, content_of
from web.parts import Parts
from web.words.days import day
from web.words.labels import label
from web.words.sentences import as_candidate_event, seals, told


@click.command(help="Liệt kê mọi mục ghi về một ứng viên, với cả hai đồng hồ và căn cứ.")
@click.argument("id", metavar="ID")
@options.known
@options.as_json
def history(id: str, known: str | None, json: bool) -> None:
    """List the entries of one candidate in the order recorded."""
    parts = desk().parts
    subject = options.candidate_id(parts, id)
    when = options.when(parts, None, known)
    entries = parts.ledger.entries(subject)
    heard = [e for e in entries if when.known is None or e.position < when.known]
    counted = {e.version: e for e in as_of(heard)}
    names = Names(parts.ledger)
    rows = [_row(parts, names, entry, counted.get(entry.version)) for entry in heard]
    if json:
        shown.as_json({"id": subject, "known": when.told, "entries": rows})
    else:
        _table(rows)


def _row(parts: Parts, names: Names, entry: Entry, counted: Entry | None) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for seal in seals(entry.event):
        words |= content_of(parts.ledger, seal)
    role = parts.register.offices()[entry.acting_as].role if entry.acting_as else None
    effective = (counted or entry).effective_on
    return {
        "position": entry.position,
        "version": entry.version,
        "effective_on": effective.isoformat(),
        "first_dated": entry.effective_on.isoformat() if effective != entry.effective_on else None,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor": entry.actor,
        "actor_name": names[entry.actor],
        "acting_as": role,
        "event": NAME_OF[type(entry.event)],
        "says": told(as_candidate_event(entry.event)),
        "words": words,
        "basis": [_basis(basis) for basis in entry.basis],
        "voided": counted is None,
        "correction": is_correction(entry),
    }


def _basis(basis: Basis) -> dict[str, Any]:
    dated = basis.dated.isoformat() if basis.dated else None
    return {key: value for key, value in (asdict(basis) | {"dated": dated}).items() if value}


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
