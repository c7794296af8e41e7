"""What quotas need: they are never exceeded, and only recognized exemplars go (R6-9)."""

from __future__ import annotations

from typing import Final

from domain.quota import Excess, Quota
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, when
from workflow.quotas import afterwards, may_go

# What gives more of what alone is exceeded; else the whole is too small.
SPLIT: Final = {Excess.LINE: "set-quota-line", Excess.SHARE: "set-quota-share"}


def quota_open(case: Case, command: Command) -> Reply:
    """The quota was allocated, and the delegation is not final."""
    return when(_quota(case).running)


def quota_kept(case: Case, command: Command) -> Reply:
    """Neither the total nor a line nor a unit's share would be exceeded."""
    exceeded = afterwards(case, command).exceeded
    nearer = SPLIT.get(exceeded[0]) if len(exceeded) == 1 else None
    return unmet(*exceeded, via=nearer) if exceeded else proven()


def exemplar(case: Case, command: Command) -> Reply:
    """Who goes or waits is recognized, nothing blocks it, and it is not the actor."""
    assert isinstance(command, asked.SelectDelegate | asked.PlaceInReserve | asked.ReplaceDelegate)
    goes = command.successor if isinstance(command, asked.ReplaceDelegate) else command.candidate
    found = case.other(goes, on=case.effective_on)
    if not may_go(found) or found.person == case.actor:
        return unmet()
    return proven(found.discovered)


def delegates_recognized(case: Case, command: Command) -> Reply:
    """Nobody is left on the lists who was revoked or blocked since."""
    listed = (*_quota(case).delegates, *_quota(case).reserve)
    lost = [id for id in listed if not may_go(case.other(id, on=case.effective_on))]
    return when(not lost, *(id.partition(":")[2] for id in lost))


def not_listed(case: Case, command: Command) -> Reply:
    """The candidate does not go yet; and whoever is to wait does not wait yet."""
    assert isinstance(command, asked.SelectDelegate | asked.PlaceInReserve)
    state = _quota(case)
    waits = isinstance(command, asked.PlaceInReserve) and command.candidate in state.reserve
    return when(command.candidate not in state.delegates and not waits)


def listed(case: Case, command: Command) -> Reply:
    """The candidate goes or waits."""
    assert isinstance(command, asked.DropDelegate)
    state = _quota(case)
    return when(command.candidate in {*state.delegates, *state.reserve})


def waiting(case: Case, command: Command) -> Reply:
    """One of the two is to go, and the other waits."""
    assert isinstance(command, asked.ReplaceDelegate)
    state = _quota(case)
    goes, waits = command.candidate in state.delegates, command.successor in state.reserve
    return when(goes and waits)


def _quota(case: Case) -> Quota:
    return case.state if isinstance(case.state, Quota) else Quota()


PREDICATES: Final[dict[str, Predicate]] = {
    "quota-open": quota_open,
    "quota-kept": quota_kept,
    "recognized-exemplar": exemplar,
    "not-listed": not_listed,
    "listed": listed,
    "waiting": waiting,
    "delegates-recognized": delegates_recognized,
}
