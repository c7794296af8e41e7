"""The audit: a register is read alone, and whatever is not as it was recorded is named.

Every row is hashed again, the tree is built again from those hashes, and every seal that can be
found must have the root that this tree has at its size. What is derived is replayed. Whoever
wrote the database could have written all of it, so what the audit can promise ends where the
seals end that lie elsewhere: in the signer's memory, and with others (`against`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from multiprocessing import get_context
from typing import Any, Final

from domain.faults import BadCheckpoint, LedgerError, NotPrepared
from events_store import (
    cosignatures,
    merkle,
    replay,
    seals,
    stretch,
    testimony,
    upkept,
    vaulted,
)
from events_store.database import Address, Database
from events_store.ledger import Reader, reading
from events_store.proofs import BeyondSize, subtrees
from events_store.report import DERIVED, Report
from events_store.stretch import Asked, Fault, Group, Stretch
from events_store.testimony import Outside, Seal
from events_store.tiles import WIDE

CHUNK: Final = 64 * WIDE  # entries that one process reads at a time
SIZE: Final = "SELECT coalesce(max(position), -1), count(*) FROM entries"
ASTRAY: Final = "SELECT count(*) FROM entries WHERE position < 0 OR position >= ?"
STRAY: Final = """SELECT count(*) FROM {} WHERE candidate < 0
 OR candidate > (SELECT coalesce(max(position), -1) FROM entries)"""
WORDS: Final = ("vault", "identity")
FACTS: Final = {"integrity": "why", "schema": "name"}
ERASED: Final = (
    "SELECT subject, max(position) FROM entries"
    " WHERE name IN ('personal-data-erased', 'complaint-destroyed')"
    " GROUP BY subject"
)


Progress = Callable[[int, int], None]
Worked = tuple[Stretch, list[Fault]]  # and what is derived from it and differs
NOBODY: Final = Outside()


def audit(
    address: Address, outside: Outside = NOBODY, jobs: int = 1, progress: Progress | None = None
) -> Report:
    """Read a whole register and return what is wrong with it."""
    reader, report = Reader(address), Report()
    with closing(reader.recorder):
        try:
            _Audit(reader, outside, report).go(jobs, progress or (lambda done, total: None))
        except NotPrepared:
            report.faults = _misshapen(address)
            if not report.faults:  # or else a table is there no more
                raise
        except (LedgerError, reader.recorder.failure) as error:
            report.faults.append(Fault("broken", None, {"why": str(error)}))
    report.sort()
    return report


class _Audit:
    def __init__(self, reader: Reader, outside: Outside, report: Report) -> None:
        self.reader, self.outside, self.report = reader, outside, report
        # Read before the rows, or it could know of entries that are not among them.
        self.remembered = outside.memory.read() if outside.memory else None
        with reader.recorder.still() as db:
            self._read_whole(db)
        self.seals: list[Seal] = []
        self.roots: dict[int, bytes] = {0: merkle.EMPTY_ROOT}
        self.tiles: list[bytes] = []  # the root of every 256 leaves
        self.agreed: list[int] = []  # sizes of seals that have our root

    def _read_whole(self, db: Database) -> None:
        """Read what is small: head, seals, nodes and numbers of rows, all of one moment."""
        last, self.rows = db.execute(SIZE).fetchone()
        # A row put far out leads over no endless void: it is counted as astray instead.
        size = self.report.size = last + 1 if last < 2 * self.rows else self.rows
        (self.astray,) = db.execute(ASTRAY, (size,)).fetchone()
        head: tuple[Any, ...] = (
            db.execute("SELECT size, edge, recorded_at FROM head").fetchone() or ()
        )
        self.head = head if tuple(map(type, head)) == (int, bytes, int) else (0, b"", -1)
        self.kept = list(seals.everything(db))
        self.upkept = upkept.told(db)
        self.cosigned = list(cosignatures.everything(db))
        self.loose = [id for (id,) in db.execute(vaulted.LOOSE)]
        self.vault = sum(db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in WORDS)
        self.commands = db.execute("SELECT count(*) FROM command").fetchone()[0]
        self.erased = dict(db.execute(ERASED).fetchall())
        nodes = db.execute("SELECT level, number, hash FROM node")
        self.nodes = {(level, number): hash for level, number, hash in nodes}

    def go(self, jobs: int, progress: Progress) -> None:
        with ThreadPoolExecutor(1) as beside:
            # The database checks itself on a connection, and a core, of its own.
            shape = beside.submit(_misshapen, self.reader.recorder.address)
            with _no_cycles():
                self._read_log(jobs, progress)
            self.report.faults += shape.result()

    def _read_log(self, jobs: int, progress: Progress) -> None:
        report, size = self.report, self.report.size
        own = testimony.Own(self.kept, self.cosigned, self.upkept)
        self.seals, faults, self.keys = testimony.hear(own, self.outside, self.remembered)
        report.seals, report.faults = len(self.kept), faults
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

    def _joined(self, stretches: Sequence[Stretch]) -> Iterator[Fault]:
        """Join the tree and what goes on from one stretch to the next."""
        edge, tiles = b"", 0
        versions: dict[str, int] = {}
        groups: list[Group] = []
        last = 0
        for each in stretches:
            before = []  # the edge before each tile
            for tile in each.tiles:
                before.append(edge)
                tiles, edge = merkle.extend(tiles, edge, [tile])
            self.tiles += each.tiles
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
        yield from self._check_nodes()
        yield from self._check_counts(sum(each.sealed for each in stretches), last)

    def _check_groups(self, groups: Sequence[Group], number: int) -> Iterator[Fault]:
        whole: list[Group] = []
        for id, position, count in groups:
            if whole and whole[-1][0] == id and sum(whole[-1][1:]) == position:
                whole[-1] = (id, whole[-1][1], whole[-1][2] + count)
                number -= 1
            else:
                whole.append((id, position, count))
        yield from stretch.check_commands(self.reader.db, whole)
        if number != self.commands:
            facts = {"table": "command", "kept": self.commands, "expected": number}
            yield Fault("count", None, facts)

    def _check_nodes(self) -> Iterator[Fault]:
        level, row = 1, self.tiles[: self.report.size // WIDE]
        expected: dict[tuple[int, int], bytes] = {}
        while row:
            expected |= {(level, number): hash for number, hash in enumerate(row)}
            level, row = level + 1, merkle.above(row)
        places = {place for place, _ in expected.items() ^ self.nodes.items()}
        # Without a position: what is false below a hash is named by the entries themselves.
        for height, number in sorted(places & expected.keys()):
            yield Fault(DERIVED, None, {"table": "node", "level": height, "number": number})
        if places - expected.keys():  # where no node can be, whatever is written there
            yield Fault(DERIVED, None, {"table": "node"})

    def _check_counts(self, sealed: int, last: int) -> Iterator[Fault]:
        size = self.report.size
        self.report.root = self.roots[size]
        said, edge, recorded_at = self.head
        if (size, self.roots[size], last) != (said, merkle.root(edge), recorded_at):
            yield Fault("head", max(0, min(size, said)), {"head": said, "size": size})
        if self.astray:
            facts = {"table": "entries", "kept": self.rows, "expected": self.rows - self.astray}
            yield Fault("count", None, facts)
        for id in self.loose:
            yield Fault("file-loose", None, {"id": id})
        if sealed != self.vault:
            facts = {"table": "vault", "kept": self.vault, "expected": sealed}
            yield Fault("count", None, facts)
        for table in replay.TABLES:
            if self.reader.db.execute(STRAY.format(table)).fetchone()[0]:
                yield Fault(DERIVED, None, {"table": table})

    def _against_tree(self) -> Iterator[Fault]:
        """Compare every seal with the tree; the least that disagrees says where it began."""
        origins = {key.name for key in self.keys} if self.outside.keys else set()
        vouched: list[int] = []
        told: list[tuple[Seal, Fault]] = []
        for seal in sorted(self.seals, key=lambda seal: (seal.point.size, seal.leaves is None)):
            where, size = seal.where, seal.point.size
            if origins and seal.point.origin not in origins:
                facts = {"where": where, "origin": seal.point.origin}
                told.append((seal, Fault("origin", None, facts)))
            elif self.roots.get(size) != seal.point.root:
                told += [(seal, fault) for fault in self._told(seal, vouched)]
            elif why := testimony.misleads(seal, self._leaves):
                told.append((seal, why))
            else:
                self.agreed.append(size)
                if not seal.own:
                    vouched.append(size)
                    agreed = [each for each in self.report.agreed if each.where != where]
                    self.report.agreed = [*agreed, seal]
        self.report.sealed = max(self.agreed, default=0)
        yield from testimony.narrowest(told)

    def _told(self, seal: Seal, vouched: Sequence[int]) -> Iterator[Fault]:
        """Say how much is known of where a seal's history parts from the kept one.

        A forged history has seals of its own, which say nothing of the true one; nor does one
        of the same size that tells another.
        """
        size, ours = min(seal.point.size, self.report.size), subtrees(self._leaves)
        kind, last = "rewritten", seal.point.size - 1
        facts: dict[str, Any] = {"where": seal.where}
        if seal.point.size > self.report.size:
            kind, last = "shorter", self.report.size
            facts |= {"sealed": seal.point.size, "size": self.report.size}
        agreed = self.agreed if seal.own else vouched
        first = max((size for size in agreed if size < seal.point.size), default=0)
        if seal.where == testimony.MEMORY and self.remembered:
            first, last = testimony.parting(self.remembered, last, ours)
        elif seal.leaves:
            try:
                found = testimony.first_difference(seal, size, ours)
            except BadCheckpoint as error:
                yield testimony.bad(seal.where, error)
            else:
                first = last = size if found is None else found
        last = max(first, last)
        facts |= {"last": last, **self._places(first, last)}
        if known := upkept.given_up(seal.point, self.upkept):  # then it parted where a copy ended
            first = known.event.size or 0
            facts |= {"restored": known.position, "copy": first}
        yield Fault(kind, first, facts)

    def _places(self, first: int, last: int) -> dict[str, Any]:
        """Return what now stands at the two ends: whose entry, and when it was recorded."""
        sql = "SELECT subject, recorded_at FROM entries WHERE position = ?"
        told: dict[str, Any] = {}
        for at, before in ((first, ""), (last, "last_")):
            with suppress(self.reader.recorder.failure):  # over which its stretch has said enough
                row: tuple[Any, ...] = self.reader.db.execute(sql, (at,)).fetchone() or ()
                if tuple(map(type, row)) == (str, int):
                    told |= {f"{before}subject": row[0], f"{before}recorded": row[1]}
        return told

    def _leaves(self, level: int, start: int, stop: int) -> list[bytes]:
        """Return the hashes that tiles are made of, as the rows themselves lead to them."""
        if not 0 <= start <= stop <= self.report.size >> 8 * level:
            raise BeyondSize((stop << 8 * level) - 1, self.report.size)
        if level == 0:
            return stretch.leaves(self.reader, start, stop)
        row = self.tiles[: self.report.size // WIDE]
        for _ in range(level - 1):
            row = merkle.above(row)
        return row[start:stop]

    def _unsealed(self) -> Iterator[Fault]:
        """Yield what was added past the signer, who has had the time of the audit to sign it."""
        told = self.outside.memory.read() if self.outside.memory else None
        if told and self.remembered and told.point.size < self.report.size:
            number = self.report.size - told.point.size
            yield Fault("unsealed", told.point.size, {"number": number})


def _misshapen(address: Address) -> list[Fault]:
    with closing(reading(address)) as recorder:
        return [Fault(kind, None, {FACTS[kind]: what}) for kind, what in recorder.misshapen()]


def _worked(asked: Asked, pieces: Sequence[tuple[int, int]], jobs: int) -> Iterator[Worked]:
    if jobs == 1 or len(pieces) < 2:
        yield from (_work(asked, *piece) for piece in pieces)
        return
    with ProcessPoolExecutor(jobs - 1, get_context("spawn"), gc.disable) as pool:
        others = [pool.submit(_work, asked, *piece) for piece in pieces]
        try:
            yield from _shared(asked, pieces, others)
        finally:
            pool.shutdown(cancel_futures=True)


def _shared(
    asked: Asked, pieces: Sequence[tuple[int, int]], others: Sequence[Future[Worked]]
) -> Iterator[Worked]:
    """Yield what was found in each piece; this process takes from the end what nobody has."""
    ours: list[Worked] = []
    for at, other in enumerate(others):
        left = len(pieces) - len(ours)
        while left > at and not other.done() and others[left - 1].cancel():
            left -= 1
            ours.append(_work(asked, *pieces[left]))
        yield other.result() if at < left else ours[len(pieces) - 1 - at]


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Keep Python from looking for cycles: the log has none, and many objects to look at."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _work(asked: Asked, start: int, stop: int) -> Worked:
    """Read a stretch and what is kept beside it, all of one moment."""
    reader = Reader(asked.address)
    with closing(reader.recorder), reader.recorder.still() as db:
        found, told = stretch.read(reader, asked, start, stop)
        words = vaulted.kept(db, told)
        found.sealed = len(words)
        derived = [
            *vaulted.differences(db, asked, told, words),
            *replay.differences(reader, found, told, words),
        ]
    return found, derived
