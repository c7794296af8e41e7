"""A register joined from its rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.veil import Veil
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger, Reader
from events_store.sealing import Sealer
from web.reports.remade import remaking
from web.settings import FILE_LIMIT, Settings
from workflow.register import Register
from workflow.rules import load_all

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Parts:
    """What is kept, to read, the one door through which it grows, and who seals it.

    `file_limit` is how many bytes a file of evidence may have, `veil` whom the reader of this may
    not know by name.
    """

    ledger: Reader
    register: Register
    sealer: Sealer
    file_limit: int = FILE_LIMIT
    veil: Veil | None = None


def now() -> datetime:
    """Return the present instant, UTC: the only clock that is not passed in."""
    return datetime.now(UTC)


def join(settings: Settings, clock: Clock = now) -> Parts:
    """Return the register that settings name, opened."""
    sealer = Sealer(KeyFolder(settings.keys_folder))
    ledger = Ledger(settings.database, clock, sealer)
    reader = ledger.reader()
    register = Register(ledger, load_all(), clock, remaking(reader))
    return Parts(reader, register, sealer, settings.file_limit)
