"""What moves between two days: who comes, who goes on, who is sent back, and how long it takes."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import (
    BECAME,
    BECOMES,
    BELIEVED,
    CORRECTED,
    STOOD,
    UNTIL,
    WITHIN,
    believed_of,
    day_of,
    held,
    told,
)
from events_store.figures.figure import RANKS, Column, Figure, Holds
from events_store.figures.standing import STATE, UNIT
from events_store.spans import NEVER

BEFORE: Final = Column("before", Holds.STATE)
WORD: Final = Column("event", Holds.WORD)
# A segment that begins a state, and the one before it: between them lies a move.
PASSED: Final = "n.since = n.valid_from AND n.valid_from BETWEEN :begins AND :day"
MOVED: Final = (
    f"began AS MATERIALIZED (SELECT * FROM believed AS n WHERE {PASSED})",
    f"""
moved AS (
  SELECT n.candidate, n.state, n.valid_from, n.position, s.state AS before, s.since, s.unit
    FROM began AS n CROSS JOIN span AS s
   WHERE s.candidate = n.candidate AND s.valid_to = n.valid_from
     AND s.known_from < :known AND s.end_known < :known
  UNION ALL
  SELECT n.candidate, n.state, n.valid_from, n.position, s.state, s.since, s.unit
    FROM began AS n CROSS JOIN span_past AS s
   WHERE s.candidate = n.candidate AND s.valid_to = n.valid_from AND :known < {NEVER}
     AND s.known_from < :known AND s.end_known < :known AND s.known_to >= :known)""",
)
BEFORE_IT: Final = believed_of(
    "s.candidate", "b.state", f"b.valid_from < :begins AND {UNTIL} >= :begins"
)
FLOWS: Final = f"""
SELECT COALESCE((SELECT MAX(a.told) FROM {BEFORE_IT} AS a), -1) AS before, s.state, s.position
  FROM {STOOD}"""
COHORT: Final = """
SELECT c.candidate AS position, c.reached,
       CAST(strftime('%Y', c.found * 86400, 'unixepoch') AS BIGINT) AS year
  FROM (SELECT candidate, MIN(valid_from) AS found,
               MAX(CASE WHEN state < 4 THEN state ELSE 0 END) AS reached
          FROM believed WHERE valid_from <= :day GROUP BY candidate) AS c"""
FOUND: Final = believed_of("o.position", "b.valid_from", "b.valid_from <= :day")
FIRST_DAY: Final = f"(SELECT MIN(d.told) FROM {FOUND} AS d)"
ACHIEVED: Final = f"""
SELECT 'achieved', {day_of("h.day")} - {day_of(told("achieved_on", "c"))}, h.position
  FROM held AS h JOIN (
       SELECT l.*, ROW_NUMBER() OVER (PARTITION BY l.subject ORDER BY l.day DESC, l.position DESC)
              AS latest FROM classified AS l WHERE l.day <= :on) AS c ON c.subject = h.subject
 WHERE c.latest = 1 AND {WITHIN}"""
TIMELINESS: Final = f"""
SELECT 'candidate-discovered' AS event, {day_of("h.day")} - {FIRST_DAY} AS days, h.position
  FROM held AS h JOIN entries AS o ON o.subject = h.subject AND o.version = 1 WHERE {WITHIN}
UNION ALL{ACHIEVED}"""


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
        "SELECT before, state, valid_from - since AS days, position FROM moved",
        (BEFORE, STATE),
        RANKS,
        uses=(BELIEVED, *MOVED),
        ranked=True,
    ),
    Figure(
        "passages-by-unit",
        f"SELECT {BECOMES} AS unit, s.before, s.state, s.position FROM moved AS s",
        (UNIT, BEFORE, STATE),
        uses=(BELIEVED, *MOVED, BECAME),
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
