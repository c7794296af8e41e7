"""The short story that every victim holds, sealed after every command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import postgres
import racing
from department import PAPER, Clock, Department, who
from enclosed import PDF
from sqlalchemy import create_engine
from victim import ORIGIN, OnPostgreSQL, OnSQLite, Victim

from domain.enclosure import Enclosure
from domain.values import (
    CandidateKind,
    ErasureGround,
    Private,
    Rating,
    Role,
    Title,
    private,
)
from events_store.ledger import Ledger
from events_store.sealing import Sealer
from web.account_tables import Base
from workflow import commands as asked
from workflow.register import Register

OLDER = 36  # candidates of an older register: entries enough for a first kept hash over 256
ACCOUNT = (
    "INSERT INTO account_user (id, email, active, fs_uniquifier, person, created_at,"
    " failed_sign_ins) VALUES (1, 'an@example.vn', true, 'a', 'person:officer', '2026-03-02', 0)"
)
REASON = Private({"reason": "Chuyển công tác"})


@contextmanager
def intact(database: str, folder: Path) -> Iterator[Victim]:
    """Yield a register with the story, on one of the databases."""
    if database == "sqlite":
        victim: Victim = OnSQLite(folder)
        folder.mkdir()
        engine = create_engine(f"sqlite:///{victim.address}")
        Base.metadata.create_all(engine)
        engine.dispose()
        yield told(victim)
        return
    with postgres.database() as url, postgres.database() as old:
        yield told(OnPostgreSQL(folder, url, old))


class Teller:
    """Somebody who asks, a minute after each other, and has every answer sealed."""

    def __init__(self, victim: Victim, clock: Clock, sealer: Sealer) -> None:
        # Founded before it is sealed, so that the number of seals does not depend on the hour.
        self.clock, self.sealer = clock, sealer
        ledger = Ledger(victim.address, clock)
        self.register = Department(ledger, clock)
        self.register.attest(racing.sheet(self.register.unit, OLDER))
        ledger.recorder.close()
        self.open(victim)
        sealer.seal(self.ledger.db)

    def open(self, victim: Victim) -> None:
        """Go on with a new connection."""
        self.ledger = Ledger(victim.address, self.clock, self.sealer)
        Register.__init__(self.register, self.ledger, self.register.rules, self.clock)

    def ask(self, *words: Any, **more: Any) -> str:
        """Submit a command, seal it, and return its subject."""
        self.clock.forward(minutes=1)
        subject = self.register.ask(*words, **more).subject
        self.sealer.seal(self.ledger.db)
        return subject

    def close(self) -> None:
        """Take the last seal into the database, and leave it."""
        self.sealer.finish(lambda: self.ledger.db)
        with self.ledger.transaction():
            pass
        self.sealer.finish(lambda: self.ledger.db)
        self.ledger.recorder.close()


def told(victim: Victim) -> Victim:
    """Tell the story to an empty register."""
    victim.keys.create(ORIGIN)
    teller = Teller(victim, Clock(), Sealer(victim.keys))
    ask, unit = teller.ask, teller.register.unit
    first = ask(_found("Nguyễn Thị Hoa", unit), by=Role.OFFICER)
    second = ask(_found("Lý Văn Sơn", unit), by=Role.OFFICER)
    for subject, year in ((first, 2022), (second, 2023), (first, 2024), (second, 2025)):
        ask(asked.RecordTitle(Title.ADVANCED_WORKER, year), subject, Role.OFFICER)
    teller.close()
    victim.keep()
    shutil.copytree(victim.keys.path, victim.folder / "old.keys")
    teller.open(victim)
    paper = Enclosure("giấy khen.pdf", "application/pdf", PDF)
    ask(asked.AttachEvidence(private("Giấy khen"), (paper,)), first, Role.OFFICER)
    person = ask(asked.DescribePerson(who("Người sẽ xóa")), by=Role.ADMINISTRATOR)
    erase = asked.ErasePersonalData(ErasureGround.DECIDED)
    ask(erase, person, Role.ADMINISTRATOR, basis=PAPER)
    third = ask(_found("Vi Thị Lan", unit), by=Role.OFFICER)
    ask(asked.WithdrawCandidate(REASON), third, Role.UNIT_HEAD)
    ask(asked.RecordRating(Rating.GOOD, 2024), second, Role.OFFICER)
    ask(asked.RecordRating(Rating.EXCELLENT, 2025), first, Role.OFFICER)
    teller.close()
    with victim.opened() as db:
        db.execute(ACCOUNT)
    last = victim.keys.memory.read()
    assert last
    (victim.folder / "seal.txt").write_bytes(last.note)
    return victim


def _found(name: str, unit: str) -> asked.DiscoverCandidate:
    return asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, unit, who(name, 1980), Private({"place": "Chi Lăng"})
    )
