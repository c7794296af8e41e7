"""What the council advised on a candidate: the ballot advises, the signer decides (A-14)."""

from __future__ import annotations

from typing import NamedTuple

from domain.council import Matter
from domain.session import Item
from workflow import commands as asked
from workflow.case import Case


class Advice(NamedTuple):
    """The item in which a council was asked about a candidate, and in which session."""

    session: str
    item: Item


def advised(case: Case, command: asked.Command) -> Advice | None:
    """Return what the session named, or else the latest one, advised on recognition."""
    named = command.session if isinstance(command, asked.RecognizeExemplar) else None
    sessions = case.world.all("session")
    closed = [
        (session.closed, id, item)
        for id, session in ([(named, sessions.get(named))] if named else sessions.items())
        if session and session.closed and session.closed <= case.effective_on
        if (item := session.about(case.subject, Matter.RECOGNITION))
    ]
    latest = max(closed, key=lambda found: found[:2], default=None)
    return Advice(latest[1], latest[2]) if latest else None
