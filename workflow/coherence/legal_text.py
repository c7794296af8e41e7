"""What commands about legal texts must get right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, in_order, named


def registered(case: Case, command: asked.RegisterText) -> None:
    """Refuse a text without symbol, name or issuer, or that lapses before it is in force."""
    cited("symbol", command.symbol)
    named("name", command.name)
    named("issuer", command.issuer)
    in_order(command.begins, command.ends)


def lapsed(case: Case, command: asked.LapseText) -> None:
    """Refuse a successor that is no symbol."""
    if command.symbol is not None:
        cited("symbol", command.symbol)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.RegisterText: registered,
    asked.LapseText: lapsed,
}
