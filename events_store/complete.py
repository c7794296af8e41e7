"""Check that nothing counted was left out of an export, without trusting whoever made it.

    python -m events_store.complete FOLDER --key VKEY [--entries entries.csv]

Like `events_store.verify`, which it stands on, this needs Python and `cryptography` only. The
folder holds a log, as `verify` describes it, and `manifest.csv`, a line for every candidate:

    discovered_at  position of its discovery     leaf       hash (hex) of that entry in the log
    versions       how many entries it has       last_at    position of the last of them
                                                 last_leaf  hash of that entry in the log

The public texts of the log say of which kind each entry is. So whoever counts discoveries there
knows how many lines there must be, and where: none can be left out, and none made up.

An auditor's export tells the whole log in `entries.csv`, row by row with what blinds it:

    commitment  SHA-256(blind || position, version, recorded_at, subject, name, SHA-256(body))

which is what the leaf's text holds. Exit status: 0 all is well, 1 something is wrong, 2 misused.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from events_store import verify
from events_store.verify import LEAF, WIDE, Read, Wrong

DISCOVERED = "candidate-discovered"
COLUMNS = ("discovered_at", "leaf", "versions", "last_at", "last_leaf")
csv.field_size_limit(1 << 24)

Fault = tuple[int, str]  # position, what is wrong there


def faults(read: Read, size: int) -> Iterator[Fault]:
    """Yield what is wrong with the manifest of a log whose texts were checked. Raises Wrong."""
    found, last = _manifest(read)
    for position, text in _texts(read, size):
        hash = hashlib.sha256(b"\x00" + text).hexdigest()
        told = LEAF.fullmatch(text)
        if told and told[1].decode() == DISCOVERED and position not in found:
            yield position, "a candidate is left out"
        if position in found and (told is None or told[1].decode() != DISCOVERED):
            yield position, "is no discovery"
        for leaves in (found, last):
            if leaves.pop(position, hash) != hash:
                yield position, "has another hash in the log"
    yield from ((position, "is not in the log") for position in sorted({*found, *last}))


def _manifest(read: Read) -> tuple[dict[int, str], dict[int, str]]:
    """Return the hashes by position that the manifest tells of first and of last entries."""
    rows = csv.DictReader(io.StringIO(read("manifest.csv").decode("utf-8-sig")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise Wrong("unreadable", where="manifest.csv", why=", ".join(rows.fieldnames or ()))
    found: dict[int, str] = {}
    last: dict[int, str] = {}
    for row in rows:
        found[int(row["discovered_at"])] = row["leaf"]
        last[int(row["last_at"])] = row["last_leaf"]
    return found, last


def changed(read: Read, size: int, file: Path) -> Iterator[Fault]:
    """Yield where the rows of an auditor's export are not what the log's texts commit to."""
    texts = _texts(read, size)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            position, text = next(texts, (int(row["position"]), b""))
            if int(row["position"]) != position:
                yield position, "is left out of the entries"
                return
            if text.split(b"\n")[-2:-1] != [base64.b64encode(commitment(row))]:
                yield position, "is not the row that was recorded"
    yield from ((position, "is left out of the entries") for position, _ in texts)


def commitment(row: dict[str, str]) -> bytes:
    """Return what a row's leaf commits to: numbers and lengths are big-endian."""
    subject, name = row["subject"].encode(), row["name"].encode()
    numbers = [int(row[key]) for key in ("position", "version", "recorded_at")]
    bound = struct.pack(">QQQI", *numbers, len(subject)) + subject
    bound += struct.pack(">I", len(name)) + name + hashlib.sha256(row["body"].encode()).digest()
    return hashlib.sha256(bytes.fromhex(row["blind"]) + bound).digest()


def _texts(read: Read, size: int) -> Iterator[tuple[int, bytes]]:
    for start in range(0, size, WIDE):
        texts = verify.read_texts(read, start // WIDE, min(WIDE, size - start))
        yield from enumerate(texts, start)


def main(arguments: list[str] | None = None) -> int:
    """Check log and manifest, say what was found, and return the exit status."""
    parser = argparse.ArgumentParser(prog="complete", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", metavar="FOLDER|URL")
    parser.add_argument("--key", required=True, metavar="VKEY")
    parser.add_argument("--entries", type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)
    if wrong := verify.main([asked.source, "--key", asked.key]):
        return wrong
    read = verify.source(asked.source)
    key = verify.read_key(asked.key)
    size = verify.open_seal(read("checkpoint"), [key], "checkpoint").size
    try:
        found = [*faults(read, size)]
        found += changed(read, size, asked.entries) if asked.entries else []
    except Wrong as error:
        found = [(-1, str(error))]
    for position, what in found:
        print(f"{position}: {what}")
    print("INCOMPLETE / THIẾU" if found else "COMPLETE / ĐỦ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
