"""What a log asks of a witness (C2SP tlog-witness, add-checkpoint), read strictly.

old SP size LF (base64(hash) LF)* LF, then a signed checkpoint as it is
"""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.faults import BadCheckpoint
from events_store.checkpoint import DEEPEST, base64_of, hash_of, number

OLD: Final = "old "
SIZE_TYPE: Final = "text/x.tlog.size"  # of an answer that tells the size to begin from


class Request(NamedTuple):
    """A signed checkpoint, and the proof that it continues the one the witness had before."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


def format_request(request: Request) -> bytes:
    """Return the text of a request. Raises BadCheckpoint."""
    lines = (f"{OLD}{request.old}", *map(base64_of, request.proof), "", "")
    text = "\n".join(lines).encode() + request.checkpoint
    if parse_request(text) != request:
        raise BadCheckpoint("a request that would be read otherwise")
    return text


def parse_request(text: bytes) -> Request:
    """Return what a request says; nothing in it is checked yet. Raises BadCheckpoint."""
    head, blank, checkpoint = text.partition(b"\n\n")
    if not blank or not checkpoint or not head.isascii():
        raise BadCheckpoint("a request is an old size, a proof, an empty line and a checkpoint")
    old, *proof = head.decode().split("\n")
    if not old.startswith(OLD) or len(proof) > DEEPEST:
        raise BadCheckpoint(f"a request names one old size and at most {DEEPEST} hashes")
    return Request(number(old.removeprefix(OLD)), tuple(map(hash_of, proof)), checkpoint)
