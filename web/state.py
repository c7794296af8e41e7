"""The state of the register on a day: the one answer that page, command line and API give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.unit import Unit
from domain.vietnamese import order
from events_store import figures
from events_store.ledger import Reader
from web import figure_tables
from web.moment import Moment
from workflow.register import Register

LISTS = {"unit": "units", "kind": "kinds", "priority": "priorities"}


def state(
    ledger: Reader,
    register: Register,
    when: Moment,
    by: figures.By | None = None,
    *,
    mapped: bool = False,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return counts by state on a day, as known at a position, and the log they were read from.

    `mapped` counts what units had then with the units they are today. `names` are what to call
    units, else they are called as on that day.
    """
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
        if mapped:
            parts = mapped_counts(ledger, register, when)
            answer["mapped"] = register.today().isoformat()
        if by == "unit" and names is None:
            names = _names(register.units(register.today() if mapped else when.on))
        named = [((names or {}).get(id, id), counts) for id, counts in parts.items()]
        named.sort(key=lambda part: order(part[0]))
        answer[LISTS[by]] = [{by: name, "states": counts} for name, counts in named]
    if by == "priority":
        targets = register.in_force(when.on).text.terms.priority.targets
        for part in answer[LISTS[by]]:
            part["share"] = f"{sum(part['states'].values())}/{answer['total']}"
            if part[by] in targets:
                part["target"] = targets[part[by]].share
    return answer


def mapped_counts(ledger: Reader, register: Register, when: Moment) -> dict[str, figures.Counts]:
    """Return counts by unit on a day, with the units that they have become today."""
    asked = figure_tables.asked(register, when, mapped=True)
    (answer,) = ledger.figures.ask((figures.FIGURES["by-unit"],), asked)
    found: dict[str, figures.Counts] = {}
    for unit, state, count in answer.rows:
        found.setdefault(str(unit), {})[str(state)] = int(count or 0)
    return found


def _names(units: dict[str, Unit] | Any) -> dict[str, str]:
    return {id: unit.name for id, unit in units.items() if unit.name}
