"""Queues: the candidates that wait, each by one step of an index, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.candidate_events import CandidateAttested
from domain.consent import UnitNotified
from domain.events import Event
from domain.unit import UnitRegistered
from domain.values import Outcome, Stage
from events_store.database import Database
from events_store.names import NAME_OF
from events_store.spans import OPEN, STATE_NUMBER, STATES, day_number, day_of, origin

# Candidate, state, unit, the day the state began, and whether it is of a priority group.
Waiting = tuple[str, str, str, date, bool]
RECENT: Final = 1000  # entries that are looked back at for what has just changed
GOES_ON: Final = f"valid_to = {OPEN}"  # in plain figures, so that the planner finds the index
STAGES: Final = ", ".join(str(at) for at, state in enumerate(STATES) if state in tuple(Stage))


def waiting(
    db: Database, units: Sequence[str] = (), before: date = date.max, limit: int = 100
) -> list[Waiting]:
    """Return open candidates, of these units if any are named, longest in their state first."""
    numbers = [origin(db, unit) for unit in units]
    among = f" AND unit IN ({', '.join('?' * len(numbers))})" if numbers else ""
    sql = (
        "SELECT c.subject, s.state, u.subject, s.since, s.priority FROM"
        f" (SELECT candidate, state, unit, since, priority FROM span WHERE state IN ({STAGES})"
        f" AND {GOES_ON} AND since <= ?{among} ORDER BY since, candidate LIMIT ?) AS s"
        " JOIN entries AS c ON c.position = s.candidate"
        " JOIN entries AS u ON u.position = s.unit ORDER BY s.since, s.candidate"
    )
    found = db.execute(sql, (day_number(before), *numbers, limit))
    return [_waiting(*row) for row in found]


def touched(
    db: Database, units: Sequence[str] = (), limit: int = 100, recent: int = RECENT
) -> list[Waiting]:
    """Return open candidates that the latest entries are about, the latest first."""
    numbers = [origin(db, unit) for unit in units]
    among = f" AND s.unit IN ({', '.join('?' * len(numbers))})" if numbers else ""
    sql = (
        "SELECT c.subject, s.state, u.subject, s.since, s.priority"
        " FROM (SELECT subject, max(position) AS last"
        " FROM (SELECT subject, position FROM entries ORDER BY position DESC LIMIT ?) AS e"
        " GROUP BY subject) AS l JOIN entries AS c ON c.subject = l.subject AND c.version = 1"
        f" JOIN span AS s ON s.candidate = c.position AND s.{GOES_ON} AND s.state IN ({STAGES})"
        f"{among} JOIN entries AS u ON u.position = s.unit ORDER BY l.last DESC LIMIT ?"
    )
    found = db.execute(sql, (recent, *numbers, limit))
    return [_waiting(*row) for row in found]


def _waiting(who: str, state: int, unit: str, since: int, priority: int) -> Waiting:
    return who, STATES[state], unit, day_of(since), bool(priority)


def silent(db: Database, since: date) -> dict[str, date | None]:
    """Return units where no candidate came into a state after a day, and when one last did.

    One without a candidate has no last day. Of units that have become others, too.
    """
    sql = (
        "SELECT e.subject, (SELECT max(s.since) FROM span AS s WHERE s.unit = e.position"
        f" AND s.{GOES_ON}) FROM entries AS e WHERE e.name = ? ORDER BY e.position"
    )
    told = db.execute(sql, (NAME_OF[UnitRegistered],)).fetchall()
    last = {unit: None if number is None else day_of(number) for unit, number in told}
    return {unit: day for unit, day in last.items() if (day or date.min) <= since}


def unnotified(db: Database, since: date, limit: int = 100) -> list[tuple[str, str, date]]:
    """Return candidates that were declined here from a day on and whose unit was not told."""
    # Unit by unit, few are declined; lately, many have come into some state. The plus sign keeps
    # the planner from the latter.
    sql = (
        "SELECT c.subject, u.subject, s.since FROM entries AS u CROSS JOIN span AS s"
        f" JOIN entries AS c ON c.position = s.candidate WHERE u.name = ? AND s.unit = u.position"
        f" AND s.state = {STATE_NUMBER[Outcome.DECLINED]} AND s.{GOES_ON} AND +s.since >= ?"
        " AND NOT EXISTS (SELECT 1 FROM entries AS n WHERE n.subject = c.subject"
        " AND n.name IN (?, ?)) ORDER BY s.since, s.candidate LIMIT ?"
    )
    told = (NAME_OF[UnitNotified], NAME_OF[CandidateAttested])
    found = db.execute(sql, (NAME_OF[UnitRegistered], day_number(since), *told, limit))
    return [(subject, unit, day_of(number)) for subject, unit, number in found]


def pending(
    db: Database, begun: type[Event], ended: type[Event], since: int = 0, limit: int = 200
) -> list[str]:
    """Return subjects about which one thing was recorded since a position, and not the other."""
    sql = (
        "SELECT o.subject, max(o.position) FROM entries AS o WHERE o.name = ? AND o.position >= ?"
        " AND NOT EXISTS (SELECT 1 FROM entries AS c WHERE c.subject = o.subject"
        " AND c.version > o.version AND c.name = ?)"
        " GROUP BY o.subject ORDER BY max(o.position) LIMIT ?"
    )
    found = db.execute(sql, (NAME_OF[begun], since, NAME_OF[ended], limit))
    return [row[0] for row in found]
