"""What can be wrong with what is kept, or in the way of keeping it.

Conflict            somebody else recorded first: read again and decide again
NotPrepared         the database has no tables for a register yet
Unavailable         the database does not answer: nothing was recorded
  Interrupted       it did not answer a commit: the command id tells what became of it
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


class Unavailable(Exception):
    """The database does not answer, or somebody holds it too long. Nothing was recorded."""


class Interrupted(Unavailable):
    """The connection was lost before the answer. Whether it was recorded, a command id tells."""


class NotPrepared(Exception):
    """The database holds no register's tables yet, or does not let us use them."""
