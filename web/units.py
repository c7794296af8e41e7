"""Units as pages and commands tell of them: what they are called on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from domain.candidate import Candidate, replay, titles_by_unit
from domain.candidate_events import TitleRecorded
from domain.history import as_of
from domain.unit import Unit, predecessors
from domain.values import CandidateKind
from domain.vietnamese import order, plain
from events_store import roll
from events_store.ledger import Reader
from web.languages import _
from web.words.days import day
from web.words.units import name_on
from workflow.register import Register


def unit_names(
    register: Register, on: date, known: int | None = None, now: date | None = None
) -> dict[str, str]:
    """Return for every unit, by id, its name on a day with what it is now: "(nay là …)".

    `now` is today, or the day a paper is made of.
    """
    then = register.all("unit", on, known)
    today = register.all("unit", max(on, now or register.today()), known)
    return {id: name_on(id, then, today) for id in today}


def unit_choices(register: Register, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return units to choose from, in Vietnamese order.

    Where several share a name, those that are no more are told apart by the day they ended.
    """
    shared = {name for name, times in Counter(names.values()).items() if times > 1}
    every = register.units()

    def told(id: str, name: str) -> str:
        ended = every[id].merged_on if name in shared and id in every else None
        return _("%(name)s (trước %(day)s)", name=name, day=day(ended)) if ended else name

    found = [(id, told(id, name)) for id, name in names.items()]
    return sorted(found, key=lambda unit: order(unit[1]))


class FormerTitle(NamedTuple):
    """A title that a collective was granted in a unit, and the unit under its name of that day."""

    unit: str
    called: str
    title: str
    year: int
    decision: str | None


def former_titles(
    ledger: Reader, register: Register, unit: str, on: date, known: int | None = None
) -> list[FormerTitle]:
    """Return the titles held by the units that became this one; it did not inherit them (A-9)."""
    before = set(predecessors(register.all("unit", on, known), unit))
    told = ledger.entries_of(ledger.ever(before, CandidateKind.COLLECTIVE))
    collectives = replay(e for entries in told.values() for e in as_of(entries, on, known))
    found = []
    for collective in collectives.values():
        for id, fact in titles_by_unit(collective):
            if id in before:
                granted = cast(TitleRecorded, fact.event)
                called = unit_names(register, fact.on, known, on)[id]
                what = (granted.title, granted.year, granted.decision)
                found.append(FormerTitle(id, called, *what))
    return sorted(found, key=lambda one: (one.year, one.called, one.title))


def units_found(units: Mapping[str, str], text: str) -> tuple[str, ...]:
    """Return the units in whose names each part of a text is found, without marks."""
    if not (parts := roll.sought(text)):
        return ()
    return tuple(id for id, name in units.items() if all(p in plain(name) for p in parts))


def own_as_found(register: Register, candidate: Candidate, known: int | None) -> Unit:
    """Return a candidate's unit as it was when the candidate was found; a blank one if unknown."""
    if candidate.discovered is None:
        return Unit()
    found: Mapping[str, Unit] = register.all("unit", candidate.discovered.on, known)
    return found.get(candidate.standing.unit or "", Unit())
