"""The acts that most stories share: what is entered when a candidate takes a usual step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.consent import Consent
from domain.values import CandidateKind, Private, Rating, Result, Role, Title, private
from web.demo.cast import Hero
from web.demo.stage import Stage, Step, enter
from workflow import commands as asked

OFFICER, REVIEWER = Role.OFFICER, Role.REVIEWER
STANDING, DIRECTOR = Role.STANDING_BODY, Role.DIRECTOR
Steps = Iterator[Step]


def found(
    hero: Hero,
    day: str,
    *,
    source: str | None = None,
    review: int | None = None,
    person: str | None = None,
) -> Step:
    """Return that the emulation officer enters a candidate; `person` is one who is known."""
    return enter(
        day,
        asked.DiscoverCandidate(
            hero.kind,
            f"unit:{hero.unit}",
            None if person else hero.who,
            hero.what,
            hero.measure,
            hero.priority,
            source,
            review,
            person,
        ),
        hero.id,
    )


def acclaimed(hero: Hero, day: str, votes: tuple[int, int, int], by: str | None = None) -> Steps:
    """Yield the minutes of the unit's meeting, its head's endorsement, and a person's consent."""
    minutes = f"{hero.number:02}/BB-{hero.unit.upper()}"
    yield enter(day, asked.RecordPeerAcclaim(minutes, *votes), hero.id)
    if by is None:
        paper = f"{hero.number:02}/XN-{hero.unit.upper()}"
        yield enter(day, asked.EndorseCandidate(), hero.id, paper=paper)
    else:
        yield enter(day, asked.EndorseCandidate(), hero.id, by)
    if hero.kind is CandidateKind.INDIVIDUAL:
        yield consented(hero, day)


def consented(hero: Hero, day: str) -> Step:
    """Return that the person agreed to be a candidate."""
    paper = f"{hero.number:02}/ĐY-{hero.unit.upper()}"
    return enter(day, asked.RecordConsent(Consent.GIVEN, paper), hero.id)


def nurtured(hero: Hero, day: str, plan: str) -> Steps:
    """Yield that a candidate comes to Nurture, with a plan."""
    yield advanced(hero, day, REVIEWER)
    yield enter(day, asked.AdoptNurturePlan(private(plan)), hero.id)


def reported(hero: Hero, day: str, words: str, *, full: bool = True) -> Step:
    """Return a report of progress."""
    return enter(day, asked.ReportProgress(private(words), full), hero.id)


def titled(hero: Hero, day: str, title: Title, year: int, paper: str) -> Step:
    """Return that a title of a year is entered, by its decision."""
    return enter(day, asked.RecordTitle(title, year), hero.id, paper=paper)


def rated(hero: Hero, day: str, year: int, paper: str, rating: Rating = Rating.EXCELLENT) -> Step:
    """Return that the rating of a year is entered."""
    return enter(day, asked.RecordRating(rating, year), hero.id, paper=paper)


def summed_up(hero: Hero, day: str, report: str, **found: Result) -> Steps:
    """Yield that a candidate comes to Summarize, its report, and what its criteria came to."""
    yield advanced(hero, day, REVIEWER)
    yield enter(day, asked.ReportSummary(private(report)), hero.id)
    yield assessed(hero, day, **found)


def assessed(hero: Hero, day: str, **found: Result) -> Step:
    """Return that the reviewer finds every criterion met but those that are named."""

    def command(stage: Stage) -> asked.Command:
        believed = stage.parts.register.ledger.entries(hero.id)
        rules, on = stage.parts.register.pinned(believed), date.fromisoformat(day)
        criteria = rules.criteria_for(hero.measure or hero.kind, on)
        codes = (criterion.code for criterion in criteria)
        note = private("Đã đối chiếu hồ sơ với từng tiêu chí của đối tượng")
        return asked.AssessCriteria(tuple((c, found.get(c, Result.MET)) for c in codes), note)

    return enter(day, command, hero.id, REVIEWER)


def publicized(hero: Hero, opened: str, closed: str) -> Steps:
    """Yield a comment period in which nobody objects."""
    yield enter(opened, asked.OpenCommentPeriod(), hero.id, REVIEWER)
    yield enter(closed, asked.CloseCommentPeriod(), hero.id, REVIEWER)


def recognized(hero: Hero, day: str, decision: str) -> Step:
    """Return that the director signs, on the day it is entered."""
    return enter(day, asked.RecognizeExemplar(decision), hero.id, DIRECTOR, paper=decision)


def advanced(hero: Hero, day: str, by: Role = STANDING, unmet: tuple[str, ...] = ()) -> Step:
    """Return the move to the next stage, or that it is refused."""
    return enter(day, asked.AdvanceStage(), hero.id, by, unmet=unmet)


METHOD: Final = ("problem", "action", "conditions", "costs", "outcome", "how_to")


def copied_from(hero: Hero, day: str, *words: str) -> Step:
    """Return the method, written down so that others can copy it."""
    method = Private(dict(zip(METHOD, words, strict=True)))
    return enter(day, asked.DescribeMethod(method), hero.id)


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)
