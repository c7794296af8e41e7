"""Attesting: what an older register says of one candidate, as entries with their own days.

Nothing here was decided by us; the first entry says so and names file, sheet and row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import candidate_events as happened
from domain.events import Event
from domain.person import PersonDescribed
from domain.values import CandidateKind, Outcome, Stage
from workflow.commands import AttestCandidate
from workflow.recorded import tells

Attested = tuple[str, Event, date]


def attested(row: AttestCandidate, subject: str, person: str, today: date) -> Iterator[Attested]:
    """Yield (subject, event, effective day) for one row, in the order of effect."""
    individual = row.kind is CandidateKind.INDIVIDUAL
    who, first = row.who.sealed(), row.discovered_on
    if individual:
        yield person, PersonDescribed(who), first
    yield subject, happened.CandidateAttested(row.file, row.sheet, row.row), first
    found = happened.CandidateDiscovered(row.kind, row.unit, person if individual else None)
    yield subject, found, first
    described = happened.CandidateDescribed(
        row.what.sealed(),
        None if individual else who,
        row.person_kind,
        row.priority,
        tells(row.what, row.who),
    )
    yield subject, described, first
    for event, on in sorted(_later(row, today), key=lambda pair: pair[1]):
        yield subject, event, on


def _later(row: AttestCandidate, today: date) -> Iterator[tuple[Event, date]]:
    """Yield what followed discovery; of equal days, in this order."""
    for title, year in row.titles:
        yield happened.TitleRecorded(title, year), _end_of(year, today)
    for rating, year in row.ratings:
        yield happened.RatingRecorded(rating, year), _end_of(year, today)
    if row.minutes:
        # Old registers give the minutes no day: they were there when Nurture began.
        yield happened.PeerAcclaimRecorded(row.minutes), row.nurtured_on or row.discovered_on
    if row.nurtured_on:
        yield happened.StageAdvanced(Stage.NURTURE), row.nurtured_on
    if row.summarized_on:
        yield happened.StageAdvanced(Stage.SUMMARIZE), row.summarized_on
    if row.replicated_on:
        yield happened.ExemplarRecognized(row.decision), row.replicated_on
        yield happened.StageAdvanced(Stage.REPLICATE), row.replicated_on
    elif row.decision and row.summarized_on:
        yield happened.ExemplarRecognized(row.decision), row.ended_on or row.summarized_on
    if row.outcome and row.ended_on:
        yield _ending(row.outcome), row.ended_on


def _end_of(year: int, today: date) -> date:
    """Return the day a title of a year counts from: decided at its end, or not yet over."""
    return min(date(year, 12, 31), today)


def _ending(outcome: Outcome) -> Event:
    endings: dict[Outcome, Event] = {
        Outcome.COMPLETED: happened.CandidacyCompleted(),
        Outcome.DECLINED: happened.CandidateDeclined(),
        Outcome.WITHDRAWN: happened.CandidateWithdrawn(),
        Outcome.REVOKED: happened.RecognitionRevoked(None),
    }
    return endings[outcome]
