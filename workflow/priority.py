"""Priority groups: what the rules and the lists of the day tell about a candidate (R5-9 to R5-11).

They say where to look first, and lower no criterion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.place import Place
from domain.values import CandidateKind, PriorityGroup
from workflow import commands as asked
from workflow.case import Case


def groups(case: Case, command: asked.ClassifyCandidate) -> dict[str, Any]:
    """Return the groups that a classification finds, in the order of the plan."""
    found = {*_of_size(case, command), *_of_work(case, command), *_of_place(case, command)}
    found |= {PriorityGroup(group) for group in command.given}
    return {"groups": tuple(group for group in PriorityGroup if group in found)}


def _of_size(case: Case, command: asked.ClassifyCandidate) -> Iterator[PriorityGroup]:
    """Yield PG1 for few people without legal personality (A-20)."""
    most = case.rules.text.terms.priority.small_collective
    collective = case.candidate.standing.kind is CandidateKind.COLLECTIVE
    small = command.members is not None and command.members <= most
    if collective and small and not command.legal_personality:
        yield PriorityGroup.SMALL_COLLECTIVE


def _of_work(case: Case, command: asked.ClassifyCandidate) -> Iterator[PriorityGroup]:
    """Yield PG2 to PG4 by the kind that a person was of on the day, and by the position."""
    terms = case.rules.text.terms.priority
    if case.candidate.standing.kind is not CandidateKind.INDIVIDUAL:
        return
    measure = case.candidate.measure_on(command.achieved_on)
    for kind, told in terms.person_kinds.items():
        if kind == measure:
            yield from told
    if command.position:
        yield from terms.positions.get(command.position, ())


def _of_place(case: Case, command: asked.ClassifyCandidate) -> Iterator[PriorityGroup]:
    """Yield PG5 to PG7 by the lists that named the place on that day (A-21)."""
    if command.place:
        place: Place = case.world.all("place")[command.place]
        yield from map(PriorityGroup, place.groups_on(command.achieved_on))
