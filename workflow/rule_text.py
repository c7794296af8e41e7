"""What a rule set holds, as its files are written."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from domain.shares import parse
from domain.values import ReReviewCause, Role, Stage, Title
from workflow.terms import Terms

Measure = Literal[
    "civil-servant", "public-employee", "worker", "leader", "farmer", "collective", "model"
]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A legal source, with how sure we are of its text."""

    symbol: str
    title: str
    confidence: Literal["high", "medium", "low"]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """One move: from which states to which, decided by whom, on what needs."""

    move: str
    source: tuple[str, ...]
    by: tuple[Role, ...]
    needs: tuple[str, ...]
    to: str | None = None


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may give a command, and what it needs; `public` ones may be given by anybody at all."""

    by: tuple[Role, ...]
    needs: tuple[str, ...]
    public: bool = False


class NeedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a need is called, who can supply it and by which command."""

    vi: str
    en: str
    source: str
    supply: tuple[Role, ...] = ()
    via: str | None = None


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """One criterion of the catalogue, the kinds of candidates it applies to, and its days.

    Without days of its own it lasts as long as the rule set.
    """

    code: str
    vi: str
    applies: tuple[Measure, ...]
    source: str
    hard: bool = False
    evidence: str = ""
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Return whether it measures on a day."""
        return (self.since or day) <= day <= (self.until or day)


class AnyOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Criteria of which at least one is hard: which one is left open."""

    codes: tuple[str, ...]
    source: str


class Cap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many get a title at most, as a share of those who get another; more is warned of."""

    title: Title
    among: Title
    most: str
    source: str

    def __post_init__(self) -> None:
        """Raise ValueError if it is no share, or of what nobody counts."""
        parse(self.most)
        if {self.title, self.among} - {Title.GRASSROOTS_FIGHTER, Title.ADVANCED_WORKER}:
            raise ValueError("nobody counts this title")


class Yearly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The titles or ratings of which one is wanted for every year, or for the latest.

    All of `also` are wanted for the same years besides.
    """

    accept: tuple[str, ...]
    years: Literal["every", "latest"]
    criterion: str
    source: str
    also: tuple[str, ...] = ()


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """A rule set as written, its plan's tables filled in."""

    id: str
    title: str
    since: date
    plan: str
    sources: tuple[Source, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    commands: dict[str, Permission]
    needs: dict[str, NeedWords]
    criteria: tuple[Criterion, ...]
    yearly: dict[str, Yearly]
    terms: Terms
    draft: bool = False
    any_of: tuple[AnyOf, ...] = ()
    caps: tuple[Cap, ...] = ()
    re_review: tuple[ReReviewCause, ...] = (  # what texts that do not say go by
        ReReviewCause.RECOGNITION_LOST,
        ReReviewCause.RATING_LOST,
        ReReviewCause.TITLE_LOST,
    )
