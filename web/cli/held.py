"""Rows of a file that look like candidates the register holds: reported, never merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events_store.cards import alike, identity
from web.intake.plan import Intake
from web.intake.rows import NEW_UNIT
from web.parts import Parts


@dataclass(frozen=True)
class Held:
    """A row, and the candidates it may be about."""

    row: int
    name: str
    birth_year: int | None
    unit: str
    candidates: tuple[str, ...]


def held(parts: Parts, intake: Intake) -> Iterator[Held]:
    """Yield the rows, not recorded yet, that look like candidates of the same unit."""
    units, db = parts.register.units(), parts.ledger.db
    for command_id, said in intake.candidates:
        if said.unit.startswith(NEW_UNIT) or parts.ledger.answered(command_id):
            continue
        name, year = str(said.who.content["name"]), said.who.content.get("birth_year")
        if found := alike(db, identity(name, year), said.unit):
            born = year if isinstance(year, int) else None
            yield Held(said.row, name, born, units[said.unit].name or said.unit, found)
