"""Exemplars as the public sees them: gathered once, then kept in step with the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Final

from domain import person
from domain.candidate import Candidate, fold
from domain.entry import Entry
from domain.history import as_of
from domain.subjects import kind_of
from domain.values import CandidateKind
from domain.vietnamese import name_order, order, plain
from events_store import cards, exemplars
from web.moment import Moment
from web.parts import Parts
from workflow.openness import Known, is_exemplar, known, name_of

CHUNK: Final = 200  # candidates whose entries are read at once


@dataclass
class Exemplars:
    """The exemplars of a register, sorted by name; built when first asked for."""

    size: int = 0
    sorted: tuple[Known, ...] = ()
    words: tuple[str, ...] = ()  # of each, to search in
    _ever: set[str] = field(default_factory=set)
    _found: dict[str, Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, parts: Parts, when: Moment | None = None, text: str = "") -> list[Known]:
        """Return those there are now who were recognised by a moment, and whose words hold a text.

        Who is an exemplar no more is not named for a day that is past either.
        """
        size, wanted = parts.ledger.size(), plain(text)
        with self._lock:
            if size > self.size:
                self._follow(parts, size)
            found = zip(self.sorted, self.words, strict=True)
        return [one for one, words in found if wanted in words and (not when or _by(one, when))]

    def _follow(self, parts: Parts, size: int) -> None:
        news = exemplars.touched(parts.ledger.db, self.size, size) if self.size else set()
        ever = self._ever | exemplars.recognized(parts.ledger.db, self.size)
        # A unit may be called otherwise on a day that is past; that is rare.
        whole = not self.size or any(kind_of(subject) == "unit" for subject in news)
        touched = ever if whole else ever & _candidates(parts, news)
        found = {} if whole else {id: one for id, one in self._found.items() if id not in touched}
        found |= {one.subject: one for one in gathered(parts, sorted(touched))}
        self.size, self._ever, self._found = size, ever, found
        self.sorted = tuple(sorted(found.values(), key=_order))
        self.words = tuple(map(_words, self.sorted))


def _candidates(parts: Parts, news: Iterable[str]) -> set[str]:
    """Return the candidates that news is about, by themselves or by their person."""
    db, found = parts.ledger.db, set(news)
    people = (subject for subject in found if kind_of(subject) == "person")
    return found.union(*(cards.candidacies(db, who) for who in people))


def gathered(parts: Parts, subjects: Sequence[str]) -> Iterator[Known]:
    """Yield what anybody may know of the exemplars among candidates, some at a time."""
    for at in range(0, len(subjects), CHUNK):
        yield from among(parts, parts.ledger.entries_of(subjects[at : at + CHUNK]))


def among(parts: Parts, told: dict[str, list[Entry]]) -> Iterator[Known]:
    """Yield what anybody may know of the exemplars among candidates, by all their entries."""
    folded = {id: fold(as_of(entries)) for id, entries in told.items()}
    named = {id: one for id, one in folded.items() if is_exemplar(one)}
    yield from described(parts, named, told)


def described(
    parts: Parts, candidates: dict[str, Candidate], told: dict[str, list[Entry]]
) -> Iterator[Known]:
    """Yield what anybody may know of these candidates, whoever may be named."""
    then = {id: _then(one, told[id]) for id, one in candidates.items()}
    people = parts.ledger.entries_of([c.person for c in candidates.values() if c.person])
    whose = {id: person.fold(as_of(entries)) for id, entries in people.items()}
    names = {id: name_of(one, whose.get(one.person or "")) for id, one in candidates.items()}
    seals = [*names.values(), *(one.description for one in then.values())]
    words = parts.ledger.secrets(seal for seal in seals if seal)
    units = cache(parts.register.units)  # by day
    for id, one in candidates.items():
        name, what, day = names[id], then[id].description, one.recognition and one.recognition.on
        who = words.get(name.id, {}) if name else {}
        unit = units(day).get(then[id].standing.unit or "")
        told_of = (words.get(what.id, {}) if what else {}, (unit and unit.name) or "")
        if found := known(id, one, who, *told_of):
            yield found


def _then(candidate: Candidate, entries: Sequence[Entry]) -> Candidate:
    """Return the candidate as of the day of recognition, or as of today before there is one."""
    if not candidate.recognition:
        return candidate
    then = fold(as_of(entries, candidate.recognition.on))
    return then if then.description else candidate


def _by(one: Known, when: Moment) -> bool:
    """Return whether somebody was recognised on a day, as known at a position."""
    assert one.recognized_on, "every exemplar was recognised"
    return one.recognized_on <= when.on and (when.known is None or one.entry < when.known)


def _words(one: Known) -> str:
    told = (one.name, one.unit, one.position, one.field, one.achievement, one.decision)
    return plain(" ".join(told))


def _order(one: Known) -> tuple[str, str]:
    individual = one.kind is CandidateKind.INDIVIDUAL
    return (name_order if individual else order)(one.name), one.subject
