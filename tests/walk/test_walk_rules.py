"""The walk itself: it knows every command, notices what is wrong, and takes rules as data."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest

from events_store.database import Address
from walk.coverage import LEFT_OUT
from walk.regime import FOLDER
from walk.vocabulary import EVENTS, subject_kind
from walk.walking import STARTS, Failed, Plan, walked
from workflow.commands import BY_NAME, KINDS
from workflow.needs import PREDICATES
from workflow.needs.answers import proven, unmet
from workflow.rules import load_all

NEW = "2023-03"


def test_no_command_is_left_out_of_the_walk() -> None:
    assert sorted([*EVENTS, *LEFT_OUT]) == sorted(BY_NAME)
    assert all(LEFT_OUT.values())
    assert [n for n in EVENTS if subject_kind(n) not in KINDS[BY_NAME[n]]] == []


def walk_on() -> None:
    """Walk up to eight times: most often the first notices, but no seed is to be lucky."""
    for seed in range(2, 10):
        walked(Plan(seed, 2500, shrink=False))


@pytest.mark.parametrize("need", ["no-block", "in-order", "endorsing-paper", "quorum"])
@pytest.mark.parametrize("reply", [proven(), unmet()])
def test_a_need_that_answers_wrongly_is_noticed(
    monkeypatch: pytest.MonkeyPatch, need: str, reply: object
) -> None:
    monkeypatch.setitem(PREDICATES, need, lambda case, command: reply)
    with pytest.raises(Failed, match=need):
        walk_on()


@pytest.mark.only("postgresql")
def test_the_walk_agrees_on_postgresql_too(kept_at: Address) -> None:
    seen = walked(Plan(11, 1000, shrink=False), kept_at)
    assert seen["accepted", "advance-stage"] > 5


def test_a_failure_comes_with_the_few_steps_that_lead_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PREDICATES, "endorsing-paper", lambda case, command: proven())
    with pytest.raises(Failed) as failed:
        walked(Plan(1))
    told = re.findall(r"^    Step\(.* name='([a-z-]+)'", str(failed.value), re.MULTILINE)
    assert told[0] == "found-register"
    assert told[-2:] == ["discover-candidate", "endorse-candidate"]
    assert len(told) < 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the rule sets with one more, in force from 03/2023: four files, and no Python."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "rule_sets"))
    _rewritten(folder, "2021.toml", f"{NEW}.toml", {
        'id = "2021"': f'id = "{NEW}"',
        "from = 2017-10-01": "from = 2023-03-01",
        'plan = "plan-2021-2025"': 'plan = "plan-2023"',
        '[yearly.worker]\naccept = ["excellent"]\nyears = "every"':
            '[yearly.worker]\naccept = ["excellent", "good"]\nyears = "latest"',
    })  # fmt: skip
    _rewritten(folder, "plan-2021-2025.toml", "plan-2023.toml", {
        '"council",\n    "publicity",\n]': '"council-2023",\n    "publicity-2023",\n]',
        'needs = ["field", "newness", "acclaim", "endorsement", "no-block",':
            'needs = ["acclaim", "nurture-plan",',
        'move = "withdraw"\nfrom = ["discover", "nurture", "summarize", "replicate"]':
            'move = "withdraw"\nfrom = ["discover", "nurture"]',
    })  # fmt: skip
    _rewritten(folder, "council.toml", "council-2023.toml", {
        'recognition = "4/5"': 'recognition = ">1/2"', "without_session = false":
        "without_session = true",
    })  # fmt: skip
    _rewritten(folder, "publicity.toml", "publicity-2023.toml", {
        "working_days = 10": "working_days = 3",
    })  # fmt: skip
    return folder


def _rewritten(folder: Path, old: str, new: str, changes: dict[str, str]) -> None:
    text = (folder / old).read_text("utf-8")
    for was, becomes in changes.items():
        assert text.count(was) == 1, was
        text = text.replace(was, becomes)
    (folder / new).write_text(text, "utf-8")


def test_a_regime_is_added_without_a_line_of_python(folder: Path) -> None:
    book, ours = load_all(folder), load_all()
    assert [s.text.id for s in book.sets] == ["2021", NEW, "2024", "2025-07", "2026-10"]
    assert [s.name for s in book.sets if s.text.id != NEW] == [s.name for s in ours.sets]
    day = date(2023, 6, 1)
    advance = [rules.on(day).move("advance", "discover") for rules in (ours, book)]
    assert [move and move.needs[:2] for move in advance] == [
        ("field", "newness"),
        ("acclaim", "nurture-plan"),
    ]


def test_the_walk_goes_by_a_new_regime_as_the_register_does(folder: Path) -> None:
    seen = walked(Plan(_beginning_in(2023), 2500, folder))
    assert seen["rules", NEW] > 500
    assert seen["under", NEW, "advance", "discover"] > 5
    assert seen["under", NEW, "withdraw", "summarize"] == 0


@pytest.mark.parametrize("year", [2021, 2025])
def test_a_walk_goes_on_under_new_rules_as_the_register_does(year: int) -> None:
    seen = walked(Plan(_beginning_in(year), 3000, upgraded=True))
    assert seen["rules", "former"] > 20  # of candidates that were received before
    assert seen["accepted", "discover-candidate"] > 20
    assert seen["need", "report-remade", "met"] > 0  # which only the new rules ask for


def _beginning_in(year: int) -> int:
    """Return the first seed whose walk begins in a year."""
    return next(seed for seed in range(99) if Random(seed).choice(STARTS).year == year)
