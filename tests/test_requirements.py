"""`docs/requirements.md`: every id, a test that quotes it, and where an official does it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from web import create_app
from web.cli import main
from web.settings import Settings
from workflow.commands import BY_NAME

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parent / "docs" / "requirements.md"
# How many clauses each part of the plan has (domain facts, section 1), and how many questions.
CLAUSES: Final = {0: 4, 1: 11, 2: 5, 3: 2, 4: 2, 5: 14, 6: 9, 7: 7, 8: 1}
QUESTIONS: Final = 30
UNBUILT: Final[list[str]] = []  # the musts that are not built, as the page says
SHOULD: Final = {"R0-4", "R1-3", "R5-1", "R5-2", "R5-14", "R7-6"}
QUOTED: Final = re.compile(r"_(r\d_\d+|a_\d+)(?=_|$)")
TOLD: Final = re.compile(r"(?<=_)6_[1-8](?=_)")  # of figures, reports, papers, open data
TEST: Final = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


class Row(NamedTuple):
    """One line of the page."""

    id: str
    level: str
    tests: tuple[str, ...]
    places: tuple[str, ...]
    missing: str


@cache
def rows() -> tuple[Row, ...]:
    """Return the lines of the page's tables."""
    lines = PAGE.read_text("utf-8").splitlines()
    return tuple(row(line) for line in lines if re.match(r"\| (?:[RA]\d?-|6\.)\d", line))


def row(line: str) -> Row:
    id, level, _, tests, places, missing = (cell.strip() for cell in line.strip("|").split("|"))
    return Row(id, level, quoted(tests), quoted(places), missing)


def quoted(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


@cache
def there() -> dict[str, set[str]]:
    """Return the tests of every file, by its name."""
    files = [*HERE.glob("test_*.py"), *HERE.glob("*/test_*.py")]
    return {file.stem: set(TEST.findall(file.read_text("utf-8"))) for file in files}


def ids_in(test: str) -> set[str]:
    told = {found.replace("_", ".") for found in TOLD.findall(test)}
    return told | {found.upper().replace("_", "-") for found in QUOTED.findall(test)}


def test_every_requirement_and_every_question_has_its_line() -> None:
    clauses = [f"R{part}-{n}" for part, last in CLAUSES.items() for n in range(1, last + 1)]
    wanted = [*clauses, *(f"A-{n}" for n in range(1, QUESTIONS + 1))]
    wanted += [f"6.{n}" for n in range(1, 9)]
    assert [row.id for row in rows()] == wanted
    levels = {row.id: row.level for row in rows()}
    assert {id for id in clauses if levels[id] == "S"} == SHOULD
    assert {levels[id] for id in clauses} == {"M", "S"}


def test_every_test_that_is_named_is_there_and_quotes_the_id() -> None:
    wrong = [
        (row.id, told)
        for row in rows()
        for told in row.tests
        for file, _, test in [told.partition("::")]
        if test not in there().get(file, ()) or row.id not in ids_in(test)
    ]
    assert wrong == []


def test_every_must_has_a_test_and_what_has_none_says_what_is_missing() -> None:
    assert [row.id for row in rows() if not (row.tests or row.missing)] == []
    assert [row.id for row in rows() if row.level == "M" and not row.tests] == UNBUILT


def test_no_test_quotes_an_id_that_is_not_there() -> None:
    known = {row.id for row in rows()}
    quoting = {id: test for found in there().values() for test in found for id in ids_in(test)}
    strange = {id: test for id, test in quoting.items() if id not in known}
    assert {id for id in strange if not id.startswith("R2-")} == set()  # 2.7 to 2.9: the law's


def test_every_command_and_every_page_that_is_named_is_there(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "exemplar.db", "only for tests " * 3)
    pages = create_app(settings).url_map.bind("localhost")
    commands = {*BY_NAME, *(f"exemplar {name}" for name in main.commands)}
    named = {place: row.id for row in rows() for place in row.places}
    there = {
        place
        for place in named
        if place in commands or (place[0] == "/" and pages.test(sample(place)))
    }
    assert {place: id for place, id in named.items() if place not in there} == {}


def sample(page: str) -> str:
    """Return an address that a page may have."""
    return re.sub(r"<\w+>", "x", page)
