"""What figures are made of: texts of SQL that SQLite and PostgreSQL read alike.

Values: `:day` and `:begins` count days from 1970-01-01, `:on` and `:since` are the same in ISO
text; `:known` is a position, below which everything is known; `:became` says as JSON what units
have become, by number, and is `{}` where they are told as then.
"""

from __future__ import annotations

from typing import Final

from events_store.spans import NEVER, OPEN

# All that is believed at a position: a segment until the day that is known by then. `position`
# is that of the entry which made it believed.
BELIEVED: Final = f"""
believed AS (
  SELECT candidate, valid_from, state, unit, kind, priority, suspended, since,
         CASE WHEN end_known < :known THEN valid_to ELSE {OPEN} END AS until,
         known_from AS position
    FROM span WHERE known_from < :known
  UNION ALL
  SELECT candidate, valid_from, state, unit, kind, priority, suspended, since,
         CASE WHEN end_known < :known THEN valid_to ELSE {OPEN} END, known_from
    FROM span_past WHERE :known < {NEVER} AND known_from < :known AND known_to >= :known)"""

# What units have become; -1 where one was split, and then by the unit a candidate is in now.
BECAME: Final = """
became AS MATERIALIZED (
  SELECT CAST(j.key AS BIGINT) AS unit, CAST(CAST(j.value AS TEXT) AS BIGINT) AS becomes
    FROM json_each(:became) AS j)"""
PAIR: Final = 2**32  # a unit times this, plus another, is the number of both
BECOMES: Final = f"""
CASE WHEN b.becomes IS NULL THEN s.unit WHEN b.becomes >= 0 THEN b.becomes
     ELSE COALESCE((SELECT p.becomes FROM believed AS n JOIN became AS p
                       ON p.unit = s.unit * {PAIR} + n.unit
                     WHERE n.candidate = s.candidate AND n.until = {OPEN}), s.unit) END"""

# Who was in which state on a day.
STOOD: Final = "believed AS s WHERE s.valid_from <= :day AND s.until > :day"
PLACED: Final = (
    f"SELECT s.*, {BECOMES} AS place FROM believed AS s LEFT JOIN became AS b ON b.unit = s.unit"
    " WHERE s.valid_from <= :day AND s.until > :day"
)
