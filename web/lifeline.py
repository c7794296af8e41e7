"""The lifeline: entries as ticks between a first day and today, each leading to its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

WIDE: Final = 1000
EDGE: Final = 12


class Tick(NamedTuple):
    """What happened on a day, at a place from 0 to 1000, how high of 1 to 20, in which colour."""

    on: date
    x: int
    says: str
    stage: str = ""
    high: int = 20


class Lifeline(NamedTuple):
    """Ticks in order of days; `here` is where the day shown lies among them."""

    ticks: list[Tick]
    here: int
    earlier: Tick | None
    later: Tick | None
    ends: tuple[int, int] = (EDGE, WIDE - EDGE)


def lifeline(told: Iterable[tuple[date, str, str]], on: date, today: date) -> Lifeline | None:
    """Return the days on which something was said, with the stage it led to if it did."""
    days = [(day, list(group)) for day, group in groupby(sorted(told), key=lambda one: one[0])]
    if not days:
        return None
    first = days[0][0]
    ticks = [
        Tick(
            day,
            _place(day, first, today),
            "; ".join(dict.fromkeys(s for _, s, _ in group)),
            _stage(group),
        )
        for day, group in days
    ]
    return _line(ticks, on, first, today)


def activity(counts: Mapping[date, int], on: date, today: date) -> Lifeline | None:
    """Return months as ticks: how much changed in each, its last day to lead to."""
    if not counts:
        return None
    first, most = min(counts), max(counts.values())
    ticks = [
        Tick(day, _place(day, first, today), str(count), high=max(2, 20 * count // most))
        for day, count in sorted(counts.items())
    ]
    return _line(ticks, on, first, today)


def _line(ticks: list[Tick], on: date, first: date, today: date) -> Lifeline:
    earlier = [tick for tick in ticks if tick.on < on]
    later = [tick for tick in ticks if on < tick.on <= today]
    here = _place(max(min(on, today), first), first, today)
    return Lifeline(ticks, here, earlier[-1] if earlier else None, later[0] if later else None)


def _place(day: date, first: date, today: date) -> int:
    whole = max((today - first).days, 1)
    return EDGE + (WIDE - 2 * EDGE) * min((day - first).days, whole) // whole


def _stage(group: Sequence[tuple[date, str, str]]) -> str:
    return next((stage for _, _, stage in reversed(group) if stage), "")
