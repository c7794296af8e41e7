"""Signed notes (C2SP signed-note): a text, and who signed it.

text LF, an empty line, then for each signature: em dash SP name SP base64(key id[4] || signature)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from domain.faults import BadCheckpoint, Tampered
from events_store.checkpoint import (
    Checkpoint,
    base64_of,
    bytes_of,
    parse_checkpoint,
    parse_receipt,
)
from events_store.keys import Kind, Signer, VerifierKey, valid_name
from events_store.merkle import leaf_hash
from events_store.proofs import check_inclusion

DASH: Final = "\u2014 "
LONGEST: Final = 1_000_000  # bytes; a post-quantum signature line has nearly 4,000
MOST: Final = 100  # signature lines


class Signature(NamedTuple):
    """A signature that was checked: whose it is, and the second it was made, if it tells."""

    key: VerifierKey
    time: int | None


class Opened(NamedTuple):
    """A note of which at least one signature was checked, and none is false."""

    text: str
    signatures: tuple[Signature, ...]


class Line(NamedTuple):
    """A signature line, not checked."""

    name: str
    id: bytes
    raw: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {base64_of(self.id + self.raw)}\n"


def sign(text: str, signers: Iterable[Signer], time: int | None = None) -> bytes:
    """Return a text as a note; `time` is for the keys that tell one. Raises BadCheckpoint."""
    made = (line(text, key, None if key.kind is Kind.ED25519 else time) for key in signers)
    note = f"{text}\n{''.join(map(str, made))}".encode()
    if split(note)[0] != text:
        raise BadCheckpoint("a text that a note cannot hold")
    return note


def line(text: str, key: Signer, time: int | None = None) -> Line:
    """Return one key's signature line for a text. Raises BadCheckpoint."""
    return Line(key.name, key.verifier.id, key.sign(text, time))


def add(note: bytes, lines: Iterable[Line]) -> bytes:
    """Return the note with more signature lines; a key's newer line takes the older's place."""
    text, before = split(note)
    kept = {(each.name, each.id): each for each in (*before, *lines)}
    return f"{text}\n{''.join(map(str, kept.values()))}".encode()


def split(note: bytes) -> tuple[str, list[Line]]:
    """Return the text and the signature lines of a note, checking none. Raises BadCheckpoint."""
    if len(note) > LONGEST:
        raise BadCheckpoint(f"a note of {len(note)} bytes")
    try:
        told = note.decode()
    except UnicodeDecodeError as error:
        raise BadCheckpoint("not UTF-8") from error
    if any(char < " " and char != "\n" for char in told):
        raise BadCheckpoint("a control character")
    text, blank, signed = told.rpartition("\n\n")
    if not blank or not signed.endswith("\n"):
        raise BadCheckpoint("a note is a text, an empty line and signature lines")
    return f"{text}\n", parse_lines(signed)


def parse_lines(signed: str) -> list[Line]:
    """Return signature lines, as a note or a witness has them. Raises BadCheckpoint."""
    *told, end = signed.split("\n")
    if end or len(told) > MOST:
        raise BadCheckpoint(f"{len(told)} signature lines, or one that does not end")
    return [_line(each) for each in told]


def _line(told: str) -> Line:
    name, space, encoded = told.removeprefix(DASH).partition(" ")
    if not told.startswith(DASH) or not space or not valid_name(name):
        raise BadCheckpoint(f"not a signature line: {told[:80]!r}")
    data = bytes_of(encoded)
    if len(data) < 5:
        raise BadCheckpoint(f"a signature of {len(data)} bytes by {name}")
    return Line(name, data[:4], data[4:])


def open_note(note: bytes, keys: Iterable[VerifierKey]) -> Opened:
    """Return the text of a note that a known key signed. Raises BadCheckpoint.

    Lines of unknown keys are passed over; one false line of a known key spoils the whole.
    """
    known = {(key.name, key.id): key for key in keys}
    text, lines = split(note)
    signatures = tuple(
        Signature(key, key.check(text, each.raw))
        for each in lines
        if (key := known.get((each.name, each.id)))
    )
    if not signatures:
        raise BadCheckpoint("no known key has signed it")
    return Opened(text, signatures)


def open_checkpoint(
    note: bytes, keys: Iterable[VerifierKey]
) -> tuple[Checkpoint, tuple[Signature, ...]]:
    """Return a checkpoint that its own log signed, and all who signed. Raises BadCheckpoint."""
    text, signatures = open_note(note, keys)
    point = parse_checkpoint(text)
    if not any(_by_log(signature.key, point) for signature in signatures):
        raise BadCheckpoint(f"no known key of {point.origin} has signed it")
    return point, signatures


def _by_log(key: VerifierKey, point: Checkpoint) -> bool:
    """Return whether the log itself speaks by this key: it bears the log's name."""
    return key.name == point.origin and key.kind is not Kind.COSIGNATURE


def open_receipt(told: bytes, leaf_text: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
    """Return the checkpoint that covers a leaf's text. Raises BadCheckpoint and Tampered."""
    receipt = parse_receipt(told)
    point, _ = open_checkpoint(receipt.checkpoint, keys)
    leaf = leaf_hash(leaf_text)
    if not check_inclusion(leaf, receipt.position, point.size, receipt.path, point.root):
        raise Tampered(f"the text is not leaf {receipt.position} of the sealed {point.size}")
    return point
