"""Openness: what anybody may be told, decided here and nowhere else (domain facts 4.2, 4.3).

Named are recognised exemplars, and whoever an office made public for comment, while that lasts.
Of them only what `Known` has fields for. Nothing that rests on a state secret is ever named.
Everybody else is a number, and never a number below `LEAST`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, cast, get_args

from domain.candidate import Candidate
from domain.candidate_events import (
    CandidacyCompleted,
    CandidateDiscovered,
    ExemplarRecognized,
    FastTrackGranted,
    StageAdvanced,
    StageReturned,
    StandingEvent,
)
from domain.corrections import Correction
from domain.events import Event
from domain.person import Person
from domain.replication import ExemplarPublished, MethodDescribed
from domain.values import CandidateKind, FastTrackGround, Outcome, Sealed
from workflow.small_cells import LEAST as LEAST
from workflow.small_cells import Table, untold

SHORT: Final = 400  # characters of an achievement
METHOD: Final = ("problem", "action", "conditions", "costs", "outcome", "how_to")
# What happened to an exemplar and may be told, with its day; the public log tells the same kinds.
EVENTS: Final[tuple[type[Event], ...]] = (
    CandidateDiscovered,
    StageAdvanced,
    StageReturned,
    ExemplarRecognized,
    CandidacyCompleted,
)
# What `Known` is made of, and who may be named: all else of a candidate changes neither.
TELLING: Final[tuple[type[Event], ...]] = (
    *get_args(StandingEvent),
    ExemplarRecognized,
    FastTrackGranted,
    MethodDescribed,
    ExemplarPublished,
    *get_args(Correction),
)
# An identity card or a telephone: nine figures and more in a row. Not so 1.234.567.890 đồng.
FIGURES: Final = re.compile(r"(?<![\d.,])\+?\d(?:[ .\-()]{0,2}\d){8,}(?!\d)")
GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*")


class Publication(NamedTuple):
    """An exemplar was made known: where, in which document or issue, when, by which entry."""

    channel: str
    document: str
    on: date
    entry: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that anybody may know of an exemplar: position and unit are those of the time."""

    subject: str
    kind: CandidateKind
    name: str
    unit: str
    position: str = ""
    field: str = ""
    achievement: str = ""
    decision: str = ""
    recognized_on: date | None = None
    entry: int = -1  # the position of the recognition in the log
    method: Sealed | None = None
    published: tuple[Publication, ...] = ()


def is_exemplar(candidate: Candidate) -> bool:
    """Return whether a candidate is recognised, has not asked to be left out, and may be named."""
    standing = candidate.standing.outcome in (None, Outcome.COMPLETED)
    return candidate.recognition is not None and standing and not is_secret(candidate)


def is_commented(candidate: Candidate, today: date) -> bool:
    """Return whether anybody may comment on a candidate today, and so may know who it is."""
    until = candidate.publicity.until
    running = candidate.publicity.open and until is not None and today <= until
    return running and candidate.standing.outcome is None and not is_secret(candidate)


def is_secret(candidate: Candidate) -> bool:
    """Return whether the achievement is a state secret; nothing of it is here but its ground."""
    granted = candidate.fast_track
    secret = FastTrackGround.STATE_SECRET
    return granted is not None and cast(FastTrackGranted, granted.event).ground is secret


def name_of(candidate: Candidate, person: Person | None) -> Sealed | None:
    """Return where the name is kept, if it may be told: not of whose data are restricted."""
    if person is None:
        return candidate.name
    return None if person.restricted else person.description


def known(
    subject: str,
    candidate: Candidate,
    who: Mapping[str, Any],
    what: Mapping[str, Any],
    unit: str,
) -> Known | None:
    """Return what anybody may know of whoever may be named; None if the name was erased.

    `what` are the words of the time of recognition, or of today before there is one.
    """
    name, told = str(who.get("name", "")), candidate.recognition
    if not name or candidate.standing.kind is None:
        return None
    recognition = cast(ExemplarRecognized, told.event) if told else None
    return Known(
        subject,
        candidate.standing.kind,
        masked(name),
        unit,
        masked(what.get("position", "")),
        masked(what.get("field", "")),
        short(masked(what.get("achievement", ""))),
        (recognition.decision or "") if recognition else "",
        told.on if told else None,
        told.position if told else -1,
        candidate.spread.method if told else None,
        tuple(
            Publication(str(channel), masked(document), by.on, by.position)
            for channel, document, by in (candidate.spread.published if told else ())
        ),
    )


def method(words: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts of a method that may be copied, in their order."""
    return {key: masked(words[key]) for key in METHOD if words.get(key)}


def masked(text: object) -> str:
    """Return text without what looks like the number of a card or a telephone."""
    return FIGURES.sub(
        lambda found: found[0] if GROUPED.fullmatch(found[0]) else "…", str(text or "")
    )


def short(text: str, most: int = SHORT) -> str:
    """Return the beginning of a text, up to a blank."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]}…"


def merged(cells: Mapping[str, int], rest: str = "rest", least: int = LEAST) -> dict[str, int]:
    """Return counts in which nobody can be told apart: small cells, once summed, become one.

    If that is still small, the next smallest joins it, for it could be found by subtraction. What
    is small altogether is left out: then nothing but `rest: 0` could be said.
    """
    (left,) = untold([Table(("of",), {(name,): count for name, count in cells.items()})], least)
    kept = {name: count for name, count in cells.items() if count and (name,) not in left}
    total = sum(cells[str(name)] for (name,) in left)
    return {**kept, rest: total} if total >= least else kept
