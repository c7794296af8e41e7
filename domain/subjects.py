"""The kinds of subjects: what can be told of each, and how that adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from domain import candidate, office, person, unit
from domain.candidate_events import CandidateEvent
from domain.entry import Entry


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
}


def kind_of(subject: str) -> str:
    """Return the kind in a subject's id: `unit` in `unit:9f86d081884c7d65`."""
    return subject.partition(":")[0]
