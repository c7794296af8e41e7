"""What moves between two days: who comes, who goes on, who is sent back, and how long it takes."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import (
    BECAME,
    BECOMES,
    BELIEVED,
    CORRECTED,
    WITHIN,
    day_of,
    held,
    told,
)
from events_store.figures.figure import RANKS, Column, Figure, Holds
from events_store.figures.standing import STATE, UNIT

BEFORE: Final = Column("before", Holds.STATE)
WORD: Final = Column("event", Holds.WORD)
# A segment that begins a state, and the one before it: between them lies a move.
PASSED: Final = "n.since = n.valid_from AND n.valid_from BETWEEN :begins AND :day"
MOVED: Final = (
    "believed AS n JOIN believed AS s ON s.candidate = n.candidate AND s.until = n.valid_from"
)
FLOWS: Final = """
SELECT COALESCE(a.state, -1) AS before, s.state, s.position FROM believed AS s
  LEFT JOIN believed AS a ON a.candidate = s.candidate
   AND a.valid_from < :begins AND a.until >= :begins
 WHERE s.valid_from <= :day AND s.until > :day"""
COHORT: Final = """
SELECT c.candidate AS position, c.reached,
       CAST(strftime('%Y', c.found * 86400, 'unixepoch') AS BIGINT) AS year
  FROM (SELECT candidate, MIN(valid_from) AS found,
               MAX(CASE WHEN state < 4 THEN state ELSE 0 END) AS reached
          FROM believed WHERE valid_from <= :day GROUP BY candidate) AS c"""
FIRST_DAY: Final = (
    "(SELECT MIN(b.valid_from) FROM believed AS b JOIN entries AS o ON o.position = b.candidate"
    " WHERE o.subject = h.subject AND o.version = 1)"
)
TIMELINESS: Final = f"""
SELECT 'candidate-discovered' AS event, {day_of("h.day")} - {FIRST_DAY} AS days, h.position
  FROM held AS h WHERE {WITHIN}
UNION ALL
SELECT 'achieved', {day_of("h.day")} - {day_of(told("achieved_on", "c"))}, h.position
  FROM held AS h JOIN (
       SELECT l.*, ROW_NUMBER() OVER (PARTITION BY l.subject ORDER BY l.day DESC, l.position DESC)
              AS latest FROM classified AS l WHERE l.day <= :on) AS c ON c.subject = h.subject
 WHERE c.latest = 1 AND {WITHIN}"""


def _reached(stage: int) -> str:
    return f"SUM(CASE WHEN reached >= {stage} THEN 1 ELSE 0 END)"


FIGURES: Final = (
    Figure(
        "monthly",
        "SELECT strftime('%Y-%m', valid_from * 86400, 'unixepoch') AS month, state, position"
        " FROM believed WHERE since = valid_from AND valid_from BETWEEN :begins AND :day",
        (Column("month", Holds.MONTH), STATE),
        uses=(BELIEVED,),
    ),
    Figure("flows", FLOWS, (BEFORE, STATE), uses=(BELIEVED,)),
    Figure(
        "passages",
        "SELECT s.state AS before, n.state, n.valid_from - s.since AS days, n.position"
        f" FROM {MOVED} WHERE {PASSED}",
        (BEFORE, STATE),
        RANKS,
        uses=(BELIEVED,),
        ranked=True,
    ),
    Figure(
        "passages-by-unit",
        f"SELECT {BECOMES} AS unit, s.state AS before, n.state, n.position"
        f" FROM {MOVED} WHERE {PASSED}",
        (UNIT, BEFORE, STATE),
        uses=(BELIEVED, BECAME),
    ),
    Figure(
        "conversion",
        COHORT,
        (Column("year", Holds.YEAR),),
        (
            Column("found", Holds.COUNT, "COUNT(*)"),
            Column("nurtured", Holds.COUNT, _reached(1)),
            Column("summarized", Holds.COUNT, _reached(2)),
            Column("replicated", Holds.COUNT, _reached(3)),
        ),
        uses=(BELIEVED,),
    ),
    Figure(
        "timeliness",
        TIMELINESS,
        (WORD,),
        RANKS,
        uses=(
            BELIEVED,
            CORRECTED,
            held("exemplar-recognized"),
            held("candidate-classified", called="classified"),
        ),
        ranked=True,
    ),
    Figure(
        "returns",
        f"SELECT h.name AS event, {told('to')} AS stage, {told('ground')} AS ground, h.position"
        f" FROM held AS h WHERE {WITHIN}",
        (WORD, Column("stage", Holds.WORD), Column("ground", Holds.WORD)),
        uses=(
            CORRECTED,
            held(
                "stage-returned",
                "candidate-declined",
                "candidate-withdrawn",
                "recognition-revoked",
                "obligation-returned",
            ),
        ),
    ),
)
