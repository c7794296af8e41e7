"""A witness: it cosigns checkpoints of other logs (C2SP tlog-witness and tlog-cosignature).

For each log it remembers the checkpoint it cosigned last, and cosigns another only if that
continues it: so nobody ever holds its cosignatures over two different trees of one log. What it
will remember is made durable before anybody sees the cosignature; checking and remembering are
one step under a lock, among threads and among processes.

Refused             it does not cosign
  Malformed         400  the request is no request, or its old size lies beyond its checkpoint
  NotSigned         403  no trusted key of the log has signed
  UnknownLog        404  it does not follow this log
  OldSize           409  it has cosigned another size since: fact size
  NotContinued      422  the checkpoint does not continue the one before
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import ClassVar, NamedTuple

from domain.faults import BadCheckpoint, Unreadable
from events_store import note
from events_store.checkpoint import Checkpoint, parse_checkpoint
from events_store.keys import BadKey, Kind, Signer, VerifierKey, generate, parse_signer
from events_store.memory import held, write_whole
from events_store.merkle import EMPTY_ROOT
from events_store.proofs import check_consistency
from events_store.witness_request import Request, parse_request
from events_store.witnesses import keys_in


class Refused(Exception):
    """The witness does not cosign. Fact: the status it answers over HTTP."""

    status: ClassVar[int]


class Malformed(Refused):
    """The request is not one."""

    status = 400


class NotSigned(Refused):
    """No trusted key has signed the checkpoint."""

    status = 403


class UnknownLog(Refused):
    """The witness does not follow this log. Fact: its origin."""

    status = 404

    def __init__(self, origin: str) -> None:
        """Name the log."""
        super().__init__(f"unknown log {origin}")
        self.origin = origin


class OldSize(Refused):
    """The proof begins elsewhere than where the witness is. Facts: its size, its checkpoint."""

    status = 409

    def __init__(self, asked: int, size: int, cosigned: bytes | None) -> None:
        """Say from where the proof would have to begin."""
        super().__init__(f"the checkpoint cosigned last has {size} entries, not {asked}")
        self.asked, self.size, self.cosigned = asked, size, cosigned


class NotContinued(Refused):
    """The log has another history than the one cosigned. Facts: both sizes, its checkpoint."""

    status = 422

    def __init__(self, old: int, new: int, cosigned: bytes | None) -> None:
        """Say between which sizes the proof fails."""
        super().__init__(f"{new} entries are not proven to continue the {old} cosigned")
        self.old, self.new, self.cosigned = old, new, cosigned


class NoWitness(Exception):
    """There is no witness in a folder. Fact: the folder."""

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        super().__init__(f"no witness in {path}")
        self.path = path


class WitnessExists(Exception):
    """There is a key in the folder already. Fact: its file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"there is a key in {path}")
        self.path = path


class Cosigned(NamedTuple):
    """A checkpoint with all trusted signatures, and the witness's own line."""

    note: bytes
    line: note.Line


class Witness:
    """What a witness keeps in a folder of its own: key, logs it follows, what it cosigned."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Name the folder; it need not be there."""
        self.path, self.clock = path, clock
        self.key, self.logs, self.cosigned = path / "witness.key", path / "logs", path / "cosigned"

    def create(self, name: str) -> Signer:
        """Make the folder and a key. Raises WitnessExists and BadKey."""
        for taken in (self.key, self.path / "signer.key"):  # never the key of a log
            if taken.exists():
                raise WitnessExists(taken)
        signer = generate(name, Kind.COSIGNATURE)
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.cosigned.mkdir(mode=0o700, exist_ok=True)
        write_whole(self.key, f"{signer.text}\n".encode(), 0o600)
        return signer

    def signer(self) -> Signer:
        """Return the key to cosign with. Raises NoWitness and BadKey."""
        try:
            return parse_signer(self.key.read_text("utf-8").rstrip("\n"))
        except FileNotFoundError:
            raise NoWitness(self.path) from None

    def trust(self, key: VerifierKey) -> None:
        """Follow the log that a key speaks for. Raises NoWitness and BadKey."""
        if key.kind is Kind.COSIGNATURE:
            raise BadKey("it is a witness's, not a log's")
        self.signer()
        with self._locked():
            told = "".join(f"{each}\n" for each in dict.fromkeys([*self.trusted(), key]))
            write_whole(self.logs, told.encode(), 0o600)

    def trusted(self) -> list[VerifierKey]:
        """Return the keys of the logs it follows. Raises BadKey."""
        return [key for key, _ in keys_in(self.logs)]

    def last(self, origin: str) -> bytes | None:
        """Return the checkpoint cosigned last, as a whole note. Raises Unreadable."""
        return self.last_named(name_of(origin))

    def last_named(self, name: str) -> bytes | None:
        """Return the same by the name of its file. Raises Unreadable."""
        path = self.cosigned / name
        with suppress(FileNotFoundError):
            told = path.read_bytes()
            try:
                note.open_note(told, [self.signer().verifier])
            except BadCheckpoint as error:
                raise Unreadable(str(path), str(error)) from error
            return told
        return None

    def cosign(self, body: bytes) -> Cosigned:
        """Cosign what a request brings, if it continues what was cosigned. Raises Refused."""
        request, text, point = _read(body)
        lines = self._signatures(request.checkpoint, point)
        signer = self.signer()
        with self._locked():
            self._check(request, point, self.last(point.origin))
            line = note.line(text, signer, int(self.clock()))
            made = f"{text}\n{''.join(map(str, (*lines, line)))}".encode()
            write_whole(self.cosigned / name_of(point.origin), made, 0o600)
        return Cosigned(made, line)

    def _signatures(self, signed: bytes, point: Checkpoint) -> list[note.Line]:
        """Return the lines of trusted keys of the log. Raises UnknownLog and NotSigned."""
        trusted = [key for key in self.trusted() if key.name == point.origin]
        if not trusted:
            raise UnknownLog(point.origin)
        try:
            _, signatures = note.open_checkpoint(signed, trusted)
        except BadCheckpoint as error:
            raise NotSigned(str(error)) from error
        ids = {signature.key.id for signature in signatures}
        lines = note.split(signed)[1]
        return [line for line in lines if line.name == point.origin and line.id in ids]

    def _check(self, request: Request, point: Checkpoint, cosigned: bytes | None) -> None:
        size, root = _tree(cosigned)
        if request.old != size:
            raise OldSize(request.old, size, cosigned)
        if not check_consistency(size, root, point.size, point.root, request.proof):
            raise NotContinued(size, point.size, cosigned)

    def _locked(self) -> AbstractContextManager[None]:
        return held(self.path / "lock")


def name_of(origin: str) -> str:
    """Return the name by which a witness keeps and serves what it cosigned of a log."""
    return hashlib.sha256(origin.encode()).hexdigest()


def _read(body: bytes) -> tuple[Request, str, Checkpoint]:
    try:
        request = parse_request(body)
        text, _ = note.split(request.checkpoint)
        point = parse_checkpoint(text)
    except BadCheckpoint as error:
        raise Malformed(str(error)) from error
    if request.old > point.size:
        raise Malformed(f"the old size {request.old} lies beyond {point.size}")
    return request, text, point


def _tree(cosigned: bytes | None) -> tuple[int, bytes]:
    if cosigned is None:
        return 0, EMPTY_ROOT
    point = parse_checkpoint(note.split(cosigned)[0])
    return point.size, point.root
