"""Figures counted anew from entries, by their definitions and without SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain import candidate_events as happened
from domain.candidate import Standing, fold, stand
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import Stage
from events_store.names import NAME_OF
from events_store.spans import STATES

Counted = dict[tuple[Any, ...], tuple[Any, ...]]
LONG = 60  # days before a day that are looked back at


class Told(NamedTuple):
    """The entries of some candidates, and what is asked about them."""

    entries: Mapping[str, Sequence[Entry]]
    since: date
    on: date
    known: int | None

    def believed(self, subject: str) -> list[Entry]:
        """Return what is in force on the day."""
        return as_of(self.entries[subject], self.on, self.known)

    def standing(self, subject: str, day: date) -> Standing:
        """Return where a candidate stands on any day, as known then."""
        now = Standing()
        for entry in as_of(self.entries[subject], day, self.known):
            if not is_correction(entry) and isinstance(
                entry.event, happened.StandingEvent.__args__
            ):
                now = stand(now, entry.event)
        return now

    def began(self, subject: str, day: date) -> date:
        """Return the first day of the state of a day."""
        state = self.standing(subject, day).state
        while self.standing(subject, day - timedelta(1)).state == state:
            day -= timedelta(1)
        return day

    def moves(self, subject: str) -> Iterator[tuple[date, str | None, str]]:
        """Yield the days of the period on which the state is not that of the day before."""
        for back in range((self.on - self.since).days, -1, -1):
            day = self.on - timedelta(back)
            was, now = (self.standing(subject, d).state for d in (day - timedelta(1), day))
            if now and now != was:
                yield day, was, now


def counted(rows: Iterable[tuple[Any, ...]]) -> Counted:
    return {key: (count,) for key, count in Counter(rows).items()}


def ranked(rows: Iterable[tuple[tuple[Any, ...], int]]) -> Counted:
    """Return count, exact percentiles and the longest, by keys."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for key, days in rows:
        found.setdefault(key, []).append(days)
    return {key: _ranks(sorted(days)) for key, days in found.items()}


def _ranks(days: list[int]) -> tuple[int, ...]:
    ranks = (days[-(-len(days) * part // 100) - 1] for part in (25, 50, 75, 90))
    return len(days), *ranks, days[-1]


def recount(told: Told) -> dict[str, Counted]:
    """Return figures by name, each by its keys."""
    there = {s: told.standing(s, told.on) for s in told.entries}
    there = {s: now for s, now in there.items() if now.state}
    groups = [(s, g) for s, now in there.items() for g in {*now.priority} or {"none"}]
    moves = [(s, *move) for s in told.entries for move in told.moves(s)]
    before = {s: told.standing(s, told.since - timedelta(1)).state for s in there}
    return {
        "by-stage": counted((now.state,) for now in there.values()),
        "by-unit": counted((now.unit, now.state) for now in there.values()),
        "by-kind": counted((str(now.kind), now.state) for now in there.values()),
        "by-priority": counted((str(g), there[s].state) for s, g in groups),
        "shares": {
            k: (n, len(there)) for k, (n,) in counted((str(g),) for _, g in groups).items()
        },
        "waiting": ranked(
            ((now.state,), (told.on - told.began(s, told.on)).days) for s, now in there.items()
        ),
        "flows": counted((before[s] or "not-yet", now.state) for s, now in there.items()),
        "monthly": counted((f"{day:%Y-%m}", now) for _, day, _, now in moves),
        "passages": ranked(
            ((was, now), (day - told.began(s, day - timedelta(1))).days)
            for s, day, was, now in moves
            if was
        ),
        "unreported": counted(
            (now.unit,)
            for s, now in there.items()
            if now.state == Stage.NURTURE
            and not any(
                isinstance(e.event, happened.ProgressReported)
                and e.effective_on.year == told.on.year
                for e in told.believed(s)
            )
        ),
        "conversion": _conversion(told, there),
        "titles": _titles(told),
        "returns": _returns(told),
        "corrections": _corrections(told),
    }


def _conversion(told: Told, there: Iterable[str]) -> Counted:
    found: dict[tuple[Any, ...], list[int]] = {}
    for subject in there:
        first = told.on
        while told.standing(subject, first - timedelta(1)).state:
            first -= timedelta(1)
        days = [first + timedelta(n) for n in range((told.on - first).days + 1)]
        states = [STATES.index(told.standing(subject, day).state) for day in days]  # type: ignore[arg-type]
        reached = max(state if state < len(Stage) else 0 for state in states)
        row = found.setdefault((first.year,), [0] * 4)
        for stage in range(reached + 1):
            row[stage] += 1
    return {key: tuple(row) for key, row in found.items()}


def _within(told: Told, entry: Entry) -> bool:
    return told.since <= entry.effective_on <= told.on


def _titles(told: Told) -> Counted:
    found: dict[tuple[Any, ...], list[int]] = {}
    for subject in told.entries:
        candidate = fold(told.believed(subject))
        kept = (*candidate.titles, *candidate.left_behind)  # with the unit that it left
        for lost, facts in ((0, kept), (1, candidate.untitled)):
            for fact in facts:
                event = fact.event
                if isinstance(event, happened.TitleRecorded) and told.since <= fact.on <= told.on:
                    row = found.setdefault((event.year, str(event.title)), [0, 0])
                    row[0] += 1
                    row[1] += lost
    return {key: tuple(row) for key, row in found.items()}


def _returns(told: Told) -> Counted:
    kinds = (
        happened.StageReturned,
        happened.CandidateDeclined,
        happened.CandidateWithdrawn,
        happened.RecognitionRevoked,
    )
    return counted(
        (
            NAME_OF[type(e.event)],
            str(getattr(e.event, "to", "")),
            str(getattr(e.event, "ground", None) or ""),
        )
        for subject in told.entries
        for e in told.believed(subject)
        if isinstance(e.event, kinds) and _within(told, e)
    )


def _corrections(told: Told) -> Counted:
    return counted(
        (NAME_OF[type(e.event)], NAME_OF[type(entries[e.event.target - 1].event)])
        for entries in told.entries.values()
        for e in entries
        if isinstance(e.event, EntryVoided | EffectiveDateCorrected)
        and (told.known is None or e.position < told.known)
        and _within(told, e)
    )
