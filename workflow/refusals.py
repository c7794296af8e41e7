"""The rules said no; nothing was recorded but the refusal itself.

Refusal
  UnknownSubject    404   there is no such subject
  NotPermitted      403   no office held that day may do this
  MoveNotAllowed    409   no such move from here
  NeedsUnmet        409   the rules ask for something that is missing
  Outdated          409   the page was read before somebody else's entry
  InvalidCommand    422   the request contradicts itself
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.needs import Finding


class Refusal(Exception):
    """A command was refused. `findings` holds every need that was looked at."""

    def __init__(self, *facts: object, findings: Sequence[Finding] = ()) -> None:
        """Keep the facts; sentences are made where they are shown."""
        super().__init__(type(self).__name__, *facts)
        self.facts = facts
        self.findings = tuple(findings)

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """Return the needs that are not met, or not proven."""
        return tuple(f for f in self.findings if not f.met)


class UnknownSubject(Refusal):
    """Facts: the subject."""


class NotPermitted(Refusal):
    """Facts: the command's name, the roles that may do it."""


class MoveNotAllowed(Refusal):
    """Facts: the move, the state, the moves allowed from there."""


class NeedsUnmet(Refusal):
    """Facts: the command's name. The needs are in `findings`."""


class Outdated(Refusal):
    """Facts: the version seen, the current version."""


class InvalidCommand(Refusal):
    """Facts: the field, what is wrong with it."""
