"""Needs: small predicates over a case, each able to say what is missing.

A need is met (with the entries that prove it), unmet, or not proven: then a person must look,
and nothing passes or fails by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from domain.values import Role
from workflow.case import Case
from workflow.commands import Command, RevokeRecognition
from workflow.needs import (
    candidate,
    circumstances,
    complaint,
    consent,
    corrections,
    erasure,
    honours,
    leader,
    legal_text,
    programme,
    publicity,
    quota,
    replication,
    report,
    revocation,
    round,
    rule_set,
    session,
    unit,
    waivers,
)
from workflow.needs.answers import Answer, Finding, Predicate, Reply, when
from workflow.needs.circumstances import second_person
from workflow.rule_text import NeedWords

__all__ = ["PREDICATES", "Answer", "Finding", "findings", "waivers"]

PREDICATES: Final[dict[str, Predicate]] = {
    **candidate.PREDICATES,
    **circumstances.PREDICATES,
    **complaint.PREDICATES,
    **consent.PREDICATES,
    **erasure.PREDICATES,
    **corrections.PREDICATES,
    **programme.PREDICATES,
    **round.PREDICATES,
    **quota.PREDICATES,
    **honours.PREDICATES,
    **replication.PREDICATES,
    **revocation.PREDICATES,
    **legal_text.PREDICATES,
    **leader.PREDICATES,
    **waivers.PREDICATES,
    **rule_set.PREDICATES,
    **publicity.PREDICATES,
    **session.PREDICATES,
    **unit.PREDICATES,
    **report.PREDICATES,
}


def findings(
    case: Case,
    command: Command,
    roles: Sequence[Role],
    codes: Sequence[str],
    *,
    anybody: bool = False,
) -> tuple[Finding, ...]:
    """Return what every need of a command answers, permission first."""
    permitted = anybody or case.acting_as(roles) is not None
    found = [_finding(case, "permission", when(permitted, *roles))]
    plain = [code for code in codes if code != "second-person"]
    replies = ((code, PREDICATES[code](case, command)) for code in plain)
    found += [_finding(case, code, waivers.waived(case, code, reply)) for code, reply in replies]
    if "second-person" in codes:
        # Who granted may cancel (Law 06/2022, article 93.8).
        revoking = isinstance(command, RevokeRecognition)
        # Nor is the signer an author of this case who recognized the collective before (R4-1).
        others = {"leader-rule", "recognition"} if revoking else {"leader-rule"}
        wrote = [f.need for f in found if f.need not in others and case.actor in f.authors]
        found.append(_finding(case, "second-person", second_person(case, wrote)))
    return tuple(found)


def _finding(case: Case, code: str, reply: Reply) -> Finding:
    words = case.rules.text.needs[code]
    found = _worded(code, reply, words) if reply.facts else _unproven(code, reply, words)
    if reply.via is None or not case.rules.knows(reply.via):
        return found
    return found._replace(via=reply.via, supply=case.rules.by(reply.via))


def _worded(code: str, reply: Reply, words: NeedWords) -> Finding:
    return Finding(
        need=code,
        answer=reply.answer,
        proof=tuple(f.position for f in reply.facts),
        missing=reply.missing,
        supply=words.supply,
        via=words.via,
        authors=tuple(f.by for f in reply.facts),
    )


_unproven: Final = lru_cache(maxsize=1024)(_worded)  # the same of many, and kept with each
