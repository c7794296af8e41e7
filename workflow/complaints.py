"""What follows from complaints: deadlines by the law of the day, and that a candidate waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from domain import candidate_events as happened
from domain.complaint import Complaint, ComplaintFinding, ComplaintKind
from domain.events import Event
from domain.values import BlockGround, ReReviewCause
from workflow import commands as asked
from workflow.calendar import calendar_of
from workflow.case import Case
from workflow.terms import ComplaintTerms

GROUNDS: Final = {
    ComplaintKind.COMPLAINT: BlockGround.COMPLAINT,
    ComplaintKind.DENUNCIATION: BlockGround.DENUNCIATION,
}
Follow = tuple[str, Event, int]  # a subject, what is told of it, how many entries it has


def complaint_of(case: Case) -> Complaint:
    """Return the complaint that a case is about."""
    return case.state if isinstance(case.state, Complaint) else Complaint()


def terms_of(case: Case, kind: ComplaintKind | None) -> ComplaintTerms | None:
    """Return what the law of the effective day says of a kind of letter."""
    every = case.rules.text.terms.complaints
    begun = [one for one in every if one.kind is kind and one.since <= case.effective_on]
    return max(begun, key=lambda one: one.since, default=None)


def received(case: Case, command: asked.ReceiveComplaint) -> dict[str, Any]:
    """Return by when a letter is accepted or not; one that names nobody waits for nothing."""
    terms, calendar = terms_of(case, command.kind), calendar_of(case)
    if command.anonymous or terms is None:
        return {"until": None, "calendar": calendar.version}
    count = calendar.after if terms.accept_working else calendar.period_end
    return {"until": count(case.effective_on, terms.accept_days), "calendar": calendar.version}


def accepted(case: Case, command: asked.AcceptComplaint) -> dict[str, Any]:
    """Return by when it is settled."""
    terms, calendar = terms_of(case, complaint_of(case).kind), calendar_of(case)
    assert terms, "a need saw to it"
    days = terms.remote_days if command.remote else terms.settle_days
    return {"until": calendar.period_end(case.effective_on, days), "calendar": calendar.version}


def extended(case: Case, command: asked.ExtendComplaint) -> dict[str, Any]:
    """Return by when it is settled now."""
    was, calendar = complaint_of(case), calendar_of(case)
    terms = terms_of(case, was.kind)
    assert terms, "a need saw to it"
    assert was.until, "it was accepted"
    days = terms.extensions[was.extended] if was.extended < len(terms.extensions) else 0
    return {"until": calendar.period_end(was.until, days), "calendar": calendar.version}


ALSO: Final[dict[type[asked.Command], Callable[[Case, Any], dict[str, Any]]]] = {
    asked.ReceiveComplaint: received,
    asked.AcceptComplaint: accepted,
    asked.ExtendComplaint: extended,
}


def follows(case: Case, command: asked.Command) -> Iterator[Follow]:
    """Yield what a command about a complaint records on the candidate it is about."""
    was = complaint_of(case)
    if was.candidate is None or was.kind is None:
        return
    about, ground = was.candidate, GROUNDS[was.kind]
    after = len(case.world.told(about))
    if isinstance(command, asked.AcceptComplaint):
        yield about, happened.BlockRecorded(ground, None, case.subject), after
    elif was.running and _ends(command):
        yield about, happened.BlockLifted(ground, None, case.subject), after
        if isinstance(command, asked.ResolveComplaint) and _against(command):
            cause = ReReviewCause.COMPLAINT_FOUNDED
            yield about, happened.ReReviewRequired(cause, about), after + 1


def _ends(command: asked.Command) -> bool:
    whole = isinstance(command, asked.WithdrawComplaint) and command.part is None
    return whole or isinstance(command, asked.ResolveComplaint)


def _against(command: asked.ResolveComplaint) -> bool:
    return command.finding is not ComplaintFinding.UNFOUNDED
