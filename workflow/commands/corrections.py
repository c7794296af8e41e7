"""What may be asked about entries that were wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.values import Private


@dataclass(frozen=True)
class VoidEntry:
    """Declare an entry of this subject void, by its version."""

    target: int
    reason: Private


@dataclass(frozen=True)
class CorrectEffectiveDate:
    """Correct the day an entry of this subject took effect."""

    target: int
    to: date
    reason: Private


Correct = VoidEntry | CorrectEffectiveDate
