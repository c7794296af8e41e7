"""Upkeep: what was done to the register as a whole, kept on the one subject `upkeep`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.values import Sealed

UPKEEP: Final = "upkeep"


@dataclass(frozen=True, slots=True)
class RegisterRestored:
    """A copy of `size` entries was put in the register's place; `root` is its Merkle root.

    `lost_size` and `lost_root` are of the newest checkpoint that the copy does not continue.
    Then `former`, the key that made it, seals no more, and `key` does. Keys are told as verifier
    keys; of one that nobody has any more, as its name and its hash.
    """

    size: int
    root: str
    reason: Sealed | None = None
    lost_size: int | None = None
    lost_root: str | None = None
    former: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class SigningKeyReplaced:
    """The key `former` was lost, so it could not name `key`, which seals from here on.

    `size` and `root` are of the last checkpoint that is known to be by the lost key.
    """

    former: str
    key: str
    reason: Sealed
    size: int | None = None
    root: str | None = None


@dataclass(frozen=True, slots=True)
class LogExported:
    """Somebody took the log along as far as this entry, with every name, in a `form` of export."""

    form: str


UpkeepEvent = RegisterRestored | SigningKeyReplaced | LogExported
