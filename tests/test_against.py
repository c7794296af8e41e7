"""What was kept elsewhere, against a register whose past was smoothly rewritten."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_use import Use
from department import Clock
from samples import entry

from domain.unit import UnitRegistered
from domain.values import UnitKind
from events_store import merkle, note, seal
from events_store.audit import audit
from events_store.checkpoint import Checkpoint, Receipt, format_checkpoint, format_receipt
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.proofs import prove_inclusion, subtrees
from events_store.public_log import head, kept, texts
from events_store.published import export
from events_store.sealing import Sealer
from events_store.sqlite import SCHEMA
from events_store.stretch import Fault
from events_store.testimony import Outside, Own, hear

SEALED = (300, 520, 640)  # sizes at which somebody carried a checkpoint away
CHANGED = 400


class Case:
    """A register, and what others keep of it: notes in a folder, and the published log."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "exemplar.db"
        self.notes, self.log = folder / "notes", folder / "log"
        self.keys = KeyFolder(folder / "exemplar.db.keys")

    @property
    def last(self) -> Path:
        """Return the largest checkpoint."""
        return max(self.notes.iterdir())

    def record(self) -> None:
        """Record units up to each size, and give away what others keep."""
        self.notes.mkdir()
        self.keys.create("so-dien-hinh/thu")
        ledger, sealer = Ledger(self.path, Clock()), Sealer(self.keys)
        for size in SEALED:
            made = UnitRegistered("Đội một", UnitKind.DIVISION)
            told = range(ledger.size(), size)
            ledger.append([entry(f"unit:{at}", 1, made) for at in told])
            last = sealer.seal(ledger.db)
            assert last
            (self.notes / f"{size}.checkpoint").write_bytes(last.note)
        export(self.log, last.note, texts(ledger.db))
        ledger.recorder.close()

    def rewrite(self, *positions: int, size: int = SEALED[-1]) -> None:
        """Change entries and cut the tail so that the database agrees with itself again."""
        with closing(sqlite3.connect(self.path)) as db:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                db.execute(f"DROP TRIGGER {name}")
            db.execute("DELETE FROM entries WHERE position >= ?", (size,))
            db.execute("DELETE FROM checkpoint")
            for at, subject, version, when, name, body, blind, _ in db.execute(
                "SELECT * FROM entries"
            ).fetchall():
                new = body.replace("một".encode(), b"hai") if at in positions else body
                leaf = seal.leaf(at, version, when, subject, name, new, blind)
                sql = "UPDATE entries SET body = ?, leaf = ? WHERE position = ?"
                db.execute(sql, (new, leaf, at))
            leaves = [row[0] for row in db.execute("SELECT leaf FROM entries ORDER BY position")]
            _, edge = merkle.extend(0, b"", leaves)
            db.execute("UPDATE head SET size = ?, edge = ?", (size, edge))
            db.commit()
            db.executescript(SCHEMA)
        Ledger(self.path, Clock()).rebuild()

    def faults(self, *against: Path) -> list[Fault]:
        """Return what an auditor finds who knows the key and what others kept."""
        notes = [(str(path), path.read_bytes()) for path in against if path.is_file()]
        logs = [path for path in against if path.is_dir()]
        return audit(self.path, Outside(self.keys.verifiers(), None, notes, logs=logs)).faults

    def told(self, *against: Path, code: int = 1) -> str:
        """Return what `exemplar verify` says."""
        key = str(self.keys.verifiers()[0])
        asked = [word for path in against for word in ("--against", path)]
        run = Use(self.folder).run("verify", "--alone", "--key", key, *asked, code=code)
        return run.stdout


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("recorded"))
    case.record()
    return case


@pytest.fixture
def case(recorded: Case, tmp_path: Path) -> Case:
    return Case(Path(shutil.copytree(recorded.folder, tmp_path / "own")))


def test_what_was_not_rewritten_agrees_with_everything(case: Case) -> None:
    assert case.faults(*case.notes.iterdir(), case.log) == []
    said = case.told(case.notes, case.log, code=0)
    assert said.count("Khớp với niêm phong") == len(SEALED) + 1
    assert f"{case.log}: chỉ so niêm phong" in said  # for whoever thinks its tiles were read


def test_a_rewritten_past_is_not_seen_from_inside(case: Case) -> None:
    case.rewrite(CHANGED)
    assert case.faults() == []


def test_one_checkpoint_says_that_something_below_it_was_rewritten(case: Case) -> None:
    case.rewrite(CHANGED)
    (fault,) = case.faults(case.last)
    assert (fault.kind, fault.position, fault.facts["last"]) == ("rewritten", 0, SEALED[2] - 1)
    assert "giữa đây và mục 639" in case.told(case.last)


def test_another_seal_of_the_same_size_vouches_for_nothing(case: Case) -> None:
    case.rewrite(CHANGED)
    size, edge = head(Ledger(case.path, Clock()).db)
    point, signer = Checkpoint("so-dien-hinh/thu", size, merkle.root(edge)), case.keys.signer()
    assert signer
    forged = case.folder / "forged"
    forged.write_bytes(note.sign(format_checkpoint(point), [signer]))
    (fault,) = case.faults(forged, case.last)
    assert (fault.kind, fault.position, fault.facts["last"]) == ("rewritten", 0, size - 1)


def test_a_folder_of_checkpoints_says_between_which_two(case: Case) -> None:
    case.rewrite(CHANGED)
    (fault,) = case.faults(*sorted(case.notes.iterdir()))
    assert (fault.kind, fault.position, fault.facts["last"]) == ("rewritten", 300, 519)
    assert fault.facts["where"].endswith("520.checkpoint")
    said = case.told(case.notes)
    assert "Khớp với niêm phong 300 mục" in said
    assert "mục 300: " in said
    assert "giữa đây và mục 519" in said
    assert "nay mang giờ ghi từ 02/03/2026 09:00:00" in said
    assert "1 niêm phong lớn hơn cũng không khớp" in said


@pytest.mark.parametrize("changed", [0, 1, 255, 256, CHANGED, 511, 512, 639])
def test_a_published_log_names_the_first_rewritten_entry(case: Case, changed: int) -> None:
    case.rewrite(changed, 639)
    (fault,) = case.faults(case.log)
    assert (fault.kind, fault.position, fault.facts["last"]) == ("rewritten", changed, changed)
    assert fault.facts["subject"] == f"unit:{changed}"


def test_the_named_entry_is_told_in_words(case: Case) -> None:
    case.rewrite(CHANGED)
    said = case.told(case.log)
    assert f"mục 400: {case.log}: không như đã niêm phong" in said
    assert "Mục 400 nay là của unit:400, ghi lúc 02/03/2026 09:00:00." in said
    assert "Sớm nhất: mục 400." in said


@pytest.mark.parametrize("size", [1, 255, 256, 300, 511, 639])
def test_a_published_log_tells_a_cut_tail_from_a_rewritten_past(case: Case, size: int) -> None:
    case.rewrite(size=size)
    (fault,) = case.faults(case.log)
    assert (fault.kind, fault.position, fault.facts["last"]) == ("shorter", size, size)


def test_a_past_that_was_rewritten_and_cut_is_named_where_it_begins(case: Case) -> None:
    case.rewrite(290, size=620)
    (fault,) = case.faults(case.log)
    assert (fault.kind, fault.position, fault.facts["last"]) == ("shorter", 290, 290)


def spoil_tile(log: Path) -> None:
    tile = log / "tile" / "0" / "001"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])


def cut_tile(log: Path) -> None:
    tile = log / "tile" / "0" / "001"
    tile.write_bytes(tile.read_bytes()[:-5])


def lose_tile(log: Path) -> None:
    (log / "tile" / "0" / "001").unlink()


def spoil_upper(log: Path) -> None:
    (tile,) = (log / "tile" / "1").glob("*.p/*")
    tile.write_bytes(bytes(len(tile.read_bytes())))


@pytest.mark.parametrize("spoil", [spoil_tile, cut_tile, lose_tile, spoil_upper])
def test_a_published_log_that_is_spoilt_itself_bounds_as_its_checkpoint_does(
    case: Case, spoil: Callable[[Path], None]
) -> None:
    case.rewrite(CHANGED)
    spoil(case.log)
    faults = {fault.kind: fault for fault in case.faults(case.log)}
    assert faults.keys() == {"seal", "rewritten"}
    assert (faults["rewritten"].position, faults["rewritten"].facts["last"]) == (0, 639)
    assert "niêm phong không đúng" in case.told(case.log)


def test_every_bit_of_a_checkpoint_kept_elsewhere_counts(case: Case) -> None:
    right, wrong = case.last.read_bytes(), case.folder / "wrong"
    for bit in range(8 * len(right)):
        data = bytearray(right)
        data[bit // 8] ^= 1 << bit % 8
        outside = Outside(case.keys.verifiers(), None, [("wrong", bytes(data))])
        assert hear(Own(), outside, None).seals == [], bit
    for bit in range(0, 8 * len(right), 211):
        data = bytearray(right)
        data[bit // 8] ^= 1 << bit % 8
        wrong.write_bytes(bytes(data))
        assert "niêm phong không đúng" in case.told(wrong)


def receipt(case: Case, position: int) -> Receipt:
    """Return the proof that an entry is in the log."""
    read = subtrees(kept(Ledger(case.path, Clock()).db))
    path = tuple(prove_inclusion(read, position, SEALED[-1]))
    return Receipt(position, path, case.last.read_bytes())


def test_a_proof_is_worth_its_checkpoint_and_its_entry(case: Case) -> None:
    proof = case.folder / "proof"
    proof.write_bytes(format_receipt(receipt(case, CHANGED)))
    assert case.faults(proof) == []
    assert "Khớp với niêm phong 640 mục" in case.told(proof, code=0)
    case.rewrite(7)
    (fault,) = case.faults(proof)
    assert (fault.kind, fault.facts["last"]) == ("rewritten", 639)


def test_every_bit_of_a_proof_kept_elsewhere_counts(case: Case) -> None:
    right, proof = format_receipt(receipt(case, CHANGED)), case.folder / "proof"
    for bit in range(0, 8 * len(right), 29):
        data = bytearray(right)
        data[bit // 8] ^= 1 << bit % 8
        proof.write_bytes(bytes(data))
        assert [fault.kind for fault in case.faults(proof)] == ["seal"], bit
    assert "niêm phong không đúng" in case.told(proof)


@pytest.mark.parametrize("position", [CHANGED + 1, 639, 640, 2**63 - 1])
def test_a_proof_of_another_position_is_refused(case: Case, position: int) -> None:
    proof = case.folder / "proof"
    proof.write_bytes(format_receipt(receipt(case, CHANGED)._replace(position=position)))
    assert [fault.kind for fault in case.faults(proof)] == ["seal"]


@pytest.mark.parametrize("length", [0, 1, 20, 100, 180])
def test_a_checkpoint_that_is_cut_is_no_checkpoint(case: Case, length: int) -> None:
    case.last.write_bytes(case.last.read_bytes()[:length])
    assert "niêm phong không đúng" in case.told(case.last)


@pytest.mark.parametrize(
    ("line", "text"),
    [(1, "0640"), (1, "+640"), (1, "6e2"), (1, "-1"), (1, "٦٤٠"), (1, str(2**63)), (2, "AAAA")],
)
def test_a_checkpoint_that_is_written_otherwise_is_refused_though_signed(
    case: Case, line: int, text: str
) -> None:
    signer = case.keys.signer()
    assert signer
    lines = note.split(case.last.read_bytes())[0].split("\n")
    lines[line] = text
    case.last.write_bytes(note.sign("\n".join(lines), [signer]))
    assert "niêm phong không đúng" in case.told(case.last)


def test_what_another_key_signed_is_refused(case: Case) -> None:
    other = Case(case.folder / "other")
    other.folder.mkdir()
    other.record()
    assert "không có chữ ký của khóa nào đã biết" in case.told(other.last)
    assert "không có chữ ký của khóa nào đã biết" in case.told(other.log)


def test_an_empty_folder_is_misuse(case: Case) -> None:
    empty = case.folder / "empty"
    empty.mkdir()
    key = str(case.keys.verifiers()[0])
    run = Use(case.folder).run("verify", "--key", key, "--against", empty, code=2)
    assert "Không có niêm phong nào" in run.stderr
    run = Use(case.folder).run("verify", "--against", case.folder / "nowhere", code=2)
    assert "--against: không đọc được tệp hoặc thư mục ấy" in run.stderr


def test_what_is_too_long_for_a_seal_is_refused(case: Case) -> None:
    case.last.write_bytes(b"x" * 5_000_000)
    assert "niêm phong không đúng" in case.told(case.last)
