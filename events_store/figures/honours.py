"""What exemplars were given: recognition, titles, commendations, and who followed them."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import (
    CORRECTED,
    WITHIN,
    believed_of,
    held,
    number,
    told,
    year_of,
)
from events_store.figures.figure import COUNT, Column, Figure, Holds

YEAR: Final = Column("year", Holds.YEAR)
KIND: Final = Column("kind", Holds.KIND)
LEVEL: Final = Column("level", Holds.WORD)
FORM: Final = Column("form", Holds.WORD)
LOST: Final = Column("lost", Holds.COUNT, "SUM(lost)")
# What a candidate is, told by its segments: the first entry of one that was brought along is none.
KIND_OF: Final = (
    f"COALESCE((SELECT MAX(k.told) FROM {believed_of('o.position', 'b.kind')} AS k), -1)"
)
FIRST: Final = "JOIN entries AS o ON o.subject = h.subject AND o.version = 1"
# A recognition is lost if the last that was decided about it took it back.
RECOGNIZED: Final = f"""
SELECT {year_of("h.day")} AS year, {KIND_OF} AS kind, h.position,
       CASE WHEN h.last = 'recognition-revoked' THEN 1 ELSE 0 END AS lost
  FROM (SELECT h.position, h.subject, h.name, h.day, FIRST_VALUE(h.name) OVER (
               PARTITION BY h.subject ORDER BY h.day DESC, h.position DESC) AS last
          FROM held AS h WHERE h.day <= :on) AS h {FIRST}
 WHERE h.name = 'exemplar-recognized' AND h.day >= :since"""
# The last that was decided about a title of a year, where it was ever taken back.
TAKEN: Final = f"""
taken AS MATERIALIZED (
  SELECT subject, title, year, day, position, name FROM (
    SELECT h.subject, {told("title")} AS title, {number("year")} AS year, h.day, h.position,
           h.name, ROW_NUMBER() OVER (
             PARTITION BY h.subject, {told("title")}, {number("year")}
             ORDER BY h.day DESC, h.position DESC) AS latest
      FROM revoked AS h WHERE h.day <= :on) AS t WHERE latest = 1 AND name = 'title-revoked')"""
GRANTED: Final = f"""
granted AS MATERIALIZED (
  SELECT h.subject, h.day, h.position, {told("title")} AS title, {number("year")} AS year
    FROM held AS h WHERE {WITHIN})"""
TITLED: Final = """
SELECT t.year, t.title, t.position,
       CASE WHEN (t.subject, t.title, t.year) IN (SELECT subject, title, year FROM taken)
            THEN (SELECT COUNT(*) FROM taken AS k WHERE k.subject = t.subject
                     AND k.title = t.title AND k.year = t.year
                     AND (k.day > t.day OR k.day = t.day AND k.position > t.position))
            ELSE 0 END AS lost
  FROM granted AS t"""
COMMENDED: Final = f"""
SELECT {told("level")} AS level, {told("form")} AS form, {KIND_OF} AS kind, h.position,
       COALESCE((SELECT {told("position", "c")} FROM classified AS c WHERE c.subject = h.subject
                    AND c.day <= :on ORDER BY c.day DESC, c.position DESC LIMIT 1), '') AS role
  FROM held AS h {FIRST} WHERE {WITHIN}"""
ADOPTED: Final = f"""
SELECT {told("adopter")} AS adopter, {year_of("h.day")} AS year, h.position,
       CASE WHEN (h.subject, {number("number")}) IN
                 (SELECT v.subject, {number("adoption", "v")} FROM verified AS v
                   WHERE v.day <= :on)
            THEN 1 ELSE 0 END AS verified
  FROM held AS h WHERE {WITHIN}"""


def _commended(level: str) -> str:
    return f"SELECT * FROM ({COMMENDED}) AS c WHERE level = '{level}'"


PRAISED: Final = (
    CORRECTED,
    held("commendation-granted"),
    held("candidate-classified", called="classified"),
)
TABLE: Final = (FORM, KIND, Column("role", Holds.WORD))

FIGURES: Final = (
    Figure(
        "recognitions",
        RECOGNIZED,
        (YEAR, KIND),
        (*COUNT, LOST),
        uses=(
            CORRECTED,
            held("exemplar-recognized", "recognition-revoked", "recognition-restored"),
        ),
    ),
    Figure(
        "titles",
        TITLED,
        (YEAR, Column("title", Holds.WORD)),
        (*COUNT, LOST),
        uses=(
            CORRECTED,
            held("title-recorded"),
            held("title-revoked", "title-restored", called="revoked"),
            TAKEN,
            GRANTED,
        ),
    ),
    Figure("commendations", COMMENDED, (LEVEL, FORM), uses=PRAISED),
    Figure("table-0602", _commended("state-commends"), TABLE, uses=PRAISED),
    Figure("table-0603", _commended("province-commends"), TABLE, uses=PRAISED),
    Figure(
        "adoptions",
        ADOPTED,
        (YEAR, Column("adopter", Holds.WORD)),
        (*COUNT, Column("verified", Holds.COUNT, "SUM(verified)")),
        uses=(CORRECTED, held("adoption-recorded"), held("adoption-verified", called="verified")),
    ),
)
