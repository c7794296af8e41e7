"""Sealing: every commit is signed, no signature rewrites the past, nothing recorded is lost."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import postgres
import pytest
from department import Clock
from samples import entry

from domain.entry import Entry
from domain.faults import Conflict, Unreadable
from domain.unit import UnitRegistered
from domain.values import UnitKind
from events_store import note, seals
from events_store.copying import copy
from events_store.database import Address
from events_store.doctor import examine
from events_store.key_folder import KeyExists, KeyFolder, successor
from events_store.ledger import Ledger
from events_store.memory import PLACE
from events_store.merkle import leaf_hash, root
from events_store.proofs import root_at, subtrees
from events_store.public_log import head, kept, texts
from events_store.sealing import Rewritten, Sealer, SignerLost, StaleRestore

NAME = "so-dien-hinh/thu"


@pytest.fixture
def ledger(kept_at: Address, clock: Clock, sealer: Sealer) -> Iterator[Ledger]:
    ledger = Ledger(kept_at, clock, sealer)
    yield ledger
    sealer.finish(lambda: ledger.db)  # nothing is left to be sealed when the database is gone
    ledger.recorder.close()


def unit(number: int) -> Entry:
    return entry(f"unit:{number}", 1, UnitRegistered(f"Đơn vị {number}", UnitKind.DIVISION))


def tell(ledger: Ledger, sealer: Sealer, *numbers: int) -> None:
    """Append units, each sealed by itself."""
    for number in numbers:
        ledger.append([unit(number)])
        sealer.finish(lambda: ledger.db)


def sizes(ledger: Ledger) -> list[int]:
    return [kept.size for kept in seals.everything(ledger.db)]


def test_a_commit_is_sealed_and_the_next_one_keeps_the_seal(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2, 3)
    last = sealer.last()
    assert last
    point, signatures = note.open_checkpoint(last.note, keys.verifiers())
    assert (point.origin, point.size, point.root) == (NAME, 3, root(head(ledger.db)[1]))
    assert [signature.key for signature in signatures] == keys.verifiers()
    assert sizes(ledger) == [1, 2]


def test_what_is_undone_is_not_sealed(ledger: Ledger, sealer: Sealer) -> None:
    tell(ledger, sealer, 1)
    with pytest.raises(Conflict), ledger.transaction():
        ledger.append([unit(2), unit(2)])
    sealer.finish(lambda: ledger.db)
    last = sealer.last()
    assert last
    assert (last.point.size, ledger.size()) == (1, 1)


def test_one_seal_covers_a_whole_transaction(ledger: Ledger, sealer: Sealer) -> None:
    with ledger.transaction():
        for number in range(20):
            ledger.append([unit(number)])
    tell(ledger, sealer, 20)
    assert sizes(ledger) == [20]


def test_a_hurry_of_commands_is_sealed_at_the_end_of_the_pause(
    ledger: Ledger, sealer: Sealer
) -> None:
    for number in range(30):
        ledger.append([unit(number)])
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(5)
    last = sealer.last()
    assert last
    assert last.point.size == 30
    assert len(sizes(ledger)) < 29


def test_threads_seal_one_after_another(ledger: Ledger, sealer: Sealer, keys: KeyFolder) -> None:
    def work(first: int) -> None:
        for number in range(first, first + 10):
            ledger.append([unit(number)])
            Sealer(keys).seal(ledger.db)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealer.finish(lambda: ledger.db)
    last = sealer.last()
    assert last
    assert (last.point.size, ledger.size()) == (40, 40)
    assert sizes(ledger) == sorted(set(sizes(ledger)))
    read = subtrees(kept(ledger.db))
    for each in seals.everything(ledger.db):
        point, _ = note.open_checkpoint(each.note, keys.verifiers())
        assert point.root == root_at(read, each.size)


def test_a_failed_signature_loses_no_command(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder, caplog: pytest.LogCaptureFixture
) -> None:
    tell(ledger, sealer, 1)
    keys.key.write_text("nonsense")
    with caplog.at_level(logging.CRITICAL):
        tell(ledger, sealer, 2)
    assert ledger.size() == 2
    assert "not sealed" in caplog.text
    assert sealer.trouble


@pytest.mark.only("sqlite")
def test_an_old_copy_is_refused(ledger: Ledger, sealer: Sealer, tmp_path: Path) -> None:
    tell(ledger, sealer, 1, 2)
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        ledger.db.backup(old)  # type: ignore[attr-defined]
    tell(ledger, sealer, 3)
    restored = Ledger(tmp_path / "old.db", Clock(), sealer)
    with pytest.raises(StaleRestore) as caught:
        restored.append([unit(4)])
    assert (caught.value.sealed, caught.value.size, restored.size()) == (3, 2, 2)


@pytest.mark.only("postgresql")
def test_a_copy_goes_on_under_the_same_signer_and_the_first_is_refused(
    ledger: Ledger, sealer: Sealer
) -> None:
    tell(ledger, sealer, 1, 2)
    with postgres.database() as url:
        copy(ledger, Ledger(url, Clock()))
        moved = Ledger(url, Clock(), sealer)
        tell(moved, sealer, 3)
        assert sizes(moved) == [1, 2]
        with pytest.raises(StaleRestore):
            ledger.append([unit(4)])
        sealer.finish(lambda: moved.db)
        moved.recorder.close()


def test_another_history_is_refused(ledger: Ledger, sealer: Sealer, tmp_path: Path) -> None:
    tell(ledger, sealer, 1, 2)
    other = Ledger(tmp_path / "other.db", Clock())
    other.append([unit(7), unit(8), unit(9)])
    forged = Ledger(tmp_path / "other.db", Clock(), sealer)
    with pytest.raises(Rewritten):
        forged.append([unit(10)])
    with pytest.raises(Rewritten):
        sealer.seal(forged.db)


def test_a_sealed_register_without_its_keys_is_not_written_to(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2)
    shutil.rmtree(keys.path)
    with pytest.raises(SignerLost):
        ledger.append([unit(3)])
    assert ledger.size() == 2


def test_a_torn_memory_is_the_one_before(ledger: Ledger, sealer: Sealer, keys: KeyFolder) -> None:
    tell(ledger, sealer, 1, 2, 3)
    path, found = keys.memory.path, set()
    whole = path.read_bytes()
    for place in (0, 1):
        torn = bytearray(whole)
        torn[place * PLACE + 100] ^= 1
        path.write_bytes(torn)
        told = KeyFolder(keys.path).memory.read()
        assert told
        found.add(told.point.size)
    assert found == {2, 3}
    path.write_bytes(b"x" * 2 * PLACE)
    with pytest.raises(Unreadable):
        KeyFolder(keys.path).memory.read()


def test_keys_are_for_their_owner_alone(keys: KeyFolder) -> None:
    assert keys.path.stat().st_mode & 0o777 == 0o700
    assert keys.key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyExists):
        keys.create(NAME)


def test_the_last_seal_of_an_old_key_names_the_new_one(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2)
    (old,) = keys.verifiers()
    new = sealer.rotate(ledger.db).verifier
    tell(ledger, sealer, 3)
    assert keys.verifiers() == [old, new]
    *_, handed = seals.everything(ledger.db)
    assert (handed.size, successor(handed.note, [old])) == (2, new)
    last = sealer.last()
    assert last
    assert [s.key for s in note.open_checkpoint(last.note, [old, new])[1]] == [new]


def test_hashes_of_tiles_are_kept_and_made_anew(ledger: Ledger) -> None:
    ledger.append([unit(number) for number in range(700)])
    before = ledger.db.execute("SELECT * FROM node").fetchall()
    assert [row[:2] for row in before] == [(1, 0), (1, 1)]
    ledger.rebuild()
    assert ledger.db.execute("SELECT * FROM node").fetchall() == before
    leaves = kept(ledger.db)(0, 0, 700)
    assert [leaf_hash(text) for text in texts(ledger.db)(0, 700)] == leaves
    assert root_at(subtrees(kept(ledger.db)), 700) == root(head(ledger.db)[1])


@pytest.mark.parametrize("size", [0, 2000])
def test_nothing_is_left_over_when_tables_are_made_anew(ledger: Ledger, size: int) -> None:
    if size:
        ledger.append([unit(number) for number in range(size)])
    before = ledger.db.execute("SELECT count(*) FROM node").fetchone()
    assert ledger.rebuild() == size
    assert ledger.db.execute("SELECT count(*) FROM node").fetchone() == before


def test_the_doctor_finds_a_sound_register_sound(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2, 3)
    assert examine(ledger.db, keys) == []


def test_the_doctor_says_what_is_open_and_what_is_lost(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2, 3)
    keys.path.chmod(0o755)
    assert [(found.what, found.grave) for found in examine(ledger.db, keys)] == [("open", False)]
    keys.memory.path.unlink()
    assert [found.what for found in examine(ledger.db, keys)] == ["open", "signer"]


def test_a_signer_who_forgot_signs_nothing(
    ledger: Ledger, sealer: Sealer, keys: KeyFolder
) -> None:
    tell(ledger, sealer, 1, 2, 3)
    keys.memory.path.unlink()
    for sign in (sealer.seal, sealer.rotate):
        with pytest.raises(SignerLost):
            sign(ledger.db)
    assert not keys.memory.path.exists()


@pytest.mark.only("postgresql")
def test_what_another_sealed_meanwhile_is_a_conflict_and_no_stale_restore(
    ledger: Ledger, sealer: Sealer, kept_at: Address, clock: Clock
) -> None:
    tell(ledger, sealer, 1)
    seen = ledger.look("", "", ("unit",), 0)
    other = Ledger(kept_at, clock, sealer)
    tell(other, sealer, 2)
    with pytest.raises(Conflict), ledger.transaction(seen):
        ledger.append([unit(3)])
    tell(ledger, sealer, 3)
    assert sizes(ledger)[-1] >= 2
    other.recorder.close()
