"""What complaints need: a named sender, an impartial handler, and a reason to open an identity."""

from __future__ import annotations

from typing import Final, cast

from domain import candidate_events as happened
from domain.candidate import blocking
from domain.values import Role
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.complaints import complaint_of, terms_of
from workflow.needs.answers import Predicate, Reply, unmet, when
from workflow.sitting import other


def complaint_law(case: Case, command: Command) -> Reply:
    """The rules know by which deadlines such a letter went on that day."""
    kind = command.kind if isinstance(command, asked.ReceiveComplaint) else complaint_of(case).kind
    return when(terms_of(case, kind) is not None)


def complaint_waiting(case: Case, command: Command) -> Reply:
    """Nobody has said yet whether it is accepted."""
    was = complaint_of(case)
    return when(was.accepted is None and was.closed is None)


def named_sender(case: Case, command: Command) -> Reply:
    """The letter says whom it comes from: an anonymous one is recorded, and not settled."""
    return when(not complaint_of(case).anonymous)


def complaint_running(case: Case, command: Command) -> Reply:
    """It was accepted, and is not settled."""
    return when(complaint_of(case).running)


def complaint_open(case: Case, command: Command) -> Reply:
    """It has not ended."""
    return when(complaint_of(case).closed is None)


def complaint_closed(case: Case, command: Command) -> Reply:
    """It has ended, or names nobody, and was not destroyed."""
    was = complaint_of(case)
    return when((was.closed is not None or was.anonymous) and not was.destroyed)


def impartial_handler(case: Case, command: Command) -> Reply:
    """Neither who names the handler nor the handler is concerned by it (R8-1)."""
    assert isinstance(command, asked.AcceptComplaint | asked.ReplaceHandler)
    candidate = other(case, complaint_of(case).candidate, "candidate", case.effective_on)
    head = other(case, candidate.standing.unit, "unit", case.effective_on).head
    councils = case.world.all("council").values()
    kin = {a for council in councils for a, b in council.kin if b == candidate.person}
    concerned = {candidate.person, head, *kin}
    return when(not concerned & {command.handler, case.actor})


def its_handler(case: Case, command: Command) -> Reply:
    """Who says what was found is the one who handles it."""
    return when(complaint_of(case).handler == case.actor)


def extension_left(case: Case, command: Command) -> Reply:
    """The law lets it take longer once more."""
    was = complaint_of(case)
    terms = terms_of(case, was.kind)
    return when(terms is not None and was.extended < len(terms.extensions))


def partial_withdrawal(case: Case, command: Command) -> Reply:
    """The whole is taken back, or the law of the day knows a part."""
    assert isinstance(command, asked.WithdrawComplaint)
    terms = terms_of(case, complaint_of(case).kind)
    return when(command.part is None or (terms is not None and terms.partial))


def handler_or_auditor(case: Case, command: Command) -> Reply:
    """Only who handles it, and auditors, open whom it comes from (2.9)."""
    audits = case.acting_as([Role.AUDITOR]) is not None
    return when(audits or complaint_of(case).handler == case.actor)


def identity_kept(case: Case, command: Command) -> Reply:
    """An identity is kept for it."""
    return when(complaint_of(case).sender is not None)


def plain_block(case: Case, command: Command) -> Reply:
    """What is to be lifted does not come of a complaint, whose end lifts it."""
    assert isinstance(command, asked.LiftBlock)
    blocks = [blocking(fact) for fact in case.candidate.blocks]
    plain = (command.ground, None) in blocks
    linked = [complaint for ground, complaint in blocks if ground is command.ground and complaint]
    return when(plain or not linked, *linked)


def no_complaint_block(case: Case, command: Command) -> Reply:
    """The entry to correct does not come of a complaint."""
    assert isinstance(command, asked.VoidEntry | asked.CorrectEffectiveDate)
    events = (e.event for e in case.entries if e.version == command.target)
    linked = happened.BlockRecorded | happened.BlockLifted
    found = [cast(happened.BlockRecorded, e).complaint for e in events if isinstance(e, linked)]
    return unmet(*found) if any(found) else when(True)


PREDICATES: Final[dict[str, Predicate]] = {
    "complaint-law": complaint_law,
    "complaint-waiting": complaint_waiting,
    "named-sender": named_sender,
    "complaint-running": complaint_running,
    "complaint-open": complaint_open,
    "complaint-closed": complaint_closed,
    "impartial-handler": impartial_handler,
    "its-handler": its_handler,
    "extension-left": extension_left,
    "partial-withdrawal": partial_withdrawal,
    "handler-or-auditor": handler_or_auditor,
    "identity-kept": identity_kept,
    "plain-block": plain_block,
    "no-complaint-block": no_complaint_block,
}
