"""A register joined from its rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from events_store.ledger import Ledger, Reader
from web.settings import Settings
from workflow.register import Register
from workflow.rules import load_all

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Parts:
    """What is kept, to read, and the one door through which it grows."""

    ledger: Reader
    register: Register


def now() -> datetime:
    """Return the present instant, UTC: the only clock that is not passed in."""
    return datetime.now(UTC)


def join(settings: Settings, clock: Clock = now) -> Parts:
    """Return the register that settings name, opened."""
    ledger = Ledger(settings.database, clock)
    return Parts(ledger.reader(), Register(ledger, load_all(), clock))
