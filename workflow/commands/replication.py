"""What may be asked about how an exemplar is copied."""

from __future__ import annotations

from dataclasses import dataclass

from domain.replication import AdopterKind, Channel
from domain.values import Private


@dataclass(frozen=True)
class DescribeMethod:
    """Write down how others can copy it.

    `method` holds problem, action, conditions, costs, outcome and how_to.
    """

    method: Private


@dataclass(frozen=True)
class PublishExemplar:
    """Record that the exemplar was made known."""

    channel: Channel
    document: str


@dataclass(frozen=True)
class HoldLearning:
    """Record that others learnt; `content` says who and with what result."""

    content: Private
    unit: str | None = None
    attendees: int | None = None


@dataclass(frozen=True)
class RecordAdoption:
    """Record that somebody does likewise; `content` names a household or a commune."""

    adopter: AdopterKind
    content: Private
    unit: str | None = None


@dataclass(frozen=True)
class VerifyAdoption:
    """Confirm an adoption, by its number, as a paper shows."""

    adoption: int
    document: str


@dataclass(frozen=True)
class ExplainNoAdoption:
    """Say why nobody does likewise."""

    reason: Private


ReplicationCommand = (
    DescribeMethod
    | PublishExemplar
    | HoldLearning
    | RecordAdoption
    | VerifyAdoption
    | ExplainNoAdoption
)
