"""What is recorded: the event each command leads to, and the command each event came from.

Most commands are recorded as they were asked, field by field, their words sealed. What else an
event says, or several events at once, is in `workflow.decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any, Final, NamedTuple

from domain import candidate_events as happened
from domain import (
    complaint,
    consent,
    council,
    honours,
    legal_text,
    movement,
    obligation,
    place,
    programme,
    publicity,
    quota,
    replication,
    report,
    revocation,
    round,
    session_events,
)
from domain.calendar import DayDeclared
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.enclosure import Enclosure
from domain.events import Event
from domain.office import OfficeEnded, OfficeGranted
from domain.person import (
    ErasureAcknowledged,
    ErasureExtended,
    ErasureRefused,
    ErasureRequested,
    PersonalDataErased,
    PersonalDataRestricted,
    PersonDescribed,
)
from domain.rule_set import RuleSetConfirmed
from domain.unit import (
    CandidatesTransferred,
    CriterionAdded,
    CriterionRetired,
    TitlesCounted,
    UnitHeadAppointed,
    UnitHeadLeft,
    UnitMerged,
    UnitRearranged,
    UnitRegistered,
    UnitRenamed,
)
from domain.values import Guarded, Private, Protected, Sealed
from workflow import commands as asked

CANDIDATE: Final[dict[type[asked.Command], type[Event]]] = {
    asked.DescribeCandidate: happened.CandidateDescribed,
    asked.ChangePersonKind: happened.PersonKindChanged,
    asked.ClassifyCandidate: happened.CandidateClassified,
    asked.RecordPeerAcclaim: happened.PeerAcclaimRecorded,
    asked.EndorseCandidate: happened.CandidateEndorsed,
    asked.RecordTitle: happened.TitleRecorded,
    asked.RecordRating: happened.RatingRecorded,
    asked.AdoptNurturePlan: happened.NurturePlanAdopted,
    asked.ReportProgress: happened.ProgressReported,
    asked.ReportSummary: happened.SummaryReported,
    asked.RecordBlock: happened.BlockRecorded,
    asked.LiftBlock: happened.BlockLifted,
    asked.LogSupport: happened.SupportLogged,
    asked.CarryOverCandidate: happened.CandidateCarriedOver,
    asked.GrantFastTrack: happened.FastTrackGranted,
    asked.ConcludeReReview: happened.ReReviewConcluded,
    asked.DescribeMethod: replication.MethodDescribed,
    asked.PublishExemplar: replication.ExemplarPublished,
    asked.HoldLearning: replication.LearningHeld,
    asked.RecordAdoption: replication.AdoptionRecorded,
    asked.VerifyAdoption: replication.AdoptionVerified,
    asked.ExplainNoAdoption: replication.NoAdoptionExplained,
    asked.RecordAchievement: honours.AchievementRecorded,
    asked.RecordCommendation: honours.CommendationGranted,
    asked.IntroduceToProvince: honours.IntroducedToProvince,
    asked.RecordAnswer: honours.ProvinceAnswered,
    asked.AdvanceStage: happened.StageAdvanced,
    asked.ReturnStage: happened.StageReturned,
    asked.RecognizeExemplar: happened.ExemplarRecognized,
    asked.RevokeRecognition: happened.RecognitionRevoked,
    asked.RestoreRecognition: happened.RecognitionRestored,
    asked.RevokeTitle: revocation.TitleRevoked,
    asked.RestoreTitle: revocation.TitleRestored,
    asked.RecordReturn: revocation.RewardReturned,
    asked.SuspendCandidate: happened.CandidateSuspended,
    asked.ResumeCandidate: happened.CandidateResumed,
    asked.WithdrawCandidate: happened.CandidateWithdrawn,
    asked.DeclineCandidate: happened.CandidateDeclined,
    asked.CompleteCandidacy: happened.CandidacyCompleted,
}
PUBLICITY: Final[dict[type[asked.Command], type[Event]]] = {
    asked.OpenCommentPeriod: publicity.CommentPeriodOpened,
    asked.ReceiveComment: publicity.CommentReceived,
    asked.HandleComment: publicity.CommentHandled,
    asked.CloseCommentPeriod: publicity.CommentPeriodClosed,
    asked.RecordConsent: consent.ConsentRecorded,
    asked.NotifyUnit: consent.UnitNotified,
}
COMPLAINT: Final[dict[type[asked.Command], type[Event]]] = {
    asked.ReceiveComplaint: complaint.ComplaintReceived,
    asked.AcceptComplaint: complaint.ComplaintAccepted,
    asked.RejectComplaint: complaint.ComplaintRejected,
    asked.ReplaceHandler: complaint.HandlerReplaced,
    asked.ExtendComplaint: complaint.ComplaintExtended,
    asked.WithdrawComplaint: complaint.ComplaintWithdrawn,
    asked.ResolveComplaint: complaint.ComplaintResolved,
    asked.OpenIdentity: complaint.IdentityOpened,
    asked.DestroyComplaint: complaint.ComplaintDestroyed,
}
COUNCIL: Final[dict[type[asked.Command], type[Event]]] = {
    asked.EstablishCouncil: council.CouncilEstablished,
    asked.ConfirmCouncilTerms: council.CouncilTermsConfirmed,
    asked.AppointCouncilMember: council.CouncilMemberAppointed,
    asked.DismissCouncilMember: council.CouncilMemberLeft,
    asked.DeclareKinship: council.KinshipDeclared,
    asked.NoticeSession: session_events.SessionNoticed,
    asked.AddAgendaItem: session_events.AgendaItemAdded,
    asked.DropAgendaItem: session_events.AgendaItemDropped,
    asked.SendPapers: session_events.PapersSent,
    asked.RecordAttendance: session_events.AttendanceRecorded,
    asked.DeclareRecusal: session_events.RecusalDeclared,
    asked.ReceiveWrittenVotes: session_events.WrittenVotesReceived,
    asked.NameTallyCommittee: session_events.TallyCommitteeNamed,
    asked.RecordOpenVotes: session_events.OpenVotesRecorded,
    asked.TallyBallot: session_events.BallotTallied,
    asked.CorrectTally: session_events.TallyCorrected,
    asked.RecordChairOpinion: session_events.ChairOpinionRecorded,
    asked.DrawUpMinutes: session_events.MinutesDrawnUp,
    asked.SignMinutes: session_events.MinutesSigned,
    asked.CloseSession: session_events.SessionClosed,
}
OTHERS: Final[dict[type[asked.Command], type[Event]]] = {
    asked.VoidEntry: EntryVoided,
    asked.CorrectEffectiveDate: EffectiveDateCorrected,
    asked.RegisterUnit: UnitRegistered,
    asked.RenameUnit: UnitRenamed,
    asked.RearrangeUnit: UnitRearranged,
    asked.MergeUnit: UnitMerged,
    asked.TransferCandidates: CandidatesTransferred,
    asked.AddCriterion: CriterionAdded,
    asked.RetireCriterion: CriterionRetired,
    asked.CountTitles: TitlesCounted,
    asked.AppointHead: UnitHeadAppointed,
    asked.DismissHead: UnitHeadLeft,
    asked.DescribePerson: PersonDescribed,
    asked.ErasePersonalData: PersonalDataErased,
    asked.RequestErasure: ErasureRequested,
    asked.RestrictPersonalData: PersonalDataRestricted,
    asked.RefuseErasure: ErasureRefused,
    asked.AcknowledgeErasure: ErasureAcknowledged,
    asked.ExtendErasure: ErasureExtended,
    asked.GrantOffice: OfficeGranted,
    asked.EndOffice: OfficeEnded,
}
PROGRAMME: Final[dict[type[asked.Command], type[Event]]] = {
    asked.DraftPlan: programme.PlanDrafted,
    asked.IssuePlan: programme.PlanIssued,
    asked.OpenCycle: programme.CycleOpened,
    asked.SetMilestone: programme.MilestoneSet,
    asked.ReachMilestone: programme.MilestoneReached,
    asked.LayDuty: programme.DutyLaid,
    asked.RemindUnit: programme.UnitReminded,
    asked.LogActivity: programme.ActivityLogged,
    asked.CloseCycle: programme.CycleClosed,
    asked.SubmitObligation: obligation.ObligationSubmitted,
    asked.ReturnObligation: obligation.ObligationReturned,
    asked.ResubmitObligation: obligation.ObligationResubmitted,
    asked.AcceptObligation: obligation.ObligationAccepted,
    asked.LaunchMovement: movement.MovementLaunched,
    asked.ReviewMovement: movement.MovementReviewed,
    asked.CloseMovement: movement.MovementClosed,
    asked.OpenRound: round.RoundOpened,
    asked.SelectCandidate: round.CandidateSelected,
    asked.DropSelection: round.SelectionDropped,
    asked.CloseRound: round.RoundClosed,
    asked.AllocateQuota: quota.QuotaAllocated,
    asked.ChangeQuota: quota.QuotaChanged,
    asked.SetQuotaLine: quota.QuotaLineSet,
    asked.SetQuotaShare: quota.QuotaShareSet,
    asked.SelectDelegate: quota.DelegateSelected,
    asked.PlaceInReserve: quota.ReservePlaced,
    asked.ReplaceDelegate: quota.DelegateReplaced,
    asked.DropDelegate: quota.DelegateDropped,
    asked.CloseQuota: quota.QuotaClosed,
    asked.RegisterText: legal_text.TextRegistered,
    asked.LapseText: legal_text.TextLapsed,
    asked.DeclareDay: DayDeclared,
    asked.ConfirmRuleSet: RuleSetConfirmed,
    asked.EnterPlace: place.PlaceEntered,
    asked.MergePlace: place.PlaceMerged,
    asked.ListPlace: place.PlaceListed,
    asked.DelistPlace: place.PlaceDelisted,
    asked.DraftReport: report.ReportDrafted,
    asked.CheckReport: report.ReportChecked,
    asked.SignReport: report.ReportSigned,
    asked.PublishReport: report.ReportPublished,
    asked.WithdrawReport: report.ReportWithdrawn,
}
EVENTS: Final[dict[type[asked.Command], type[Event]]] = {
    **CANDIDATE,
    **PUBLICITY,
    **COMPLAINT,
    **COUNCIL,
    **PROGRAMME,
    **OTHERS,
}
COMMANDS: Final = {event: command for command, event in EVENTS.items()}
RENAMED: Final = {"what": "description", "who": "description"}

TELLING: Final = ("field", "newness", "owner")  # what a rule may ask of words in the vault


class Taken(NamedTuple):
    """One field of a command, the field of the event that keeps it, and whether it is a must."""

    asked: str
    told: str
    required: bool


def _taken(command: type[asked.Command], event: type[Event]) -> tuple[Taken, ...]:
    told = {field.name for field in fields(event)}
    return tuple(
        Taken(f.name, f.name if f.name in told else RENAMED[f.name], f.default is MISSING)
        for f in fields(command)
    )


FIELDS: Final = {command: _taken(command, event) for command, event in EVENTS.items()}


def recorded(command: asked.Command, also: Mapping[str, Any]) -> Event:
    """Return the event a command leads to; `also` is what the event says besides, or instead.

    What is said instead fills in what a command left open; asked again with it, it stays so.
    """
    values: dict[str, Any] = {
        told: _sealed(getattr(command, own)) for own, told, _ in FIELDS[type(command)]
    }
    return EVENTS[type(command)](**{**values, **also})


def tells(*private: Private | None) -> tuple[str, ...]:
    """Return the names of what words tell, of that which a rule may ask for (R1-4, R2-1, R2-2)."""
    told = [content for words in private if words for content in [words.content]]
    return tuple(name for name in TELLING if any(content.get(name) for content in told))


def _sealed(value: Any) -> Any:
    return value.sealed() if isinstance(value, Private | Protected) else value


class Kept(Private):
    """Content that was sealed before: it seals as it stands in the log."""

    __slots__ = ("seal",)
    seal: Sealed

    def __init__(self, seal: Sealed, told: Iterable[str] = ()) -> None:
        """Remember the seal and what the content tells; the words are in the vault."""
        super().__init__(dict.fromkeys(told, "…"), b"", seal.id)
        object.__setattr__(self, "seal", seal)

    def sealed(self) -> Sealed:
        """Return the commitment as recorded."""
        return self.seal


class KeptFile(Enclosure):
    """A file that was sealed before: nobody needs its bytes."""

    __slots__ = ("seal",)
    seal: Sealed

    def __init__(self, seal: Sealed) -> None:
        """Remember the seal; no two files are the same one."""
        super().__init__("", "", seal.id.encode(), b"", seal.id)
        object.__setattr__(self, "seal", seal)

    def described(self, words: Private) -> Private:
        """Return what was sealed."""
        return Kept(self.seal)


class KeptApart(Protected):
    """An identity that was sealed before: nobody needs to open it."""

    __slots__ = ("seal",)
    seal: Guarded

    def __init__(self, seal: Guarded) -> None:
        """Remember the seal."""
        super().__init__({}, b"", seal.id)
        object.__setattr__(self, "seal", seal)

    def sealed(self) -> Guarded:
        """Return the commitment as recorded."""
        return self.seal


def _kept(value: Any, told: Iterable[str]) -> Any:
    if isinstance(value, Guarded):
        return KeptApart(value)
    return Kept(value, told) if isinstance(value, Sealed) else value


def asked_for(event: Event) -> asked.Command | None:
    """Return the command an event came from, or None if something it must say is missing."""
    command = COMMANDS.get(type(event))
    if command is None:
        return None
    values: dict[str, Any] = {}
    for own, told, required in FIELDS[command]:
        value = getattr(event, told)
        if value is None and required:
            return None
        values[own] = _kept(value, getattr(event, "told", ()))
    return command(**values)
