"""Backups: one moment of the register while others write, checked, and named once whole."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import postgres
import pytest
from cli_use import SAMPLE, Use

from domain.values import UnitKind
from events_store.audit import audit
from events_store.checkpoint import base64_of
from events_store.database import Address
from events_store.key_folder import KeyFolder
from events_store.testimony import Outside
from web.parts import join
from web.settings import Settings
from workflow.commands import RegisterUnit
from workflow.register import Request

EVERYTHING = "SELECT * FROM entries WHERE position < ? ORDER BY position"


@pytest.fixture
def use(kept_at: Address, tmp_path: Path) -> Use:
    """Return a register with people in it, on either database."""
    use = Use(tmp_path)
    use.env |= {"EXEMPLAR_KEYS": str(tmp_path / "keys"), "PATH": postgres.programs()}
    if isinstance(kept_at, str):
        use.env |= {
            "EXEMPLAR_DATABASE": kept_at,
            "EXEMPLAR_OWNER_DATABASE": postgres.as_superuser(kept_at),
        }
    use.run("init", "--email", "qt@snnmt.example.vn")
    use.run("import", SAMPLE, "--create-units")
    return use


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@contextmanager
def four_writers(at: Address, keys: KeyFolder) -> Iterator[None]:
    """Let four threads write as fast as they can, from before the block to after it."""
    parts, over, begun = (
        join(Settings(at, keys=keys.path)),
        threading.Event(),
        threading.Barrier(5),
    )
    founder = next(parts.ledger.all(0, 1)).actor

    def write() -> None:
        begun.wait()
        while not over.is_set():
            parts.register.submit(Request(RegisterUnit("Chi cục", UnitKind.DIVISION), founder))
        parts.ledger.recorder.close()
        parts.register.ledger.recorder.close()  # type: ignore[attr-defined]

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
        parts.sealer.finish(lambda: parts.ledger.db)
        parts.ledger.recorder.close()


@pytest.mark.only("sqlite")
def test_a_backup_made_while_four_write_is_a_prefix_of_the_register(
    use: Use, kept_at: Address, keys: KeyFolder, tmp_path: Path
) -> None:
    size, file = use.size(), tmp_path / "copy.db"
    with four_writers(kept_at, keys):
        made = use.json("backup", file)
    assert size <= made["entries"] < use.size()
    assert (made["checked"], made["accounts"]) == ("verify", 1)
    assert audit(file, Outside(keys.verifiers())).faults == []
    with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(use.database)) as db:
        every = copy.execute("SELECT * FROM entries ORDER BY position").fetchall()
        assert every == db.execute(EVERYTHING, (made["entries"],)).fetchall()
        assert copy.execute("SELECT email FROM account_user").fetchall() == [
            ("qt@snnmt.example.vn",)
        ]
    assert use.json("verify")["faults"] == []


@pytest.mark.only("postgresql")
def test_a_dump_made_while_four_write_is_checked_in_a_database_of_its_own(
    use: Use, kept_at: Address, keys: KeyFolder, tmp_path: Path
) -> None:
    size, file = use.size(), tmp_path / "copy.dump"
    with four_writers(kept_at, keys):
        made = use.json("backup", file)
    assert size <= made["entries"] < use.size()
    assert (made["checked"], made["accounts"]) == ("verify", 1)
    with closing(postgres.psycopg.connect(postgres.server())) as db:
        left = db.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%check%'")
        assert left.fetchone() == (0,)
    assert use.json("verify")["faults"] == []


@pytest.mark.only("postgresql")
def test_a_role_that_may_make_no_database_is_told_what_was_not_checked(
    use: Use, tmp_path: Path
) -> None:
    use.env["EXEMPLAR_OWNER_DATABASE"] = ""
    assert use.json("backup", tmp_path / "one.dump")["checked"] == "list"
    said = use.run("backup", tmp_path / "two.dump")
    assert "Mới kiểm tra được mục lục" in said.stdout
    assert "only-for-tests" not in said.output


@pytest.mark.only("postgresql")
def test_without_the_programs_of_postgresql_it_is_said_what_to_install(
    use: Use, tmp_path: Path
) -> None:
    use.env["PATH"] = str(tmp_path)
    assert "postgresql-client" in use.run("backup", tmp_path / "copy.dump", code=1).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_backup_replaces_a_file_only_when_told(use: Use, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    file.write_text("of yesterday")
    assert "--force" in use.run("backup", file, code=2).stderr
    assert file.read_text() == "of yesterday"
    use.run("backup", "--force", file)
    assert file.stat().st_size > 100_000
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".copy*"))


def test_no_key_is_in_a_backup(use: Use, keys: KeyFolder, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    assert "Khóa niêm phong KHÔNG nằm trong bản sao" in use.run("backup", file).stdout
    signer = keys.signer()
    assert signer
    secrets = (signer.seed, base64_of(bytes([signer.kind]) + signer.seed).encode())
    assert [secret in file.read_bytes() for secret in secrets] == [False, False]


@pytest.mark.only("sqlite")
def test_a_register_is_never_its_own_backup(use: Use) -> None:
    before = use.size()
    assert "chính là cuốn sổ" in use.run("backup", "--force", use.database, code=2).stderr
    assert use.size() == before


@pytest.mark.only("sqlite")
def test_what_was_tampered_with_gets_no_backup(use: Use, tmp_path: Path) -> None:
    with closing(sqlite3.connect(use.database)) as db, db:
        db.execute("UPDATE vault SET content = '{}' WHERE id = (SELECT min(id) FROM vault)")
    said = use.run("backup", tmp_path / "copy.db", code=1).stderr
    assert "lời trong kho riêng đã bị sửa" in said
    assert "không dùng" in said
    assert not list(tmp_path.glob("*copy.db*"))
