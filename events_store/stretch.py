"""A stretch of the log, read alone: every row against itself, its leaf, its vault and its command.

Stretches begin at multiples of 256, so that each is read by a process of its own and the tree is
joined afterwards from the roots of 256 leaves.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple, get_args, get_type_hints

from domain.candidate_events import CandidateDiscovered
from domain.entry import Entry
from domain.events import Event
from domain.faults import Unreadable
from domain.values import Sealed, commitment
from events_store import merkle, seal
from events_store.codec import decode
from events_store.database import Address
from events_store.ledger import Reader
from events_store.tiles import WIDE

ROWS: Final = (
    "SELECT position, subject, version, recorded_at, name, body, blind, leaf FROM entries"
    " WHERE position >= ? AND position < ? ORDER BY position"
)
LOST: Final = bytes(merkle.HASH)  # stands for a leaf that is not there

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


def read(asked: Asked, start: int, stop: int) -> Stretch:
    """Read the rows between two positions and say what is wrong with them."""
    found = Stretch(start, stop)
    reader = Reader(asked.address)
    try:
        entries = list(_entries(reader, asked, found))
        _check_vault(reader, asked, found, entries)
        _check_commands(reader, found, entries)
    finally:
        reader.recorder.close()
    return found


def _entries(reader: Reader, asked: Asked, found: Stretch) -> Iterator[Entry]:
    """Yield the entries that can be read."""
    last = 0
    for start in range(found.start, found.stop, WIDE):
        stop = min(start + WIDE, found.stop)
        leaves: list[bytes] = []
        for row in reader.db.execute(ROWS, (start, stop)):
            _check_place(found, leaves, start, row)
            leaves.append(_leaf(found, row))
            _check_order(found, row, last)
            last = row[3]
            try:
                yield decode(*row[:6])
            except (Unreadable, TypeError) as error:
                found.faults.append(Fault("unreadable", row[0], {"why": str(error)}))
        _check_whole(found, leaves, start, stop)
        _join(asked, found, leaves, start)


def _check_place(found: Stretch, leaves: list[bytes], start: int, row: Any) -> None:
    missing = row[0] - start - len(leaves)
    if missing:
        gap = {"number": missing}
        found.faults.append(Fault("missing", start + len(leaves), gap))
        leaves += [LOST] * missing


def _check_whole(found: Stretch, leaves: list[bytes], start: int, stop: int) -> None:
    if missing := stop - start - len(leaves):
        found.faults.append(Fault("missing", start + len(leaves), {"number": missing}))
        leaves += [LOST] * missing


def _leaf(found: Stretch, row: Any) -> bytes:
    """Return the leaf hash that a row leads to."""
    position, subject, version, recorded_at, name, body, blind, kept = row
    try:
        leaf = seal.leaf(position, version, recorded_at, subject, name, body, blind)
    except (ValueError, TypeError, AttributeError, struct.error) as error:
        found.faults.append(Fault("unreadable", position, {"why": str(error)}))
        return LOST
    if leaf != kept:
        found.faults.append(Fault("leaf", position, {"subject": subject}))
    return leaf


def _check_order(found: Stretch, row: Any, last: int) -> None:
    position, subject, version, recorded_at = row[:4]
    if recorded_at < last:
        found.faults.append(Fault("time", position, {}))
    found.times = (found.times or (recorded_at,))[0], recorded_at
    told = found.versions.get(subject)
    if told is None:
        found.versions[subject] = [version, position, version]
        return
    if version != told[2] + 1:
        facts = {"subject": subject, "version": version, "expected": told[2] + 1}
        found.faults.append(Fault("version", position, facts))
    told[2] = version


def _join(asked: Asked, found: Stretch, leaves: list[bytes], start: int) -> None:
    for size in range(start + 1, start + len(leaves) + 1):
        if size in asked.sizes:
            found.edges[size] = merkle.extend(0, b"", leaves[: size - start])[1]
    found.tiles.append(merkle.root(merkle.extend(0, b"", leaves)[1]))


def _check_vault(reader: Reader, asked: Asked, found: Stretch, entries: Iterable[Entry]) -> None:
    sql = "SELECT salt, content, owner FROM vault WHERE id = ?"
    people: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.version == 1 and isinstance(entry.event, CandidateDiscovered):
            people[entry.subject] = tuple(filter(None, (entry.subject, entry.event.person)))
        for sealed in seals_of(entry.event):
            row = reader.db.execute(sql, (sealed.id,)).fetchone()
            facts = {"id": sealed.id, "subject": entry.subject}
            if entry.subject not in people:
                people[entry.subject] = _owners(reader, entry)
            owners = people[entry.subject]
            erased = any(asked.erased.get(owner, -1) > entry.position for owner in owners)
            found.sealed += row is not None
            if row is None and not erased:
                found.faults.append(Fault("vault-missing", entry.position, facts))
            elif row and commitment(*row[:2]) != sealed.mac:
                found.faults.append(Fault("vault", entry.position, facts))
            elif row and (row[2] not in owners or erased):
                kind = "not-erased" if erased else "vault-owner"
                found.faults.append(Fault(kind, entry.position, facts))


def _owners(reader: Reader, entry: Entry) -> tuple[str, ...]:
    """Return whose erasure may take the words of an entry."""
    if not entry.subject.startswith("candidate:"):
        return (entry.subject,)
    events = (each.event for each in reader.entries(entry.subject))
    people = (e.person for e in events if isinstance(e, CandidateDiscovered) and e.person)
    return (entry.subject, *people)


def _check_commands(reader: Reader, found: Stretch, entries: list[Entry]) -> None:
    groups = [
        (id, first.position, 1 + sum(1 for _ in rest))
        for id, group in groupby(entries, key=attrgetter("command_id"))
        for first, rest in [(next(group), group)]
    ]
    found.commands, found.groups = len(groups), [*groups[:1], *groups[1:][-1:]]
    for group in groups[1:-1]:
        found.faults += check_command(reader, group)


def check_command(reader: Reader, group: Group) -> Iterator[Fault]:
    """Yield what is wrong with what is kept of a command."""
    sql = "SELECT position, count FROM command WHERE command_id = ?"
    if reader.db.execute(sql, group[:1]).fetchone() != group[1:]:
        yield Fault("command", group[1], {"command": group[0]})


def seals_of(event: Event) -> list[Sealed]:
    """Return the commitments that an event holds."""
    kind: Any = type(event)
    values = (getattr(event, name) for name in _sealed_fields(kind))
    return [value for value in values if value is not None]


@cache
def _sealed_fields(kind: Any) -> tuple[str, ...]:
    hints = get_type_hints(kind)
    return tuple(
        f.name for f in fields(kind) if Sealed in (hints[f.name], *get_args(hints[f.name]))
    )
