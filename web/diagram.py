"""The machine of a rule set, laid out to be drawn: stages in a row, outcomes below them."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.values import Outcome, Stage
from workflow.rules import RuleSet

WIDE, HIGH, STAGE_TOP, OUTCOME_TOP = 190, 72, 70, 262
LOW: Final = 46  # how high an outcome is
STEP: Final = 262  # from one box to the next
LEFT: Final = 12


class Box(NamedTuple):
    """A state and where it is drawn."""

    state: str
    x: int
    y: int
    high: int

    @property
    def middle(self) -> int:
        """Return the middle of its width."""
        return self.x + WIDE // 2


class Line(NamedTuple):
    """A move from one state to another, as the path of an SVG, with a place for its name."""

    move: str
    source: str
    to: str
    path: str
    x: int
    y: int


class Diagram(NamedTuple):
    """All boxes and lines."""

    boxes: list[Box]
    lines: list[Line]


def diagram(rules: RuleSet) -> Diagram:
    """Return the moves that lead from one state to another, drawn."""
    stages = {str(s): Box(str(s), LEFT + at * STEP, STAGE_TOP, HIGH) for at, s in enumerate(Stage)}
    outcomes = {
        str(o): Box(str(o), LEFT + at * STEP, OUTCOME_TOP, LOW) for at, o in enumerate(OUTCOMES)
    }
    boxes = stages | outcomes
    steps = {
        (name, str(step.source), str(step.dest))
        for name in rules.machine.events
        for step in rules.machine.get_transitions(name)
        if step.source != step.dest
    }
    drawn = (_line(name, boxes[source], boxes[to]) for name, source, to in sorted(steps))
    return Diagram(list(boxes.values()), list(drawn))


OUTCOMES: Final = (Outcome.WITHDRAWN, Outcome.DECLINED, Outcome.REVOKED, Outcome.COMPLETED)


def _line(move: str, source: Box, to: Box) -> Line:
    if source.y == to.y == STAGE_TOP and to.x > source.x:  # onwards
        y = source.y + HIGH // 2
        path = f"M{source.x + WIDE} {y}H{to.x - 7}"
        return Line(move, source.state, to.state, path, (source.x + WIDE + to.x) // 2, y - 8)
    if source.y == to.y == STAGE_TOP:  # back, above the row
        start, end = source.middle - 30, to.middle + 30
        path = f"M{start} {source.y}C{start} 20 {end} 20 {end} {to.y - 7}"
        return Line(move, source.state, to.state, path, (start + end) // 2, 26)
    if source.y == to.y:  # from one outcome to another
        y = source.y + LOW // 2
        ends = (source.x, to.x + WIDE + 7) if to.x < source.x else (source.x + WIDE, to.x - 7)
        path = f"M{ends[0]} {y}H{ends[1]}"
        return Line(move, source.state, to.state, path, sum(ends) // 2, y - 8)
    start, end = source.middle + (to.x - source.x) // 12, to.middle + (source.x - to.x) // 12
    top, bottom = source.y + HIGH, to.y - 7
    bend = (top + bottom) // 2
    path = f"M{start} {top}C{start} {bend} {end} {bend} {end} {bottom}"
    # A quarter down: half-way, a number would lie on another move's line, or on its number.
    x, y = (54 * start + 10 * end) // 64, (27 * top + 36 * bend + bottom) // 64
    return Line(move, source.state, to.state, path, x, y)
