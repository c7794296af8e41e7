"""Entries as bytes: a closed list of stored names, canonical JSON, typed decoding.

Canonical means: UTF-8, keys sorted, no blanks, fields at their default left out. A body that
does not encode back to the very same bytes is unreadable, and so is an unknown name or field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast, get_args, get_type_hints

import msgspec
from eventsourcing.persistence import Mapper, Notification, StoredEvent

from domain import (
    batch,
    calendar,
    candidate_events,
    complaint,
    consent,
    corrections,
    council,
    honours,
    legal_text,
    movement,
    obligation,
    office,
    person,
    place,
    programme,
    publicity,
    quota,
    refusals,
    replication,
    report,
    revocation,
    round,
    rule_set,
    session_events,
    unit,
    upkeep,
)
from domain.entry import Entry
from domain.events import Event
from domain.faults import Unreadable
from domain.values import Basis, Guarded, Sealed

NAMES: Final[dict[str, type[Event]]] = {
    "candidate-discovered": candidate_events.CandidateDiscovered,
    "candidate-described": candidate_events.CandidateDescribed,
    "peer-acclaim-recorded": candidate_events.PeerAcclaimRecorded,
    "candidate-endorsed": candidate_events.CandidateEndorsed,
    "evidence-attached": candidate_events.EvidenceAttached,
    "title-recorded": candidate_events.TitleRecorded,
    "rating-recorded": candidate_events.RatingRecorded,
    "criterion-assessed": candidate_events.CriterionAssessed,
    "nurture-plan-adopted": candidate_events.NurturePlanAdopted,
    "progress-reported": candidate_events.ProgressReported,
    "summary-reported": candidate_events.SummaryReported,
    "block-recorded": candidate_events.BlockRecorded,
    "block-lifted": candidate_events.BlockLifted,
    "stage-advanced": candidate_events.StageAdvanced,
    "stage-returned": candidate_events.StageReturned,
    "exemplar-recognized": candidate_events.ExemplarRecognized,
    "recognition-revoked": candidate_events.RecognitionRevoked,
    "recognition-restored": candidate_events.RecognitionRestored,
    "title-revoked": revocation.TitleRevoked,
    "title-restored": revocation.TitleRestored,
    "reward-returned": revocation.RewardReturned,
    "candidate-suspended": candidate_events.CandidateSuspended,
    "candidate-resumed": candidate_events.CandidateResumed,
    "candidate-withdrawn": candidate_events.CandidateWithdrawn,
    "candidate-declined": candidate_events.CandidateDeclined,
    "candidacy-completed": candidate_events.CandidacyCompleted,
    "candidate-attested": candidate_events.CandidateAttested,
    "entry-voided": corrections.EntryVoided,
    "effective-date-corrected": corrections.EffectiveDateCorrected,
    "unit-registered": unit.UnitRegistered,
    "unit-renamed": unit.UnitRenamed,
    "unit-merged": unit.UnitMerged,
    "criterion-added": unit.CriterionAdded,
    "criterion-retired": unit.CriterionRetired,
    "person-kind-changed": candidate_events.PersonKindChanged,
    "unit-rearranged": unit.UnitRearranged,
    "candidates-transferred": unit.CandidatesTransferred,
    "candidate-transferred": candidate_events.CandidateTransferred,
    "unit-head-appointed": unit.UnitHeadAppointed,
    "unit-head-left": unit.UnitHeadLeft,
    "person-described": person.PersonDescribed,
    "personal-data-erased": person.PersonalDataErased,
    "office-granted": office.OfficeGranted,
    "office-ended": office.OfficeEnded,
    "support-logged": candidate_events.SupportLogged,
    "candidate-carried-over": candidate_events.CandidateCarriedOver,
    "fast-track-granted": candidate_events.FastTrackGranted,
    "re-review-required": candidate_events.ReReviewRequired,
    "re-review-concluded": candidate_events.ReReviewConcluded,
    "plan-drafted": programme.PlanDrafted,
    "plan-issued": programme.PlanIssued,
    "cycle-opened": programme.CycleOpened,
    "milestone-set": programme.MilestoneSet,
    "milestone-reached": programme.MilestoneReached,
    "duty-laid": programme.DutyLaid,
    "unit-reminded": programme.UnitReminded,
    "activity-logged": programme.ActivityLogged,
    "cycle-closed": programme.CycleClosed,
    "obligation-submitted": obligation.ObligationSubmitted,
    "obligation-returned": obligation.ObligationReturned,
    "obligation-resubmitted": obligation.ObligationResubmitted,
    "obligation-accepted": obligation.ObligationAccepted,
    "movement-launched": movement.MovementLaunched,
    "movement-reviewed": movement.MovementReviewed,
    "movement-closed": movement.MovementClosed,
    "round-opened": round.RoundOpened,
    "candidate-selected": round.CandidateSelected,
    "selection-dropped": round.SelectionDropped,
    "round-closed": round.RoundClosed,
    "rule-set-confirmed": rule_set.RuleSetConfirmed,
    "method-described": replication.MethodDescribed,
    "exemplar-published": replication.ExemplarPublished,
    "learning-held": replication.LearningHeld,
    "adoption-recorded": replication.AdoptionRecorded,
    "adoption-verified": replication.AdoptionVerified,
    "no-adoption-explained": replication.NoAdoptionExplained,
    "achievement-recorded": honours.AchievementRecorded,
    "commendation-granted": honours.CommendationGranted,
    "introduced-to-province": honours.IntroducedToProvince,
    "province-answered": honours.ProvinceAnswered,
    "quota-allocated": quota.QuotaAllocated,
    "quota-changed": quota.QuotaChanged,
    "quota-line-set": quota.QuotaLineSet,
    "quota-share-set": quota.QuotaShareSet,
    "delegate-selected": quota.DelegateSelected,
    "reserve-placed": quota.ReservePlaced,
    "delegate-replaced": quota.DelegateReplaced,
    "delegate-dropped": quota.DelegateDropped,
    "quota-closed": quota.QuotaClosed,
    "text-registered": legal_text.TextRegistered,
    "text-lapsed": legal_text.TextLapsed,
    "day-declared": calendar.DayDeclared,
    "comment-period-opened": publicity.CommentPeriodOpened,
    "comment-received": publicity.CommentReceived,
    "comment-handled": publicity.CommentHandled,
    "comment-period-closed": publicity.CommentPeriodClosed,
    "complaint-received": complaint.ComplaintReceived,
    "complaint-accepted": complaint.ComplaintAccepted,
    "complaint-rejected": complaint.ComplaintRejected,
    "handler-replaced": complaint.HandlerReplaced,
    "complaint-extended": complaint.ComplaintExtended,
    "complaint-withdrawn": complaint.ComplaintWithdrawn,
    "complaint-resolved": complaint.ComplaintResolved,
    "identity-opened": complaint.IdentityOpened,
    "complaint-destroyed": complaint.ComplaintDestroyed,
    "council-established": council.CouncilEstablished,
    "council-terms-confirmed": council.CouncilTermsConfirmed,
    "council-member-appointed": council.CouncilMemberAppointed,
    "council-member-left": council.CouncilMemberLeft,
    "kinship-declared": council.KinshipDeclared,
    "session-noticed": session_events.SessionNoticed,
    "agenda-item-added": session_events.AgendaItemAdded,
    "agenda-item-dropped": session_events.AgendaItemDropped,
    "papers-sent": session_events.PapersSent,
    "attendance-recorded": session_events.AttendanceRecorded,
    "recusal-declared": session_events.RecusalDeclared,
    "written-votes-received": session_events.WrittenVotesReceived,
    "tally-committee-named": session_events.TallyCommitteeNamed,
    "open-votes-recorded": session_events.OpenVotesRecorded,
    "ballot-tallied": session_events.BallotTallied,
    "tally-corrected": session_events.TallyCorrected,
    "chair-opinion-recorded": session_events.ChairOpinionRecorded,
    "minutes-drawn-up": session_events.MinutesDrawnUp,
    "minutes-signed": session_events.MinutesSigned,
    "session-closed": session_events.SessionClosed,
    "report-drafted": report.ReportDrafted,
    "report-checked": report.ReportChecked,
    "report-signed": report.ReportSigned,
    "report-published": report.ReportPublished,
    "report-withdrawn": report.ReportWithdrawn,
    "place-entered": place.PlaceEntered,
    "place-merged": place.PlaceMerged,
    "place-listed": place.PlaceListed,
    "place-delisted": place.PlaceDelisted,
    "candidate-classified": candidate_events.CandidateClassified,
    "consent-recorded": consent.ConsentRecorded,
    "unit-notified": consent.UnitNotified,
    "erasure-requested": person.ErasureRequested,
    "personal-data-restricted": person.PersonalDataRestricted,
    "erasure-refused": person.ErasureRefused,
    "erasure-acknowledged": person.ErasureAcknowledged,
    "erasure-extended": person.ErasureExtended,
    "titles-counted": unit.TitlesCounted,
    "batch-recorded": batch.BatchRecorded,
    "command-refused": refusals.CommandRefused,
    "register-restored": upkeep.RegisterRestored,
    "signing-key-replaced": upkeep.SigningKeyReplaced,
}
NAME_OF: Final = {kind: name for name, kind in NAMES.items()}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
T = TypeVar("T")


class Letter(NamedTuple):
    """How one kind of event goes to bytes and back."""

    told: type[msgspec.Struct]
    fields: Callable[[Any], tuple[Any, ...]]
    names: tuple[str, ...]
    sealed: tuple[str, ...]  # names of the fields that may hold a commitment to the vault
    guarded: tuple[str, ...]  # and of those that may hold one to an identity
    open: Callable[[bytes], Body[Any]]
    event: Callable[[msgspec.Struct], Event]


class Paper(
    msgspec.Struct,
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """A cited document as stored: keys in canonical order."""

    dated: date | None = None
    file: str | None = None
    issuer: str | None = None
    place: str | None = None
    symbol: str


class Body(
    msgspec.Struct,
    Generic[T],
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """The stored body of every entry: keys in canonical order, the event in its own."""

    acting_as: str | None = None
    actor: str
    basis: tuple[Paper, ...] = ()
    command_id: str
    effective_on: date
    event: T
    rule_set: str | None = None


def _struct(name: str, fields: dict[str, Any], defaults: dict[str, Any]) -> type[msgspec.Struct]:
    ordered = [
        (field, kind, defaults[field]) if field in defaults else (field, kind)
        for field, kind in sorted(fields.items())
    ]
    return msgspec.defstruct(
        name,
        ordered,
        kw_only=True,
        frozen=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        gc=False,
    )


def _letter(name: str, kind: type[Event]) -> Letter:
    fields, hints = dataclasses.fields(kind), get_type_hints(kind)
    defaults = {f.name: f.default for f in fields if f.default is not dataclasses.MISSING}
    told = _struct(name, hints, defaults)
    names = tuple(f.name for f in fields)
    sealed, guarded = _holding(Sealed, hints, names), _holding(Guarded, hints, names)
    values = _values(names)

    def event(told: msgspec.Struct) -> Event:
        return kind(*values(told))

    # What holds no commitment comes again and again, and is frozen: one object serves for all.
    made = event if sealed or guarded else lru_cache(maxsize=1024)(event)
    opener: Any = msgspec.json.Decoder(Body[told])  # type: ignore[valid-type]
    return Letter(told, values, names, sealed, guarded, opener.decode, made)


def _holding(kind: type[Any], hints: dict[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that may hold a kind of commitment."""
    return tuple(name for name in names if kind in (hints[name], *get_args(hints[name])))


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads these attributes as a tuple, whatever their number."""
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda value: (one(value),)
    if not names:
        return lambda value: ()
    return cast("Callable[[Any], tuple[Any, ...]]", attrgetter(*names))


LETTERS: Final = {name: _letter(name, kind) for name, kind in NAMES.items()}
OPENERS: Final = {name: letter.open for name, letter in LETTERS.items()}
_encode: Final = msgspec.json.Encoder().encode
_encode_lines: Final = msgspec.json.Encoder().encode_lines
_entry: Final[Callable[[tuple[Any, ...]], Entry]] = partial(tuple.__new__, Entry)


def encode(entry: Entry) -> tuple[str, bytes]:
    """Return the stored name and the canonical body of an entry."""
    name = NAME_OF[type(entry.event)]
    letter = LETTERS[name]
    told = letter.told(**dict(zip(letter.names, letter.fields(entry.event), strict=True)))
    body = Body(
        acting_as=entry.acting_as,
        actor=entry.actor,
        basis=tuple(_paper(cited) for cited in entry.basis),
        command_id=entry.command_id,
        effective_on=entry.effective_on,
        event=told,
        rule_set=entry.rule_set,
    )
    return name, _encode(body)


def decode(
    position: int, subject: str, version: int, recorded_at: int, name: str, body: bytes
) -> Entry:
    """Return the entry of a stored row. Raises Unreadable.

    `recorded_at` counts microseconds since 1970, UTC.
    """
    return entered(position, subject, version, recorded_at, name, opened(position, name, body))


def all_opened(names: Sequence[str], bodies: Sequence[bytes]) -> list[Body[Any]]:
    """Return what many canonical bodies tell; one that is unreadable is not named.

    Raises what `opened` says in words: KeyError, DecodeError, UnicodeDecodeError, RecursionError
    or ValueError.
    """
    told = [OPENERS[name](body) for name, body in zip(names, bodies, strict=True)]
    if _encode_lines(told) != b"\n".join((*bodies, b"")):
        raise ValueError("a body is not canonical")
    return told


def opened(position: int, name: str, body: bytes) -> Body[Any]:
    """Return what a canonical body tells. Raises Unreadable."""
    letter = LETTERS.get(name)
    if letter is None:
        raise Unreadable(f"entry {position}", f"there is no event named {name!r}")
    try:
        told = letter.open(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"entry {position}", str(error)) from None
    if _encode(told) != body:
        raise Unreadable(f"entry {position}", "the body is not canonical")
    return told


def entered(
    position: int, subject: str, version: int, recorded_at: int, name: str, told: Body[Any]
) -> Entry:
    """Return the entry of a stored row whose body was opened."""
    return _entry(
        (
            subject,
            version,
            told.effective_on,
            told.actor,
            told.acting_as,
            told.command_id,
            told.rule_set,
            LETTERS[name].event(told.event),
            tuple(_basis(paper) for paper in told.basis) if told.basis else (),
            position,
            recorded_at,
        )
    )


def _paper(b: Basis) -> Paper:
    return Paper(symbol=b.symbol, dated=b.dated, issuer=b.issuer, file=b.file, place=b.place)


def _basis(paper: Paper) -> Basis:
    return Basis(paper.symbol, paper.dated, paper.issuer, paper.file, paper.place)


@dataclasses.dataclass(frozen=True)
class StoredEntry(Notification):
    """A stored row as the library hands it about; `id` counts from 1, positions from 0."""

    recorded_at: int

    @property
    def position(self) -> int:
        """Return the global position."""
        return self.id - 1


class EntryMapper(Mapper[str]):
    """The library's mapper with our closed names in place of import paths."""

    def __init__(self) -> None:
        """Need nothing: names and types are fixed in this module."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Return an entry as a row to store."""
        name, body = encode(domain_event)
        return StoredEvent(domain_event.subject, domain_event.version, name, body)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Return the entry of a stored row. Raises Unreadable."""
        row = cast(StoredEntry, stored_event)
        return decode(
            row.position,
            str(row.originator_id),
            row.originator_version,
            row.recorded_at,
            row.topic,
            row.state,
        )
