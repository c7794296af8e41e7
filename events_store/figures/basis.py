"""What figures are made of: texts of SQL that SQLite and PostgreSQL read alike.

Values: `:day` and `:begins` count days from 1970-01-01, `:on` and `:since` are the same in ISO
text; `:known` is a position, below which everything is known; `:became` says as JSON what units
have become, by number, where `:mapped` is not 0; `:voided` and `:redated` say as JSON what the
texts VOIDED and REDATED find, by position.
"""

from __future__ import annotations

from typing import Final

from events_store.spans import NEVER, OPEN

# All that is believed at a position: a segment until the day that is known by then. `position`
# is that of the entry which made it believed.
BELIEVED: Final = f"""
believed AS NOT MATERIALIZED (
  SELECT candidate, valid_from, state, unit, kind, priority, suspended, since,
         CASE WHEN end_known < :known THEN valid_to ELSE {OPEN} END AS until,
         known_from AS position
    FROM span WHERE known_from < :known
  UNION ALL
  SELECT candidate, valid_from, state, unit, kind, priority, suspended, since,
         CASE WHEN end_known < :known THEN valid_to ELSE {OPEN} END, known_from
    FROM span_past WHERE :known < {NEVER} AND known_from < :known AND known_to >= :known)"""


def believed_of(candidate: str, what: str, where: str = "") -> str:
    """Return the text of a value of each segment, called `b`, of one candidate, by its key."""
    told = f"SELECT {what} AS told FROM"
    own = f"b.candidate = {candidate} AND b.known_from < :known{where and f' AND {where}'}"
    past = f":known < {NEVER} AND b.known_to >= :known"
    return f"({told} span AS b WHERE {own} UNION ALL {told} span_past AS b WHERE {own} AND {past})"


UNTIL: Final = f"CASE WHEN b.end_known < :known THEN b.valid_to ELSE {OPEN} END"
# What units have become; -1 where one was split, and then by the unit a candidate is in now.
BECAME: Final = """
became AS MATERIALIZED (
  SELECT CAST(j.key AS BIGINT) AS unit, CAST(CAST(j.value AS TEXT) AS BIGINT) AS becomes
    FROM json_each(:became) AS j)"""
PAIR: Final = 2**32  # a unit times this, plus another, is the number of both
UNIT_NOW: Final = believed_of("s.candidate", "b.unit", f"{UNTIL} = {OPEN}")
BECOMES: Final = f"""
CASE WHEN :mapped = 0 THEN s.unit ELSE COALESCE((
     SELECT CASE WHEN b.becomes >= 0 THEN b.becomes ELSE (
            SELECT p.becomes FROM became AS p
             WHERE p.unit = s.unit * {PAIR} + (SELECT MAX(n.told) FROM {UNIT_NOW} AS n)) END
       FROM became AS b WHERE b.unit = s.unit), s.unit) END"""

# Who was in which state on a day.
THERE: Final = "s.valid_from <= :day AND s.until > :day"
STOOD: Final = f"believed AS s WHERE {THERE}"
# Entries that are voided, and entries of which the day was corrected, with the last such day:
# looked up once for all figures that are asked together, which take them as values.
TARGET: Final = """
JOIN entries AS t ON t.subject = c.subject
 AND t.version = CAST(json_extract(c.body, '$.event.target') AS BIGINT)"""
VOIDED: Final = f"""
SELECT t.position, c.position AS at FROM entries AS c {TARGET}
 WHERE c.name = 'entry-voided' AND c.position < :known"""
REDATED: Final = f"""
SELECT t.position, json_extract(c.body, '$.event.to') AS day FROM entries AS c {TARGET}
 WHERE c.name = 'effective-date-corrected' AND c.position < :known ORDER BY c.position"""
CORRECTED: Final = """
voided AS MATERIALIZED (
  SELECT CAST(j.key AS BIGINT) AS position FROM json_each(:voided) AS j),
redated AS MATERIALIZED (
  SELECT CAST(j.key AS BIGINT) AS position, replace(CAST(j.value AS TEXT), '"', '') AS day
    FROM json_each(:redated) AS j)"""  # on PostgreSQL a text of JSON keeps its quotes


# The day of an entry, as the index of days has it; this is much quicker than to read all.
DAY: Final = 'substr(CAST(body AS TEXT), instr(CAST(body AS TEXT), \'"effective_on":"\') + 16, 10)'


def some(text: str, subjects: str) -> str:
    """Return a text about entries of some subjects, given by a question that finds them.

    What it tells by other subjects beside them, such as units, it cannot tell any more.
    """
    return text.replace("e.name IN", f"e.subject IN ({subjects}) AND e.name || '' IN")


def held(*names: str, called: str = "held") -> str:
    """Return the text of entries of some kinds that count at a position, each with its day."""
    among = ", ".join(f"'{name}'" for name in names)
    columns = "e.position, e.subject, e.version, e.name, e.body"
    counts = f"e.name IN ({among}) AND e.position < :known"
    kept = "e.position NOT IN (SELECT position FROM voided)"
    return f"""
{called} AS (
  SELECT {columns}, {DAY} AS day FROM entries AS e
   WHERE {counts} AND {kept} AND e.position NOT IN (SELECT position FROM redated)
  UNION ALL
  SELECT {columns}, r.day FROM redated AS r JOIN entries AS e ON e.position = r.position
   WHERE {counts} AND {kept})"""


def told(field: str, of: str = "h") -> str:
    """Return the text of what an entry's event says in a field, where it may say nothing."""
    return f"COALESCE(json_extract({of}.body, '$.event.{field}') || '', '')"


def number(field: str, of: str = "h") -> str:
    """Return the text of a number in an entry's event; none is 0."""
    return f"COALESCE(CAST(json_extract({of}.body, '$.event.{field}') AS BIGINT), 0)"


def day_of(text: str) -> str:
    """Return the text of a day's number, of a day in ISO text."""
    return f"CAST(julianday({text}) - 2440587.5 AS BIGINT)"


def year_of(text: str) -> str:
    """Return the text of the year of a day in ISO text."""
    return f"CAST(substr({text}, 1, 4) AS BIGINT)"


WITHIN: Final = "h.day BETWEEN :since AND :on"
