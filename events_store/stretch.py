"""A stretch of the log, read alone: every row against itself, its leaf and its command.

Stretches begin at multiples of 256, so that each is read by a process of its own and the tree is
joined afterwards from the roots of 256 leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter
from struct import error as NotANumber  # noqa: N812 what `struct` raises for a negative one
from typing import Any, Final, NamedTuple

import msgspec

from domain.entry import Entry
from domain.faults import Unreadable
from domain.values import Sealed
from events_store import cards, merkle, seal, spans
from events_store.codec import LETTERS, Body, entered, opened
from events_store.database import Address, Database
from events_store.ledger import Reader
from events_store.tiles import WIDE

ROWS: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind, leaf FROM entries"
    " WHERE position >= ? AND position < ? ORDER BY position"
)
SHAPE: Final = (int, str, int, int, str, bytes, bytes, bytes)
COMMANDS: Final = "SELECT command_id, position, count FROM command WHERE command_id IN"
TELLING: Final = spans.TELLING | cards.TELLING
SEALED: Final = {name: letter.sealed for name, letter in LETTERS.items() if letter.sealed}
LOST: Final = bytes(merkle.HASH)  # stands for a leaf that is not there
MANY: Final = 500  # values that one question names
# What a row can be that has the right types and still has no leaf.
LEAFLESS: Final = (msgspec.DecodeError, UnicodeError, NotANumber, RecursionError)

Group = tuple[str, int, int]  # a command, the position of its first entry, how many it made


class Fault(NamedTuple):
    """Something that is not as it was recorded: what, from which position on, and facts."""

    kind: str
    position: int | None
    facts: Mapping[str, Any]


class Asked(NamedTuple):
    """What a stretch needs to know of the whole."""

    address: Address
    sizes: frozenset[int]  # at which the root is wanted
    erased: Mapping[str, int]  # subject -> position of the erasure


class Word(NamedTuple):
    """A commitment to something in the vault, and the entry that holds it."""

    position: int
    subject: str
    sealed: Sealed


@dataclass
class Stretch:
    """What was found between two positions."""

    start: int
    stop: int
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    tiles: list[bytes] = field(default_factory=list)  # the root of every 256 leaves
    edges: dict[int, bytes] = field(default_factory=dict)  # size -> edge within its tile
    versions: dict[str, list[int]] = field(default_factory=dict)  # first, its position, last
    times: tuple[int, int] | None = None  # first, last
    groups: list[Group] = field(default_factory=list)  # first and last: they may go on outside
    commands: int = 0
    sealed: int = 0  # vault rows that its entries commit to


@dataclass
class Told:
    """What the entries of a stretch tell, for what is derived from them and kept beside them."""

    begun: dict[str, int] = field(default_factory=dict)  # subject -> position of its first
    # Those that lists are made of, by subject.
    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    people: list[tuple[str, str]] = field(default_factory=list)  # candidates, who they are
    words: list[Word] = field(default_factory=list)
    commands: list[tuple[str, int]] = field(default_factory=list)  # of each entry

    def hear(self, row: Sequence[Any], told: Body[Any]) -> None:
        """Take up an entry that can be read."""
        position, subject, version, recorded_at, name = row[:5]
        if version == 1:
            self.begun[subject] = position
        self.commands.append((told.command_id, position))
        if name in TELLING:
            entry = entered(position, subject, version, recorded_at, name, told)
            self.entries[subject].append(entry)
            if name == "candidate-discovered" and told.event.person:
                self.people.append((subject, told.event.person))
        for where in SEALED.get(name, ()):
            if (sealed := getattr(told.event, where)) is not None:
                self.words.append(Word(position, subject, sealed))

    def groups(self) -> list[Group]:
        """Return the commands, each with the entries of it that lie together."""
        made = ((id, list(those)) for id, those in groupby(self.commands, key=itemgetter(0)))
        return [(id, those[0][1], len(those)) for id, those in made]


def read(reader: Reader, asked: Asked, start: int, stop: int) -> tuple[Stretch, Told]:
    """Read the rows between two positions and say what is wrong with them."""
    found, told = Stretch(start, stop), Told()
    rows = list(_shaped(found, _fetched(reader, found)))
    hashes = _hashes(found, rows)
    for row, body in zip(rows, _bodies(found, rows), strict=True):
        if body is not None:
            told.hear(row, body)
    _check_order(found, rows)
    _join(asked, found, _placed(found, rows, hashes))
    groups = told.groups()
    found.rows, found.commands = len(rows), len(groups)
    found.groups = [*groups[:1], *groups[1:][-1:]]
    found.faults += check_commands(reader.db, groups[1:-1])
    return found, told


def leaves(reader: Reader, start: int, stop: int) -> list[bytes]:
    """Return the leaf hashes that rows lead to, whatever is kept beside them."""
    found = Stretch(start, stop)
    rows = list(_shaped(found, _fetched(reader, found)))
    return _placed(found, rows, _hashes(found, rows))


def _fetched(reader: Reader, found: Stretch) -> list[Any]:
    """Return the rows; where the database gives up over one, all but that one."""
    try:
        return reader.db.execute(ROWS, (found.start, found.stop)).fetchall()
    except reader.recorder.failure:
        return list(_one_by_one(reader, found))


def _one_by_one(reader: Reader, found: Stretch) -> Iterator[Any]:
    for position in range(found.start, found.stop):
        try:
            yield from reader.db.execute(ROWS, (position, position + 1))
        except reader.recorder.failure as error:
            found.faults.append(Fault("unreadable", position, {"why": str(error)}))


def _shaped(found: Stretch, rows: Sequence[Any]) -> Iterator[Any]:
    """Yield the rows whose values have the types that the schema asks for."""
    columns = zip(*rows, strict=True)
    if all({*map(type, column)} == {kind} for column, kind in zip(columns, SHAPE, strict=False)):
        yield from rows
        return
    for row in rows:
        if tuple(map(type, row)) == SHAPE:
            yield row
        else:
            why = ", ".join(type(value).__name__ for value in row)
            found.faults.append(Fault("unreadable", row[0], {"why": why}))


def _hashes(found: Stretch, rows: Sequence[Any]) -> list[bytes]:
    """Return the leaf hashes of all rows; where they are not those kept, row by row to name it."""
    if not rows:
        return []
    position, subject, version, at, name, body, blind, kept = zip(*rows, strict=True)
    with suppress(*LEAFLESS):
        made = list(map(seal.leaf, position, version, at, subject, name, body, blind))
        if made == list(kept):
            return made
    return [_leaf(found, row) for row in rows]


def _bodies(found: Stretch, rows: Sequence[Any]) -> list[Body[Any] | None]:
    """Return what the bodies of all rows tell; where one cannot be read, row by row to name it."""
    with suppress(Unreadable):
        return [opened(row[0], row[4], row[5]) for row in rows]
    return [_body(found, row) for row in rows]


def _body(found: Stretch, row: Any) -> Body[Any] | None:
    try:
        return opened(row[0], row[4], row[5])
    except Unreadable as error:
        found.faults.append(Fault("unreadable", row[0], {"why": str(error)}))
        return None


def _leaf(found: Stretch, row: Any) -> bytes:
    """Return the leaf hash that a row leads to."""
    position, subject, version, recorded_at, name, body, blind, kept = row
    try:
        leaf = seal.leaf(position, version, recorded_at, subject, name, body, blind)
    except LEAFLESS as error:
        found.faults.append(Fault("unreadable", position, {"why": str(error)}))
        return LOST
    if leaf != kept:
        found.faults.append(Fault("leaf", position, {"subject": subject}))
    return leaf


def _check_order(found: Stretch, rows: Sequence[Any]) -> None:
    versions = found.versions
    for position, subject, version, *_ in rows:
        told = versions.get(subject)
        if told is None:
            versions[subject] = [version, position, version]
            continue
        if version != told[2] + 1:
            facts = {"subject": subject, "version": version, "expected": told[2] + 1}
            found.faults.append(Fault("version", position, facts))
        told[2] = version
    times = [row[3] for row in rows]
    if times:
        found.times = times[0], times[-1]
    for at, (before, after) in enumerate(pairwise(times), start=1):
        if after < before:
            found.faults.append(Fault("time", rows[at][0], {}))


def _placed(found: Stretch, rows: Sequence[Any], hashes: list[bytes]) -> list[bytes]:
    """Return a leaf for every position; where there is no row, say so."""
    if len(rows) == found.stop - found.start:
        return hashes
    placed = dict(zip((row[0] for row in rows), hashes, strict=True))
    known = {*placed, *(fault.position for fault in found.faults)}
    gone = [at for at in range(found.start, found.stop) if at not in known]
    for _, those in groupby(enumerate(gone), key=lambda told: told[1] - told[0]):
        run = [at for _, at in those]
        found.faults.append(Fault("missing", run[0], {"number": len(run)}))
    return [placed.get(at, LOST) for at in range(found.start, found.stop)]


def _join(asked: Asked, found: Stretch, leaves: Sequence[bytes]) -> None:
    for size in asked.sizes:
        if found.start < size <= found.stop:
            within = (size - 1 - found.start) // WIDE * WIDE
            ours = leaves[within : size - found.start]
            found.edges[size] = merkle.extend(0, b"", ours)[1]
    found.tiles = [merkle.over(leaves[at : at + WIDE]) for at in range(0, len(leaves), WIDE)]


def check_commands(db: Database, groups: Sequence[Group]) -> Iterator[Fault]:
    """Yield what is wrong with what is kept of commands."""
    kept = {row[0]: row for row in named(db, COMMANDS, [group[0] for group in groups])}
    for group in groups:
        if kept.get(group[0]) != group:
            yield Fault("command", group[1], {"command": group[0]})


def named(db: Database, sql: str, names: Iterable[str], more: str = "") -> Iterator[Any]:
    """Yield the rows of many names, some hundreds at a time."""
    wanted = sorted({*names})
    for at in range(0, len(wanted), MANY):
        some = wanted[at : at + MANY]
        yield from db.execute(f"{sql} ({', '.join('?' * len(some))}){more}", some)
