"""What the council did, what was refused, and what was corrected."""

from __future__ import annotations

from typing import Final

from events_store.figures.basis import CORRECTED, WITHIN, held, number, told
from events_store.figures.figure import COUNT, Column, Figure, Holds

SESSION: Final = Column("session", Holds.SUBJECT)


def _many(field: str, of: str = "h") -> str:
    return f"COALESCE(json_array_length({of}.body, '$.event.{field}'), 0)"


# A session on its day, with the last that was said of who came.
SAT: Final = f"""
SELECT n.subject AS session, {told("held_on", "n")} AS day, n.position, a.position AS attended,
       COALESCE(a.present, 0) AS present, COALESCE(a.members, 0) AS members,
       (SELECT COUNT(*) FROM agenda AS i WHERE i.subject = n.subject AND i.day <= :on
           AND i.name = 'agenda-item-added')
       - (SELECT COUNT(*) FROM agenda AS i WHERE i.subject = n.subject AND i.day <= :on
             AND i.name = 'agenda-item-dropped') AS items
  FROM held AS n LEFT JOIN (
       SELECT h.subject, h.position, {_many("present")} AS present,
              {_many("present")} + {_many("absent")} AS members,
              ROW_NUMBER() OVER (PARTITION BY h.subject ORDER BY h.day DESC, h.position DESC)
              AS latest FROM came AS h WHERE h.day <= :on) AS a
    ON a.subject = n.subject AND a.latest = 1
 WHERE n.day <= :on AND {told("held_on", "n")} BETWEEN :since AND :on"""
# A secret ballot has numbers, an open vote names.
VOTED: Final = f"""
SELECT h.subject AS session, {told("item")} AS item, {told("threshold")} AS threshold,
       {number("base")} AS base, h.position, h.name AS event,
       CASE h.name WHEN 'ballot-tallied' THEN {number("votes_for")}
            ELSE {_many("votes_for")} END AS votes_for,
       CASE h.name WHEN 'ballot-tallied' THEN {number("votes_against")}
            ELSE {_many("votes_against")} END AS votes_against,
       CASE h.name WHEN 'ballot-tallied' THEN {number("invalid")}
            ELSE {_many("abstained")} END AS void
  FROM held AS h WHERE {WITHIN}"""
REFUSED: Final = f"""
SELECT h.position, {told("command")} AS command, {told("refusal")} AS refusal,
       COALESCE(u.value, '') AS need
  FROM held AS h LEFT JOIN json_each(h.body, '$.event.unmet') AS u ON 1 = 1 WHERE {WITHIN}"""
CORRECTIONS: Final = """
SELECT c.name AS event, t.name AS corrected, c.position, t.position AS target
  FROM entries AS c JOIN entries AS t ON t.subject = c.subject
   AND t.version = CAST(json_extract(c.body, '$.event.target') AS BIGINT)
 WHERE c.name IN ('entry-voided', 'effective-date-corrected') AND c.position < :known
   AND json_extract(c.body, '$.effective_on') BETWEEN :since AND :on"""

FIGURES: Final = (
    Figure(
        "sessions",
        SAT,
        (SESSION, Column("day", Holds.TEXT)),
        (
            Column("items", Holds.COUNT, "SUM(items)"),
            Column("present", Holds.COUNT, "SUM(present)"),
            Column("members", Holds.COUNT, "SUM(members)"),
        ),
        uses=(
            CORRECTED,
            held("session-noticed"),
            held("attendance-recorded", called="came"),
            held("agenda-item-added", "agenda-item-dropped", called="agenda"),
        ),
        behind=("position", "attended"),
    ),
    Figure(
        "votes",
        VOTED,
        (
            SESSION,
            Column("item", Holds.TEXT),
            Column("event", Holds.WORD),
            Column("threshold", Holds.TEXT),
        ),
        (
            Column("votes_for", Holds.COUNT, "SUM(votes_for)"),
            Column("votes_against", Holds.COUNT, "SUM(votes_against)"),
            Column("void", Holds.COUNT, "SUM(void)"),
            Column("base", Holds.COUNT, "MAX(base)"),
        ),
        uses=(CORRECTED, held("ballot-tallied", "open-votes-recorded")),
    ),
    Figure(
        "refusals",
        REFUSED,
        (
            Column("command", Holds.WORD),
            Column("refusal", Holds.WORD),
            Column("need", Holds.NEED),
        ),
        COUNT,
        uses=(CORRECTED, held("command-refused")),
    ),
    Figure(
        "corrections",
        CORRECTIONS,
        (Column("event", Holds.WORD), Column("corrected", Holds.WORD)),
        behind=("position", "target"),
    ),
)
