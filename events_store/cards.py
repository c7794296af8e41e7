"""Cards: the names and search keys that lists need, derived from the vault and gone with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from domain import candidate, person
from domain.entry import Entry
from domain.history import as_of
from domain.values import Sealed
from domain.vietnamese import name_order, order, plain, spelling
from events_store.codec import decode
from events_store.recorder import COLUMNS, Row
from events_store.spans import origin

CORRECTING: Final = ("entry-voided", "effective-date-corrected")
DESCRIBING: Final = ("candidate-described", "candidate-discovered", *CORRECTING)
NAMING: Final = ("person-described", "personal-data-erased", *CORRECTING)


class Cards:
    """Keeps `card` in step with entries and vault."""

    tables: Sequence[str] = ("card",)

    def project(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        """Write the cards of all candidates that new rows describe."""
        described = {r[1] for r in rows if r[4] in DESCRIBING and r[1].startswith("candidate:")}
        for subject in {r[1] for r in rows if r[4] in NAMING and r[1].startswith("person:")}:
            sql = "SELECT subject FROM card WHERE person = ?"
            described.update(row[0] for row in db.execute(sql, (subject,)))
        self._write(db, described)

    def forget(self, db: sqlite3.Connection, owner: str) -> None:
        """Write the cards of an owner again, now that the vault holds nothing of it."""
        sql = "SELECT subject FROM card WHERE person = ? OR subject = ?"
        self._write(db, {row[0] for row in db.execute(sql, (owner, owner))})

    def _write(self, db: sqlite3.Connection, subjects: set[str]) -> None:
        db.executemany(
            "INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?, ?, ?, ?)",
            [card(db, subject) for subject in sorted(subjects)],
        )


def card(db: sqlite3.Connection, subject: str) -> tuple[Any, ...]:
    """Return a candidate's card as its entries and the vault have it now."""
    now = candidate.fold(as_of(_entries(db, subject, DESCRIBING)))
    who, what = _content(db, now.name), _content(db, now.description)
    if now.person:
        who = _content(db, person.fold(as_of(_entries(db, now.person, NAMING))).description)
    name = str(who.get("name", ""))
    search = " ".join(str(text) for text in (name, *(what.get(key, "") for key in SEARCHED)))
    return (
        origin(db, subject),
        subject,
        now.person,
        name,
        name_order(name) if now.person else order(name),
        plain(search),
        identity(name, who.get("birth_year")) if name else "",
    )


SEARCHED: Final = ("position", "place", "field", "movement", "achievement")


def identity(name: str, birth_year: object) -> str:
    """Return what two entries of the same person or body have in common."""
    return f"{spelling(name)}|{birth_year or ''}"


def _entries(db: sqlite3.Connection, subject: str, names: Sequence[str]) -> list[Entry]:
    marks = ", ".join("?" * len(names))
    sql = (
        f"SELECT {COLUMNS} FROM entries WHERE subject = ? AND name IN ({marks}) ORDER BY version"
    )
    return [decode(*row) for row in db.execute(sql, (subject, *names))]


def _content(db: sqlite3.Connection, sealed: Sealed | None) -> dict[str, Any]:
    sql = "SELECT content FROM vault WHERE id = ?"
    row = db.execute(sql, (sealed.id,)).fetchone() if sealed else None
    return msgspec.json.decode(row[0], type=dict[str, Any]) if row else {}
