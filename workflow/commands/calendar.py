"""What may be asked about the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import DayKind


@dataclass(frozen=True)
class DeclareDay:
    """Record that a notice makes a day a day off, or a working day."""

    day: date
    kind: DayKind


CalendarCommand = DeclareDay
