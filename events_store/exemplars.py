"""Exemplars in the log: who was ever recognised, in which unit, and of what there is news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from sys import intern
from threading import Lock
from typing import Final, NamedTuple, get_args

from domain.candidate_events import (
    CandidateDiscovered,
    CandidateTransferred,
    ExemplarRecognized,
    RatingRecorded,
)
from domain.corrections import Correction, EffectiveDateCorrected
from domain.values import CandidateKind
from events_store.database import Database
from events_store.names import NAME_OF
from events_store.spans import KIND_NUMBER, OPEN, origin

NUMBERS: Final = f"SELECT candidate FROM span WHERE unit = ? AND kind = ? AND valid_to = {OPEN}"
NOT_YET: Final = "~"  # later than any day
RECOGNIZED: Final = NAME_OF[ExemplarRecognized]
RATED: Final = NAME_OF[RatingRecorded]
REDATED: Final = NAME_OF[EffectiveDateCorrected]
EVER: Final = f"SELECT DISTINCT subject FROM entries WHERE name = '{RECOGNIZED}' AND position >= ?"
# Who was recognized or rated and when, and the day to which an entry of theirs was moved.
TELLING: Final = f"('{RECOGNIZED}', '{RATED}', '{REDATED}')"
YEAR: Final = "CAST(json_extract(e.body, '$.event.year') AS BIGINT)"
FROM: Final = f"""CASE e.name WHEN '{RECOGNIZED}' THEN json_extract(e.body, '$.effective_on')
            WHEN '{REDATED}' THEN json_extract(e.body, '$.event.to') END"""
TOLD: Final = f"e.name, {FROM}, CASE WHEN e.name = '{RATED}' THEN {YEAR} END"
KNOWN: Final = f"""
SELECT o.position, o.subject, {TOLD}
  FROM entries AS e JOIN entries AS o ON o.subject = e.subject AND o.version = 1
 WHERE e.name IN {TELLING} AND e.position >= ? ORDER BY e.position"""
ACCLAIMED: Final = f"""
SELECT u.position, u.subject, {TOLD}
  FROM (SELECT o.subject, o.position FROM ({NUMBERS}) AS s
          JOIN entries AS o ON o.position = s.candidate) AS u
  JOIN entries AS e ON e.subject = u.subject AND e.name IN {TELLING} ORDER BY e.position"""

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
    values = (origin(db, unit), KIND_NUMBER[kind])
    return [row[0] for row in db.execute(f"{sql} ORDER BY s.candidate", values)]


class Fame(NamedTuple):
    """Somebody, from which day on they may be recognized, and for which years they were rated.

    Entries that were voided since count, and of a day that was corrected the earlier: whoever is
    not found was not recognized, and whoever is found is to be folded.
    """

    subject: str
    since: str = NOT_YET
    years: frozenset[int] = frozenset()


class Renown:
    """Who was ever recognized, and for which years they were ever rated.

    That is told of a unit without reading what else was said of its candidates; nothing of it is
    ever taken back, so that news are added to what was gathered.
    """

    def __init__(self) -> None:
        """Know of nobody yet."""
        self._size = 0  # of the log, as far as it was gathered
        self._famed = dict[int, Fame]()  # by the number of a candidate
        self._lock = Lock()

    def follow(self, db: Database, size: int) -> None:
        """Gather what was recorded up to a size, at least."""
        with self._lock:
            if size > self._size:
                self.hear(db.execute(KNOWN, (self._size,)))
                self._size = size

    def hear(self, told: Iterable[tuple[int, str, str, str | None, int | None]]) -> None:
        """Take in entries: about whom, of what kind, from which day on or for which year."""
        for number, subject, name, day, year in told:
            fame = self._famed.get(number) or Fame(subject)
            if year is not None:
                fame = fame._replace(years=_with(fame.years, year))
            elif day is not None and (name == RECOGNIZED or fame.since < NOT_YET):
                fame = fame._replace(since=min(fame.since, intern(day)))
            self._famed[number] = fame

    def acclaimed(self, db: Database, unit: str, kind: CandidateKind) -> list[tuple[int, Fame]]:
        """Return who of a kind may be recognized, by number."""
        if not self._size:
            return acclaimed(db, unit, kind)
        self.follow(db, newest(db) + 1)
        values = (origin(db, unit), KIND_NUMBER[kind])
        return self.among(row[0] for row in db.execute(f"{NUMBERS} ORDER BY candidate", values))

    def among(self, numbers: Iterable[int] | None = None) -> list[tuple[int, Fame]]:
        """Return who of some may be recognized, or who of all."""
        famed = self._famed
        among = sorted(famed) if numbers is None else (at for at in numbers if at in famed)
        return [(at, famed[at]) for at in among if famed[at].since < NOT_YET]


def acclaimed(db: Database, unit: str, kind: CandidateKind) -> list[tuple[int, Fame]]:
    """Return who of a kind may be recognized, by number, from the entries of a unit's alone."""
    told = Renown()
    told.hear(db.execute(ACCLAIMED, (origin(db, unit), KIND_NUMBER[kind])))
    return told.among()


def rated(
    found: Iterable[tuple[int, Fame]], year: int, on: date, known: int | None
) -> dict[str, bool]:
    """Return who of some may be recognized on a day, and whether each may be rated for a year."""
    day = on.isoformat()
    return {
        fame.subject: year in fame.years
        for number, fame in found
        if fame.since <= day and (known is None or number < known)
    }


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
