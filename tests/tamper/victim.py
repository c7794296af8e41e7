"""A sealed register to attack, and what its attacker and its auditor can do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from department import Clock, Department, who

from domain.values import CandidateKind, ErasureGround, Private, Rating, Role, Title
from events_store import merkle, note, seal, sealing, seals
from events_store.audit import Outside, Report, audit
from events_store.checkpoint import format_checkpoint
from events_store.key_folder import KeyFolder
from events_store.keys import Kind, Signer
from events_store.ledger import Ledger
from events_store.public_log import over
from events_store.sealing import Sealer
from events_store.sqlite import SCHEMA
from workflow import commands as asked

ORIGIN = "so-dien-hinh/thu"
STRANGER = Signer(ORIGIN, Kind.ED25519, bytes([7] * 32))


@dataclass(frozen=True)
class Victim:
    """A folder with a register, its keys, older copies of both, and a seal kept elsewhere."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "exemplar.db"

    @property
    def keys(self) -> KeyFolder:
        return KeyFolder(self.folder / "keys")

    @property
    def elsewhere(self) -> tuple[str, bytes]:
        return "elsewhere", (self.folder / "elsewhere.checkpoint").read_bytes()

    @contextmanager
    def touched(self) -> Iterator[sqlite3.Connection]:
        """Write to the file with no trigger in the way; they are put back after."""
        with closing(sqlite3.connect(self.path)) as db:
            told = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in told.fetchall():
                db.execute(f"DROP TRIGGER {name}")
            yield db
            db.commit()
            db.executescript(SCHEMA)

    def smooth(self) -> None:
        """Make everything that the database derives agree with its rows: leaves, tree, tables."""
        with self.touched() as db:
            _number_again(db)
            _seal_rows(db)
            _forget_uncited(db)
        Ledger(self.path, Clock()).rebuild()

    def without_seals(self, beyond: int = 0) -> None:
        """Delete the seals over more entries than some."""
        with self.touched() as db:
            db.execute("DELETE FROM checkpoint WHERE size > ?", (beyond,))

    def seal_again(self, signer: Signer | None = None) -> None:
        """Sign every kept seal anew over the tree as it is now."""
        by = signer or self.keys.signer()
        assert by
        with self.touched() as db:
            leaves = [row[0] for row in db.execute("SELECT leaf FROM entries ORDER BY position")]
            for kept in list(seals.everything(db)):
                size = min(kept.size, len(leaves))
                point = sealing.Checkpoint(ORIGIN, size, over(leaves[:size]))
                signed = note.sign(format_checkpoint(point), [by])
                values = (size, signed, kept.number)
                db.execute("UPDATE checkpoint SET size = ?, note = ? WHERE number = ?", values)

    def forget(self) -> None:
        """Let the signer remember the database as it is now, as if it had always been so."""
        self.keys.memory.path.unlink()
        with closing(sqlite3.connect(self.path)) as db:
            Sealer(self.keys).seal(db)

    def audited(self, *, memory: bool = False, against: bool = False) -> Report:
        """Return what an auditor finds who knows the key, and more if said."""
        keys = self.keys
        told = keys.memory if memory else None
        elsewhere = [self.elsewhere] if against else []
        return audit(self.path, Outside(keys.verifiers(), told, elsewhere))


def made(folder: Path) -> Victim:
    """Return a register with a short story, sealed after every command."""
    victim = Victim(folder)
    victim.keys.create(ORIGIN)
    clock, sealer = Clock(), Sealer(victim.keys)
    # Founded before it is sealed, so that the number of seals does not depend on the hour.
    register = Department(Ledger(victim.path, clock), clock)
    register.ledger = ledger = Ledger(victim.path, clock, sealer)
    sealer.seal(ledger.db)

    def ask(*words: Any, **more: Any) -> str:
        clock.forward(minutes=1)
        subject = register.ask(*words, **more).subject
        sealer.seal(ledger.db)
        return subject

    first = ask(_found("Nguyễn Thị Hoa", register.unit), by=Role.OFFICER)
    second = ask(_found("Lý Văn Sơn", register.unit), by=Role.OFFICER)
    for subject, year in ((first, 2022), (second, 2023), (first, 2024), (second, 2025)):
        ask(asked.RecordTitle(Title.ADVANCED_WORKER, year), subject, Role.OFFICER)
    _copy(ledger, victim, "old")
    person = ask(asked.DescribePerson(who("Người sẽ xóa")), by=Role.ADMINISTRATOR)
    ask(asked.ErasePersonalData(next(iter(ErasureGround))), person, Role.ADMINISTRATOR)
    ask(asked.RecordRating(Rating.EXCELLENT, 2024), first, Role.OFFICER)
    ask(asked.RecordRating(Rating.GOOD, 2024), second, Role.OFFICER)
    ask(asked.RecordRating(Rating.EXCELLENT, 2025), first, Role.OFFICER)
    sealer.finish(lambda: ledger.db)
    with ledger.transaction():
        pass
    last = victim.keys.memory.read()
    assert last
    (folder / "elsewhere.checkpoint").write_bytes(last.note)
    ledger.recorder.close()
    return victim


def _found(name: str, unit: str) -> asked.DiscoverCandidate:
    return asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, unit, who(name, 1980), Private({"place": "Chi Lăng"})
    )


def _copy(ledger: Ledger, victim: Victim, name: str) -> None:
    with closing(sqlite3.connect(victim.folder / f"{name}.db")) as copy:
        ledger.db.backup(copy)
    shutil.copytree(victim.keys.path, victim.folder / f"{name}.keys")


def copied(victim: Victim, folder: Path) -> Victim:
    """Return a register of its own to attack."""
    shutil.copytree(victim.folder, folder)
    return Victim(folder)


def rows_of(db: sqlite3.Connection, where: str = "1") -> list[tuple[Any, ...]]:
    """Return whole rows in the order recorded."""
    return db.execute(f"SELECT * FROM entries WHERE {where} ORDER BY position").fetchall()


def _number_again(db: sqlite3.Connection) -> None:
    """Leave no gap between positions or versions, and no time before another."""
    versions: dict[str, int] = {}
    told: list[Sequence[Any]] = []
    last = 0
    for at, row in enumerate(rows_of(db)):
        versions[row[1]] = versions.get(row[1], 0) + 1
        last = max(last, row[3])
        told.append((at, row[1], versions[row[1]], last, *row[4:]))
    db.execute("DELETE FROM entries")
    db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", told)


def _seal_rows(db: sqlite3.Connection) -> None:
    leaves, last = [], 0
    for row in rows_of(db):
        position, subject, version, at, name, body, blind, _ = row
        leaf = seal.leaf(position, version, at, subject, name, body, blind)
        db.execute("UPDATE entries SET leaf = ? WHERE position = ?", (leaf, position))
        leaves.append(leaf)
        last = at
    size, edge = merkle.extend(0, b"", leaves)
    db.execute("UPDATE head SET size = ?, edge = ?, recorded_at = ?", (size, edge, last))


def _forget_uncited(db: sqlite3.Connection) -> None:
    bodies = b"".join(row[5] for row in rows_of(db))
    for (id,) in db.execute("SELECT id FROM vault").fetchall():
        if msgspec.json.encode(id) not in bodies:
            db.execute("DELETE FROM vault WHERE id = ?", (id,))
