"""The register: four stages with their counts, and the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.values import CandidateKind, Outcome, PriorityGroup, Stage
from events_store import figures, roll
from web import selection
from web.languages import _
from web.lifeline import Lifeline, activity
from web.numbers import number
from web.pages.frame import parts, visitor, when
from web.units import unit_choices, unit_names, units_found
from web.words.labels import STATES, labels, need_of
from workflow.readiness import Readiness, due

pages = Blueprint("register", __name__)
PAGE = 50


class Shown(NamedTuple):
    """One line of the list with all that is shown beside it."""

    line: roll.Line
    unit: str
    days: int
    ready: Readiness | None
    due: date | None


@pages.get("/")
def show() -> ResponseReturnValue:
    """Show the register as it stands at the moment asked about."""
    ledger, register, at = parts().ledger, parts().register, when()
    units = unit_names(register, at.on, at.known)
    narrow = asked_for(units)
    after = roll.cursor(ledger.db, number(request.args.get("after", "")))
    crowd = standing()
    states = crowd.states()
    some = about(narrow, crowd)
    lines = selection.listed(ledger, at.on, at.known, narrow, after, PAGE + 1, some)
    return render_template(
        "register/list.html",
        shown=shown(lines[:PAGE], units),
        more=lines[PAGE - 1].cursor[1] if len(lines) > PAGE else None,
        states=states,
        entered=crowd.new,
        total=sum(states.values()),
        found=found(narrow, some),
        most=roll.MOST if narrow.text else sum(states.values()),
        stages=labels(Stage),
        outcomes=labels(Outcome),
        choices=choices(units),
        asked=request.args,
        units=len(units),
        life=life(),
        bulk=selection.offered(register.in_force(register.today()), visitor().roles),
    )


def shown(lines: Sequence[roll.Line], units: dict[str, str]) -> list[Shown]:
    """Return lines with what is shown beside them, at the moment asked about."""
    every, on = readiness(lines), when().on
    told = ((line, every.get(line.subject)) for line in lines)
    return [
        Shown(
            line,
            units.get(line.unit, ""),
            (on - line.since).days,
            ready,
            due(ready, line.state, line.since, on) if ready else None,
        )
        for line, ready in told
    ]


def lacks(ready: Readiness | None, most: int | None = None) -> list[str]:
    """Return the first needs for the next stage that are not met, in words; all by default."""
    register = parts().register
    needs = register.in_force(register.today()).text.needs
    missing = [f.need for f in ready.findings if not f.met] if ready else []
    return [need_of(needs[need]) for need in missing[:most] if need in needs]


def life() -> Lifeline | None:
    """Return the months of the register's life, as a line to choose a day on."""
    at, told = when(), parts().ledger.figures.months(when().known)
    return activity(told, at.on, parts().register.today())


def standing() -> figures.Crowd:
    """Return who stands where at the moment asked about."""
    at = when()
    return parts().ledger.figures.standing(at.on, at.known)


def readiness(lines: Sequence[roll.Line]) -> dict[str, Readiness]:
    """Return what the next stage asks for, of whoever on a list can go on to one."""
    register, at = parts().register, when()
    still = [line.subject for line in lines if line.state in register.rules.going_on]
    return register.readiness(still, at.on, at.known)


def about(narrow: roll.Filter, crowd: figures.Crowd) -> int | None:
    """Return how many a list has, whatever text is searched for, as far as the crowd tells."""
    if narrow.priority:
        return None
    states = crowd.states(narrow.unit, narrow.kind)
    return states.get(narrow.state, 0) if narrow.state else sum(states.values())


def found(narrow: roll.Filter, some: int | None) -> int:
    """Return how many candidates the list has; the crowd knows it, unless it is searched."""
    if some is not None and not narrow.text and not narrow.veil:
        return some
    at = when()
    return parts().ledger.settled(roll.count, at.on, at.known, narrow, some)


def asked_for(units: dict[str, str]) -> roll.Filter:
    """Return what the list is narrowed to; what is not a known value narrows nothing."""
    told = request.args
    text = told.get("q", "").strip()[:100]
    kind, priority = told.get("kind"), told.get("priority")
    return roll.Filter(
        state=state if (state := told.get("state")) in STATES else None,
        unit=unit if (unit := told.get("unit")) in units else None,
        kind=CandidateKind(kind) if kind in list(CandidateKind) else None,
        priority=PriorityGroup(priority) if priority in list(PriorityGroup) else None,
        text=text,
        units_found=units_found(units, text),
        veil=parts().veil,
    )


def choices(units: dict[str, str]) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return the filters: their names, and what there is to choose."""
    return {
        "state": (_("Mọi giai đoạn"), list(STATES.items())),
        "unit": (_("Mọi đơn vị"), unit_choices(parts().register, units)),
        "kind": (_("Mọi loại"), labels(CandidateKind)),
        "priority": (_("Nhóm ưu tiên"), labels(PriorityGroup)),
    }
