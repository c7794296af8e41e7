"""Enclosures: files on their way in. They go into the vault, and never into the log."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.values import Private


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file: what it is called, its media type and its bytes."""

    name: str
    type: str
    content: bytes = field(repr=False)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)

    @property
    def sha256(self) -> str:
        """Return the hash of its bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    def described(self, words: Private) -> Private:
        """Return it as private content: the words, and what makes the file this one."""
        size = len(self.content)
        content: dict[str, str | int | None] = {
            **words.content,
            "file_name": self.name,
            "media_type": self.type,
            "bytes": size,
            "sha256": self.sha256,
        }
        return Private(content, self.salt, self.id, self.content)


def papers(words: Private, files: Iterable[Enclosure]) -> tuple[Private, ...]:
    """Return each file with the words, or the words alone where there is no file."""
    return tuple(file.described(words) for file in files) or (words,)
