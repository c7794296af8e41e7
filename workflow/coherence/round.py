"""What commands about selection rounds must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from domain.subjects import kind_of
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, named
from workflow.refusals import UnknownSubject


def opened(case: Case, command: asked.OpenRound) -> None:
    """Refuse a round without a name, or in a programme that is not there."""
    named("name", command.name)
    if command.programme not in case.world.all("programme"):
        raise UnknownSubject(command.programme)


def selected(case: Case, command: asked.SelectCandidate) -> None:
    """Refuse a candidate that is not there."""
    known = kind_of(command.candidate) == "candidate" and case.world.told(command.candidate)
    if not known:
        raise UnknownSubject(command.candidate)


def closed(case: Case, command: asked.CloseRound) -> None:
    """Refuse lists that no paper holds."""
    cited("document", command.document)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.OpenRound: opened,
    asked.SelectCandidate: selected,
    asked.CloseRound: closed,
}
