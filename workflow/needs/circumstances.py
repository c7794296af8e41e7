"""What the circumstances of a request need: its day, its author, nothing in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.candidate import blocking
from domain.values import CandidateKind, Role
from workflow.case import Case
from workflow.commands import Command, CorrectEffectiveDate
from workflow.needs.answers import Predicate, Reply, proven, unmet, when


def no_block(case: Case, command: Command) -> Reply:
    """No discipline, inspection, complaint or denunciation is open."""
    blocks = [blocking(fact) for fact in case.candidate.blocks]
    settled = all(complaint for _, complaint in blocks)  # whose end lifts them
    grounds = [ground for ground, _complaint in blocks]
    return unmet(*grounds, via="resolve-complaint" if settled else None) if blocks else proven()


def suspended(case: Case, command: Command) -> Reply:
    """Consideration has stopped."""
    return when(case.candidate.standing.suspended)


def not_suspended(case: Case, command: Command) -> Reply:
    """Consideration has not stopped."""
    return when(not case.candidate.standing.suspended)


def after_last_change(case: Case, command: Command) -> Reply:
    """A change of state may not take effect before the last one in force."""
    last = case.candidate.last_change
    return when(last is None or case.effective_on >= last.on, last.on if last else "")


def not_in_future(case: Case, command: Command) -> Reply:
    """What is recorded has happened, and on a corrected day too."""
    days = [case.effective_on]
    if isinstance(command, CorrectEffectiveDate):
        days.append(command.to)
    return when(max(days) <= case.today, case.today)


def open_file(case: Case, command: Command) -> Reply:
    """The candidacy has not ended."""
    return when(case.candidate.standing.outcome is None)


def not_oneself(case: Case, command: Command) -> Reply:
    """The actor is not the candidate."""
    return when(case.candidate.person != case.actor)


def individual(case: Case, command: Command) -> Reply:
    """Only a person has a kind."""
    return when(case.candidate.standing.kind is CandidateKind.INDIVIDUAL)


def own_unit(case: Case, command: Command) -> Reply:
    """Heads speak for their own unit; the standing body for all."""
    speaks = (Role.STANDING_BODY, Role.ADMINISTRATOR)
    offices = case.offices.values()
    heads = (o for o in offices if o.role is Role.UNIT_HEAD and o.unit in (None, case.subject))
    return when(any(heads) or any(o.role in speaks for o in offices))


def endorsing_paper(case: Case, command: Command) -> Reply:
    """The head of the unit acts in person, or a paper is cited."""
    unit = case.candidate.standing.unit
    heads = (o for o in case.offices.values() if o.role is Role.UNIT_HEAD)
    return when(any(o.unit in (None, unit) for o in heads) or bool(case.basis))


def second_person(case: Case, wrote: Sequence[str]) -> Reply:
    """The person deciding is not the candidate, nor found it, nor wrote what is relied on.

    `wrote` are the needs that this person's own entries prove.
    """
    found, why = case.candidate.discovered, list(wrote)
    if case.actor == case.candidate.person:
        why.append("oneself")
    if found and case.actor == found.by:
        why.append("found-it")
    return when(not why, *why)


PREDICATES: Final[dict[str, Predicate]] = {
    "no-block": no_block,
    "suspended": suspended,
    "not-suspended": not_suspended,
    "after-last-change": after_last_change,
    "not-in-future": not_in_future,
    "open": open_file,
    "not-oneself": not_oneself,
    "endorsing-paper": endorsing_paper,
    "individual": individual,
    "own-unit": own_unit,
}
