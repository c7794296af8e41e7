"""What a head of a unit needs of the unit: the leader rule."""

from __future__ import annotations

from typing import Final

from domain.values import PersonKind
from workflow.case import Case
from workflow.commands import Command
from workflow.leader import answering_for, collectives, excellent, recognized
from workflow.needs.answers import Answer, Predicate, Reply, proven, unmet, warned, when
from workflow.needs.candidate import found_met


def leader_rule(case: Case, command: Command) -> Reply:
    """The collective a leader heads is recognized on that day and was rated excellent (R4-1)."""
    person = case.candidate.person
    units = answering_for(case, person) if person else []
    if units is None:
        return _looked_at(case, "headship")
    if not units:
        return _deputy(case)
    replies = [_unit(case, unit) for unit in units]
    worst = next((r for r in replies if r.answer is Answer.UNMET), None)
    doubtful = next((r for r in replies if r.answer is Answer.NOT_PROVEN), None)
    return worst or doubtful or proven(*(fact for r in replies for fact in r.facts))


def _deputy(case: Case) -> Reply:
    """Warn of a leader who heads nothing, and whose unit is no exemplar: heads alone must wait.

    Whoever is measured as a leader and heads no unit is a deputy (A-7).
    """
    candidate, unit = case.candidate, case.candidate.standing.unit
    leads = candidate.measure_on(case.effective_on) == PersonKind.LEADER
    if not leads or unit is None or not case.rules.text.terms.leader.warn_deputies:
        return proven()
    reply = _unit(case, unit)
    return proven() if reply.answer is Answer.MET else warned(*reply.missing)


def _unit(case: Case, unit: str) -> Reply:
    reply = case.once((unit, case.effective_on), lambda: _judged(case, unit))
    return _looked_at(case, *reply.missing) if reply.answer is Answer.NOT_PROVEN else reply


def _judged(case: Case, unit: str) -> Reply:
    """Answer for a unit, whoever heads it."""
    year = case.effective_on.year - 1
    rated, others = collectives(case, unit, year)
    judged = []
    for collective in rated:
        found = excellent(collective, year)
        if found:
            fact = recognized(collective)
            return proven(fact) if fact else unmet("collective-recognition")
        judged.append(found)
    if any(found is not None for found in judged):
        return unmet(year)
    if judged or any(True for _ in others):
        return Reply(Answer.NOT_PROVEN, (), (str(year),))
    return unmet("collective-recognition")


def _looked_at(case: Case, missing: str) -> Reply:
    """Leave it to a person, who may find the criterion itself met (R3-2)."""
    fact = found_met(case, "LD3")
    return proven(fact) if fact else Reply(Answer.NOT_PROVEN, (), (missing,))


def no_re_review(case: Case, command: Command) -> Reply:
    """Nothing the recognition rests on waits for a second look."""
    causes = [getattr(fact.event, "cause", "") for fact in case.candidate.re_reviews]
    return when(not causes, *causes)


def re_review(case: Case, command: Command) -> Reply:
    """A second look is asked for."""
    return when(bool(case.candidate.re_reviews))


PREDICATES: Final[dict[str, Predicate]] = {
    "leader-rule": leader_rule,
    "no-re-review": no_re_review,
    "re-review": re_review,
}
