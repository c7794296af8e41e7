"""The audit: a register is read alone, and whatever is not as it was recorded is named.

Every row is hashed again, the tree is built again from those hashes, and every seal that can be
found must have the root that this tree has at its size. What is derived is replayed. Whoever
wrote the database could have written all of it, so what the audit can promise ends where the
seals end that lie elsewhere: in the signer's memory, and with others (`against`).
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, Final, NamedTuple

from domain.faults import BadCheckpoint, LedgerError, NotPrepared, Unreadable
from events_store import cosignatures, merkle, note, replay, seals, stretch, upkept
from events_store.checkpoint import HEADER, Checkpoint, parse_checkpoint, parse_receipt
from events_store.database import Address, Database
from events_store.key_folder import successor
from events_store.keys import VerifierKey
from events_store.ledger import Reader
from events_store.memory import Memory, Remembered
from events_store.proofs import BeyondSize, Subtree, subtrees
from events_store.public_log import kept
from events_store.stretch import Asked, Fault, Group, Stretch
from events_store.tiles import WIDE
from events_store.witnesses import Vouched

WITNESS: Final = "witness "  # before its name, where a seal was found
CHUNK: Final = 64 * WIDE  # entries that one process reads at a time
SIZE: Final = "SELECT coalesce(max(position), -1), count(*) FROM entries"
ASTRAY: Final = "SELECT count(*) FROM entries WHERE position < 0 OR position >= ?"
DERIVED: Final = "derived"
FACTS: Final = {"integrity": "why", "schema": "name"}
ERASED: Final = (
    "SELECT subject, max(position) FROM entries WHERE name = 'personal-data-erased'"
    " GROUP BY subject"
)


# What reading a file that is no register any more can end in; it is never taken for right.
BROKEN: Final = (
    LedgerError, UnicodeError, ValueError, TypeError, LookupError, AttributeError,
    ArithmeticError, struct.error,
)  # fmt: skip


class Seal(NamedTuple):
    """A checkpoint, and where it was found."""

    where: str
    point: Checkpoint


@dataclass(frozen=True)
class Outside:
    """What the database cannot have written: keys, the signer's memory, seals kept elsewhere."""

    keys: Sequence[VerifierKey] = ()
    memory: Memory | None = None
    against: Sequence[tuple[str, bytes]] = ()  # where it lies, a signed note or a receipt
    witnesses: Sequence[VerifierKey] = ()
    vouched: Sequence[Vouched] = ()  # what witnesses are known to have cosigned


@dataclass
class Report:
    """What an audit found."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    seals: int = 0
    sealed: int = 0  # entries that the largest agreeing seal vouches for
    agreed: list[Seal] = field(default_factory=list)  # seals from outside that agree
    faults: list[Fault] = field(default_factory=list)

    @property
    def first(self) -> int | None:
        """Return the first position that is known to be wrong."""
        exact = _exact(self.faults)
        told = [fault for fault in self.faults if fault.kind != DERIVED] or self.faults
        places = [_place(fault, exact) for fault in told]
        return min((place for place in places if place is not None), default=None)


Progress = Callable[[int, int], None]


def audit(
    address: Address, outside: Outside = Outside(), jobs: int = 1, progress: Progress | None = None
) -> Report:
    """Read a whole register and return what is wrong with it."""
    reader = Reader(address)
    with closing(reader.recorder):
        try:
            return _Audit(reader, outside).go(jobs, progress or (lambda done, total: None))
        except NotPrepared:
            if shape := list(_shape(reader)):  # a table is there no more
                return Report(faults=shape)
            raise
        except (*BROKEN, reader.recorder.failure) as error:
            return Report(faults=[Fault("broken", None, {"why": str(error)})])


def _shape(reader: Reader) -> Iterator[Fault]:
    """Yield what is wrong with the database as such."""
    for kind, what in reader.recorder.misshapen():
        yield Fault(kind, None, {FACTS[kind]: what})


class _Audit:
    def __init__(self, reader: Reader, outside: Outside) -> None:
        self.reader, self.outside, self.report = reader, outside, Report()
        # Read before the rows, or it could know of entries that are not among them.
        self.remembered = outside.memory.read() if outside.memory else None
        with reader.recorder.still() as db:
            self._read_whole(db)
        self.seals: list[Seal] = []
        self.roots: dict[int, bytes] = {0: merkle.EMPTY_ROOT}

    def _read_whole(self, db: Database) -> None:
        """Read what is small: head, seals, nodes and numbers of rows, all of one moment."""
        last, self.rows = db.execute(SIZE).fetchone()
        # A row put far out leads over no endless void: it is counted as astray instead.
        size = self.report.size = last + 1 if last < 2 * self.rows else self.rows
        (self.astray,) = db.execute(ASTRAY, (size,)).fetchone()
        self.head = db.execute("SELECT size, edge, recorded_at FROM head").fetchone()
        if self.head is None:
            raise Unreadable("head", "its row is gone")
        self.kept = list(seals.everything(db))
        self.upkept = upkept.told(db)
        self.cosigned = list(cosignatures.everything(db))
        self.vault = db.execute("SELECT count(*) FROM vault").fetchone()[0]
        self.commands = db.execute("SELECT count(*) FROM command").fetchone()[0]
        self.erased = dict(db.execute(ERASED).fetchall())
        nodes = db.execute("SELECT level, number, hash FROM node")
        self.nodes = {(level, number): hash for level, number, hash in nodes}

    def go(self, jobs: int, progress: Progress) -> Report:
        report, size = self.report, self.report.size
        report.faults += _shape(self.reader)
        report.faults += self._read_seals()
        sizes = frozenset({size, *(seal.point.size for seal in self.seals)})
        asked = Asked(self.reader.recorder.address, sizes, self.erased)
        pieces = [(at, min(at + CHUNK, size)) for at in range(0, size, CHUNK)]
        stretches = []
        for made, derived in _worked(asked, pieces, jobs):
            stretches.append(made)
            report.faults += [*made.faults, *derived]
            progress(made.stop, size)
        report.faults += self._joined(stretches)
        report.faults += [*self._against_tree(), *self._unsealed()]
        exact = _exact(report.faults)
        report.faults.sort(key=lambda fault: _gravity(fault, exact))
        return report

    def _read_seals(self) -> Iterator[Fault]:
        """Open all seals, those in the database by the keys known so far."""
        keys, before = list(self.outside.keys), 0
        for at, told in enumerate(self.kept, start=1):
            where = f"checkpoint {told.number}"
            try:
                point = opened(told.note, keys)
            except BadCheckpoint as error:
                facts = {"where": where, "why": str(error)} | self._declared(told.note)
                yield Fault("seal", None, facts)
                continue
            again = at > 1 and told.note == self.kept[at - 2].note
            if (told.number, told.size) != (at, point.size) or point.size < before or again:
                yield Fault("seal-order", None, {"where": where})
            before = point.size
            self.seals.append(Seal(where, point))
            following = successor(told.note, keys)
            if following and following not in keys:
                keys.append(following)
        self.report.seals = len(self.kept)
        self.origins = {key.name for key in keys} if self.outside.keys else set()
        yield from self._read_cosignatures(keys)
        yield from self._seals_outside(keys)

    def _declared(self, signed: bytes) -> dict[str, Any]:
        """Return which entry names the key of a seal that no key given has signed."""
        found = upkept.named(signed, self.upkept)
        return {"declared": found.position, "key": found.event.key} if found else {}

    def _given_up(self, point: Checkpoint) -> dict[str, Any]:
        """Return which entry says that what a seal covers was given up."""
        found = upkept.given_up(point, self.upkept)
        return {"restored": found.position, "copy": found.event.size} if found else {}

    def _read_cosignatures(self, keys: Sequence[VerifierKey]) -> Iterator[Fault]:
        """Open all cosigned checkpoints; what a known witness signed, the log cannot forge."""
        for at, told in enumerate(self.cosigned, start=1):
            where = f"cosignature {told.number}"
            try:
                point, by = _cosigned(told, keys, self.outside.witnesses)
            except BadCheckpoint as error:
                yield Fault("seal", None, {"where": where, "why": str(error)})
                continue
            if (told.number, told.size) != (at, point.size):
                yield Fault("seal-order", None, {"where": where})
            self.seals.append(Seal(f"{WITNESS}{by.name}" if by else where, point))
        for each in self.outside.vouched:
            self.seals.append(Seal(f"{WITNESS}{each.key.name}", each.point))

    def _seals_outside(self, keys: Sequence[VerifierKey]) -> Iterator[Fault]:
        told = self.remembered
        if told:
            self.seals.append(Seal("memory", told.point))
            number = told.kept + any(each.note == told.note for each in self.kept)
            if number > len(self.kept):
                facts = {"kept": number, "left": len(self.kept)}
                yield Fault("seals-lost", None, facts)
        for where, text in self.outside.against:
            try:
                signed = parse_receipt(text).checkpoint if _is_receipt(text) else text
                known = [*keys, *self.outside.witnesses] if keys else []
                self.seals.append(Seal(where, opened(signed, known)))
            except BadCheckpoint as error:
                yield Fault("seal", None, {"where": where, "why": str(error)})

    def _joined(self, stretches: Sequence[Stretch]) -> Iterator[Fault]:
        """Join the tree and what goes on from one stretch to the next."""
        edge, tiles, full = b"", 0, []
        versions: dict[str, int] = {}
        groups: list[Group] = []
        last = 0
        for each in stretches:
            before = []  # the edge before each tile
            for tile in each.tiles:
                before.append(edge)
                tiles, edge = merkle.extend(tiles, edge, [tile])
            full += each.tiles
            for size, within in each.edges.items():
                self.roots[size] = merkle.root(before[(size - 1 - each.start) // WIDE] + within)
            for subject, (first, position, latest) in each.versions.items():
                if first != versions.get(subject, 0) + 1:
                    expected = versions.get(subject, 0) + 1
                    facts = {"subject": subject, "version": first, "expected": expected}
                    yield Fault("version", position, facts)
                versions[subject] = latest
            if each.times and each.times[0] < last:
                yield Fault("time", each.start, {})
            last = each.times[1] if each.times else last
            groups += each.groups
        yield from self._check_groups(groups, sum(each.commands for each in stretches))
        yield from self._check_nodes(full)
        yield from self._check_counts(sum(each.sealed for each in stretches), last)

    def _check_groups(self, groups: Sequence[Group], number: int) -> Iterator[Fault]:
        whole: list[Group] = []
        for id, position, count in groups:
            if whole and whole[-1][0] == id and sum(whole[-1][1:]) == position:
                whole[-1] = (id, whole[-1][1], whole[-1][2] + count)
                number -= 1
            else:
                whole.append((id, position, count))
        for group in whole:
            yield from stretch.check_command(self.reader, group)
        if number != self.commands:
            facts = {"table": "command", "kept": self.commands, "expected": number}
            yield Fault("count", None, facts)

    def _check_nodes(self, row: list[bytes]) -> Iterator[Fault]:
        level, row = 1, row[: self.report.size // WIDE]
        expected: dict[tuple[int, int], bytes] = {}
        while row:
            expected |= {(level, number): hash for number, hash in enumerate(row)}
            parts = [row[at : at + WIDE] for at in range(0, len(row), WIDE)]
            row = [
                merkle.root(merkle.extend(0, b"", part)[1]) for part in parts if len(part) == WIDE
            ]
            level += 1
        # Without a position: what is false below a hash is named by the entries themselves.
        for (height, number), _ in sorted(expected.items() ^ self.nodes.items()):
            yield Fault(DERIVED, None, {"table": "node", "level": height, "number": number})

    def _check_counts(self, sealed: int, last: int) -> Iterator[Fault]:
        size = self.report.size
        self.report.root = self.roots[size]
        found = size, self.roots[size], last
        if found != (self.head[0], merkle.root(self.head[1]), self.head[2]):
            yield Fault("head", min(size, self.head[0]), {"head": self.head[0], "size": size})
        if self.astray:
            facts = {"table": "entries", "kept": self.rows, "expected": self.rows - self.astray}
            yield Fault("count", None, facts)
        if sealed != self.vault:
            facts = {"table": "vault", "kept": self.vault, "expected": sealed}
            yield Fault("count", None, facts)
        for table in replay.TABLES:
            sql = f"SELECT count(*) FROM {table} WHERE candidate < 0 OR candidate >= ?"
            if self.reader.db.execute(sql, (self.reader.size(),)).fetchone()[0]:
                yield Fault(DERIVED, None, {"table": table})

    def _against_tree(self) -> Iterator[Fault]:
        """Compare every seal with the tree; the least that disagrees says where it began."""
        origins, vouched = self.origins, 0
        for seal in sorted(self.seals, key=lambda seal: seal.point.size):
            where, size = seal.where, seal.point.size
            if origins and seal.point.origin not in origins:
                yield Fault("origin", None, {"where": where, "origin": seal.point.origin})
            elif size > self.report.size:
                first, last = self._range(where, vouched, self.report.size)
                facts = {"where": where, "sealed": size, "size": self.report.size, "last": last}
                yield _parted("shorter", first, facts, self._given_up(seal.point))
            elif self.roots[size] != seal.point.root:
                first, last = self._range(where, vouched, size - 1)
                facts = {"where": where, "last": last}
                yield _parted("rewritten", first, facts, self._given_up(seal.point))
            else:
                self.report.sealed = max(self.report.sealed, size)
                if not _is_kept(where):
                    vouched = size
                    agreed = [each for each in self.report.agreed if each.where != where]
                    self.report.agreed = [*agreed, seal]

    def _range(self, where: str, vouched: int, last: int) -> tuple[int, int]:
        """Return the positions between which a seal's history parts from the kept one.

        A forged history has seals of its own, which say nothing of the true one.
        """
        if where == "memory" and self.remembered:
            return self._parting(self.remembered, last)
        first = self.report.sealed if _is_kept(where) else vouched
        return first, max(first, last)

    def _parting(self, told: Remembered, last: int) -> tuple[int, int]:
        """Find it by the hashes of perfect subtrees that the signer remembers."""
        read, start = subtrees(kept(self.reader.db)), 0
        for at in range(0, len(told.edge), merkle.HASH):
            level = (told.point.size - start).bit_length() - 1
            stop = start + (1 << level)
            remembered = told.edge[at : at + merkle.HASH]
            if _subtree(read, level, start >> level) != remembered:
                return start, min(stop - 1, last)
            start = stop
        return 0, last

    def _unsealed(self) -> Iterator[Fault]:
        """Yield what was added past the signer, who has had the time of the audit to sign it."""
        told = self.outside.memory.read() if self.outside.memory else None
        if told and self.remembered and told.point.size < self.report.size:
            number = self.report.size - told.point.size
            yield Fault("unsealed", told.point.size, {"number": number})


def _parted(kind: str, first: int, facts: dict[str, Any], given_up: dict[str, Any]) -> Fault:
    """Return that a seal's history parts from ours: where a copy ended, if that is recorded."""
    return Fault(kind, given_up.get("copy", first), facts | given_up)


def opened(signed: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Return a checkpoint; without any key its signatures stay unchecked. Raises BadCheckpoint."""
    if not keys:
        return parse_checkpoint(note.split(signed)[0])
    return note.open_checkpoint(signed, keys)[0]


def _cosigned(
    told: cosignatures.KeptCosignature, keys: Sequence[VerifierKey], known: Sequence[VerifierKey]
) -> tuple[Checkpoint, VerifierKey | None]:
    """Return a cosigned checkpoint, and the known witness who did it. Raises BadCheckpoint."""
    _, lines = note.split(told.note)
    if told.witness not in {f"{line.name}+{line.id.hex()}" for line in lines}:
        raise BadCheckpoint(f"{told.witness} has not cosigned it")
    point = opened(told.note, keys)
    known_here = [key for key in known if cosignatures.mark(key) == told.witness]
    if known_here:
        note.open_note(told.note, known_here)
    return point, next(iter(known_here), None)


def _subtree(read: Subtree, level: int, index: int) -> bytes | None:
    """Return the hash over leaves, if they are all there."""
    try:
        return read(level, index)
    except BeyondSize:
        return None


def _exact(faults: Sequence[Fault]) -> list[int]:
    """Return the positions that are known to be wrong themselves, not just to lie in a range."""
    found = (fault.position for fault in faults if fault.kind != DERIVED and not _is_range(fault))
    return sorted(place for place in found if place is not None)


def _is_range(fault: Fault) -> bool:
    return bool(fault.facts.get("last", fault.position) != fault.position)


def _place(fault: Fault, exact: Sequence[int]) -> int | None:
    """Return where a fault begins; one that lies within a range says it exactly."""
    if fault.position is None or not _is_range(fault):
        return fault.position
    at = bisect_left(exact, fault.position)
    within = at < len(exact) and exact[at] <= fault.facts["last"]
    return exact[at] if within else fault.position


def _gravity(fault: Fault, exact: Sequence[int]) -> tuple[bool, bool, bool, int, bool]:
    """Return what comes first: a file that is broken as a file, then the first positions.

    What is derived names the candidate only, by its first entry, so the entries come before it.
    """
    place, derived = _place(fault, exact), fault.kind == DERIVED
    return fault.kind != "integrity", place is None, derived, place or 0, _is_range(fault)


def _is_kept(where: str) -> bool:
    return where.startswith(("checkpoint ", "cosignature "))


def _is_receipt(text: bytes) -> bool:
    return text.startswith(HEADER.encode())


def _worked(
    asked: Asked, pieces: Sequence[tuple[int, int]], jobs: int
) -> Iterator[tuple[Stretch, list[Fault]]]:
    if jobs == 1 or len(pieces) < 2:
        yield from (_work(asked, *piece) for piece in pieces)
        return
    starts, stops = zip(*pieces, strict=True)
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        yield from pool.map(_work, [asked] * len(pieces), starts, stops)


def _work(asked: Asked, start: int, stop: int) -> tuple[Stretch, list[Fault]]:
    return stretch.read(asked, start, stop), replay.differences(asked.address, start, stop)
