"""What commands about councils and sessions must get right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from domain.council import Matter
from domain.history import as_of
from domain.session import Session, fold
from domain.shares import parse
from domain.subjects import kind_of
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, person
from workflow.refusals import InvalidCommand, UnknownSubject
from workflow.sitting import session_of

HASH: Final = re.compile(r"[0-9a-f]{64}")
SHARES: Final = (
    *("quorum", "recognition", "upward_proposal", "provincial_fighter"),
    *("stage_opinion", "other"),
)


def established(case: Case, command: asked.EstablishCouncil) -> None:
    """Refuse a council without a decision or a signer."""
    cited("decision", command.decision)
    _people("signer", command.signer)


def confirmed(case: Case, command: asked.ConfirmCouncilTerms) -> None:
    """Refuse a share that cannot be read."""
    for name in SHARES:
        try:
            parse(getattr(command, name) or "1/2")
        except ValueError:
            raise InvalidCommand(name, "is no share of votes") from None


def member(case: Case, command: Any) -> None:
    """Refuse a member who is no person."""
    _people("person", command.person)


def kinship(case: Case, command: asked.DeclareKinship) -> None:
    """Refuse a relation of anybody to themselves."""
    _people("person", command.person)
    _people("relative", command.relative)
    if command.person == command.relative:
        raise InvalidCommand("relative", "must be somebody else")


def noticed(case: Case, command: asked.NoticeSession) -> None:
    """Refuse a council that is not there, and a session before its notice."""
    _known(case, command.council, "council")
    if command.held_on < case.effective_on:
        raise InvalidCommand("held_on", "must not be before the notice")


def item_added(case: Case, command: asked.AddAgendaItem) -> None:
    """Refuse an item about nothing, about what is not there, or that is there already."""
    if command.candidate:
        _known(case, command.candidate, "candidate")
        if any((i.candidate, i.matter) == (command.candidate, command.matter)
               for i in case.state.items if not i.dropped):  # fmt: skip
            raise InvalidCommand("candidate", "is on the agenda already")
    elif command.matter is not Matter.OTHER or command.question is None:
        raise InvalidCommand("candidate", "must be named, or another question")


def item(case: Case, command: Any) -> None:
    """Refuse an item that is not on the agenda, or was not yet: it would not be told of it."""
    if case.state.item(command.item) is None:
        raise InvalidCommand("item", "is not on the agenda")
    if _by_then(case).item(command.item) is None:
        raise InvalidCommand("effective_on", "is before the item was on the agenda")


def attended(case: Case, command: asked.RecordAttendance) -> None:
    """Refuse somebody counted twice."""
    _people("present", *command.present)


def recused(case: Case, command: asked.DeclareRecusal) -> None:
    """Refuse an item that is not on the agenda, and who is no person."""
    item(case, command)
    _people("person", command.person)


def written(case: Case, command: asked.ReceiveWrittenVotes) -> None:
    """Refuse votes of nobody, and votes sent twice."""
    item(case, command)
    _people("members", *command.members)
    if not command.members:
        raise InvalidCommand("members", "must be named")


def committee(case: Case, command: asked.NameTallyCommittee) -> None:
    """Refuse a committee of nobody."""
    _people("members", *command.members)
    if not command.members:
        raise InvalidCommand("members", "must be named")


def open_votes(case: Case, command: asked.RecordOpenVotes) -> None:
    """Refuse votes of nobody, and two votes of one member."""
    item(case, command)
    _people("votes", *command.votes_for, *command.votes_against, *command.abstained)


def counted_again(case: Case, command: asked.CorrectTally) -> None:
    """Refuse to correct a tally before its day: the first one would stand."""
    ballot(case, command)
    now, then = case.state.item(command.item), _by_then(case).item(command.item)
    if now.tally and not (then and then.tally):
        raise InvalidCommand("effective_on", "is before the ballots were counted")


def ballot(case: Case, command: asked.TallyBallot | asked.CorrectTally) -> None:
    """Refuse numbers that do not add up, and a tally without its minutes."""
    item(case, command)
    valid = (command.votes_for, command.votes_against, command.invalid)
    if min(command.issued, command.returned, *valid) < 0:
        raise InvalidCommand("votes", "cannot be negative")
    if command.returned > command.issued:
        raise InvalidCommand("returned", "cannot be more than were issued")
    if sum(valid) != command.returned:
        raise InvalidCommand("returned", "must be for, against and invalid together")
    _file(command.file)


def papers(case: Case, command: asked.SendPapers | asked.DrawUpMinutes) -> None:
    """Refuse what is no hash of a file."""
    if command.file is not None:
        _file(command.file)


def signed(case: Case, command: asked.SignMinutes) -> None:
    """Refuse a second signature in one seat, and one before the minutes were drawn up.

    That a session is over, or its minutes say too little, is for the rules to tell.
    """
    session = session_of(case)
    if session.closed is None and command.seat in session.signed:
        raise InvalidCommand("seat", "has signed already")
    if session.minutes != _by_then(case).minutes:
        raise InvalidCommand("effective_on", "is before the minutes were drawn up")


def _by_then(case: Case) -> Session:
    """Return what the session's entries added up to on the day of a command."""
    return fold(as_of(case.entries, case.effective_on))


def _known(case: Case, subject: str, kind: str) -> None:
    if kind_of(subject) != kind or not case.world.told(subject):
        raise UnknownSubject(subject)


def _people(field: str, *people: str) -> None:
    """Refuse who is no person, and who is named twice."""
    person(field, *people)
    if _repeated(people):
        raise InvalidCommand(field, "names somebody twice")


def _repeated(people: Iterable[str]) -> bool:
    told = list(people)
    return len(set(told)) < len(told)


def _file(file: str) -> None:
    if not HASH.fullmatch(file):
        raise InvalidCommand("file", "must be 64 hexadecimal digits")


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.EstablishCouncil: established,
    asked.ConfirmCouncilTerms: confirmed,
    asked.AppointCouncilMember: member,
    asked.DismissCouncilMember: member,
    asked.DeclareKinship: kinship,
    asked.NoticeSession: noticed,
    asked.AddAgendaItem: item_added,
    asked.DropAgendaItem: item,
    asked.RecordAttendance: attended,
    asked.DeclareRecusal: recused,
    asked.ReceiveWrittenVotes: written,
    asked.NameTallyCommittee: committee,
    asked.RecordOpenVotes: open_votes,
    asked.TallyBallot: ballot,
    asked.CorrectTally: counted_again,
    asked.RecordChairOpinion: item,
    asked.SendPapers: papers,
    asked.DrawUpMinutes: papers,
    asked.SignMinutes: signed,
}
