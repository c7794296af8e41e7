"""The house: every room knows its words, and nobody goes around the door."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.batch import BatchRecorded
from domain.entry import Entry
from domain.events import Event
from domain.refusals import CommandRefused
from domain.subjects import KINDS
from domain.upkeep import UpkeepEvent
from events_store.names import NAMES
from workflow import commands as asked
from workflow.needs import PREDICATES
from workflow.rules import RuleSet, load_all

ROOT = Path(__file__).parent.parent
ROOMS = ("domain", "workflow", "events_store", "web")
RULE_SETS = pytest.mark.parametrize("rules", load_all().sets, ids=lambda rules: rules.text.id)
WRITES = re.compile(r"\s*(INSERT (OR|INTO)|REPLACE INTO|DELETE FROM|UPDATE \w+ SET)\b", re.I)
PENS = {
    "events_store.recorder",
    "events_store.sqlite",
    "events_store.postgresql",
    "events_store.session",
    "events_store.draft",
    "events_store.vault",
    "events_store.connections",
}
# One fills an empty register, one makes derived tables anew, one joins the pen to the register.
PEN_HOLDERS = ["web/cli/copying.py", "web/cli/rebuilding.py", "web/parts.py"]


def sources(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the path and the syntax tree of every file of some rooms."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (module, name) of everything that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def test_every_event_has_one_stored_name() -> None:
    assert sorted(kind.__name__ for kind in NAMES.values()) == sorted(
        kind.__name__ for kind in Event.__args__
    )


def test_every_event_belongs_to_a_subject() -> None:
    alone = {BatchRecorded, CommandRefused, *UpkeepEvent.__args__}  # they add up to nothing
    known = alone.union(*(kind.events for kind in KINDS.values()))
    assert known == set(Event.__args__)


EVOLVING = sorted((name, event.__name__) for name, kind in KINDS.items() for event in kind.events)


@pytest.mark.parametrize(("name", "told"), EVOLVING)
@given(data=st.data())
def test_every_event_has_a_case_in_evolve(name: str, told: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    event = data.draw(st.from_type(next(e for e in kind.events if e.__name__ == told)))
    entry = Entry("x:1", 1, date(2026, 3, 2), "person:a", None, "c", None, event)
    start = kind.fold([])
    assert type(kind.evolve(start, entry)) is type(start)


@RULE_SETS
def test_every_command_is_a_move_or_has_its_permission_or_founds_the_register(
    rules: RuleSet,
) -> None:
    moves = {asked.name_of(kind) for kind in asked.MOVES}
    assert sorted({*rules.text.commands, *moves, "found-register"}) == sorted(asked.BY_NAME)
    assert {move.move for move in rules.text.moves} == set(asked.MOVES.values())


@RULE_SETS
def test_every_need_is_answered_and_asked_for(rules: RuleSet) -> None:
    special = {"permission", "second-person"}
    asking = {need for item in (*rules.text.moves, *rules.text.commands.values())
              for need in item.needs}  # fmt: skip
    assert set(rules.text.needs) == PREDICATES.keys() | special == asking | {"permission"}


@RULE_SETS
def test_every_need_has_words_in_both_languages(rules: RuleSet) -> None:
    wordless = [code for code, need in rules.text.needs.items() if not (need.vi and need.en)]
    assert wordless == []


@RULE_SETS
def test_what_supplies_a_need_may_be_done_by_those_who_are_said_to(rules: RuleSet) -> None:
    by_command = {asked.name_of(kind): move for kind, move in asked.MOVES.items()}
    for code, need in rules.text.needs.items():
        if need.via in rules.text.commands:
            assert (code, set(need.supply)) == (code, set(rules.text.commands[need.via].by))
        elif need.via:
            moves = [m for m in rules.text.moves if m.move == by_command[need.via]]
            assert (code, set(need.supply)) == (code, {role for m in moves for role in m.by})


def test_the_domain_needs_nothing_but_python() -> None:
    foreign = [
        (file, module)
        for file, tree in sources("domain")
        for module, _ in imported(tree)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "domain"}
    ]
    assert foreign == []


def test_only_the_register_appends_to_a_ledger() -> None:
    appending = {
        file
        for file, tree in sources(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("append", "erase", "insert_events", "put")
        and ast.unparse(node.value).split(".")[-1] in ("ledger", "pen", "recorder", "store")
    }
    assert appending == {"workflow/register.py", "events_store/ledger.py"}


def test_only_three_files_hold_a_ledger_that_can_write() -> None:
    holding = [
        file
        for file, tree in sources("workflow", "web")
        if ("events_store.ledger", "Ledger") in imported(tree)
        or {"events_store.recorder", "events_store.vault"}
        & {module for module, _ in imported(tree)}
    ]
    assert holding == PEN_HOLDERS


def test_no_sql_outside_the_events_store_writes() -> None:
    writing = {
        file
        for file, tree in sources("domain", "workflow", "web")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and WRITES.match(node.value)
    }
    assert writing == set()
