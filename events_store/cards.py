"""Cards: the names and search keys that lists need, derived from the vault and gone with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any, Final, get_args

import msgspec

from domain import person
from domain.candidate_events import CandidateDescribed, CandidateDiscovered, CandidateEvent
from domain.entry import Entry
from domain.history import as_of
from domain.honours import AchievementRecorded
from domain.values import Sealed
from domain.vietnamese import name_order, order, plain, spelling
from events_store.codec import decode
from events_store.database import Database
from events_store.names import NAME_OF
from events_store.recorder import COLUMNS, Row
from events_store.spans import OPEN, origin

CORRECTING: Final = ("entry-voided", "effective-date-corrected")
DESCRIBING: Final = ("candidate-described", "candidate-discovered", *CORRECTING)
NAMING: Final = ("person-described", "personal-data-erased", *CORRECTING)
PAPERS: Final = ("decision", "document", "minutes")  # fields that name a document by its symbol
CITING: Final = {
    NAME_OF[kind]
    for kind in get_args(CandidateEvent)
    if {*PAPERS}.intersection(field.name for field in fields(kind))
}
TELLING: Final = frozenset((*DESCRIBING, *NAMING, NAME_OF[AchievementRecorded]))
MARKS: Final = tuple(f'"{field}":"'.encode() for field in PAPERS)
TOLD: Final = f"SELECT {COLUMNS} FROM entries WHERE subject = ? ORDER BY version"

Card = tuple[int, str, str | None, str, str, str, str]
Begun = Mapping[str, Sequence[Row]]
NONE_BEGUN: Final[Begun] = {}


def tells(name: str, body: bytes) -> bool:
    """Return whether an entry has words that a card is made of, or cites a document.

    A place in a file of an older register is no document to search for: every row has one.
    """
    return (
        name in TELLING or (name in CITING and any(mark in body for mark in MARKS)) or _cites(body)
    )


def _cites(body: bytes) -> bool:
    """Return whether a body's basis has a document that is no row of a file.

    An event has words of its own: only what stands between the keys before and after counts.
    """
    basis = body.partition(b'"basis":[')[2].partition(b'"command_id":')[0]
    return basis.count(b'"symbol":') > basis.count(b'"place":')


class Cards:
    """Keeps `card` in step with entries and vault."""

    tables: Sequence[str] = ("card",)

    def project(self, db: Database, rows: Sequence[Row]) -> None:
        """Write the cards of all candidates that new rows describe."""
        described = {r[1] for r in rows if r[1].startswith("candidate:") and tells(r[4], r[5])}
        for subject in {r[1] for r in rows if r[4] in NAMING and r[1].startswith("person:")}:
            sql = "SELECT subject FROM card WHERE person = ?"
            described.update(row[0] for row in db.execute(sql, (subject,)))
        self._write(db, described, _begun(rows))

    def forget(self, db: Database, owner: str) -> None:
        """Write the cards of an owner again, now that the vault holds nothing of it."""
        sql = "SELECT subject FROM card WHERE person = ? OR subject = ?"
        self._write(db, {row[0] for row in db.execute(sql, (owner, owner))})

    def _write(self, db: Database, subjects: set[str], begun: Begun = NONE_BEGUN) -> None:
        db.executemany(
            "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (candidate) DO UPDATE SET"
            " person = excluded.person, name = excluded.name, sort_key = excluded.sort_key,"
            " search_key = excluded.search_key, identity = excluded.identity",
            [card(db, subject, begun) for subject in sorted(subjects)],
        )


def card(db: Database, subject: str, begun: Begun = NONE_BEGUN) -> Card:
    """Return a candidate's card as its entries and the vault have it now.

    `begun` holds the rows of subjects all of whose entries are at hand.
    """
    told = partial(_entries, db, begun=begun)
    return made(origin(db, subject), told(subject), told, partial(_content, db))


def made(
    number: int,
    entries: Sequence[Entry],
    told: Callable[[str], Sequence[Entry]],
    content: Callable[[Sealed | None], Mapping[str, Any]],
) -> Card:
    """Return the card that entries lead to, given how to read a person's and the vault.

    Of a candidate whose discovery was voided it tells no description: no list has it, and no
    person, with whom it would be erased.
    """
    believed = as_of(entries)
    someone, named, description = described_by(believed)
    found = any(isinstance(entry.event, CandidateDiscovered) for entry in believed)
    who, what = content(named), content(description if found else None)
    if someone:
        who = content(person.fold(as_of(told(someone))).description)
    name = str(who.get("name", ""))
    words = [name, *(str(what[key]) for key in SEARCHED if key in what)]
    words += [word for entry in believed if found for word in _more(entry, content)]
    return (
        number,
        entries[0].subject,
        someone,
        name,
        name_order(name) if someone else order(name),
        plain(" ".join(dict.fromkeys(words))),
        identity(name, who.get("birth_year")) if name else "",
    )


def described_by(entries: Iterable[Entry]) -> tuple[str | None, Sealed | None, Sealed | None]:
    """Return the person, the name and the description, as a candidate's fold has them.

    Cards are made by the thousand, and need three fields of it.
    """
    someone = name = description = None
    for entry in entries:
        match entry.event:
            case CandidateDescribed(described, named):
                description, name = described, named or name
            case CandidateDiscovered():
                someone = entry.event.person
    return someone, name, description


def _more(entry: Entry, content: Callable[[Sealed | None], Mapping[str, Any]]) -> Iterator[str]:
    """Yield what else an entry is found by: an achievement's words, the documents it names."""
    event = entry.event
    if isinstance(event, AchievementRecorded):
        yield from map(str, content(event.content).values())
    yield from (cited.symbol for cited in entry.basis if cited.place is None)
    yield from (text for field in PAPERS if (text := getattr(event, field, None)))


SEARCHED: Final = ("position", "place", "field", "movement", "achievement")


def identity(name: str, birth_year: object) -> str:
    """Return what two entries of the same person or body have in common."""
    return f"{spelling(name)}|{birth_year or ''}"


def alike(db: Database, who: str, unit: str) -> tuple[str, ...]:
    """Return the candidates of a unit today that have an identity."""
    sql = (
        "SELECT c.subject FROM card AS c JOIN span AS s ON s.candidate = c.candidate"
        " WHERE c.identity = ? AND s.unit = ? AND s.valid_to = ?"
    )
    return tuple(row[0] for row in db.execute(sql, (who, origin(db, unit), OPEN)))


def candidacies(db: Database, person: str) -> tuple[str, ...]:
    """Return the candidates that a person is or was."""
    sql = "SELECT subject FROM card WHERE person = ? ORDER BY candidate"
    return tuple(row[0] for row in db.execute(sql, (person,)))


def _begun(rows: Sequence[Row]) -> Begun:
    """Return the telling rows of every subject whose first entry is among these."""
    begun: dict[str, list[Row]] = {row[1]: [] for row in rows if row[2] == 1}
    for row in rows:
        if row[1] in begun and tells(row[4], row[5]):
            begun[row[1]].append(row)
    return begun


def _entries(db: Database, subject: str, *, begun: Begun) -> list[Entry]:
    rows = begun.get(subject)
    found = db.execute(TOLD, (subject,)) if rows is None else rows
    return [decode(*row) for row in found if tells(row[4], row[5])]


def _content(db: Database, sealed: Sealed | None) -> dict[str, Any]:
    sql = "SELECT content FROM vault WHERE id = ?"
    row = db.execute(sql, (sealed.id,)).fetchone() if sealed else None
    return msgspec.json.decode(row[0], type=dict[str, Any]) if row else {}
