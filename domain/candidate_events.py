"""What can happen to a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.consent import ConsentEvent
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.honours import HonourEvent
from domain.publicity import PublicityEvent
from domain.replication import ReplicationEvent
from domain.revocation import RevocationEvent
from domain.values import (
    Authority,
    BlockGround,
    CandidateKind,
    FastTrackGround,
    GivenGroup,
    PersonKind,
    PositionGroup,
    PriorityGroup,
    Rating,
    ReReviewCause,
    ReReviewResult,
    Result,
    RevocationGround,
    Sealed,
    Stage,
    SupportKind,
    Title,
)


@dataclass(frozen=True, slots=True)
class CandidateDiscovered:
    """A person, collective or model worth imitating was found. `person` is set for individuals.

    `source` is the movement it comes of, `review` the entry of the movement's review (R5-4).
    """

    kind: CandidateKind
    unit: str
    person: str | None = None
    source: str | None = None
    review: int | None = None


@dataclass(frozen=True, slots=True)
class CandidateDescribed:
    """What it is and what it did; the words themselves are in the vault.

    An individual is named by its person, a collective or a model by `name`. `told` are the names
    of what the words tell and a rule may ask for: its field, what is new, the owner of a model.
    """

    description: Sealed
    name: Sealed | None = None
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerAcclaimRecorded:
    """A unit meeting acclaimed the candidate (R2-4); votes are unknown in old minutes."""

    minutes: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None


@dataclass(frozen=True, slots=True)
class CandidateEndorsed:
    """The head of the unit stands behind the candidate."""

    unit: str


@dataclass(frozen=True, slots=True)
class EvidenceAttached:
    """A document supports the candidacy. `file` is its SHA-256 in hex, if one is kept."""

    description: Sealed
    file: str | None = None


@dataclass(frozen=True, slots=True)
class TitleRecorded:
    """An emulation title was granted for a year of achievement.

    The effective day is that of the decision (A-29).
    """

    title: Title
    year: int
    decision: str | None = None
    authority: Authority | None = None


@dataclass(frozen=True, slots=True)
class RatingRecorded:
    """The year's work was rated, by a decision of the effective day."""

    rating: Rating
    year: int
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class CriterionAssessed:
    """An assessor found that a criterion is met, is not, or is not proven (R3-1).

    `note` is what the assessor wrote about all that was found at once (R2-5), `evidence` are the
    versions of the candidate's entries that were looked at.
    """

    criterion: str
    result: Result
    note: Sealed | None = None
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NurturePlanAdopted:
    """The unit set out how it will nurture the candidate."""

    plan: Sealed


@dataclass(frozen=True, slots=True)
class ProgressReported:
    """Progress was reported; a full review covers all goals of the plan."""

    report: Sealed
    full: bool = False


@dataclass(frozen=True, slots=True)
class SummaryReported:
    """The experience was written down so that others can copy it (R1-6)."""

    report: Sealed


@dataclass(frozen=True, slots=True)
class BlockRecorded:
    """Something forbids advance and recognition for now (TT 08/2017).

    `complaint` is the accepted one it comes of; only the end of that lifts it.
    """

    ground: BlockGround
    note: Sealed | None = None
    complaint: str | None = None


@dataclass(frozen=True, slots=True)
class BlockLifted:
    """What the block waited for is settled."""

    ground: BlockGround
    note: Sealed | None = None
    complaint: str | None = None


@dataclass(frozen=True, slots=True)
class SupportLogged:
    """The candidate was supported: trained, taken to see others, paid for, mentored (R1-7)."""

    kind: SupportKind
    content: Sealed
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class CandidateCarriedOver:
    """The candidacy goes on in another cycle; day of discovery and rules stay (A-25)."""

    programme: str


@dataclass(frozen=True, slots=True)
class PersonKindChanged:
    """The person is of another kind from this day on, and measured by other criteria (R4-2)."""

    person_kind: PersonKind


@dataclass(frozen=True, slots=True)
class CandidateClassified:
    """To which priority groups the candidate belongs, and what that rests on (R5-9 to R5-11).

    `groups` were told by the rules and by the lists of the place on the day of the achievement;
    `given` are those that somebody granted, on a `ground`.
    """

    achieved_on: date
    groups: tuple[PriorityGroup, ...] = ()
    place: str | None = None
    members: int | None = None
    legal_personality: bool = False
    position: PositionGroup | None = None
    given: tuple[GivenGroup, ...] = ()
    ground: Sealed | None = None


@dataclass(frozen=True, slots=True)
class CandidateTransferred:
    """The candidate is another unit's from this day on; titles of a collective stay (A-9)."""

    unit: str


@dataclass(frozen=True, slots=True)
class StageAdvanced:
    """The candidate entered the next stage; `waived` are the needs a fast track set aside."""

    to: Stage
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageReturned:
    """The candidate went back one stage."""

    to: Stage
    reason: Sealed


@dataclass(frozen=True, slots=True)
class ExemplarRecognized:
    """The signer recognized the candidate as an exemplar.

    `session` is where the council was asked; `reason` is why the signer did not follow it;
    `waived` are the needs a fast track set aside.
    """

    decision: str | None = None
    session: str | None = None
    reason: Sealed | None = None
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecognitionRevoked:
    """The recognition was cancelled on a ground of article 93.2, a to d.

    `money` in đồng and `objects` are to be returned; no amount means that nobody knows it.
    """

    ground: RevocationGround | None
    reason: Sealed | None = None
    decision: str | None = None
    money: int | None = None
    objects: Sealed | None = None


@dataclass(frozen=True, slots=True)
class RecognitionRestored:
    """A decision gave the recognition back: the exemplar stands where it stood before."""

    decision: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class FastTrackGranted:
    """The simple procedure applies: the rule set says what its ground sets aside (A-13)."""

    ground: FastTrackGround


@dataclass(frozen=True, slots=True)
class ReReviewRequired:
    """What the recognition rested on was lost by another candidate, or by this one (R4-1)."""

    cause: ReReviewCause
    candidate: str


@dataclass(frozen=True, slots=True)
class ReReviewConcluded:
    """Somebody looked again: the recognition stays, or its revocation is proposed."""

    result: ReReviewResult
    reason: Sealed


@dataclass(frozen=True, slots=True)
class CandidateSuspended:
    """Consideration stopped for now."""

    reason: Sealed


@dataclass(frozen=True, slots=True)
class CandidateResumed:
    """Consideration goes on."""

    reason: Sealed


@dataclass(frozen=True, slots=True)
class CandidateWithdrawn:
    """The candidate asked to be taken out."""

    reason: Sealed | None = None


@dataclass(frozen=True, slots=True)
class CandidateDeclined:
    """The candidate was not accepted."""

    reason: Sealed | None = None


@dataclass(frozen=True, slots=True)
class CandidacyCompleted:
    """The experience was replicated and the file is closed."""

    note: Sealed | None = None


@dataclass(frozen=True, slots=True)
class CandidateAttested:
    """An older register says so: what came with this entry was copied, not decided here.

    `file` is the SHA-256 of the register in hex, `row` counts from 1 as the sheet shows it.
    """

    file: str
    sheet: str
    row: int


StageChange = StageAdvanced | StageReturned
StandingEvent = (
    CandidateDiscovered
    | CandidateDescribed
    | CandidateTransferred
    | PersonKindChanged
    | CandidateClassified
    | StageChange
    | RecognitionRevoked
    | RecognitionRestored
    | CandidateSuspended
    | CandidateResumed
    | CandidateWithdrawn
    | CandidateDeclined
    | CandidacyCompleted
)
CandidateEvent = (
    StandingEvent
    | PeerAcclaimRecorded
    | CandidateEndorsed
    | EvidenceAttached
    | TitleRecorded
    | RatingRecorded
    | CriterionAssessed
    | NurturePlanAdopted
    | ProgressReported
    | SummaryReported
    | BlockRecorded
    | BlockLifted
    | SupportLogged
    | CandidateCarriedOver
    | FastTrackGranted
    | ReReviewRequired
    | ReReviewConcluded
    | ReplicationEvent
    | HonourEvent
    | RevocationEvent
    | ExemplarRecognized
    | CandidateAttested
    | PublicityEvent
    | ConsentEvent
    | EntryVoided
    | EffectiveDateCorrected
)
