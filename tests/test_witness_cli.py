"""Witnesses by command: file in and file out, over HTTP, and what an old copy or a fork meets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import postgres
import pytest
from cli_use import Use

from events_store import note, verify
from events_store.keys import parse_verifier

UNIT = '{"name":"Chi cục %s","kind":"division"}'
NAME = "nhan-chung.example/w1"


@pytest.fixture
def use(tmp_path: Path) -> Use:
    (tmp_path / "own").mkdir()
    use = Use(tmp_path / "own")
    use.env["EXEMPLAR_WITNESS"] = str(tmp_path / "witness")
    use.run("init", "--origin", "snn.example/so")
    use.run("witness", "init", NAME)
    use.run("witness", "trust", use.json("key", "show")["key"])
    use.run("witness", "add", witness_key(use))
    return use


def witness_key(use: Use) -> str:
    return str(use.json("witness", "key")["key"])


def record(use: Use, name: str, code: int = 0) -> str:
    """Record one unit; return what was said beside the answer."""
    return use.run("submit", "register-unit", "--data", UNIT % name, code=code).stderr


def by_file(use: Use, code: int = 0) -> str:
    """Ask the witness by file; return all that was said on the way."""
    asked, answer = use.folder / "asked", use.folder / "answer"
    use.run("witness", "ask", "--request", asked)
    said = use.run("witness", "cosign", asked, "-o", answer, code=code).output
    if code == 0:
        said += use.run("witness", "ask", "--answer", answer).output
    return said


def copy_of(use: Use, name: str) -> Use:
    """Return a copy of the register and its keys, as a backup has them."""
    folder = use.folder.with_name(name)
    shutil.copytree(use.folder, folder)
    copy = Use(folder)
    copy.env["EXEMPLAR_WITNESS"] = use.env["EXEMPLAR_WITNESS"]
    return copy


def key_of(use: Use) -> str:
    return str(use.json("key", "show")["key"])


def test_by_file_in_and_file_out(use: Use, capsys: pytest.CaptureFixture[str]) -> None:
    assert by_file(use).count("đã ký chung 2 mục") == 1
    record(use, "A")
    by_file(use)
    kept, folder = use.folder / "kept", use.folder / "log"
    use.run("checkpoint", "-o", kept)
    known = [parse_verifier(key_of(use)), parse_verifier(witness_key(use))]
    point, signatures = note.open_checkpoint(kept.read_bytes(), known)
    assert (point.size, [each.key for each in signatures]) == (3, known)
    use.run("export", folder)
    use.run("prove", 1, "-o", use.folder / "proof")
    assert (use.folder / "proof").read_bytes().endswith(kept.read_bytes())
    assert use.run("verify").stdout.count(f"nhân chứng {NAME}") == 1
    asked = [str(folder), "--key", key_of(use)]
    assert verify.main([*asked, "--witness", witness_key(use)]) == 0
    assert f"ký bởi snn.example/so, {NAME}." in capsys.readouterr().out


def test_a_stranger_misses_the_witness_that_has_not_cosigned(
    use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = use.folder / "log"
    by_file(use)
    use.run("checkpoint", "-o", use.folder / "kept")
    record(use, "A")
    use.run("export", folder)
    asked = [str(folder), "--key", key_of(use), "--witness", witness_key(use)]
    assert verify.main(asked) == 1
    assert f"nhân chứng {NAME} chưa ký chung" in capsys.readouterr().out
    assert verify.main([*asked, "--against", str(use.folder / "kept")]) == 0


def test_verify_says_which_known_witness_has_cosigned_nothing(use: Use) -> None:
    assert f"Nhân chứng {NAME} chưa ký chung" in use.run("verify").stderr
    by_file(use)
    answer = use.json("verify", "--alone", "--key", key_of(use), "--witness", witness_key(use))
    assert answer["agreed"] == [{"where": f"witness {NAME}", "size": 2}]
    assert use.json("verify", "--alone", "--key", key_of(use))["agreed"] == []


def test_what_a_witness_does_not_follow_or_cannot_read_is_refused(use: Use) -> None:
    asked = use.folder / "asked"
    asked.write_text("gì đó")
    answer = ("witness", "cosign", asked, "-o", use.folder / "answer")
    assert "Không phải một đề nghị" in use.run(*answer, code=1).stderr
    other = Use(use.folder.with_name("other"))
    other.folder.mkdir()
    other.founded().run("witness", "add", witness_key(use))
    other.run("witness", "ask", "--request", asked)
    assert "Chưa theo dõi sổ" in use.run(*answer, code=1).stderr
    assert not (use.folder / "answer").exists()
    use.run("key", "rotate")
    use.run("witness", "ask", "--request", asked)
    record(use, "A")
    use.run("witness", "ask", "--request", asked)
    assert "không ký niêm phong này bằng khóa đã nhận" in use.run(*answer, code=1).stderr
    use.run("witness", "trust", key_of(use))
    use.run(*answer)


def test_misuse_is_explained(use: Use, tmp_path: Path) -> None:
    assert (
        "https" in use.run("witness", "add", witness_key(use), "--url", "ftp://x", code=2).stderr
    )
    assert "Khóa không đúng" in use.run("witness", "add", key_of(use), code=1).stderr
    assert "Khóa không đúng" in use.run("witness", "trust", witness_key(use), code=1).stderr
    assert "qua mạng" in use.run("witness", "ask", code=2).stderr
    assert "witness add" in use.run("witness", "ask", "ai-do", code=2).stderr
    assert "Đã có khóa" in use.run("witness", "init", "x", code=1).stderr
    nowhere = ("--folder", tmp_path / "nowhere")
    assert "witness init" in use.run("witness", "key", *nowhere, code=1).stderr


@contextmanager
def serving(use: Use) -> Iterator[str]:
    """Run the real witness in a process of its own; yield where it answers."""
    process = use.start("witness", "serve", "--port", "0")
    try:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, process.stderr and process.stderr.read()
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_over_http(use: Use) -> None:
    with serving(use) as url:
        use.run("witness", "add", witness_key(use), "--url", url)
        assert use.json("witness", "ask")["cosigned"][0]["size"] == 2
        record(use, "A")
        assert "đã ký chung 3 mục" in use.run("witness", "ask", NAME).stdout
        assert use.json("doctor") == {"writable": True, "findings": []}
        (listed,) = use.json("witness", "list")
        assert (listed["name"], listed["url"], listed["size"]) == (NAME, url, 3)
        assert "đã ký chung 3 mục" in use.run("witness", "list").stdout
    assert "không trả lời" in use.run("witness", "ask", code=1).stderr
    told = use.json("doctor")
    assert (told["writable"], [each["what"] for each in told["findings"]]) == (True, ["silent"])


def test_an_old_backup_put_back_is_explained_by_a_kept_checkpoint(use: Use) -> None:
    record(use, "A")
    back, kept = copy_of(use, "backup"), use.folder / "kept"
    record(use, "B")
    use.run("checkpoint", "-o", kept)
    said = back.run("doctor", "--against", kept, code=1).stdout
    assert f"{kept}: 4 mục, gốc " in said
    assert "Nay sổ chỉ còn 3 mục: có bản sao cũ được đưa lại." in said
    said = back.run("verify", "--against", kept, code=1).stdout
    assert f"{kept}: đã niêm phong 4 mục, nay chỉ còn 3" in said


def test_a_fork_is_explained_by_a_kept_checkpoint(use: Use) -> None:
    record(use, "A")
    back, kept, older = copy_of(use, "backup"), use.folder / "kept", use.folder / "older"
    use.run("checkpoint", "-o", older)
    record(use, "B")
    use.run("checkpoint", "-o", kept)
    record(back, "Khác")
    record(back, "Khác nữa")
    assert back.run("doctor").exit_code == 0  # nothing in the house speaks against it
    said = back.run("doctor", "--against", kept, code=1).stdout
    assert "4 mục đầu của sổ này không như thế: sổ đã rẽ nhánh" in said
    both = back.run("verify", "--against", older, "--against", kept, code=1).stdout
    assert f"Khớp với niêm phong 3 mục ở {older}." in both
    assert f"mục 3: {kept}: không như đã niêm phong" in both


def test_an_old_backup_put_back_is_explained_by_a_witness(use: Use) -> None:
    record(use, "A")
    with serving(use) as url:
        use.run("witness", "add", witness_key(use), "--url", url)
        back = copy_of(use, "backup")
        record(use, "B")
        use.run("witness", "ask")
        assert "Sổ ghi được" not in back.run("doctor", code=1).stdout
    refused = record(back, "C", code=1)  # remembered, though the witness is gone
    assert re.search(
        rf"Nhân chứng {NAME} ký chung lúc \d\d/\d\d/\d{{4}} [\d:]{{8}}: 4 mục, gốc .{{12}}… "
        r"Nay sổ chỉ còn 3 mục: có bản sao cũ được đưa lại\. Không ghi thêm\.",
        refused,
    )
    assert back.size() == 3
    assert f"nhân chứng {NAME}: đã niêm phong 4 mục" in back.run("verify", code=1).stdout


def test_a_fork_is_explained_by_a_witness(use: Use) -> None:
    record(use, "A")
    with serving(use) as url:
        use.run("witness", "add", witness_key(use), "--url", url)
        back = copy_of(use, "backup")
        record(use, "B")
        use.run("witness", "ask")
        record(back, "Khác")
        record(back, "Khác nữa")
        refused = back.run("witness", "ask", code=1).stderr
    assert "4 mục đầu của sổ này không như thế: sổ đã rẽ nhánh" in refused
    assert "rẽ nhánh" in record(back, "C", code=1)
    assert "KHÔNG GHI THÊM" in back.run("doctor", code=1).stdout
    assert back.size() == 5


def test_a_fork_is_explained_by_a_witness_far_away(use: Use) -> None:
    record(use, "A")
    back = copy_of(use, "backup")
    record(use, "B")
    by_file(use)
    record(back, "Khác")
    record(back, "Khác nữa")
    assert "lần trước đã ký chung 4 mục" in by_file(back, code=1)
    answer = back.folder / "answer"  # what the witness had cosigned, to be shown
    refused = back.run("witness", "ask", "--answer", answer, code=1).stderr
    assert "4 mục đầu của sổ này không như thế: sổ đã rẽ nhánh" in refused
    assert "rẽ nhánh" in record(back, "C", code=1)


def test_the_same_on_postgresql(use: Use) -> None:
    use.env["EXEMPLAR_KEYS"] = str(use.folder / "keys")
    with postgres.database() as url:
        use.env["EXEMPLAR_DATABASE"] = url
        use.run("init", "--origin", "snn.example/pg")
        use.run("witness", "trust", key_of(use))
        use.run("witness", "add", witness_key(use))
        record(use, "A")
        by_file(use)
        record(use, "B")
        by_file(use)
        answer = use.json("verify", "--witness", witness_key(use))
        assert (answer["faults"], answer["agreed"][0]) == (
            [],
            {"where": f"witness {NAME}", "size": 4},
        )
        assert witness_key(use).split("+")[0] in use.run("checkpoint").stdout
        use.run("doctor")


def test_the_real_script_cosigns(use: Use) -> None:
    use.run("witness", "ask", "--request", use.folder / "asked")
    code, out, err = use.script(
        "witness", "cosign", use.folder / "asked", "-o", use.folder / "answer"
    )
    assert (code, "Đã ký chung 2 mục" in out, err) == (0, True, "")
    assert (use.folder / "answer").read_text("utf-8").count("\n— ") == 2


def test_a_loss_that_is_accepted_is_a_new_log_to_the_witness(use: Use) -> None:
    use.run("backup", use.folder / "old.db")
    record(use, "A")
    by_file(use)
    (use.folder / "exemplar.db.keys" / "memory").unlink()  # so nobody but the witness knows
    use.database.unlink()
    said = use.run("restore", use.folder / "old.db", code=1).stderr
    assert f"Nhân chứng {NAME}: đã có 3 mục, bản sao chỉ có 2" in said
    made = use.json("restore", use.folder / "old.db", "--accept-loss", "Đĩa hỏng")
    assert made["lost"]["size"] == 3
    assert (Path(made["keys_aside"]) / "cosigned").is_dir()
    record(use, "B")
    assert use.json("verify")["faults"] == []
    assert use.json("doctor") == {"writable": True, "findings": []}
    assert "theo dõi" in by_file(use, code=1)
    use.run("witness", "trust", made["key"])
    assert "đã ký chung 4 mục" in by_file(use)
    record(use, "C")
    assert use.json("verify")["faults"] == []
