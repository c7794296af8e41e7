"""What may be asked about titles that are taken back, and about what has to be returned."""

from __future__ import annotations

from dataclasses import dataclass

from domain.values import Authority, Private, RevocationGround, Title


@dataclass(frozen=True)
class RevokeTitle:
    """Record that a title was cancelled by a decision of the effective day.

    Left open, `authority` is who granted it, and `money` what the rule set says was paid for it.
    """

    title: Title
    year: int
    ground: RevocationGround
    decision: str
    reason: Private
    authority: Authority | None = None
    money: int | None = None
    objects: Private | None = None


@dataclass(frozen=True)
class RestoreTitle:
    """Record that a decision gave a title back."""

    title: Title
    year: int
    decision: str
    reason: Private


@dataclass(frozen=True)
class RecordReturn:
    """Record money, in đồng, and objects that came back."""

    document: str
    money: int = 0
    objects: Private | None = None


@dataclass(frozen=True)
class RestoreRecognition:
    """Give a recognition back: the exemplar stands where it stood before."""

    decision: str
    reason: Private


RevocationCommand = RestoreRecognition | RevokeTitle | RestoreTitle | RecordReturn
