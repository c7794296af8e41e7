"""The board: the register by stage, a card for each candidate with what it still lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from flask import Blueprint, render_template, request

from domain.values import Stage
from events_store import figures, roll
from web.pages.frame import parts, when
from web.pages.register import about, asked_for, choices, found, lacks, life, readiness, standing
from web.selection import listed
from web.units import unit_names
from web.words.labels import labels
from workflow.readiness import Readiness

pages = Blueprint("board", __name__)
CARDS: Final = 10  # in a column; the list has the others
NAMED: Final = 2  # needs that a card names
LONG: Final = 365  # days after which waiting stands out


class Card(NamedTuple):
    """One candidate on the board; `lacks` names what it needs first, `more` counts the others."""

    line: roll.Line
    unit: str
    days: int
    ready: Readiness | None
    lacks: list[str]
    more: int


class Column(NamedTuple):
    """One stage: how many are in it, of those asked for, and the first of them."""

    code: str
    label: str
    size: int
    cards: list[Card]


@pages.get("/board")
def show() -> str:
    """Show the four stages side by side at the moment asked about."""
    register, at = parts().register, when()
    units = unit_names(register, at.on, at.known)
    narrow = replace(asked_for(units), state=None)
    crowd = standing()
    return render_template(
        "register/board.html",
        columns=columns(narrow, crowd, units),
        choices={name: way for name, way in choices(units).items() if name != "state"},
        asked=request.args,
        total=sum(crowd.states().values()),
        units=len(units),
        long=LONG,
        life=life(),
    )


def columns(narrow: roll.Filter, crowd: figures.Crowd, units: dict[str, str]) -> list[Column]:
    """Return the stages, each with its first cards in the order of the list."""
    ledger, at, stages = parts().ledger, when(), []
    for stage, label in labels(Stage):
        mine = replace(narrow, state=stage)
        some = about(mine, crowd)
        lines = listed(ledger, at.on, at.known, mine, limit=CARDS, about=some)
        stages.append((stage, label, found(mine, some), lines))
    # Many of all stages rest on the same collectives, which are read once.
    ready = readiness([line for *_, lines in stages for line in lines])

    def cards(lines: list[roll.Line]) -> list[Card]:
        return [card(one, units.get(one.unit, ""), ready.get(one.subject)) for one in lines]

    return [Column(stage, label, size, cards(lines)) for stage, label, size, lines in stages]


def card(line: roll.Line, unit: str, ready: Readiness | None) -> Card:
    """Return a candidate with the needs that are not met."""
    named = lacks(ready, NAMED)
    more = len(ready.findings) - ready.met - len(named) if ready else 0
    return Card(line, unit, (when().on - line.since).days, ready, named, more)
