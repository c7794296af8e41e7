"""Differences between two moments of the register, each with the entry that caused it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.subjects import KINDS, kind_of
from events_store import roll
from events_store.database import Database
from events_store.ledger import Reader
from events_store.roll import Line
from web.changes import changes
from web.languages import _
from web.moment import Moment
from web.words.labels import STATES
from web.words.sentences import ERASED

PAGE = 1000
Counted = Counter[tuple[str | None, str | None]]


@dataclass(frozen=True)
class Moved:
    """A candidate that stands elsewhere; where it is not there at all, there is no state."""

    subject: str
    name: str
    was: str | None
    now: str | None
    cause: Entry


def moved(ledger: Reader, before: Moment, after: Moment) -> Iterator[Moved]:
    """Yield candidates in the order of names; both moments are walked side by side."""
    for was, now in _beside(_everyone(ledger.db, before), _everyone(ledger.db, after)):
        states = was.state if was else None, now.state if now else None
        line = now or was
        if line and states[0] != states[1]:
            cause = _moving(ledger.entries(line.subject), before, after)
            yield Moved(line.subject, line.name or _(ERASED), *states, cause)


def counted(found: Iterable[Moved]) -> list[tuple[tuple[str | None, str | None], int]]:
    """Return how many went from where to where, in the order of the states."""
    order = [None, *STATES]
    counts: Counted = Counter((one.was, one.now) for one in found)
    return sorted(counts.items(), key=lambda pair: [order.index(end) for end in pair[0]])


def causes(entries: Sequence[Entry], before: Moment, after: Moment) -> list[Entry]:
    """Return the entries of a subject that count at one of two moments only."""
    was = {_key(e): e for e in as_of(entries, before.on, before.known)}
    now = {_key(e): e for e in as_of(entries, after.on, after.known)}
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
    only = causes(entries, before, after)
    steps = [change.entry for change in changes(as_of(entries, after.on, after.known))]
    fresh = [entry for entry in steps if entry in only]
    undoing = [entry for entry in only if is_correction(entry)]
    return [*only, *undoing, *fresh][-1]


def _beside(
    earlier: Iterator[Line], later: Iterator[Line]
) -> Iterator[tuple[Line | None, Line | None]]:
    """Yield the lines of two lists in one order, the same candidate's together."""
    was, now = next(earlier, None), next(later, None)
    while was or now:
        if was and now and was.cursor == now.cursor:
            yield was, now
            was, now = next(earlier, None), next(later, None)
        elif now is None or (was and was.cursor < now.cursor):
            yield was, None
            was = next(earlier, None)
        else:
            yield None, now
            now = next(later, None)


def _everyone(db: Database, at: Moment) -> Iterator[Line]:
    lines = roll.page(db, at.on, at.known, limit=PAGE)
    while lines:
        yield from lines
        lines = roll.page(db, at.on, at.known, after=lines[-1].cursor, limit=PAGE)
