"""What commands about units and offices must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import unit_open
from workflow.refusals import InvalidCommand


def registered(case: Case, command: asked.RegisterUnit) -> None:
    """Refuse a parent that is not there."""
    if command.parent:
        unit_open(case, command.parent, case.effective_on)


def granted(case: Case, command: asked.GrantOffice) -> None:
    """Refuse an office in a unit that is not there."""
    if command.unit:
        unit_open(case, command.unit, case.effective_on)


def merged(case: Case, command: asked.MergeUnit) -> None:
    """Refuse a merger into nothing, into itself, or into what is not there."""
    if not command.into or case.subject in command.into:
        raise InvalidCommand("into", "must name other units")
    for unit in command.into:
        unit_open(case, unit, case.effective_on)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.RegisterUnit: registered,
    asked.GrantOffice: granted,
    asked.MergeUnit: merged,
}
