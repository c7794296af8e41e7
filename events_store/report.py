"""What an audit found, the gravest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from events_store import merkle
from events_store.stretch import Fault
from events_store.testimony import Seal

DERIVED: Final = "derived"


@dataclass
class Report:
    """What an audit found."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    seals: int = 0
    sealed: int = 0  # entries that the largest agreeing seal vouches for
    agreed: list[Seal] = field(default_factory=list)  # seals from outside that agree
    faults: list[Fault] = field(default_factory=list)

    @property
    def first(self) -> int | None:
        """Return the first position that is known to be wrong."""
        exact = _exact(self.faults)
        told = [fault for fault in self.faults if fault.kind != DERIVED] or self.faults
        places = [_place(fault, exact) for fault in told]
        return min((place for place in places if place is not None), default=None)

    def sort(self) -> None:
        """Put what is grave, and what comes early, first."""
        exact = _exact(self.faults)
        self.faults.sort(key=lambda fault: _gravity(fault, exact))


def _exact(faults: Sequence[Fault]) -> list[int]:
    """Return the positions that are known to be wrong themselves, not just to lie in a range."""
    found = (fault.position for fault in faults if fault.kind != DERIVED and not _is_range(fault))
    return sorted(place for place in found if place is not None)


def _is_range(fault: Fault) -> bool:
    return bool(fault.facts.get("last", fault.position) != fault.position)


def _place(fault: Fault, exact: Sequence[int]) -> int | None:
    """Return where a fault begins; one that lies within a range says it exactly."""
    if fault.position is None or not _is_range(fault):
        return fault.position
    at = bisect_left(exact, fault.position)
    within = at < len(exact) and exact[at] <= fault.facts["last"]
    return exact[at] if within else fault.position


def _gravity(fault: Fault, exact: Sequence[int]) -> tuple[bool, bool, bool, int, bool]:
    """Return what comes first: a file that is broken as a file, then the first positions.

    What is derived names the candidate only, by its first entry, so the entries come before it.
    """
    place, derived = _place(fault, exact), fault.kind == DERIVED
    return fault.kind != "integrity", place is None, derived, place or 0, _is_range(fault)
