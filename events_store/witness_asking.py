"""Asking a witness to cosign our checkpoint, over HTTP or by a file that somebody carries."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from domain.faults import BadCheckpoint
from events_store import note
from events_store.checkpoint import number
from events_store.database import Database
from events_store.key_folder import KeyFolder
from events_store.keys import VerifierKey
from events_store.memory import Remembered
from events_store.proofs import prove_consistency, subtrees
from events_store.public_log import kept
from events_store.sealing import check_vouched
from events_store.witness import name_of
from events_store.witness_request import SIZE_TYPE, Request, format_request
from events_store.witnesses import Known, Vouched, vouched_by

LARGEST: Final = note.LONGEST
PATIENCE: Final = 20.0  # seconds


class Unwilling(Exception):
    """A witness does not cosign. Facts: its name, the HTTP status, what it says."""

    def __init__(self, name: str, status: int, says: str) -> None:
        """Say what it answered."""
        super().__init__(f"{name} answered {status}: {says}")
        self.name, self.status, self.says = name, status, says


class Behind(Exception):
    """A witness has cosigned more entries than there are. Facts: its name, both sizes."""

    def __init__(self, name: str, cosigned: int, size: int) -> None:
        """Say how many it has cosigned."""
        super().__init__(f"{name} says it cosigned {cosigned} entries of our {size}")
        self.name, self.cosigned, self.size = name, cosigned, size


class Silent(Exception):
    """A witness does not answer. Facts: its name, why."""

    def __init__(self, name: str, why: str) -> None:
        """Say why."""
        super().__init__(f"{name} does not answer: {why}")
        self.name, self.why = name, why


class Answer(NamedTuple):
    """What came back over HTTP."""

    status: int
    type: str
    body: bytes


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """Takes every status for an answer, and follows nobody elsewhere."""

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        """Return the answer."""
        return response

    https_response = http_response


def request(db: Database, last: Remembered, old: int) -> bytes:
    """Return the request to cosign a seal, from the size that a witness has. Raises BeyondSize."""
    proof = prove_consistency(subtrees(kept(db)), old, last.point.size)
    return format_request(Request(old, tuple(proof), last.note))


def ask(db: Database, keys: KeyFolder, last: Remembered, witness: Known, old: int) -> Vouched:
    """Return a seal cosigned by a witness.

    Raises Contradicted if it shows another history that we signed; or else Unwilling, Behind,
    Silent and BadCheckpoint.
    """
    try:
        return _asked(db, keys, last, witness, old)
    except (Unwilling, Behind):
        told = cosigned_last(witness, last.point.origin, keys.verifiers())
        if told:
            keys.witnesses.remember(told)
            check_vouched(db, [told])
        raise


def _asked(db: Database, keys: KeyFolder, last: Remembered, witness: Known, old: int) -> Vouched:
    name, size = witness.key.name, last.point.size
    answer = _post(witness, request(db, last, old))
    if (answer.status, answer.type) == (409, SIZE_TYPE):
        told = number(answer.body.decode("ascii", "replace").removesuffix("\n"))
        if told > size:
            raise Behind(name, told, size)
        answer = _post(witness, request(db, last, told))
    if answer.status != 200:
        raise Unwilling(name, answer.status, answer.body.decode("utf-8", "replace").strip()[:200])
    return vouched_by(witness.key, _joined(last.note, answer.body), keys.verifiers())


def _joined(signed: bytes, lines: bytes) -> bytes:
    return note.add(signed, note.parse_lines(lines.decode("utf-8", "replace")))


def carried(signed: bytes, keys: KeyFolder) -> Vouched:
    """Return the checkpoint that a witness cosigned and somebody brought. Raises BadCheckpoint."""
    _, lines = note.split(signed)
    marks = {line[:2] for line in lines}
    by = [key for key in keys.witnesses.verifiers() if (key.name, key.id) in marks]
    if len(by) != 1:
        raise BadCheckpoint(f"{len(by)} known witnesses have cosigned it, not one")
    return vouched_by(by[0], signed, keys.verifiers())


def cosigned_last(
    witness: Known, origin: str, ours: Sequence[VerifierKey], patience: float = PATIENCE
) -> Vouched | None:
    """Return the checkpoint of our log that a witness cosigned last, if it tells.

    It counts only if our log has signed it too. Raises Silent and BadCheckpoint.
    """
    answer = _exchange(witness, f"{name_of(origin)}/checkpoint", None, patience)
    return vouched_by(witness.key, answer.body, ours) if answer.status == 200 else None


def _post(witness: Known, body: bytes) -> Answer:
    return _exchange(witness, "add-checkpoint", body, PATIENCE)


def _exchange(witness: Known, path: str, body: bytes | None, patience: float) -> Answer:
    asked = urllib.request.Request(f"{(witness.url or '').rstrip('/')}/{path}", body)
    asked.add_header("Content-Type", "text/plain; charset=utf-8")
    opener = urllib.request.build_opener(_AsItIs)
    try:
        with opener.open(asked, timeout=patience) as answer:
            kind = answer.headers.get("Content-Type", "")
            return Answer(answer.status, kind, answer.read(LARGEST + 1))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Silent(witness.key.name, str(error)) from error
