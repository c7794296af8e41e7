"""Openness: who may be named, what may be told of them, and how small a number may be."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta

import openly
import pytest
from department import TODAY, Department
from hypothesis import given
from hypothesis import strategies as st
from stories import SEALED, STORIES

from domain import candidate_events as happened
from domain.candidate import Candidate, Fact, Standing
from domain.person import PersonalDataErased
from domain.publicity import CommentPeriodOpened
from domain.unit import UnitRenamed
from domain.values import ErasureGround, FastTrackGround, Outcome, Private, Stage
from events_store import seal
from events_store.names import NAME_OF
from web.exemplars import Exemplars, among
from web.moment import Moment
from web.parts import Parts
from workflow import commands as asked
from workflow import openness
from workflow.openness import EVENTS, LEAST, Known, masked, merged, short

RECOGNIZED = (Stage.REPLICATE, Outcome.COMPLETED)
CELLS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 12))


def marks(found: list[Known]) -> set[str]:
    return {one.name.partition("-")[0] for one in found}


@pytest.fixture
def parts(register: Department) -> Parts:
    return Parts(register.ledger, register, None)  # type: ignore[arg-type]


def test_nobody_is_an_exemplar_but_who_is_recognised(register: Department, parts: Parts) -> None:
    for state, story in STORIES.items():
        openly.recorded(register, str(state), story)
    wanted = {"summarize", *map(str, RECOGNIZED)}  # the story recognises before it advances
    found = Exemplars().of(parts)
    assert marks(found) == wanted
    every = register.ledger.entries_of([one.subject for one in found])  # and not of some kinds
    assert list(among(parts, every)) == found


def test_what_is_told_of_an_exemplar_are_the_words_that_the_rules_allow(
    register: Department, parts: Parts
) -> None:
    openly.recorded(register, "Ai", STORIES[Outcome.COMPLETED])
    (one,) = Exemplars().of(parts)
    unsaid = ("subject", "entry", "method", "published")
    told = {key: value for key, value in asdict(one).items() if key not in unsaid}
    assert told == {
        "kind": "individual",
        "name": "Ai-name",
        "unit": "Chi cục Kiểm lâm",
        "position": "Ai-position",
        "field": "Ai-field",
        "achievement": "Ai-achievement",
        "decision": "12/QĐ-UBND",
        "recognized_on": openly.ON,
    }


def test_what_is_kept_in_step_is_what_is_read_from_the_beginning(
    register: Department, parts: Parts
) -> None:
    index = Exemplars()
    one = openly.recorded(register, "Một", STORIES[Stage.REPLICATE])
    two = openly.recorded(register, "Hai", STORIES[Outcome.COMPLETED])
    assert marks(index.of(parts)) == {"Một", "Hai"}
    openly.recorded(register, "Ba", STORIES[Stage.DISCOVER])
    assert marks(index.of(parts)) == {"Một", "Hai"}
    who = register.candidate(two).person
    assert who
    register.ask(asked.DescribePerson(Private({"name": "Tư-name"})), who)
    assert marks(index.of(parts)) == {"Một", "Tư"}
    openly.add(register, who, PersonalDataErased(ErasureGround.DECIDED))
    register.ledger.erase(who)
    assert marks(index.of(parts)) == {"Một"} == marks(Exemplars().of(parts))
    openly.add(register, one, happened.RecognitionRevoked(None))
    assert index.of(parts) == [] == Exemplars().of(parts)
    openly.add(register, one, happened.RecognitionRestored("9/QĐ", SEALED))
    assert marks(index.of(parts)) == {"Một"} == marks(Exemplars().of(parts))


def test_a_unit_that_is_called_otherwise_on_the_day_is_told_so(
    register: Department, parts: Parts
) -> None:
    index = Exemplars()
    one = openly.recorded(register, "Một", STORIES[Stage.REPLICATE])
    openly.recorded(register, "Hai", STORIES[Stage.REPLICATE])
    unit = register.candidate(one).standing.unit or ""
    assert {one.unit for one in index.of(parts)} == {"Chi cục Kiểm lâm"}
    later = openly.ON + timedelta(1)
    for on, name in ((later, "Chi cục khác"), (openly.ON, "Chi cục Lâm nghiệp")):
        openly.add(register, unit, UnitRenamed(name), on)
        assert index.of(parts) == Exemplars().of(parts)
    assert {one.unit for one in index.of(parts)} == {"Chi cục Lâm nghiệp"}


def test_a_day_that_is_past_shows_who_was_recognised_by_then(
    register: Department, parts: Parts
) -> None:
    openly.recorded(register, "Sớm", STORIES[Stage.REPLICATE], date(2024, 3, 1))
    size = register.ledger.size()
    openly.recorded(register, "Muộn", STORIES[Stage.REPLICATE])
    index = Exemplars()
    assert marks(index.of(parts, Moment(date(2024, 3, 1)))) == {"Sớm"}
    assert marks(index.of(parts, Moment(date(2024, 2, 29)))) == set()
    assert marks(index.of(parts, Moment(TODAY, size))) == {"Sớm"}
    assert marks(index.of(parts, Moment(TODAY), "muon")) == {"Muộn"}
    assert marks(index.of(parts, Moment(TODAY), "muon-place")) == set()


def test_4_2_nothing_that_rests_on_a_state_secret_is_named() -> None:
    secret = happened.FastTrackGranted(FastTrackGround.STATE_SECRET)
    plain = happened.FastTrackGranted(FastTrackGround.FOUND_BY_HEAD)
    on = Fact(happened.ExemplarRecognized("1/QĐ"), TODAY, "person:1")
    opened = Fact(CommentPeriodOpened(10, TODAY, 0), TODAY, "person:1")
    heard = replace(Candidate().publicity, opened=opened)
    candidate = Candidate(Standing(), recognition=on, publicity=heard)
    for granted, told in ((secret, False), (plain, True)):
        one = replace(candidate, fast_track=Fact(granted, TODAY, "person:1"))
        assert (openness.is_exemplar(one), openness.is_commented(one, TODAY)) == (told, told)


def test_who_is_open_for_comment_is_known_until_the_last_day() -> None:
    opened = Fact(CommentPeriodOpened(10, TODAY, 0), TODAY, "person:1")
    one = replace(Candidate(), publicity=replace(Candidate().publicity, opened=opened))
    assert openness.is_commented(one, TODAY)
    assert not openness.is_commented(one, TODAY.replace(day=TODAY.day + 1))
    ended = replace(one, standing=Standing(outcome=Outcome.WITHDRAWN))
    assert not openness.is_commented(ended, TODAY)


def test_the_public_log_tells_of_the_same_kinds() -> None:
    assert {NAME_OF[event] for event in EVENTS} <= seal.PUBLIC_KINDS


@given(CELLS)
def test_no_cell_is_small_and_nobody_is_lost_but_where_all_are_few(cells: dict[str, int]) -> None:
    found = merged(cells)
    total = sum(cells.values())
    assert all(count >= LEAST for count in found.values())
    assert sum(found.values()) == (total if total >= LEAST else 0)
    gone = [name for name, count in cells.items() if count and name not in found]
    assert not found or len(gone) != 1  # else it could be found by subtraction
    assert all(found[name] == cells[name] for name in found if name != "rest")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Gọi 0912 345 678 nhé", "Gọi … nhé"),
        ("Số 020012345678.", "Số …."),
        ("CMND 080123456", "CMND …"),
        ("điện thoại +84.912.345.678", "điện thoại …"),
        ("tiết kiệm 1.234.567.890 đồng", "tiết kiệm 1.234.567.890 đồng"),
        ("từ 2021 đến 2025, 12,5 ha", "từ 2021 đến 2025, 12,5 ha"),
    ],
)
def test_numbers_of_people_are_masked_and_sums_of_money_are_not(said: str, shown: str) -> None:
    assert masked(said) == shown


@given(st.text(max_size=900))
def test_an_achievement_is_short(text: str) -> None:
    assert len(short(text)) <= openness.SHORT + 1
    assert short(text) == text or short(text).endswith("…")
