"""What commands about achievements and commendations must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, in_order


def achieved(case: Case, command: asked.RecordAchievement) -> None:
    """Refuse a stretch of time that is turned round."""
    in_order(command.begins, command.ends)


def commended(case: Case, command: asked.RecordCommendation) -> None:
    """Refuse a commendation without a decision."""
    cited("decision", command.decision)


def introduced(case: Case, command: asked.IntroduceToProvince) -> None:
    """Refuse a list without a symbol."""
    cited("document", command.document)


def answered(case: Case, command: asked.RecordAnswer) -> None:
    """Refuse an answer without a symbol."""
    cited("answer", command.answer)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.RecordAchievement: achieved,
    asked.RecordCommendation: commended,
    asked.IntroduceToProvince: introduced,
    asked.RecordAnswer: answered,
}
