"""What a candidate is measured by: the common criteria, and those its unit has added (R1-9)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.candidate import Candidate, Fact
from domain.candidate_events import CriterionAssessed
from domain.unit import Unit
from workflow.case import Case
from workflow.rule_text import Criterion
from workflow.rules import RuleSet


class Assessed(NamedTuple):
    """A criterion that applies, and what an assessor found: who, when, by which papers (R3-1)."""

    criterion: Criterion
    fact: Fact | None
    found: CriterionAssessed | None


def assessed_on(case: Case) -> date:
    """Return the day of the assessment: the last one, or that of the case if there is none."""
    return _last(case.candidate, case.effective_on)


def wanted(case: Case, on: date) -> list[Criterion]:
    """Return the criteria for the kind that a candidate is of on a day (R4-2).

    A unit's own are those it had when the candidate was found; nobody can remove a common one.
    """
    standing, found = case.candidate.standing, case.candidate.discovered
    known = found is not None and standing.unit in case.units
    unit = case.other(standing.unit, on=found.on) if known and standing.unit and found else Unit()
    return applying(case.candidate, case.rules, unit, on)


def applying(candidate: Candidate, rules: RuleSet, unit: Unit, on: date) -> list[Criterion]:
    """Return what a candidate is measured by on a day; `unit` is its own as it was found."""
    measure = candidate.measure_on(on)
    added = [
        Criterion(one.code, one.name, (), "R1-9", one.hard, one.evidence or "")
        for one in unit.criteria.values()
        if one.applies(candidate.standing.kind, measure)
    ]
    return [*rules.criteria_for(measure, on), *added]


def assessments(candidate: Candidate, rules: RuleSet, unit: Unit, on: date) -> list[Assessed]:
    """Return every criterion that applies on a day, with the last that was found about it."""
    told: dict[str, tuple[Fact, CriterionAssessed]] = {}
    for fact in candidate.assessments:
        if isinstance(fact.event, CriterionAssessed):
            told[fact.event.criterion] = fact, fact.event
    applies = applying(candidate, rules, unit, _last(candidate, on))
    return [Assessed(one, *told.get(one.code, (None, None))) for one in applies]


def _last(candidate: Candidate, on: date) -> date:
    return max((fact.on for fact in candidate.assessments if fact.on <= on), default=on)
