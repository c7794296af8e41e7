"""Coherence: a command must not contradict itself or name what is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence import (
    candidate,
    complaint,
    council,
    honours,
    legal_text,
    place,
    programme,
    quota,
    replication,
    report,
    round,
    unit,
)

CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    **candidate.CHECKS,
    **complaint.CHECKS,
    **council.CHECKS,
    **unit.CHECKS,
    **programme.CHECKS,
    **round.CHECKS,
    **quota.CHECKS,
    **honours.CHECKS,
    **replication.CHECKS,
    **legal_text.CHECKS,
    **place.CHECKS,
    **report.CHECKS,
}


def check(case: Case, command: asked.Command) -> None:
    """Raise InvalidCommand or UnknownSubject at the first thing that cannot be right."""
    if wrong := CHECKS.get(type(command)):
        wrong(case, command)
