"""The log's pages: every filter finds what reading the whole log finds, on both databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from department import Clock

from benchmarks import people
from events_store import log_pages
from events_store.codec import encode
from events_store.ledger import Ledger
from events_store.log_pages import Filter
from events_store.spans import origin

MONTH = (date(2023, 1, 1), date(2023, 6, 30))


@pytest.fixture
def crowd(ledger: Ledger) -> Ledger:
    """A register of 120 people, by two officers, some back-dated and some corrected."""
    for seed in (1, 2):
        for entries, secrets in people.batches(60, seed):
            ledger.append(entries, secrets)
    return ledger


def unit_of(ledger: Ledger) -> str:
    return ledger.of_kind("unit")[3].subject


def in_unit(ledger: Ledger, unit: str) -> set[str]:
    """Return a unit and the candidates that were ever in it."""
    sql = "SELECT candidate FROM span WHERE unit = ?"
    numbers = [row[0] for row in ledger.db.execute(sql, (origin(ledger.db, unit),))]
    return {unit} | {next(ledger.all(at, at + 1)).subject for at in numbers}


def expected(ledger: Ledger, narrow: Filter) -> list[int]:
    """Return the positions of what a filter should find, by reading everything."""
    unit = in_unit(ledger, narrow.unit) if narrow.unit else None
    found = [
        entry.position
        for entry in ledger.all(narrow.start, min(narrow.stop, ledger.size()))
        if (narrow.name is None or encode(entry)[0] == narrow.name)
        and (narrow.subject is None or entry.subject.startswith(narrow.subject))
        and (narrow.actor is None or entry.actor == narrow.actor)
        and (unit is None or entry.subject in unit)
        and (narrow.since is None or entry.effective_on >= narrow.since)
        and (narrow.until is None or entry.effective_on <= narrow.until)
    ]
    return found[::-1]


def filters(ledger: Ledger) -> list[Filter]:
    """Return filters of every sort, alone and together."""
    unit, (actor, _) = unit_of(ledger), log_pages.actors(ledger.db)
    since, until = MONTH
    alone: list[dict[str, Any]] = [
        {},
        {"name": "stage-advanced"},
        {"name": "unit-registered"},
        {"name": "command-refused"},
        {"subject": "person:"},
        {"subject": "unit:"},
        {"subject": next(ledger.all(200, 201)).subject},
        {"actor": actor},
        {"actor": "person:nobody"},
        {"unit": unit},
        {"since": since, "until": until},
        {"since": until},
        {"until": since},
        {"start": 100, "stop": 300},
    ]
    together = [one | {"name": "title-recorded", "since": since} for one in alone]
    return [Filter(**each) for each in (*alone, *together, {"actor": actor, "unit": unit})]


def walked(ledger: Ledger, narrow: Filter, limit: int) -> list[int]:
    """Return what all pages show, one after the other."""
    found: list[int] = []
    below: int | None = ledger.size()
    while below is not None:
        lines, after = log_pages.page(ledger.db, narrow, below, limit)
        assert after is None or after < below
        found += [line.entry.position for line in lines]
        below = after
    return found


@pytest.mark.parametrize(
    ("few", "steps"), [(2_000, 30_000), (0, 150), (40, 150)], ids=["rare", "walked", "both"]
)
def test_pages_show_what_is_asked_for_once_and_newest_first(
    crowd: Ledger, monkeypatch: pytest.MonkeyPatch, few: int, steps: int
) -> None:
    monkeypatch.setattr(log_pages, "FEW", few)
    monkeypatch.setattr(log_pages, "STEPS", steps)
    monkeypatch.setattr(log_pages, "SEEKS", steps // 2)
    for narrow in filters(crowd):
        assert walked(crowd, narrow, 25) == expected(crowd, narrow), narrow


def test_a_page_says_how_far_it_came_when_it_stops_early(
    crowd: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_pages, "FEW", 0)
    monkeypatch.setattr(log_pages, "STEPS", 100)
    size = crowd.size()
    found = log_pages.page(crowd.db, Filter(subject=next(crowd.all(20)).subject), size)
    assert found == log_pages.Page([], size - 100)


def test_a_page_ends_where_the_log_begins(crowd: Ledger) -> None:
    found = log_pages.page(crowd.db, Filter(), 7, 50)
    assert [line.entry.position for line in found.lines] == [6, 5, 4, 3, 2, 1, 0]
    assert found.below is None


def test_everybody_who_recorded_something_is_named(crowd: Ledger) -> None:
    assert log_pages.actors(crowd.db) == sorted({entry.actor for entry in crowd.all()})


def test_a_stored_row_is_told_byte_for_byte(crowd: Ledger) -> None:
    found = log_pages.stored(crowd.db, 42)
    assert found is not None
    entry = next(crowd.all(42, 43))
    assert (found[0], found[1], found[5]) == (42, entry.subject, encode(entry)[1])
    assert msgspec.json.decode(found[5])["actor"] == entry.actor
    assert log_pages.stored(crowd.db, crowd.size()) is None


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("narrow", "index"),
    [
        (Filter(name="stage-advanced"), "entries_name"),
        (Filter(since=date(2030, 1, 1)), "entries_day"),
        (Filter(actor="person:nobody"), "entries_actor"),
        (Filter(actor="person:nobody", name="stage-advanced"), "entries_"),
    ],
)
def test_what_is_rare_is_found_by_its_index(crowd: Ledger, narrow: Filter, index: str) -> None:
    asked, size = list[str](), crowd.size()
    crowd.db.set_trace_callback(asked.append)  # type: ignore[attr-defined]
    log_pages.page(crowd.db, narrow, size)
    crowd.db.set_trace_callback(None)  # type: ignore[attr-defined]
    for sql in asked:
        plan = " ".join(row[3] for row in crowd.db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert index in plan, (sql, plan)


@pytest.mark.only("sqlite")
def test_a_file_of_an_older_schema_gets_the_indexes(crowd: Ledger) -> None:
    path = crowd.recorder.address
    assert isinstance(path, Path)
    with closing(sqlite3.connect(path)) as db:
        for name in ("entries_name", "entries_actor", "entries_day"):
            db.execute(f"DROP INDEX {name}")
        db.execute("PRAGMA user_version = 2")
    again = Ledger(path, Clock())
    assert list(again.recorder.misshapen()) == []
    assert log_pages.actors(again.db) == log_pages.actors(crowd.db)
    again.recorder.close()
