"""What replication needs, and what completing a candidacy needs of it (R1-6, R1-10)."""

from __future__ import annotations

from typing import Final

from domain.values import Stage
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, when


def method(case: Case, command: Command) -> Reply:
    """It was written down how others can copy it."""
    described = case.candidate.spread.described
    return proven(described) if described else unmet()


def replicating(case: Case, command: Command) -> Reply:
    """The exemplar has come as far as being replicated."""
    return when(case.candidate.entered(Stage.REPLICATE) is not None)


def unverified(case: Case, command: Command) -> Reply:
    """The adoption was recorded, and nobody has confirmed it yet."""
    assert isinstance(command, asked.VerifyAdoption)
    found = case.candidate.spread.adoption(command.adoption)
    return unmet() if found is None or found.verified else proven(found.recorded)


def adoption(case: Case, command: Command) -> Reply:
    """Somebody does likewise, confirmed by a second person, or it is said why nobody does."""
    spread = case.candidate.spread
    if spread.verified:
        confirmed = spread.verified[0].verified
        return proven(confirmed) if confirmed else unmet()
    if spread.explained:
        return proven(spread.explained)
    return unmet(via=None if spread.adoptions else "record-adoption")


PREDICATES: Final[dict[str, Predicate]] = {
    "method": method,
    "replicating": replicating,
    "unverified-adoption": unverified,
    "adoption": adoption,
}
