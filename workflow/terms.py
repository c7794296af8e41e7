"""Terms: the numbers of a rule set that no law fixes, by area, each with its default in data."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from domain.complaint import ComplaintKind
from domain.council import Matter, TieRule, VoteBase
from domain.obligation import PlanPart
from domain.programme import DutyKind
from domain.shares import parse
from domain.values import (
    Authority,
    ErasureGround,
    FastTrackGround,
    Outcome,
    PersonKind,
    PositionGroup,
    PriorityGroup,
    Role,
    Title,
)

Confidence = Literal["high", "medium", "low"]


class CouncilTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a department's council decides until it has confirmed terms of its own (A-15)."""

    quorum: str = "2/3"
    recognition: str = "4/5"
    upward_proposal: str = "4/5"
    provincial_fighter: str = "9/10"
    stage_opinion: str = ">1/2"
    other: str = ">1/2"
    secret: tuple[Matter, ...] = (
        Matter.RECOGNITION,
        Matter.UPWARD_PROPOSAL,
        Matter.PROVINCIAL_FIGHTER,
    )
    written: tuple[Matter, ...] = (Matter.PROVINCIAL_FIGHTER,)
    base: VoteBase = VoteBase.IN_OFFICE
    tie: TieRule = TieRule.CHAIR_DECIDES
    without_session: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError if a share cannot be read."""
        majorities = (self.stage_opinion, self.other)
        for share in (self.quorum, self.recognition, self.upward_proposal, *majorities):
            parse(share)
        parse(self.provincial_fighter)


class PublicityTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether and how long a candidate is public for comment before the council (A-22)."""

    required: bool = True
    working_days: int = 10


class Swap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A working day given off for a day off that is worked instead."""

    off: date
    working: date


class CalendarTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which days are off by law. `weekend` counts from Monday = 1, `every_year` is "mm-dd"."""

    weekend: tuple[int, ...]
    every_year: tuple[str, ...]
    single: tuple[date, ...]
    tet: tuple[date, ...]
    tet_days: int
    swaps: tuple[Swap, ...]


class ProgrammeTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What units owe and by when. `due` is "mm-dd", by kind; `parts` what a plan must say."""

    due: dict[DutyKind, str]
    yearly: tuple[DutyKind, ...]
    parts: dict[DutyKind, tuple[PlanPart, ...]]
    idle_months: int


class LeaderTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long one heads a unit in a year to answer for it (A-8).

    `warn_deputies`: whoever leads and heads nothing is warned of, and not refused (A-7).
    """

    least_days: int
    warn_deputies: bool = True


class ErasureTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When personal data may go (A-24).

    `window_days` after the candidacy ended. Whoever asks is told within `told_days` working days,
    and answered in `answer_days`, once extended by `extension_days` at most; grounds of `despite`
    go before what keeps the data.
    """

    window_days: int = 90
    told_days: int = 2
    answer_days: int = 20
    extension_days: int = 15
    despite: tuple[ErasureGround, ...] = ()


class NoticeTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In how many working days a unit is told why its candidate was not accepted (2.6)."""

    working_days: int = 3


class TurnedDownTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who ended so is named to these offices only, of one unit those of its unit (A-23)."""

    outcomes: tuple[Outcome, ...] = ()
    named_to: tuple[Role, ...] = ()


class FastTrackTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which needs each ground of the simple procedure sets aside (A-13)."""

    waives: dict[FastTrackGround, tuple[str, ...]]


class BulkTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which commands may be given for many items at once, and for how many."""

    most: int
    commands: tuple[str, ...]


class TitleTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who grants a title, and how many years of a lower one it follows on."""

    by: tuple[Authority, ...]
    source: str
    after: Title | None = None
    years: int = 0


class Multiple(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """What goes with a title from a day on, in multiples of the base salary."""

    title: Title
    since: date
    times: str
    confidence: Confidence

    def __post_init__(self) -> None:
        """Raise ValueError if it is no number."""
        Fraction(self.times)


class BaseSalary(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}
):
    """The base salary in đồng from a day on."""

    since: date
    dong: int
    confidence: Confidence


class RewardTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money by title; what is not there is not known."""

    multiples: tuple[Multiple, ...] = ()
    base: tuple[BaseSalary, ...] = ()


class ComplaintTerms(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}
):
    """How long a kind of letter may take from a day on, and how sure we are of it (2.8)."""

    kind: ComplaintKind
    since: date
    accept_days: int
    settle_days: int
    remote_days: int
    extensions: tuple[int, ...]
    source: str
    confidence: Confidence
    accept_working: bool = False
    partial: bool = False


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The share of all candidates that a priority group shall reach, and which paper says so.

    Raises ValueError if the share cannot be read.
    """

    share: str
    source: str

    def __post_init__(self) -> None:
        """Raise ValueError if the share cannot be read."""
        parse(self.share)

    def __str__(self) -> str:
        """Return both in words."""
        return f"{self.share} ({self.source})"


class PriorityTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who belongs to which priority group, and the share each shall reach, if any (R5-9, A-20).

    `small_collective` is how many people a small one has at most.
    """

    small_collective: int
    person_kinds: dict[PersonKind, tuple[PriorityGroup, ...]]
    positions: dict[PositionGroup, tuple[PriorityGroup, ...]]
    targets: dict[PriorityGroup, Target] = {}


class EvidenceTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may open the files of evidence; an office of one unit opens those of its candidates."""

    opened_by: tuple[Role, ...]


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a rule set fixes beside moves, needs and criteria."""

    calendar: CalendarTerms
    programme: ProgrammeTerms
    leader: LeaderTerms
    fast_track: FastTrackTerms
    bulk: BulkTerms
    evidence: EvidenceTerms
    priority: PriorityTerms
    titles: dict[Title, TitleTerms] = {}
    rewards: RewardTerms = RewardTerms()
    complaints: tuple[ComplaintTerms, ...] = ()
    council: CouncilTerms = CouncilTerms()
    erasure: ErasureTerms = ErasureTerms()
    notice: NoticeTerms = NoticeTerms()
    turned_down: TurnedDownTerms = TurnedDownTerms()
    publicity: PublicityTerms = PublicityTerms()
