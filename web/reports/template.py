"""The template of reports: which figures they hold, and the hash that says so."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from events_store.figures import FIGURES, Figure, Holds
from workflow.openness import LEAST

FORMAT: Final = "exemplar/report/v1"
NAMING: Final = {Holds.PERSON}  # what tells of one person is in no report (domain facts 4.3)


def figures() -> tuple[Figure, ...]:
    """Return the figures of a report, in their order."""
    return tuple(
        figure
        for figure in FIGURES.values()
        if not any(column.holds in NAMING for column in figure.columns)
    )


def digest() -> str:
    """Return the SHA-256 of all that a report asks: its figures, by their very texts."""
    asked = [(figure.name, [*map(list, figure.columns)], figure.sql) for figure in figures()]
    text = json.dumps([FORMAT, LEAST, asked], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
