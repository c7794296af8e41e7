"""What may be asked about selection rounds."""

from __future__ import annotations

from dataclasses import dataclass

from domain.round import Occasion, SelectionList
from domain.values import Private


@dataclass(frozen=True)
class OpenRound:
    """Open a round on an occasion, in the cycle of a programme."""

    programme: str
    occasion: Occasion
    name: str


@dataclass(frozen=True)
class SelectCandidate:
    """Put a candidate on one of the round's lists."""

    candidate: str
    level: SelectionList


@dataclass(frozen=True)
class DropSelection:
    """Take a candidate off the round's lists."""

    candidate: str
    reason: Private


@dataclass(frozen=True)
class CloseRound:
    """Make the lists final, as a paper says."""

    document: str


RoundCommand = OpenRound | SelectCandidate | DropSelection | CloseRound
