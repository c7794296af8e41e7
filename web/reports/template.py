"""The template of reports: which figures they hold, and the hash that says so."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from events_store.figures import FIGURES, Figure, Holds
from workflow.small_cells import LEAST

FORMAT: Final = "exemplar/report/v1"
VEILED: Final = "lines"  # how small cells are kept from being found: `workflow.small_cells`
# What tells of one person, of one vote or of one office's failed tries is in no report (4.2, 4.3).
INSIDE: Final = {"heads", "votes", "refusals", "unreported"}
# What does not count people; of all others no cell of fewer than five is told.
THINGS: Final = {"sessions", "obligations", "quotas", "adoptions", "corrections", "table-0601"}


def figures() -> tuple[Figure, ...]:
    """Return the figures of a report, in their order."""
    return tuple(
        figure
        for figure in FIGURES.values()
        if figure.name not in INSIDE
        and not any(column.holds is Holds.PERSON for column in figure.columns)
    )


def digest() -> str:
    """Return the SHA-256 of all that a report asks: its figures, by their very texts."""
    asked = [(figure.name, [*map(list, figure.columns)], figure.sql) for figure in figures()]
    text = json.dumps(
        [FORMAT, VEILED, LEAST, sorted(THINGS), asked], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()
