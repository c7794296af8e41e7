"""Side doors: every way to move a candidate but `Register.submit`, and that each fails."""

from __future__ import annotations

import sqlite3
from dataclasses import FrozenInstanceError
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from department import TODAY, UNIT, Department
from scenario import Scenario, given
from stories import DISCOVERING, MOVES, NURTURED, REPLICATED

from domain.candidate import Candidate, Standing
from domain.faults import Conflict
from domain.office import Office
from domain.values import Role, Stage
from events_store import figures
from events_store.checker import check
from events_store.codec import encode
from events_store.ledger import Ledger, Reader
from workflow import commands as asked
from workflow.refusals import MoveNotAllowed
from workflow.rules import RuleSet, load_all

ADVANCE = asked.AdvanceStage()
WRITING = {"append", "erase", "rebuild", "transaction"}


@pytest.fixture
def rules() -> RuleSet:
    """Return a rule set of one's own to break."""
    return load_all().sets[-1]


@pytest.fixture
def story(register: Department) -> Scenario:
    return given(register, *DISCOVERING, on=date(2025, 6, 2))


def stage(story: Scenario) -> Stage | None:
    return story.register.candidate(story.subject).standing.stage


def counts(reader: Reader) -> dict[str, int]:
    return figures.counts(reader.db, TODAY, None)


# The machine


def test_the_machine_has_no_trigger_that_jumps(rules: RuleSet) -> None:
    names = (*dir(rules.machine), *rules.machine.events)
    assert [name for name in names if name.startswith("to_")] == []
    assert sorted(rules.machine.events) == sorted(asked.MOVES.values())


def test_a_candidate_has_no_trigger_at_all() -> None:
    verbs = {*asked.MOVES.values(), "trigger", "state", "to"}
    public = {name for name in dir(Candidate()) if not name.startswith("_")}
    assert {name for name in public if name in verbs or name.startswith(("to_", "may_"))} == set()


def test_a_trigger_has_nobody_to_move(rules: RuleSet, story: Scenario) -> None:
    assert rules.machine.models == []
    for trigger in rules.machine.events:
        rules.machine.dispatch(trigger)
    assert stage(story) is Stage.DISCOVER


def test_the_machine_cannot_be_hung_on_a_candidate(rules: RuleSet, story: Scenario) -> None:
    candidate = story.register.candidate(story.subject)
    with pytest.raises(FrozenInstanceError):
        rules.machine.add_model(candidate, initial="replicate")
    assert candidate == story.register.candidate(story.subject)


def test_a_machine_that_drives_something_else_moves_no_candidate(story: Scenario) -> None:
    machine, puppet = story.register.rules.sets[-1].machine, SimpleNamespace()
    machine.add_model(puppet, initial="summarize")
    puppet.advance()
    machine.remove_model(puppet)
    assert (puppet.state, stage(story)) == ("replicate", Stage.DISCOVER)


def test_a_move_added_to_the_machine_moves_nobody(story: Scenario) -> None:
    machine = story.register.rules.sets[-1].machine
    machine.add_transition("advance", "discover", "replicate")
    machine.add_transition("complete", "discover", "completed")
    story.when(asked.CompleteCandidacy(asked.Private({"text": "x"})), Role.DIRECTOR)
    story.refused(MoveNotAllowed)
    story.when(ADVANCE).then(NURTURED)


# Objects in memory


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Candidate(), "standing"),
        (Standing(), "stage"),
        (NURTURED, "to"),
        (Office(), "role"),
        (load_all().sets[0], "digest"),
        (load_all(), "sets"),
        (ADVANCE, "to"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_frozen_cannot_be_set(value: object, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "replicate")


def test_neither_an_entry_nor_a_rule_can_be_set(register: Department) -> None:
    entry, text = register.ledger.entries(UNIT)[0], register.rules.sets[0].text
    for value, name in ((entry, "event"), (text, "moves"), (text.moves[0], "needs")):
        with pytest.raises(AttributeError):
            setattr(value, name, ())


def test_a_candidate_forced_open_changes_nothing_that_is_kept(story: Scenario) -> None:
    candidate = story.register.candidate(story.subject)
    vars(candidate)["standing"] = Standing(stage=Stage.REPLICATE)
    assert stage(story) is Stage.DISCOVER
    story.when(asked.CompleteCandidacy(asked.Private({"text": "x"})), Role.DIRECTOR)
    story.refused(MoveNotAllowed, "complete", "discover", *MOVES["discover"])


def test_nobody_appoints_themselves_in_memory(register: Department) -> None:
    office = Office("person:x", Role.DIRECTOR, None, date(2021, 1, 1))
    offices: Any = register.offices()
    with pytest.raises(TypeError):
        offices["office:x"] = office
    units: Any = register.units()
    with pytest.raises(TypeError):
        del units[UNIT]


# The ledger that pages are given


def test_a_reader_has_no_way_to_write(ledger: Ledger) -> None:
    public = {name for name in dir(ledger.reader()) if not name.startswith("_")}
    assert public & WRITING == set()
    assert {name for name in dir(ledger) if not name.startswith("_")} - public == {
        *WRITING,
        "enclosure",
        "identity",
        "projections",
        "reader",
        "stands",
        "turn",
        "within",
    }


def test_a_reader_reads_what_the_register_records(story: Scenario, ledger: Ledger) -> None:
    reader = ledger.reader()
    story.when(ADVANCE).then(NURTURED)
    assert list(reader.all()) == list(ledger.all())
    assert (reader.size(), reader.root()) == (ledger.size(), ledger.root())


WRITES = [
    "INSERT INTO entries SELECT position + 99, subject, version + 99, recorded_at, name, body,"
    " blind, leaf FROM entries",
    "UPDATE entries SET name = 'stage-advanced'",
    "DELETE FROM entries",
    "UPDATE span SET state = 3",
    "UPDATE head SET size = 0",
    "UPDATE card SET name = ''",
    "DELETE FROM vault",
    "DROP TRIGGER entries_are_never_updated",
    "CREATE TABLE mine (x)",
]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("sql", WRITES)
def test_a_reader_cannot_write_by_sql_either(story: Scenario, ledger: Ledger, sql: str) -> None:
    reader, before = ledger.reader(), list(ledger.db.iterdump())
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.db.execute(sql)
    assert list(ledger.db.iterdump()) == before


@pytest.mark.only("sqlite")
def test_a_reader_cannot_write_through_the_library(story: Scenario, ledger: Ledger) -> None:
    reader, size = ledger.reader(), ledger.size()
    forged = forgery(story, ledger)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.store.put([forged])
    assert ledger.size() == size


# The file


def forgery(story: Scenario, ledger: Ledger) -> Any:
    """Return an entry that would put the candidate into Replicate."""
    last = ledger.entries(story.subject)[-1]
    return last._replace(version=last.version + 1, event=REPLICATED, command_id="forged")


def forge(story: Scenario, ledger: Ledger) -> None:
    """Write a forged entry into the file with plain SQL, as the next position."""
    entry = forgery(story, ledger)
    name, body = encode(entry)
    row = (ledger.size(), entry.subject, entry.version, 0, name, body, bytes(16), bytes(32))
    ledger.db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO entries SELECT max(position) + 2, 'candidate:x', 1, 0, name, body, blind,"
        " leaf FROM entries",
        "INSERT INTO entries SELECT max(position) + 1, 'candidate:x', 2, 0, name, body, blind,"
        " leaf FROM entries",
        "UPDATE entries SET body = body",
        "UPDATE entries SET position = position + 1000",
        "DELETE FROM entries WHERE position = 0",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        "REPLACE INTO entries SELECT position, subject, version, 0, name, body, blind, leaf"
        " FROM entries",
        "INSERT OR REPLACE INTO entries SELECT position + 99, subject, version, 0, name, body,"
        " blind, leaf FROM entries",
        "INSERT INTO entries SELECT * FROM entries WHERE true ON CONFLICT DO UPDATE SET version=1",
        "UPDATE OR REPLACE entries SET version = 1",
    ],
)
def test_what_is_written_stays_as_it_was_written(
    story: Scenario, ledger: Ledger, sql: str
) -> None:
    before = list(ledger.db.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ledger.db.execute(sql)
    assert list(ledger.db.iterdump()) == before


def test_a_row_forged_by_sql_moves_nobody_in_lists_and_counts(
    story: Scenario, ledger: Ledger
) -> None:
    before = counts(ledger)
    forge(story, ledger)
    assert counts(ledger) == before == {"discover": 1}


def test_a_row_forged_by_sql_is_found_by_comparing_spans_with_replay(
    story: Scenario, ledger: Ledger
) -> None:
    assert check(ledger.reader(), 50, 1) == []
    forge(story, ledger)
    assert {found.candidate for found in check(ledger.reader(), 50, 1)} == {story.subject}


def test_after_a_row_forged_by_sql_nothing_more_is_recorded(
    story: Scenario, ledger: Ledger
) -> None:
    forge(story, ledger)
    told = list(ledger.all(stop=ledger.size()))
    complete = asked.CompleteCandidacy(asked.Private({"text": "x"}))
    for command, by in ((ADVANCE, Role.REVIEWER), (complete, Role.DIRECTOR)):
        with pytest.raises(Conflict):
            story.register.ask(command, story.subject, by=by)
    assert list(ledger.all(stop=ledger.size())) == told


# The pen itself


def test_the_pen_writes_no_version_that_is_taken_or_that_leaves_a_gap(
    story: Scenario, ledger: Ledger
) -> None:
    size, forged = ledger.size(), forgery(story, ledger)
    for version in (1, 4, 6, 9):
        with pytest.raises(Conflict):  # taken are 1 to 4
            ledger.append([forged._replace(version=version)])
    assert ledger.size() == size
