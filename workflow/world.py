"""The world: every other subject a decision may look at, and which of them it did look at."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol

from domain.entry import Entry
from domain.history import as_of
from domain.office import Office, held_by
from domain.subjects import KINDS, Reading, Told, kind_of, untold
from domain.values import CandidateKind

LARGE: Final = ("candidate", "person")  # read one by one; all of the other kinds are kept
PAST: Final = 200  # moments whose answers are kept until something is recorded
Past = tuple[str, date | None, int | None]  # a kind, in force on a day, as known at a position
KEPT: Final = tuple(kind for kind in KINDS if kind not in LARGE)


class World(Protocol):
    """All other subjects, as known when the case was read."""

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return every subject of a kind (none of the large ones), by id."""

    def told(self, subject: str) -> Sequence[Entry]:
        """Return a subject's entries in the order recorded."""

    def told_of(self, subjects: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """Return the entries of several candidates or people, in one question."""

    def candidates(self, unit: str, kind: CandidateKind) -> Iterable[str]:
        """Return the candidates of a kind that a unit has."""

    def acclaimed(self, unit: str, kind: CandidateKind, year: int, on: date) -> Mapping[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""

    def candidacies(self, person: str) -> Iterable[str]:
        """Return the candidates that a person is or was."""


def confirmed(world: World) -> frozenset[str]:
    """Return the drafts of rule sets that were confirmed."""
    return frozenset(c.name for c in world.all("rule-set").values() if c.name)


class Store(Protocol):
    """What the world needs of a store."""

    def entries(self, subject: str) -> list[Entry]:
        """Return a subject's entries in the order recorded."""

    def entries_of(self, subjects: Sequence[str]) -> dict[str, list[Entry]]:
        """Return the entries of several subjects, in one question."""

    def candidates(self, unit: str, kind: CandidateKind) -> Iterable[str]:
        """Return the candidates of a kind that a unit has."""

    def acclaimed(
        self, unit: str, kind: CandidateKind, year: int, on: date, known: int | None = None
    ) -> Mapping[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""

    def candidacies(self, person: str) -> Iterable[str]:
        """Return the candidates that a person is or was."""


class Kept(NamedTuple):
    """Everything of the kept kinds as far as a position: passed on between commands."""

    size: int = 0
    told: Mapping[str, Told] = MappingProxyType({})
    states: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    past: dict[Past, dict[str, Any]] | None = None  # of other moments, as asked for before

    def after(self, size: int, news: Sequence[Entry]) -> Kept:
        """Return it with newer entries added."""
        if not news:
            return self._replace(size=size)
        told = dict(self.told)
        for entry in news:
            before = told.get(entry.subject) or untold(kind_of(entry.subject))
            told[entry.subject] = before.after(entry)
        states = dict(self.states)
        for kind in {kind_of(entry.subject) for entry in news}:
            fresh = {e.subject: told[e.subject].state for e in news if kind_of(e.subject) == kind}
            states[kind] = MappingProxyType({**states.get(kind, {}), **fresh})
        return Kept(size, told, states, {})

    def entries(self, subject: str) -> tuple[Entry, ...]:
        """Return the entries of a kept subject."""
        told = self.told.get(subject)
        return told.entries if told else ()

    def all_as_of(self, kind: str, on: date | None, known: int | None) -> dict[str, Any]:
        """Return every subject of a kind as in force on a day, as known below a position."""
        past = {} if self.past is None else self.past
        if (found := past.get((kind, on, known))) is None:
            prefix, fold = f"{kind}:", KINDS[kind].fold
            found = {
                subject: fold(as_of(told.entries, on, known))
                for subject, told in self.told.items()
                if subject.startswith(prefix)
            }
            if len(past) >= PAST:
                past.clear()
            past[kind, on, known] = found
        return found


class Watched(Mapping[str, Any]):
    """All subjects of a kind; what is read of it is noted."""

    def __init__(self, kind: str, states: Mapping[str, Any], looked_at: set[str]) -> None:
        self._kind, self._states, self._looked_at = f"{kind}:", states, looked_at

    def __getitem__(self, subject: str) -> Any:
        self._looked_at.add(subject)
        return self._states[subject]

    def __iter__(self) -> Iterator[str]:
        self._looked_at.add(self._kind)
        return iter(self._states)

    def __len__(self) -> int:
        self._looked_at.add(self._kind)
        return len(self._states)

    def items(self) -> ItemsView[str, Any]:
        """Return ids and states."""
        self._looked_at.add(self._kind)
        return self._states.items()

    def values(self) -> ValuesView[Any]:
        """Return the states."""
        self._looked_at.add(self._kind)
        return self._states.values()


class Seen:
    """The world as one case sees it, now or as of a day and a position."""

    def __init__(
        self,
        kept: Kept,
        store: Store,
        on: date | None = None,
        known: int | None = None,
        looked_at: set[str] | None = None,
    ) -> None:
        """Look at what is kept, and at the store for the rest."""
        self.kept, self._store, self._on, self._known = kept, store, on, known
        self._past = on is not None or known is not None
        self._folded: dict[str, Mapping[str, Any]] = {}
        self.looked_at: set[str] = set() if looked_at is None else looked_at

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return every subject of a kind, by id."""
        if kind not in self._folded:
            now = self.kept.states.get(kind, {})
            past = self.kept.all_as_of(kind, self._on, self._known) if self._past else now
            self._folded[kind] = Watched(kind, past, self.looked_at)
        return self._folded[kind]

    def told(self, subject: str) -> Sequence[Entry]:
        """Return a subject's entries in the order recorded."""
        self.looked_at.add(subject)
        kept = kind_of(subject) not in LARGE
        entries = self.kept.entries(subject) if kept else self._store.entries(subject)
        known = self._known
        return entries if known is None else [e for e in entries if e.position < known]

    def told_of(self, subjects: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
        """Return the entries of several candidates or people, in one question."""
        self.looked_at.update(subjects)
        found, known = self._store.entries_of(subjects), self._known
        if known is None:
            return found
        return {
            subject: [e for e in entries if e.position < known]
            for subject, entries in found.items()
        }

    def candidates(self, unit: str, kind: CandidateKind) -> Iterable[str]:
        """Return the candidates of a kind that a unit has."""
        self.looked_at.add("candidate:")
        return self._store.candidates(unit, kind)

    def acclaimed(self, unit: str, kind: CandidateKind, year: int, on: date) -> Mapping[str, bool]:
        """Return who of a kind may be recognized on a day, and be rated for a year."""
        self.looked_at.add("candidate:")
        return self._store.acclaimed(unit, kind, year, on, self._known)

    def candidacies(self, person: str) -> Iterable[str]:
        """Return the candidates that a person is or was."""
        self.looked_at.add("candidate:")
        return self._store.candidacies(person)

    def offices_of(self, person: str, day: date) -> dict[str, Office]:
        """Return the offices a person holds on a day; only these are relied on."""
        held = held_by(self.kept.states.get("office", {}), person, day)
        self.looked_at.update(held)
        return held

    @property
    def unfounded(self) -> bool:
        """Return whether nobody was ever given an office."""
        return not self.kept.states.get("office")

    def reading(self) -> Reading:
        """Return what was looked at so far."""
        return Reading(self.kept.size, frozenset(self.looked_at))
