"""What is written in one statement, at the end: all of it, or nothing if the log has grown."""

from __future__ import annotations

import pytest
from department import Clock
from samples import DISCOVERED, NURTURED, SUMMARIZED, dump, entry, rows, story, units

from domain.candidate_events import RatingRecorded
from domain.faults import Conflict
from domain.values import Private, Rating, Secret
from events_store.audit import audit
from events_store.database import Address
from events_store.ledger import Ledger

ONE = "candidate:1"
RATED = RatingRecorded(Rating.GOOD, 2023)


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    ledger.append([*units(), *story(ONE, [(DISCOVERED, 0), (NURTURED, 30)])])
    return ledger


def assert_whole(ledger: Ledger) -> None:
    before = dump(ledger.db)
    ledger.rebuild()
    assert dump(ledger.db) == before
    assert audit(ledger.recorder.address).faults == []


@pytest.mark.parametrize("more", [1, 2, 19, 21, 150])
def test_any_number_of_rows_is_written_like_one_after_another(told: Ledger, more: int) -> None:
    with told.transaction(told.look("", "", ["office", "unit"], 0)):
        told.append(story(ONE, [(RATED, 40 + at) for at in range(more)], told=2))
    assert [e.version for e in told.entries(ONE)] == list(range(1, more + 3))
    assert_whole(told)


def test_what_changes_a_standing_is_written_with_its_spans(told: Ledger) -> None:
    with told.transaction(told.look("", "", ["office", "unit"], 0)):
        told.append([entry(ONE, 3, SUMMARIZED, 60)])
    assert_whole(told)


def test_whoever_reads_inside_finds_what_is_to_be_written(told: Ledger) -> None:
    with told.transaction(told.look("", "", ["office", "unit"], 0)) as db:
        told.append([entry(ONE, 3, RATED, 60)])
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == 6
        assert [e.version for e in told.entries(ONE)] == [1, 2, 3]
    assert_whole(told)


def test_nothing_is_written_if_it_is_undone(told: Ledger) -> None:
    before = dump(told.db)

    def half() -> None:
        with told.transaction(told.look("", "", ["office", "unit"], 0)):
            told.append([entry(ONE, 3, RATED, 60)])
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half()
    assert dump(told.db) == before
    assert told.append([entry(ONE, 3, RATED, 60)])[0].position == 5


def test_secrets_alone_are_kept_too(told: Ledger) -> None:
    secret = Secret(ONE, Private({"text": "Đơn"}))
    with told.transaction(told.look("", "", ["office", "unit"], 0)) as db:
        db.execute("INSERT INTO vault VALUES (?, ?, ?, ?)", ("a", ONE, b"salt", "{}"))
    assert rows(told.db, "vault") == [("a", ONE, b"salt", "{}")]
    with told.transaction(told.look("", "", ["office", "unit"], 0)):
        told.append([entry(ONE, 3, RATED, 60)], [secret])
    assert len(rows(told.db, "vault")) == 2


@pytest.mark.only("postgresql")
def test_a_log_that_has_grown_takes_nothing(told: Ledger, kept_at: Address) -> None:
    other, seen = Ledger(kept_at, Clock()), told.look("", "", ["office", "unit"], 0)
    other.append([entry(ONE, 3, RATED, 60)])
    before = dump(told.db)
    for _ in range(2):  # the second time it queues for the lock at once, and looks again
        with pytest.raises(Conflict), told.transaction(seen):
            told.append([entry(ONE, 3, RATED, 61)])
        assert dump(told.db) == before
    with told.transaction(seen):
        assert not told.stands(seen)
        told.append([entry(ONE, 4, RATED, 61)])
    assert_whole(told)
    other.recorder.close()


@pytest.mark.only("postgresql")
def test_a_place_that_a_stranger_took_is_a_conflict(told: Ledger) -> None:
    seen = told.look("", "", ["office", "unit"], 0)
    told.db.execute(
        "INSERT INTO entries SELECT 5, 'candidate:2', 1, 0, name, body, blind, leaf FROM entries"
        " WHERE position = 4"
    )
    before = dump(told.db)
    with pytest.raises(Conflict), told.transaction(seen):
        told.append([entry(ONE, 3, RATED, 60)])
    assert dump(told.db) == before
