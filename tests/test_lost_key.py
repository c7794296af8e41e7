"""A key that nobody has any more: a new one takes its place, and the log says so."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from cli_use import Use

from domain.upkeep import UPKEEP, SigningKeyReplaced
from events_store import verify
from events_store.key_folder import KeyFolder
from events_store.ledger import Reader

UNIT = '{"name":"Chi cục A","kind":"division"}'
LOST = ("key", "replace", "--lost", "Ổ đĩa khóa hỏng")


@pytest.fixture
def use(tmp_path: Path) -> Use:
    use = Use(tmp_path).founded()
    for _ in range(3):
        use.run("submit", "register-unit", "--data", UNIT)
    use.run("checkpoint", "-o", tmp_path / "kept")
    return use


def keys(use: Use) -> KeyFolder:
    return KeyFolder(use.folder / "exemplar.db.keys")


def replaced(use: Use) -> SigningKeyReplaced:
    reader = Reader(use.database)
    with closing(reader.recorder):
        (entry,) = reader.entries(UPKEEP)
    assert isinstance(entry.event, SigningKeyReplaced)
    return entry.event


def test_a_key_that_can_be_read_is_not_lost(use: Use) -> None:
    before = keys(use).signer()
    assert "exemplar key rotate" in use.run(*LOST, code=1).stderr
    assert keys(use).signer() == before


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"PRIVATE+KEY+so+00000000+AAAA"])
def test_a_lost_key_is_replaced_and_what_it_signed_stays_proven(
    use: Use, content: bytes | None
) -> None:
    (former,) = keys(use).verifiers()
    keys(use).key.unlink()
    if content is not None:
        keys(use).key.write_bytes(content)
    assert use.run("submit", "register-unit", "--data", UNIT, code=1).stderr
    size = use.size()
    made = use.json(*LOST)
    event = replaced(use)
    assert (event.former, event.key, event.size) == (str(former), made["key"], size)
    assert made["key"].startswith(f"{former.name}+")  # nothing is lost but the key
    use.run("submit", "register-unit", "--data", UNIT)
    assert use.json("verify", "--against", use.folder / "kept")["faults"] == []
    assert use.json("doctor") == {"writable": True, "findings": []}
    assert use.json("lawful")["unlawful"] == 0


def test_without_its_memory_the_log_goes_on_under_another_name(use: Use) -> None:
    (former,) = keys(use).verifiers()
    shutil.rmtree(keys(use).path)
    made = use.json(*LOST)
    assert made["key"].startswith(f"{former.name}~")
    assert made["former"] == f"{former.name}+{former.id.hex()}"
    use.run("submit", "register-unit", "--data", UNIT)
    both = ("--key", former, "--key", made["key"])
    assert use.json("verify", "--alone", "--against", use.folder / "kept", *both)["faults"] == []


def test_a_memory_that_is_lost_alone_is_no_end_either(use: Use) -> None:
    (former,) = keys(use).verifiers()
    keys(use).memory.path.unlink()
    assert "key replace --lost" in use.run("key", "rotate", code=1).stderr
    made = use.json(*LOST)
    assert made["key"].startswith(f"{former.name}~")
    assert use.json("verify", "--alone", "--key", former)["faults"] == []  # it named the next


def test_whoever_knows_the_old_key_alone_is_told_of_the_new_one(
    use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    (former,) = keys(use).verifiers()
    keys(use).key.unlink()
    made = use.json(*LOST)
    faults = use.json("verify", "--alone", "--key", former, code=1)["faults"]
    told = {(fault["kind"], fault["declared"], fault["key"]) for fault in faults}
    assert told == {("seal", made["position"], made["key"])}
    assert f"thêm --key {made['key']}" in faults[0]["says"]
    log = use.folder / "log"
    use.run("export", log)
    asked = [str(log), "--against", str(use.folder / "kept"), "--key", str(former)]
    assert verify.main([*asked, "--key", made["key"]]) == 0
    assert "signing-key-replaced" in capsys.readouterr().out


def test_a_register_that_lost_entries_too_is_restored_instead(use: Use) -> None:
    use.run("backup", use.folder / "copy.db")
    use.run("submit", "register-unit", "--data", UNIT)
    stale = Use(use.folder / "stale")
    stale.folder.mkdir()
    shutil.copy(use.folder / "copy.db", stale.database)
    shutil.copytree(keys(use).path, keys(stale).path)
    keys(stale).key.unlink()
    assert "exemplar restore" in stale.run(*LOST, code=1).stderr
    assert not keys(stale).key.exists()
