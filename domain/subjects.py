"""The kinds of subjects: what can be told of each, and how that adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from domain import (
    calendar,
    candidate,
    council,
    legal_text,
    movement,
    obligation,
    office,
    person,
    programme,
    quota,
    round,
    rule_set,
    session,
    unit,
)
from domain.candidate_events import CandidateEvent
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.session_events import SessionEvent


class Kind(NamedTuple):
    """How subjects of a kind add up."""

    blank: Any
    evolve: Callable[[Any, Entry], Any]
    fold: Callable[[Iterable[Entry]], Any]
    events: frozenset[type]


KINDS: Final = {
    "candidate": Kind(
        candidate.Candidate(),
        candidate.evolve,
        candidate.fold,
        frozenset(CandidateEvent.__args__),
    ),
    "unit": Kind(unit.Unit(), unit.evolve, unit.fold, frozenset(unit.UnitEvent.__args__)),
    "office": Kind(
        office.Office(), office.evolve, office.fold, frozenset(office.OfficeEvent.__args__)
    ),
    "person": Kind(
        person.Person(), person.evolve, person.fold, frozenset(person.PersonEvent.__args__)
    ),
    "programme": Kind(
        programme.Programme(),
        programme.evolve,
        programme.fold,
        frozenset(programme.ProgrammeEvent.__args__),
    ),
    "obligation": Kind(
        obligation.Obligation(),
        obligation.evolve,
        obligation.fold,
        frozenset(obligation.ObligationEvent.__args__),
    ),
    "movement": Kind(
        movement.Movement(),
        movement.evolve,
        movement.fold,
        frozenset(movement.MovementEvent.__args__),
    ),
    "round": Kind(round.Round(), round.evolve, round.fold, frozenset(round.RoundEvent.__args__)),
    "rule-set": Kind(
        rule_set.Confirmation(),
        rule_set.evolve,
        rule_set.fold,
        frozenset(rule_set.RuleSetEvent.__args__),
    ),
    "quota": Kind(quota.Quota(), quota.evolve, quota.fold, frozenset(quota.QuotaEvent.__args__)),
    "text": Kind(
        legal_text.LegalText(),
        legal_text.evolve,
        legal_text.fold,
        frozenset(legal_text.TextEvent.__args__),
    ),
    "calendar": Kind(
        calendar.Calendar(),
        calendar.evolve,
        calendar.fold,
        frozenset(calendar.CalendarEvent.__args__),
    ),
    "council": Kind(
        council.Council(), council.evolve, council.fold, frozenset(council.CouncilEvent.__args__)
    ),
    "session": Kind(
        session.Session(), session.evolve, session.fold, frozenset(SessionEvent.__args__)
    ),
}


class Told(NamedTuple):
    """One subject: its entries so far, and what those in force add up to."""

    kind: Kind
    state: Any
    entries: tuple[Entry, ...] = ()
    latest: date = date.min
    amended: bool = False

    def after(self, entry: Entry) -> Told:
        """Return it with one entry more. What takes effect last only adds; else it is folded."""
        entries = (*self.entries, entry)
        amended = self.amended or is_correction(entry)
        if not amended and entry.effective_on >= self.latest:
            state = self.kind.evolve(self.state, entry)
            return Told(self.kind, state, entries, entry.effective_on)
        believed = as_of(entries)
        latest = believed[-1].effective_on if believed else date.min
        return Told(self.kind, self.kind.fold(believed), entries, latest, amended)


class Reading(NamedTuple):
    """What a decision looked at, and how long the log was then.

    `looked_at` holds subjects, and kinds with a colon (`unit:`) where all of a kind were read.
    """

    size: int
    looked_at: frozenset[str]

    def outdated_by(self, subject: str) -> bool:
        """Return whether news of a subject may change the decision."""
        return subject in self.looked_at or f"{kind_of(subject)}:" in self.looked_at


def untold(kind: str) -> Told:
    """Return a subject of a kind of which nothing is told yet."""
    return Told(KINDS[kind], KINDS[kind].blank)


def kind_of(subject: str) -> str:
    """Return the kind in a subject's id: `unit` in `unit:9f86d081884c7d65`."""
    return subject.partition(":")[0]


def state_of(subject: str, entries: Iterable[Entry], on: date | None = None) -> Any:
    """Return what a subject's entries in force on a day add up to."""
    return KINDS[kind_of(subject)].fold(as_of(entries, on))
