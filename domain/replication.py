"""Replication: how others can copy an exemplar, who learnt of it, who does (R1-6, R1-10)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from domain.entry import Entry, Said, said
from domain.values import Sealed, changed


class Channel(StrEnum):
    """Where an exemplar is made known (plan II.5)."""

    BULLETIN = "bulletin"
    WEBSITE = "website"
    PRESS = "press"
    BROADCAST = "broadcast"
    CONFERENCE = "conference-talk"
    OTHER = "other-channel"


class AdopterKind(StrEnum):
    """Who takes over what an exemplar does (R1-10)."""

    UNIT = "adopting-unit"
    HOUSEHOLD = "household"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class MethodDescribed:
    """How to copy it was written down: problem, action, conditions, cost, result (R1-6)."""

    method: Sealed


@dataclass(frozen=True, slots=True)
class ExemplarPublished:
    """The exemplar was made known on the effective day, as a document or an issue shows."""

    channel: Channel
    document: str


@dataclass(frozen=True, slots=True)
class LearningHeld:
    """Others came to learn on the effective day; `content` says who and with what result."""

    content: Sealed
    unit: str | None = None
    attendees: int | None = None


@dataclass(frozen=True, slots=True)
class AdoptionRecorded:
    """Somebody does likewise: a unit by its id, a household or a commune by its sealed name.

    `number` counts the adoptions of the exemplar from 1, those voided since among them.
    """

    adopter: AdopterKind
    content: Sealed
    number: int
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AdoptionVerified:
    """A second person saw to it that an adoption is real; `adoption` is its number."""

    adoption: int
    document: str


@dataclass(frozen=True, slots=True)
class NoAdoptionExplained:
    """Nobody does likewise, for a reason."""

    reason: Sealed


ReplicationEvent = (
    MethodDescribed
    | ExemplarPublished
    | LearningHeld
    | AdoptionRecorded
    | AdoptionVerified
    | NoAdoptionExplained
)


@dataclass(frozen=True)
class Adoption:
    """One adoption; `document` shows that it is real."""

    number: int
    adopter: AdopterKind
    unit: str | None
    content: Sealed
    recorded: Said
    verified: Said | None = None
    document: str | None = None


@dataclass(frozen=True)
class Learning:
    """One occasion on which others learnt."""

    content: Sealed
    unit: str | None
    attendees: int | None
    held: Said


@dataclass(frozen=True)
class Spread:
    """How far an exemplar has spread."""

    method: Sealed | None = None
    described: Said | None = None
    published: tuple[tuple[Channel, str, Said], ...] = ()
    learnings: tuple[Learning, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    explained: Said | None = None

    def adoption(self, number: int) -> Adoption | None:
        """Return an adoption by its number."""
        return next((found for found in self.adoptions if found.number == number), None)

    @property
    def verified(self) -> tuple[Adoption, ...]:
        """Return the adoptions that a second person saw to."""
        return tuple(found for found in self.adoptions if found.verified)

    def by_year(self) -> dict[int, int]:
        """Return how many verified adoptions there were in each year they took effect (R1-10)."""
        return dict(sorted(Counter(found.recorded.on.year for found in self.verified).items()))


def spread(was: Spread, event: ReplicationEvent, entry: Entry) -> Spread:
    """Return the spread after an entry."""
    made = said(entry)
    match event:
        case MethodDescribed(method):
            return changed(was, method=method, described=made)
        case ExemplarPublished(channel, document):
            return changed(was, published=(*was.published, (channel, document, made)))
        case LearningHeld(content, unit, attendees):
            learnt = Learning(content, unit, attendees, made)
            return changed(was, learnings=(*was.learnings, learnt))
        case AdoptionRecorded(adopter, content, number, unit):
            adoption = Adoption(number, adopter, unit, content, made)
            return changed(was, adoptions=(*was.adoptions, adoption))
        case AdoptionVerified(number, document):
            return _verified(was, number, document, made)
        case NoAdoptionExplained():
            return changed(was, explained=made)
        case _:
            assert_never(event)


def _verified(was: Spread, number: int, document: str, made: Said) -> Spread:
    adoptions = (
        changed(found, verified=made, document=document) if found.number == number else found
        for found in was.adoptions
    )
    return changed(was, adoptions=tuple(adoptions))
