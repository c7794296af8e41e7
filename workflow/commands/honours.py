"""What may be asked about achievements and commendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.honours import CommendationForm, CommendationLevel
from domain.values import Private


@dataclass(frozen=True)
class RecordAchievement:
    """Record what was achieved from one day to another."""

    begins: date
    ends: date
    content: Private


@dataclass(frozen=True)
class RecordCommendation:
    """Record that one achievement, by its number, was commended by a decision."""

    achievement: int
    form: CommendationForm
    level: CommendationLevel
    decision: str


@dataclass(frozen=True)
class IntroduceToProvince:
    """Record that the exemplar stands in a list sent to the province."""

    document: str


@dataclass(frozen=True)
class RecordAnswer:
    """Record what the province returned on a list; `answer` is the symbol of its paper."""

    document: str
    answer: str
    accepted: bool = False


HonourCommand = RecordAchievement | RecordCommendation | IntroduceToProvince | RecordAnswer
