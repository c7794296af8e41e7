"""The witnesses of a register: their keys, and the last checkpoint each is known to have cosigned.

Both lie in the folder of the signing key, outside the database, so that no restore undoes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from domain.faults import BadCheckpoint, Unreadable
from events_store import note
from events_store.checkpoint import Checkpoint, parse_checkpoint
from events_store.keys import BadKey, Kind, VerifierKey, parse_verifier
from events_store.memory import held, write_whole

COSIGNING: Final = (Kind.COSIGNATURE, Kind.ML_DSA_44)


class Known(NamedTuple):
    """A witness, and where it can be asked, if anywhere."""

    key: VerifierKey
    url: str | None


class Vouched(NamedTuple):
    """A checkpoint that a witness has cosigned, and the second it did."""

    key: VerifierKey
    point: Checkpoint
    time: int
    note: bytes


class Witnesses:
    """Who cosigns one log."""

    def __init__(self, folder: Path) -> None:
        """Name the folder of the log's key."""
        self.folder, self.file, self.cosigned = folder, folder / "witnesses", folder / "cosigned"
        self._seen: tuple[object, Sequence[Vouched]] = (), ()

    def known(self) -> list[Known]:
        """Return all witnesses. Raises BadKey."""
        return [Known(key, url) for key, url in keys_in(self.file)]

    def verifiers(self) -> list[VerifierKey]:
        """Return the keys of all witnesses. Raises BadKey."""
        return [each.key for each in self.known()]

    def add(self, key: VerifierKey, url: str | None) -> None:
        """Know a witness from now on, or where to ask it. Raises BadKey."""
        if key.kind not in COSIGNING:
            raise BadKey("it is a log's, not a witness's")
        with held(self.folder / "lock"):
            known = {each.key: each.url for each in self.known()} | {key: url}
            lines = (" ".join(filter(None, (str(k), at))) for k, at in known.items())
            write_whole(self.file, "".join(f"{line}\n" for line in lines).encode(), 0o644)

    def remember(self, vouched: Vouched) -> None:
        """Keep what a witness has cosigned, if that is not less than what it had."""
        with held(self.folder / "lock"):
            before = [v for v in self.vouched() if v.key == vouched.key]
            if all(v.point.size <= vouched.point.size for v in before):
                self.cosigned.mkdir(mode=0o700, exist_ok=True)
                write_whole(self.cosigned / vouched.key.id.hex(), vouched.note, 0o600)
                self._seen = (), ()

    def vouched(self) -> Sequence[Vouched]:
        """Return the last checkpoint of each witness. Raises BadKey and Unreadable."""
        try:
            stamp = self.cosigned.stat().st_mtime_ns, self.file.stat().st_mtime_ns
        except FileNotFoundError:
            return ()
        if self._seen[0] != stamp:
            self._seen = stamp, tuple(self._read())
        return self._seen[1]

    def _read(self) -> Iterator[Vouched]:
        for key in self.verifiers():
            path = self.cosigned / key.id.hex()
            with suppress(FileNotFoundError):
                try:
                    yield vouched_by(key, path.read_bytes())
                except BadCheckpoint as error:
                    raise Unreadable(str(path), str(error)) from error


def vouched_by(
    key: VerifierKey, signed: bytes, logs: Sequence[VerifierKey] | None = None
) -> Vouched:
    """Return what a witness has cosigned, without lines of others. Raises BadCheckpoint.

    If keys of the log are named, one of them must have signed.
    """
    text, signatures = note.open_note(signed, [key])
    if logs is not None:
        note.open_checkpoint(signed, logs)
        signed = only(signed, [*logs, key])
    times = [signature.time for signature in signatures if signature.time is not None]
    return Vouched(key, parse_checkpoint(text), max(times), signed)


def only(signed: bytes, keys: Sequence[VerifierKey]) -> bytes:
    """Return a note with the lines of some keys only. Raises BadCheckpoint."""
    text, lines = note.split(signed)
    known = {(key.name, key.id) for key in keys}
    return f"{text}\n{''.join(str(line) for line in lines if line[:2] in known)}".encode()


def keys_in(file: Path) -> list[tuple[VerifierKey, str | None]]:
    """Return the verifier keys of a file, each with what stands behind it. Raises BadKey."""
    with suppress(FileNotFoundError):
        parts = (line.partition(" ") for line in file.read_text("utf-8").splitlines())
        return [(parse_verifier(key), rest or None) for key, _, rest in parts]
    return []
