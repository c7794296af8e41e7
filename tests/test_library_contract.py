"""The library's own test cases for a recorder, on ours."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import postgres
import pytest
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from events_store.postgresql import PostgreSQLRecorder
from events_store.recorder import Recorder
from events_store.sqlite import SQLiteRecorder


def plain_leaf(
    position: int,
    version: int,
    recorded_at: int,
    subject: str,
    name: str,
    body: bytes,
    blind: bytes,
) -> bytes:
    """Return some hash: the library's rows are no JSON that a leaf could tell of."""
    return hashlib.sha256(blind + body).digest()


class OnSQLite:
    """Makes our recorder, without projections, in a folder of its own."""

    def new_originator_id(self) -> str:
        return f"candidate:{uuid4().hex}"

    def create_recorder(self) -> Recorder:
        path = Path(tempfile.mkdtemp(dir=self.folder)) / "exemplar.db"
        return SQLiteRecorder(path, lambda: datetime.now(UTC), (), plain_leaf)

    @pytest.fixture(autouse=True)
    def _in_a_folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path


class OnPostgreSQL(OnSQLite):
    """Makes our recorder in a database of its own."""

    def create_recorder(self) -> Recorder:
        url = self.databases.enter_context(postgres.database())
        return PostgreSQLRecorder(url, lambda: datetime.now(UTC), (), plain_leaf)

    @pytest.fixture(autouse=True)
    def _in_databases(self) -> Iterator[None]:
        with ExitStack() as self.databases:
            yield


class TestApplicationRecorder(OnSQLite, ApplicationRecorderTestCase[Recorder]):
    """What the library asks of every application recorder."""


class TestApplicationRecorderOnPostgreSQL(OnPostgreSQL, ApplicationRecorderTestCase[Recorder]):
    """The same of the other."""


class TestNotificationIds(OnSQLite, NonInterleavingNotificationIDsBaseCase):
    """What the library asks of ids under concurrent writers."""

    def test_no_subscriptions_are_offered(self) -> None:
        with pytest.raises(NotImplementedError):
            self.create_recorder().subscribe()


class TestNotificationIdsOnPostgreSQL(OnPostgreSQL, NonInterleavingNotificationIDsBaseCase):
    """The same of the other."""


del ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase
