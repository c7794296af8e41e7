"""What selection rounds need."""

from __future__ import annotations

from typing import Final

from domain.candidate import Candidate
from domain.programme import Programme
from domain.round import Round
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, when


def round_cycle(case: Case, command: Command) -> Reply:
    """The cycle the round belongs to is running."""
    assert isinstance(command, asked.OpenRound)
    cycle = case.world.all("programme").get(command.programme)
    return when(isinstance(cycle, Programme) and cycle.running)


def round_running(case: Case, command: Command) -> Reply:
    """The round was opened and is not closed."""
    return when(isinstance(case.state, Round) and case.state.running)


def selectable(case: Case, command: Command) -> Reply:
    """The candidacy is open, nothing blocks it, and nobody selects themselves or their find."""
    assert isinstance(command, asked.SelectCandidate)
    candidate = case.other(command.candidate, on=case.effective_on)
    if not isinstance(candidate, Candidate) or candidate.discovered is None:
        return unmet()
    open_file = candidate.standing.outcome is None and not candidate.blocks
    if not open_file or candidate.person == case.actor:
        return unmet()
    return proven(candidate.discovered)


def selected(case: Case, command: Command) -> Reply:
    """The candidate is on one of the lists."""
    assert isinstance(command, asked.DropSelection)
    return when(isinstance(case.state, Round) and command.candidate in case.state.selected)


PREDICATES: Final[dict[str, Predicate]] = {
    "round-cycle": round_cycle,
    "round-running": round_running,
    "selectable": selectable,
    "selected": selected,
}
