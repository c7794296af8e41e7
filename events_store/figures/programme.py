"""What the programme asks: movements and heads that find, papers on time, quotas used."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import CORRECTED, WITHIN, day_of, held, number, told
from events_store.figures.figure import COUNT, Column, Figure, Holds

MOVEMENT: Final = Column("movement", Holds.SUBJECT)
QUOTA: Final = Column("quota", Holds.SUBJECT)
KIND: Final = Column("kind", Holds.WORD)
# Every movement, with those found in it; how many of them are recognized.
FOUND_IN: Final = f"""
SELECT h.subject AS movement, 0 AS found, 0 AS recognized, NULL AS position FROM launched AS h
 WHERE h.day <= :on
UNION ALL
SELECT {told("source")}, 1, CASE WHEN h.subject IN (
         SELECT r.subject FROM (SELECT k.subject, k.name, ROW_NUMBER() OVER (
             PARTITION BY k.subject ORDER BY k.day DESC, k.position DESC) AS latest
           FROM known AS k WHERE k.day <= :on) AS r
          WHERE latest = 1 AND name <> 'recognition-revoked') THEN 1 ELSE 0 END, h.position
  FROM held AS h WHERE h.day <= :on AND {told("source")} <> ''"""
HEADS: Final = f"""
heads AS MATERIALIZED (
  SELECT unit, person, since, until FROM (
    SELECT h.subject AS unit, {told("person")} AS person, h.day AS since,
           LEAD(h.day, 1, '9999-12-31') OVER (PARTITION BY h.subject
             ORDER BY h.day, h.position) AS until
      FROM headed AS h) AS a WHERE person <> '' AND since < until)"""
FOUND_UNDER: Final = f"""
SELECT a.person, a.unit, h.position,
       CASE WHEN json_extract(h.body, '$.actor') = a.person THEN 1 ELSE 0 END AS own
  FROM held AS h JOIN heads AS a ON a.unit = {told("unit")}
   AND h.day >= a.since AND h.day < a.until WHERE {WITHIN}"""
# Who owes what is who was there at the deadline, or on the day if that is earlier (R7-1).
OWED: Final = f"""
SELECT d.kind, d.year, d.position, s.position AS submitted,
       CASE WHEN s.day <= d.deadline THEN 'on-time' WHEN s.day > d.deadline THEN 'late'
            WHEN :on > d.deadline THEN 'overdue' ELSE 'due' END AS status
  FROM (SELECT h.subject, h.version, h.body, h.position, {told("kind")} AS kind,
               {number("year")} AS year, {told("deadline")} AS deadline
          FROM held AS h WHERE h.day <= :on) AS d
  JOIN units AS u ON u.day <= d.deadline AND u.day <= :on
  LEFT JOIN gone AS g ON g.subject = u.subject AND g.day <= d.deadline AND g.day <= :on
  LEFT JOIN (SELECT {told("programme")} AS programme, {number("duty")} AS duty,
                    {told("unit")} AS unit, MIN(h.day) AS day, MIN(h.position) AS position
               FROM handed AS h WHERE h.day <= :on GROUP BY 1, 2, 3) AS s
    ON s.programme = d.subject AND s.duty = d.version AND s.unit = u.subject
 WHERE g.subject IS NULL AND d.deadline >= :since
   AND (json_extract(d.body, '$.event.units') IS NULL
        OR u.subject IN (SELECT j.value FROM json_each(d.body, '$.event.units') AS j))"""
# The last that was said of each candidate's place in a quota: 1 a delegate, 2 in reserve, 0 out.
PLACES: Final = f"""
places AS (
  SELECT quota, candidate, place, position FROM (
    SELECT p.*, ROW_NUMBER() OVER (
             PARTITION BY quota, candidate ORDER BY day DESC, position DESC) AS latest
      FROM (SELECT h.subject AS quota, {told("candidate")} AS candidate, h.day, h.position,
                   CASE h.name WHEN 'delegate-selected' THEN 1 WHEN 'reserve-placed' THEN 2
                        ELSE 0 END AS place
              FROM held AS h WHERE h.name NOT LIKE 'quota-%' AND h.day <= :on
            UNION ALL
            SELECT h.subject, {told("successor")}, h.day, h.position, 1
              FROM held AS h WHERE h.name = 'delegate-replaced' AND h.day <= :on) AS p) AS l
   WHERE latest = 1)"""
QUOTAS: Final = f"""
SELECT quota, total, 0 AS used, 0 AS reserve, position FROM (
  SELECT h.subject AS quota, {number("total")} AS total, h.position, ROW_NUMBER() OVER (
           PARTITION BY h.subject ORDER BY h.day DESC, h.position DESC) AS latest
    FROM held AS h WHERE h.name LIKE 'quota-%' AND h.day <= :on) AS q WHERE latest = 1
UNION ALL
SELECT quota, 0, CASE place WHEN 1 THEN 1 ELSE 0 END, CASE place WHEN 2 THEN 1 ELSE 0 END,
       position FROM places WHERE place > 0"""
LASTS: Final = f"{day_of(told('ends'))} - {day_of(told('begins'))}"
LAUNCHED: Final = f"""
SELECT {told("level")} AS level, {told("kind")} AS kind, h.position,
       CASE WHEN {told("ends")} = '' THEN 'no-end' WHEN {LASTS} < 364 THEN 'under-1-year'
            WHEN {LASTS} <= 366 THEN '1-year' WHEN {LASTS} < 1095 THEN '1-to-3-years'
            WHEN {LASTS} < 1825 THEN '3-to-5-years' ELSE '5-years-or-more' END AS duration
  FROM held AS h WHERE {WITHIN}"""

FIGURES: Final = (
    Figure(
        "movements",
        FOUND_IN,
        (MOVEMENT,),
        (
            Column("found", Holds.COUNT, "SUM(found)"),
            Column("recognized", Holds.COUNT, "SUM(recognized)"),
        ),
        uses=(
            CORRECTED,
            held("candidate-discovered"),
            held("movement-launched", called="launched"),
            held(
                "exemplar-recognized",
                "recognition-revoked",
                "recognition-restored",
                called="known",
            ),
        ),
    ),
    Figure(
        "heads",
        FOUND_UNDER,
        (Column("person", Holds.PERSON), Column("unit", Holds.SUBJECT)),
        (
            Column("found", Holds.COUNT, "COUNT(*)"),
            Column("own", Holds.COUNT, "SUM(own)"),
        ),
        uses=(
            CORRECTED,
            held("candidate-discovered"),
            held("unit-head-appointed", "unit-head-left", called="headed"),
            HEADS,
        ),
    ),
    Figure(
        "obligations",
        OWED,
        (KIND, Column("year", Holds.YEAR), Column("status", Holds.WORD)),
        uses=(
            CORRECTED,
            held("duty-laid"),
            held("unit-registered", called="units"),
            held("unit-merged", called="gone"),
            held("obligation-submitted", called="handed"),
        ),
        behind=("position", "submitted"),
    ),
    Figure(
        "quotas",
        QUOTAS,
        (QUOTA,),
        (
            Column("total", Holds.COUNT, "SUM(total)"),
            Column("used", Holds.COUNT, "SUM(used)"),
            Column("reserve", Holds.COUNT, "SUM(reserve)"),
        ),
        uses=(
            CORRECTED,
            held(
                "quota-allocated",
                "quota-changed",
                "delegate-selected",
                "reserve-placed",
                "delegate-replaced",
                "delegate-dropped",
            ),
            PLACES,
        ),
    ),
    Figure(
        "table-0601",
        LAUNCHED,
        (Column("level", Holds.WORD), KIND, Column("duration", Holds.WORD)),
        COUNT,
        uses=(CORRECTED, held("movement-launched")),
    ),
)
