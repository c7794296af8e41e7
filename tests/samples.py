"""Entries to store, and what a file holds: for tests below the command layer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from domain import candidate_events as happened
from domain.entry import Entry
from domain.events import Event
from domain.unit import UnitRegistered
from domain.values import CandidateKind, Sealed, Stage, UnitKind

DAY = date(2024, 1, 10)
UNITS = ("unit:1", "unit:2", "unit:3")
SEAL = Sealed("vaulted", "bWFj")
DERIVED = ("command", "span", "span_past", "card", "node")
TABLES = ("entries", "head", "checkpoint", "vault", *DERIVED)

DISCOVERED = happened.CandidateDiscovered(CandidateKind.COLLECTIVE, UNITS[0])
NURTURED = happened.StageAdvanced(Stage.NURTURE)
SUMMARIZED = happened.StageAdvanced(Stage.SUMMARIZE)


def entry(
    subject: str, version: int, event: Event, day: int = 0, command_id: str | None = None
) -> Entry:
    """Return an entry that takes effect some days after DAY."""
    on = DAY + timedelta(days=day)
    made_by = command_id or f"{subject}/{version}"
    return Entry(subject, version, on, "person:1", "office:1", made_by, None, event)


def story(subject: str, events: Iterable[tuple[Event, int]], told: int = 0) -> list[Entry]:
    """Return a subject's next entries, each with its day, after those told before."""
    return [entry(subject, told + at, e, day) for at, (e, day) in enumerate(events, start=1)]


def units() -> list[Entry]:
    """Return the entries that register three units."""
    kind = UnitKind.DIVISION
    return [entry(id, 1, UnitRegistered(f"Đơn vị {id}", kind), -900) for id in UNITS]


def rows(db: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Return a whole table, in the order of its columns."""
    return sorted(db.execute(f"SELECT * FROM {table}"), key=repr)


def dump(
    db: sqlite3.Connection, tables: Sequence[str] = TABLES
) -> dict[str, list[tuple[Any, ...]]]:
    """Return whole tables."""
    return {table: rows(db, table) for table in tables}
