"""What consent and its refusal need: a person agreed (Đ5.1), a unit is told why not (2.6)."""

from __future__ import annotations

from typing import Final, cast

from domain.consent import Consent, ConsentRecorded
from domain.values import CandidateKind, Outcome
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, proven, unmet, when


def consent(case: Case, command: Command) -> Reply:
    """A person agreed, and did not take it back; for others their unit has spoken."""
    if case.candidate.standing.kind is not CandidateKind.INDIVIDUAL:
        return proven()
    fact = case.candidate.consent
    if fact is None:
        return unmet("no-consent")
    said = cast(ConsentRecorded, fact.event).consent
    return proven(fact) if said is Consent.GIVEN else unmet(said)


def declined(case: Case, command: Command) -> Reply:
    """The candidate was not accepted."""
    return when(case.candidate.standing.outcome is Outcome.DECLINED)


def not_notified(case: Case, command: Command) -> Reply:
    """The unit was not told yet."""
    return when(case.candidate.notice is None)


PREDICATES: Final[dict[str, Predicate]] = {
    "consent": consent,
    "declined": declined,
    "not-notified": not_notified,
}
