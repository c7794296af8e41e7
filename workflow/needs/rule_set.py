"""What confirming a rule set needs."""

from __future__ import annotations

from typing import Final

from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Predicate, Reply, when
from workflow.world import confirmed


def draft_rule_set(case: Case, command: Command) -> Reply:
    """The text is a draft that is shipped here, and was not confirmed yet."""
    assert isinstance(command, asked.ConfirmRuleSet)
    return when(command.name in case.drafts - confirmed(case.world))


PREDICATES: Final[dict[str, Predicate]] = {"draft-rule-set": draft_rule_set}
