"""A log to prove things about: leaf texts, keys that never change, a signed checkpoint."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from events_store import merkle, note
from events_store.checkpoint import Checkpoint, format_checkpoint
from events_store.keys import Kind, Signer
from events_store.published import export

ORIGIN = "register.example/log"
LOG = Signer(ORIGIN, Kind.ED25519, bytes(32))
OTHER = Signer(ORIGIN, Kind.ED25519, bytes([1] * 32))
WITNESS = Signer("witness.example", Kind.COSIGNATURE, bytes([2] * 32))
KINDS = ("candidate-discovered", "stage-advanced-nurture", "entry", "entry")


def texts_of(size: int, salt: bytes = b"") -> list[bytes]:
    """Return leaf texts as a register writes them."""
    made = []
    for at in range(size):
        seal = base64.b64encode(hashlib.sha256(b"%d" % at + salt).digest()).decode()
        made.append(
            f"exemplar/entry/v1\n{KINDS[at % 4]} 2026-03-{at % 28 + 1:02}\n{seal}\n".encode()
        )
    return made


def checkpoint_of(texts: Sequence[bytes]) -> Checkpoint:
    """Return what a log of these texts says of itself."""
    size, edge = merkle.extend(0, b"", map(merkle.leaf_hash, texts))
    return Checkpoint(ORIGIN, size, merkle.root(edge))


def sealed(texts: Sequence[bytes], *signers: Signer) -> bytes:
    """Return the signed checkpoint of a log of these texts."""
    return note.sign(
        format_checkpoint(checkpoint_of(texts)), signers or (LOG,), time=1_772_000_000
    )


def publish(folder: Path, texts: Sequence[bytes], *signers: Signer) -> int:
    """Export a log of these texts to a folder; return how many files are new."""
    return export(folder, sealed(texts, *signers), lambda start, stop: texts[start:stop])
