"""What was known at a position: every subject as the entries below it told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.candidate import Candidate
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.office import Office
from domain.subjects import KINDS, Kind, kind_of
from domain.unit import Unit


@dataclass(slots=True)
class Told:
    """One subject: its entries so far, and what those in force add up to."""

    kind: Kind
    state: Any
    entries: list[Entry] = field(default_factory=list)
    latest: date = date.min
    amended: bool = False

    def tell(self, entry: Entry) -> None:
        """Add an entry. What takes effect last only adds; anything else is folded anew."""
        self.entries.append(entry)
        self.amended = self.amended or is_correction(entry)
        if self.amended or entry.effective_on < self.latest:
            believed = as_of(self.entries)
            self.state = self.kind.fold(believed)
            self.latest = believed[-1].effective_on if believed else date.min
        else:
            self.state = self.kind.evolve(self.state, entry)
            self.latest = entry.effective_on


class Known:
    """All subjects as far as the log has been told."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.size = 0
        self.versions: dict[str, int] = {}
        self.subjects: dict[str, Told] = {}
        self.units: dict[str, Unit] = {}
        self.offices: dict[str, Office] = {}
        self._given: dict[str | None, dict[str, None]] = {}
        self._held: dict[tuple[str, date], Mapping[str, Office]] = {}
        self._same: dict[Any, Any] = {}

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries so far."""
        told = self.subjects.get(subject)
        return told.entries if told else []

    def candidate(self, subject: str) -> Candidate:
        """Return a candidate as known so far."""
        told = self.subjects.get(subject)
        return told.state if told and isinstance(told.state, Candidate) else Candidate()

    def held_by(self, actor: str, day: date) -> Mapping[str, Office]:
        """Return the offices a person holds on a day."""
        held = self._held.get((actor, day))
        if held is None:
            given = ((id, self.offices[id]) for id in self._given.get(actor, ()))
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
        kind = KINDS.get(kind_of(entry.subject))
        if kind is None or type(entry.event) not in kind.events:
            return
        told = self.subjects.get(entry.subject)
        if told is None:
            told = self.subjects[entry.subject] = Told(kind, kind.blank)
        told.tell(self._slim(entry))
        if isinstance(told.state, Unit):
            self.units[entry.subject] = told.state
        elif isinstance(told.state, Office):
            self.offices[entry.subject] = told.state
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
