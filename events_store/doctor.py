"""Start-up: database, seals, signer's memory, keys and witnesses, compared by size and root.

Quick enough to run before every start; `audit` reads everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from domain.faults import BadCheckpoint, LedgerError
from events_store import merkle, note, seals, upkept
from events_store.checkpoint import Checkpoint
from events_store.database import Database
from events_store.key_folder import KeyFolder
from events_store.keys import BadKey
from events_store.proofs import root_at, subtrees
from events_store.public_log import head, kept
from events_store.sealing import (
    Contradicted,
    SignerLost,
    check_against,
    check_vouched,
    continued,
)
from events_store.witness_asking import Silent, cosigned_last

PATIENCE: Final = 5.0  # seconds that a witness has for its answer
HEAD_AND_ROWS: Final = (  # in one statement, for somebody may be writing
    "SELECT size, edge, (SELECT coalesce(max(position) + 1, 0) FROM entries) FROM head"
)


class Ailment(NamedTuple):
    """Something that does not fit; a grave one forbids to write."""

    what: str
    grave: bool
    error: Exception | None = None
    number: int = 0
    name: str = ""


def examine(
    db: Database, keys: KeyFolder, against: Sequence[tuple[str, bytes]] = ()
) -> list[Ailment]:
    """Return what does not fit together."""
    found = [*_folder(keys), *_tree(db), *_signer(db, keys)]
    return [*found, *_witnesses(db, keys), *_elsewhere(db, keys, against)]


def ask_witnesses(keys: KeyFolder) -> list[Ailment]:
    """Learn from each witness that can be asked what it cosigned last; return who was silent."""
    found: list[Ailment] = []
    try:
        signer, known = keys.signer(), keys.witnesses.known()
    except BadKey as error:
        return [Ailment("witness", grave=True, error=error)]
    for witness in known:
        if not (signer and witness.url):
            continue
        try:
            told = cosigned_last(witness, signer.name, keys.verifiers(), PATIENCE)
            if told:
                keys.witnesses.remember(told)
        except (Silent, BadCheckpoint) as error:
            found.append(Ailment("silent", grave=False, error=error, name=witness.key.name))
    return found


def _folder(keys: KeyFolder) -> Iterator[Ailment]:
    for path, mode in ((keys.path, 0o700), (keys.key, 0o600), (keys.memory.path, 0o600)):
        if path.exists() and path.stat().st_mode & 0o777 & ~mode:
            yield Ailment("open", grave=False, error=PermissionError(13, "", str(path)))


def _tree(db: Database) -> Iterator[Ailment]:
    """Compare the head with the leaves, by way of the kept hashes of tiles."""
    size, edge, rows = db.execute(HEAD_AND_ROWS).fetchone()
    if rows != size or root_at(subtrees(kept(db)), size) != merkle.root(edge):
        yield Ailment("head", grave=True, number=size)


def _signer(db: Database, keys: KeyFolder) -> Iterator[Ailment]:
    try:
        newest, told, signer = seals.newest(db), keys.memory.read(), keys.signer()
        if told is None or signer is None:
            if newest:
                yield Ailment("signer", grave=True, error=SignerLost(keys.path))
            else:
                yield Ailment("unsealed", grave=False)
            return
        size, _ = continued(db, told)
        if size > told.point.size:
            yield Ailment("behind", grave=False, number=size - told.point.size)
        if (newest.number if newest else 0) < told.kept:
            yield Ailment("seals-lost", grave=True, number=told.kept)
        for signed in filter(None, (told.note, newest and newest.note)):
            note.open_checkpoint(signed, keys.verifiers())
    except (LedgerError, BadKey) as error:
        yield Ailment("signer", grave=True, error=error)


def _witnesses(db: Database, keys: KeyFolder) -> Iterator[Ailment]:
    """Compare the tree with what each witness is known to have cosigned last."""
    try:
        vouched = keys.witnesses.vouched()
    except (LedgerError, BadKey) as error:
        yield Ailment("witness", grave=True, error=error)
        return
    for each in vouched:
        try:
            check_vouched(db, [each])
        except Contradicted as error:
            yield Ailment("witness", grave=True, error=error)


def _elsewhere(
    db: Database, keys: KeyFolder, against: Sequence[tuple[str, bytes]]
) -> Iterator[Ailment]:
    size, edge = head(db)
    now = Checkpoint("", size, merkle.root(edge))
    for where, signed in against:
        try:
            point, _ = note.open_checkpoint(signed, keys.verifiers())
            check_against(where, point, now, db)
        except BadCheckpoint as error:
            yield Ailment("against", grave=True, error=error)
        except Contradicted as error:
            found = upkept.given_up(point, upkept.told(db))
            number = found.position if found else 0
            yield Ailment("against", grave=found is None, error=error, number=number)
