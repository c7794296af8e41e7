"""The state of the register on a day: the one answer that page, command line and API give."""

from __future__ import annotations

from typing import Any

from domain.unit import Unit
from domain.vietnamese import order
from events_store import figures
from events_store.ledger import Reader
from web.moment import Moment
from workflow.register import Register

LISTS = {"unit": "units", "kind": "kinds", "priority": "priorities"}


def state(
    ledger: Reader, register: Register, when: Moment, by: figures.By | None = None
) -> dict[str, Any]:
    """Return counts by state on a day, as known at a position, and the log they were read from."""
    states = figures.counts(ledger.db, when.on, when.known)
    answer: dict[str, Any] = {
        "on": when.on.isoformat(),
        "known": when.told,
        "log": {"size": ledger.size(), "root": ledger.root()},
        "total": sum(states.values()),
        "states": states,
    }
    if by:
        parts = figures.counts_of(ledger.db, by, when.on, when.known)
        names = _names(register.units(when.on)) if by == "unit" else {}
        named = [(names.get(id, id), counts) for id, counts in parts.items()]
        named.sort(key=lambda part: order(part[0]))
        answer[LISTS[by]] = [{by: name, "states": counts} for name, counts in named]
    return answer


def _names(units: dict[str, Unit] | Any) -> dict[str, str]:
    return {id: unit.name for id, unit in units.items() if unit.name}
