"""Terms: the numbers of a rule set that no law fixes, by area, each with its default in data."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.obligation import PlanPart
from domain.programme import DutyKind
from domain.values import FastTrackGround


class Swap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A working day given off for a day off that is worked instead."""

    off: date
    working: date


class CalendarTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which days are off by law. `weekend` counts from Monday = 1, `every_year` is "mm-dd"."""

    weekend: tuple[int, ...]
    every_year: tuple[str, ...]
    single: tuple[date, ...]
    tet: tuple[date, ...]
    tet_days: int
    swaps: tuple[Swap, ...]


class ProgrammeTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What units owe and by when. `due` is "mm-dd", by kind; `parts` what a plan must say."""

    due: dict[DutyKind, str]
    yearly: tuple[DutyKind, ...]
    parts: dict[DutyKind, tuple[PlanPart, ...]]
    idle_months: int


class LeaderTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long one heads a unit in a year to answer for it (A-8)."""

    least_days: int


class FastTrackTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which needs each ground of the simple procedure sets aside (A-13)."""

    waives: dict[FastTrackGround, tuple[str, ...]]


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a rule set fixes beside moves, needs and criteria."""

    calendar: CalendarTerms
    programme: ProgrammeTerms
    leader: LeaderTerms
    fast_track: FastTrackTerms
