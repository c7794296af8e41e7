"""Which commands there are, about what, and which event each leads to."""

from __future__ import annotations

# kind of subject: command > event; "+" begins a subject, "*" does so again and again.
TABLE = """
candidate: +discover-candidate > CandidateDiscovered, +attest-candidate > CandidateAttested,
  change-person-kind > PersonKindChanged,
  describe-candidate > CandidateDescribed, record-peer-acclaim > PeerAcclaimRecorded,
  endorse-candidate > CandidateEndorsed, attach-evidence > EvidenceAttached,
  record-title > TitleRecorded, record-rating > RatingRecorded,
  assess-criteria > CriterionAssessed, adopt-nurture-plan > NurturePlanAdopted,
  report-progress > ProgressReported, report-summary > SummaryReported,
  record-block > BlockRecorded, lift-block > BlockLifted, log-support > SupportLogged,
  carry-over-candidate > CandidateCarriedOver, grant-fast-track > FastTrackGranted,
  conclude-re-review > ReReviewConcluded, describe-method > MethodDescribed,
  publish-exemplar > ExemplarPublished, hold-learning > LearningHeld,
  record-adoption > AdoptionRecorded, verify-adoption > AdoptionVerified,
  explain-no-adoption > NoAdoptionExplained, record-achievement > AchievementRecorded,
  record-commendation > CommendationGranted, introduce-to-province > IntroducedToProvince,
  record-answer > ProvinceAnswered, advance-stage > StageAdvanced, return-stage > StageReturned,
  recognize-exemplar > ExemplarRecognized, revoke-recognition > RecognitionRevoked,
  suspend-candidate > CandidateSuspended, resume-candidate > CandidateResumed,
  withdraw-candidate > CandidateWithdrawn, decline-candidate > CandidateDeclined,
  complete-candidacy > CandidacyCompleted, open-comment-period > CommentPeriodOpened,
  receive-comment > CommentReceived, handle-comment > CommentHandled,
  close-comment-period > CommentPeriodClosed, void-entry > EntryVoided,
  correct-effective-date > EffectiveDateCorrected,
  classify-candidate > CandidateClassified,
  record-consent > ConsentRecorded, notify-unit > UnitNotified, revoke-title > TitleRevoked,
  restore-title > TitleRestored, record-return > RewardReturned,
  restore-recognition > RecognitionRestored
complaint: +receive-complaint > ComplaintReceived, accept-complaint > ComplaintAccepted,
  reject-complaint > ComplaintRejected, replace-handler > HandlerReplaced,
  extend-complaint > ComplaintExtended, withdraw-complaint > ComplaintWithdrawn,
  resolve-complaint > ComplaintResolved, open-identity > IdentityOpened,
  destroy-complaint > ComplaintDestroyed
place: +enter-place > PlaceEntered, merge-place > PlaceMerged, list-place > PlaceListed,
  delist-place > PlaceDelisted
unit: +register-unit > UnitRegistered, rename-unit > UnitRenamed, merge-unit > UnitMerged,
  add-criterion > CriterionAdded, retire-criterion > CriterionRetired,
  count-titles > TitlesCounted,
  rearrange-unit > UnitRearranged, transfer-candidates > CandidatesTransferred,
  appoint-head > UnitHeadAppointed, dismiss-head > UnitHeadLeft
person: *describe-person > PersonDescribed, *found-register > PersonDescribed,
  erase-personal-data > PersonalDataErased, request-erasure > ErasureRequested,
  restrict-personal-data > PersonalDataRestricted, refuse-erasure > ErasureRefused,
  acknowledge-erasure > ErasureAcknowledged, extend-erasure > ErasureExtended
office: +grant-office > OfficeGranted, end-office > OfficeEnded
programme: *draft-plan > PlanDrafted, issue-plan > PlanIssued, open-cycle > CycleOpened,
  set-milestone > MilestoneSet, reach-milestone > MilestoneReached, lay-duty > DutyLaid,
  remind-unit > UnitReminded, log-activity > ActivityLogged, close-cycle > CycleClosed
obligation: +submit-obligation > ObligationSubmitted, return-obligation > ObligationReturned,
  resubmit-obligation > ObligationResubmitted, accept-obligation > ObligationAccepted
movement: +launch-movement > MovementLaunched, review-movement > MovementReviewed,
  close-movement > MovementClosed
round: +open-round > RoundOpened, select-candidate > CandidateSelected,
  drop-selection > SelectionDropped, close-round > RoundClosed
quota: +allocate-quota > QuotaAllocated, change-quota > QuotaChanged,
  set-quota-line > QuotaLineSet, set-quota-share > QuotaShareSet,
  select-delegate > DelegateSelected, place-in-reserve > ReservePlaced,
  replace-delegate > DelegateReplaced, drop-delegate > DelegateDropped, close-quota > QuotaClosed
text: +register-text > TextRegistered, lapse-text > TextLapsed
calendar: *declare-day > DayDeclared
rule-set: +confirm-rule-set > RuleSetConfirmed
council: +establish-council > CouncilEstablished, confirm-council-terms > CouncilTermsConfirmed,
  appoint-council-member > CouncilMemberAppointed, dismiss-council-member > CouncilMemberLeft,
  declare-kinship > KinshipDeclared
session: +notice-session > SessionNoticed, add-agenda-item > AgendaItemAdded,
  drop-agenda-item > AgendaItemDropped, send-papers > PapersSent,
  record-attendance > AttendanceRecorded, declare-recusal > RecusalDeclared,
  receive-written-votes > WrittenVotesReceived, name-tally-committee > TallyCommitteeNamed,
  record-open-votes > OpenVotesRecorded, tally-ballot > BallotTallied,
  correct-tally > TallyCorrected, record-chair-opinion > ChairOpinionRecorded,
  draw-up-minutes > MinutesDrawnUp, sign-minutes > MinutesSigned, close-session > SessionClosed
report: +draft-report > ReportDrafted, check-report > ReportChecked, sign-report > ReportSigned,
  publish-report > ReportPublished, withdraw-report > ReportWithdrawn
"""
EVENTS: dict[str, str] = {}
BEGINS: set[str] = set()
AGAIN: set[str] = set()
_KIND: dict[str, str] = {}
MOVES = {
    "advance-stage": "advance",
    "return-stage": "return",
    "recognize-exemplar": "recognize",
    "revoke-recognition": "revoke",
    "suspend-candidate": "suspend",
    "resume-candidate": "resume",
    "withdraw-candidate": "withdraw",
    "decline-candidate": "decline",
    "complete-candidacy": "complete",
}
CORRECTIONS = ("void-entry", "correct-effective-date")


def _learn(line: str) -> None:
    kind, _, commands = line.partition(": ")
    for told in commands.split(", "):
        command, event = told.split(" > ")
        name = command.lstrip("+*")
        EVENTS[name], _KIND[name] = event, kind
        if command != name:
            BEGINS.add(name)
        if command.startswith("*"):
            AGAIN.add(name)


for _line in TABLE.replace("\n  ", " ").strip().splitlines():
    _learn(_line)
# Not a quota, where a place that was given away since could come back (R6-9); not a complaint,
# whose end frees the candidate, and of which stays known who looked (2.9); not a report, which a
# later one corrects.
FINAL = ("quota", "complaint", "report")
CORRECTABLE = tuple(kind for kind in dict.fromkeys(_KIND.values()) if kind not in FINAL)


def subject_kind(command: str) -> str:
    """Return the kind of subject that a command is about."""
    return _KIND[command]
