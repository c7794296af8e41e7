"""A proof that was handed out convinces whoever holds it and the entry, and nothing else does."""

from __future__ import annotations

import base64
import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealed_log import LOG, ORIGIN, OTHER, WITNESS, checkpoint_of, sealed, texts_of

from events_store import complete, proven, seal, verify
from events_store.checkpoint import Receipt, format_receipt
from events_store.keys import Kind, Signer, generate
from events_store.merkle import leaf_hash
from events_store.proofs import from_leaves, prove_inclusion, subtrees

TEXTS = texts_of(11)
KEY = ("--key", str(LOG.verifier))
WITNESSED = (*KEY, "--witness", str(WITNESS.verifier))
RIGHT = "RIGHT: the entry is in the log as it was sealed."
WRONG = "WRONG: it is not proven that the entry is in the log."
ROOT = base64.b64encode(checkpoint_of(TEXTS).root).decode()


def path_of(texts: Sequence[bytes], position: int) -> tuple[bytes, ...]:
    hashes = [leaf_hash(text) for text in texts]
    read = subtrees(from_leaves(lambda start, stop: hashes[start:stop]))
    return tuple(prove_inclusion(read, position, len(texts)))


def proof_of(texts: Sequence[bytes], position: int, *signers: Signer) -> bytes:
    """Return what proves that a text is in a log."""
    signed = sealed(texts, *signers or (LOG, WITNESS))
    return format_receipt(Receipt(position, path_of(texts, position), signed))


class Holder:
    """Somebody who was given a proof and an entry."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.proof, self.entry, self.capsys = folder / "proof", folder / "entry", capsys
        self.gets(proof_of(TEXTS, 6), TEXTS[6])

    def gets(self, proof: bytes, entry: bytes | str) -> None:
        self.proof.write_bytes(proof)
        self.entry.write_bytes(entry if isinstance(entry, bytes) else entry.encode())

    def asks(self, *arguments: object) -> tuple[int, list[str]]:
        """Return the exit status, and what was said."""
        words = [str(word) for word in (self.proof, self.entry, *arguments, "--english")]
        status = proven.main(words)
        return status, self.capsys.readouterr().out.splitlines()

    def is_told(self, *arguments: object) -> list[str]:
        """Return what was said to be wrong, and that nothing else was said in the end."""
        status, said = self.asks(*(arguments or KEY))
        assert (status, said[-1]) == (1, WRONG)
        return [line for line in said[:-1] if not line.startswith(("Log ", "Its leaf "))]


@pytest.fixture
def holder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Holder:
    return Holder(tmp_path, capsys)


def test_a_proof_and_the_entry_are_enough(holder: Holder) -> None:
    assert holder.asks(*WITNESSED) == (
        0,
        [
            f"Log {ORIGIN}: position 6 of 11, sealed as {ROOT}, signed by {ORIGIN},"
            " witness.example.",
            "Its leaf tells: entry, effective on 2026-03-07.",
            RIGHT,
        ],
    )


def test_it_runs_by_itself_with_the_two_files_that_it_stands_on(tmp_path: Path) -> None:
    package = tmp_path / "events_store"
    package.mkdir()
    (package / "__init__.py").touch()
    for module in (proven, complete, verify):
        shutil.copy(str(module.__file__), package)
    (tmp_path / "proof").write_bytes(proof_of(TEXTS, 6))
    (tmp_path / "entry").write_bytes(TEXTS[6])
    command = [sys.executable, "-W", "error", "-m", "events_store.proven", "proof", "entry", *KEY]
    alone = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=tmp_path, env=alone
    )
    assert done.stdout.splitlines()[-1] == "ĐÚNG: mục này nằm trong sổ như đã niêm phong."


@given(
    st.integers(1, 300).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))
)
def test_every_path_of_every_tree_leads_to_its_root(place: tuple[int, int]) -> None:
    size, position = place
    texts = texts_of(size)
    reached = proven.climb(leaf_hash(texts[position]), position, size, path_of(texts, position))
    assert reached == checkpoint_of(texts).root


def flipped(data: bytes) -> Iterator[bytes]:
    for at in range(8 * len(data)):
        yield data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


def test_a_proof_with_any_bit_flipped_is_refused(holder: Holder) -> None:
    for forged in flipped(proof_of(TEXTS, 6)):
        holder.proof.write_bytes(forged)
        assert holder.is_told(*WITNESSED), forged


def test_an_entry_with_any_bit_flipped_is_refused(holder: Holder) -> None:
    for forged in flipped(TEXTS[6]):
        holder.entry.write_bytes(forged)
        assert holder.is_told(), forged


def test_a_proof_or_an_entry_that_is_cut_anywhere_is_refused(holder: Holder) -> None:
    whole = holder.proof.read_bytes()
    for length in range(len(whole)):
        holder.proof.write_bytes(whole[:length])
        assert holder.is_told(*WITNESSED), length
    holder.proof.write_bytes(whole)
    for length in range(len(TEXTS[6])):
        holder.entry.write_bytes(TEXTS[6][:length])
        assert holder.is_told()[0].startswith("leaf: "), length


def test_another_entry_leads_to_another_root(holder: Holder) -> None:
    holder.gets(proof_of(TEXTS, 6), TEXTS[7])
    (told,) = holder.is_told()
    assert told.startswith("root: the leaf leads to ")
    assert told.endswith(f", not {ROOT}: another entry, or a hash was changed")


def test_a_path_of_another_length_is_told_from_one_that_leads_elsewhere(holder: Holder) -> None:
    path, signed = path_of(TEXTS, 6), sealed(TEXTS)
    for told in (path[:-1], (*path, path[0]), ()):
        holder.gets(format_receipt(Receipt(6, told, signed)), TEXTS[6])
        assert holder.is_told() == [
            f"path: position 6 of 11 needs 4 hashes, there are {len(told)}"
        ]
    holder.gets(format_receipt(Receipt(6, (path[1], path[0], *path[2:]), signed)), TEXTS[6])
    assert holder.is_told()[0].startswith("root: ")
    holder.gets(format_receipt(Receipt(11, path, signed)), TEXTS[6])
    assert holder.is_told() == ["path: position 11 lies outside the 11 entries that were sealed"]


def test_another_key_of_the_log_and_another_logs_key_are_told_apart(holder: Holder) -> None:
    elsewhere = generate("elsewhere.example/log").verifier
    where = holder.proof
    assert holder.is_told("--key", OTHER.verifier) == [
        f"{where}: {ORIGIN} has not signed it with any key given"
    ]
    assert holder.is_told("--key", elsewhere) == [
        f"{where}: a proof of log {ORIGIN}; the keys given are of elsewhere.example/log"
    ]
    assert holder.asks(*KEY, "--key", elsewhere)[0] == 0


def test_a_signature_that_is_false_is_named(holder: Holder) -> None:
    genuine, other = (proof_of(texts, 6).splitlines() for texts in (TEXTS, texts_of(11, b"x")))
    holder.gets(b"\n".join([*other[:-2], *genuine[-2:], b""]), texts_of(11, b"x")[6])
    assert holder.is_told() == [f"{holder.proof}: the signature of {ORIGIN} is false"]


def test_a_witness_that_did_not_cosign_is_named_with_all_else_that_is_wrong(
    holder: Holder,
) -> None:
    holder.gets(proof_of(TEXTS, 6, LOG), TEXTS[7])
    alone, root = holder.is_told(*WITNESSED)
    assert alone == "witness witness.example has cosigned none of these checkpoints"
    assert root.startswith("root: ")


def receipt(position: int, hash: bytes, **told: object) -> str:
    """Return how a command is answered."""
    leaf = {"position": position, "hash": base64.b64encode(hash).decode()}
    point = {"origin": ORIGIN, "size": 11, "root": ROOT} | told
    return json.dumps({"positions": [5], "receipt": {"leaves": [leaf], "checkpoint": point}})


def test_a_receipt_that_a_command_was_answered_with_is_enough(holder: Holder) -> None:
    holder.gets(proof_of(TEXTS, 6), receipt(6, leaf_hash(TEXTS[6]), size=7, root="of then"))
    assert holder.asks(*KEY)[1][1:] == [RIGHT]
    unsealed = json.loads(receipt(6, leaf_hash(TEXTS[6])))
    unsealed["receipt"]["checkpoint"] = None
    holder.entry.write_text(json.dumps(unsealed))
    assert holder.asks(*KEY)[0] == 0


def test_a_receipt_of_anything_else_is_refused(holder: Holder) -> None:
    leaf = leaf_hash(TEXTS[6])
    for told, wrong in (
        (receipt(5, leaf), f"leaf: {holder.entry} tells nothing of position 6"),
        (receipt(6, leaf, origin="x"), "receipt: of another log, x"),
        (
            receipt(6, leaf, root="x"),
            f"receipt: the root of 11 entries is x, the seal tells {ROOT}: two histories",
        ),
    ):
        holder.entry.write_text(told)
        assert holder.is_told() == [wrong]
    holder.entry.write_text(receipt(6, leaf_hash(TEXTS[7])))
    assert holder.is_told()[0].startswith("root: ")


ROWS = [
    (0, "unit:a", 1, 1_772_000_000, "unit-registered", '{"effective_on":"2026-03-01","event":{}}'),
    (1, "candidate:a", 1, 1_772_000_001, "candidate-discovered",
     '{"effective_on":"2026-03-02","event":{"note":"một\u2028hai"}}'),
    (2, "candidate:a", 2, 1_772_000_002, "stage-advanced",
     '{"effective_on":"2026-03-03","event":{"to":"nurture"}}'),
]  # fmt: skip


def of_rows() -> tuple[list[bytes], list[dict[str, object]]]:
    """Return leaf texts as a register writes them, and the rows of an auditor's export."""
    texts, rows = [], []
    for at, (position, subject, version, recorded, name, body) in enumerate(ROWS):
        blind = bytes([at] * 16)
        texts.append(
            seal.public_text(position, version, recorded, subject, name, body.encode(), blind)
        )
        told = dict(position=position, subject=subject, version=version, recorded_at=recorded)
        hashes = {"blind": blind.hex(), "leaf": leaf_hash(texts[-1]).hex()}
        rows.append({**told, "name": name, "body": body, **hashes})
    return texts, rows


def as_csv(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        written = csv.DictWriter(opened, list(rows[0]))
        written.writeheader()
        written.writerows(rows)


@pytest.mark.parametrize("position", range(3))
def test_the_row_of_an_auditors_export_is_enough(holder: Holder, position: int) -> None:
    texts, rows = of_rows()
    kind, day = texts[position].decode().split("\n")[1].split(" ")
    holder.proof.write_bytes(proof_of(texts, position))
    as_csv(holder.entry, rows)
    said = holder.asks(*KEY)
    assert said[1][1:] == [f"Its leaf tells: {kind}, effective on {day}.", RIGHT]
    holder.entry.write_text(json.dumps(rows))
    assert holder.asks(*KEY) == said


@pytest.mark.parametrize(
    ("column", "value"),
    [("subject", "candidate:b"), ("version", 3), ("recorded_at", 1), ("name", "stage-returned"),
     ("body", '{"effective_on":"2026-03-03","event":{"to":"summarize"}}'),
     ("blind", "00" * 16), ("leaf", "00" * 32)],
)  # fmt: skip
def test_a_row_with_anything_changed_is_refused(
    holder: Holder, column: str, value: object
) -> None:
    texts, rows = of_rows()
    rows[2] |= {column: value}
    holder.proof.write_bytes(proof_of(texts, 2))
    as_csv(holder.entry, rows)
    assert holder.is_told() == [
        f"leaf: the row of position 2 in {holder.entry} is not the one that was recorded"
    ]


def test_a_row_that_is_forged_throughout_leads_to_another_root(holder: Holder) -> None:
    texts, _ = of_rows()
    forged = {**of_rows()[1][2], "version": 3}
    (hash,) = {leaf_hash(text).hex() for text in proven.public_texts(forged) if b"nurture" in text}
    as_csv(holder.entry, [{**forged, "leaf": hash}])
    holder.proof.write_bytes(proof_of(texts, 2))
    assert holder.is_told()[0].startswith("root: ")
    holder.proof.write_bytes(proof_of(texts, 1))
    assert holder.is_told() == [f"leaf: {holder.entry} tells nothing of position 1"]


@pytest.mark.parametrize(
    "entry",
    ["{}", "{", "[]", "[1]", "[" * 100_000, '{"receipt": {}}', "position,subject,\n6,\n",
     "position,subject,\nx\n", b"\xff\xfe", b"", b"{\xff",
     '{"receipt": {"leaves": [{"position": 6, "hash": "?"}], "checkpoint": {"size": 1}}}'],
)  # fmt: skip
def test_an_entry_in_no_form_at_all_is_refused(holder: Holder, entry: str | bytes) -> None:
    holder.gets(proof_of(TEXTS, 6), entry)
    assert len(holder.is_told()) == 1


def test_what_is_not_there_is_named(holder: Holder) -> None:
    holder.entry.unlink()
    assert holder.is_told()[0].startswith(f"{holder.entry}: cannot be read: ")
    holder.proof.unlink()
    assert holder.is_told()[0].startswith(f"{holder.proof.name}: cannot be read: ")


def test_what_a_log_may_add_is_passed_over(holder: Holder) -> None:
    more = holder.proof.read_bytes().replace(b"\n", b"\nextra bW9yZQ==\n", 1)
    holder.proof.write_bytes(more)
    assert holder.asks(*KEY)[0] == 0
    holder.proof.write_bytes(more.replace(b"bW9yZQ==", b"bW9yZQ=", 1))
    assert holder.is_told() == [f"{holder.proof}: cannot be read: index"]


@pytest.mark.parametrize("key", ["", "abc", str(generate("pq.example", Kind.ML_DSA_44).verifier)])
def test_a_key_that_is_none_is_misuse(holder: Holder, key: str) -> None:
    with pytest.raises(SystemExit) as left:
        holder.asks("--key", key)
    assert left.value.code == 2
