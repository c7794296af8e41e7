"""The kinds of subjects: what can be told of each, and how that adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from domain import (
    calendar,
    candidate,
    complaint,
    council,
    legal_text,
    movement,
    obligation,
    office,
    person,
    place,
    programme,
    quota,
    report,
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


def _kind(module: Any, blank: Any, events: Any) -> Kind:
    return Kind(blank, module.evolve, module.fold, frozenset(events.__args__))


KINDS: Final = {
    "candidate": _kind(candidate, candidate.Candidate(), CandidateEvent),
    "unit": _kind(unit, unit.Unit(), unit.UnitEvent),
    "office": _kind(office, office.Office(), office.OfficeEvent),
    "person": _kind(person, person.Person(), person.PersonEvent),
    "programme": _kind(programme, programme.Programme(), programme.ProgrammeEvent),
    "obligation": _kind(obligation, obligation.Obligation(), obligation.ObligationEvent),
    "movement": _kind(movement, movement.Movement(), movement.MovementEvent),
    "round": _kind(round, round.Round(), round.RoundEvent),
    "rule-set": _kind(rule_set, rule_set.Confirmation(), rule_set.RuleSetEvent),
    "quota": _kind(quota, quota.Quota(), quota.QuotaEvent),
    "text": _kind(legal_text, legal_text.LegalText(), legal_text.TextEvent),
    "calendar": _kind(calendar, calendar.Calendar(), calendar.CalendarEvent),
    "complaint": _kind(complaint, complaint.Complaint(), complaint.ComplaintEvent),
    "council": _kind(council, council.Council(), council.CouncilEvent),
    "session": _kind(session, session.Session(), SessionEvent),
    "place": _kind(place, place.Place(), place.PlaceEvent),
    "report": _kind(report, report.Report(), report.ReportEvent),
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
