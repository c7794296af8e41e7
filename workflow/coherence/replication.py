"""What commands about replication must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from domain.replication import AdopterKind
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, unit_open
from workflow.recorded import Kept
from workflow.refusals import InvalidCommand


def documented(case: Case, command: asked.PublishExemplar | asked.VerifyAdoption) -> None:
    """Refuse what no document shows."""
    cited("document", command.document)


def described(case: Case, command: asked.DescribeMethod) -> None:
    """Refuse a method of which nothing is told: others could copy nothing, and a need asks for it.

    What was sealed before tells its words to nobody.
    """
    words = command.method.content.values()
    if not isinstance(command.method, Kept) and not any(str(word).strip() for word in words):
        raise InvalidCommand("method", "must be told in at least one part")


def learnt(case: Case, command: asked.HoldLearning) -> None:
    """Refuse learners from a unit that is not there, and fewer than none of them."""
    if command.unit:
        unit_open(case, command.unit, case.effective_on)
    if command.attendees is not None and command.attendees < 0:
        raise InvalidCommand("attendees", "cannot be negative")


def adopted(case: Case, command: asked.RecordAdoption) -> None:
    """Refuse a unit without its id, and an id where no unit adopts."""
    if (command.adopter is AdopterKind.UNIT) != (command.unit is not None):
        raise InvalidCommand("unit", "must be there if a unit adopts, and only then")
    if command.unit:
        unit_open(case, command.unit, case.effective_on)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.DescribeMethod: described,
    asked.PublishExemplar: documented,
    asked.VerifyAdoption: documented,
    asked.HoldLearning: learnt,
    asked.RecordAdoption: adopted,
}
