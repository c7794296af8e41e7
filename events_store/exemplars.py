"""Exemplars in the log: who was ever recognised, in which unit, and of what there is news."""

from __future__ import annotations

from typing import Final, get_args

from domain.candidate_events import (
    CandidateDiscovered,
    CandidateTransferred,
    ExemplarRecognized,
    RatingRecorded,
)
from domain.corrections import Correction
from domain.values import CandidateKind
from events_store.database import Database
from events_store.names import NAME_OF
from events_store.spans import KIND_NUMBER, OPEN, origin

EVER: Final = (
    "SELECT DISTINCT subject FROM entries WHERE name = 'exemplar-recognized' AND position >= ?"
)
# Of a unit and a kind, with whether an entry ever rated them for a year. Corrections are not
# looked at: whoever is not found was never recognized, whoever is found is to be folded.
ACCLAIMED: Final = f"""
SELECT u.subject, MAX(CASE WHEN e.name = 'rating-recorded'
                            AND CAST(json_extract(e.body, '$.event.year') AS BIGINT) = :year
                           THEN 1 ELSE 0 END)
  FROM (SELECT o.subject, o.position FROM span AS s JOIN entries AS o ON o.position = s.candidate
         WHERE s.unit = :unit AND s.kind = :kind AND s.valid_to = {OPEN}) AS u
  JOIN entries AS e ON e.subject = u.subject
   AND e.name IN ('exemplar-recognized', 'rating-recorded')
 GROUP BY u.subject, u.position HAVING MAX(CASE WHEN e.name = 'exemplar-recognized' THEN 1 END) = 1
 ORDER BY u.position"""

# What can make that answer another: who is of a unit and a kind, or what was said of them.
NEWS: Final = (
    CandidateDiscovered,
    CandidateTransferred,
    ExemplarRecognized,
    RatingRecorded,
    *get_args(Correction),
)
LAST: Final = "SELECT max(position) AS last FROM entries WHERE name = '{}'"
NEWEST: Final = "SELECT max(last) FROM ({}) AS n".format(
    " UNION ALL ".join(LAST.format(NAME_OF[kind]) for kind in NEWS)
)


def newest(db: Database) -> int:
    """Return the position of the last entry that can change who is acclaimed; -1 if none."""
    (last,) = db.execute(NEWEST).fetchone()
    return -1 if last is None else int(last)


def acclaimed(db: Database, unit: str, kind: CandidateKind, year: int) -> dict[str, bool]:
    """Return who of a kind may be recognized, and whether each may be rated for a year."""
    values = {"unit": origin(db, unit), "kind": KIND_NUMBER[kind], "year": year}
    return {subject: bool(rated) for subject, rated in db.execute(ACCLAIMED, values)}


def recognized(db: Database, since: int = 0) -> set[str]:
    """Return the candidates that were recognised by an entry from a position on."""
    return {row[0] for row in db.execute(EVER, (since,))}


def touched(db: Database, since: int, stop: int) -> set[str]:
    """Return the subjects that entries between two positions are about."""
    sql = "SELECT DISTINCT subject FROM entries WHERE position >= ? AND position < ?"
    return {row[0] for row in db.execute(sql, (since, stop))}
