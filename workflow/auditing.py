"""Auditing: which offices may see the whole log, and which do nothing but read.

Candidates are open to everybody who signs in. The log also tells who was refused what.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from domain.values import Role

AUDITING: Final = frozenset({Role.AUDITOR, Role.COUNCIL, Role.DIRECTOR, Role.ADMINISTRATOR})


def may_audit(roles: Set[Role]) -> bool:
    """Return whether somebody in these offices may see the whole log."""
    return bool(roles & AUDITING)


def only_reads(roles: Set[Role]) -> bool:
    """Return whether these offices permit nothing but to read: an auditor's, and no other.

    No rule set lets an auditor do anything: `workflow.rules` refuses one that does.
    """
    return bool(roles) and roles <= {Role.AUDITOR}
