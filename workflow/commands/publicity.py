"""What may be asked about comments on a candidate."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import Private


@dataclass(frozen=True)
class OpenCommentPeriod:
    """Make a candidate public for comment; working days are those of the rule set if left open."""

    days: int | None = None


@dataclass(frozen=True)
class ReceiveComment:
    """Record what somebody said about a candidate."""

    text: Private


@dataclass(frozen=True)
class HandleComment:
    """Answer a comment, by its number."""

    comment: int
    reply: Private


@dataclass(frozen=True)
class CloseCommentPeriod:
    """Close the comment period."""


PublicityCommand = OpenCommentPeriod | ReceiveComment | HandleComment | CloseCommentPeriod
