"""What can be wrong with what is kept, or in the way of keeping it.

Conflict            somebody else recorded first: read again and decide again
LedgerError         something is wrong with what is kept: loud, never caught in a view
  Unreadable        an entry cannot be read back
  Tampered          what is kept does not agree with itself
  BadCheckpoint     a checkpoint's text is not canonical
"""

from __future__ import annotations


class Conflict(Exception):
    """Another entry took the version, or a subject relied on has moved."""

    def __init__(self, subject: str) -> None:
        """Say which subject moved."""
        super().__init__(f"{subject} has moved on")
        self.subject = subject


class LedgerError(Exception):
    """Something is wrong with what is kept."""


class Unreadable(LedgerError):
    """An entry cannot be read back."""

    def __init__(self, where: str, problem: str) -> None:
        """Say which entry, and what is wrong with it."""
        super().__init__(f"{where} cannot be read: {problem}")
        self.where, self.problem = where, problem


class Tampered(LedgerError):
    """What is kept does not agree with itself."""


class BadCheckpoint(LedgerError):
    """A checkpoint's text is not canonical."""
