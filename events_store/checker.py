"""Spans against entries: where a lookup and a replay of the same candidate disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from random import Random
from typing import Final

from domain.candidate import Candidate, evolve
from domain.history import as_of
from events_store import spans
from events_store.ledger import Reader

SIZE: Final = "(SELECT coalesce(max(position) + 1, 0) FROM entries)"  # whatever the head says
KEPT: Final = f"""SELECT state, unit, kind, priority, suspended, since
  FROM (SELECT *, {spans.NEVER} AS known_to FROM span UNION ALL SELECT * FROM span_past) AS s
 WHERE candidate = ? AND valid_from <= ? AND known_from < ? AND known_to >= ?
   AND (valid_to > ? OR end_known >= ?) ORDER BY valid_from"""
# Segments must meet: where one ends and the next does not begin, there is a gap or an overlap.
BROKEN: Final = f"""SELECT subject, CASE WHEN next < valid_to THEN next ELSE valid_to END, {SIZE}
  FROM (SELECT candidate, valid_to, lead(valid_from, 1, {spans.OPEN})
               OVER (PARTITION BY candidate ORDER BY valid_from) AS next FROM span) AS s
  JOIN entries ON position = candidate WHERE valid_to <> next"""
NEXT: Final = """SELECT subject FROM entries WHERE position >= ? AND subject > 'candidate:'
   AND subject < 'candidate;' ORDER BY position LIMIT 1"""


@dataclass(frozen=True)
class Difference:
    """A candidate of which the spans tell another state than its entries."""

    candidate: str
    on: date
    known: int
    kept: tuple[spans.Key, ...]
    replayed: tuple[spans.Key, ...]


def check(reader: Reader, samples: int, seed: int) -> list[Difference]:
    """Return the differences at every break between segments and at random places."""
    broken = [(who, spans.day_of(day), now) for who, day, now in reader.db.execute(BROKEN)]
    places = dict.fromkeys([*broken, *_sampled(reader, samples, Random(seed))])
    found = (Difference(*p, _kept(reader, *p), _replayed(reader, *p)) for p in places)
    return [one for one in found if one.kept != one.replayed]


def _kept(reader: Reader, candidate: str, on: date, known: int) -> tuple[spans.Key, ...]:
    number, day = spans.origin(reader.db, candidate), spans.day_number(on)
    return tuple(reader.db.execute(KEPT, (number, day, known, known, day, known)))


def _replayed(reader: Reader, candidate: str, on: date, known: int) -> tuple[spans.Key, ...]:
    """Return the one key that a candidate's entries lead to, or none before its discovery."""
    now, since = Candidate(), 0
    believed = as_of(reader.entries(candidate), on, known)
    for day, entries in groupby(believed, key=lambda entry: entry.effective_on):
        was, now = now.standing.state, reduce(evolve, entries, now)
        since = since if now.standing.state == was else spans.day_number(day)
    stands = now.standing
    if stands.state is None or stands.unit is None:
        return ()
    state, kind = spans.STATES.index(stands.state), spans.KINDS.index(stands.kind)
    groups = sum(spans.GROUP_BIT[group] for group in set(stands.priority))
    return ((state, spans.origin(reader.db, stands.unit), kind, groups, stands.suspended, since),)


def _sampled(reader: Reader, samples: int, random: Random) -> Iterator[tuple[str, date, int]]:
    """Yield candidates at days around their entries, half of them as known now."""
    size = reader.db.execute(f"SELECT {SIZE}").fetchone()[0]
    for _ in range(samples if size else 0):
        for (subject,) in reader.db.execute(NEXT, (random.randrange(size),)):
            told = reader.entries(subject)
            day = random.choice([*told, *as_of(told)]).effective_on
            known = random.choice((size, random.randint(0, size)))
            yield subject, day + timedelta(random.randint(-1, 1)), known
