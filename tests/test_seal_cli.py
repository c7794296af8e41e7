"""Sealing by command: keys, checkpoints, proofs and exports that a stranger can check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_use import SAMPLE, Use

from events_store import note, proven, verify
from events_store.keys import parse_verifier

UNIT = '{"name":"Chi cục %s","kind":"division"}'


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Use:
    use = Use(tmp_path_factory.mktemp("sealed")).founded()
    use.run("import", SAMPLE, "--create-units")
    return use


@pytest.fixture
def use(imported: Use, tmp_path: Path) -> Use:
    """Return a register of its own, keys and all."""
    shutil.copytree(imported.folder, tmp_path / "own")
    return Use(tmp_path / "own")


def key_of(use: Use) -> str:
    return str(use.json("key", "show")["key"])


def test_a_command_answers_with_a_receipt(use: Use) -> None:
    receipt = use.json("submit", "register-unit", "--data", UNIT % "A")["receipt"]
    (leaf,) = receipt["leaves"]
    assert receipt["checkpoint"]["size"] == use.size() == leaf["position"] + 1
    assert receipt["checkpoint"]["root"] == use.json("state")["log"]["root"]


def test_a_receipt_is_proven_by_whoever_kept_it(use: Use) -> None:
    answer, proof = use.folder / "answer", use.folder / "proof"
    answer.write_text(use.run("submit", "register-unit", "--data", UNIT % "A", "--json").stdout)
    use.run("submit", "register-unit", "--data", UNIT % "B")
    use.run("prove", use.size() - 2, "-o", proof)
    assert proven.main([str(proof), str(answer), "--key", key_of(use)]) == 0
    use.run("prove", use.size() - 1, "-o", proof)
    assert proven.main([str(proof), str(answer), "--key", key_of(use)]) == 1


def test_the_origin_can_be_named(tmp_path: Path) -> None:
    use = Use(tmp_path)
    use.run("init", "--origin", "snn.example/so")
    assert key_of(use).startswith("snn.example/so+")
    assert use.run("checkpoint").stdout.startswith("snn.example/so\n1\n") or use.size() > 1


def test_a_checkpoint_is_a_signed_note(use: Use) -> None:
    signed = use.run("checkpoint").stdout.encode()
    point, _ = note.open_checkpoint(signed, [parse_verifier(key_of(use))])
    assert point.size == use.size()
    folder = use.folder / "all"
    use.run("checkpoint", "--all", folder)
    newest = max(folder.iterdir())
    assert newest.read_bytes() == signed


@pytest.mark.parametrize("position", [0, 1, 255, 256, 3000])
def test_a_proof_is_what_others_accept(use: Use, position: int) -> None:
    proof, leaf = use.folder / "proof", use.folder / "leaf"
    use.run("prove", position, "-o", proof, "--leaf", leaf)
    keys = [parse_verifier(key_of(use))]
    point = note.open_receipt(proof.read_bytes(), leaf.read_bytes(), keys)
    assert point.size == use.size()
    assert proven.main([str(proof), str(leaf), "--key", key_of(use)]) == 0


def test_there_is_no_proof_beyond_the_end(use: Use) -> None:
    result = use.run("prove", use.size(), "-o", use.folder / "proof", code=1)
    assert "sổ chỉ có" in result.stderr
    assert not (use.folder / "proof").exists()


def test_an_export_is_checked_without_us(use: Use, capsys: pytest.CaptureFixture[str]) -> None:
    folder, old = use.folder / "log", use.folder / "old.checkpoint"
    use.run("checkpoint", "-o", old)
    use.run("submit", "register-unit", "--data", UNIT % "A")
    use.run("export", "--format", "tiles", folder)
    asked = [str(folder), "--key", key_of(use), "--against", str(old)]
    assert verify.main(asked) == 0
    assert "ĐÚNG" in capsys.readouterr().out


def test_an_export_never_goes_back(use: Use) -> None:
    folder = use.folder / "log"
    shutil.copytree(use.folder, use.folder.with_name("older"))
    use.run("submit", "register-unit", "--data", UNIT % "A")
    use.run("export", folder)
    older = Use(use.folder.with_name("older"))
    assert "niêm phong" in older.run("export", folder, code=1).stderr


def test_a_rotated_key_is_followed(use: Use) -> None:
    old = key_of(use)
    new = use.json("key", "rotate")["key"]
    use.run("submit", "register-unit", "--data", UNIT % "A")
    shown = use.json("key", "show")
    assert (shown["key"], shown["former"]) == (new, [old])
    assert use.json("verify", "--alone", "--key", old)["faults"] == []


def test_verify_says_that_all_is_well(use: Use) -> None:
    answer = use.json("verify")
    assert (answer["entries"], answer["sealed"], answer["faults"]) == (use.size(), use.size(), [])
    assert "ĐÚNG" in use.run("verify").stdout


def test_two_processes_find_what_one_finds(use: Use) -> None:
    alone = use.json("verify")
    code, out, err = use.script("verify", "--jobs", "2", "--json")
    assert code == 0, err
    together = json.loads(out)
    assert {**together, "seconds": 0} == {**alone, "seconds": 0}


def test_an_old_copy_put_back_is_explained_and_not_written_to(use: Use) -> None:
    kept = use.folder / "kept.checkpoint"
    old = Use(shutil.copytree(use.folder, use.folder.with_name("older")))
    use.run("submit", "register-unit", "--data", UNIT % "A")
    use.run("checkpoint", "-o", kept)
    old.env["EXEMPLAR_KEYS"] = str(use.folder / "exemplar.db.keys")
    assert "KHÔNG GHI THÊM" in old.run("doctor", code=1).stdout
    refused = old.run("submit", "register-unit", "--data", UNIT % "B", code=1)
    assert "bản sao cũ" in refused.stderr
    assert old.size() == use.size() - 1
    assert old.json("verify", "--alone", "--against", kept, code=1)["faults"]


@pytest.mark.parametrize("text", [b"", b"x", b"a\n1\n", b"\xff" * 300])
def test_what_is_no_checkpoint_is_said_to_be_none(use: Use, text: bytes) -> None:
    wrong = use.folder / "wrong"
    wrong.write_bytes(text)
    assert "niêm phong không đúng" in use.run("verify", "--against", wrong, code=1).stdout


def test_a_seal_of_another_log_is_no_seal_of_ours(use: Use, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Use(tmp_path / "other").founded()
    kept = tmp_path / "kept"
    other.run("checkpoint", "-o", kept)
    assert use.run("verify", "--against", kept, code=1).exit_code == 1


def test_a_key_is_made_for_a_register_without_one(use: Use) -> None:
    shutil.rmtree(use.folder / "exemplar.db.keys")
    assert "thư mục khóa" in use.run("key", "create", code=1).stderr
