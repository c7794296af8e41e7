"""Check that an entry is in a sealed log, by the proof that was handed out and nothing else.

    python -m events_store.proven PROOF ENTRY --key VKEY [--witness VKEY]...

Like `events_store.verify`, which it stands on, this needs Python and `cryptography` only. A proof
(C2SP tlog-proof) says where the entry is and how its leaf leads to a root that the log signed:

    c2sp.org/tlog-proof@v1
    index <position>
    <hash> ...              the hashes beside the way up, lowest first, one a line, in base64
                            an empty line, then the signed checkpoint: origin, size, root

ENTRY is what one has of the entry: the public text of its leaf, the receipt that a command was
answered with (JSON), or the rows of an auditor's export (`entries.csv` or `entries.json`). Then

1. the checkpoint must be signed by a key given with --key, of the log that it names;
2. the leaf must be a public text, or the hash in the receipt, or what the stored row commits to;
3. the path must have as many hashes as that position has in a log of that size;
4. and it must lead from the leaf to the root that was signed;
5. a witness given with --witness must have cosigned the checkpoint.

Exit status: 0 the entry is proven, 1 it is not, 2 the command was misused.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from events_store import verify
from events_store.complete import commitment
from events_store.verify import (
    LEAF,
    NUMBER,
    Key,
    Seal,
    Wrong,
    open_seal,
    read_key,
    source,
    unbase64,
)

HEADER = "c2sp.org/tlog-proof@v1"
Found = TypeVar("Found")
BROKEN = (LookupError, TypeError, ValueError, AttributeError, RecursionError, OSError)

# The name of each sentence, then the sentence in Vietnamese; below it the same in English.
WORDS = """
sealed     Sổ {origin}: mục {position} trong {size} mục, niêm phong {root}, ký bởi {signers}.
           Log {origin}: position {position} of {size}, sealed as {root}, signed by {signers}.
tells      Lá nói: {kind}, hiệu lực {day}.
           Its leaf tells: {kind}, effective on {day}.
right      ĐÚNG: mục này nằm trong sổ như đã niêm phong.
           RIGHT: the entry is in the log as it was sealed.
wrong      SAI: chưa chứng minh được mục này nằm trong sổ.
           WRONG: it is not proven that the entry is in the log.
other      {where}: chứng minh của sổ {origin}; khóa đã cho là của {names}
           {where}: a proof of log {origin}; the keys given are of {names}
leaf       lá: {where} không phải nội dung công khai của một mục ghi
           leaf: {where} is not the public text of an entry
absent     lá: {where} không nói gì về mục {position}
           leaf: {where} tells nothing of position {position}
row        lá: dòng của mục {position} trong {where} không phải dòng đã ghi
           leaf: the row of position {position} in {where} is not the one that was recorded
beyond     đường băm: mục {position} nằm ngoài {size} mục đã niêm phong
           path: position {position} lies outside the {size} entries that were sealed
path       đường băm: mục {position} trong {size} mục cần {needed} mã băm, ở đây có {found}
           path: position {position} of {size} needs {needed} hashes, there are {found}
root       gốc: lá này dẫn đến {reached}, không phải {root}: mục khác, hoặc mã băm đã bị đổi
           root: the leaf leads to {reached}, not {root}: another entry, or a hash was changed
named      biên nhận: của sổ khác, {told}
           receipt: of another log, {told}
parted     biên nhận: gốc của {size} mục là {told}, niêm phong nói {root}: hai lịch sử khác nhau
           receipt: the root of {size} entries is {told}, the seal tells {root}: two histories
"""
_LINES = [line.strip().split(None, 1) for line in WORDS.strip().split("\n")]
SENTENCES = verify.SENTENCES | {
    name: (told, " ".join(en)) for (name, told), en in zip(_LINES[::2], _LINES[1::2], strict=True)
}


class Unproven(Wrong):
    """A check that failed: a sentence's name, and facts for it."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        Exception.__init__(self, SENTENCES[sentence][1].format(**facts))
        self.sentence, self.facts = sentence, facts


class Proof(NamedTuple):
    """What a proof says; nothing in it is checked yet."""

    position: int
    path: list[bytes]
    checkpoint: bytes


class Point(NamedTuple):
    """A checkpoint as a receipt tells it, unsigned."""

    origin: str
    size: int
    root: str


class Entry(NamedTuple):
    """What one has of an entry: the hash of its leaf, and the text unless it is of a receipt."""

    leaf: bytes
    text: bytes = b""
    told: Point | None = None


def read_proof(file: Path) -> Proof:
    """Return what a proof says. Raises Wrong."""
    head, blank, checkpoint = source(str(file.parent))(file.name).partition(b"\n\n")
    header, *lines = head.decode(errors="replace").split("\n")
    if header != HEADER or not blank:
        raise Wrong("unreadable", where=file, why=HEADER)
    if lines and lines[0].startswith("extra ") and unbase64(lines[0][6:]) is not None:
        del lines[0]  # the format lets a log add something; ours does not
    word, _, number = lines[0].partition(" ") if lines else ("", "", "")
    path = [unbase64(line) or b"" for line in lines[1:]]
    if word != "index" or not NUMBER.fullmatch(number):
        raise Wrong("unreadable", where=file, why="index")
    if any(len(hash) != 32 for hash in path):
        raise Wrong("unreadable", where=file, why="hash")
    return Proof(int(number), path, checkpoint)


def read_entry(file: Path, position: int) -> Entry:
    """Return the entry at a position, in whichever form it is told. Raises Wrong."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(32)
        if b"position,subject," in begins:
            with file.open(encoding="utf-8-sig", newline="") as rows:
                return _of_rows(csv.DictReader(rows), position, file)
        told = file.read_bytes()
        if told.startswith(b"{"):
            return _of_receipt(json.loads(told), position, file)
        if told.startswith(b"["):
            return _of_rows(json.loads(told), position, file)
    except (*BROKEN, csv.Error, struct.error) as error:
        why = error if isinstance(error, OSError) else repr(error)
        raise Wrong("unreadable", where=file, why=why) from None
    if not LEAF.fullmatch(told):
        raise Unproven("leaf", where=file)
    return Entry(hash_of(told), told)


def _of_receipt(answer: dict[str, Any], position: int, file: Path) -> Entry:
    receipt = answer["receipt"]
    told = Point(**receipt["checkpoint"]) if receipt["checkpoint"] else None
    for leaf in receipt["leaves"]:
        if leaf["position"] == position:
            return Entry(base64.b64decode(leaf["hash"], validate=True), told=told)
    raise Unproven("absent", where=file, position=position)


def _of_rows(rows: Iterable[dict[str, Any]], position: int, file: Path) -> Entry:
    for row in rows:
        if int(row["position"]) == position:
            for text in public_texts(row):
                if hash_of(text).hex() == row["leaf"]:
                    return Entry(hash_of(text), text)
            raise Unproven("row", where=file, position=position)
    raise Unproven("absent", where=file, position=position)


def public_texts(row: dict[str, Any]) -> Iterator[bytes]:
    """Yield what may be told in public of a row: its kind, or that it is some entry."""
    body, committed = json.loads(row["body"]), base64.b64encode(commitment(row)).decode()
    to = body["event"].get("to")
    for kind in (f"{row['name']}-{to}" if to else row["name"], "entry"):
        yield f"exemplar/entry/v1\n{kind} {body['effective_on']}\n{committed}\n".encode()


def hash_of(text: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962)."""
    return hashlib.sha256(b"\x00" + text).digest()


def climb(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a path leads to from a leaf (RFC 9162, 2.1.3). Raises Unproven.

    Below the level where a position and the last one meet, its bits tell on which side each hash
    stands; above, all stand on the left, and there is one for each bit that is set.
    """
    if position >= size:
        raise Unproven("beyond", position=position, size=size)
    meet = (position ^ size - 1).bit_length()
    needed = meet + (position >> meet).bit_count()
    if len(path) != needed:
        facts = {"needed": needed, "found": len(path)}
        raise Unproven("path", position=position, size=size, **facts)
    for level, beside in enumerate(path):
        on_left = level >= meet or position >> level & 1
        pair = beside + leaf if on_left else leaf + beside
        leaf = hashlib.sha256(b"\x01" + pair).digest()
    return leaf


def open_proof(proof: Proof, keys: Sequence[Key], where: Path) -> Seal:
    """Return the checkpoint of a proof, signed by its log with one of the keys. Raises Wrong."""
    try:
        return open_seal(proof.checkpoint, keys, str(where))
    except Wrong as wrong:
        names, origin = {key.name for key in keys}, wrong.facts.get("origin")
        if wrong.sentence != "unsigned" or origin in names:
            raise
        told = ", ".join(sorted(names))
        raise Unproven("other", where=where, origin=origin, names=told) from None


def way_faults(proof: Proof, entry: Entry, seal: Seal) -> Iterator[Unproven]:
    """Yield what is wrong with the way from an entry to the root that was sealed."""
    root = base64.b64encode(seal.root).decode()
    try:
        reached = climb(entry.leaf, proof.position, seal.size, proof.path)
        if reached != seal.root:
            yield Unproven("root", reached=base64.b64encode(reached).decode(), root=root)
    except Unproven as failed:
        yield failed
    if entry.told and entry.told.origin != seal.origin:
        yield Unproven("named", told=entry.told.origin)
    elif entry.told and entry.told.size == seal.size and entry.told.root != root:
        yield Unproven("parted", told=entry.told.root, size=seal.size, root=root)


def options(arguments: list[str] | None) -> argparse.Namespace:
    """Return what was asked for; leaves with status 2 if that cannot be understood."""
    parser = argparse.ArgumentParser(prog="proven", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("proof", type=Path, metavar="PROOF")
    parser.add_argument("entry", type=Path, metavar="ENTRY")
    parser.add_argument("--key", action="append", required=True, type=read_key, metavar="VKEY")
    parser.add_argument("--witness", action="append", default=[], type=read_key, metavar="VKEY")
    parser.add_argument("--english", action="store_true")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Check a proof, say what was found, and return the exit status."""
    asked = options(arguments)

    def say(sentence: str, **facts: Any) -> None:
        print(SENTENCES[sentence][asked.english].format(**facts))

    try:
        faults = list(_faults(asked, say))
    except Wrong as only:
        faults = [only]
    for fault in faults:
        say(fault.sentence, **fault.facts)
    say("wrong" if faults else "right")
    return 1 if faults else 0


def _faults(asked: argparse.Namespace, say: Callable[..., None]) -> Iterator[Wrong]:
    proof, keys = read_proof(asked.proof), [*asked.key, *asked.witness]
    seal = _or_why_not(lambda: open_proof(proof, keys, asked.proof))
    entry = _or_why_not(lambda: read_entry(asked.entry, proof.position))
    yield from (each for each in (seal, entry) if isinstance(each, Wrong))
    if isinstance(seal, Seal):
        told = {"root": base64.b64encode(seal.root).decode(), "signers": ", ".join(seal.signers)}
        say("sealed", origin=seal.origin, position=proof.position, size=seal.size, **told)
        alone = [key.name for key in asked.witness if key.name not in seal.signers]
        yield from (Wrong("alone", name=name) for name in alone)
    if isinstance(entry, Entry):
        if leaf := LEAF.fullmatch(entry.text):
            say("tells", kind=leaf[1].decode(), day=leaf[2].decode())
        if isinstance(seal, Seal):
            yield from way_faults(proof, entry, seal)


def _or_why_not(ask: Callable[[], Found]) -> Found | Wrong:
    try:
        return ask()
    except Wrong as wrong:
        return wrong


if __name__ == "__main__":
    sys.exit(main())
