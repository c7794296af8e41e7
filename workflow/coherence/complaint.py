"""What commands about complaints must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import candidate_known, cited, person
from workflow.refusals import InvalidCommand


def received(case: Case, command: asked.ReceiveComplaint) -> None:
    """Refuse a candidate that is not there, and a sender both named and anonymous, or neither."""
    candidate_known(case, command.candidate)
    sender = command.sender
    if sender is None:
        if not command.anonymous:
            raise InvalidCommand("sender", "must be named, or the letter anonymous")
        return
    # A seal that is looked at again, years later, holds no words.
    if sender.content and bool(sender.content.get("name")) is command.anonymous:
        raise InvalidCommand("sender", "must be named, or the letter anonymous")


def handled(case: Case, command: asked.AcceptComplaint | asked.ReplaceHandler) -> None:
    """Refuse who is no person."""
    person("handler", command.handler)


def documented(case: Case, command: asked.WithdrawComplaint | asked.ResolveComplaint) -> None:
    """Refuse what no document says."""
    cited("document", command.document)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.ReceiveComplaint: received,
    asked.AcceptComplaint: handled,
    asked.ReplaceHandler: handled,
    asked.WithdrawComplaint: documented,
    asked.ResolveComplaint: documented,
}
