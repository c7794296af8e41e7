"""The leader rule: a head is an exemplar only beside an exemplary collective (R4-1, A-8)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from walk.annals import Told
from walk.asking import Ask, Needed, need
from walk.views import Candidate


class Headship(NamedTuple):
    """Somebody headed a unit from a day on, until the day before another."""

    person: str
    since: date
    until: date


class Heads:
    """Who headed which units when, by what is told, or told anew of one of them."""

    def __init__(self, ask: Ask, unit: str = "", anew: Told | None = None) -> None:
        self._ask, self._unit, self._anew = ask, unit, anew

    def of(self, unit: str) -> list[Headship]:
        """Return who headed a unit when, by its facts."""
        told = self._anew if unit == self._unit and self._anew is not None else None
        told = self._ask.annals.facts(unit) if told is None else told
        changes = told.every("UnitHeadAppointed", "UnitHeadLeft", "UnitMerged")
        days = [*(fact.on for fact in changes[1:]), date.max]
        return [
            Headship(fact.data["person"], fact.on, until)
            for fact, until in zip(changes, days, strict=False)
            if fact.name == "UnitHeadAppointed"
        ]

    def headed(self, person: str) -> dict[str, list[Headship]]:
        """Return the units a person ever headed."""
        units = self._ask.annals.all("unit")
        terms = {u: [h for h in self.of(u) if h.person == person] for u in units}
        return {unit: found for unit, found in terms.items() if found}

    def answers(self, person: str, day: date) -> list[str] | None:
        """Return the units headed for long enough in the year before; nothing if none is headed.

        None if the person heads one on the day, and headed none for long enough (A-8).
        """
        terms, year = self.headed(person), day.year - 1
        if not any(heads_on(found, day) for found in terms.values()):
            return []
        least = self._ask.rules.terms["leader"]["least_days"]
        return [unit for unit, found in terms.items() if days_in(found, year) >= least] or None


def heads_on(terms: list[Headship], day: date) -> bool:
    """Return whether one of these headships covers a day."""
    return any(term.since <= day < term.until for term in terms)


def of_unit(ask: Ask, unit: str, kind: str) -> list[str]:
    """Return the candidates of a kind that a unit has now."""
    every = ask.annals.every("candidate", Candidate)
    return [id for id, c in every if c.found and (c.unit, c.kind) == (unit, kind)]


@need("leader-rule")
def leader_rule(ask: Ask) -> Needed:
    """Who heads a unit on the day answers for those headed half of the year before."""
    if ask.me.person is None:
        return True
    answers = Heads(ask).answers(ask.me.person, ask.on)
    if answers is None:
        return _looked_at(ask)
    if not answers:
        return _deputy(ask)
    replies = [_unit(ask, unit, ask.on.year - 1) for unit in answers]
    if False in replies:
        return False
    return None if None in replies else True


def _deputy(ask: Ask) -> Needed:
    """Whoever leads and heads nothing is warned of, beside a unit that is no exemplar (A-7)."""
    told_of = ask.rules.terms["leader"].get("warn_deputies", True)
    if ask.me.measure_on(ask.on) != "leader" or not ask.me.unit or not told_of:
        return True
    return _unit(ask, ask.me.unit, ask.on.year - 1) or "warned"


def days_in(terms: list[Headship], year: int) -> int:
    """Return how many days of a year were headed."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return sum(max((min(t.until, after) - max(t.since, first)).days, 0) for t in terms)


def _unit(ask: Ask, unit: str, year: int) -> bool | None:
    found = (ask.candidate(id, ask.on) for id in of_unit(ask, unit, "collective"))
    ratings = [collective.rated(year) for collective in found if collective.honoured]
    if "excellent" in ratings:
        return True
    return _looked_at(ask) if ratings and not any(ratings) else False


def _looked_at(ask: Ask) -> bool | None:
    """Leave it to a person, who may have found the criterion itself met."""
    fact = ask.me.assessed("LD3")
    return True if fact and fact.get("result") == "met" else None
