"""What tests share: a clock, a ledger on every database, and a founded register."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from department import Clock, Department
from hypothesis import HealthCheck, settings
from memory import memory

from events_store.database import Address
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer

DATABASES = ("sqlite", "postgresql")
# The files that take longest begin first, so that no process waits long for another's last one.
LONG = ("walk", "every_page", "conformance", "walk_rules", "browser", "browser_audit",
        "tamper_suite", "spans", "concurrency", "lawfulness", "cli", "restore", "house",
        "codec", "web_doing", "audit", "web_postgresql", "permissions", "readme",
        "copying", "cli_story")  # fmt: skip
# A slow machine is no fault of ours: nothing here is timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    if folder := memory():
        os.environ.setdefault("TMPDIR", str(folder))
        tempfile.tempdir = None  # to be looked up again
    config.addinivalue_line("markers", "only(database): what the test is about, others lack")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave the order within each."""
    order = {f"test_{name}.py": at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.name, len(LONG)))


def pytest_collection_finish() -> None:
    """Leave alone what every test shares: to look for waste in it took a tenth of the time."""
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a ledger on every database, unless it says on which one only."""
    if "kept_at" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        metafunc.parametrize("kept_at", only.args if only else DATABASES, indirect=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept_at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Address]:
    """Yield where a ledger can be kept: a file, or a database of its own."""
    if request.param == "sqlite":
        yield tmp_path / "exemplar.db"
    else:
        with postgres.database() as url:
            yield url


@pytest.fixture
def ledger(kept_at: Address, clock: Clock) -> Iterator[Ledger]:
    ledger = Ledger(kept_at, clock)
    yield ledger
    ledger.recorder.close()


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    """Return a folder with a signing key."""
    folder = KeyFolder(tmp_path / "keys")
    folder.create("so-dien-hinh/thu")
    return folder


@pytest.fixture
def sealer(keys: KeyFolder) -> Sealer:
    return Sealer(keys)


@pytest.fixture
def register(ledger: Ledger, clock: Clock) -> Department:
    return Department(ledger, clock)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Department:
    """Return a register that all tests of a module share: every story has its own candidate."""
    clock = Clock()
    return Department(Ledger(tmp_path_factory.mktemp("house") / "exemplar.db", clock), clock)
