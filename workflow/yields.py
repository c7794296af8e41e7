"""What comes of movements, and which units are silent: pure figures over candidates."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, cast

from domain import candidate_events as happened
from domain.candidate import Candidate
from domain.programme import Programme
from domain.unit import Unit
from domain.values import Stage


class Yield(NamedTuple):
    """How many candidates came of a movement, and how many of them are recognized."""

    found: int = 0
    recognized: int = 0


def by_movement(candidates: Iterable[Candidate]) -> dict[str, Yield]:
    """Return what came of each movement that candidates name as their source (R1-3)."""
    found: dict[str, Yield] = {}
    for candidate in candidates:
        if candidate.source:
            before = found.get(candidate.source, Yield())
            recognized = before.recognized + (candidate.recognition is not None)
            found[candidate.source] = Yield(before.found + 1, recognized)
    return found


def idle(
    units: Mapping[str, Unit], candidates: Iterable[Candidate], on: date, months: int
) -> dict[str, date | None]:
    """Return units without a change of stage for so many months, and their last (R1-5).

    A unit that never had a candidate has no last change.
    """
    last: dict[str, date] = {}
    for candidate in candidates:
        unit, change = candidate.standing.unit, candidate.last_change
        if unit and change:
            last[unit] = max(change.on, last.get(unit, change.on))
    since = months_before(on, months)
    there = [id for id, unit in units.items() if unit.name and not unit.merged_into]
    return {id: last.get(id) for id in there if last.get(id, date.min) <= since}


def unreported(candidates: Mapping[str, Candidate], year: int) -> list[str]:
    """Return candidates in Nurture without a report of progress in a year (R6-1)."""
    return [
        id
        for id, candidate in candidates.items()
        if candidate.standing.state == Stage.NURTURE
        and all(report.on.year != year for report in candidate.reports)
    ]


def unfinished(cycle: Programme, candidates: Mapping[str, Candidate], subject: str) -> list[str]:
    """Return open candidates of a cycle: found by its end, and not carried over since (A-25).

    Those carried over into it are its own, whenever they were found.
    """
    return [
        id
        for id, candidate in candidates.items()
        if candidate.standing.outcome is None and _belongs(candidate, cycle, subject)
    ]


def _belongs(candidate: Candidate, cycle: Programme, subject: str) -> bool:
    if candidate.carried:
        last = cast(happened.CandidateCarriedOver, candidate.carried[-1].event)
        return last.programme == subject
    found = candidate.discovered
    if found is None or cycle.begins is None or cycle.ends is None:
        return False
    return cycle.begins <= found.on <= cycle.ends


def months_before(day: date, months: int) -> date:
    """Return the same day some months before, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
