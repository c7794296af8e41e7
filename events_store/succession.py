"""A new key in the place of one that is lost, or that has signed what the register lacks now.

A log never signs two trees of one size. So where the old key may have signed more than is left,
the new one bears another origin: to witnesses and to whoever keeps checkpoints it is another log,
which says in an entry of its own what it goes on from.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Sequence
from itertools import chain
from typing import Final

from events_store import merkle, note, seals
from events_store.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from events_store.database import Database
from events_store.key_folder import NEXT, KeyFolder
from events_store.keys import Signer, VerifierKey, generate
from events_store.memory import Remembered
from events_store.public_log import LEAVES

LATER: Final = re.compile(r"~[0-9a-f]{8}$")


def later(origin: str) -> str:
    """Return the origin of a log that goes on from a part of another, such as `so~5f2a90c1`.

    It is random: the same loss may be accepted twice, in a rehearsal or after a crash.
    """
    return f"{LATER.sub('', origin)}~{secrets.token_hex(4)}"


def origin_of(db: Database) -> str | None:
    """Return the origin that the register was sealed under last."""
    newest = seals.newest(db)
    return parse_checkpoint(note.split(newest.note)[0]).origin if newest else None


def former(db: Database, known: Sequence[VerifierKey]) -> str | None:
    """Return the key that sealed last: as a verifier key, or its name and hash if that is lost."""
    if known:
        return str(known[-1])
    newest = seals.newest(db)
    if newest is None:
        return None
    line = note.split(newest.note)[1][-1]
    return f"{line.name}+{line.id.hex()}"


def prepare(keys: KeyFolder, db: Database, origin: str, old: Signer | None) -> KeyFolder:
    """Return a folder with a new key, whose memory begins at the newest seal that is kept.

    The old key, if there is one, signs that seal once more and names the new one in it: it says
    nothing but what it has said already.
    """
    newest, new = seals.newest(db), generate(origin)
    size = newest.size if newest else 0
    leaves = chain.from_iterable(db.execute(LEAVES, (0, size)))
    edge = merkle.extend(0, b"", leaves)[1]
    name, named = (old.name, (f"{NEXT}{new.verifier}",)) if old else (origin, ())
    text = format_checkpoint(Checkpoint(name, size, merkle.root(edge), named))
    signed = note.sign(text, (old, new) if old else (new,))
    following = _empty(keys)
    following.replace(new)
    told = Checkpoint(name, size, merkle.root(edge), named)
    following.memory.write(Remembered(told, edge, newest.number if newest else 0, signed))
    return following


def _empty(keys: KeyFolder) -> KeyFolder:
    """Return a folder inside another, with nothing in it."""
    keys.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.path.chmod(0o700)
    following = KeyFolder(keys.path / "next")
    if following.path.exists():  # of a succession that was broken off
        shutil.rmtree(following.path)
    following.path.mkdir(mode=0o700)
    return following
