"""What erasing needs: a ground, nobody alone, and nothing for which the data must stay (A-24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from domain.candidate import Candidate
from domain.person import Asked, Person
from domain.values import ErasureGround, Outcome
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.leader import headed, heads_on, recognized
from workflow.needs.answers import Predicate, Reply, proven, unmet, when
from workflow.terms import ErasureTerms


def person_of(case: Case) -> Person:
    """Return the person a case is about."""
    return case.state if isinstance(case.state, Person) else Person()


def data_kept(case: Case, command: Command) -> Reply:
    """The vault still holds who the person is."""
    return when(person_of(case).description is not None)


def no_request(case: Case, command: Command) -> Reply:
    """No request waits for its answer."""
    return when(person_of(case).requested is None)


def request(case: Case, command: Command) -> Reply:
    """A request waits for its answer; who entered it does not give it (R8-1)."""
    asked_for = person_of(case).requested
    return proven(asked_for) if asked_for else unmet()


def not_told(case: Case, command: Command) -> Reply:
    """Nobody told whoever asks yet."""
    asked_for = person_of(case).requested
    return when(not (asked_for and asked_for.told), asked_for and asked_for.told)


def not_extended(case: Case, command: Command) -> Reply:
    """The answer may take longer once, and no more."""
    asked_for = person_of(case).requested
    return when(not (asked_for and asked_for.extended))


def term_running(case: Case, command: Command) -> Reply:
    """The answer is not late yet: what is over is not extended."""
    asked_for = person_of(case).requested
    if asked_for is None:
        return unmet()
    end = answer_due(asked_for, case.rules.text.terms.erasure)
    return when(case.effective_on <= end, end)


def answer_due(asked_for: Asked, terms: ErasureTerms) -> date:
    """Return the last day to answer a request."""
    return asked_for.on + timedelta(days=terms.answer_days + asked_for.extended)


def erasure_ground(case: Case, command: Command) -> Reply:
    """The person asked for it, or a paper is cited."""
    assert isinstance(command, asked.ErasePersonalData)
    if command.ground is ErasureGround.REQUESTED:
        return request(case, command)
    return when(bool(case.basis), "no-paper")


def not_restricted(case: Case, command: Command) -> Reply:
    """The data of the person, or of the candidate's person, may be worked with."""
    id = case.subject if isinstance(case.state, Person) else case.candidate.person
    if isinstance(command, asked.DiscoverCandidate):
        id = command.person
    who = case.other(id) if id else Person()
    return when(not (isinstance(who, Person) and who.restricted))


def not_decided_by_oneself(case: Case, command: Command) -> Reply:
    """Neither the person nor who entered the request decides."""
    asked_for = person_of(case).requested
    involved = {case.subject, asked_for.by if asked_for else None}
    return when(case.actor not in involved)


def no_standing_decision(case: Case, command: Command) -> Reply:
    """No recognition or commendation stands; a signed decision is kept (4.1)."""
    if _set_aside(case, command):
        return proven()
    standing = [id for id, one in _candidacies(case) if _decided(one)]
    return when(not standing, *("recognized" for _ in standing[:1]))


def complaint_window(case: Case, command: Command) -> Reply:
    """Every candidacy is over, and so is the time in which anybody may complain of it."""
    if _set_aside(case, command):
        return proven()
    days = timedelta(days=case.rules.text.terms.erasure.window_days)
    running = [one for _, one in _candidacies(case) if one.standing.outcome is None]
    if running:
        return unmet("candidacy-open")
    ends = [last.on + days for _, one in _candidacies(case) if (last := one.last_change)]
    return when(all(case.effective_on > end for end in ends), max(ends, default=date.min))


def nothing_pending(case: Case, command: Command) -> Reply:
    """No complaint, inspection or second look about a candidacy is open."""
    found = list(_candidacies(case))
    ids = {id for id, _ in found}
    complaints = (c for c in case.world.all("complaint").values() if c.candidate in ids)
    heard = any(c.closed is None for c in complaints)
    return when(not heard and not any(one.blocks or one.re_reviews for _, one in found))


def no_function(case: Case, command: Command) -> Reply:
    """The person holds no office, heads no unit, and sits in no council."""
    if _set_aside(case, command):
        return proven()
    person, on = case.subject, case.effective_on
    offices = case.world.all("office").values()
    if any(o.person == person and o.held_on(on) for o in offices):
        return unmet("office-held")
    if any(heads_on(terms, on) for terms in headed(case.world, person).values()):
        return unmet("heads-the-unit")
    councils = case.world.all("council").values()
    return when(not any(person in c.in_office(on) for c in councils), "council-member")


def _set_aside(case: Case, command: Command) -> bool:
    """Return whether the rules let this ground go before what keeps the data."""
    grounds = case.rules.text.terms.erasure.despite
    return isinstance(command, asked.ErasePersonalData) and command.ground in grounds


def _candidacies(case: Case) -> Iterator[tuple[str, Candidate]]:
    for id in case.world.candidacies(case.subject):
        yield id, case.other(id)


def _decided(one: Candidate) -> bool:
    """Return whether a signed decision about a candidacy stands."""
    completed = one.standing.outcome is Outcome.COMPLETED
    commended = any(a.commendation for a in one.honours.achievements)
    return bool(recognized(one)) or completed or commended


PREDICATES: Final[dict[str, Predicate]] = {
    "data-kept": data_kept,
    "no-erasure-request": no_request,
    "erasure-request": request,
    "not-told": not_told,
    "not-extended": not_extended,
    "term-running": term_running,
    "erasure-ground": erasure_ground,
    "not-restricted": not_restricted,
    "erasing-person": not_decided_by_oneself,
    "no-standing-decision": no_standing_decision,
    "complaint-window": complaint_window,
    "nothing-pending": nothing_pending,
    "no-function": no_function,
}
