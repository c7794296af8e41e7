"""What has happened to a candidate in each state, with all that the next move could need."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Final

from department import UNIT

from domain import candidate_events as happened
from domain import replication
from domain.events import Event
from domain.publicity import CommentPeriodClosed, CommentPeriodOpened
from domain.values import (
    BlockGround,
    CandidateKind,
    Outcome,
    Private,
    Result,
    RevocationGround,
    Sealed,
    Stage,
    Title,
)
from workflow import commands as asked

WORDS: Final = Private(
    {"text": "Lời kể", "field": "Bảo vệ rừng", "newness": "Lần đầu có tổ tuần tra của dân"}
)
OWNED: Final = Private({"name": "Mô hình", "owner": "Hợp tác xã"})
SEALED: Final = WORDS.sealed()
CRITERIA: Final = tuple(f"G{n}" for n in range(1, 6)) + tuple(f"C{n}" for n in range(1, 13))

FOUND = happened.CandidateDiscovered(CandidateKind.COLLECTIVE, UNIT)
TOLD: Final = ("field", "newness")
DESCRIBED = happened.CandidateDescribed(SEALED, SEALED, told=TOLD)
ACCLAIMED = happened.PeerAcclaimRecorded("BB-01", 20, 0, 1)
ENDORSED = happened.CandidateEndorsed(UNIT)
NURTURED = happened.StageAdvanced(Stage.NURTURE)
PLANNED = happened.NurturePlanAdopted(SEALED)
REVIEWED = happened.ProgressReported(SEALED, full=True)
TITLED = happened.TitleRecorded(Title.EXCELLENT_COLLECTIVE, 2025)
SUMMARIZED = happened.StageAdvanced(Stage.SUMMARIZE)
SUMMED_UP = happened.SummaryReported(SEALED)
ASSESSED = tuple(happened.CriterionAssessed(code, Result.MET) for code in CRITERIA)
PUBLICIZED = (CommentPeriodOpened(10, date(2022, 6, 1), 0), CommentPeriodClosed())
RECOGNIZED = happened.ExemplarRecognized("12/QĐ-UBND")
REPLICATED = happened.StageAdvanced(Stage.REPLICATE)
SUSPENDED = happened.CandidateSuspended(SEALED)
BLOCKED = happened.BlockRecorded(BlockGround.COMPLAINT, SEALED)

DISCOVERING = (FOUND, DESCRIBED, ACCLAIMED, ENDORSED)
NURTURING = (*DISCOVERING, NURTURED, PLANNED, REVIEWED, TITLED)
SUMMARIZING = (*NURTURING, SUMMARIZED, SUMMED_UP, *ASSESSED, *PUBLICIZED, RECOGNIZED)
UNCOPIED = replication.NoAdoptionExplained(SEALED)
REPLICATING = (*SUMMARIZING, REPLICATED, UNCOPIED)
STORIES: Final[dict[str, tuple[happened.CandidateEvent, ...]]] = {
    Stage.DISCOVER: DISCOVERING,
    Stage.NURTURE: NURTURING,
    Stage.SUMMARIZE: SUMMARIZING,
    Stage.REPLICATE: REPLICATING,
    Outcome.COMPLETED: (*REPLICATING, happened.CandidacyCompleted(SEALED)),
    Outcome.DECLINED: (*DISCOVERING, happened.CandidateDeclined(SEALED)),
    Outcome.WITHDRAWN: (*DISCOVERING, happened.CandidateWithdrawn(SEALED)),
    Outcome.REVOKED: (*REPLICATING, happened.RecognitionRevoked(None)),
}

# Which moves there are from each state, and the state each leads to; the same in both rule sets.
MOVES: Final[dict[str, dict[str, str]]] = {
    "discover": {
        "advance": "nurture",
        "suspend": "discover",
        "resume": "discover",
        "withdraw": "withdrawn",
        "decline": "declined",
    },
    "nurture": {
        "advance": "summarize",
        "return": "discover",
        "suspend": "nurture",
        "resume": "nurture",
        "withdraw": "withdrawn",
        "decline": "declined",
    },
    "summarize": {
        "advance": "replicate",
        "return": "nurture",
        "recognize": "summarize",
        "revoke": "revoked",
        "suspend": "summarize",
        "resume": "summarize",
        "withdraw": "withdrawn",
        "decline": "declined",
    },
    "replicate": {
        "return": "summarize",
        "revoke": "revoked",
        "suspend": "replicate",
        "resume": "replicate",
        "withdraw": "withdrawn",
        "complete": "completed",
    },
    "completed": {"revoke": "revoked"},
    "declined": {},
    "withdrawn": {},
    "revoked": {},
}
COMMANDS: Final[dict[str, asked.Move]] = {
    "advance": asked.AdvanceStage(),
    "return": asked.ReturnStage(WORDS),
    "recognize": asked.RecognizeExemplar("13/QĐ-UBND"),
    "revoke": asked.RevokeRecognition(RevocationGround.FORGED_PAPERS, WORDS, "7/QĐ-SNN"),
    "suspend": asked.SuspendCandidate(WORDS),
    "resume": asked.ResumeCandidate(WORDS),
    "withdraw": asked.WithdrawCandidate(WORDS),
    "decline": asked.DeclineCandidate(WORDS),
    "complete": asked.CompleteCandidacy(WORDS),
}


def opened(event: Event) -> Event:
    """Return an event without its seals, to compare it with another telling of the same."""
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    return replace(event, **{n: SEALED for n, v in values.items() if isinstance(v, Sealed)})
