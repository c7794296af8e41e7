"""Changes: the entries by which a candidate came from one state into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.candidate import Candidate, evolve
from domain.entry import Entry


@dataclass(frozen=True)
class Change:
    """A change of state and the entry that caused it; before discovery there is no state."""

    entry: Entry
    was: str | None
    now: str | None


def changes(believed: Iterable[Entry]) -> Iterator[Change]:
    """Yield the changes that entries in the order of effect lead to."""
    candidate = Candidate()
    for entry in believed:
        after = evolve(candidate, entry)
        if after.standing.state != candidate.standing.state:
            yield Change(entry, candidate.standing.state, after.standing.state)
        candidate = after
