"""What granting and revoking need: who has the power, and the paper it is done by (93.2, 93.8)."""

from __future__ import annotations

from typing import Final, cast

from domain import candidate_events as happened
from domain.council import Matter
from domain.values import CandidateKind, Title
from workflow import commands as asked
from workflow import honours
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Answer, Predicate, Reply, proven, shown, when
from workflow.sitting import other


def title_authority(case: Case, command: Command) -> Reply:
    """Who is said to have granted a title may grant it."""
    assert isinstance(command, asked.RecordTitle)
    may = honours.grants(case.rules, command.title)
    return when(command.authority is None or command.authority in may, *may)


def title_held(case: Case, command: Command) -> Reply:
    """The title of that year is held."""
    assert isinstance(command, asked.RevokeTitle)
    return shown(honours.titled(case.candidate, command.title, command.year))


def title_taken(case: Case, command: Command) -> Reply:
    """The title of that year was taken back."""
    assert isinstance(command, asked.RestoreTitle)
    return when(honours.taken(case.candidate, command.title, command.year))


def recognition_taken(case: Case, command: Command) -> Reply:
    """The recognition was taken back."""
    return when(case.candidate.unrecognized is not None)


def granting_power(case: Case, command: Command) -> Reply:
    """Who granted it takes it back, and nobody else (93.8)."""
    assert isinstance(command, asked.RevokeTitle)
    fact = honours.titled(case.candidate, command.title, command.year)
    granted = cast(happened.TitleRecorded, fact.event).authority if fact else None
    may = (granted,) if granted else honours.grants(case.rules, command.title)
    return when(command.authority in (None, *may), *may)


def revoking_paper(case: Case, command: Command) -> Reply:
    """A decision is named, or cited."""
    assert isinstance(command, asked.RevokeRecognition)
    return when(bool(command.decision or case.basis))


def to_return(case: Case, command: Command) -> Reply:
    """Something has to be returned, and money not beyond what is known to be owed."""
    assert isinstance(command, asked.RecordReturn)
    recovery = case.candidate.recovery
    unknown = any(one.money is None for one in recovery.owed)
    enough = unknown or command.money <= recovery.outstanding
    return when(bool(recovery.owed) and enough, recovery.outstanding)


def consecutive_titles(case: Case, command: Command) -> Reply:
    """The years of the lower title follow each other; a gap is for a person with a paper (2.2)."""
    assert isinstance(command, asked.AddAgendaItem)
    rule = case.rules.text.terms.titles.get(Title.PROVINCIAL_FIGHTER)
    if command.matter is not Matter.PROVINCIAL_FIGHTER or rule is None or rule.after is None:
        return proven()
    candidate = other(case, command.candidate, "candidate")
    if candidate.standing.kind is not CandidateKind.INDIVIDUAL:
        return proven()  # only people are fighters
    held = honours.years_of(candidate, rule.after)
    last = max(held, default=case.effective_on.year - 1)
    gaps = [year for year in range(last - rule.years + 1, last + 1) if year not in held]
    if not gaps or case.basis:
        return proven()
    return Reply(Answer.NOT_PROVEN, (), tuple(map(str, gaps)))


PREDICATES: Final[dict[str, Predicate]] = {
    "title-authority": title_authority,
    "title-held": title_held,
    "title-taken": title_taken,
    "recognition-taken": recognition_taken,
    "granting-power": granting_power,
    "revoking-paper": revoking_paper,
    "to-return": to_return,
    "consecutive-titles": consecutive_titles,
}
