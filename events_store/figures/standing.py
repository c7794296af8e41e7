"""Where candidates stand on a day, and how long they have."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import BECAME, BECOMES, BELIEVED, CORRECTED, STOOD, THERE, held
from events_store.figures.figure import COUNT, RANKS, Column, Figure, Holds
from events_store.spans import GROUPS

STATE: Final = Column("state", Holds.STATE)
UNIT: Final = Column("unit", Holds.UNIT)
KIND: Final = Column("kind", Holds.KIND)
PRIORITY: Final = Column("priority", Holds.PRIORITY)
BITS: Final = "bits AS ({})".format(
    " UNION ALL ".join(f"SELECT {1 << at} AS bit" for at in range(len(GROUPS)))
)
# One row for each group somebody is in, and 0 for who is in none.
GROUPED: Final = (
    "SELECT s.state, s.position, COALESCE(g.bit, 0) AS priority FROM believed AS s"
    f" LEFT JOIN bits AS g ON (s.priority & g.bit) <> 0 WHERE {THERE}"
)
TOTAL: Final = Column("total", Holds.COUNT, f"(SELECT COUNT(*) FROM {STOOD})")
# Units that are there still: with their candidates, and a row of their own that counts none.
LIVELY: Final = f"""
SELECT {BECOMES} AS unit, 1 AS counted, :day - s.since AS days, s.position FROM {STOOD}
UNION ALL
SELECT h.position, 0, NULL, NULL FROM held AS h
 WHERE h.day <= :on AND h.subject NOT IN (SELECT m.subject FROM merged AS m WHERE m.day <= :on)"""
# Whoever is in Nurture and of whom no progress was reported in the year of the day (R6-1).
UNREPORTED: Final = f"""
SELECT {BECOMES} AS unit, s.position FROM {STOOD} AND s.state = 1
   AND s.candidate NOT IN (
       SELECT o.position FROM held AS h JOIN entries AS o ON o.subject = h.subject
          AND o.version = 1 WHERE h.day BETWEEN substr(:on, 1, 4) || '-01-01' AND :on)"""

FIGURES: Final = (
    Figure("by-stage", f"SELECT s.state, s.position FROM {STOOD}", (STATE,), uses=(BELIEVED,)),
    Figure(
        "by-unit",
        f"SELECT {BECOMES} AS unit, s.state, s.position FROM {STOOD}",
        (UNIT, STATE),
        uses=(BELIEVED, BECAME),
    ),
    Figure(
        "by-kind",
        f"SELECT s.kind, s.state, s.position FROM {STOOD}",
        (KIND, STATE),
        uses=(BELIEVED,),
    ),
    Figure("by-priority", GROUPED, (PRIORITY, STATE), uses=(BELIEVED, BITS)),
    Figure("shares", GROUPED, (PRIORITY,), (*COUNT, TOTAL), uses=(BELIEVED, BITS)),
    Figure(
        "waiting",
        f"SELECT s.state, :day - s.since AS days, s.position FROM {STOOD}",
        (STATE,),
        RANKS,
        uses=(BELIEVED,),
        ranked=True,
    ),
    Figure(
        "waiting-by-unit",
        f"SELECT {BECOMES} AS unit, s.state, :day - s.since AS days, s.position FROM {STOOD}"
        " AND s.state < 4",
        (UNIT, STATE),
        RANKS,
        uses=(BELIEVED, BECAME),
        ranked=True,
    ),
    Figure(
        "silence",
        LIVELY,
        (UNIT,),
        (
            Column("candidates", Holds.COUNT, "SUM(counted)"),
            Column("idle", Holds.DAYS, "MIN(days)"),
        ),
        uses=(
            BELIEVED,
            BECAME,
            CORRECTED,
            held("unit-registered"),
            held("unit-merged", called="merged"),
        ),
    ),
    Figure(
        "unreported",
        UNREPORTED,
        (UNIT,),
        uses=(BELIEVED, BECAME, CORRECTED, held("progress-reported")),
    ),
)
