"""The moves: what may change where a candidate stands."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, Final

from domain.values import Private, RevocationGround, private


@dataclass(frozen=True)
class AdvanceStage:
    """Move a candidate to the next stage."""


@dataclass(frozen=True)
class ReturnStage:
    """Move a candidate back one stage."""

    reason: Private


@dataclass(frozen=True)
class RecognizeExemplar:
    """Recognize a candidate by a signed decision.

    `session` is where the council was asked, the latest if left open; whoever does not follow
    the council says why.
    """

    decision: str
    session: str | None = None
    reason: Private | None = None


@dataclass(frozen=True)
class RevokeRecognition:
    """Cancel a recognition by a decision; money, in đồng, and objects are to be returned."""

    ground: RevocationGround
    reason: Private
    decision: str | None = None
    money: int | None = None
    objects: Private | None = None


@dataclass(frozen=True)
class SuspendCandidate:
    """Stop considering a candidate for now."""

    reason: Private


@dataclass(frozen=True)
class ResumeCandidate:
    """Go on considering a candidate."""

    reason: Private


@dataclass(frozen=True)
class WithdrawCandidate:
    """Take a candidate out at its own wish."""

    reason: Private


@dataclass(frozen=True)
class DeclineCandidate:
    """Do not accept a candidate."""

    reason: Private


@dataclass(frozen=True)
class CompleteCandidacy:
    """Close the file of a replicated exemplar."""

    note: Private


Move = (
    AdvanceStage
    | ReturnStage
    | RecognizeExemplar
    | RevokeRecognition
    | SuspendCandidate
    | ResumeCandidate
    | WithdrawCandidate
    | DeclineCandidate
    | CompleteCandidacy
)

MOVES: Final[dict[type[Move], str]] = {
    AdvanceStage: "advance",
    ReturnStage: "return",
    RecognizeExemplar: "recognize",
    RevokeRecognition: "revoke",
    SuspendCandidate: "suspend",
    ResumeCandidate: "resume",
    WithdrawCandidate: "withdraw",
    DeclineCandidate: "decline",
    CompleteCandidacy: "complete",
}


def question(move: str) -> Move | None:
    """Return a move with its words left open, to ask what it would need."""
    kind = next((kind for kind, name in MOVES.items() if name == move), None)
    if kind is None:
        return None
    blank: dict[str, Any] = {
        "reason": private(""),
        "note": private(""),
        "decision": "?",
        "ground": RevocationGround.LATER_VIOLATION,
    }
    asked = (f.name for f in fields(kind) if f.default is MISSING or f.name == "decision")
    return kind(**{name: blank[name] for name in asked})
