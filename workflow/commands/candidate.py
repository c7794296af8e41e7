"""What may be asked about candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enclosure import Enclosure
from domain.values import (
    Authority,
    BlockGround,
    CandidateKind,
    GivenGroup,
    PersonKind,
    PositionGroup,
    PriorityGroup,
    Private,
    Rating,
    Result,
    SupportKind,
    Title,
)


@dataclass(frozen=True)
class DiscoverCandidate:
    """Enter a candidate.

    `who` holds name, birth_year, sex; `what` position, place, field, movement, achievement.
    An individual who is in the register is named by `person`, and needs no `who`.
    `source` is the movement it comes of, `review` the entry of that movement's review.
    """

    kind: CandidateKind
    unit: str
    who: Private | None
    what: Private
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()
    source: str | None = None
    review: int | None = None
    person: str | None = None


@dataclass(frozen=True)
class DescribeCandidate:
    """Describe a candidate anew."""

    what: Private
    person_kind: PersonKind | None = None
    priority: tuple[PriorityGroup, ...] = ()


@dataclass(frozen=True)
class ChangePersonKind:
    """Measure a person by the criteria of another kind from the day on."""

    person_kind: PersonKind


@dataclass(frozen=True)
class ClassifyCandidate:
    """Find out to which priority groups the candidate belongs, by the day of the achievement.

    `place` decides by the lists of that day; `members` and `legal_personality` are a
    collective's; `given` are groups that need a `ground`.
    """

    achieved_on: date
    place: str | None = None
    members: int | None = None
    legal_personality: bool = False
    position: PositionGroup | None = None
    given: tuple[GivenGroup, ...] = ()
    ground: Private | None = None


@dataclass(frozen=True)
class RecordPeerAcclaim:
    """Record the minutes of the unit meeting that acclaimed the candidate."""

    minutes: str
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None


@dataclass(frozen=True)
class EndorseCandidate:
    """Record that the head of the unit endorses the candidate."""


@dataclass(frozen=True)
class AttachEvidence:
    """Attach documents: `files` that are kept with the description, or one that lies elsewhere.

    `file` is the SHA-256 in hex of the one elsewhere.
    """

    description: Private
    files: tuple[Enclosure, ...] = ()
    file: str | None = None


@dataclass(frozen=True)
class RecordTitle:
    """Record an emulation title for a year of achievement, from the day of its decision."""

    title: Title
    year: int
    decision: str | None = None
    authority: Authority | None = None


@dataclass(frozen=True)
class RecordRating:
    """Record how a year's work was rated."""

    rating: Rating
    year: int
    decision: str | None = None


@dataclass(frozen=True)
class AssessCriteria:
    """Record what was found for criteria, by code, and in words.

    `evidence` pairs a code with the version of an entry by which evidence was attached.
    """

    results: tuple[tuple[str, Result], ...]
    note: Private | None = None
    evidence: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class AdoptNurturePlan:
    """Record how the candidate will be nurtured."""

    plan: Private


@dataclass(frozen=True)
class ReportProgress:
    """Report progress; a full review covers every goal of the plan."""

    report: Private
    full: bool = False


@dataclass(frozen=True)
class ReportSummary:
    """Write down what others can copy."""

    report: Private


@dataclass(frozen=True)
class RecordBlock:
    """Stop advance and recognition until a matter is settled."""

    ground: BlockGround
    note: Private


@dataclass(frozen=True)
class LiftBlock:
    """Record that the matter is settled."""

    ground: BlockGround
    note: Private


@dataclass(frozen=True)
class LogSupport:
    """Record how the candidate was supported; `cost` is in đồng."""

    kind: SupportKind
    content: Private
    cost: int | None = None


@dataclass(frozen=True)
class CarryOverCandidate:
    """Let the candidacy go on in the cycle of another programme."""

    programme: str


CandidateFact = (
    DescribeCandidate
    | ChangePersonKind
    | ClassifyCandidate
    | RecordPeerAcclaim
    | EndorseCandidate
    | AttachEvidence
    | RecordTitle
    | RecordRating
    | AssessCriteria
    | AdoptNurturePlan
    | ReportProgress
    | ReportSummary
    | RecordBlock
    | LiftBlock
    | LogSupport
    | CarryOverCandidate
)
