"""The texts that a log gives away (C2SP tlog-checkpoint and tlog-proof), read strictly.

checkpoint  origin LF size LF base64(root) LF, then extension lines if any
receipt     c2sp.org/tlog-proof@v1 LF [extra SP base64 LF] index SP position LF
            (base64(hash) LF)* LF, then a signed checkpoint as it is

There is one way to write each, so a text that would be printed otherwise is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, NamedTuple

from domain.faults import BadCheckpoint
from events_store.merkle import HASH

HEADER: Final = "c2sp.org/tlog-proof@v1"
DEEPEST: Final = 63  # hashes in a path; positions stay below 2**63
_LINE: Final = re.compile(r"[^\x00-\x1f\ud800-\udfff]+")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(NamedTuple):
    """What a log says of itself at some size."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class Receipt(NamedTuple):
    """What proves that a leaf is in a log: its position, the path, the signed checkpoint."""

    position: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None


def format_checkpoint(point: Checkpoint) -> str:
    """Return the text of a checkpoint, ready to be signed. Raises BadCheckpoint."""
    origin, size, top, extensions = point
    if not all(map(_LINE.fullmatch, (origin, *extensions))):
        raise BadCheckpoint("a line of a checkpoint cannot hold another")
    if not 0 <= size < 1 << 63 or len(top) != HASH:
        raise BadCheckpoint(f"no tree has size {size} and a root of {len(top)} bytes")
    return "\n".join((origin, str(size), base64_of(top), *extensions, ""))


def parse_checkpoint(text: str) -> Checkpoint:
    """Return what a checkpoint's text says. Raises BadCheckpoint."""
    origin, size, top, *extensions = _lines(text)
    return Checkpoint(origin, number(size), hash_of(top), tuple(extensions))


def _lines(text: str) -> list[str]:
    *lines, end = text.split("\n")
    if end or len(lines) < 3:
        raise BadCheckpoint("a checkpoint has at least three lines, each of them ended")
    for line in lines:
        if not _LINE.fullmatch(line):
            raise BadCheckpoint(f"not a line of a checkpoint: {line!r}")
    return lines


def format_receipt(receipt: Receipt) -> bytes:
    """Return the text of a receipt. Raises BadCheckpoint."""
    extra = [] if receipt.extra is None else [f"extra {base64_of(receipt.extra)}"]
    lines = [HEADER, *extra, f"index {receipt.position}", *map(base64_of, receipt.path), "", ""]
    text = "\n".join(lines).encode() + receipt.checkpoint
    if parse_receipt(text) != receipt:
        raise BadCheckpoint("a receipt that would be read otherwise")
    return text


def parse_receipt(text: bytes) -> Receipt:
    """Return what a receipt's text says; nothing in it is checked yet. Raises BadCheckpoint."""
    head, blank, checkpoint = text.partition(b"\n\n")
    lines = _decoded(head).split("\n")
    if not blank or not checkpoint or lines.pop(0) != HEADER:
        raise BadCheckpoint(f"a receipt begins with {HEADER} and ends with a checkpoint")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = bytes_of(lines.pop(0).removeprefix("extra "))
    if not lines or not lines[0].startswith("index ") or len(lines) > DEEPEST + 1:
        raise BadCheckpoint("a receipt names one position and at most 63 hashes")
    position = number(lines.pop(0).removeprefix("index "))
    return Receipt(position, tuple(map(hash_of, lines)), checkpoint, extra)


def number(text: str) -> int:
    """Return a number written in the only way it may be. Raises BadCheckpoint."""
    if not _NUMBER.fullmatch(text) or int(text) >= 1 << 63:
        raise BadCheckpoint(f"not a size or position: {text!r}")
    return int(text)


def hash_of(text: str) -> bytes:
    """Return the hash that a line holds. Raises BadCheckpoint."""
    found = bytes_of(text)
    if len(found) != HASH:
        raise BadCheckpoint(f"a hash has {HASH} bytes, not {len(found)}")
    return found


def bytes_of(text: str) -> bytes:
    """Return the bytes behind base64 as it must be written. Raises BadCheckpoint."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint(f"not base64: {text!r}") from error
    if base64_of(found) != text:  # unused bits, which Python lets pass
        raise BadCheckpoint(f"base64 that should be written otherwise: {text!r}")
    return found


def base64_of(data: bytes) -> str:
    """Return bytes as one line of base64."""
    return base64.b64encode(data).decode()


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadCheckpoint("not UTF-8") from error
