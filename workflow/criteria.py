"""What a candidate is measured by: the common criteria, and those its unit has added (R1-9)."""

from __future__ import annotations

from datetime import date

from domain.unit import Unit
from workflow.case import Case
from workflow.rules import Criterion


def assessed_on(case: Case) -> date:
    """Return the day of the assessment: the last one, or that of the case if there is none."""
    days = [fact.on for fact in case.candidate.assessments if fact.on <= case.effective_on]
    return max(days, default=case.effective_on)


def wanted(case: Case, on: date) -> list[Criterion]:
    """Return the criteria for the kind that a candidate is of on a day (R4-2).

    A unit's own are those it had when the candidate was found; nobody can remove a common one.
    """
    measure = case.candidate.measure_on(on)
    return [*case.rules.criteria_for(measure), *_added(case, measure)]


def _added(case: Case, measure: str | None) -> list[Criterion]:
    standing, found = case.candidate.standing, case.candidate.discovered
    if found is None or standing.unit is None or standing.unit not in case.units:
        return []
    unit: Unit = case.other(standing.unit, on=found.on)
    return [
        Criterion(one.code, one.name, (), "R1-9", one.hard, one.evidence or "")
        for one in unit.criteria.values()
        if one.applies(standing.kind, measure)
    ]
