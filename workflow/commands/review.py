"""What may be asked about the procedure a candidate goes through."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import FastTrackGround, Private, ReReviewResult


@dataclass(frozen=True)
class GrantFastTrack:
    """Let the simple procedure apply to a candidate."""

    ground: FastTrackGround


@dataclass(frozen=True)
class ConcludeReReview:
    """Record what looking again at a recognition came to."""

    result: ReReviewResult
    reason: Private


ReviewCommand = GrantFastTrack | ConcludeReReview
