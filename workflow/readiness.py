"""Readiness: what a candidate has, and lacks, for the next stage, whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from domain.candidate import Candidate
from domain.values import Stage
from workflow import commands as asked
from workflow.case import Case
from workflow.decide import examine
from workflow.needs import Finding

CIRCUMSTANCES: Final = ("permission", "second-person", "after-last-change", "not-in-future")


@dataclass(frozen=True)
class Readiness:
    """What a candidate has, and lacks, for the next stage."""

    to: str
    findings: tuple[Finding, ...]
    authors: frozenset[str] = frozenset()  # who wrote the case, and may not decide it (R8-1)
    reported: date | None = None  # the last day on which progress was reported (R6-1)
    comments_until: date | None = None  # the last day of a comment period that is open

    @cached_property
    def met(self) -> int:
        """Return how many needs are met."""
        return sum(finding.met for finding in self.findings)


def readiness(case: Case) -> Readiness | None:
    """Return what the next stage asks for; None if the candidate cannot go on to one."""
    candidate, state = case.candidate, case.candidate.standing.state
    if not (state and case.rules.move("advance", state)):
        return None
    looked_at = examine(case, asked.AdvanceStage())[1]
    needs = tuple(f for f in looked_at if f.need not in CIRCUMSTANCES)
    to, reports = case.rules.destination("advance", state), candidate.reports
    reported = reports[-1].on if reports else None
    until = candidate.publicity.until if candidate.publicity.open else None
    return Readiness(to, needs, _authors(candidate, needs), reported, until)


def due(ready: Readiness, state: str, since: date, today: date) -> date | None:
    """Return the day by which something has to be done next about a candidate, if there is one.

    `since` is when its state began. A day before `today` is one that was missed.
    """
    days = (ready.comments_until, report_due(ready, state, since, today))
    return min((day for day in days if day), default=None)


def report_due(ready: Readiness, state: str, since: date, today: date) -> date | None:
    """Return the end of the year, of last year at the earliest, that lacks a report (R6-1)."""
    if state != Stage.NURTURE:
        return None
    ends = (date(year, 12, 31) for year in (today.year - 1, today.year))
    heard = ready.reported or date.min
    return next((end for end in ends if since <= end and heard < date(end.year, 1, 1)), None)


def _authors(candidate: Candidate, needs: Sequence[Finding]) -> frozenset[str]:
    """Return the candidate, who found it, and who wrote what the next stage rests on."""
    found = candidate.discovered
    wrote = {author for f in needs if f.need != "leader-rule" for author in f.authors}
    return frozenset(wrote | {by for by in (candidate.person, found.by if found else None) if by})
