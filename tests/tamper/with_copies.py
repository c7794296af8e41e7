"""Attacks with older copies and with stolen keys: a history that once was true, or nearly."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from attempts import ELSEWHERE, LAWFUL, MEMORY, attempt
from department import Clock
from victim import Victim

from domain.candidate_events import StageAdvanced
from domain.entry import Entry
from domain.values import Stage
from events_store.ledger import Ledger, Reader
from events_store.sealing import Sealer


@attempt("put an older copy of the database back", MEMORY)
def roll_back(victim: Victim) -> int:
    victim.roll_back()
    return _size(victim)


@attempt("put older copies of the database and of the key folder back", ELSEWHERE)
def roll_back_all(victim: Victim) -> int:
    victim.roll_back()
    shutil.rmtree(victim.keys.path)
    shutil.copytree(victim.folder / "old.keys", victim.keys.path)
    return _size(victim)


@attempt("fork: put both older copies back, go on with another history, signed with the key",
         ELSEWHERE)  # fmt: skip
def fork(victim: Victim) -> int:
    begins = roll_back_all(victim)
    for at in range(20):
        go_on(victim, lambda last, at=at: last._replace(command_id=f"khac-{at}"))  # type: ignore[misc]
    return begins


@attempt("forge: add a move nobody may make, by way of the ledger, signed with the key", LAWFUL)
def forge(victim: Victim) -> int:
    begins = _size(victim)
    event = StageAdvanced(Stage.REPLICATE)
    go_on(victim, lambda last: last._replace(command_id="khac", event=event))
    return begins


def go_on(victim: Victim, other: Callable[[Entry], Entry]) -> None:
    """Record one more entry of the last candidate as the program would, and seal it."""
    sealer = Sealer(victim.keys)
    ledger = Ledger(victim.address, Clock(), sealer)
    last = list(ledger.all())[-1]
    ledger.append([other(last._replace(version=last.version + 1))])
    sealer.finish(lambda: ledger.db)
    with ledger.transaction():
        pass
    sealer.finish(lambda: ledger.db)
    ledger.recorder.close()


def _size(victim: Victim) -> int:
    reader = Reader(victim.address)
    size = reader.size()
    reader.recorder.close()
    return size
