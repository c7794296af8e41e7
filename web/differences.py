"""Differences between two moments of the register, each with the entry that caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.subjects import KINDS, kind_of
from domain.veil import Veil
from events_store import shifts
from events_store.ledger import Reader
from events_store.roll import START, Cursor
from web.changes import changes
from web.languages import _
from web.moment import Moment
from web.words.sentences import ERASED

PAGE = 500


@dataclass(frozen=True)
class Moved:
    """A candidate that stands elsewhere; where it is not there at all, there is no state."""

    subject: str
    name: str
    was: str | None
    now: str | None
    cause: Entry
    cursor: Cursor


def moved(
    ledger: Reader,
    before: Moment,
    after: Moment,
    total: int,
    cursor: Cursor = START,
    limit: int = PAGE,
    veil: Veil | None = None,
) -> list[Moved]:
    """Return some of those who stand elsewhere, in the order of names, after a cursor."""
    ends = (before.on, before.known), (after.on, after.known)
    found = shifts.page(ledger.db, *ends, total, cursor, limit, veil)
    told = ledger.entries_of([one.subject for one in found])
    return [
        Moved(
            one.subject,
            one.name or _(ERASED),
            one.was,
            one.now,
            _moving(told[one.subject], before, after),
            one.cursor,
        )
        for one in found
    ]


def everyone_moved(ledger: Reader, before: Moment, after: Moment) -> Iterator[Moved]:
    """Yield all who stand elsewhere, in the order of names."""
    total, cursor = sum(counted(ledger, before, after).values()), START
    while found := moved(ledger, before, after, total, cursor):
        yield from found
        cursor = found[-1].cursor


def counted(ledger: Reader, before: Moment, after: Moment) -> shifts.Shifts:
    """Return how many went from where to where, in the order of the states."""
    ends = (before.on, before.known), (after.on, after.known)
    return ledger.figures.shifts(*ends)


def causes(entries: Sequence[Entry], before: Moment, after: Moment) -> list[Entry]:
    """Return the entries of a subject that count at one of two moments only."""
    return _only(*_sides(entries, before, after))


Side = Mapping[tuple[int, object], Entry]  # what counts at a moment, in the order of effect


def _sides(entries: Sequence[Entry], before: Moment, after: Moment) -> tuple[Side, Side]:
    was = {_key(e): e for e in as_of(entries, before.on, before.known)}
    return was, {_key(e): e for e in as_of(entries, after.on, after.known)}


def _only(was: Side, now: Side) -> list[Entry]:
    gone = [entry for key, entry in was.items() if key not in now]
    return [*gone, *(entry for key, entry in now.items() if key not in was)]


def caused_by(
    name: Callable[[Any], object], entries: Sequence[Entry], before: Moment, after: Moment
) -> Entry | None:
    """Return the entry that made something of a subject as it is at the later moment."""
    only = causes(entries, before, after)
    if not only:
        return None
    kind = KINDS[kind_of(only[0].subject)]
    state, found, fresh = kind.blank, None, {_key(e) for e in only}
    for entry in as_of(entries, after.on, after.known):
        next_state = kind.evolve(state, entry)
        if name(next_state) != name(state):
            found = entry
        state = next_state
    if found and _key(found) in fresh:
        return found
    return next((e for e in reversed(only) if is_correction(e)), only[-1])


def _key(entry: Entry) -> tuple[int, object]:
    return entry.version, entry.effective_on


def _moving(entries: Sequence[Entry], before: Moment, after: Moment) -> Entry:
    """Return the last change of state that the other moment did not have, or what undid one."""
    was, now = _sides(entries, before, after)
    only = _only(was, now)
    steps = [change.entry for change in changes(now.values())]
    fresh = [entry for entry in steps if entry in only]
    undoing = [entry for entry in only if is_correction(entry)]
    return [*only, *undoing, *fresh][-1]
