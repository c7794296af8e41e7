"""Two clocks: what was in force on a day, as known at a position; voids and corrected days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from histories import DAYS, entry, numbered, tellings
from hypothesis import given
from hypothesis import strategies as st
from stories import FOUND, NURTURED, SEALED, SUMMARIZED

from domain.candidate import fold
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.history import as_of, corrected, is_correction

MAY = [date(2025, 5, day) for day in range(1, 32)]


def void(target: int) -> EntryVoided:
    return EntryVoided(target, SEALED)


def redate(target: int, to: date) -> EffectiveDateCorrected:
    return EffectiveDateCorrected(target, to, SEALED)


def versions(entries: Iterable[Entry]) -> list[int]:
    return [entry.version for entry in entries if not is_correction(entry)]


STORY = numbered((FOUND, MAY[0]), (NURTURED, MAY[20]), (SUMMARIZED, MAY[10]))


def test_entries_take_effect_in_the_order_of_their_days() -> None:
    assert versions(as_of(STORY)) == [1, 3, 2]


def test_entries_of_one_day_take_effect_in_the_order_recorded() -> None:
    told = numbered((FOUND, MAY[0]), (NURTURED, MAY[0]), (SUMMARIZED, MAY[0]))
    assert versions(as_of(reversed(told))) == [1, 2, 3]


@pytest.mark.parametrize(("on", "in_force"), [(0, [1]), (9, [1]), (10, [1, 3]), (20, [1, 3, 2])])
def test_on_a_day_only_what_had_begun_is_in_force(on: int, in_force: list[int]) -> None:
    assert versions(as_of(STORY, on=MAY[on])) == in_force


@pytest.mark.parametrize(("known", "in_force"), [(0, []), (1, [1]), (2, [1, 2]), (3, [1, 3, 2])])
def test_at_a_position_only_what_was_recorded_before_it_is_known(
    known: int, in_force: list[int]
) -> None:
    assert versions(as_of(STORY, known=known)) == in_force


def test_a_voided_entry_no_longer_counts_from_when_that_is_known() -> None:
    told = [*STORY, entry(3, void(2), MAY[25], 4)]
    assert [versions(as_of(told, known=known)) for known in (3, 4)] == [[1, 3, 2], [1, 3]]


def test_a_void_counts_on_days_before_it_was_recorded() -> None:
    told = [*STORY, entry(3, void(1), MAY[25], 4)]
    assert versions(as_of(told, on=MAY[1])) == []


def test_a_corrected_day_moves_an_entry() -> None:
    told = [*STORY, entry(3, redate(2, MAY[5]), MAY[25], 4)]
    assert [(e.version, e.effective_on) for e in as_of(told, on=MAY[11])] == [
        (1, MAY[0]),
        (2, MAY[5]),
        (3, MAY[10]),
    ]


def test_the_last_corrected_day_is_believed() -> None:
    told = [
        *STORY,
        entry(3, redate(2, MAY[5]), MAY[25], 4),
        entry(4, redate(2, MAY[7]), MAY[2], 5),
    ]
    days = [{e.version: e.effective_on for e in as_of(told, known=k)}[2] for k in (3, 4, 5)]
    assert days == [MAY[20], MAY[5], MAY[7]]


def test_a_void_outlasts_a_corrected_day() -> None:
    told = [*STORY, entry(3, void(2), MAY[25], 4), entry(4, redate(2, MAY[5]), MAY[26], 5)]
    assert versions(as_of(told)) == [1, 3]


@pytest.mark.parametrize("correction", [void(4), redate(4, MAY[1])])
def test_a_correction_is_never_corrected(correction: EntryVoided | EffectiveDateCorrected) -> None:
    told = [*STORY, entry(3, void(2), MAY[25], 4), entry(4, correction, MAY[26], 5)]
    assert versions(as_of(told)) == [1, 3]
    assert {e.version: e.effective_on for e in corrected(told)}[4] == MAY[25]


def test_without_corrections_every_entry_counts_as_it_was_told() -> None:
    assert corrected(STORY) == STORY


@given(tellings(), DAYS, st.integers(0, 14))
def test_a_state_of_a_day_as_known_then_never_changes(
    told: list[Entry], on: date, known: int
) -> None:
    assert fold(as_of(told, on, known)) == fold(as_of(told[:known], on))


@given(tellings(), DAYS)
def test_what_takes_effect_later_says_nothing_about_earlier_days(
    told: list[Entry], on: date
) -> None:
    later = [e for e in corrected(told) if is_correction(e) or e.effective_on <= on]
    assert fold(as_of(told, on)) == fold(as_of(later, on))


@given(tellings())
def test_the_order_of_effect_is_the_order_of_days_and_then_of_telling(told: list[Entry]) -> None:
    keys = [(e.effective_on, e.position) for e in as_of(told)]
    assert keys == sorted(keys)


@given(tellings(), st.integers(0, 60))
def test_a_later_day_shows_all_that_an_earlier_day_showed(told: list[Entry], days: int) -> None:
    on = date(2025, 1, 1) + timedelta(days=days)
    earlier, later = as_of(told, on), as_of(told, on + timedelta(days=1))
    assert later[: len(earlier)] == earlier
