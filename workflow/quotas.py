"""Quotas: what a command would make of one, and which delegates are no exemplars any more."""

from __future__ import annotations

from typing import Any

from domain import quota
from domain.candidate import Candidate
from domain.quota import Quota
from workflow import commands as asked
from workflow.case import Case
from workflow.leader import recognized


def may_go(candidate: Any) -> bool:
    """Return whether a candidate is recognized, without a second look or a block to wait for."""
    if not isinstance(candidate, Candidate) or not candidate.discovered:
        return False
    waits = candidate.blocks or candidate.standing.suspended or candidate.re_reviews
    return bool(recognized(candidate)) and not waits


def place(case: Case, command: asked.SelectDelegate | asked.PlaceInReserve) -> dict[str, Any]:
    """Return of which kind and unit a candidate is on the effective day."""
    found = case.other(command.candidate, on=case.effective_on)
    standing = found.standing if isinstance(found, Candidate) else Candidate().standing
    return {"kind": standing.kind, "unit": standing.unit}


def afterwards(case: Case, command: asked.Command) -> Quota:
    """Return the quota as it would be after a command."""
    was = case.state if isinstance(case.state, Quota) else Quota()
    return quota.told(was, _event(case, command), case.effective_on)


def _event(case: Case, command: asked.Command) -> quota.QuotaEvent:
    match command:
        case asked.AllocateQuota(name, total, document):
            return quota.QuotaAllocated(name, total, document)
        case asked.ChangeQuota(total, document):
            return quota.QuotaChanged(total, document)
        case asked.SetQuotaLine(kind, count, document, field):
            return quota.QuotaLineSet(kind, count, document, field)
        case asked.SetQuotaShare(unit, count, document):
            return quota.QuotaShareSet(unit, count, document)
        case asked.SelectDelegate(candidate, field):
            return quota.DelegateSelected(candidate, field=field, **place(case, command))
        case asked.ReplaceDelegate(candidate, successor, reason):
            return quota.DelegateReplaced(candidate, successor, reason.sealed())
        case _:
            raise AssertionError(f"{command} changes no numbers")
