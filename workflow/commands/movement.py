"""What may be asked about movements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.movement import MovementKind, MovementLevel, ReviewKind
from domain.values import Private


@dataclass(frozen=True)
class LaunchMovement:
    """Enter a movement; `movement` is the larger one that it is part of."""

    name: str
    kind: MovementKind
    level: MovementLevel
    launcher: str
    begins: date
    ends: date | None = None
    unit: str | None = None
    movement: str | None = None
    problem: Private | None = None
    scope: Private | None = None
    slogan: Private | None = None
    criteria: Private | None = None


@dataclass(frozen=True)
class ReviewMovement:
    """Record a review of the movement."""

    kind: ReviewKind
    document: str
    result: Private | None = None


@dataclass(frozen=True)
class CloseMovement:
    """Close a movement that had its final review."""


MovementCommand = LaunchMovement | ReviewMovement | CloseMovement
