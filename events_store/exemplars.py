"""Exemplars in the log: who was ever recognised, in which unit, and of what there is news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache
from threading import Lock
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
NUMBERS: Final = "SELECT candidate FROM span WHERE unit = ? AND kind = ? AND valid_to = ?"
KNOWN: Final = (
    "SELECT o.position, o.subject FROM entries AS e JOIN entries AS o"
    " ON o.subject = e.subject AND o.version = 1"
    " WHERE e.name = 'exemplar-recognized' AND e.position >= ?"
)
YEAR: Final = "CAST(json_extract(e.body, '$.event.year') AS BIGINT)"
RATED: Final = (
    f"SELECT e.subject, {YEAR} FROM entries AS e"
    " WHERE e.name = 'rating-recorded' AND e.position >= ?"
)
# Of a unit and a kind, with the years for which an entry ever rated them. Corrections are not
# looked at: whoever is not found was never recognized, whoever is found is to be folded.
ACCLAIMED: Final = f"""
SELECT u.subject, e.name, CASE WHEN e.name = 'rating-recorded' THEN {YEAR} END
  FROM (SELECT o.subject, o.position FROM span AS s JOIN entries AS o ON o.position = s.candidate
         WHERE s.unit = :unit AND s.kind = :kind AND s.valid_to = {OPEN}) AS u
  JOIN entries AS e ON e.subject = u.subject
   AND e.name IN ('exemplar-recognized', 'rating-recorded')
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


def candidates(db: Database, unit: str, kind: CandidateKind) -> list[str]:
    """Return the candidates of a kind that a unit has."""
    sql = f"SELECT e.subject FROM ({NUMBERS}) AS s JOIN entries AS e ON e.position = s.candidate"
    values = (origin(db, unit), KIND_NUMBER[kind], OPEN)
    return [row[0] for row in db.execute(f"{sql} ORDER BY s.candidate", values)]


def acclaimed(db: Database, unit: str, kind: CandidateKind) -> Mapping[str, Set[int]]:
    """Return who of a kind may be recognized, and for which years each may be rated."""
    values = {"unit": origin(db, unit), "kind": KIND_NUMBER[kind]}
    ever, years = set[str](), defaultdict[str, set[int]](set)
    for subject, name, year in db.execute(ACCLAIMED, values):
        if name == NAME_OF[ExemplarRecognized]:
            ever.add(subject)
        years[subject] |= set() if year is None else {year}
    return {subject: told for subject, told in years.items() if subject in ever}


class Renown:
    """Who was ever recognized, and for which years they were ever rated.

    That is told of a unit without reading what else was said of its candidates; nothing of it is
    ever taken back, so that news are added to what was gathered.
    """

    def __init__(self) -> None:
        """Know of nobody yet."""
        self._size = 0  # of the log, as far as it was gathered
        self._ever, self._years = dict[int, str](), dict[str, frozenset[int]]()
        self._lock = Lock()

    def follow(self, db: Database, size: int) -> None:
        """Gather what was recorded up to a size, at least."""
        with self._lock:
            if size > self._size:
                self._ever |= dict(db.execute(KNOWN, (self._size,)))
                for subject, year in db.execute(RATED, (self._size,)):
                    self._years[subject] = _with(self._years.get(subject, frozenset()), year)
                self._size = size

    def acclaimed(self, db: Database, unit: str, kind: CandidateKind) -> Mapping[str, Set[int]]:
        """Return who of a kind may be recognized, and for which years each may be rated."""
        if not self._size:
            return acclaimed(db, unit, kind)
        self.follow(db, newest(db) + 1)
        values = (origin(db, unit), KIND_NUMBER[kind], OPEN)
        numbers = (row[0] for row in db.execute(f"{NUMBERS} ORDER BY candidate", values))
        found = (self._ever[number] for number in numbers if number in self._ever)
        return {subject: self._years.get(subject, frozenset()) for subject in found}


@lru_cache
def _with(years: frozenset[int], year: int) -> frozenset[int]:
    """Return years with one more; the many that were rated for the same share them."""
    return years | {year}


def recognized(db: Database, since: int = 0) -> set[str]:
    """Return the candidates that were recognised by an entry from a position on."""
    return {row[0] for row in db.execute(EVER, (since,))}


def touched(db: Database, since: int, stop: int) -> set[str]:
    """Return the subjects that entries between two positions are about."""
    sql = "SELECT DISTINCT subject FROM entries WHERE position >= ? AND position < ?"
    return {row[0] for row in db.execute(sql, (since, stop))}
