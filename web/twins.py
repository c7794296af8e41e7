"""Twins: who may be in the register already. A warning, never a reason to refuse."""

from __future__ import annotations

from events_store.cards import alike, candidacies, identity
from events_store.ledger import Reader
from workflow import commands as asked


def twins(ledger: Reader, command: asked.Command) -> tuple[str, ...]:
    """Return candidates who may be the same: spelling, year of birth and unit, or the person."""
    if not isinstance(command, asked.DiscoverCandidate):
        return ()
    if command.person:
        return candidacies(ledger.db, command.person)
    who = command.who.content if command.who else {}
    if not who.get("name") or not ledger.version(command.unit):
        return ()
    return alike(ledger.db, identity(str(who["name"]), who.get("birth_year")), command.unit)
