"""What the programme needs: a plan, a cycle, a notice."""

from __future__ import annotations

from typing import Final

from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, when


def official_notice(case: Case, command: Command) -> Reply:
    """A document is cited."""
    return when(bool(case.basis))


PREDICATES: Final[dict[str, Predicate]] = {
    "official-notice": official_notice,
}
