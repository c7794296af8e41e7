"""What may be asked about quotas."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import CandidateKind, Private


@dataclass(frozen=True)
class AllocateQuota:
    """Record how many exemplars the province lets come to a congress."""

    name: str
    total: int
    document: str


@dataclass(frozen=True)
class ChangeQuota:
    """Record that the province lets another number come."""

    total: int
    document: str


@dataclass(frozen=True)
class SetQuotaLine:
    """Say how many are of a kind, and of a field if one is named."""

    kind: CandidateKind
    count: int
    document: str
    field: str | None = None


@dataclass(frozen=True)
class SetQuotaShare:
    """Say how many a unit may send."""

    unit: str
    count: int
    document: str


@dataclass(frozen=True)
class SelectDelegate:
    """Give an exemplar a place; without a field, in the line of any field."""

    candidate: str
    field: str | None = None


@dataclass(frozen=True)
class PlaceInReserve:
    """Let an exemplar wait for a place."""

    candidate: str
    field: str | None = None


@dataclass(frozen=True)
class ReplaceDelegate:
    """Let one who waits go instead of one who was to go."""

    candidate: str
    successor: str
    reason: Private


@dataclass(frozen=True)
class DropDelegate:
    """Take an exemplar's place back, or let it wait no longer."""

    candidate: str
    reason: Private


@dataclass(frozen=True)
class CloseQuota:
    """Make the delegation final, as the paper to the province says."""

    document: str


QuotaCommand = (
    AllocateQuota
    | ChangeQuota
    | SetQuotaLine
    | SetQuotaShare
    | SelectDelegate
    | PlaceInReserve
    | ReplaceDelegate
    | DropDelegate
    | CloseQuota
)
