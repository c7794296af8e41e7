"""The folder of the signing key: the key itself, all verifier keys so far, the signer's memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Final

from domain.faults import BadCheckpoint
from events_store import note
from events_store.checkpoint import parse_checkpoint
from events_store.keys import BadKey, Signer, VerifierKey, generate, parse_signer, parse_verifier
from events_store.memory import Memory, held, sync, write_whole
from events_store.witnesses import Witnesses

NEXT: Final = "next-key "  # the extension line by which a key names the one after it


class KeyExists(Exception):
    """There is a signing key already. Fact: its file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"there is a key in {path}")
        self.path = path


class KeyFolder:
    """Where the signing key lies; only its owner may enter."""

    def __init__(self, path: Path) -> None:
        """Name the folder; it need not be there."""
        self.path = path
        self.key = path / "signer.key"
        self._key, self._lock = str(self.key), str(path / "lock")  # looked at for each command
        self.public = path / "verifier-keys"
        self.memory = Memory(path / "memory")
        self.witnesses = Witnesses(path)
        self._read: tuple[tuple[int, int], Signer] | None = None

    def create(self, origin: str) -> Signer:
        """Make the folder and a first key. Raises KeyExists and BadKey."""
        if self.key.exists():
            raise KeyExists(self.key)
        signer = generate(origin)
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        self.replace(signer)
        return signer

    def replace(self, signer: Signer) -> None:
        """Sign with another key from now on; the verifier keys of former ones stay."""
        told = "".join(f"{key}\n" for key in dict.fromkeys([*self.verifiers(), signer.verifier]))
        write_whole(self.public, told.encode(), 0o644)
        write_whole(self.key, f"{signer.text}\n".encode(), 0o600)

    def succeed(self, following: KeyFolder, aside: str, known: Sequence[VerifierKey] = ()) -> Path:
        """Let another folder's key and memory take the place of ours; return where those lie.

        At any step between nothing can be signed, for there is no key or it has no memory. What
        witnesses cosigned under another name is no measure for the log under the new one.
        """
        taken = sum(path.name.startswith(aside) for path in self.path.iterdir())
        former = self.path / (f"{aside}-{taken + 1}" if taken else aside)
        told = [*known, *self.verifiers(), *following.verifiers()]
        renamed = {key.name for key in told[-2:]}
        with self.locked():
            former.mkdir(mode=0o700)
            cosigned = [self.witnesses.cosigned] if len(renamed) > 1 else []
            for path in (self.key, self.memory.path, *cosigned):
                if path.exists():
                    path.rename(former / path.name)
            keys = "".join(f"{key}\n" for key in dict.fromkeys(told))
            write_whole(self.public, keys.encode(), 0o644)
            following.memory.path.rename(self.memory.path)
            following.key.rename(self.key)
            sync(self.path)
        shutil.rmtree(following.path)
        return former

    def signer(self) -> Signer | None:
        """Return the key to sign with, if there is one. Raises BadKey."""
        try:
            seen = os.stat(self._key)
        except FileNotFoundError:
            return None
        stamp = (seen.st_ino, seen.st_mtime_ns)
        if self._read is None or self._read[0] != stamp:
            told = self.key.read_text("utf-8", "replace")  # what is no text is no key either
            self._read = stamp, parse_signer(told.rstrip("\n"))
        return self._read[1]

    def verifiers(self) -> list[VerifierKey]:
        """Return the verifier keys of this folder's signers, the newest last. Raises BadKey."""
        with suppress(FileNotFoundError):
            return [parse_verifier(line) for line in self.public.read_text("utf-8").splitlines()]
        return []

    def locked(self) -> AbstractContextManager[None]:
        """Hold the folder among threads and processes."""
        return held(self._lock)


def successor(signed: bytes, keys: list[VerifierKey]) -> VerifierKey | None:
    """Return the key that a note names as the next, if a known key signed that."""
    try:
        text, _ = note.open_note(signed, keys)
        lines = parse_checkpoint(text).extensions
        named = [line.removeprefix(NEXT) for line in lines if line.startswith(NEXT)]
        return parse_verifier(named[0]) if named else None
    except (BadCheckpoint, BadKey):
        return None
