"""Figures: one SQL text each, over spans and entries, in a dialect that every engine reads.

answer = ask(db, FIGURES["by-unit"], Asked(on=date(2024, 6, 30), known=None))
behind(db, FIGURES["by-unit"], asked, {"unit": "unit:…", "state": "nurture"})
"""

from __future__ import annotations

from typing import Final

from events_store.figures import council, flows, honours, programme, standing
from events_store.figures.asking import Answer, Asked, Row, Value, ask, behind
from events_store.figures.counting import (
    By,
    Counts,
    Crowd,
    counts,
    counts_by,
    counts_of,
    crowd,
    months,
)
from events_store.figures.figure import Column, Figure, Holds

FIGURES: Final = {
    figure.name: figure
    for room in (standing, flows, honours, programme, council)
    for figure in room.FIGURES
}

__all__ = [
    "FIGURES", "Answer", "Asked", "By", "Column", "Counts", "Crowd", "Figure", "Holds", "Row",
    "Value", "ask", "behind", "counts", "counts_by", "counts_of", "crowd", "months",
]  # fmt: skip
