"""What commands about candidates must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from domain.candidate_events import EvidenceAttached
from domain.history import corrected
from domain.person import Person
from domain.subjects import kind_of
from domain.values import CandidateKind, Outcome
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, unit_open
from workflow.refusals import InvalidCommand, UnknownSubject


def discovered(case: Case, command: asked.DiscoverCandidate) -> None:
    """Refuse a unit that cannot have candidates, and who is named twice or not at all."""
    unit_open(case, command.unit, case.effective_on)
    if command.person is None:
        if command.who is None:
            raise InvalidCommand("who", "must be named")
        return
    if command.who is not None or command.kind is not CandidateKind.INDIVIDUAL:
        raise InvalidCommand("person", "names an individual who is in the register already")
    someone = case.other(command.person) if kind_of(command.person) == "person" else None
    if not isinstance(someone, Person) or not someone.description:
        raise UnknownSubject(command.person)


def yearly(case: Case, command: asked.RecordTitle | asked.RecordRating) -> None:
    """Refuse a year that cannot have been, and what is no symbol of a decision."""
    if command.decision is not None:
        cited("decision", command.decision)
    if not 1990 <= command.year <= case.today.year:
        raise InvalidCommand("year", f"must be from 1990 to {case.today.year}")


def assessed(case: Case, command: asked.AssessCriteria) -> None:
    """Refuse evidence for what is not assessed, and what is no evidence of this candidate."""
    codes = {code for code, _ in command.results}
    attached = {
        entry.version
        for entry in corrected(case.entries)
        if isinstance(entry.event, EvidenceAttached)
    }
    for code, version in command.evidence:
        if code not in codes or version not in attached:
            raise InvalidCommand("evidence", "must be evidence attached to this candidate")


def attached(case: Case, command: asked.AttachEvidence) -> None:
    """Refuse the same file twice, and files for a document that lies elsewhere."""
    if command.files and command.file:
        raise InvalidCommand("file", "names a document that is kept elsewhere")
    if len({file.sha256 for file in command.files}) < len(command.files):
        raise InvalidCommand("files", "must differ")


def acclaimed(case: Case, command: asked.RecordPeerAcclaim) -> None:
    """Refuse minutes without a symbol, and votes that cannot be."""
    cited("minutes", command.minutes)
    votes = (command.votes_for, command.votes_against, command.abstained)
    if any(vote is not None and vote < 0 for vote in votes):
        raise InvalidCommand("votes", "cannot be negative")


def recognized(case: Case, command: asked.RecognizeExemplar) -> None:
    """Refuse a decision without a symbol, and a session that is not there."""
    cited("decision", command.decision)
    if command.session and command.session not in case.world.all("session"):
        raise UnknownSubject(command.session)


def commented(case: Case, command: asked.OpenCommentPeriod) -> None:
    """Refuse a comment period of years."""
    if command.days is not None and not 1 <= command.days <= 60:
        raise InvalidCommand("days", "must be from 1 to 60")


def attested(case: Case, command: asked.AttestCandidate) -> None:
    """Refuse a past that the stages do not allow: nothing is skipped, turned round or ahead."""
    unit_open(case, command.unit, command.discovered_on)
    stages = (
        command.discovered_on,
        command.nurtured_on,
        command.summarized_on,
        command.replicated_on,
    )
    reached = [day for day in stages if day]
    if any(stages[len(reached) :]):
        raise InvalidCommand("stages", "cannot be skipped")
    days = [*reached, command.ended_on] if command.ended_on else reached
    if days != sorted(days):
        raise InvalidCommand("stages", "must be in order")
    if days[-1] > case.today:
        raise InvalidCommand("stages", "cannot be in the future")
    _ended(command)


def _ended(row: asked.AttestCandidate) -> None:
    if (row.outcome is None) != (row.ended_on is None):
        raise InvalidCommand("outcome", "must have its day, and the day its outcome")
    if row.outcome is Outcome.COMPLETED and not row.replicated_on:
        raise InvalidCommand("outcome", "only what was replicated is completed")
    if row.outcome is Outcome.REVOKED and not (row.decision or row.replicated_on):
        raise InvalidCommand("outcome", "only a recognition can be revoked")


def revoked(case: Case, command: asked.RevokeRecognition | asked.RevokeTitle) -> None:
    """Refuse what is no symbol of a decision, and less money than none."""
    if command.decision is not None:
        cited("decision", command.decision)
    if command.money is not None and command.money < 0:
        raise InvalidCommand("money", "cannot be negative")


def restored(case: Case, command: asked.RestoreRecognition | asked.RestoreTitle) -> None:
    """Refuse what no decision gave back."""
    cited("decision", command.decision)


def returned(case: Case, command: asked.RecordReturn) -> None:
    """Refuse a return of nothing, or that no document shows."""
    cited("document", command.document)
    if command.money < 0 or not (command.money or command.objects):
        raise InvalidCommand("money", "must be something, or objects")


def documented(
    case: Case,
    command: asked.RecordConsent
    | asked.NotifyUnit
    | asked.RequestErasure
    | asked.RestrictPersonalData
    | asked.RefuseErasure
    | asked.AcknowledgeErasure
    | asked.ExtendErasure,
) -> None:
    """Refuse what no document shows."""
    cited("document", command.document)


def extended(case: Case, command: asked.ExtendErasure) -> None:
    """Refuse what no document shows, and more days than the rules allow."""
    documented(case, command)
    most = case.rules.text.terms.erasure.extension_days
    if not 1 <= command.longer <= most:
        raise InvalidCommand("longer", f"must be from 1 to {most}")


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.DiscoverCandidate: discovered,
    asked.AttestCandidate: attested,
    asked.RecordTitle: yearly,
    asked.RecordRating: yearly,
    asked.AssessCriteria: assessed,
    asked.AttachEvidence: attached,
    asked.RecordPeerAcclaim: acclaimed,
    asked.RecognizeExemplar: recognized,
    asked.OpenCommentPeriod: commented,
    asked.RevokeRecognition: revoked,
    asked.RevokeTitle: revoked,
    asked.RestoreRecognition: restored,
    asked.RestoreTitle: restored,
    asked.RecordReturn: returned,
    asked.RecordConsent: documented,
    asked.NotifyUnit: documented,
    asked.RequestErasure: documented,
    asked.RestrictPersonalData: documented,
    asked.RefuseErasure: documented,
    asked.AcknowledgeErasure: documented,
    asked.ExtendErasure: extended,
}
