"""What giving candidates to another unit needs (A-9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from domain.candidate import Candidate
from domain.values import CandidateKind
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, when


def transferable(case: Case, command: Command) -> Reply:
    """Every candidate is the unit's, open, and not settled by what the unit itself achieved."""
    assert isinstance(command, asked.TransferCandidates)
    found = [(id, why) for id in command.candidates for why in _stays(case, case.other(id))]
    reasons = dict.fromkeys(why for _, why in found)
    named = dict.fromkeys(id.partition(":")[2] for id, _ in found)
    return when(not found, *reasons, *named)


def _stays(case: Case, candidate: Candidate) -> Iterator[str]:
    """Yield why a candidate cannot go to another unit."""
    standing, last = candidate.standing, candidate.last_change
    if standing.unit != case.subject:
        yield "of-another-unit"
    if standing.outcome is not None:
        yield "file-closed"
    if last is not None and last.on > case.effective_on:
        yield "changed-later"
    if candidate.recognition and standing.kind is CandidateKind.COLLECTIVE:
        yield "recognized-collective"
    if candidate.person == case.actor:
        yield "is-oneself"


PREDICATES: Final[dict[str, Predicate]] = {"transferable": transferable}
