"""Changes: the entries by which a candidate came from one state into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, get_args

from domain.candidate import Standing, stand
from domain.candidate_events import StandingEvent
from domain.entry import Entry

STANDING: Final = get_args(StandingEvent)


class Change(NamedTuple):
    """A change of state and the entry that caused it; before discovery there is no state."""

    entry: Entry
    was: str | None
    now: str | None


def changes(believed: Iterable[Entry]) -> Iterator[Change]:
    """Yield the changes that entries in the order of effect lead to."""
    standing = Standing()
    for entry in believed:
        if isinstance(entry.event, STANDING):
            was, standing = standing, stand(standing, entry.event)
            if standing.state != was.state:
                yield Change(entry, was.state, standing.state)
