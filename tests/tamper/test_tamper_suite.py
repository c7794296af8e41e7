"""Whoever can write to the database, and knows how it is made, is found out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from attacked_page import PAGE, page
from attacks import ATTEMPTS
from attempts import BOTH, Attack, Attempt
from department import Clock
from found import Outcomes, found, outcomes
from on_entries import delete_middle, edit_body, insert_middle, thief_remembers
from psycopg.errors import RestrictViolation
from story import intact
from victim import OnPostgreSQL, Victim
from with_copies import fork, roll_back

from events_store import seals
from events_store.audit import audit
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer, SignerLost, StaleRestore
from events_store.testimony import Outside

STOPPED = (sqlite3.IntegrityError, RestrictViolation)
TRIED = [
    pytest.param(attempt, name, id=f"{attempt.words} [{name}]")
    for attempt in ATTEMPTS
    for name in attempt.on
]


@pytest.fixture(scope="module")
def become(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    with outcomes(tmp_path_factory.mktemp("tried")) as found:
        yield found


@pytest.fixture(scope="module", params=BOTH)
def untouched(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Victim]:
    with intact(request.param, tmp_path_factory.mktemp("intact") / "register") as victim:
        yield victim


@pytest.fixture
def victim(untouched: Victim) -> Iterator[Victim]:
    with untouched.copied(untouched.folder.with_name("attacked")) as copy:
        yield copy


def test_an_intact_register_is_found_intact(untouched: Victim) -> None:
    report = untouched.audited(memory=True, against=True)
    assert (report.faults, report.sealed) == ([], report.size)
    assert found(untouched) is None


@pytest.mark.parametrize(("tried", "database"), TRIED)
def test_every_attack_is_found(become: Outcomes, tried: Attempt, database: str) -> None:
    began, finding = become(tried, database)
    assert finding is not None
    assert finding.who == tried.caught_by
    if began is not None and finding.first is not None and finding.last is not None:
        assert finding.first <= began <= finding.last


def test_both_databases_tell_the_same_of_entries(become: Outcomes) -> None:
    for tried in (each for each in ATTEMPTS if each.on == BOTH):
        if become(tried, "sqlite").began is None:
            continue
        one, other = (become(tried, name).finding for name in BOTH)
        assert one is not None, tried.words
        assert other is not None, tried.words
        assert (tried.words, one[:3]) == (tried.words, other[:3])


@pytest.mark.parametrize("attack", [edit_body, delete_middle, insert_middle])
def test_with_every_seal_kept_elsewhere_the_first_bad_entry_is_told(
    victim: Victim, attack: Attack
) -> None:
    against = [(f"{kept.size}.txt", kept.note) for kept in _seals(victim)]
    began = thief_remembers(attack)(victim)
    report = audit(victim.address, Outside(victim.keys.verifiers(), victim.keys.memory, against))
    assert report.first == began


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET version = 1",
        "DELETE FROM entries",
        "UPDATE checkpoint SET size = 1",
        "DELETE FROM checkpoint",
        "INSERT INTO entries SELECT * FROM entries WHERE position = 3"
        " ON CONFLICT (position) DO UPDATE SET version = 1",
    ],
)
def test_a_change_is_stopped_while_the_triggers_stand(victim: Victim, sql: str) -> None:
    with victim.opened() as db, pytest.raises(STOPPED, match="append-only"):
        db.execute(sql)


def test_not_even_a_superuser_who_plays_a_replica_passes_the_triggers(victim: Victim) -> None:
    if not isinstance(victim, OnPostgreSQL):
        pytest.skip("SQLite has no superuser")
    with victim.almighty() as db:
        db.execute("SET session_replication_role = replica")
        with pytest.raises(STOPPED, match="append-only"):
            db.execute("UPDATE entries SET version = 1")


def test_an_old_copy_is_not_written_to(victim: Victim) -> None:
    roll_back(victim)
    ledger = Ledger(victim.address, Clock(), Sealer(victim.keys))
    size = ledger.size()
    with pytest.raises(StaleRestore):
        ledger.append([next(ledger.all())])
    assert ledger.size() == size
    ledger.recorder.close()


def test_a_fork_is_explained_by_the_seals_kept_elsewhere(victim: Victim) -> None:
    old = KeyFolder(victim.folder / "old.keys").memory.read()
    assert old
    fork(victim)
    outside = Outside(victim.keys.verifiers(), None, [victim.elsewhere, ("older", old.note)])
    (fault,) = audit(victim.address, outside).faults
    assert (fault.kind, fault.position) == ("rewritten", old.point.size)
    assert fault.facts["where"] == "seal.txt"


def test_who_may_sign_in_is_no_part_of_what_is_sealed(victim: Victim) -> None:
    with victim.opened() as db:
        db.execute("UPDATE account_user SET person = 'person:director'")
    assert found(victim) is None


def test_the_last_seal_deleted_alone_comes_back(victim: Victim) -> None:
    before = _seals(victim)
    with victim.touched() as db:
        db.execute("DELETE FROM checkpoint WHERE number = ?", (len(before),))
    assert _seals(victim) == before[:-1]
    ledger = Ledger(victim.address, Clock(), Sealer(victim.keys))
    with ledger.transaction():
        pass
    ledger.recorder.close()
    assert _seals(victim) == before


def test_without_its_memory_the_signer_signs_nothing(victim: Victim) -> None:
    edit_body(victim)
    victim.smooth()
    victim.keys.memory.path.unlink()
    with victim.opened() as db, pytest.raises(SignerLost):
        Sealer(victim.keys).seal(db)
    assert victim.keys.memory.read() is None


def _seals(victim: Victim) -> list[seals.KeptSeal]:
    with victim.opened() as db:
        return list(seals.everything(db))


def test_the_page_tells_what_was_tried(become: Outcomes) -> None:
    assert PAGE.read_text("utf-8") == page(become), "write it anew: python tests/tamper/page.py"
