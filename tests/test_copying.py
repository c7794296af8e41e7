"""Copies: the same register in another database, row by row, or none at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import postgres
import pytest
import racing
from cli_use import SAMPLE, Use
from department import PAPER, Clock, Department
from samples import TABLES, dump, entry, stranger, units

from domain.faults import Tampered
from domain.values import ErasureGround, Role
from events_store import note, verify
from events_store.copying import Occupied, copy
from events_store.keys import parse_verifier
from events_store.ledger import Ledger
from workflow import commands as asked


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Yield an empty ledger in a database of its own."""
    with ExitStack() as closing:
        sqlite = request.param == "sqlite"
        where = tmp_path / "other.db" if sqlite else closing.enter_context(postgres.database())
        ledger = Ledger(where, Clock())
        yield ledger
        ledger.recorder.close()


def test_a_copy_has_every_row_of_every_table(
    register: Department, ledger: Ledger, other: Ledger
) -> None:
    register.attest(racing.sheet(register.unit, 60))
    person = next(e.subject for e in ledger.of_kind("person") if "officer" not in e.subject)
    erase = asked.ErasePersonalData(ErasureGround.DECIDED)
    register.ask(erase, person, Role.DIRECTOR, basis=PAPER)
    steps = list[int]()
    assert copy(ledger.reader(), other, steps.append) == ledger.size()
    assert dump(other.db, TABLES) == dump(ledger.db, TABLES)
    assert other.root() == ledger.root()
    version = other.version("unit:new") + 1
    other.append([entry("unit:new", version, units()[0].event)])  # and it goes on


def test_nothing_is_copied_onto_something(ledger: Ledger, other: Ledger) -> None:
    ledger.append(units())
    other.append(units())
    before = dump(other.db)
    with pytest.raises(Occupied) as caught:
        copy(ledger, other)
    assert caught.value.table == "entries"
    assert dump(other.db) == before


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE span SET state = 3",
        "UPDATE head SET recorded_at = recorded_at, edge = salt FROM vault",
        "DELETE FROM command WHERE position = 3",
    ],
)
def test_what_does_not_fit_together_is_not_copied(
    register: Department, ledger: Ledger, other: Ledger, tampering: str
) -> None:
    register.attest(racing.sheet(register.unit, 3))
    stranger(ledger).execute(tampering)
    with pytest.raises(Tampered):
        copy(ledger, other)
    assert (other.size(), dump(other.db, ("entries", "vault"))) == (
        0,
        {"entries": [], "vault": []},
    )


def test_a_register_goes_to_postgresql_and_back_by_command(tmp_path: Path) -> None:
    use = Use(tmp_path)
    use.run("init", "--email", "qt@snnmt.example.vn")
    use.run("import", SAMPLE, "--create-units")
    before, token = use.json("state", "--by", "unit"), use.token("ha@snnmt.example.vn", "officer")
    here, file = use.env["EXEMPLAR_DATABASE"], f"sqlite:///{tmp_path / 'back.db'}"
    use.env["EXEMPLAR_KEYS"] = str(tmp_path / "exemplar.db.keys")  # the signer stays the same
    with postgres.database() as url:
        use.run("copy", here, url)
        use.env["EXEMPLAR_DATABASE"] = url
        there = use.json("state", "--by", "unit")
        assert (there["states"], there["units"]) == (before["states"], before["units"])
        assert use.json("rebuild", "--check", "50")["identical"]
        assert {u["email"][:2] for u in use.json("user", "list")} == {"qt", "ha"}
        assert use.json("verify")["faults"] == []
        use.run("user", "add", "moi@snnmt.example.vn", "--name", "Mới", "--role", "auditor")
        use.env["EXEMPLAR_TOKEN"] = token
        assert use.json("state", "--on", "2024-06-30")["total"] > 0
        after = use.json("state")["log"]
        assert "chưa" not in use.run("copy", url, file).output
        assert "trống" in use.run("copy", url, file, code=1).stderr
    use.env["EXEMPLAR_DATABASE"] = file
    assert use.json("state")["log"] == after
    assert use.json("verify")["faults"] == []
    use.run("doctor")


UNIT = '{"name":"Chi cục A","kind":"division"}'


def test_a_register_on_postgresql_is_sealed_by_command(tmp_path: Path) -> None:
    use = Use(tmp_path)
    use.env["EXEMPLAR_KEYS"] = str(tmp_path / "keys")
    proof, leaf, log, old = (tmp_path / name for name in ("proof", "leaf", "log", "old"))
    with postgres.database() as url:
        use.env["EXEMPLAR_DATABASE"] = url
        use.run("init", "--origin", "snn.example/so")
        use.run("import", SAMPLE, "--create-units")
        first = use.json("key", "show")["key"]
        use.run("checkpoint", "-o", old, "--all", tmp_path / "all")
        receipt = use.json("submit", "register-unit", "--data", UNIT)["receipt"]
        assert receipt["checkpoint"]["root"] == use.json("state")["log"]["root"]
        use.run("prove", 3, "-o", proof, "--leaf", leaf)
        point = note.open_receipt(proof.read_bytes(), leaf.read_bytes(), [parse_verifier(first)])
        assert point.size == use.size()
        use.run("export", log)
        assert verify.main([str(log), "--key", first, "--against", str(old)]) == 0
        use.run("key", "rotate")
        assert use.json("doctor", "--against", old) == {"writable": True, "findings": []}
        answer = use.json("verify", "--against", old)
        assert (answer["entries"], answer["sealed"], answer["faults"]) == (
            use.size(),
            use.size(),
            [],
        )
        assert answer["checkpoints"] > 1
        code, out, _ = use.script("verify", "--jobs", "2", "--json", "--alone", "--key", first)
        assert (code, json.loads(out)["root"]) == (0, answer["root"])
        (tmp_path / "keys" / "memory").unlink()
        assert "KHÔNG GHI THÊM" in use.run("doctor", code=1).stdout
        assert "niêm phong" in use.run("submit", "register-unit", "--data", UNIT, code=1).stderr


def test_a_register_is_begun_on_postgresql_by_command(tmp_path: Path) -> None:
    use = Use(tmp_path)
    with postgres.database(empty=True) as url:
        use.env["EXEMPLAR_DATABASE"] = url
        use.env["EXEMPLAR_OWNER_DATABASE"] = postgres.as_owner(url)
        use.env["EXEMPLAR_KEYS"] = str(tmp_path / "keys")
        assert "migrate" in use.run("init", code=1).stderr
        assert "only-for-tests" not in use.run("migrate").output
        use.run("migrate")
        said = use.run("init", "--email", "qt@snnmt.example.vn")
        assert "only-for-tests" not in said.output
        use.run("init", code=1)
        made = use.json("import", SAMPLE, "--create-units")
        assert (made["recorded"], use.json("state")["total"]) == (480, 480)
        assert use.json("import", SAMPLE, "--create-units")["unchanged"] == 480
