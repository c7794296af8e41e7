"""What was known at a position: every subject as the entries below it told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.candidate import Candidate
from domain.entry import Entry
from domain.office import Office
from domain.subjects import KINDS, Told, kind_of, untold
from domain.values import CandidateKind
from workflow.world import LARGE


class Known:
    """All subjects as far as the log has been told: the world of every case of that day."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.size = 0
        self.versions: dict[str, int] = {}
        self.subjects: dict[str, Told] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._of_unit: dict[str | None, dict[str, None]] = {}
        self._of_person: dict[str | None, dict[str, None]] = {}
        self._given: dict[str | None, dict[str, None]] = {}
        self._held: dict[tuple[str, date], Mapping[str, Office]] = {}
        self._same: dict[Any, Any] = {}

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return every subject of a kind, by id."""
        return self._states.get(kind, {})

    def told(self, subject: str) -> tuple[Entry, ...]:
        """Return a subject's entries so far."""
        told = self.subjects.get(subject)
        return told.entries if told else ()

    entries = told

    def candidates(self, unit: str, kind: CandidateKind) -> list[str]:
        """Return the candidates of a kind that a unit has."""
        standings = ((id, self.candidate(id).standing) for id in self._of_unit.get(unit, ()))
        return [id for id, s in standings if (s.unit, s.kind) == (unit, kind)]

    def told_of(self, subjects: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
        """Return the entries of several subjects so far."""
        return {subject: self.told(subject) for subject in subjects}

    def acclaimed(self, unit: str, kind: CandidateKind, year: int, on: date) -> dict[str, bool]:
        """Return who of a kind may be recognized; each may be rated for a year."""
        return dict.fromkeys(self.candidates(unit, kind), True)

    def candidacies(self, person: str) -> list[str]:
        """Return the candidates that a person is or was."""
        return [
            id for id in self._of_person.get(person, ()) if self.candidate(id).person == person
        ]

    def state(self, subject: str) -> Any:
        """Return what a subject's entries so far add up to, or None."""
        told = self.subjects.get(subject)
        return told.state if told else None

    def candidate(self, subject: str) -> Candidate:
        """Return a candidate as known so far."""
        told = self.subjects.get(subject)
        return told.state if told and isinstance(told.state, Candidate) else Candidate()

    def held_by(self, actor: str, day: date) -> Mapping[str, Office]:
        """Return the offices a person holds on a day."""
        held = self._held.get((actor, day))
        if held is None:
            offices = self.all("office")
            given = ((id, offices[id]) for id in self._given.get(actor, ()))
            held = {id: o for id, o in given if o.person == actor and o.held_on(day)}
            self._held[actor, day] = held
        return held

    def received_under(self, subject: str) -> str | None:
        """Return the rule set a candidate was received under, if it counts as received."""
        found = self.candidate(subject).discovered
        if found is None:
            return None
        return next(e.rule_set for e in self.entries(subject) if e.position == found.position)

    def tell(self, entry: Entry) -> None:
        """Add an entry; one that says what its subject cannot say changes nothing."""
        self.size += 1
        self.versions[entry.subject] = entry.version
        name = kind_of(entry.subject)
        kind = KINDS.get(name)
        if kind is None or type(entry.event) not in kind.events:
            return
        told = (self.subjects.get(entry.subject) or untold(name)).after(self._slim(entry))
        self.subjects[entry.subject] = told
        if name not in LARGE:
            self._states.setdefault(name, {})[entry.subject] = told.state
        if isinstance(told.state, Candidate):
            self._of_unit.setdefault(told.state.standing.unit, {})[entry.subject] = None
            self._of_person.setdefault(told.state.person, {})[entry.subject] = None
        elif isinstance(told.state, Office):
            self._given.setdefault(told.state.person, {})[entry.subject] = None
            self._held.clear()

    def _slim(self, entry: Entry) -> Entry:
        """Return an entry to keep: its texts shared with others, for a log may be long."""
        same = self._same.setdefault
        return entry._replace(
            subject=same(entry.subject, entry.subject),
            actor=same(entry.actor, entry.actor),
            acting_as=same(entry.acting_as, entry.acting_as),
            rule_set=same(entry.rule_set, entry.rule_set),
            command_id="",
        )
