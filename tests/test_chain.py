"""The chain of segments: told entry by entry or thought through anew, it is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import cast, get_args

from histories import FIRST, numbered, tellings
from hypothesis import given
from hypothesis import strategies as st

from domain import candidate_events as happened
from domain.candidate import Standing, stand
from domain.candidate_events import StandingEvent
from domain.corrections import Correction
from domain.entry import Entry
from domain.history import as_of, is_correction
from domain.values import CandidateKind, Stage
from events_store.spans import (
    GROUP_BIT,
    KIND_NUMBER,
    NEVER,
    OPEN,
    STATE_NUMBER,
    VALID_FROM,
    Chain,
    Key,
    Span,
    day_number,
)

TELLING = (*get_args(StandingEvent), *get_args(Correction))
UNITS = {"unit:a": 0, "unit:b": 1}


class Thorough:
    """The definition: with every entry, all segments of the whole history are compared."""

    def __init__(self) -> None:
        self.told: list[Entry] = []
        self.live: dict[int, Span] = {}
        self.past: list[Span] = []

    def hear(self, entry: Entry) -> None:
        self.told.append(entry)
        segments = list(segments_of(self.told))
        ends = [*(day for day, _ in segments[1:]), OPEN]
        believed = {
            day: self.believe([day, end], key, entry.position)
            for (day, key), end in zip(segments, ends, strict=False)
        }
        for day, span in self.live.items():
            if believed.get(day) is not span:
                self.past.append([*span, entry.position])
        self.live = believed

    def believe(self, valid: list[int], key: Key, position: int) -> Span:
        span = self.live.get(valid[0])
        if span and tuple(span[4:]) == key and span[1] in (valid[1], OPEN):
            if span[1] != valid[1]:
                span[1], span[3] = valid[1], position
            return span
        return [*valid, position, NEVER if valid[1] == OPEN else position, *key]


def segments_of(told: Sequence[Entry]) -> Iterator[tuple[int, Key]]:
    standing, last, since = Standing(), None, 0
    in_force = [e for e in as_of(told) if not is_correction(e)]
    for day, entries in groupby(in_force, key=attrgetter("effective_on")):
        was = standing.state
        for entry in entries:
            standing = stand(standing, cast(StandingEvent, entry.event))
        since = since if standing.state == was else day_number(day)
        if standing.state and standing.kind and standing.unit:
            groups = sum(GROUP_BIT[group] for group in set(standing.priority))
            state, unit = STATE_NUMBER[standing.state], UNITS[standing.unit]
            suspended = int(standing.suspended)
            key = (state, unit, KIND_NUMBER[standing.kind], groups, suspended, since)
            if key != last:
                yield day_number(day), key
                last = key


def telling(told: Sequence[Entry]) -> list[Entry]:
    kept = [entry for entry in told if isinstance(entry.event, TELLING)]
    return numbered(*((entry.event, entry.effective_on) for entry in kept))


@given(tellings().map(telling))
def test_a_chain_told_entry_by_entry_equals_one_thought_through_anew(told: list[Entry]) -> None:
    chain, thorough = Chain([], []), Thorough()
    for entry in told:
        chain.hear(entry, UNITS)
        thorough.hear(entry)
        assert list(chain.live.values()) == list(thorough.live.values())
        assert sorted(chain.past) == sorted(thorough.past)


@given(tellings().map(telling), st.data())
def test_a_chain_taken_up_again_goes_on_as_if_never_laid_down(
    told: list[Entry], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(told)))
    whole, first = Chain([], []), Chain([], [])
    for entry in told:
        whole.hear(entry, UNITS)
    for entry in told[:cut]:
        first.hear(entry, UNITS)
    second = Chain(told[:cut], [list(span) for span in first.live.values()])
    for entry in told[cut:]:
        second.hear(entry, UNITS)
    assert second.live == whole.live
    assert sorted(first.past + second.past) == sorted(whole.past)


def test_an_entry_in_order_leaves_earlier_rows_alone() -> None:
    facts = [
        happened.CandidateDiscovered(CandidateKind.MODEL, "unit:a"),
        *(happened.StageAdvanced(stage) for stage in (*Stage, *Stage)[1:]),
    ]
    chain = Chain([], [])
    told = numbered(*((fact, FIRST.replace(day=at + 1)) for at, fact in enumerate(facts)))
    for entry in told[:-1]:
        chain.hear(entry, UNITS)
    earlier = list(chain.live.values())[:-1]
    chain.hear(told[-1], UNITS)
    assert all(span is chain.live[span[VALID_FROM]] for span in earlier)
    assert chain.past == []
