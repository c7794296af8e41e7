"""Details: what the page of a kind of subject shows besides facts, timeline and commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.round import SelectionList
from domain.vietnamese import order
from web import titles
from web.pages import sessions
from web.pages.frame import names, parts, when
from web.pages.naming import called, states, titled
from web.pages.register import standing
from web.units import former_titles
from web.words.labels import label
from workflow.obligations import by_head, overdue, owed

# What a detail shows already.
TOLD: Final = {
    "unit": ("name", "head"),
    "programme": ("heading", "name", "steps", "duties", "drafted", "issued", "opened", "closed"),
    "council": ("name", "members", "kin", "terms"),
    "session": ("items", "present", "absent", "guests", "committee", "minutes", "signed"),
    "quota": ("name", "lines", "shares", "delegates", "reserve"),
    "movement": ("name",),
    "round": ("name",),
}


def of(kind: str, subject: str, state: Any) -> dict[str, Any]:
    """Return what the template of a kind needs; kinds without one have nothing more."""
    found = DETAILS.get(kind)
    return found(subject, state) if found else {}


def _unit(subject: str, state: Any) -> dict[str, Any]:
    units, at = states("unit"), when()
    parts_of = [(id, u.name) for id, u in units.items() if u.parent == subject and u.name]
    came = [(id, u.name) for id, u in units.items() if subject in u.merged_into]
    offices = {id: o for id, o in states("office").items() if o.unit == subject}
    return {
        "counts": standing().states(subject),
        "head": (state.head, names([state.head])[state.head]) if state.head else None,
        "below": sorted(parts_of, key=lambda pair: order(pair[1])),
        "came": came,
        "former": former_titles(parts().ledger, parts().register, subject, at.on, at.known),
        "offices": [*titled(offices).items()],
        "owed": [row for row in _owed() if row.unit == subject],
    }


def _owed() -> list[Any]:
    return owed(parts().register, when().on, when().known)


def _person(subject: str, state: Any) -> dict[str, Any]:
    found, crowd = states("office").items(), standing()
    heads = [(id, u.name) for id, u in states("unit").items() if u.head == subject]
    return {
        "offices": [(id, label(o.role), o) for id, o in found if o.person == subject],
        "heads": [(id, name, crowd.states(id)) for id, name in heads],
        "owed": by_head(_owed()).get(subject, []) if heads else [],
        "seats": [
            (id, c.name, label(member.seat))
            for id, c in states("council").items()
            for member in c.members
            if member.person == subject
        ],
    }


def _programme(subject: str, state: Any) -> dict[str, Any]:
    mine = [row for row in _owed() if row.programme == subject]
    units = called(row.unit for row in mine)
    duties = {number: (titles.duty(laid), laid) for number, laid in state.duties.items()}
    by_unit: dict[str, dict[int, Any]] = {}
    for row in mine:
        by_unit.setdefault(row.unit, {})[row.duty] = row
    return {
        "steps": [(label(milestone), step) for milestone, step in state.steps.items()],
        "duties": duties,
        "by_unit": sorted(by_unit.items(), key=lambda pair: order(units[pair[0]])),
        "units": units,
        "late": len(overdue(mine)),
        "rounds": [(id, r) for id, r in states("round").items() if r.programme == subject],
        "today": when().on,
    }


def _council(subject: str, state: Any) -> dict[str, Any]:
    people = names(member.person for member in state.members)
    sessions = {id: s for id, s in states("session").items() if s.council == subject}
    latest = sorted(sessions, key=lambda id: sessions[id].held_on, reverse=True)
    named = titled(sessions)
    seated = state.in_office(when().on)
    return {
        "members": [(m, people[m.person], m.person in seated) for m in state.members],
        "sessions": [(id, named[id], sessions[id]) for id in latest],
        "kin": [(called(pair)) for pair in state.kin],
        "terms": state.terms,
        "count": len(seated),
    }


def _quota(subject: str, state: Any) -> dict[str, Any]:
    places = {**state.delegates, **state.reserve}
    return {
        "named": called([*places, *state.shares, *(place.unit for place in places.values())]),
        "lines": [(line, count, state.free_in(line)) for line, count in state.lines.items()],
    }


def _movement(subject: str, state: Any) -> dict[str, Any]:
    return {"reviews": list(state.reviews.values())}


def _round(subject: str, state: Any) -> dict[str, Any]:
    lists = {str(level): state.listed(level) for level in SelectionList}
    return {"named": called(state.selected), "lists": lists}


DETAILS: Final[Mapping[str, Callable[[str, Any], dict[str, Any]]]] = {
    "unit": _unit,
    "person": _person,
    "programme": _programme,
    "council": _council,
    "session": sessions.detail,
    "quota": _quota,
    "movement": _movement,
    "round": _round,
}
