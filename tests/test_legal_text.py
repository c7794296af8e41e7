"""Legal texts: registered, lapsed, and missed where a document cites what was not in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from department import SINCE, TODAY, Department

from domain.legal_text import LegalText, TextKind
from domain.values import Basis, Role
from events_store.ledger import Ledger
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.legal_basis import not_in_force
from workflow.needs import Answer
from workflow.refusals import InvalidCommand, NeedsUnmet

DECREE = asked.RegisterText(
    "98/2023/NĐ-CP",
    TextKind.DECREE,
    "Nghị định quy định chi tiết Luật Thi đua, khen thưởng",
    "Chính phủ",
    date(2023, 12, 31),
    date(2024, 1, 1),
)
LAPSED = date(2025, 7, 1)
COUNCIL = asked.EstablishCouncil("Hội đồng", "5/QĐ-SNN", "person:director", date(2026, 12, 31))


def registered(register: Department, command: asked.RegisterText = DECREE) -> str:
    return register.ask(command, by=Role.STANDING_BODY, on=SINCE).subject


def texts(register: Department) -> dict[str, LegalText]:
    return dict(register.all("text"))


def test_r0_2_a_text_that_lapsed_before_the_day_of_the_document_is_missed(
    register: Department,
) -> None:
    subject = registered(register)
    lapse = asked.LapseText("152/2025/NĐ-CP")
    register.ask(lapse, subject, Role.STANDING_BODY, LAPSED)
    cited = (Basis("98/2023/nđ-cp"), Basis("45/BB-CCKL"))
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30), LAPSED]
    told = texts(register).values()
    missed = [[b.symbol for b, _ in not_in_force(told, cited, day)] for day in days]
    assert missed == [["98/2023/nđ-cp"], [], [], ["98/2023/nđ-cp"]]
    ((_, text),) = not_in_force(told, cited, TODAY)
    assert text.successor == "152/2025/NĐ-CP"


def test_r0_2_a_decision_that_cites_a_lapsed_text_is_warned_of(register: Department) -> None:
    subject = registered(register)
    register.ask(asked.LapseText("152/2025/NĐ-CP"), subject, Role.STANDING_BODY, LAPSED)
    for symbol, day, missed in (
        ("98/2023/nđ-cp", LAPSED - timedelta(1), []),
        ("98/2023/nđ-cp", LAPSED, [("texts-in-force", ("98/2023/nđ-cp",))]),
        ("45/BB-CCKL", LAPSED, []),  # no legal text
    ):
        request = register.request(COUNCIL, None, Role.STANDING_BODY, day)
        found = register.why(replace(request, basis=(Basis(symbol),)))
        assert [f.need for f in found if not f.met] == []
        assert [(f.need, f.missing) for f in found if f.answer is Answer.WARNED] == missed


def test_r0_2_a_text_may_say_itself_when_it_ends(register: Department) -> None:
    subject = registered(register, replace(DECREE, ends=LAPSED))
    text = texts(register)[subject]
    assert [text.in_force(day) for day in (LAPSED, date(2025, 7, 2))] == [True, False]


def test_r0_2_a_text_has_symbol_issuer_and_an_order_of_days(house: Department) -> None:
    for change, facts in (
        ({"symbol": ""}, ("symbol", "must be cited")),
        ({"issuer": " "}, ("issuer", "must be named")),
        ({"ends": SINCE}, ("ends", "cannot be before the beginning")),
    ):
        with pytest.raises(InvalidCommand) as caught:
            registered(house, replace(DECREE, **change))  # type: ignore[arg-type]
        assert caught.value.facts == facts


def test_r0_2_a_text_lapses_once(register: Department) -> None:
    subject = registered(register)
    register.ask(asked.LapseText(), subject, Role.STANDING_BODY, LAPSED)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.LapseText(), subject, Role.STANDING_BODY)
    assert [f.need for f in caught.value.unmet] == ["text-in-force"]


def test_all_that_a_text_records_is_lawful(register: Department) -> None:
    register.ask(asked.LapseText(), registered(register), Role.STANDING_BODY, LAPSED)
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []
