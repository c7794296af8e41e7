"""What the concurrency tests run in processes of their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import samples
from samples import DISCOVERED, NURTURED, entry

from domain.faults import Conflict
from domain.unit import UnitRegistered
from domain.values import CandidateKind, Outcome, Private, Title, UnitKind
from events_store.database import Address
from events_store.ledger import Ledger
from events_store.witness import Refused, Witness
from workflow import commands as asked
from workflow.register import Register, Request
from workflow.rules import load_all

OFFICER = "person:officer"


def opened(address: Address) -> Ledger:
    """Return the ledger at an address, on the machine's clock."""
    return Ledger(address, lambda: datetime.now(UTC))


def wait_for_the_other(together: Barrier) -> None:
    """Begin when both processes are there."""
    together.wait(timeout=60)


def append(address: Address, own: str, shared: str, times: int) -> tuple[list[int], int]:
    """Append to a subject of one's own and to a shared one in turn.

    Return the versions won of the shared subject, and how often the race was lost.
    """
    ledger, won, lost = opened(address), list[int](), 0
    for at in range(times // 2):
        ledger.append([entry(own, at + 1, NURTURED if at else DISCOVERED, at)])
        while True:
            version = ledger.version(shared) + 1
            try:
                ledger.append([entry(shared, version, NURTURED, at % 20, f"{own}/{version}")])
            except Conflict:
                lost += 1
            else:
                won.append(version)
                break
    return won, lost


def submit(address: Address, own: str, shared: str, times: int) -> list[tuple[str, int]]:
    """Submit commands about two candidates in turn; return subject and version of each."""
    register = Register(opened(address), load_all(), lambda: datetime.now(UTC))
    made = []
    for at in range(times):
        subject = shared if at % 2 else own
        command = asked.RecordTitle(Title.ADVANCED_WORKER, 1990 + at % 30)
        (told,) = register.submit(Request(command, OFFICER, subject)).entries
        made.append((told.subject, told.version))
    return made


def sheet(unit: str, size: int) -> Iterator[Request]:
    """Yield the rows of an older register."""
    for row in range(size):
        command = asked.AttestCandidate(
            kind=CandidateKind.INDIVIDUAL,
            unit=unit,
            who=Private({"name": f"Nông Văn {row}", "birth_year": 1970}),
            what=Private({"achievement": f"Thành tích {row}"}),
            discovered_on=date(2021, 3, 1),
            file="5" * 64,
            sheet="Danh sách",
            row=row + 6,
            minutes=f"{row}/BB",
            nurtured_on=date(2021, 9, 1),
            summarized_on=date(2023, 1, 5),
            outcome=Outcome.DECLINED if row % 3 == 0 else None,
            ended_on=date(2023, 6, 1) if row % 3 == 0 else None,
        )
        yield Request(command, OFFICER, effective_on=date(2021, 3, 1), command_id=f"row-{row}")


def import_without_end(address: Address, unit: str, *cache: str) -> None:
    """Attest rows, and say so once many are in the transaction; a small cache spills them."""
    ledger = opened(address)
    for pages in cache:
        ledger.db.execute(f"PRAGMA cache_size = {pages}")
    register = Register(ledger, load_all(), lambda: datetime.now(UTC))
    register.attest(_announced(sheet(unit, 10**6), ledger, _logged(address)))


def _logged(address: Address) -> Callable[[], int]:
    """Return what tells how much SQLite has spilled; PostgreSQL always writes ahead."""
    if isinstance(address, str):
        return lambda: 0
    log = address.with_name(address.name + "-wal")
    return lambda: log.stat().st_size


def _announced(
    rows: Iterator[Request], ledger: Ledger, logged: Callable[[], int]
) -> Iterator[Request]:
    begun, size = logged(), ledger.size()
    silent = True
    for row in rows:
        if silent and ledger.size() >= size + 500:
            silent = False
            print("in the middle" if logged() == begun else "spilled", flush=True)
        yield row


def started(address: Address, unit: str) -> int:
    """Start as a worker does, record one entry, and return how many there are by then."""
    ledger = opened(address)
    (told,) = ledger.append([entry(unit, 1, UnitRegistered("Đơn vị", UnitKind.DIVISION))])
    return told.position + 1


def cosign(folder: Path, request: bytes) -> bytes | None:
    """Ask a witness for one of many histories; return what it signed, if it did."""
    try:
        return Witness(folder).cosign(request).note
    except Refused:
        return None


if __name__ == "__main__":
    import_without_end(samples.at(sys.argv[1]), *sys.argv[2:])
