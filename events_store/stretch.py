"""A stretch of the log, read alone: every row against itself, its leaf and its command.

Stretches begin at multiples of 256, so that each is read by a process of its own and the tree is
joined afterwards from the roots of 256 leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from struct import error as NotANumber  # noqa: N812 what `struct` raises for a negative one
from typing import Any, Final, NamedTuple

import msgspec

from domain.entry import Entry
from domain.faults import Unreadable
from domain.values import Guarded, Sealed
from events_store import cards, merkle, seal, spans
from events_store.codec import LETTERS, Body, all_opened, entered, opened
from events_store.database import Address, Database, named
from events_store.ledger import Reader
from events_store.tiles import WIDE

ROWS: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind, leaf FROM entries"
    " WHERE position >= ? AND position < ? ORDER BY position"
)
SHAPE: Final = (int, str, int, int, str, bytes, bytes, bytes)
COMMANDS: Final = "SELECT command_id, position, count FROM command WHERE command_id IN"
SEALED: Final = {
    name: (*letter.sealed, *letter.guarded)
    for name, letter in LETTERS.items()
    if letter.sealed or letter.guarded
}
BATCH: Final = 2 * WIDE  # rows that one question brings: they stay in the processor's cache
LOST: Final = bytes(merkle.HASH)  # stands for a leaf that is not there
# What a row can be that has the right types and still has no leaf.
LEAFLESS: Final = (msgspec.DecodeError, UnicodeError, NotANumber, RecursionError)
UNREADABLE: Final = (*LEAFLESS, KeyError, ValueError, TypeError, AttributeError)

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
    """A commitment to something in the vault or beside it, and the entry that holds it."""

    position: int
    subject: str
    sealed: Sealed | Guarded


@dataclass
class Stretch:
    """What was found between two positions."""

    start: int
    stop: int
    faults: list[Fault] = field(default_factory=list)
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
    commands: list[Group] = field(default_factory=list)  # with the entries that lie together

    def hear(self, rows: Sequence[Any], bodies: Sequence[Body[Any] | None]) -> None:
        """Take up the entries that can be read."""
        entries = self.entries
        id, begun, count = self.commands.pop() if self.commands else ("", 0, 0)
        for row, body in zip(rows, bodies, strict=True):
            if body is None:
                continue
            position, subject, version, recorded_at, name, told, _, _ = row
            if version == 1:
                self.begun[subject] = position
            if body.command_id == id:
                count += 1
            else:
                if count:
                    self.commands.append((id, begun, count))
                id, begun, count = body.command_id, position, 1
            if tells(name, told):
                entry = entered(position, subject, version, recorded_at, name, body)
                entries[subject].append(entry)
                if name == "candidate-discovered" and body.event.person:
                    self.people.append((subject, body.event.person))
            if name in SEALED:
                self._commit(position, subject, name, body.event)
        if count:
            self.commands.append((id, begun, count))

    def _commit(self, position: int, subject: str, name: str, event: Any) -> None:
        for where in SEALED[name]:
            if (sealed := getattr(event, where)) is not None:
                self.words.append(Word(position, subject, sealed))


def tells(name: str, body: bytes) -> bool:
    """Return whether what lists are made of hangs on an entry."""
    return name in spans.TELLING or cards.tells(name, body)


def read(reader: Reader, asked: Asked, start: int, stop: int) -> tuple[Stretch, Told]:
    """Read the rows between two positions and say what is wrong with them."""
    found, told = Stretch(start, stop), Told()
    leaves = _Leaves(found)
    for rows in _batches(reader, found):
        sound, bodies = leaves.open(rows)
        told.hear(sound, bodies)
        _check_order(found, sound)
    _join(asked, found, leaves.placed())
    groups = told.commands
    found.commands = len(groups)
    found.groups = [*groups[:1], *groups[1:][-1:]]
    found.faults += check_commands(reader.db, groups[1:-1])
    return found, told


def leaves(reader: Reader, start: int, stop: int) -> list[bytes]:
    """Return the leaf hashes that rows lead to, whatever is kept beside them."""
    leaves = _Leaves(Stretch(start, stop))
    for rows in _batches(reader, leaves.found):
        leaves.open(rows)
    return leaves.placed()


def _batches(reader: Reader, found: Stretch) -> Iterator[Sequence[Any]]:
    """Yield rows; where the database gives up over one, all but that one."""
    for start in range(found.start, found.stop, BATCH):
        stop = min(start + BATCH, found.stop)
        try:
            rows = reader.db.execute(ROWS, (start, stop)).fetchall()
        except reader.recorder.failure:
            rows = list(_one_by_one(reader, found, start, stop))
        if rows:
            yield rows


def _one_by_one(reader: Reader, found: Stretch, start: int, stop: int) -> Iterator[Any]:
    for position in range(start, stop):
        try:
            yield from reader.db.execute(ROWS, (position, position + 1))
        except reader.recorder.failure as error:
            found.faults.append(Fault("unreadable", position, {"why": str(error)}))


def _shaped(found: Stretch, rows: Sequence[Any]) -> Iterator[Any]:
    """Yield the rows whose values have the types that the schema asks for."""
    for row in rows:
        if tuple(map(type, row)) == SHAPE:
            yield row
        else:
            why = ", ".join(type(value).__name__ for value in row)
            found.faults.append(Fault("unreadable", row[0], {"why": why}))


class _Leaves:
    """The leaves that the rows of a stretch lead to, and where each belongs."""

    def __init__(self, found: Stretch) -> None:
        self.found = found
        self.places: list[int] = []
        self.hashes: list[bytes] = []

    def open(self, rows: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Body[Any] | None]]:
        """Add rows; return those of the right types, and what their bodies tell.

        Where a leaf is not the one kept, or a body cannot be read, row by row to name it. Values
        of other types lead to no leaf.
        """
        columns = list(zip(*rows, strict=True))
        places, _, _, _, names, bodies, _, kept = columns
        with suppress(*UNREADABLE):
            told = all_opened(names, bodies)
            hashes = seal.leaves(columns, told)
            if hashes == list(kept):
                self.places += places
                self.hashes += hashes
                return rows, told
        sound = list(_shaped(self.found, rows))
        self.places += [row[0] for row in sound]
        self.hashes += [_leaf(self.found, row) for row in sound]
        return sound, [_body(self.found, row) for row in sound]

    def placed(self) -> list[bytes]:
        """Return a leaf for every position; where there is no row, say so."""
        found = self.found
        every = range(found.start, found.stop)
        if len(self.places) == len(every):
            return self.hashes
        placed = dict(zip(self.places, self.hashes, strict=True))
        known = {*placed, *(fault.position for fault in found.faults)}
        gone = [at for at in every if at not in known]
        for _, those in groupby(enumerate(gone), key=lambda told: told[1] - told[0]):
            run = [at for _, at in those]
            found.faults.append(Fault("missing", run[0], {"number": len(run)}))
        return [placed.get(at, LOST) for at in every]


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
    for position, subject, version, _, _, _, _, _ in rows:
        told = versions.get(subject)
        if told is None:
            versions[subject] = [version, position, version]
            continue
        if version != told[2] + 1:
            facts = {"subject": subject, "version": version, "expected": told[2] + 1}
            found.faults.append(Fault("version", position, facts))
        told[2] = version
    times = [at for _, _, _, at, _, _, _, _ in rows]
    if not times:
        return
    first, last = found.times or (times[0], times[0])
    found.times = first, times[-1]
    if times[0] < last or times != sorted(times):
        for at, (before, after) in enumerate(pairwise([last, *times])):
            if after < before:
                found.faults.append(Fault("time", rows[at][0], {}))


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
