"""The verifier that strangers run: it finds what was touched, with nothing of ours to help it."""

from __future__ import annotations

import ast
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from department import Department
from sealed_log import LOG, ORIGIN, OTHER, WITNESS, publish, sealed, texts_of

from events_store import seal, verify
from events_store.checkpoint import Checkpoint, Receipt, format_checkpoint, format_receipt
from events_store.keys import Kind, generate
from events_store.merkle import EMPTY_ROOT
from events_store.note import sign

KEY = ("--key", str(LOG.verifier))
FILE = Path(verify.__file__)
TEXTS = texts_of(1_000)
RIGHT = "RIGHT: the log is intact."
WRONG = "WRONG: the log is not intact."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(folder, TEXTS, LOG, WITNESS)
    return folder


@pytest.fixture
def folder(tmp_path: Path, published: Path) -> Path:
    """Return a copy of the log that a test may spoil."""
    return Path(shutil.copytree(published, tmp_path / "log"))


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a folder of older checkpoints, as somebody else kept them."""
    kept = tmp_path / "older"
    kept.mkdir()
    for size in (0, 1, 200, 256, 257, 600, 999, 1000):
        (kept / f"{size:04}").write_bytes(sealed(TEXTS[:size]))
    return kept


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    """Return the exit status, and what was said after the first line."""
    status = verify.main([*map(str, arguments), "--english"])
    return status, capsys.readouterr().out.splitlines()


def spoil(path: Path, at: int, data: bytes = b"") -> None:
    """Change a byte of a file, or put some bytes in its place."""
    old = path.read_bytes()
    new = data or bytes([old[at] ^ 1])
    path.write_bytes(old[:at] + new + old[at + len(new) :])


def forge(folder: Path, texts: list[bytes]) -> None:
    """Publish other texts in place of a log, well hashed and signed with its own key."""
    shutil.rmtree(folder)
    publish(folder, texts)


def test_it_needs_nothing_of_ours_and_is_short() -> None:
    source = FILE.read_text("utf-8")
    modules = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    roots = {module.split(".")[0] for module in modules}
    assert roots - sys.stdlib_module_names == {"cryptography"}
    assert len(source.splitlines()) < 400


def test_it_runs_by_itself_wherever_it_is_copied(tmp_path: Path, published: Path) -> None:
    copy = shutil.copy(FILE, tmp_path / "anything.py")
    command = [sys.executable, "-I", "-W", "error", str(copy), str(published), *KEY]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "ĐÚNG: sổ còn nguyên vẹn."
    assert done.stderr == ""


def test_it_runs_as_a_module(published: Path) -> None:
    command = [sys.executable, "-m", "events_store.verify", str(published), *KEY]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_an_intact_log_is_recounted(
    capsys: pytest.CaptureFixture[str], published: Path, older: Path
) -> None:
    keys = (*KEY, "--key", WITNESS.verifier)
    status, said = run(capsys, published, *keys, "--against", older)
    agreed = [
        f"It agrees with the older seal at size {size} ({older}/{size:04})."
        for size in (0, 1, 200, 256, 257, 600, 999, 1000)
    ]
    assert (status, said[1:]) == (
        0,
        [
            *agreed,
            "Counted 1000 entries, from 2026-03-01 to 2026-03-28:",
            "      250  2026-03-01  2026-03-25  candidate-discovered",
            "      500  2026-03-03  2026-03-28  entry",
            "      250  2026-03-02  2026-03-26  stage-advanced-nurture",
            RIGHT,
        ],
    )
    assert said[0].endswith(f"signed by {ORIGIN}, witness.example.")


def test_some_days_alone_can_be_recounted(
    capsys: pytest.CaptureFixture[str], published: Path
) -> None:
    days = ("--from", "2026-03-02", "--until", "2026-03-03")
    assert run(capsys, published, *KEY, *days)[1][1:-1] == [
        "Counted 72 entries, from 2026-03-02 to 2026-03-03:",
        "       36  2026-03-03  2026-03-03  entry",
        "       36  2026-03-02  2026-03-02  stage-advanced-nurture",
    ]


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_536, 66_000])
def test_a_log_of_any_size_is_found_intact(
    size: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, texts_of(size))
    status, said = run(capsys, tmp_path, *KEY)
    assert (status, said[-1]) == (0, RIGHT)


def test_a_register_of_ours_is_found_intact(
    register: Department, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "SELECT position, version, recorded_at, subject, name, body, blind FROM entries"
    texts = []
    for *row, blind in register.ledger.db.execute(f"{sql} ORDER BY position"):
        commitment = hashlib.sha256(blind + seal.preimage(*row)).digest()
        texts.append(seal.leaf_text(row[4], row[5], commitment))
    publish(tmp_path, texts)
    status, said = run(capsys, tmp_path, *KEY)
    assert (status, said[-1]) == (0, RIGHT)
    assert register.ledger.root() in said[0]


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Yield the address of a plain file server over the log."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *told: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_log_is_checked_over_the_web(
    address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, address, *KEY)[0] == 0
    (folder / "tile" / "0" / "002").unlink()
    status, said = run(capsys, address, *KEY)
    assert (status, said[1:]) == (
        1,
        ["tile/0/002: cannot be read: HTTP Error 404: File not found", WRONG],
    )


def test_nobody_answering_is_said_and_not_taken_for_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said = run(capsys, "http://127.0.0.1:9/", *KEY)
    assert (status, said[-1]) == (1, WRONG)


@pytest.mark.parametrize("position", [0, 255, 256, 700, 999])
def test_a_changed_text_is_named_by_its_position(
    position: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = folder / "tile" / "entries" / f"{position // 256:03}"
    bundle = bundle if bundle.exists() else bundle.with_name("003.p") / "232"
    text = TEXTS[position].replace(b"2026-03", b"2026-04")
    spoil(bundle, sum(2 + len(each) for each in TEXTS[position // 256 * 256 : position]) + 2, text)
    status, said = run(capsys, folder, *KEY)
    tile = f"tile/0/{bundle.relative_to(folder / 'tile' / 'entries')}"
    told = [line for line in said if line.startswith(("position", "checkpoint"))]
    assert (status, told) == (
        1,
        [
            f"position {position}: its text was changed; {tile} is still as sealed",
            "checkpoint: the first 1000 are not as sealed; the first change lies within 0-999",
        ],
    )


@pytest.mark.parametrize(
    ("tile", "at", "position"),
    [("0/001", 32 * 7 + 3, 263), ("0/003.p/232", 0, 768), ("1/000.p/3", 40, 256)],
)
def test_a_changed_tile_is_named_with_the_first_position_it_covers(
    tile: str, at: int, position: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "tile" / tile, at)
    status, said = run(capsys, folder, *KEY)
    told = [line for line in said if line.startswith("position")]
    assert (status, told[0]) == (
        1,
        f"position {position}: tile/{tile} was changed; the texts are still as sealed",
    )


@pytest.mark.parametrize("bit", range(0, 8 * 64))
def test_every_bit_of_a_small_log_counts(
    bit: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, texts_of(2))
    spoiled = tmp_path / "tile" / "0" / "000.p" / "2"
    data = bytearray(spoiled.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    spoiled.write_bytes(data)
    status, said = run(capsys, tmp_path, *KEY)
    found = f"position {bit // 256}: tile/0/000.p/2 was changed; the texts are still as sealed"
    assert (status, said[-2:]) == (1, [found, WRONG])


def test_the_bits_of_a_small_logs_bundle_and_checkpoint_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, texts_of(1))
    for file in (tmp_path / "checkpoint", tmp_path / "tile" / "entries" / "000.p" / "1"):
        right = file.read_bytes()
        for bit in range(0, 8 * len(right), 5):
            wrong = bytearray(right)
            wrong[bit // 8] ^= 1 << bit % 8
            file.write_bytes(wrong)
            status, said = run(capsys, tmp_path, *KEY)
            assert (status, said[-1]) == (1, WRONG)
        file.write_bytes(right)
    assert run(capsys, tmp_path, *KEY)[0] == 0


@pytest.mark.parametrize("path", ["tile/entries/001", "tile/0/001", "tile/1/000.p/3"])
@pytest.mark.parametrize("length", [0, 1, 33, None])
def test_a_file_that_is_cut_or_missing_is_named(
    path: str, length: int | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / path
    if length is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:length])
    status, said = run(capsys, folder, *KEY)
    assert (status, said[1].split(": ")[:2], said[-1]) == (1, [path, "cannot be read"], WRONG)


def test_another_key_is_not_the_logs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unsigned = [f"checkpoint: {ORIGIN} has not signed it with any key given", WRONG]
    assert run(capsys, folder, "--key", OTHER.verifier) == (1, unsigned)
    assert run(capsys, folder, "--key", WITNESS.verifier) == (1, unsigned)


def test_a_log_signed_anew_with_another_key_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder)
    publish(folder, TEXTS[:500], OTHER)
    assert run(capsys, folder, *KEY)[0] == 1


@pytest.mark.parametrize("position", [0, 1, 199, 200, 256, 599, 600, 998])
def test_a_rewritten_history_is_found_by_older_seals_and_bracketed(
    position: int, folder: Path, older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge(folder, [*TEXTS[:position], *texts_of(1, b"forged"), *TEXTS[position + 1 :]])
    assert run(capsys, folder, *KEY)[0] == 0  # well hashed, well signed: it takes an older seal
    status, said = run(capsys, folder, *KEY, "--against", older)
    sizes = (0, 1, 200, 256, 257, 600, 999, 1000)
    last, first = min(s for s in sizes if s > position), max(s for s in sizes if s <= position)
    told = next(line for line in said if "are not as sealed" in line)
    assert (status, told) == (
        1,
        f"{older}/{last:04}: the first {last} are not as sealed;"
        f" the first change lies within {first}-{last - 1}",
    )


@pytest.mark.parametrize(
    "forged",
    [
        [*TEXTS[:300], *TEXTS[301:], TEXTS[300]],
        [*TEXTS[:300], TEXTS[300], *TEXTS[300:]],
        [*TEXTS[:300], TEXTS[301], TEXTS[300], *TEXTS[302:]],
        TEXTS[1:],
        TEXTS[:999],
        TEXTS[:300],
        [],
    ],
    ids=["moved", "doubled", "swapped", "beheaded", "shortened", "rolled back", "emptied"],
)
def test_every_other_history_is_found_by_an_older_seal(
    forged: list[bytes], folder: Path, older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge(folder, forged)
    assert run(capsys, folder, *KEY)[0] == 0
    assert run(capsys, folder, *KEY, "--against", older / "1000")[0] == 1


def test_a_log_that_lost_its_tail_is_told_from_a_rewritten_one(
    folder: Path, older: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge(folder, TEXTS[:990])
    _, said = run(capsys, folder, *KEY, "--against", older / "0999")
    told = "999 were sealed, 990 are left: the rest was cut, or an old copy put back"
    assert said[-2:] == [f"{older}/0999: {told}", WRONG]


def test_a_receipt_is_worth_the_seal_in_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "mine.tlog-proof"
    receipt.write_bytes(format_receipt(Receipt(3, (), sealed(TEXTS[:400]))))
    assert run(capsys, folder, *KEY, "--against", receipt)[0] == 0
    forge(folder, texts_of(1_000, b"forged"))
    assert run(capsys, folder, *KEY, "--against", receipt)[0] == 1


def test_a_seal_of_another_log_or_none_at_all_agrees_with_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = generate("elsewhere.example/log")
    point = Checkpoint(other.name, 0, EMPTY_ROOT)
    (tmp_path / "other").write_bytes(sign(format_checkpoint(point), [other]))
    keys = (*KEY, "--key", other.verifier)
    told = f"{tmp_path}/other: a checkpoint of another log, {other.name}"
    assert run(capsys, folder, *keys, "--against", tmp_path / "other")[1][-2:] == [told, WRONG]
    assert run(capsys, folder, *KEY, "--against", tmp_path / "none")[0] == 1


def test_a_text_that_is_not_an_entrys_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, [*TEXTS[:3], b"anything", *TEXTS[4:6]])
    _, said = run(capsys, tmp_path, *KEY)
    assert said[-2:] == ["position 3: not the public text of an entry", WRONG]


def test_lines_that_a_seal_adds_are_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    point = Checkpoint(ORIGIN, 0, EMPTY_ROOT, (f"next-key {OTHER.verifier}",))
    (folder / "checkpoint").write_bytes(sign(format_checkpoint(point), [LOG]))
    status, said = run(capsys, folder, *KEY)
    assert (status, said[1:]) == (0, [f"+ next-key {OTHER.verifier}", RIGHT])


@pytest.mark.parametrize(
    "key",
    ["", "abc", f"{LOG.verifier}x", str(LOG.verifier).replace("register", "Register"),
     str(generate("pq.example", Kind.ML_DSA_44).verifier)],
)  # fmt: skip
def test_a_key_that_is_none_is_misuse(
    key: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(capsys, folder, "--key", key)
    assert left.value.code == 2
