"""Figures: what SQL counts is what a plain replay of the entries counts, on every database."""

from __future__ import annotations

from datetime import date

from department import Department
from scenario import given
from stories import DISCOVERING, NURTURING

from events_store.figures import FIGURES, Asked, ask, behind
from events_store.ledger import Ledger
from web.words import figures as words


def test_6_1_every_figure_has_a_title_a_definition_and_words_for_its_columns() -> None:
    assert set(words.TITLES) == set(words.DEFINITIONS) == set(FIGURES)
    assert set(words.COLUMNS) == {c.name for f in FIGURES.values() for c in f.columns}


def test_6_1_every_figure_can_be_asked_of_an_empty_register(ledger: Ledger) -> None:
    for figure in FIGURES.values():
        answer = ask(ledger.db, figure, Asked(date(2026, 1, 1)))
        assert answer.rows == [], figure.name
        assert behind(ledger.db, figure, Asked(date(2026, 1, 1)), {}) == []


def test_6_1_a_row_leads_to_the_entries_behind_it(register: Department) -> None:
    given(register, *DISCOVERING)
    found = given(register, *NURTURING).subject
    asked = Asked(date(2026, 3, 2))
    assert isinstance(register.ledger, Ledger)
    db = register.ledger.db
    for name in ("by-stage", "by-unit", "by-kind", "by-priority", "waiting"):
        rows = [*ask(db, FIGURES[name], asked).told()]
        assert [row["count"] for row in rows] == [1, 1], name
        keys = {c.name: rows[1][c.name] for c in FIGURES[name].by}
        (position,) = behind(db, FIGURES[name], asked, keys)
        assert next(register.ledger.all(position)).subject == found
