"""Exemplars as the public sees them: gathered once, then kept in step with the log."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import starmap
from operator import attrgetter
from threading import Lock
from typing import Final, NamedTuple

from domain import person
from domain import unit as units
from domain.candidate import Candidate, fold
from domain.entry import Entry
from domain.history import as_of
from domain.subjects import kind_of
from domain.values import CandidateKind
from domain.vietnamese import name_order, order, plain
from events_store import cards, exemplars
from web.moment import Moment
from web.parts import Parts
from workflow.openness import TELLING, Known, is_exemplar, known, name_of

CHUNK: Final = 500  # candidates whose entries are read at once


class Kept(NamedTuple):
    """An exemplar with its place in the order of names, its words, and its unit by id."""

    known: Known
    order: tuple[str, str]
    words: str
    unit: str | None


Named = Callable[[str, date | None], str]  # what a unit is called on a day


@dataclass
class Exemplars:
    """The exemplars of a register, sorted by name; built when first asked for."""

    size: int = 0
    sorted: tuple[Kept, ...] = ()
    last: date = date.min  # on which somebody was recognised
    _ever: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def of(self, parts: Parts, when: Moment | None = None, text: str = "") -> list[Known]:
        """Return those there are now who were recognised by a moment, and whose words hold a text.

        Who is an exemplar no more is not named for a day that is past either.
        """
        size, wanted = parts.ledger.size(), plain(text)
        with self._lock:
            if size > self.size:
                self._follow(parts, size)
            found, last = self.sorted, self.last
        if when and when.known is None and when.on >= last:
            when = None  # everybody was recognised by then
        return [
            one.known
            for one in found
            if wanted in one.words and (not when or _by(one.known, when))
        ]

    def _follow(self, parts: Parts, size: int) -> None:
        db, begun = parts.ledger.db, self.size > 0
        self._ever |= exemplars.recognized(db, self.size)
        news = exemplars.touched(db, self.size, size) if begun else set()
        touched = self._ever & _candidates(parts, news) if begun else self._ever
        if touched or "unit" in map(kind_of, news):
            self._gather(parts, news, touched)
        self.size = size

    def _gather(self, parts: Parts, news: Container[str], touched: set[str]) -> None:
        called = calling(parts)
        # A unit may be called otherwise on a day that is past.
        left = (_renamed(one, news, called) for one in self.sorted)
        found = [one for one in left if one.known.subject not in touched]
        found += gathered(parts, sorted(touched), called)
        days = (one.known.recognized_on or date.min for one in found)
        self.last = max(days, default=date.min)
        self.sorted = tuple(sorted(found, key=attrgetter("order")))


def _renamed(one: Kept, news: Container[str], called: Named) -> Kept:
    """Return an exemplar with its unit as it is called by now, if there is news of the unit."""
    if one.unit not in news:
        return one
    name = called(one.unit or "", one.known.recognized_on)
    return _kept(replace(one.known, unit=name), one.unit)


def _candidates(parts: Parts, news: Iterable[str]) -> set[str]:
    """Return the candidates that news is about, by themselves or by their person."""
    db, found = parts.ledger.db, set(news)
    people = (subject for subject in found if kind_of(subject) == "person")
    return found.union(*(cards.candidacies(db, who) for who in people))


def gathered(parts: Parts, subjects: Sequence[str], called: Named) -> Iterator[Kept]:
    """Yield the exemplars among candidates; some are read at a time, and only what tells."""
    for at in range(0, len(subjects), CHUNK):
        told = parts.ledger.entries_of_kinds(subjects[at : at + CHUNK], TELLING)
        yield from starmap(_kept, _described(parts, _named(told), told, called))


def among(parts: Parts, told: dict[str, list[Entry]]) -> Iterator[Known]:
    """Yield what anybody may know of the exemplars among candidates, by all their entries."""
    yield from described(parts, _named(told), told)


def _named(told: dict[str, list[Entry]]) -> dict[str, Candidate]:
    folded = {id: fold(as_of(entries)) for id, entries in told.items()}
    return {id: one for id, one in folded.items() if is_exemplar(one)}


def described(
    parts: Parts, candidates: dict[str, Candidate], told: dict[str, list[Entry]]
) -> Iterator[Known]:
    """Yield what anybody may know of these candidates, whoever may be named."""
    for one, _unit in _described(parts, candidates, told, calling(parts)):
        yield one


def _described(
    parts: Parts, candidates: dict[str, Candidate], told: dict[str, list[Entry]], called: Named
) -> Iterator[tuple[Known, str | None]]:
    """Yield what anybody may know of candidates, each with the unit it was in then."""
    then = {id: _then(one, told[id]) for id, one in candidates.items()}
    people = parts.ledger.entries_of([c.person for c in candidates.values() if c.person])
    whose = {id: person.fold(as_of(entries)) for id, entries in people.items()}
    names = {id: name_of(one, whose.get(one.person or "")) for id, one in candidates.items()}
    seals = [*names.values(), *(one.description for one in then.values())]
    words = parts.ledger.secrets(seal for seal in seals if seal)
    for id, one in candidates.items():
        name, what, day = names[id], then[id].description, one.recognition and one.recognition.on
        who, unit = words.get(name.id, {}) if name else {}, then[id].standing.unit
        told_of = (words.get(what.id, {}) if what else {}, called(unit, day) if unit else "")
        if found := known(id, one, who, *told_of):
            yield found, unit


def calling(parts: Parts) -> Named:
    """Return who tells what a unit was called on a day; each is read and folded once."""
    entries = cache(parts.ledger.entries)

    @cache
    def called(id: str, on: date | None) -> str:
        return units.fold(as_of(entries(id), on)).name or ""

    return called


def _then(candidate: Candidate, entries: Sequence[Entry]) -> Candidate:
    """Return the candidate as of the day of recognition, or as of today before there is one."""
    if not candidate.recognition:
        return candidate
    on, described = candidate.recognition.on, candidate.described
    moved = any(fact.on > on for fact in candidate.path if hasattr(fact.event, "unit"))
    if described and described.on <= on and not moved:
        return candidate  # its words and its unit are still those of that day
    then = fold(as_of(entries, on))
    return then if then.description else candidate


def _by(one: Known, when: Moment) -> bool:
    """Return whether somebody was recognised on a day, as known at a position."""
    assert one.recognized_on, "every exemplar was recognised"
    return one.recognized_on <= when.on and (when.known is None or one.entry < when.known)


def _kept(one: Known, unit: str | None) -> Kept:
    told = (one.name, one.unit, one.position, one.field, one.achievement, one.decision)
    individual = one.kind is CandidateKind.INDIVIDUAL
    by_name = (name_order if individual else order)(one.name)
    return Kept(one, (by_name, one.subject), plain(" ".join(told)), unit)
