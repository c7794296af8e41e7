"""Veiled: which candidates and people are behind a veil, as the register stands now."""

from __future__ import annotations

from collections.abc import Collection

from domain.veil import Veil
from events_store.database import Database
from events_store.spans import OPEN, STATE_NUMBER, origin
from events_store.vault import MANY, batched


def numbers(db: Database, veil: Veil) -> str:
    """Return the question for the numbers of the candidates behind a veil."""
    return f"SELECT v.candidate FROM span AS v WHERE {_behind(db, veil)}"


def _behind(db: Database, veil: Veil) -> str:
    states = ", ".join(str(STATE_NUMBER[outcome]) for outcome in veil.outcomes)
    units = ", ".join(str(origin(db, unit)) for unit in sorted(veil.units)) or "-1"
    return f"v.valid_to = {OPEN} AND v.state IN ({states}) AND v.unit NOT IN ({units})"


def among(db: Database, veil: Veil, owners: Collection[str]) -> set[str]:
    """Return which of these candidates and people are: a person with every candidacy."""
    wanted = sorted(owner for owner in owners if owner.startswith(("candidate:", "person:")))
    found = set[str]()
    # By key: a list of all who are behind it would be made anew for each name on a page.
    own = "SELECT 1 FROM span AS v WHERE v.candidate = card.candidate"
    behind = f"EXISTS ({own} AND {_behind(db, veil)})"
    for some in batched(wanted, MANY):
        marks = ", ".join("?" * len(some))
        sql = (
            f"SELECT subject FROM card WHERE subject IN ({marks}) AND {behind}"
            f" UNION ALL SELECT person FROM card WHERE person IN ({marks}) GROUP BY person"
            f" HAVING COUNT(*) = SUM(CASE WHEN {behind} THEN 1 ELSE 0 END)"
        )
        found |= {row[0] for row in db.execute(sql, (*some, *some))}
    return found


def owners(db: Database, ids: Collection[str]) -> dict[str, str]:
    """Return to whom rows of the vault belong, by their ids."""
    found: dict[str, str] = {}
    for some in batched(ids, MANY):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT id, owner FROM vault WHERE id IN ({marks})"
        found |= dict(db.execute(sql, some).fetchall())
    return found
