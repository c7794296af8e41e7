"""What a correction needs."""

from __future__ import annotations

from typing import Final

from domain.corrections import Correction
from domain.entry import Entry
from domain.history import corrected
from domain.unit import CandidatesTransferred
from workflow.case import Case
from workflow.commands import Command, CorrectEffectiveDate, VoidEntry
from workflow.needs.answers import Predicate, Reply, when

FINAL: Final = (*Correction.__args__, CandidatesTransferred)  # those moved are put right each


def correctable(case: Case, command: Command) -> Reply:
    """The entry to correct is there, still counts, and is not a correction."""
    return when(_target(case, command) is not None)


def correction_paper(case: Case, command: Command) -> Reply:
    """A correction rests on a document."""
    return when(bool(case.basis), "no-paper")


def correcting_person(case: Case, command: Command) -> Reply:
    """Nobody corrects their own entry alone."""
    target = _target(case, command)
    return when(target is None or target.actor != case.actor)


def _target(case: Case, command: Command) -> Entry | None:
    assert isinstance(command, VoidEntry | CorrectEffectiveDate)
    counting = (e for e in corrected(case.entries) if not isinstance(e.event, FINAL))
    return next((e for e in counting if e.version == command.target), None)


PREDICATES: Final[dict[str, Predicate]] = {
    "correctable": correctable,
    "correction-paper": correction_paper,
    "correcting-person": correcting_person,
}
