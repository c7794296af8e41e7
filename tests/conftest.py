"""What tests share: a clock, a ledger in a real file, and a founded register."""

from __future__ import annotations

from pathlib import Path

import pytest
from department import Clock, Department

from events_store.ledger import Ledger


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    return Ledger(tmp_path / "exemplar.db", clock)


@pytest.fixture
def register(ledger: Ledger, clock: Clock) -> Department:
    return Department(ledger, clock)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Department:
    """Return a register that all tests of a module share: every story has its own candidate."""
    clock = Clock()
    return Department(Ledger(tmp_path_factory.mktemp("house") / "exemplar.db", clock), clock)
