"""A browser and a register to look at with it, as a plugin: each file of tests has its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import browsing, chromium
from desk import aside, copied, opened, served
from playwright.sync_api import Browser

pytest_plugins = ["desks"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield the system's browser, if it has one."""
    if chromium() is None:
        pytest.skip("no Chromium in PATH to look with")
    with browsing() as browser:
        yield browser


@contextmanager
def served_copy(original: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of a register; yield its address."""
    with served(aside(opened, copied(original, folder)).app) as address:
        yield address


@pytest.fixture(scope="module")
def address(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a register that is only looked at."""
    with served_copy(original, tmp_path_factory.mktemp("address")) as address:
        yield address


@pytest.fixture
def own(original: Path, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a register of one's own."""
    with served_copy(original, tmp_path) as address:
        yield address
