"""Keys that sign notes (C2SP signed-note and tlog-cosignature), and their texts.

verifier key  name+hash+base64(type || public), the hash being the key id as eight hex digits
key id        SHA-256(name LF type public)[:4]
private key   PRIVATE+KEY+name+hash+base64(type || seed)
"""

from __future__ import annotations

import hashlib
import re
import secrets
import struct
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from domain.faults import BadCheckpoint
from events_store.checkpoint import base64_of, bytes_of, parse_checkpoint

PRIVATE: Final = "PRIVATE+KEY+"
SEED: Final = 32
_NAME: Final = re.compile(r"[^\x00-\x1f+\ud800-\udfff]+")
_stamp: Final = struct.Struct(">Q")


class Kind(IntEnum):
    """What a key signs, and how."""

    ED25519 = 0x01  # the text
    COSIGNATURE = 0x04  # the checkpoint with a time, by Ed25519
    ML_DSA_44 = 0x06  # the same, by a method that quantum computers do not break


PUBLIC_LENGTH: Final = {Kind.ED25519: 32, Kind.COSIGNATURE: 32, Kind.ML_DSA_44: 1312}


class BadKey(ValueError):
    """The text of a key is not one."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong, and nothing of the key."""
        super().__init__(f"not a key: {problem}")


@dataclass(frozen=True)
class VerifierKey:
    """A key that anyone may have."""

    name: str
    kind: Kind
    public: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse names and keys that a note cannot carry."""
        _check_name(self.name)
        if len(self.public) != PUBLIC_LENGTH[self.kind]:
            raise BadKey("wrong length")

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([self.kind]) + self.public)}"

    @cached_property
    def id(self) -> bytes:
        """Return the four bytes that a signature line names the key by."""
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:4]

    def check(self, text: str, signature: bytes) -> int | None:
        """Return the time a signature carries, if any. Raises BadCheckpoint."""
        time, raw = None, signature
        if self.kind is not Kind.ED25519:
            if len(signature) < _stamp.size:
                raise BadCheckpoint(f"a cosignature of {self.name} is cut short")
            (time,) = _stamp.unpack_from(signature)
            raw = signature[_stamp.size :]
        try:
            self._public().verify(raw, _message(self.name, self.kind, text, time))
        except InvalidSignature as error:
            raise BadCheckpoint(f"the signature of {self.name} is false") from error
        return time

    def _public(self) -> Ed25519PublicKey | MLDSA44PublicKey:
        if self.kind is Kind.ML_DSA_44:
            return MLDSA44PublicKey.from_public_bytes(self.public)
        return Ed25519PublicKey.from_public_bytes(self.public)


@dataclass(frozen=True)
class Signer:
    """A key that only its owner has."""

    name: str
    kind: Kind
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse names and seeds that make no key."""
        _check_name(self.name)
        if len(self.seed) != SEED:
            raise BadKey("wrong length")

    @cached_property
    def verifier(self) -> VerifierKey:
        """Return the key to give away."""
        return VerifierKey(self.name, self.kind, self._private.public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """Return the private key as it is kept: whoever has it can sign."""
        hashed = self.verifier.id.hex()
        return f"{PRIVATE}{self.name}+{hashed}+{base64_of(bytes([self.kind]) + self.seed)}"

    def sign(self, text: str, time: int | None = None) -> bytes:
        """Return what follows the key id in a signature line. Raises BadCheckpoint."""
        if (time is None) is not (self.kind is Kind.ED25519):
            raise BadCheckpoint("a cosignature carries a time, and nothing else does")
        raw = self._private.sign(_message(self.name, self.kind, text, time))
        return raw if time is None else _stamp.pack(time) + raw

    @cached_property
    def _private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.kind is Kind.ML_DSA_44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def generate(name: str, kind: Kind = Kind.ED25519) -> Signer:
    """Return a new key."""
    return Signer(name, kind, secrets.token_bytes(SEED))


def parse_verifier(text: str) -> VerifierKey:
    """Return the key that a verifier key's text says. Raises BadKey."""
    key = VerifierKey(*_parts(text))
    _check_print(str(key), text)
    return key


def parse_signer(text: str) -> Signer:
    """Return the key that a private key's text says. Raises BadKey."""
    key = Signer(*_parts(text.removeprefix(PRIVATE)))
    _check_print(key.text, text)
    return key


def _parts(text: str) -> tuple[str, Kind, bytes]:
    name, _, rest = text.partition("+")
    _, _, encoded = rest.partition("+")  # base64 has plus signs of its own
    try:
        kind, *key = bytes_of(encoded)
        return name, Kind(kind), bytes(key)
    except (BadCheckpoint, ValueError):
        raise BadKey("neither name, hash and base64, nor of a type that is known") from None


def _check_print(printed: str, text: str) -> None:
    if printed != text:
        raise BadKey("its hash or its form is not its own")


def _check_name(name: str) -> None:
    if not valid_name(name):
        raise BadKey("its name is empty, or has a space or a plus sign")


def valid_name(name: str) -> bool:
    """Return whether a signature line can name a key so."""
    return bool(_NAME.fullmatch(name)) and not any(map(str.isspace, name))


def _message(name: str, kind: Kind, text: str, time: int | None) -> bytes:
    """Return the bytes that a key of this kind signs."""
    if time is None:
        return text.encode()
    point = parse_checkpoint(text)  # nothing else is ever cosigned
    if not 0 <= time < 1 << 63:
        raise BadCheckpoint(f"a cosignature at second {time}")
    if kind is Kind.COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    told = b"subtree/v1\n\0" + _short(name) + _stamp.pack(time) + _short(point.origin)
    return told + struct.pack(">QQ", 0, point.size) + point.root


def _short(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > 255:
        raise BadCheckpoint("a name of more than 255 bytes")
    return bytes([len(encoded)]) + encoded
