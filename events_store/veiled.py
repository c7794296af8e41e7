"""Veiled: which candidates and people are behind a veil, as the register stands now."""

from __future__ import annotations

from collections.abc import Collection

from domain.veil import Veil
from events_store.database import Database, named
from events_store.spans import OPEN, STATE_NUMBER, origin


def numbers(db: Database, veil: Veil) -> str:
    """Return the question for the numbers of the candidates behind a veil."""
    return f"SELECT v.candidate FROM span AS v WHERE {_behind(db, veil)}"


def _behind(db: Database, veil: Veil) -> str:
    states = ", ".join(str(STATE_NUMBER[outcome]) for outcome in veil.outcomes)
    units = ", ".join(str(origin(db, unit)) for unit in sorted(veil.units)) or "-1"
    return f"v.valid_to = {OPEN} AND v.state IN ({states}) AND v.unit NOT IN ({units})"


def among(db: Database, veil: Veil, owners: Collection[str]) -> set[str]:
    """Return which of these candidates and people are: a person with every candidacy."""
    # By key: a list of all who are behind it would be made anew for each name on a page.
    own = "SELECT 1 FROM span AS v WHERE v.candidate = card.candidate"
    behind = f"EXISTS ({own} AND {_behind(db, veil)})"
    every = f" GROUP BY person HAVING COUNT(*) = SUM(CASE WHEN {behind} THEN 1 ELSE 0 END)"
    candidates = (owner for owner in owners if owner.startswith("candidate:"))
    people = (owner for owner in owners if owner.startswith("person:"))
    found = named(db, "SELECT subject FROM card WHERE subject IN", candidates, f" AND {behind}")
    whole = named(db, "SELECT person FROM card WHERE person IN", people, every)
    return {row[0] for row in (*found, *whole)}


def owners(db: Database, ids: Collection[str]) -> dict[str, str]:
    """Return to whom rows of the vault belong, by their ids."""
    return dict(named(db, "SELECT id, owner FROM vault WHERE id IN", ids))
