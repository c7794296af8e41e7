"""What follows for a session from council, units and candidates as they were on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

from domain.council import Council, Matter, Seat, TieRule, VoteBase
from domain.publicity import CommentReceived
from domain.session import Item, Session, content
from domain.session_events import AgendaItemAdded, Conflict
from domain.shares import majority, reached
from domain.subjects import KINDS, kind_of
from workflow import commands as asked
from workflow.calendar import calendar_of
from workflow.case import Case
from workflow.decisions import advised
from workflow.terms import CouncilTerms

LONGEST: Final = 60  # working days that anybody counts: what is forged may ask for more


def session_of(case: Case) -> Session:
    """Return the session that a case is about."""
    return cast(Session, case.state)


def other(case: Case, subject: str | None, kind: str, on: date | None = None) -> Any:
    """Return another subject of a kind as of a day; a blank one if there is none of the kind."""
    known = subject is not None and kind_of(subject) == kind
    return case.other(subject, on) if subject and known else KINDS[kind].blank


def council_of(case: Case) -> Council:
    """Return the council as it was on the day of the session."""
    session = session_of(case)
    return cast(Council, other(case, session.council, "council", session.held_on))


def seated(case: Case) -> Mapping[str, Seat]:
    """Return who sat in which seat on the day of the session."""
    held_on = session_of(case).held_on
    return council_of(case).in_office(held_on) if held_on else {}


def conflicts(case: Case, item: Item) -> dict[str, Conflict]:
    """Return which members may attend an item and not vote on it, and why (R8-1)."""
    found = dict(item.recused)
    if item.candidate:
        found |= _of_candidate(case, item.candidate, seated(case))
    return found


def _of_candidate(case: Case, id: str, members: Iterable[str]) -> dict[str, Conflict]:
    council, held_on = council_of(case), session_of(case).held_on
    candidate = other(case, id, "candidate", held_on)
    head = other(case, candidate.standing.unit, "unit", held_on).head
    kin = {member for member, relative in council.kin if relative == candidate.person}
    found = {}
    for member in members:
        if member == candidate.person:
            found[member] = Conflict.CANDIDATE
        elif member == head:
            found[member] = Conflict.UNIT_HEAD
        elif member in kin:
            found[member] = Conflict.RELATIVE
    return found


def voters(case: Case, item: Item) -> set[str]:
    """Return who may vote on an item: present or in writing, and without a conflict."""
    return {*session_of(case).present, *item.written} - conflicts(case, item).keys()


def agreed(sessions: Mapping[str, Session], since: date) -> Iterator[str]:
    """Yield the candidates whose recognition a council agreed to lately."""
    for session in sessions.values():
        if session.closed and session.closed >= since:
            for item in session.items:
                if item.passed and item.candidate and item.matter is Matter.RECOGNITION:
                    yield item.candidate


def unsigned(
    sessions: Mapping[str, Session], councils: Callable[[date], Mapping[str, Council]]
) -> Iterator[tuple[str, str]]:
    """Yield sessions whose minutes say all, each with whose signature they lack."""
    for id, session in sessions.items():
        if session.closed or not session.held_on or session.minutes != content(session):
            continue
        council = councils(session.held_on).get(session.council or "", Council())
        seats = council.in_office(session.held_on)
        here = {seats[person]: person for person in session.present if person in seats}
        presiding = Seat.CHAIR if Seat.CHAIR in here else Seat.VICE_CHAIR
        if not {Seat.CHAIR, Seat.VICE_CHAIR}.intersection(session.signed) and presiding in here:
            yield id, here[presiding]
        if Seat.SECRETARY not in session.signed and Seat.SECRETARY in here:
            yield id, here[Seat.SECRETARY]


def terms_of(case: Case, command: asked.ConfirmCouncilTerms) -> dict[str, Any]:
    """Return the terms that are confirmed: as asked, else as the rule set proposes."""
    proposed = case.rules.text.terms.council
    names = (name for name in CouncilTerms.__struct_fields__ if name != "without_session")
    return {name: getattr(command, name) or getattr(proposed, name) for name in names}


def numbered(case: Case, command: asked.AddAgendaItem) -> dict[str, Any]:
    """Return the number of a new item of the agenda."""
    return {"item": case.next_number(AgendaItemAdded)}


def attendance(case: Case, command: asked.RecordAttendance) -> dict[str, Any]:
    """Return which members did not come."""
    return {"absent": tuple(sorted(seated(case).keys() - set(command.present)))}


def measure(case: Case, command: Any) -> dict[str, Any]:
    """Return by what a vote is judged: the share, of how many, and who had no vote (A-16)."""
    council, session = council_of(case), session_of(case)
    item = session.item(command.item) or Item(command.item, Matter.OTHER)
    present = {*session.present, *item.written}
    whole = council.terms is None or council.terms.base is VoteBase.IN_OFFICE
    return {
        "base": session.in_office if whole else len(present),
        "threshold": council.threshold(item.matter),
        "excluded": tuple(sorted(conflicts(case, item))),
    }


def open_votes(case: Case, command: asked.RecordOpenVotes) -> dict[str, Any]:
    """Return by what open votes are judged, and whether the chair's opinion must decide."""
    terms, told = council_of(case).terms, measure(case, command)
    ayes, noes = len(command.votes_for), len(command.votes_against)
    by_chair = terms is not None and terms.tie is TieRule.CHAIR_DECIDES
    short = not reached(told["threshold"], ayes, told["base"])
    halves = majority(told["threshold"])
    return {**told, "tied": by_chair and halves and short and ayes == noes}


def minutes(case: Case, command: asked.DrawUpMinutes) -> dict[str, Any]:
    """Return what the minutes must say, as its hash."""
    return {"content": content(session_of(case))}


def recognition(case: Case, command: asked.RecognizeExemplar) -> dict[str, Any]:
    """Return the session in which the council was asked, if it was."""
    asked_in = advised(case, command)
    return {"session": asked_in.session if asked_in else command.session}


def comment_period(case: Case, command: asked.OpenCommentPeriod) -> dict[str, Any]:
    """Return how long a comment period runs, and by which calendar."""
    days = command.days or case.rules.text.terms.publicity.working_days
    calendar = calendar_of(case)
    until = calendar.after(case.effective_on, min(days, LONGEST))
    return {"days": days, "until": until, "calendar": calendar.version}


def comment(case: Case, command: asked.ReceiveComment) -> dict[str, Any]:
    """Return the number of a new comment."""
    return {"comment": case.next_number(CommentReceived)}


# What an event says that its command does not.
ALSO: Final[dict[type[asked.Command], Callable[[Case, Any], dict[str, Any]]]] = {
    asked.ConfirmCouncilTerms: terms_of,
    asked.AddAgendaItem: numbered,
    asked.RecordAttendance: attendance,
    asked.RecordOpenVotes: open_votes,
    asked.TallyBallot: measure,
    asked.CorrectTally: measure,
    asked.DrawUpMinutes: minutes,
    asked.RecognizeExemplar: recognition,
    asked.OpenCommentPeriod: comment_period,
    asked.ReceiveComment: comment,
}
