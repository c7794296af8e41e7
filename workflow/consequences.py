"""Consequences: whose recognition must be looked at again once something is lost (R4-1).

Nobody is removed in silence: the command that takes away what a recognition rested on records
on that candidate that somebody has to look again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from domain import candidate_events as happened
from domain.candidate import Candidate, Fact, fold
from domain.entry import Entry
from domain.events import Event
from domain.history import as_of
from domain.revocation import TitleRevoked
from domain.session import Session
from domain.subjects import KINDS
from domain.unit import CandidatesTransferred, Unit
from domain.values import CandidateKind, ReReviewCause, Result
from workflow.case import Case
from workflow.leader import answering, headed, heads_on, headships, recognized, supports
from workflow.world import World

FOLLOWING: Final = (happened.ReReviewRequired, happened.CandidateTransferred)
Consequence = tuple[str, int, happened.ReReviewRequired | happened.CandidateTransferred]
LAST = 2**62  # positions end before; an entry not recorded yet takes effect last of its day


def follows(event: Event) -> bool:
    """Return whether an event comes of a command about something else."""
    if isinstance(event, happened.BlockRecorded | happened.BlockLifted):
        return event.complaint is not None
    return isinstance(event, FOLLOWING)


def consequences(case: Case, events: Sequence[Event]) -> tuple[Consequence, ...]:
    """Return whose recognition needs a second look, with how many entries each has."""
    if isinstance(case.state, Unit):
        return (*_transfers(case, events), *_headships(case, events))
    if isinstance(case.state, Session):
        return tuple(_opinions(case, events))
    was = case.candidate
    if was.standing.kind is None:
        return ()
    taken = any(isinstance(event, TitleRevoked) for event in events)
    if recognized(was) is None and not taken:
        return ()
    now: Candidate = fold(as_of(_afterwards(case, events)))
    if not _lost(was, now):
        return ()
    heads = _heads(case, was, now) if recognized(was) else ()
    return (*_own(case, was, now, len(events), taken=taken), *heads)


def _transfers(case: Case, events: Sequence[Event]) -> Iterator[Consequence]:
    """Yield the entry of each candidate that another unit takes over."""
    for event in events:
        if isinstance(event, CandidatesTransferred):
            moved = happened.CandidateTransferred(event.receiver)
            yield from ((id, len(case.world.told(id)), moved) for id in event.candidates)


def _headships(case: Case, events: Sequence[Event]) -> Iterator[Consequence]:
    """Yield the recognized people who, as it is told now, had other units to answer for (A-8)."""
    told = Retold(case.world, case.subject, _afterwards(case, events))
    before, after = (set(headships(world, case.subject)) for world in (case.world, told))
    changed = {headship.person for headship in before ^ after}
    least = case.rules.text.terms.leader.least_days
    for subject in _candidates_of(case, changed, case.world, told):
        leader: Candidate = case.other(subject)
        known = recognized(leader)
        if known is None or leader.person not in changed:
            continue
        was, now = (headed(world, leader.person) for world in (case.world, told))
        if answering(was, known.on, least) != answering(now, known.on, least):
            yield from _again(case, subject, leader, ReReviewCause.HEADSHIP_CHANGED)


def _opinions(case: Case, events: Sequence[Event]) -> Iterator[Consequence]:
    """Yield the recognized candidates on whom a session, as it is told now, decided otherwise."""
    was, now = case.state, KINDS["session"].fold(as_of(_afterwards(case, events)))
    for item in was.items:
        told = now.item(item.number)
        if not item.candidate or not item.settled or (told and told.passed) == item.passed:
            continue
        candidate: Candidate = case.other(item.candidate)
        known = recognized(candidate)
        if known and getattr(known.event, "session", None) == case.subject:
            cause = ReReviewCause.OPINION_CHANGED
            yield from _again(case, item.candidate, candidate, cause)


def _again(
    case: Case, subject: str, candidate: Candidate, cause: ReReviewCause
) -> Iterator[Consequence]:
    """Yield that somebody has to look again, unless it is asked for already."""
    counts = cause in case.rules.text.re_review
    if counts and not any(_is(fact, cause, subject) for fact in candidate.re_reviews):
        required = happened.ReReviewRequired(cause, subject)
        yield subject, len(case.world.told(subject)), required


class Retold:
    """The world with one subject as it is told now."""

    def __init__(self, world: World, subject: str, entries: Sequence[Entry]) -> None:
        """Take the world as it was, and the subject's entries."""
        self._world, self._subject, self._entries = world, subject, entries
        self.all, self.candidates = world.all, world.candidates
        self.candidacies, self.acclaimed = world.candidacies, world.acclaimed

    def told(self, subject: str) -> Sequence[Entry]:
        """Return a subject's entries."""
        return self._entries if subject == self._subject else self._world.told(subject)

    def told_of(self, subjects: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """Return the entries of several subjects."""
        own = {self._subject: self._entries} if self._subject in subjects else {}
        return {**self._world.told_of(subjects), **own}


def _afterwards(case: Case, events: Sequence[Event]) -> list[Entry]:
    """Return the subject's entries as they will be."""
    versions = range(len(case.entries) + 1, len(case.entries) + len(events) + 1)
    made = [
        Entry(case.subject, v, case.effective_on, "", None, "", None, e, position=LAST + v)
        for v, e in zip(versions, events, strict=True)
    ]
    return [*case.entries, *made]


def _lost(was: Candidate, now: Candidate) -> bool:
    """Return whether a recognition, a rating or a title counts no more as it did."""
    if recognized(was) != recognized(now) or set(was.titles) - set(now.titles):
        return True
    return was.ratings != now.ratings


def _own(
    case: Case, was: Candidate, now: Candidate, made: int, *, taken: bool
) -> Iterator[Consequence]:
    """Yield that a candidate lost a title on which something of it rests (93.2)."""
    lost = set(was.titles) - set(now.titles)
    rested = any(_rests(case, now, fact, taken=taken) for fact in lost)
    if rested and not any(_is(f, ReReviewCause.TITLE_LOST, case.subject) for f in now.re_reviews):
        required = happened.ReReviewRequired(ReReviewCause.TITLE_LOST, case.subject)
        yield case.subject, len(case.entries) + made, required


def _rests(case: Case, now: Candidate, title: Fact, *, taken: bool) -> bool:
    """Return whether recognition, a commendation or a criterion found met rests on a title.

    Only a recognition counts where the title was not taken back, but wrongly recorded.
    """
    known = recognized(now)
    if known and _year(title) < known.on.year:
        return True
    if not taken:
        return False
    praised = (a.commendation.granted.on for a in now.honours.achievements if a.commendation)
    if any(title.on <= day for day in praised):
        return True
    yearly = case.rules.text.yearly.get(now.standing.measure or "")
    found = (f.event for f in now.assessments if isinstance(f.event, happened.CriterionAssessed))
    return any(yearly and (e.criterion, e.result) == (yearly.criterion, Result.MET) for e in found)


def _heads(case: Case, was: Candidate, now: Candidate) -> Iterator[Consequence]:
    """Yield the recognized heads of a collective that lends them something no more."""
    if was.standing.kind is not CandidateKind.COLLECTIVE or was.standing.unit is None:
        return
    unit = was.standing.unit
    heads = {headship.person for headship in headships(case.world, unit)}
    for subject in _candidates_of(case, heads, case.world):
        leader: Candidate = case.other(subject)
        known = recognized(leader)
        if known is None or leader.person is None:
            continue
        if not heads_on(headed(case.world, leader.person).get(unit, ()), known.on):
            continue
        before, after = supports(was, known.on), supports(now, known.on)
        lost = [cause for cause in before if before[cause] and not after[cause]]
        if lost and not any(_is(f, lost[0], case.subject) for f in leader.re_reviews):
            required = happened.ReReviewRequired(lost[0], case.subject)
            yield subject, len(case.world.told(subject)), required


def _candidates_of(case: Case, heads: Collection[str], *worlds: World) -> Iterable[str]:
    """Return the individual candidates of every unit that these people ever headed."""
    units = {unit for world in worlds for person in heads for unit in headed(world, person)}
    parents = {u.parent for id, u in case.units.items() if id in units and u.parent}
    candidates = {
        id
        for place in units | parents
        for id in case.world.candidates(place, CandidateKind.INDIVIDUAL)
    }
    return sorted(candidates - {case.subject})


def _year(fact: Fact) -> int:
    event = fact.event
    return event.year if isinstance(event, happened.TitleRecorded) else 0


def _is(fact: Fact, cause: ReReviewCause, of: str) -> bool:
    return fact.event == happened.ReReviewRequired(cause, of)
