"""What commands about the programme, its calendar and its movements must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from domain.calendar import CALENDAR
from workflow import commands as asked
from workflow.case import Case
from workflow.refusals import InvalidCommand


def declared(case: Case, command: asked.DeclareDay) -> None:
    """Refuse a second calendar."""
    if case.subject != CALENDAR:
        raise InvalidCommand("subject", "there is one calendar")


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.DeclareDay: declared,
}
