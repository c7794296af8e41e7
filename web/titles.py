"""Titles: what every subject is called, for page, command line and letters alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from domain.programme import DutyLaid
from domain.subjects import KINDS, kind_of
from web import discreet, people
from web.languages import _
from web.parts import Parts
from web.words import days, places, report, sentences
from web.words.labels import label
from web.words.log import SUBJECTS
from workflow.world import LARGE

States = Callable[[str], Mapping[str, Any]]


def called(parts: Parts, subjects: Iterable[str], states: States | None = None) -> dict[str, str]:
    """Return what subjects are called, now or as `states` tells each kind to have been."""
    wanted, states = dict.fromkeys(subjects), states or parts.register.all
    kinds: dict[str, list[str]] = {}
    for id in wanted:
        kinds.setdefault(kind_of(id), []).append(id)
    found = people.names(parts.ledger, kinds.get("person", ()))
    cards = discreet.candidates(parts, kinds["candidate"]) if "candidate" in kinds else {}
    found |= {id: name or _(sentences.ERASED) for id, name in cards.items()}
    for kind in kinds.keys() & (KINDS.keys() - set(LARGE)):
        every = states(kind)
        found |= titled(parts, {id: every[id] for id in kinds[kind] if id in every})
    return {id: found[id] if id in found else SUBJECTS.get(kind_of(id), id) for id in wanted}


def title(parts: Parts, id: str, state: Any) -> str:
    """Return what one subject is called, from what is known of it."""
    return titled(parts, {id: state})[id]


def titled(parts: Parts, every: Mapping[str, Any]) -> dict[str, str]:
    """Return what subjects are called; the people they are named after are asked for at once."""
    held = (state.person for id, state in every.items() if kind_of(id) == "office")
    known = people.names(parts.ledger, persons) if (persons := [*filter(None, held)]) else {}
    return {id: _title(parts, id, state, known) for id, state in every.items()}


def _title(parts: Parts, id: str, state: Any, known: Mapping[str, str]) -> str:
    kind = kind_of(id)
    named, looked_up = NAMED.get(kind), LOOKED_UP.get(kind)
    told = looked_up(parts, id, state, known) if looked_up else (named or _name)(state)
    return str(told or SUBJECTS.get(kind, id))


def duty(laid: DutyLaid) -> str:
    """Return what a duty is called."""
    return f"{label(laid.kind)} {laid.year}" if laid.year else label(laid.kind)


def _name(state: Any) -> str | None:
    return getattr(state, "name", None)


def _office(parts: Parts, _id: str, state: Any, known: Mapping[str, str]) -> str:
    unit = parts.register.units().get(state.unit or "")
    where = f", {unit.name}" if unit and unit.name else ""
    who = known[state.person] if state.person else ""
    return f"{who} — {label(state.role)}{where}" if state.role else ""


def _obligation(parts: Parts, _id: str, state: Any, _known: Mapping[str, str]) -> str:
    unit = parts.register.units().get(state.unit or "")
    plan = parts.register.all("programme").get(state.programme or "")
    laid = plan.duties.get(state.duty) if plan else None
    return f"{duty(laid) if laid else ''} · {unit.name if unit else ''}".strip(" ·")


def _session(parts: Parts, id: str, state: Any, _known: Mapping[str, str]) -> str:
    """Return the day of a session, and of several on one day which of them it is."""
    if not state.held_on:
        return ""
    every = parts.register.all("session").items()  # in the order in which they were called
    alike = [other for other, of in every if of.held_on == state.held_on]
    day = days.day(state.held_on)
    if len(alike) < 2 or id not in alike:
        return _("Phiên họp ngày %(day)s", day=day)
    return _("Phiên họp ngày %(day)s (phiên %(number)s)", day=day, number=alike.index(id) + 1)


def _report(state: Any) -> str:
    draft = state.draft
    return report.name(draft.kind, draft.begins, draft.ends) if draft else ""


LOOKED_UP: Final[Mapping[str, Callable[[Parts, str, Any, Mapping[str, str]], str]]] = {
    "office": _office,
    "obligation": _obligation,
    "session": _session,
}
NAMED: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "programme": lambda state: state.name or state.heading,
    "text": lambda state: state.text.symbol if state.text else None,
    "place": lambda state: places.called(state.name, state.kind, state.merged_on or state.until),
    "calendar": lambda _state: _("Ngày nghỉ và làm bù"),
    "report": _report,
    "rule-set": lambda state: (state.name or "").partition("@")[0],
    "complaint": lambda state: f"{label(state.kind)} {days.day(state.received.on)}",
}
