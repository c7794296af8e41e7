"""The vault against the entries: every commitment has its words, or an erasure that took them.

And every file is the one that its words describe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import msgspec

from domain.faults import Unreadable
from domain.values import Guarded, commitment
from events_store.codec import opened
from events_store.database import Database, named
from events_store.stretch import Asked, Fault, Told, Word

IDENTITIES: Final = "SELECT id, salt, content, owner FROM identity WHERE id IN"
WORDS: Final = "SELECT id, salt, content, owner FROM vault WHERE id IN"
FILE: Final = "SELECT owner, content FROM enclosure WHERE id = ?"
FILES: Final = "SELECT id FROM enclosure WHERE id IN"
# What has lost its description has lost its owner's leave to be there.
LOOSE: Final = """SELECT id FROM enclosure AS e
 WHERE NOT EXISTS (SELECT 1 FROM vault AS v WHERE v.id = e.id)"""
# An expression, or the planner would walk all entries of that name for some subjects.
FOUND: Final = (
    "SELECT subject, position, name, body FROM entries"
    " WHERE name || '' = 'candidate-discovered' AND subject IN"
)

SAYS_HASH: Final = '"sha256":'

Kept = Mapping[str, tuple[bytes, str, str]]  # id -> salt, content, owner


def kept(db: Database, told: Told) -> Kept:
    """Return what the vault holds of what entries commit to."""
    apart = {w.sealed.id for w in told.words if isinstance(w.sealed, Guarded)}
    ours = {w.sealed.id for w in told.words} - apart
    rows = [*named(db, WORDS, ours), *named(db, IDENTITIES, apart)]
    return {id: (salt, content, owner) for id, salt, content, owner in rows}


def differences(db: Database, asked: Asked, told: Told, words: Kept) -> Iterator[Fault]:
    """Yield what the vault holds otherwise than the entries say."""
    people, gone = _people(db, told), asked.erased.keys()
    filed = {id for (id,) in named(db, FILES, words.keys())}
    for word in told.words:
        position, subject, sealed = word
        owners = (subject, *people.get(subject, ()))
        erased = not gone.isdisjoint(owners) and any(
            asked.erased.get(owner, -1) > position for owner in owners
        )
        row = words.get(sealed.id)
        kind = _wrong(word, row, owners, erased=erased)
        if kind is None and row is not None:
            kind = _file_wrong(db, sealed.id, row, there=sealed.id in filed)
        if kind:
            yield Fault(kind, position, {"id": sealed.id, "subject": subject})


def _wrong(word: Word, row: Any, owners: Sequence[str], *, erased: bool) -> str | None:
    if row is None:
        return None if erased else "vault-missing"
    salt, content, owner = row
    if type(salt) is not bytes or type(content) is not str:
        return "vault"
    if commitment(salt, content) != word.sealed.mac:
        return "vault"
    if erased:
        return "not-erased"
    return None if owner in owners else "vault-owner"


def _file_wrong(db: Database, id: str, row: Any, *, there: bool) -> str | None:
    """Return what is wrong with a file beside words that are right; one is read at a time."""
    expected = msgspec.json.decode(row[1]).get("sha256") if SAYS_HASH in row[1] else None
    if expected is None or not there:
        return "file" if there else "file-missing" if expected else None
    owner, content = db.execute(FILE, (id,)).fetchone()
    if type(content) is not bytes or hashlib.sha256(content).hexdigest() != expected:
        return "file"
    return None if owner == row[2] else "vault-owner"


def _people(db: Database, told: Told) -> dict[str, list[str]]:
    """Return whose erasure, besides a candidate's own, takes its words."""
    people = {subject: [person] for subject, person in told.people}
    owners = {w.subject for w in told.words if w.subject.startswith("candidate:")}
    for subject, position, name, body in named(db, FOUND, owners - told.begun.keys()):
        with suppress(Unreadable):  # which its own stretch says
            if person := opened(position, name, body).event.person:
                people.setdefault(subject, []).append(person)
    return people
