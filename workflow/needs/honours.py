"""What commendations need: one achievement is commended once (Law 06/2022, article 5.2.c)."""

from __future__ import annotations

from typing import Final

from domain.history import corrected
from domain.honours import CommendationGranted
from domain.shares import parse
from domain.values import Title
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, warned, when


def new_period(case: Case, command: Command) -> Reply:
    """The time of the achievement is over, and was not commended before (A-12)."""
    assert isinstance(command, asked.RecordAchievement)
    again = [
        found.commendation.decision
        for found in case.candidate.honours.achievements
        if found.commendation and found.meets(command.begins, command.ends)
    ]
    return when(not again and command.ends <= case.effective_on, *again)


def uncommended(case: Case, command: Command) -> Reply:
    """The achievement is there, and no commendation was granted for it."""
    assert isinstance(command, asked.RecordCommendation)
    if case.candidate.honours.achievement(command.achievement) is None:
        return unmet()
    granted = (e.event for e in corrected(case.entries))  # whatever day each is in force from
    before = [
        event.decision
        for event in granted
        if isinstance(event, CommendationGranted) and event.achievement == command.achievement
    ]
    return when(not before, *before)


def no_overlap(case: Case, command: Command) -> Reply:
    """Nothing else of this exemplar was commended for the same time: if so, somebody looks."""
    assert isinstance(command, asked.RecordCommendation)
    about = case.candidate.honours.achievement(command.achievement)
    if about is None:
        return proven()
    person = case.candidate.person
    others = case.world.candidacies(person) if person else ()
    files = [case.candidate, *(case.other(id) for id in others if id != case.subject)]
    alike = [
        one.commendation.decision
        for file in files
        for one in file.honours.achievements
        if one != about and one.commendation and one.meets(about.begins, about.ends)
    ]
    return warned(*alike) if alike else proven()


def title_cap(case: Case, command: Command) -> Reply:
    """No more of a unit get a title than the rules of the day let, or somebody looks (A-17)."""
    assert isinstance(command, asked.CountTitles)
    counts = {
        Title.ADVANCED_WORKER: command.advanced_workers,
        Title.GRASSROOTS_FIGHTER: command.grassroots_fighters,
    }
    for cap in case.rules.text.caps:
        if counts[cap.title] > parse(cap.most)[1] * counts[cap.among]:
            return warned(cap.most)
    return proven()


def not_introduced(case: Case, command: Command) -> Reply:
    """The exemplar does not stand in this list yet."""
    assert isinstance(command, asked.IntroduceToProvince)
    return when(case.candidate.honours.introduction(command.document) is None)


def unanswered(case: Case, command: Command) -> Reply:
    """The list was sent, and the province has not answered it."""
    assert isinstance(command, asked.RecordAnswer)
    found = case.candidate.honours.introduction(command.document)
    return when(found is not None and found.answer is None)


PREDICATES: Final[dict[str, Predicate]] = {
    "new-period": new_period,
    "uncommended": uncommended,
    "no-overlap": no_overlap,
    "title-cap": title_cap,
    "not-introduced": not_introduced,
    "unanswered": unanswered,
}
