"""The vault: names, free text and their salts, outside the log and erasable.

A file lies beside its description, which says its hash, under the same id.
Beside it, in a table of its own, the identity of those who complain or denounce. No page reads
that: only the pen does, after the entry that says who opens it and why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from domain.faults import Tampered
from domain.values import Guarded, Private, Protected, Sealed, Secret, commitment
from events_store.database import Database, named

Content = dict[str, Any]


def keep(db: Database, secrets: Sequence[Secret]) -> None:
    """Put content and salt of each secret into the vault."""
    apart = [_row(s) for s in secrets if isinstance(s.content, Protected)]
    if apart:
        db.executemany("INSERT INTO identity VALUES (?, ?, ?, ?)", apart)
    rows = [_row(s) for s in secrets if not isinstance(s.content, Protected)]
    db.executemany("INSERT INTO vault VALUES (?, ?, ?, ?)", rows)
    files = [(s.content.id, s.owner, file) for s in secrets if (file := _file(s)) is not None]
    if files:
        db.executemany("INSERT INTO enclosure VALUES (?, ?, ?)", files)


def _file(secret: Secret) -> bytes | None:
    return secret.content.file if isinstance(secret.content, Private) else None


def _row(secret: Secret) -> tuple[str, str, bytes, str]:
    content = secret.content
    return content.id, secret.owner, content.salt, content.canonical()


def open_all(db: Database, sealed: Iterable[Sealed]) -> dict[str, Content]:
    """Return the content behind each seal, by its id; what was erased is left out.

    Raises Tampered if content does not match its commitment in the log.
    """
    seals = {seal.id: seal for seal in sealed}
    found: dict[str, Content] = {}
    for id, *row in named(db, "SELECT id, salt, content FROM vault WHERE id IN", seals):
        found[id] = _opened(tuple(row), seals[id])
    return found


def identity(db: Database, seal: Guarded) -> Content | None:
    """Return the identity behind a seal, or None if it was destroyed. Raises Tampered."""
    row = db.execute("SELECT salt, content FROM identity WHERE id = ?", (seal.id,)).fetchone()
    return _opened(row, seal) if row else None


def enclosure(db: Database, seal: Sealed) -> tuple[Content, bytes] | None:
    """Return a file with its description, or None if there is none (any more). Raises Tampered."""
    told = open_all(db, [seal]).get(seal.id, {})
    row = db.execute("SELECT content FROM enclosure WHERE id = ?", (seal.id,)).fetchone()
    if "sha256" not in told and row is None:
        return None
    if row is None or hashlib.sha256(row[0]).hexdigest() != told.get("sha256"):
        raise Tampered(f"file {seal.id} is not the one described")
    return told, row[0]


def _opened(row: Any, seal: Sealed | Guarded) -> Content:
    if commitment(*row) != seal.mac:
        raise Tampered(f"row {seal.id} does not match its commitment")
    return msgspec.json.decode(row[1], type=Content)


def erase(db: Database, owner: str) -> int:
    """Delete all content and salts of an owner; return how many rows that were."""
    db.execute("DELETE FROM enclosure WHERE owner = ?", (owner,))
    apart = db.execute("DELETE FROM identity WHERE owner = ?", (owner,)).rowcount
    return apart + db.execute("DELETE FROM vault WHERE owner = ?", (owner,)).rowcount
