"""The candidate: its state, and how an event changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, assert_never, cast

from domain import candidate_events as happened
from domain import honours, replication, revocation
from domain.consent import ConsentRecorded, UnitNotified
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import UNRECORDED, Entry, said
from domain.honours import Honours, honoured
from domain.publicity import (
    CommentHandled,
    CommentPeriodClosed,
    CommentPeriodOpened,
    CommentReceived,
    Publicity,
    publicized,
)
from domain.replication import Spread, spread
from domain.revocation import Owed, Recovery, recovered
from domain.values import (
    BlockGround,
    CandidateKind,
    Outcome,
    PersonKind,
    PriorityGroup,
    Sealed,
    Stage,
    changed,
)


@dataclass(frozen=True)
class Standing:
    """Where a candidate stands: what lists, counts and spans are made of."""

    kind: CandidateKind | None = None
    unit: str | None = None
    stage: Stage | None = None
    outcome: Outcome | None = None
    suspended: bool = False
    priority: tuple[PriorityGroup, ...] = ()
    person_kind: PersonKind | None = None
    before: Outcome | None = None  # what a revocation took the place of
    classified: bool = False

    @property
    def state(self) -> str | None:
        """Return the outcome or else the stage, and None before discovery."""
        return None if self.kind is None else self.outcome or self.stage

    @property
    def measure(self) -> str | None:
        """Return what criteria go by: the kind of person, or else the kind of candidate."""
        return self.person_kind if self.kind is CandidateKind.INDIVIDUAL else self.kind


def stand(was: Standing, event: happened.StandingEvent) -> Standing:
    """Return where a candidate stands after an event."""
    match event:
        case happened.StageAdvanced() | happened.StageReturned():
            return changed(was, stage=event.to)
        case happened.CandidateDiscovered():
            return changed(
                was, kind=event.kind, unit=event.unit, stage=was.stage or Stage.DISCOVER
            )
        case happened.CandidateDescribed():
            typed = was.priority if was.classified else event.priority  # what was found out wins
            return changed(was, priority=typed, person_kind=event.person_kind)
        case happened.CandidateClassified():
            return changed(was, priority=event.groups, classified=True)
        case happened.CandidateTransferred():
            return changed(was, unit=event.unit)
        case happened.PersonKindChanged():
            return changed(was, person_kind=event.person_kind)
        case happened.RecognitionRevoked():
            return changed(was, outcome=Outcome.REVOKED, before=was.outcome)
        case happened.RecognitionRestored():
            return changed(was, outcome=was.before, before=None)
        case happened.CandidateSuspended():
            return changed(was, suspended=True)
        case happened.CandidateResumed():
            return changed(was, suspended=False)
        case happened.CandidateWithdrawn():
            return changed(was, outcome=Outcome.WITHDRAWN)
        case happened.CandidateDeclined():
            return changed(was, outcome=Outcome.DECLINED)
        case happened.CandidacyCompleted():
            return changed(was, outcome=Outcome.COMPLETED)
        case _:
            assert_never(event)


class Fact(NamedTuple):
    """An event with its day and author; `position` says which entry proves it.

    Facts are equal whatever their positions: what happened does not depend on when we heard.
    """

    event: happened.CandidateEvent
    on: date
    by: str
    position: int = UNRECORDED

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and self[:3] == other[:3]

    def __hash__(self) -> int:
        return hash(self[:3])


@dataclass(frozen=True)
class Candidate:
    """The sum of a candidate's entries. The tuples are in the order of effect."""

    standing: Standing = field(default_factory=Standing)
    person: str | None = None
    name: Sealed | None = None
    description: Sealed | None = None
    described: Fact | None = None
    path: tuple[Fact, ...] = ()
    acclaim: Fact | None = None
    endorsement: Fact | None = None
    plan: Fact | None = None
    reports: tuple[Fact, ...] = ()
    summary: Fact | None = None
    evidence: tuple[Fact, ...] = ()
    titles: tuple[Fact, ...] = ()
    ratings: tuple[Fact, ...] = ()
    left_behind: tuple[Fact, ...] = ()
    assessments: tuple[Fact, ...] = ()
    blocks: tuple[Fact, ...] = ()
    recognition: Fact | None = None
    attested: bool = False
    source: str | None = None
    supports: tuple[Fact, ...] = ()
    carried: tuple[Fact, ...] = ()
    fast_track: Fact | None = None
    re_reviews: tuple[Fact, ...] = ()
    publicity: Publicity = field(default_factory=Publicity)
    spread: Spread = field(default_factory=Spread)
    honours: Honours = field(default_factory=Honours)
    person_kinds: tuple[tuple[date, PersonKind | None], ...] = ()
    untitled: tuple[Fact, ...] = ()  # titles that were taken back
    unrecognized: Fact | None = None  # the recognition that was taken back
    recovery: Recovery = field(default_factory=Recovery)
    classification: Fact | None = None
    consent: Fact | None = None
    notice: Fact | None = None  # that the unit was told why it was declined

    @property
    def discovered(self) -> Fact | None:
        """Return the fact that brought the candidate into the register."""
        return next(
            (f for f in self.path if isinstance(f.event, happened.CandidateDiscovered)), None
        )

    @property
    def last_change(self) -> Fact | None:
        """Return the last change of state in force."""
        return self.path[-1] if self.path else None

    def measure_on(self, day: date) -> str | None:
        """Return what criteria go by on a day, for a person may change kind (R4-2)."""
        if self.standing.kind is not CandidateKind.INDIVIDUAL:
            return self.standing.measure
        told = [kind for on, kind in self.person_kinds if on <= day]
        kinds = told[-1:] or [kind for _, kind in self.person_kinds[:1]]
        return kinds[0] if kinds else None

    def entered(self, stage: Stage) -> Fact | None:
        """Return the latest fact by which the candidate came into a stage."""
        for fact in reversed(self.path):
            event = fact.event
            if isinstance(event, happened.StageChange) and event.to is stage:
                return fact
        return self.discovered if stage is Stage.DISCOVER else None


def evolve(was: Candidate, entry: Entry) -> Candidate:
    """Return the candidate after an entry; what has happened is never refused."""
    return changed(was, **changes(was, entry))


def changes(was: Candidate, entry: Entry) -> dict[str, Any]:
    """Return the fields of a candidate that an entry changes, with their new values."""
    event = cast(happened.CandidateEvent, entry.event)
    fact = Fact(event, entry.effective_on, entry.actor, entry.position)
    match event:
        case happened.CriterionAssessed():
            return {"assessments": _latest(was.assessments, fact, event.criterion)}
        case happened.StageAdvanced() | happened.StageReturned():
            return {"standing": stand(was.standing, event), "path": (*was.path, fact)}
        case happened.TitleRecorded():
            return _record(was, "titles", fact, event.year)
        case happened.RatingRecorded():
            return _record(was, "ratings", fact, event.year)
        case happened.CandidateTransferred():
            moved = {"standing": stand(was.standing, event), "path": (*was.path, fact)}
            return moved | _left_behind(was)
        case happened.ExemplarRecognized():
            return {"recognition": fact}
        case happened.CandidateDiscovered():
            standing = stand(was.standing, event)
            found = {"person": event.person, "source": event.source}
            return {"standing": standing, **found, "path": (*was.path, fact)}
        case happened.CandidateDescribed():
            standing = stand(was.standing, event)
            return {
                "standing": standing,
                "name": event.name or was.name,
                "description": event.description,
                "described": fact,
                "person_kinds": (*was.person_kinds, (entry.effective_on, event.person_kind)),
            }
        case happened.PersonKindChanged():
            kinds = (*was.person_kinds, (entry.effective_on, event.person_kind))
            return {"standing": stand(was.standing, event), "person_kinds": kinds}
        case happened.CandidateClassified():
            return {"standing": stand(was.standing, event), "classification": fact}
        case happened.CandidateAttested():
            return {"attested": True}
        case happened.PeerAcclaimRecorded():
            return {"acclaim": fact}
        case happened.CandidateEndorsed():
            return {"endorsement": fact}
        case happened.NurturePlanAdopted():
            return {"plan": fact}
        case happened.ProgressReported():
            return {"reports": (*was.reports, fact)}
        case happened.SummaryReported():
            return {"summary": fact}
        case happened.EvidenceAttached():
            return {"evidence": (*was.evidence, fact)}
        case happened.BlockRecorded():
            return {"blocks": (*was.blocks, fact)}
        case happened.BlockLifted():
            return {"blocks": tuple(f for f in was.blocks if blocking(f) != blocking(fact))}
        case happened.SupportLogged():
            return {"supports": (*was.supports, fact)}
        case happened.CandidateCarriedOver():
            return {"carried": (*was.carried, fact)}
        case happened.FastTrackGranted():
            return {"fast_track": fact}
        case happened.ReReviewRequired():
            return {"re_reviews": (*was.re_reviews, fact)}
        case happened.ReReviewConcluded():
            return {"re_reviews": ()}
        case (
            replication.MethodDescribed()
            | replication.ExemplarPublished()
            | replication.LearningHeld()
            | replication.AdoptionRecorded()
            | replication.AdoptionVerified()
            | replication.NoAdoptionExplained()
        ):
            return {"spread": spread(was.spread, event, entry)}
        case (
            honours.AchievementRecorded()
            | honours.CommendationGranted()
            | honours.IntroducedToProvince()
            | honours.ProvinceAnswered()
        ):
            return {"honours": honoured(was.honours, event, entry)}
        case happened.RecognitionRevoked():
            owed = was.recovery.owing(Owed(None, event.money, event.objects, said(entry)))
            standing = stand(was.standing, event)
            gone = {"recognition": None, "unrecognized": was.recognition, "recovery": owed}
            return {"standing": standing, **gone, "path": (*was.path, fact)}
        case happened.RecognitionRestored():
            standing = stand(was.standing, event)
            back = {"recognition": was.unrecognized, "recovery": was.recovery.freed(None)}
            return {"standing": standing, **back, "unrecognized": None, "path": (*was.path, fact)}
        case revocation.TitleRevoked() | revocation.TitleRestored():
            return {**_retitled(was, event), "recovery": recovered(was.recovery, event, entry)}
        case revocation.RewardReturned():
            return {"recovery": recovered(was.recovery, event, entry)}
        case (
            happened.CandidateSuspended()
            | happened.CandidateResumed()
            | happened.CandidateWithdrawn()
            | happened.CandidateDeclined()
            | happened.CandidacyCompleted()
        ):
            return {"standing": stand(was.standing, event), "path": (*was.path, fact)}
        case CommentPeriodOpened() | CommentReceived() | CommentHandled() | CommentPeriodClosed():
            return {"publicity": publicized(was.publicity, event, fact)}
        case ConsentRecorded():
            return {"consent": fact}
        case UnitNotified():
            return {"notice": fact}
        case EntryVoided() | EffectiveDateCorrected():
            return {}  # already applied: domain.history decides what is in force
        case _:
            assert_never(event)


_BLANK = Candidate()  # to copy it costs a tenth of making it


def fold(entries: Iterable[Entry]) -> Candidate:
    """Return what entries in force, in the order of effect, add up to."""
    candidate = changed(_BLANK)
    for entry in entries:
        vars(candidate).update(changes(candidate, entry))  # nobody else holds it yet
    return candidate


def replay(entries: Iterable[Entry]) -> dict[str, Candidate]:
    """Return what the entries of many candidates add up to, each in the order given."""
    found: dict[str, Candidate] = {}
    for entry in entries:
        candidate = found.get(entry.subject)
        if candidate is None:
            candidate = found[entry.subject] = changed(_BLANK)
        vars(candidate).update(changes(candidate, entry))
    return found


def titles_by_unit(candidate: Candidate) -> Iterator[tuple[str, Fact]]:
    """Yield each title that is held, with the unit that it stays with (A-9)."""
    places = [f for f in candidate.path if hasattr(f.event, "unit")]
    for fact in (*candidate.left_behind, *candidate.titles):
        if isinstance(fact.event, happened.TitleRecorded):
            year, day = fact.event.year, (fact.on, fact.position)
            after = (p for p in places[1:] if p.on.year <= year and (p.on, p.position) < day)
            yield cast(happened.CandidateDiscovered, [places[0], *after][-1].event).unit, fact


def _record(was: Candidate, field: str, fact: Fact, year: int) -> dict[str, Any]:
    """Return a title or rating added; one of a year before a collective moved stays behind."""
    field = "left_behind" if _before_a_move(was, year) else field
    return {field: (*getattr(was, field), fact)}


def _before_a_move(was: Candidate, year: int) -> bool:
    moves = (f for f in was.path if isinstance(f.event, happened.CandidateTransferred))
    return _is_collective(was) and any(year < move.on.year for move in moves)


def _left_behind(was: Candidate) -> dict[str, Any]:
    """Return that titles and ratings of a collective stay with the unit it leaves (A-9)."""
    if not _is_collective(was):
        return {}
    left = (*was.left_behind, *was.titles, *was.ratings)
    return {"titles": (), "ratings": (), "left_behind": left}


def _is_collective(was: Candidate) -> bool:
    return was.standing.kind is CandidateKind.COLLECTIVE


def _retitled(
    was: Candidate, event: revocation.TitleRevoked | revocation.TitleRestored
) -> dict[str, Any]:
    """Return which titles are held, and which were taken back, after one changed sides.

    One that stayed with a former unit is taken from there, and goes back there.
    """
    wanted = (str(event.title), event.year)
    if isinstance(event, revocation.TitleRevoked):
        left = {name: getattr(was, name) for name in ("titles", "left_behind")}
        gone = tuple(f for facts in left.values() for f in facts if titled(f) == wanted)
        kept = {n: tuple(f for f in facts if f not in gone) for n, facts in left.items()}
        return {**kept, "untitled": (*was.untitled, *gone)}
    back = tuple(f for f in was.untitled if titled(f) == wanted)
    moves = [f for f in was.path if isinstance(f.event, happened.CandidateTransferred)]
    held = tuple(f for f in back if any(f.on <= move.on for move in moves))
    stayed = back if _before_a_move(was, event.year) else held if _is_collective(was) else ()
    return {
        "titles": (*was.titles, *(f for f in back if f not in stayed)),
        "left_behind": (*was.left_behind, *stayed),
        "untitled": tuple(f for f in was.untitled if f not in back),
    }


def titled(fact: Fact) -> tuple[str, int] | None:
    """Return the title a fact recorded, and for which year; a rating is none."""
    event = fact.event
    told = isinstance(event, happened.TitleRecorded)
    return (str(event.title), event.year) if told else None  # type: ignore[union-attr]


def _latest(facts: tuple[Fact, ...], new: Fact, criterion: str) -> tuple[Fact, ...]:
    kept = (f for f in facts if cast(happened.CriterionAssessed, f.event).criterion != criterion)
    return (*kept, new)


def blocking(fact: Fact) -> tuple[BlockGround, str | None]:
    """Return on what ground something was blocked or freed, and the complaint it came of."""
    event = cast("happened.BlockRecorded | happened.BlockLifted", fact.event)
    return event.ground, event.complaint
