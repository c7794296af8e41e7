"""Entries as bytes: a closed list of stored names, canonical JSON, typed decoding.

Canonical means: UTF-8, keys sorted, no blanks, fields at their default left out. A body that
does not encode back to the very same bytes is unreadable, and so is an unknown name or field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Final, NamedTuple, cast, get_type_hints

import msgspec
from eventsourcing.persistence import Mapper, Notification, StoredEvent

from domain import (
    calendar,
    candidate_events,
    corrections,
    honours,
    legal_text,
    movement,
    obligation,
    office,
    person,
    programme,
    quota,
    refusals,
    replication,
    round,
    unit,
)
from domain.entry import Entry
from domain.events import Event
from domain.faults import Unreadable
from domain.values import Basis

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
    "unit-head-appointed": unit.UnitHeadAppointed,
    "unit-head-left": unit.UnitHeadLeft,
    "person-described": person.PersonDescribed,
    "personal-data-erased": person.PersonalDataErased,
    "office-granted": office.OfficeGranted,
    "office-ended": office.OfficeEnded,
    "support-logged": candidate_events.SupportLogged,
    "candidate-carried-over": candidate_events.CandidateCarriedOver,
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
    "command-refused": refusals.CommandRefused,
}
NAME_OF: Final = {kind: name for name, kind in NAMES.items()}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SHORT: Final = 80  # bytes; a commitment is longer, so a shorter event holds no unique content


class Letter(NamedTuple):
    """How one kind of event goes to bytes and back."""

    told: type[msgspec.Struct]
    fields: Callable[[Any], tuple[Any, ...]]
    names: tuple[str, ...]
    decode: Callable[[bytes], Any]


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
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """The stored body of every entry: keys in canonical order, the event as its own bytes."""

    acting_as: str | None = None
    actor: str
    basis: tuple[Paper, ...] = ()
    command_id: str
    effective_on: date
    event: msgspec.Raw
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
    fields = dataclasses.fields(kind)
    defaults = {f.name: f.default for f in fields if f.default is not dataclasses.MISSING}
    told = _struct(name, get_type_hints(kind), defaults)
    names = tuple(f.name for f in fields)
    return Letter(told, _values(names), names, msgspec.json.Decoder(told).decode)


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads these attributes as a tuple, whatever their number."""
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda value: (one(value),)
    if not names:
        return lambda value: ()
    return cast("Callable[[Any], tuple[Any, ...]]", attrgetter(*names))


LETTERS: Final = {name: _letter(name, kind) for name, kind in NAMES.items()}
_encode: Final = msgspec.json.Encoder().encode
_open: Final = msgspec.json.Decoder(Body).decode
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
        event=cast(msgspec.Raw, told),  # encodes to the same bytes
        rule_set=entry.rule_set,
    )
    return name, _encode(body)


def decode(
    position: int, subject: str, version: int, recorded_at: int, name: str, body: bytes
) -> Entry:
    """Return the entry of a stored row. Raises Unreadable.

    `recorded_at` counts microseconds since 1970, UTC.
    """
    if name not in LETTERS:
        raise Unreadable(f"entry {position}", f"there is no event named {name!r}")
    try:
        told = _open(body)
        inner = bytes(told.event)
        event = _known_event(name, inner) if len(inner) < SHORT else _event(name, inner)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"entry {position}", str(error)) from None
    if event is None or _encode(told) != body:
        raise Unreadable(f"entry {position}", "the body is not canonical")
    return _entry(
        (
            subject,
            version,
            told.effective_on,
            told.actor,
            told.acting_as,
            told.command_id,
            told.rule_set,
            event,
            tuple(_basis(paper) for paper in told.basis) if told.basis else (),
            position,
            recorded_at,
        )
    )


def _paper(b: Basis) -> Paper:
    return Paper(symbol=b.symbol, dated=b.dated, issuer=b.issuer, file=b.file, place=b.place)


def _basis(paper: Paper) -> Basis:
    return Basis(paper.symbol, paper.dated, paper.issuer, paper.file, paper.place)


def _event(name: str, inner: bytes) -> Event | None:
    letter = LETTERS[name]
    told = letter.decode(inner)
    return NAMES[name](*letter.fields(told)) if _encode(told) == inner else None


# Short events come again and again, and are frozen: one object serves for all of them.
_known_event: Final = lru_cache(maxsize=8192)(_event)


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
