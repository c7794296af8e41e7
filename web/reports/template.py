"""The template of reports: which figures they hold, and the hash that says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from domain.values import PriorityGroup
from events_store.figures import FIGURES, Answer, Column, Figure, Holds
from workflow.small_cells import LEAST
from workflow.terms import Target

FORMAT: Final = "exemplar/report/v1"
TARGET: Final = Column("target", Holds.TEXT, "NULL")  # the rules say it, not the log
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


def aimed(answer: Answer, aims: Mapping[PriorityGroup, Target]) -> Answer:
    """Return shares with what each shall reach beside, where the rules name any."""
    figure = answer.figure
    if not aims or figure.name != "shares":
        return answer
    named = {str(group): str(aim) for group, aim in aims.items()}
    rows = [(*row, named.get(str(row[0]))) for row in answer.rows]
    return Answer(replace(figure, of=(*figure.of, TARGET)), rows)


def digest(aims: Mapping[PriorityGroup, Target]) -> str:
    """Return the SHA-256 of all that a report asks: its figures, by their very texts, and aims."""
    asked = [(figure.name, [*map(list, figure.columns)], figure.sql) for figure in figures()]
    told = {str(group): str(aim) for group, aim in aims.items()}
    text = json.dumps(
        [FORMAT, VEILED, LEAST, sorted(THINGS), asked, told],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
