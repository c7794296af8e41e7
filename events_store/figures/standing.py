"""Where candidates stand on a day, and how long they have."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import BECAME, BELIEVED, PLACED, STOOD
from events_store.figures.figure import RANKS, Column, Figure, Holds
from events_store.spans import GROUPS

STATE: Final = Column("state", Holds.STATE)
UNIT: Final = Column("unit", Holds.UNIT)
KIND: Final = Column("kind", Holds.KIND)
PRIORITY: Final = Column("priority", Holds.PRIORITY)
GROUP: Final = "bits AS ({})".format(
    " UNION ALL ".join(f"SELECT {1 << at} AS bit" for at in range(len(GROUPS)))
)
# One row for each group somebody is in, and 0 for who is in none.
GROUPED: Final = (
    "SELECT s.state, s.position, COALESCE(g.bit, 0) AS priority FROM believed AS s"
    " LEFT JOIN bits AS g ON (s.priority & g.bit) <> 0"
    " WHERE s.valid_from <= :day AND s.until > :day"
)
WAITING: Final = "s.state, :day - s.since AS days, s.position"

FIGURES: Final = (
    Figure("by-stage", f"SELECT s.state, s.position FROM {STOOD}", (STATE,), uses=(BELIEVED,)),
    Figure(
        "by-unit",
        f"SELECT place AS unit, state, position FROM ({PLACED}) AS placed",
        (UNIT, STATE),
        uses=(BELIEVED, BECAME),
    ),
    Figure(
        "by-kind",
        f"SELECT s.kind, s.state, s.position FROM {STOOD}",
        (KIND, STATE),
        uses=(BELIEVED,),
    ),
    Figure("by-priority", GROUPED, (PRIORITY, STATE), uses=(BELIEVED, GROUP)),
    Figure(
        "waiting", f"SELECT {WAITING} FROM {STOOD}", (STATE,), RANKS, uses=(BELIEVED,), ranked=True
    ),
)
