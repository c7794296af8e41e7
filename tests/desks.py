"""Desks for tests, as a plugin: one that is only looked at, one of a test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, aside, copied, filled, opened, played


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a filled register that nobody opens."""
    folder = tmp_path_factory.mktemp("original")
    aside(filled, folder)
    return folder


@pytest.fixture(scope="session")
def shown(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk that is only looked at."""
    return opened(copied(original, tmp_path_factory.mktemp("shown")))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk over the sample of the demo, only looked at."""
    return aside(played, tmp_path_factory.mktemp("sample"))


@pytest.fixture
def desk(original: Path, tmp_path: Path) -> Desk:
    """Return a desk of one's own."""
    return opened(copied(original, tmp_path))
