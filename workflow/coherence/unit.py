"""What commands about units and offices must get right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from domain.shares import parse
from domain.unit import successors
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import candidate_known, cited, named, unit_open
from workflow.refusals import InvalidCommand


def registered(case: Case, command: asked.RegisterUnit) -> None:
    """Refuse a parent that is not there."""
    if command.parent:
        unit_open(case, command.parent, case.effective_on)


def rearranged(case: Case, command: asked.RearrangeUnit) -> None:
    """Refuse a change of nothing, and a parent that is not there or stands below the unit."""
    unit_open(case, case.subject, case.effective_on)
    if command.kind is None and command.parent is None:
        raise InvalidCommand("parent", "must name another parent or kind")
    above, met = command.parent, set[str]()
    if above:
        unit_open(case, above, case.effective_on)
    while above and above not in met:
        if above == case.subject:
            raise InvalidCommand("parent", "cannot stand below itself")
        met.add(above)
        above = case.units[above].parent if above in case.units else None


def granted(case: Case, command: asked.GrantOffice) -> None:
    """Refuse an office in a unit that is not there."""
    if command.unit:
        unit_open(case, command.unit, case.effective_on)


def merged(case: Case, command: asked.MergeUnit) -> None:
    """Refuse a merger into nothing, into itself, or of and into what is not there any more."""
    unit_open(case, case.subject, case.effective_on)
    if not command.into or case.subject in command.into:
        raise InvalidCommand("into", "must name other units")
    for unit in command.into:
        unit_open(case, unit, case.effective_on)
        if case.subject in successors(case.units, unit):
            raise InvalidCommand("into", "has become this unit")
    _shared(command)


def _shared(command: asked.MergeUnit) -> None:
    """Refuse shares that are not one for each, or that are not the whole."""
    if len(set(command.into)) < len(command.into):
        raise InvalidCommand("into", "must name other units")
    if not command.shares:
        return
    try:
        parts = [parse(share) for share in command.shares]
    except ValueError:
        raise InvalidCommand("shares", "must be fractions that add up to one") from None
    whole = sum(part for _, part in parts) == 1 and not any(above for above, _ in parts)
    if not whole or len(parts) != len(command.into):
        raise InvalidCommand("shares", "must be fractions that add up to one")


def transferred(case: Case, command: asked.TransferCandidates) -> None:
    """Refuse a transfer of nobody, to the unit itself, or to what is not there."""
    if not command.candidates or len(set(command.candidates)) < len(command.candidates):
        raise InvalidCommand("candidates", "must name candidates, each once")
    if command.receiver == case.subject:
        raise InvalidCommand("receiver", "must name other units")
    unit_open(case, command.receiver, case.effective_on)
    for candidate in command.candidates:
        candidate_known(case, candidate)


def criterion_added(case: Case, command: asked.AddCriterion) -> None:
    """Refuse a code that is none or is taken: a common criterion is neither moved nor removed."""
    unit_open(case, case.subject, case.effective_on)
    named("name", command.name)
    if not CODE.fullmatch(command.code):
        raise InvalidCommand("code", "must be capitals and a number")
    taken = {c.code for c in case.rules.text.criteria} | case.units[case.subject].criteria.keys()
    if command.code in taken:
        raise InvalidCommand("code", "is a criterion already")


def criterion_retired(case: Case, command: asked.RetireCriterion) -> None:
    """Refuse to retire what the unit has not added."""
    if command.code not in case.units[case.subject].criteria:
        raise InvalidCommand("code", "was not added by this unit")


def counted(case: Case, command: asked.CountTitles) -> None:
    """Refuse counts that cannot be, of a year that cannot have been, or without a document."""
    cited("document", command.document)
    if not 1990 <= command.year <= case.today.year:
        raise InvalidCommand("year", f"must be from 1990 to {case.today.year}")
    if command.advanced_workers < 0:
        raise InvalidCommand("advanced_workers", "cannot be negative")
    if not 0 <= command.grassroots_fighters <= command.advanced_workers:
        raise InvalidCommand("grassroots_fighters", "are among the advanced workers")


CODE: Final = re.compile("[A-Z]{1,4}[0-9]{1,2}")
CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.RegisterUnit: registered,
    asked.GrantOffice: granted,
    asked.RearrangeUnit: rearranged,
    asked.MergeUnit: merged,
    asked.TransferCandidates: transferred,
    asked.AddCriterion: criterion_added,
    asked.RetireCriterion: criterion_retired,
    asked.CountTitles: counted,
}
