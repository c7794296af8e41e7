"""Honours: what an exemplar achieved, and which achievement was commended how (R6-2, R7-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.entry import Entry, Said, said
from domain.values import Sealed, changed


class CommendationForm(StrEnum):
    """The forms of commendation there are (Law 06/2022, articles 8 and 74)."""

    LETTER_OF_MERIT = "letter-of-merit"
    CERTIFICATE_OF_MERIT = "certificate-of-merit"
    COMMEMORATIVE_MEDAL = "commemorative-medal"
    ORDER_OR_MEDAL = "order-or-medal"
    LETTER = "commending-letter"


class CommendationLevel(StrEnum):
    """Who commends."""

    DEPARTMENT = "department-commends"
    PROVINCE = "province-commends"
    MINISTRY = "ministry-commends"
    STATE = "state-commends"


@dataclass(frozen=True, slots=True)
class AchievementRecorded:
    """An exemplar achieved something in a stretch of time; `number` counts from 1."""

    begins: date
    ends: date
    content: Sealed
    number: int


@dataclass(frozen=True, slots=True)
class CommendationGranted:
    """One achievement was commended, as a decision of the effective day says."""

    achievement: int
    form: CommendationForm
    level: CommendationLevel
    decision: str


@dataclass(frozen=True, slots=True)
class IntroducedToProvince:
    """The exemplar stands in a list that was sent to the province (R7-3)."""

    document: str


@dataclass(frozen=True, slots=True)
class ProvinceAnswered:
    """What the province returned on a list that it was sent."""

    document: str
    accepted: bool
    answer: str


HonourEvent = AchievementRecorded | CommendationGranted | IntroducedToProvince | ProvinceAnswered


@dataclass(frozen=True)
class Commendation:
    """How an achievement was commended."""

    form: CommendationForm
    level: CommendationLevel
    decision: str
    granted: Said


@dataclass(frozen=True)
class Achievement:
    """Something achieved in a stretch of time."""

    number: int
    begins: date
    ends: date
    content: Sealed
    recorded: Said
    commendation: Commendation | None = None

    def meets(self, begins: date, ends: date) -> bool:
        """Return whether it shares a day with another stretch of time."""
        return self.begins <= ends and begins <= self.ends


@dataclass(frozen=True)
class Introduction:
    """A list that was sent to the province, and what came back."""

    document: str
    sent: Said
    accepted: bool | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Honours:
    """What an exemplar achieved, how it was commended, and where it was introduced."""

    achievements: tuple[Achievement, ...] = ()
    introductions: tuple[Introduction, ...] = ()

    def achievement(self, number: int) -> Achievement | None:
        """Return an achievement by its number."""
        return next((found for found in self.achievements if found.number == number), None)

    def introduction(self, document: str) -> Introduction | None:
        """Return an introduction by the symbol of its list."""
        return next((i for i in self.introductions if i.document == document), None)


def honoured(was: Honours, event: HonourEvent, entry: Entry) -> Honours:
    """Return the honours after an entry."""
    made = said(entry)
    match event:
        case AchievementRecorded(begins, ends, content, number):
            one = Achievement(number, begins, ends, content, made)
            return changed(was, achievements=(*was.achievements, one))
        case CommendationGranted():
            return _commended(was, event, made)
        case IntroducedToProvince(document):
            sent = Introduction(document, made)
            return changed(was, introductions=(*was.introductions, sent))
        case ProvinceAnswered(document, accepted, answer):
            return _answered(was, document, accepted=accepted, answer=answer)
        case _:
            assert_never(event)


def _commended(was: Honours, event: CommendationGranted, made: Said) -> Honours:
    how = Commendation(event.form, event.level, event.decision, made)
    achievements = (
        changed(one, commendation=how) if one.number == event.achievement else one
        for one in was.achievements
    )
    return changed(was, achievements=tuple(achievements))


def _answered(was: Honours, document: str, *, accepted: bool, answer: str) -> Honours:
    introductions = (
        changed(one, accepted=accepted, answer=answer) if one.document == document else one
        for one in was.introductions
    )
    return changed(was, introductions=tuple(introductions))
