"""The kinds of subjects as addresses: where each is found, and which commands it takes."""

from __future__ import annotations

import re
from typing import Final

from domain.subjects import KINDS
from workflow import commands as asked
from workflow.refusals import UnknownSubject

IRREGULAR: Final = {"person": "people", "calendar": "calendar"}
COLLECTIONS: Final = {kind: IRREGULAR.get(kind, f"{kind}s") for kind in KINDS}
ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._~-]{0,127}")
# One opens an empty register, where no token can be; the other copies rows of an older register,
# all in one transaction, and comes with a file: `exemplar import`.
ELSEWHERE: Final = (asked.FoundRegister, asked.AttestCandidate)


def beginning(kind: str) -> type[asked.Command] | None:
    """Return the command that begins a subject of a kind."""
    begins = (c for c, k in asked.BEGINS.items() if k == kind and c not in ELSEWHERE)
    return next(begins, None)


def about(kind: str) -> list[type[asked.Command]]:
    """Return the commands about a subject of a kind that is there already."""
    return [
        command
        for command, kinds in asked.KINDS.items()
        if kind in kinds
        and command not in ELSEWHERE
        and (command not in asked.BEGINS or command in asked.AGAIN)
    ]


def subject_of(kind: str, id: str) -> str:
    """Return the subject that an id in an address names, with or without its kind.

    Raises UnknownSubject for what can be no id: it is never shown to the database.
    """
    bare = id.removeprefix(f"{kind}:")
    if not ID.fullmatch(bare):
        raise UnknownSubject(f"{kind}:{id[:40]}")
    return f"{kind}:{bare}"


def address(subject: str) -> str:
    """Return where a subject is found, below the address of the API."""
    kind, _, bare = subject.partition(":")
    return f"{COLLECTIONS[kind]}/{bare}"
