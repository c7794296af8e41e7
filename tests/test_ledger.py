"""The ledger: entries in order, found by subject, kind, command, position and instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from department import Clock
from hypothesis import example, given
from hypothesis import strategies as st
from samples import DISCOVERED, NURTURED, SUMMARIZED, TABLES, UNITS, dump, entry, story, units

from domain.entry import micros
from domain.faults import Conflict, Unreadable
from domain.office import OfficeGranted
from domain.unit import UnitRenamed
from domain.values import Role
from events_store import merkle
from events_store.ledger import Ledger, Reader


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return entries recorded in bursts, with pauses and backward steps of the clock between."""
    clock, random = Clock(), Random(4)
    ledger = Ledger(tmp_path_factory.mktemp("timed") / "exemplar.db", clock)
    for at in range(60):
        clock.forward(microseconds=random.choice((-5, 0, 0, 1, 2, 9)))
        burst = random.randint(1, 4)
        ledger.append([entry(f"unit:{at}-{n}", 1, UnitRenamed("Đơn vị")) for n in range(burst)])
    return ledger.reader()


@given(after=st.integers(-20, 200))
@example(after=-20)
@example(after=200)
def test_an_instant_is_the_number_of_entries_recorded_by_then(timed: Reader, after: int) -> None:
    instants = [e.recorded_at for e in timed.all()]
    instant = instants[0] + timedelta(microseconds=after)
    assert timed.position_at(instant) == sum(recorded <= instant for recorded in instants)


def test_every_recorded_instant_includes_its_own_entry(timed: Reader) -> None:
    told = list(timed.all())
    assert sorted(e.recorded for e in told) == [e.recorded for e in told]
    assert [e.position for e in told if timed.position_at(e.recorded_at) <= e.position] == []


def test_an_instant_may_come_from_any_time_zone(timed: Reader) -> None:
    last = list(timed.all())[-1].recorded_at
    assert timed.position_at(last.astimezone()) == timed.position_at(last) == timed.size()


def test_nothing_was_recorded_by_any_instant_in_an_empty_ledger(ledger: Ledger) -> None:
    assert ledger.position_at(datetime(2100, 1, 1, tzinfo=UTC)) == 0


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Return three units, and two candidates whose entries alternate."""
    ledger.append(units())
    one, other = (
        story(f"candidate:{n}", [(DISCOVERED, 0), (NURTURED, 30), (SUMMARIZED, 5)]) for n in "12"
    )
    for pair in zip(one, other, strict=True):
        ledger.append(pair)
    return ledger


def test_entries_come_in_the_order_recorded_not_of_effect(told: Ledger) -> None:
    entries = told.entries("candidate:1")
    assert [(e.version, e.position) for e in entries] == [(1, 3), (2, 5), (3, 7)]
    assert [e.event for e in entries] == [DISCOVERED, NURTURED, SUMMARIZED]
    assert [e.position for e in told.all()] == list(range(9))
    assert [e.position for e in told.all(2, 5)] == [2, 3, 4]


def test_what_is_read_is_what_append_answered(told: Ledger) -> None:
    answered = told.append([entry("candidate:1", 4, NURTURED), entry("candidate:2", 4, NURTURED)])
    assert list(told.all(9)) == answered
    assert [e.position for e in answered] == [9, 10]


def test_an_unknown_subject_has_no_entries(told: Ledger) -> None:
    assert (told.entries("candidate:9"), told.version("candidate:9")) == ([], 0)
    assert told.entries_of([]) == {}


def test_several_subjects_are_answered_in_one_question(told: Ledger) -> None:
    subjects = ["candidate:2", "candidate:9", "unit:1"]
    assert told.entries_of(subjects) == {subject: told.entries(subject) for subject in subjects}


def test_entries_of_a_kind_are_those_of_all_its_subjects_from_a_position_on(told: Ledger) -> None:
    told.append([entry(UNITS[0], 2, UnitRenamed("Chi cục")), entry("unity:1", 1, NURTURED)])
    assert [e.subject for e in told.of_kind("unit")] == [*UNITS, UNITS[0]]
    assert [e.position for e in told.of_kind("unit", 2)] == [2, 9]
    assert told.of_kind("unit", 10) == told.of_kind("uni") == told.of_kind("office") == []


def test_entries_of_a_kind_come_in_the_order_recorded(told: Ledger) -> None:
    granted = OfficeGranted("person:1", Role.AUDITOR)
    for name in ("b", "a", "c"):
        told.append([entry(f"office:{name}", 1, granted)])
    assert [e.subject[-1] for e in told.of_kind("office")] == ["b", "a", "c"]


def test_a_command_answers_with_all_it_has_recorded(told: Ledger) -> None:
    made = [
        entry("candidate:1", 4, NURTURED, 0, "c1"),
        entry("candidate:3", 1, DISCOVERED, 0, "c1"),
    ]
    other = entry("candidate:1", 5, NURTURED, 0, "c2")
    recorded = told.append([*made, other])
    assert told.answered("c1") == recorded[:2]
    assert told.answered("c2") == recorded[2:]
    assert told.answered("c3") == []


def test_a_command_in_two_appends_of_one_transaction_is_one_command(told: Ledger) -> None:
    with told.transaction():
        one = told.append([entry("candidate:1", 4, NURTURED, 0, "c1")])
        two = told.append([entry("candidate:2", 4, NURTURED, 0, "c1")])
    assert told.answered("c1") == [*one, *two]


def test_the_root_is_that_of_all_leaves_in_order(told: Ledger) -> None:
    leaves = [leaf for (leaf,) in told.db.execute("SELECT leaf FROM entries ORDER BY position")]
    size, edge = merkle.extend(0, b"", leaves)
    head = told.db.execute("SELECT size, edge FROM head").fetchone()
    assert head == (size, edge)
    assert len(told.root()) == 44


def test_a_row_that_cannot_be_read_is_named(told: Ledger) -> None:
    told.db.execute(
        "INSERT INTO entries VALUES (9, 'candidate:1', 4, 0, 'os:system', ?, ?, ?)",
        (b"{}", b"", b""),
    )
    with pytest.raises(Unreadable) as caught:
        told.entries("candidate:1")
    assert caught.value.where == "entry 9"
    with pytest.raises(Unreadable):
        list(told.all())


def test_a_lost_race_names_the_subject_and_says_nothing_was_kept(told: Ledger) -> None:
    before = dump(told.db)
    with pytest.raises(Conflict, match="candidate:1 has moved on"):
        told.append([entry("candidate:1", 3, NURTURED)])
    assert dump(told.db) == before


def test_an_empty_append_is_nothing(told: Ledger) -> None:
    before = dump(told.db)
    assert told.append([]) == []
    assert dump(told.db) == before


def test_a_rebuild_tells_how_far_it_is_and_changes_nothing(told: Ledger) -> None:
    before, steps = dump(told.db, TABLES), list[int]()
    told.append([entry(f"unit:x{at}", 1, UnitRenamed("Đơn vị")) for at in range(4500)])
    before = dump(told.db, TABLES)
    assert told.rebuild(steps.append) == 4509
    assert steps == sorted(set(steps))
    assert dump(told.db, TABLES) == before


def test_a_file_in_another_folder_is_another_ledger(tmp_path: Path, told: Ledger) -> None:
    (tmp_path / "other").mkdir()
    assert Ledger(tmp_path / "other" / "exemplar.db", Clock()).size() == 0
    assert told.size() == 9


def test_recorded_time_counts_microseconds_without_loss() -> None:
    instant = datetime(2026, 3, 2, 1, 2, 3, 999_999, UTC)
    told = entry("unit:1", 1, UnitRenamed("Đơn vị"))._replace(recorded=micros(instant))
    assert told.recorded_at == instant


def test_a_log_held_still_grows_by_what_this_thread_records_and_by_no_other(
    ledger: Ledger, clock: Clock
) -> None:
    reader, other = ledger.reader(), Ledger(ledger.recorder.address, clock)
    with ledger.still():
        seen = [reader.size()]
        other.append(units())
        seen += [reader.size(), ledger.size()]
        ledger.append([entry("unit:more", 1, UnitRenamed("Đơn vị"))])
        seen += [reader.size(), ledger.size()]
        other.append([entry("unit:last", 1, UnitRenamed("Đơn vị"))])
        seen += [ledger.look("", "", ("unit",), 0).size, reader.size()]
    other.append([entry("unit:after", 1, UnitRenamed("Đơn vị"))])
    assert [*seen, reader.size()] == [0, 0, 0, 4, 4, 5, 5, 6]
    for each in (reader, other):
        each.recorder.close()
