"""What the rule set says of titles: who grants which, in which order, and what was paid for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

from domain import candidate_events as happened
from domain.candidate import Candidate, Fact
from domain.candidate import titled as named
from domain.values import Authority, Title
from workflow import commands as asked
from workflow.case import Case
from workflow.rules import RuleSet


def titled(candidate: Candidate, title: Title, year: int) -> Fact | None:
    """Return the fact by which a candidate holds a title of a year."""
    held = (*candidate.titles, *candidate.left_behind)  # with a former unit, but held
    return next((f for f in held if named(f) == (title, year)), None)


def taken(candidate: Candidate, title: Title, year: int) -> bool:
    """Return whether a title of a year was taken back."""
    return any(named(fact) == (title, year) for fact in candidate.untitled)


def years_of(candidate: Candidate, title: Title) -> set[int]:
    """Return the years for which a candidate holds a title."""
    held = filter(None, map(named, candidate.titles))
    return {year for kind, year in held if kind == title}


def grants(rules: RuleSet, title: Title) -> tuple[Authority, ...]:
    """Return who may grant a title."""
    found = rules.text.terms.titles.get(title)
    return found.by if found else ()


def reward(rules: RuleSet, title: Title, on: date) -> int | None:
    """Return the đồng that went with a title granted on a day, or None where it is not known."""
    rewards = rules.text.terms.rewards
    multiples = [m for m in rewards.multiples if m.title is title and m.since <= on]
    bases = [base for base in rewards.base if base.since <= on]
    if not multiples or not bases:
        return None
    times = max(multiples, key=lambda one: one.since).times
    return int(Fraction(times) * max(bases, key=lambda one: one.since).dong)


def _revoking(case: Case, command: asked.RevokeTitle) -> dict[str, Any]:
    """Return who took it back, if it was not said, and what has to be returned."""
    fact = titled(case.candidate, command.title, command.year)
    granted = cast(happened.TitleRecorded, fact.event).authority if fact else None
    money = reward(case.rules, command.title, fact.on) if fact else None
    return {
        "authority": command.authority or granted,
        "money": money if command.money is None else command.money,
    }


ALSO: Final[dict[type[asked.Command], Callable[[Case, Any], dict[str, Any]]]] = {
    asked.RevokeTitle: _revoking,
}
