"""What legal texts need."""

from __future__ import annotations

from typing import Final

from domain.legal_text import LegalText
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, when


def text_in_force(case: Case, command: Command) -> Reply:
    """The text did not lapse yet."""
    text = case.state
    return when(isinstance(text, LegalText) and text.lapsed is None and text.text is not None)


PREDICATES: Final[dict[str, Predicate]] = {"text-in-force": text_in_force}
