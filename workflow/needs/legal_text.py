"""What legal texts need."""

from __future__ import annotations

from typing import Final

from domain.legal_text import LegalText
from workflow.case import Case
from workflow.commands import Command
from workflow.legal_basis import not_in_force
from workflow.needs.answers import Predicate, Reply, proven, warned, when


def text_in_force(case: Case, command: Command) -> Reply:
    """The text did not lapse yet."""
    text = case.state
    return when(isinstance(text, LegalText) and text.lapsed is None and text.text is not None)


def texts_in_force(case: Case, command: Command) -> Reply:
    """No registered text that is cited had lapsed by then; if one had, somebody looks (R0-2)."""
    if not case.basis:
        return proven()
    lapsed = not_in_force(case.world.all("text").values(), case.basis, case.effective_on)
    return warned(*(paper.symbol for paper, _ in lapsed)) if lapsed else proven()


PREDICATES: Final[dict[str, Predicate]] = {
    "text-in-force": text_in_force,
    "texts-in-force": texts_in_force,
}
