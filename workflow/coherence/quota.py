"""What commands about quotas must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import candidate_known, cited, named, unit_open
from workflow.refusals import InvalidCommand


def allocated(case: Case, command: asked.AllocateQuota) -> None:
    """Refuse a quota without a name, a document or a number that can be."""
    named("name", command.name)
    changed(case, command)


def changed(case: Case, command: asked.AllocateQuota | asked.ChangeQuota) -> None:
    """Refuse a number that cannot be, or that no document says."""
    cited("document", command.document)
    if command.total < 0:
        raise InvalidCommand("total", "cannot be negative")


def line_set(case: Case, command: asked.SetQuotaLine) -> None:
    """Refuse a line of less than nothing, or of a field without a name."""
    cited("document", command.document)
    if command.field is not None:
        named("field", command.field)
    if command.count < 0:
        raise InvalidCommand("count", "cannot be negative")


def share_set(case: Case, command: asked.SetQuotaShare) -> None:
    """Refuse a share of less than nothing, or of a unit that is not there."""
    cited("document", command.document)
    unit_open(case, command.unit, case.effective_on)
    if command.count < 0:
        raise InvalidCommand("count", "cannot be negative")


def placed(case: Case, command: asked.SelectDelegate | asked.PlaceInReserve) -> None:
    """Refuse a candidate that is not there."""
    candidate_known(case, command.candidate)


def closed(case: Case, command: asked.CloseQuota) -> None:
    """Refuse a delegation that no paper holds."""
    cited("document", command.document)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.AllocateQuota: allocated,
    asked.ChangeQuota: changed,
    asked.SetQuotaLine: line_set,
    asked.SetQuotaShare: share_set,
    asked.SelectDelegate: placed,
    asked.PlaceInReserve: placed,
    asked.CloseQuota: closed,
}
