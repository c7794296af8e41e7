"""What the public log shows of an entry: kind, day and a blinded commitment to the stored row.

leaf text   exemplar/entry/v1 LF kind SP yyyy-mm-dd LF base64(commitment) LF
commitment  SHA-256(blind[16] || preimage)
preimage    fixed-width or length-prefixed: position, version, recorded_at (µs), subject,
            stored name, SHA-256 of the body as stored
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import repeat
from operator import attrgetter
from struct import Struct
from typing import Any, Final, Protocol

import msgspec

from events_store.merkle import digests, leaf_hash

# Kinds that may be told to anyone; every other entry is just an entry.
PUBLIC_KINDS: Final = frozenset(
    {
        "candidate-discovered",
        "stage-advanced",
        "stage-returned",
        "exemplar-recognized",
        "candidacy-completed",
        "register-restored",  # or a seal that it contradicts could not be explained to others
        "signing-key-replaced",
    }
)


Columns = Sequence[Sequence[Any]]  # of stored rows: position … body, blind and leaf at the end


class Told(Protocol):
    """What an open body tells."""

    @property
    def effective_on(self) -> date:
        """Return the day of effect."""

    @property
    def event(self) -> Any:
        """Return the event."""


class _Event(msgspec.Struct):
    to: str | None = None


class _Body(msgspec.Struct):
    effective_on: str
    event: _Event


_peek: Final = msgspec.json.Decoder(_Body).decode
_numbers: Final = Struct(">QQQI").pack
_length: Final = Struct(">I").pack
_effective_on: Final = attrgetter("effective_on")


def preimage(
    position: int, version: int, recorded_at: int, subject: str, name: str, body: bytes
) -> bytes:
    """Return the bytes that bind a stored row, whatever is in its fields."""
    about = subject.encode()
    fixed = _numbers(position, version, recorded_at, len(about))
    return fixed + about + _name(name) + sha256(body).digest()


@lru_cache(maxsize=100)
def _name(name: str) -> bytes:
    kind = name.encode()
    return _length(len(kind)) + kind


def leaf(
    position: int,
    version: int,
    recorded_at: int,
    subject: str,
    name: str,
    body: bytes,
    blind: bytes,
) -> bytes:
    """Return the leaf hash of a stored row."""
    return leaf_hash(public_text(position, version, recorded_at, subject, name, body, blind))


def leaves(columns: Columns, told: Sequence[Told]) -> list[bytes]:
    """Return the leaf hashes of many rows whose canonical bodies are open.

    The same as `leaf` for each, at less than half its price: an audit is little else.
    """
    positions, subjects, versions, times, names, bodies, blinds, _ = columns
    about = list(map(str.encode, subjects))
    numbers = map(_numbers, positions, versions, times, map(len, about))
    bound = zip(blinds, numbers, about, map(_name, names), digests(bodies), strict=True)
    committed = map(b2a_base64, digests(map(b"".join, bound)))
    kinds = [
        _kind(name, getattr(each.event, "to", None)) if name in PUBLIC_KINDS else _ENTRY
        for name, each in zip(names, told, strict=True)
    ]
    texts = zip(repeat(b"\x00"), kinds, map(_day, map(_effective_on, told)), committed)
    return list(digests(map(b"".join, texts)))


def public_text(
    position: int,
    version: int,
    recorded_at: int,
    subject: str,
    name: str,
    body: bytes,
    blind: bytes,
) -> bytes:
    """Return the public text of a stored row's leaf."""
    bound = preimage(position, version, recorded_at, subject, name, body)
    return leaf_text(name, body, sha256(blind + bound).digest())


def leaf_text(name: str, body: bytes, commitment: bytes) -> bytes:
    """Return the public text of a leaf."""
    told = _peek(body)
    day = f" {told.effective_on}\n".encode()
    return _kind(name, told.event.to) + day + b2a_base64(commitment)


@lru_cache(maxsize=1000)
def _kind(name: str, to: str | None) -> bytes:
    kind = "entry"
    if name in PUBLIC_KINDS:
        kind = f"{name}-{to}" if to else name
    return f"exemplar/entry/v1\n{kind}".encode()


@lru_cache(maxsize=10_000)
def _day(on: date) -> bytes:
    return f" {on}\n".encode()


_ENTRY: Final = _kind("", None)
