"""Copies put back: none that loses what was sealed, unless told so, and then for all to see."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import postgres
import pytest
from cli_use import SAMPLE, Use

from domain.faults import LedgerError
from domain.upkeep import UPKEEP, RegisterRestored
from events_store import note, seals, verify
from events_store.checkpoint import Checkpoint, base64_of
from events_store.key_folder import KeyFolder
from events_store.ledger import Reader
from events_store.sealing import Sealer
from events_store.succession import later

UNIT = '{"name":"Chi cục A","kind":"division"}'


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Use:
    """Return a register of 3,774 entries with a backup of it."""
    use = Use(tmp_path_factory.mktemp("restored")).founded()
    use.run("import", SAMPLE, "--create-units")
    use.run("backup", use.folder / "old.db")
    return use


@pytest.fixture
def use(imported: Use, tmp_path: Path) -> Use:
    """Return a register of its own, keys and backup and all."""
    shutil.copytree(imported.folder, tmp_path / "own")
    return Use(tmp_path / "own")


def old(use: Use) -> Path:
    return use.folder / "old.db"


def keys(use: Use) -> KeyFolder:
    return KeyFolder(use.folder / "exemplar.db.keys")


def went_on(use: Use, times: int = 3) -> Path:
    """Record something after the backup; return the checkpoint over it."""
    for _ in range(times):
        use.run("submit", "register-unit", "--data", UNIT)
    kept = use.folder / "kept.checkpoint"
    use.run("checkpoint", "-o", kept)
    over()
    return kept


def over() -> None:
    """Let go of what commands in this process would have let go of by ending."""
    gc.collect()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):  # a seal that was due
            thread.join()
    gc.collect()


def point_of(use: Use, kept: Path) -> Checkpoint:
    return note.open_checkpoint(kept.read_bytes(), keys(use).verifiers())[0]


def broken(use: Use) -> None:
    """Leave of the register what a broken disk does."""
    gc.collect()
    for path in use.folder.glob("exemplar.db-*"):
        path.unlink()
    use.database.write_bytes(b"a broken disk" * 1000)


def upkept(use: Use) -> list[Any]:
    reader = Reader(use.database)
    with closing(reader.recorder):
        return [entry.event for entry in reader.entries(UPKEEP)]


def sealed(use: Use) -> list[Checkpoint]:
    """Return every checkpoint that the register keeps, each signed by a key that is known."""
    reader, known = Reader(use.database), keys(use).verifiers()
    with closing(reader.recorder):
        told = list(seals.everything(reader.db))
    return [note.open_checkpoint(each.note, known)[0] for each in told]


def test_a_copy_that_loses_nothing_is_put_back_and_recorded(use: Use) -> None:
    before, root = use.size(), use.json("state")["log"]["root"]
    broken(use)
    made = use.json("restore", old(use))
    assert (made["entries"], made["position"], made["lost"]) == (before, before, None)
    assert Path(made["former"]).read_bytes() == b"a broken disk" * 1000
    assert upkept(use) == [RegisterRestored(before, root)]
    assert use.json("verify")["faults"] == []
    assert use.json("doctor") == {"writable": True, "findings": []}
    assert use.json("lawful")["unlawful"] == 0
    assert len(keys(use).verifiers()) == 1


def test_a_copy_is_put_back_where_there_is_no_register_any_more(use: Use) -> None:
    before = use.size()
    for path in use.folder.glob("exemplar.db*"):
        if path.is_file():
            path.unlink()
    made = use.json("restore", old(use))
    assert (made["entries"], made["former"]) == (before, None)
    assert use.json("user", "list") == []
    assert use.json("verify")["faults"] == []


def test_what_a_lost_file_left_beside_it_does_not_get_into_the_copy(use: Use) -> None:
    went_on(use)
    backup = use.folder / "new.db"
    use.run("backup", backup)
    with closing(sqlite3.connect(use.database)) as db, db:
        db.execute("DELETE FROM vault")
        db.commit()
        left = use.database.with_name("exemplar.db-wal")
        shutil.copy(left, use.folder / "left")
    gc.collect()
    broken(use)
    use.database.unlink()
    shutil.copy(use.folder / "left", left)
    use.run("restore", backup)
    assert use.json("verify")["faults"] == []


def test_a_copy_that_is_older_than_the_register_or_its_signer_is_refused(use: Use) -> None:
    went_on(use)
    size = use.size()
    said = use.run("restore", old(use), code=1).stderr
    assert f"trí nhớ người niêm phong: đã có {size} mục, bản sao chỉ có {size - 3}" in said
    assert f"cuốn sổ đang dùng: đã có {size} mục, bản sao chỉ có {size - 3}" in said
    assert use.size() == size
    assert sorted(path.name for path in use.folder.glob("*restoring*")) == []
    use.database.unlink()
    assert "trí nhớ" in use.run("restore", old(use), code=1).stderr
    assert not use.database.exists()


def test_a_copy_that_is_older_than_a_checkpoint_it_is_shown_is_refused(use: Use) -> None:
    before = shutil.copytree(use.folder, use.folder.with_name("before"))
    kept = went_on(use)
    restored = Use(Path(before))  # database, keys and memory are all of yesterday
    size = restored.size()
    said = restored.run("restore", old(use), "--against", kept, code=1).stderr
    assert f"{kept}: đã có {size + 3} mục, bản sao chỉ có {size}" in said
    assert restored.size() == size


def test_a_copy_of_another_history_is_refused(use: Use) -> None:
    other = Use(Path(shutil.copytree(use.folder, use.folder.with_name("other"))))
    went_on(use)
    went_on(other, 4)
    other.run("backup", other.folder / "other.db")
    said = use.run("restore", other.folder / "other.db", code=1).stderr
    assert "3777 mục đầu của bản sao không như đã niêm phong" in said


def test_a_copy_of_another_register_is_refused_whatever_the_reason(use: Use) -> None:
    (use.folder / "b").mkdir()
    other = Use(use.folder / "b").founded()
    other.run("backup", other.folder / "copy.db")
    size = use.size()
    said = use.run("restore", other.folder / "copy.db", "--accept-loss", "Vì thế", code=1).stderr
    assert "niêm phong không đúng" in said
    assert use.size() == size


def test_a_copy_that_was_changed_is_refused_whatever_the_reason(use: Use) -> None:
    with closing(sqlite3.connect(old(use))) as db, db:
        db.execute("DROP TRIGGER entries_are_never_updated")
        db.execute("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 7")
    size = use.size()
    said = use.run("restore", old(use), "--accept-loss", "Vì thế", code=1).stderr
    assert "mục 7: nội dung không khớp với lá đã niêm phong" in said
    assert use.size() == size


def test_a_loss_that_is_accepted_is_another_log_from_there_on(use: Use) -> None:
    kept = went_on(use)
    lost, size = point_of(use, kept), 3774
    (former,) = keys(use).verifiers()
    made = use.json("restore", old(use), "--accept-loss", "Đĩa hỏng ngày 3/3")
    assert made["lost"] == {"size": lost.size, "root": base64_of(lost.root)}
    first, second = keys(use).verifiers()
    assert (str(second), first, second.name[:-8]) == (made["key"], former, f"{former.name}~")
    (event,) = upkept(use)
    assert (event.size, event.lost_size, event.lost_root) == (
        size,
        lost.size,
        base64_of(lost.root),
    )
    assert (event.former, event.key) == (str(former), made["key"])
    assert use.json("verify")["faults"] == []
    assert use.json("verify", "--alone", "--key", former)["faults"] == []  # it named the next
    assert use.json("doctor") == {"writable": True, "findings": []}
    assert use.json("lawful")["unlawful"] == 0
    went_on(use, 5)
    assert use.json("verify")["faults"] == []


def test_no_size_is_ever_signed_twice_under_one_name(use: Use) -> None:
    went_on(use)
    signed = {(p.origin, p.size): p.root for p in sealed(use)}
    last = keys(use).memory.read()
    assert last
    signed[last.point.origin, last.point.size] = last.point.root
    use.run("restore", old(use), "--accept-loss", "Đĩa hỏng")
    went_on(use, 6)
    after = [*sealed(use), point_of(use, use.folder / "kept.checkpoint")]
    assert after[-1].size > last.point.size
    assert [p for p in after if signed.get((p.origin, p.size), p.root) != p.root] == []
    assert {p.origin for p in after if p.size > 3774} == {keys(use).verifiers()[-1].name}


def test_the_old_key_and_what_it_signed_last_are_kept_aside(use: Use) -> None:
    went_on(use)
    before = keys(use).memory.read()
    signer = keys(use).signer()
    made = use.json("restore", old(use), "--accept-loss", "Đĩa hỏng")
    aside = KeyFolder(Path(made["keys_aside"]))
    assert (aside.memory.read(), aside.signer()) == (before, signer)
    assert aside.path.stat().st_mode & 0o777 == 0o700
    assert not (keys(use).path / "next").exists()


def test_a_checkpoint_that_was_given_up_is_still_a_proof_and_is_explained(use: Use) -> None:
    kept = went_on(use)
    use.run("restore", old(use), "--accept-loss", "Đĩa hỏng")
    (fault,) = use.json("verify", "--against", kept, code=1)["faults"]
    assert (fault["kind"], fault["position"], fault["restored"]) == ("shorter", 3774, 3774)
    assert "mục 3774 ghi rõ: sổ được đưa lại từ bản sao 3774 mục" in fault["says"]
    (found,) = use.json("doctor", "--against", kept)["findings"]
    assert (found["grave"], "mục 3774 ghi rõ" in found["says"]) == (False, True)


def test_a_rewritten_checkpoint_is_explained_too(use: Use) -> None:
    kept = went_on(use).rename(use.folder / "first.checkpoint")
    use.run("restore", old(use), "--accept-loss", "Đĩa hỏng")
    went_on(use, 9)
    (fault,) = use.json("verify", "--against", kept, code=1)["faults"]
    assert (fault["kind"], fault["position"], fault["restored"]) == ("rewritten", 3774, 3774)


def test_a_stranger_is_told_that_a_copy_was_put_back(
    use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    use.run("checkpoint", "-o", use.folder / "early")
    kept, log = went_on(use), use.folder / "log"
    made = use.json("restore", old(use), "--accept-loss", "Đĩa hỏng")
    use.run("export", log)
    known = ["--key", made["key"], "--key", str(keys(use).verifiers()[0])]
    asked = [str(log), *known, "--against"]
    assert verify.main([*asked, str(use.folder / "early")]) == 0
    assert "Khớp với niêm phong cũ ở cỡ 3774" in capsys.readouterr().out
    assert verify.main([*asked, str(kept)]) == 1
    said = capsys.readouterr().out
    assert "Sổ đã được đưa lại từ bản sao" in said
    assert "đã niêm phong 3777 mục, nay chỉ còn 3775" in said


def test_the_signer_who_was_replaced_refuses_what_it_did_not_sign(use: Use) -> None:
    went_on(use)
    made = use.json("restore", old(use), "--accept-loss", "Đĩa hỏng")
    reader = Reader(use.database)
    with closing(reader.recorder), pytest.raises(LedgerError):
        Sealer(KeyFolder(Path(made["keys_aside"]))).seal(reader.db)


def test_a_loss_can_be_accepted_again(use: Use) -> None:
    went_on(use)
    use.run("restore", old(use), "--accept-loss", "Lần một")
    went_on(use)
    use.run("restore", old(use), "--accept-loss", "Lần hai")
    names = [key.name for key in keys(use).verifiers()]
    assert [name[: len(names[0])] for name in names] == [names[0]] * 3
    assert len({*names}) == 3
    assert [name.count("~") for name in names] == [0, 1, 1]
    assert use.json("verify")["faults"] == []
    went_on(use, 9)
    assert use.json("verify")["faults"] == []


def test_without_the_signer_a_copy_is_put_back_only_when_told(use: Use) -> None:
    known = keys(use).verifiers()[0]
    shutil.rmtree(keys(use).path)
    said = use.run("restore", old(use), "--key", known, code=1).stderr
    assert "không có khóa hoặc trí nhớ để biết bản sao có phải bản mới nhất không" in said
    made = use.json("restore", old(use), "--key", known, "--accept-loss", "Mất cả máy")
    (event,) = upkept(use)
    assert (event.lost_size, event.former) == (None, str(known))
    assert use.json("verify")["faults"] == []
    assert made["key"].startswith(f"{known.name}~")
    assert use.json("verify", "--alone", "--key", known, "--key", made["key"])["faults"] == []
    (fault, *_) = use.json("verify", "--alone", "--key", known, code=1)["faults"]
    assert (fault["kind"], fault["declared"], fault["key"]) == ("seal", 3774, made["key"])


def test_a_register_that_is_open_is_not_replaced(use: Use) -> None:
    with closing(sqlite3.connect(use.database)) as db:
        db.execute("SELECT 1 FROM head").fetchone()
        assert "Dừng máy chủ" in use.run("restore", old(use), code=1).stderr
    use.run("restore", old(use))


def test_only_an_administrator_puts_a_copy_back(use: Use) -> None:
    use.env["EXEMPLAR_TOKEN"] = use.token("ha@snnmt.example.vn", "officer")
    use.run("backup", use.folder / "new.db")
    said = use.run("restore", use.folder / "new.db", code=1).stderr
    assert "“Khôi phục sổ” chỉ do" in said
    assert upkept(use) == []


@pytest.mark.parametrize("content", [b"", b"no register" * 900])
def test_what_is_no_backup_is_not_put_back(use: Use, content: bytes) -> None:
    wrong = use.folder / "wrong"
    wrong.write_bytes(content)
    assert "không phải là sổ" in use.run("restore", wrong, code=2).stderr
    assert use.size() == 3774


def test_broken_off_before_the_key_is_changed_nothing_can_be_written(
    use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on(use)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(KeyFolder, "succeed", fails)
        use.run("restore", old(use), "--accept-loss", "Đĩa hỏng", code=2)
    over()
    refused = use.run("submit", "register-unit", "--data", UNIT, code=1).stderr
    assert "Không ghi thêm" in refused
    assert use.json("doctor", code=1)["writable"] is False
    over()
    use.run("restore", old(use), "--accept-loss", "Đĩa hỏng")
    assert use.json("verify")["faults"] == []
    assert len(upkept(use)) == 1


def test_a_dump_is_put_into_an_empty_database(tmp_path: Path) -> None:
    use, dump = Use(tmp_path), tmp_path / "copy.dump"
    use.env |= {"EXEMPLAR_KEYS": str(tmp_path / "keys"), "PATH": postgres.programs()}
    with postgres.database() as first, postgres.database(empty=True) as second:
        use.env["EXEMPLAR_DATABASE"] = first
        use.run("init", "--email", "qt@snnmt.example.vn")
        use.run("import", SAMPLE, "--create-units")
        use.run("backup", dump)
        before, accounts = use.json("state")["log"], use.json("user", "list")
        assert "đã có dữ liệu" in use.run("restore", dump, code=1).stderr
        use.env |= {
            "EXEMPLAR_DATABASE": second,
            "EXEMPLAR_OWNER_DATABASE": postgres.as_owner(second),
        }
        made = use.json("restore", dump)
        assert (made["entries"], made["root"], made["key"]) == (*before.values(), None)
        assert use.json("user", "list") == accounts
        assert use.json("verify")["faults"] == []
        assert use.json("doctor") == {"writable": True, "findings": []}
        use.run("user", "add", "moi@snnmt.example.vn", "--name", "Mới", "--role", "auditor")


def test_a_stale_dump_leaves_an_empty_database_empty_unless_told(tmp_path: Path) -> None:
    use, dump = Use(tmp_path), tmp_path / "copy.dump"
    use.env |= {"EXEMPLAR_KEYS": str(tmp_path / "keys"), "PATH": postgres.programs()}
    with postgres.database() as first, postgres.database(empty=True) as second:
        use.env["EXEMPLAR_DATABASE"] = first
        use.founded().run("backup", dump)
        size = use.size()
        went_on(use)
        use.env |= {
            "EXEMPLAR_DATABASE": second,
            "EXEMPLAR_OWNER_DATABASE": postgres.as_owner(second),
        }
        assert "trí nhớ" in use.run("restore", dump, code=1).stderr
        with closing(postgres.psycopg.connect(postgres.as_owner(second))) as db:
            tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            assert db.execute(tables).fetchone() == (0,)
        made = use.json("restore", dump, "--accept-loss", "Máy chủ cháy")
        assert (made["entries"], made["lost"]["size"]) == (size, size + 3)
        assert use.json("verify")["faults"] == []
        use.env["EXEMPLAR_DATABASE"] = first  # whoever still uses the old one is refused
        assert (
            "Không ghi thêm" in use.run("submit", "register-unit", "--data", UNIT, code=1).stderr
        )
        cut = tmp_path / "cut.dump"
        cut.write_bytes(dump.read_bytes()[:3000])
        use.env["EXEMPLAR_DATABASE"] = second
    with postgres.database(empty=True) as third:
        use.env |= {
            "EXEMPLAR_DATABASE": third,
            "EXEMPLAR_OWNER_DATABASE": postgres.as_owner(third),
        }
        assert "pg_restore không làm xong" in use.run("restore", cut, code=1).stderr
        assert (
            "không phải bản sao lưu"
            in use.run("restore", use.folder / "keys" / "memory", code=2).stderr
        )


@pytest.mark.parametrize(
    ("origin", "stem"), [("so", "so"), ("so~5f2a90c1", "so"), ("a~b", "a~b"), ("a/9", "a/9")]
)
def test_a_log_that_goes_on_from_a_part_of_another_has_a_name_of_its_own(
    origin: str, stem: str
) -> None:
    names = {later(origin) for _ in range(20)}
    assert len(names) == 20
    assert {name.rpartition("~")[0] for name in names} == {stem}
