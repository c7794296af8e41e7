"""Entries to store, and what a file holds: for tests below the command layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import postgres

from domain import candidate_events as happened
from domain.entry import Entry
from domain.events import Event
from domain.unit import UnitRegistered
from domain.values import CandidateKind, Sealed, Stage, UnitKind
from events_store.database import Address, Database
from events_store.ledger import Reader
from events_store.session import PostgreSQL

DAY = date(2024, 1, 10)
UNITS = ("unit:1", "unit:2", "unit:3")
SEAL = Sealed("vaulted", "bWFj")
DERIVED = ("command", "span", "span_past", "card", "node")
BESIDE = ("vault", "enclosure", "identity")
TABLES = ("entries", "head", "checkpoint", "cosignature", *BESIDE, *DERIVED)

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


def at(address: str) -> Address:
    """Return an address that was written down."""
    return address if "://" in address else Path(address)


def rows(db: Database, table: str) -> list[tuple[Any, ...]]:
    """Return a whole table, in the order of its columns."""
    return sorted(db.execute(f"SELECT * FROM {table}"), key=repr)


def dump(db: Database, tables: Sequence[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    """Return whole tables."""
    return {table: rows(db, table) for table in tables}


def stranger(reader: Reader) -> Database:
    """Return a connection that may do whatever the database lets its owner do."""
    address = reader.recorder.address
    return reader.db if isinstance(address, Path) else PostgreSQL(postgres.as_owner(address))
