"""What commands about reports must get right."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, Final

from domain.report import Report
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, in_order
from workflow.refusals import InvalidCommand, UnknownSubject

DIGEST: Final = re.compile("[0-9a-f]{64}")
ROOT: Final = re.compile("[0-9A-Za-z+/]{43}=")
CELL: Final = str | int | None


def drafted(case: Case, command: asked.DraftReport) -> None:
    """Refuse a report that does not hang together, or is not the one it says it is."""
    in_order(command.begins, command.ends)
    if not 0 <= command.known <= command.size:
        raise InvalidCommand("known", "lies beyond the log")
    for field, shape in (("root", ROOT), ("template", DIGEST), ("digest", DIGEST)):
        if not shape.fullmatch(getattr(command, field)):
            raise InvalidCommand(field, "is no hash")
    told = command.document.content.get("text")
    if told is not None and hashlib.sha256(str(told).encode()).hexdigest() != command.digest:
        raise InvalidCommand("digest", "is not that of the document")
    if told is not None and not _is_told(str(told), command):
        raise InvalidCommand("document", "is not the report that is told of")
    if command.replaces is not None:
        replaced = case.world.all("report").get(command.replaces)
        if not isinstance(replaced, Report) or replaced.published is None:
            raise UnknownSubject(command.replaces)


def _is_told(text: str, command: asked.DraftReport) -> bool:
    """Return whether a document says which report it is, and has figures that can be shown."""
    days = {name: getattr(command, name).isoformat() for name in ("begins", "ends", "on")}
    head = {**days, "kind": str(command.kind), "known": command.known}
    head |= {"log": {"root": command.root, "size": command.size}, "template": command.template}
    try:
        content = json.loads(text)
        told = {name: content[name] for name in head}
        shown = [
            len(row) == len(figure["columns"]) and all(isinstance(cell, CELL) for cell in row)
            for figure in content["figures"]
            for row in figure["rows"]
        ]
        named = [*content["names"].values(), *(figure["name"] for figure in content["figures"])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return told == head and all(shown) and all(isinstance(name, str) for name in named)


def published(case: Case, command: asked.PublishReport) -> None:
    """Refuse a report without the number that the clerk gives."""
    cited("number", command.number)


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.DraftReport: drafted,
    asked.PublishReport: published,
}
