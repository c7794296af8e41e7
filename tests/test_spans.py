"""Spans: any day, as known at any position, they say what a replay says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

import postgres
import pytest
from department import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import (
    DAY,
    DERIVED,
    DISCOVERED,
    NURTURED,
    SEAL,
    SUMMARIZED,
    UNITS,
    dump,
    entry,
    story,
    units,
)

from domain import candidate_events as happened
from domain.candidate import Standing, fold
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.events import Event
from domain.history import as_of
from domain.values import CandidateKind, PersonKind, PriorityGroup, Rating, Stage
from events_store.cards import described_by
from events_store.checker import check
from events_store.database import Address
from events_store.ledger import Ledger, Reader
from events_store.spans import GROUPS, KINDS, NEVER, OPEN, STATES, day_number, day_of

CANDIDATES: Final = ("candidate:1", "candidate:2")
DAYS: Final = st.integers(0, 12)
Answer = tuple[str, str, CandidateKind, frozenset[PriorityGroup], bool, date]

FOUND: Final = """
SELECT state, unit, kind, priority, suspended, since FROM (
  SELECT *, {never} AS known_to FROM span UNION ALL SELECT * FROM span_past)
WHERE candidate = ? AND known_from < ? AND known_to >= ? AND valid_from <= ?
  AND (valid_to > ? OR end_known >= ?)"""


def found(reader: Reader, subject: str, on: date, known: int) -> list[Answer]:
    """Return what the tables say of a candidate on a day, as known at a position."""
    number, day = reader.entries(subject)[0].position, day_number(on)
    place = (number, known, known, day, day, known)
    named = {e.position: e.subject for e in reader.of_kind("unit") if e.version == 1}
    return [
        (STATES[state], named[unit], KINDS[kind], groups(bits), bool(suspended), day_of(since))
        for state, unit, kind, bits, suspended, since in reader.db.execute(
            FOUND.format(never=NEVER), place
        )
    ]


def groups(bits: int) -> frozenset[PriorityGroup]:
    """Return the priority groups behind a number."""
    return frozenset(group for at, group in enumerate(GROUPS) if bits >> at & 1)


def replayed(entries: Sequence[Entry], on: date, known: int) -> list[Answer]:
    """Return what the entries add up to, by the definition."""
    now = standing_on(entries, on, known)
    if now.state is None or now.unit is None or now.kind is None:
        return []
    since = on
    while standing_on(entries, since - timedelta(1), known).state == now.state:
        since -= timedelta(1)
    return [(now.state, now.unit, now.kind, frozenset(now.priority), now.suspended, since)]


def standing_on(entries: Sequence[Entry], on: date, known: int) -> Standing:
    """Return where a candidate stood."""
    return fold(as_of(entries, on, known)).standing


EVENTS: Final[st.SearchStrategy[Event]] = st.one_of(
    st.builds(
        happened.CandidateDiscovered,
        kind=st.sampled_from(CandidateKind),
        unit=st.sampled_from(UNITS),
        person=st.none(),
    ),
    st.builds(
        happened.CandidateDescribed,
        description=st.just(SEAL),
        name=st.none(),
        person_kind=st.none() | st.sampled_from(PersonKind),
        priority=st.lists(st.sampled_from(PriorityGroup), max_size=2).map(tuple),
    ),
    st.builds(happened.CandidateTransferred, st.sampled_from(UNITS)),
    st.builds(happened.StageAdvanced, st.sampled_from(Stage)),
    st.builds(happened.StageReturned, st.sampled_from(Stage), st.just(SEAL)),
    st.just(happened.CandidateSuspended(SEAL)),
    st.just(happened.CandidateResumed(SEAL)),
    st.just(happened.CandidateDeclined()),
    st.just(happened.CandidateWithdrawn()),
    st.just(happened.CandidacyCompleted()),
    st.just(happened.RecognitionRevoked(None)),
    st.just(happened.RatingRecorded(Rating.GOOD, 2023)),
    st.just(happened.PeerAcclaimRecorded("1/BB")),
)


@st.composite
def streams(draw: st.DrawFn) -> list[Entry]:
    """Return entries of two candidates, told in any order of days and corrected at will."""
    versions = dict.fromkeys(CANDIDATES, 0)
    told: list[Entry] = []
    for _ in range(draw(st.integers(1, 14))):
        subject = draw(st.sampled_from(CANDIDATES))
        versions[subject] += 1
        event = draw(news(versions[subject]))
        told.append(entry(subject, versions[subject], event, draw(DAYS)))
    return told


def news(version: int) -> st.SearchStrategy[Event]:
    """Return what may come at this version: mostly a discovery first, corrections later."""
    if version == 1:
        return st.just(DISCOVERED) | EVENTS
    targets = st.integers(1, version - 1)
    moved = st.builds(
        EffectiveDateCorrected, targets, DAYS.map(lambda d: DAY + timedelta(d)), st.just(SEAL)
    )
    return EVENTS | st.builds(EntryVoided, targets, st.just(SEAL)) | moved | EVENTS


@contextmanager
def a_file() -> Iterator[Address]:
    """Yield where a ledger can be kept."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "exemplar.db"


@contextmanager
def recorded(
    told: Sequence[Entry],
    cuts: Sequence[int] | None = None,
    place: Callable[[], AbstractContextManager[Address]] = a_file,
) -> Iterator[Ledger]:
    """Yield a ledger of its own with entries in batches that end at cuts, or one by one."""
    ends = range(1, len(told) + 1) if cuts is None else sorted({*cuts, len(told)})
    with place() as address:
        ledger = Ledger(address, Clock())
        ledger.append(units())
        start = 0
        for end in ends:
            if told[start:end]:
                ledger.append(told[start:end])
            start = end
        yield ledger
        ledger.recorder.close()


@settings(max_examples=120, deadline=None)
@given(streams())
def test_spans_say_what_a_replay_says_on_every_day_and_known_at_every_position(
    told: list[Entry],
) -> None:
    with recorded(told) as ledger:
        for subject in {e.subject for e in told}:
            entries = ledger.entries(subject)
            for known in range(ledger.size() + 1):
                for day in range(-1, 15):
                    on = DAY + timedelta(day)
                    kept = found(ledger, subject, on, known)
                    assert kept == replayed(entries, on, known), (subject, day, known)


@settings(max_examples=100, deadline=None)
@given(streams(), st.lists(st.integers(0, 14), max_size=4))
def test_one_by_one_in_batches_and_rebuilt_give_the_same_tables(
    told: list[Entry], cuts: list[int]
) -> None:
    with recorded(told) as slowly, recorded(told, cuts) as batched, recorded(told, []) as at_once:
        kept = dump(slowly.db, DERIVED)
        assert dump(batched.db, DERIVED) == kept
        assert dump(at_once.db, DERIVED) == kept
        assert slowly.rebuild() == slowly.size()
        assert dump(slowly.db, DERIVED) == kept


@settings(max_examples=15, deadline=None)
@given(streams(), st.lists(st.integers(0, 14), max_size=4))
def test_both_databases_keep_the_same_tables(told: list[Entry], cuts: list[int]) -> None:
    with recorded(told, cuts, postgres.database) as there, recorded(told) as here:
        assert dump(there.db, DERIVED) == dump(here.db, DERIVED)
        assert check(there, 60, seed=1) == []
        assert there.rebuild() == there.size()
        assert dump(there.db, DERIVED) == dump(here.db, DERIVED)


@settings(max_examples=50, deadline=None)
@given(streams())
def test_live_segments_meet_without_gap_and_the_last_is_open(told: list[Entry]) -> None:
    with recorded(told) as ledger:
        sql = "SELECT candidate, valid_from, valid_to FROM span ORDER BY candidate, valid_from"
        for _, spans in groupby(ledger.db.execute(sql).fetchall(), key=lambda row: row[0]):
            starts, ends = zip(*((valid_from, to) for _, valid_from, to in spans), strict=True)
            assert ends == (*starts[1:], OPEN)


@settings(max_examples=50, deadline=None)
@given(streams(), st.integers(0, 100))
def test_the_checker_finds_nothing_wrong_where_nothing_is(told: list[Entry], seed: int) -> None:
    with recorded(told) as ledger:
        assert check(ledger.reader(), 60, seed) == []


@settings(max_examples=100, deadline=None)
@given(streams())
def test_a_card_names_whom_the_candidates_fold_names(told: list[Entry]) -> None:
    for subject in CANDIDATES:
        entries = as_of(each for each in told if each.subject == subject)
        now = fold(entries)
        assert described_by(entries) == (now.person, now.name, now.description)


def test_a_rebuild_does_not_depend_on_where_its_batches_end(ledger: Ledger) -> None:
    ledger.append(units())
    for at in range(1500):  # more entries than one batch of a rebuild holds
        told = [(DISCOVERED, 0), (NURTURED, at % 40)]
        ledger.append(story(f"candidate:{at}", told))
    kept = dump(ledger.db, DERIVED)
    ledger.rebuild()
    assert dump(ledger.db, DERIVED) == kept


@pytest.fixture
def history(ledger: Ledger) -> Ledger:
    """Return a ledger of three candidates, one of them corrected."""
    ledger.append(units())
    for number in (1, 2, 3):
        told = [(DISCOVERED, 0), (NURTURED, 30), (SUMMARIZED, 200)]
        ledger.append(story(f"candidate:{number}", told))
    moved = EffectiveDateCorrected(2, DAY + timedelta(40), SEAL)
    ledger.append([entry("candidate:2", 4, moved, 210)])
    return ledger


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE span SET state = 3 WHERE candidate = 6 AND valid_to < 2000000000",
        "UPDATE span SET state = 0 WHERE candidate = 6 AND valid_to = 2000000000",
        "UPDATE span SET unit = 1 WHERE candidate = 3",
        "UPDATE span SET suspended = 1 WHERE candidate = 9",
        "UPDATE span SET priority = 4 WHERE candidate = 9",
        "UPDATE span SET since = since + 1 WHERE candidate = 9",
        "UPDATE span SET valid_to = valid_to - 1 WHERE candidate = 3 AND valid_to < 2000000000",
        "UPDATE span SET known_from = known_from + 2 WHERE candidate = 3",
        "UPDATE span SET end_known = end_known + 2 WHERE candidate = 3 AND end_known < 100",
        "DELETE FROM span WHERE candidate = 9",
        "DELETE FROM span_past",
        "UPDATE span_past SET known_to = known_to - 2",
        "INSERT INTO span SELECT candidate, valid_from + 1, valid_to, known_from, end_known,"
        " 3, unit, kind, priority, suspended, since FROM span WHERE candidate = 9",
    ],
)
def test_the_checker_finds_a_tampered_row(history: Ledger, tampering: str) -> None:
    assert check(history, 300, seed=1) == []
    assert history.db.execute(tampering).rowcount > 0
    assert check(history, 300, seed=1) != []
    history.rebuild()
    assert check(history, 300, seed=1) == []


@pytest.mark.parametrize("by", [-5, 5])
def test_gaps_and_overlaps_are_found_without_luck(history: Ledger, by: int) -> None:
    sql = "UPDATE span SET valid_to = valid_to + ? WHERE candidate = 9 AND state = 0"
    history.db.execute(sql, (by,))
    (found_out,) = check(history, 0, seed=0)
    assert (found_out.candidate, found_out.on) == (
        "candidate:3",
        DAY + timedelta(min(30, 30 + by)),
    )
    assert len(found_out.kept) == (2 if by > 0 else 0)


def test_a_row_forged_past_the_recorder_moves_nobody_and_is_found(history: Ledger) -> None:
    before = dump(history.db, DERIVED)
    sql = "SELECT * FROM entries WHERE position = 11"
    _, subject, _, *told, body, blind, leaf = history.db.execute(sql).fetchone()
    forged = (13, subject, 4, *told, body.replace(b"summarize", b"replicate"), blind, leaf)
    history.db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", forged)
    assert dump(history.db, DERIVED) == before
    assert {d.candidate for d in check(history, 200, seed=3)} == {"candidate:3"}


def test_an_empty_ledger_has_nothing_to_check(ledger: Ledger) -> None:
    assert check(ledger, 10, seed=0) == []


def test_the_same_seed_checks_the_same_places(history: Ledger) -> None:
    history.db.execute("DELETE FROM span_past")
    assert check(history, 50, seed=9) == check(history, 50, seed=9)
