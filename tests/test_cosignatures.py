"""Cosignatures of our checkpoints: asked for, kept, shown, and held against us."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import postgres
import pytest
from department import Clock
from desk import served
from samples import entry, rows, stranger
from sealed_log import LOG

from domain.faults import BadCheckpoint, LedgerError, Unreadable
from domain.unit import UnitRegistered
from domain.values import UnitKind
from events_store import cosignatures, note
from events_store.audit import audit
from events_store.copying import copy
from events_store.database import Address
from events_store.doctor import ask_witnesses, examine
from events_store.key_folder import KeyFolder
from events_store.keys import BadKey, generate
from events_store.ledger import Ledger, Reader
from events_store.memory import Remembered
from events_store.postgresql import migrate
from events_store.report import Report
from events_store.sealing import Contradicted, Sealer
from events_store.sqlite import SCHEMA_VERSION
from events_store.testimony import Outside
from events_store.witness import Witness
from events_store.witness_asking import Silent, Unwilling, ask, carried, request
from events_store.witnesses import Known, Vouched, vouched_by
from web.witness import create_witness

ORIGIN = "so-dien-hinh/thu"
NAME = "nhan-chung/mot"
Grow = Callable[[int], Remembered]


@pytest.fixture
def ledger(kept_at: Address, clock: Clock, sealer: Sealer) -> Iterator[Ledger]:
    ledger = Ledger(kept_at, clock, sealer)
    yield ledger
    sealer.finish(lambda: ledger.db)
    ledger.recorder.close()


@pytest.fixture
def witness(tmp_path: Path, keys: KeyFolder) -> Witness:
    made = Witness(tmp_path / "witness")
    made.create(NAME)
    made.trust(keys.verifiers()[0])
    return made


@pytest.fixture
def known(witness: Witness, keys: KeyFolder) -> Iterator[Known]:
    with served(create_witness(witness)) as url:
        keys.witnesses.add(witness.signer().verifier, url)
        yield keys.witnesses.known()[0]


@pytest.fixture
def grow(ledger: Ledger, sealer: Sealer) -> Grow:
    return lambda number: grown(ledger, sealer, number)


def grown(ledger: Ledger, sealer: Sealer, number: int, name: str = "unit") -> Remembered:
    """Append so many units, seal them, and return the seal."""
    size = ledger.size()
    ledger.append(
        [
            entry(f"{name}:{size + at}", 1, UnitRegistered(f"Đơn vị {at}", UnitKind.DIVISION))
            for at in range(number)
        ]
    )
    sealer.finish(lambda: ledger.db)
    last = sealer.seal(ledger.db)
    assert last
    return last


def collect(ledger: Ledger, keys: KeyFolder, last: Remembered, known: Known) -> Vouched:
    """Ask, and keep what was given, as the command does."""
    old = cosignatures.last_size(ledger.db, known.key, last.point.origin)
    given = ask(ledger.db, keys, last, known, old)
    keys.witnesses.remember(given)
    with ledger.transaction():
        pass
    return given


def kept(ledger: Ledger) -> list[tuple[int, int, str]]:
    return [told[:3] for told in cosignatures.everything(ledger.db)]


def audited(ledger: Ledger, keys: KeyFolder) -> Report:
    own = keys.witnesses
    outside = Outside(keys.verifiers(), keys.memory, (), own.verifiers(), own.vouched())
    return audit(ledger.recorder.address, outside)


def test_a_witness_cosigns_a_growing_register(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow
) -> None:
    sizes = []
    for more in (1, 6, 300):
        given = collect(ledger, keys, grow(more), known)
        sizes.append(given.point.size)
    mark = cosignatures.mark(known.key)
    assert sizes == [1, 7, 307]
    assert kept(ledger) == [(at, size, mark) for at, size in enumerate(sizes, start=1)]
    signed = cosignatures.cosigned(ledger.db, grow(0).note, 307)
    _, signatures = note.open_checkpoint(signed, [*keys.verifiers(), known.key])
    assert [each.key for each in signatures] == [*keys.verifiers(), known.key]
    report = audited(ledger, keys)
    assert (report.faults, report.sealed) == ([], 307)
    assert {each.where: each.point.size for each in report.agreed} == {
        f"witness {NAME}": 307,
        "memory": 307,
    }
    assert examine(ledger.db, keys) == []


def test_who_has_forgotten_what_it_gave_begins_where_the_witness_is(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow
) -> None:
    ask(ledger.db, keys, grow(5), known, 0)  # the answer is lost
    assert ask(ledger.db, keys, grow(0), known, 0).point.size == 5
    assert ask(ledger.db, keys, grow(4), known, 0).point.size == 9


def test_a_file_that_is_carried_does_the_same(
    ledger: Ledger, keys: KeyFolder, witness: Witness, grow: Grow
) -> None:
    keys.witnesses.add(witness.signer().verifier, None)
    last = grow(5)
    answer = witness.cosign(request(ledger.db, last, 0)).note
    given = carried(answer, keys)
    assert (given.key, given.point) == (witness.signer().verifier, last.point)
    with pytest.raises(BadCheckpoint):
        carried(last.note, keys)


def test_a_line_of_nobody_known_is_passed_over_and_a_false_one_is_refused(
    keys: KeyFolder, witness: Witness, ledger: Ledger, grow: Grow
) -> None:
    key = witness.signer().verifier
    made = witness.cosign(request(ledger.db, grow(3), 0)).note
    more = note.add(made, [note.line(note.split(made)[0], LOG)])
    assert vouched_by(key, more, keys.verifiers()).note == made
    text, lines = note.split(made)
    false = note.Line(NAME, key.id, lines[1].raw[:-1] + bytes([lines[1].raw[-1] ^ 1]))
    with pytest.raises(BadCheckpoint):
        vouched_by(key, note.add(made, [false]), keys.verifiers())
    with pytest.raises(BadCheckpoint):
        vouched_by(key, f"{text}\n{lines[1]}".encode(), keys.verifiers())


def test_who_does_not_answer_is_named(ledger: Ledger, keys: KeyFolder, grow: Grow) -> None:
    last, nobody = grow(2), Witness(keys.path.with_name("other")).create(NAME).verifier
    keys.witnesses.add(nobody, "http://127.0.0.1:9")
    with pytest.raises(Silent):
        ask(ledger.db, keys, last, keys.witnesses.known()[0], 0)
    assert [(each.what, each.grave) for each in ask_witnesses(keys)] == [("silent", False)]
    with pytest.raises(BadKey):
        keys.witnesses.add(keys.verifiers()[0], None)


def test_a_witness_that_does_not_follow_us_says_so(
    ledger: Ledger, keys: KeyFolder, known: Known, witness: Witness, grow: Grow
) -> None:
    witness.logs.unlink()
    with pytest.raises(Unwilling) as caught:
        ask(ledger.db, keys, grow(2), known, 0)
    assert caught.value.status == 404


@pytest.mark.only("sqlite")
def test_old_copies_of_all_we_have_are_found_out_by_the_witness(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, tmp_path: Path, sealer: Sealer
) -> None:
    grow(5)
    older = copied(ledger, keys, tmp_path / "older")
    collect(ledger, keys, grow(3), known)
    there = KeyFolder(tmp_path / "older" / "keys")
    back = Ledger(older, Clock(), Sealer(there))
    assert examine(back.db, there) == []
    assert ask_witnesses(there) == []
    (found,) = examine(back.db, there)
    assert (found.what, found.grave) == ("witness", True)
    assert isinstance(found.error, Contradicted)
    assert (found.error.point.size, found.error.size, found.error.where) == (
        8,
        5,
        f"witness {NAME}",
    )
    with pytest.raises(Contradicted):
        back.append([entry("unit:x", 1, UnitRegistered("X", UnitKind.DIVISION))])
    assert back.size() == 5


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("more", [2, 3, 4])
def test_a_fork_is_found_out_when_the_witness_is_asked(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, tmp_path: Path, more: int
) -> None:
    grow(5)
    older = copied(ledger, keys, tmp_path / "older")
    collect(ledger, keys, grow(3), known)
    there = KeyFolder(tmp_path / "older" / "keys")
    sealer = Sealer(there)
    back = Ledger(older, Clock(), sealer)
    forked = grown(back, sealer, more, "other")
    with pytest.raises(Contradicted) as caught:
        ask(back.db, there, forked, known, 5)
    assert (caught.value.point.size, caught.value.size) == (8, 5 + more)
    with pytest.raises(Contradicted):
        grown(back, sealer, 1)
    faults = audited(back, there).faults
    assert {fault.facts["where"] for fault in faults} == {f"witness {NAME}"}
    assert {fault.kind for fault in faults} == {"shorter" if more < 3 else "rewritten"}


@pytest.mark.only("sqlite")
def test_a_size_alone_is_a_warning_and_no_proof(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, witness: Witness, tmp_path: Path
) -> None:
    last = grow(5)
    older = copied(ledger, keys, tmp_path / "older")
    collect(ledger, keys, grow(3), known)
    there = KeyFolder(tmp_path / "older" / "keys")
    there.replace(generate(ORIGIN))  # the checkpoint that the witness shows is not by its key
    there.public.write_text(f"{there.verifiers()[-1]}\n")
    back = Reader(older)
    with pytest.raises(BadCheckpoint):
        ask(back.db, there, last, known, 5)
    assert [(each.what, each.grave) for each in ask_witnesses(there)] == [("silent", False)]


def copied(ledger: Ledger, keys: KeyFolder, folder: Path) -> Path:
    """Return a copy of the register, with its keys beside it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "exemplar.db")) as made:
        ledger.db.backup(made)  # type: ignore[attr-defined]
    shutil.copytree(keys.path, folder / "keys")
    return folder / "exemplar.db"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cosignature SET note = note",
        "DELETE FROM cosignature",
        "INSERT INTO cosignature SELECT 3, size, witness, note FROM cosignature",
    ],
)
def test_not_even_the_owner_changes_a_cosignature(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, sql: str
) -> None:
    collect(ledger, keys, grow(3), known)
    before = rows(ledger.db, "cosignature")
    with pytest.raises(Exception, match="append-only"):
        stranger(ledger).execute(sql)
    assert (rows(ledger.db, "cosignature"), len(before)) == (before, 1)


def test_a_copy_has_them_too(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, tmp_path: Path
) -> None:
    for more in (3, 4):
        collect(ledger, keys, grow(more), known)
    before = rows(ledger.db, "cosignature")
    with postgres.database() as url:
        for there in (url, tmp_path / "copy.db"):
            other = Ledger(there, Clock())
            copy(ledger.reader(), other)
            assert rows(other.db, "cosignature") == before
            assert audited(other, keys).faults == []
            other.recorder.close()
    ledger.rebuild()
    assert rows(ledger.db, "cosignature") == before


TAMPERED = {
    "UPDATE cosignature SET size = 2 WHERE number = 1": "seal-order",
    "DELETE FROM cosignature WHERE number = 1": "seal-order",
    "UPDATE cosignature SET note = (SELECT note FROM checkpoint WHERE number = 1)": "seal",
    "UPDATE cosignature SET witness = 'x+00000000'": "seal",
}


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("sql", TAMPERED)
def test_a_touched_cosignature_is_found(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, sql: str
) -> None:
    for more in (3, 4):
        collect(ledger, keys, grow(more), known)
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    guards = ledger.db.execute(triggers).fetchall()
    for name, _ in guards:
        ledger.db.execute(f"DROP TRIGGER {name}")
    ledger.db.execute(sql)
    for _, text in guards:
        ledger.db.execute(text)
    assert {fault.kind for fault in audited(ledger, keys).faults} == {TAMPERED[sql]}


def test_a_known_witness_whose_line_is_false_is_found(
    ledger: Ledger, keys: KeyFolder, witness: Witness, grow: Grow
) -> None:
    last, key = grow(3), witness.signer().verifier
    keys.witnesses.add(key, None)
    made = witness.cosign(request(ledger.db, last, 0)).note
    text, (log, own) = note.split(made)
    false = own._replace(raw=own.raw[:-1] + bytes([own.raw[-1] ^ 1]))
    with ledger.transaction() as db:
        spoiled = f"{text}\n{log}{false}".encode()
        cosignatures.keep(db, Vouched(key, last.point, 0, spoiled))
    assert [fault.kind for fault in audited(ledger, keys).faults] == ["seal"]
    unknown = Outside(keys.verifiers(), keys.memory)
    assert audit(ledger.recorder.address, unknown).faults == []


def test_a_torn_file_of_what_was_cosigned_is_no_permission(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow
) -> None:
    collect(ledger, keys, grow(3), known)
    (file,) = keys.witnesses.cosigned.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    fresh = KeyFolder(keys.path)
    with pytest.raises(Unreadable):
        fresh.witnesses.vouched()
    assert [(each.what, each.grave) for each in examine(ledger.db, fresh)] == [("witness", True)]
    with pytest.raises(LedgerError):
        Ledger(ledger.recorder.address, Clock(), Sealer(fresh)).append(
            [entry("unit:x", 1, UnitRegistered("X", UnitKind.DIVISION))]
        )


@pytest.mark.only("sqlite")
def test_a_register_of_the_schema_before_is_read_and_brought_up(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, kept_at: Path, tmp_path: Path
) -> None:
    grow(3)
    with closing(sqlite3.connect(kept_at)) as db:
        db.execute("DROP TABLE cosignature")
        db.execute("PRAGMA user_version = 2")
    assert audited(ledger, keys).faults == []
    other = Ledger(tmp_path / "copy.db", Clock())
    assert copy(Reader(kept_at), other) == 3
    again = Ledger(kept_at, Clock(), Sealer(keys))
    assert again.db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    collect(again, keys, grown(again, Sealer(keys), 2), known)
    assert audited(again, keys).faults == []
    with closing(sqlite3.connect(kept_at)) as db:
        db.execute("DROP TABLE cosignature")
    assert {fault.kind for fault in audited(again, keys).faults} == {"broken"}


@pytest.mark.only("postgresql")
def test_a_register_on_postgresql_of_the_schema_before_is_brought_up(
    ledger: Ledger, keys: KeyFolder, known: Known, grow: Grow, kept_at: str
) -> None:
    grow(3)
    owner = stranger(ledger)
    owner.execute("DROP TABLE cosignature")
    owner.execute("DROP FUNCTION cosignatures_are_append_only, cosignatures_have_a_gap")
    migrate(postgres.as_owner(kept_at), kept_at)
    collect(ledger, keys, grow(2), known)
    assert audited(ledger, keys).faults == []
