"""Auditing: which offices may see the whole log, and which do nothing but read.

Candidates are open to everybody in office. The log also tells who was refused what.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from domain.values import Role

OPEN: Final = frozenset(
    {"candidate", "unit", "office", "person", "programme", "obligation", "movement", "round"}
    | {"rule-set", "quota", "text", "calendar", "council", "session", "place", "report"}
)
AUDITED: Final = frozenset({"refusals", "upkeep", "batches"})
AUDITING: Final = frozenset({Role.AUDITOR, Role.COUNCIL, Role.DIRECTOR, Role.ADMINISTRATOR})

# Complaints: nothing of them is for more people than those who settle them, and auditors (2.9).
DEALT: Final = frozenset({"complaint"})
DEALING: Final = frozenset({Role.REVIEWER, Role.STANDING_BODY, Role.DIRECTOR, Role.AUDITOR})


def may_audit(roles: Set[Role]) -> bool:
    """Return whether somebody in these offices may see the whole log."""
    return bool(roles & AUDITING)


def may_read(roles: Set[Role], kind: str) -> bool:
    """Return whether somebody in these offices may see what is recorded of a kind of subject.

    What is named nowhere here is open to nobody: a new kind has to say who may see it.
    """
    if kind in DEALT:
        return bool(roles & DEALING)
    return bool(roles) and (kind in OPEN or (kind in AUDITED and may_audit(roles)))


def only_reads(roles: Set[Role]) -> bool:
    """Return whether these offices permit nothing but to read: an auditor's, and no other.

    No rule set lets an auditor do more: `workflow.rule_checks` refuses one that does.
    """
    return bool(roles) and roles <= {Role.AUDITOR}
