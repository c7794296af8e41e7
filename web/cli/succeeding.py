"""A new key in the place of the old one, and the entry that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from domain.upkeep import UpkeepEvent
from domain.values import Sealed, private
from events_store import succession
from events_store.key_folder import KeyFolder
from events_store.keys import BadKey, Signer, VerifierKey
from events_store.ledger import Reader
from web.cli.sealed import sealed_now
from web.parts import Parts, join, now
from web.settings import Settings
from workflow.register import HERE


class Succeeded(NamedTuple):
    """Where it was recorded, the new verifier key, and where the old key and memory lie now."""

    position: int
    key: str
    aside: str


def succeed(
    settings: Settings,
    origin: str,
    event: Callable[[str, Sealed], UpkeepEvent],
    actor: str,
    reason: str,
    known: Sequence[VerifierKey],
) -> Succeeded:
    """Record an event and seal it with a new key, which is used from here on.

    Until the last step the old key and its memory are where they were, and what they sealed is
    not what the database holds: broken off anywhere, nothing more can be written.
    """
    folder, told = KeyFolder(settings.keys_folder), private(reason)
    with closing(Reader(settings.database).recorder) as recorder:
        old = signer(folder)
        same = old is not None and succession.origin_of(recorder.db) == old.name
        following = succession.prepare(folder, recorder.db, origin, old if same else None)
    key = str(following.verifiers()[-1])
    parts = join(replace(settings, keys=following.path))
    entry = parts.register.upkeep(event(key, told.sealed()), actor, told)
    sealed_now(parts)
    former = folder.succeed(following, f"former-{stamp()}", known)
    close(parts)
    return Succeeded(entry.position, key, str(former))


def signer(folder: KeyFolder) -> Signer | None:
    """Return the signing key, if it can be read."""
    try:
        return folder.signer()
    except (BadKey, OSError):
        return None


def stamp() -> str:
    """Return the hour, to name what is put aside by."""
    return now().astimezone(HERE).strftime("%Y%m%d-%H%M%S")


def close(parts: Parts) -> None:
    """Close this thread's connections to a register."""
    parts.sealer.finish(lambda: parts.ledger.db)
    parts.ledger.recorder.close()
    parts.register.ledger.recorder.close()  # type: ignore[attr-defined]
