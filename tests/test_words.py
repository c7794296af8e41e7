"""Everything that can be shown has Vietnamese words."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from paper import Paper

import domain.values
import events_store
import workflow
from domain.candidate_events import CandidateEvent
from domain.upkeep import UpkeepEvent
from domain.values import Role, Sealed
from web.forms import Choices, Pick, circumstances, fields_of
from web.pages.doing import OFFERED
from web.words import candidate, log, seals, sentences
from web.words.labels import COMMANDS, FIELDS, LABELS, STATES, label
from workflow import commands as asked
from workflow.needs import PREDICATES, Answer, Finding
from workflow.refusals import (
    InvalidCommand,
    MoveNotAllowed,
    NeedsUnmet,
    NotPermitted,
    Outdated,
    Refusal,
    UnknownSubject,
)
from workflow.rules import load_all

pytest_plugins = ["desks"]
RULES = load_all().sets[-1]
ENUMS = [
    kind
    for _, kind in inspect.getmembers(domain.values, inspect.isclass)
    if issubclass(kind, StrEnum) and kind is not StrEnum
]
# Words of the code that a person should never meet on a page.
CODE = (
    *(str(value) for kind in ENUMS for value in kind if "-" in value),
    *("candidate:", "unit:", "person:", "office:", "None", "Sealed(", "Private(", "not-met"),
    *("nurture", "discover", "summarize", "replicate", "null", "True", "False", "undefined"),
)
LEAKS = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, CODE))})(?![\w@-])")


def is_vietnamese(text: str) -> bool:
    """Return whether a text is more than a word of code."""
    return bool(text.strip()) and text not in CODE and "_" not in text


@pytest.mark.parametrize("value", [value for kind in ENUMS for value in kind])
def test_every_value_has_a_label(value: StrEnum) -> None:
    assert is_vietnamese(LABELS[value])
    assert label(value) == LABELS[value] != value


def test_labels_of_one_kind_differ() -> None:
    for kind in ENUMS:
        assert len({LABELS[value] for value in kind}) == len(kind), kind


def test_every_command_and_every_field_of_it_has_words() -> None:
    assert set(COMMANDS) == set(asked.BY_NAME)
    for command in asked.BY_NAME.values():
        if command is not asked.AttestCandidate:  # rows of a workbook: columns, not fields
            named = {field.name for field in fields(command)} - {"who", "what"}
            assert named <= set(FIELDS), command


def test_no_form_calls_two_fields_alike() -> None:
    for command in asked.BY_NAME.values():
        shown = [*fields_of(command, Choices()), *circumstances(date.today())]
        called = [field["label"] for field in shown if field["label"]]
        assert len(set(called)) == len(called), command


@pytest.mark.parametrize("command", [asked.DiscoverCandidate, *OFFERED])
def test_every_field_of_a_form_has_a_label(command: type[asked.Command]) -> None:
    choices = Choices(
        {"unit": Pick([("unit:1", "Phòng")])}, RULES.criteria_for("worker", RULES.text.since)
    )
    for field in fields_of(command, choices):
        assert field["label"] or field["options"], field
        assert field["label"] != field["name"]
        assert all(is_vietnamese(name) for _, name in field.get("options", ()))


def example(kind: type[Any]) -> Any:
    """Return an event with something in every place."""
    hints = get_type_hints(kind)
    values = {field.name: _value(hints[field.name]) for field in fields(kind)}
    return kind(**values)


def _value(kind: Any) -> Any:
    bare = next((part for part in get_args(kind) if part is not type(None)), kind)
    known = {str: "12/QĐ", int: 3, bool: True, date: date(2024, 6, 30), Sealed: Sealed("a", "b")}
    if bare in known:
        return known[bare]
    return next(iter(bare)) if isinstance(bare, type) and issubclass(bare, StrEnum) else ()


@pytest.mark.parametrize("kind", get_args(CandidateEvent))
def test_every_event_says_something(kind: type[Any]) -> None:
    said = candidate.told(example(kind))
    assert is_vietnamese(said)
    assert not [word for word in CODE if word in said]


@pytest.mark.parametrize("kind", get_args(UpkeepEvent))
def test_what_was_done_to_the_register_is_said(kind: type[Any]) -> None:
    assert is_vietnamese(log.kept_up(example(kind)))


@pytest.mark.parametrize("code", [*PREDICATES, "permission", "second-person"])
@pytest.mark.parametrize("answer", list(Answer))
def test_every_need_has_words_and_a_mark(code: str, answer: Answer) -> None:
    missing = {
        "permission": ("reviewer",),
        "after-last-change": ("2024-06-30",),
        "not-in-future": ("2024-06-30",),
        "no-block": ("complaint",),
        "yearly-record": ("2024",),
        "assessment": ("person-kind",),
    }
    finding = Finding(code, answer, (), missing.get(code, ()), (Role.REVIEWER,))
    said = sentences.need(finding, RULES)
    assert is_vietnamese(said)
    assert not [word for word in CODE if word in said]
    assert sentences.MARKS[answer]
    assert sentences.suppliers(finding) == "Chuyên viên thẩm định"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (UnknownSubject("candidate:abc"), "Không có ứng viên “abc” trong sổ."),
        (NotPermitted("advance-stage", Role.REVIEWER), "Chuyên viên thẩm định"),
        (NotPermitted("restore-register", Role.ADMINISTRATOR), "“Khôi phục sổ” chỉ do"),
        (MoveNotAllowed("advance", "declined"), "khi hồ sơ đang ở “Không công nhận”"),
        (NeedsUnmet("advance-stage"), "Chưa thể “Chuyển khâu”"),
        (Outdated(3, 4), "Có người vừa ghi vào hồ sơ này"),
        (InvalidCommand("year", "must be from 1990 to 2026"), "Năm: Phải từ 1990 đến 2026."),
    ],
)
def test_every_refusal_has_a_sentence(refusal: Refusal, said: str) -> None:
    assert said in sentences.refused(refusal, RULES)
    assert {type(refusal)} <= set(Refusal.__subclasses__())


def test_every_move_is_named_in_a_refusal() -> None:
    assert set(sentences.MOVE) == set(asked.MOVES.values())


def problems() -> list[str]:
    """Return every problem that the rules raise InvalidCommand with, from their source."""
    found = []
    for file in Path(workflow.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "InvalidCommand":
                problem = node.args[1]
                text = ast.unparse(problem) if isinstance(problem, ast.JoinedStr) else None
                found.append(text or ast.literal_eval(problem))
    return found


@pytest.mark.parametrize("problem", problems())
def test_every_problem_of_a_field_has_words(problem: str) -> None:
    if problem.startswith("f"):
        problem = re.sub(r"{[^}]*}", "2026", problem[2:-1])
    assert is_vietnamese(sentences.problem_of(problem))


def reasons() -> set[str]:
    """Return every sentence that a seal is refused with, from the source; {} is what it names."""
    return {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        for file in Path(events_store.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "BadCheckpoint"
        for parts in [getattr(node.args[0], "values", node.args)]
    }


def test_every_reason_not_to_accept_a_seal_has_words() -> None:
    assert reasons() == set(seals.REASONS)


@pytest.mark.parametrize("said", seals.REASONS)
def test_a_reason_keeps_what_it_names(said: str) -> None:
    named = ["'a'", "b"][: said.count("{}")]
    assert seals.reason(said.format(*named)) == seals.REASONS[said].format(*named)


def test_a_reason_of_somebody_else_is_quoted() -> None:
    assert seals.reason("database disk image is malformed") == "“database disk image is malformed”"


def test_states_are_the_stages_and_the_outcomes() -> None:
    assert list(STATES.values())[:4] == ["Phát hiện", "Bồi dưỡng", "Tổng kết", "Nhân điển hình"]
    assert len(STATES) == 8


def leaked(page: Paper) -> list[str]:
    """Return the words of the code that a page lets people read."""
    return LEAKS.findall(page.text)
