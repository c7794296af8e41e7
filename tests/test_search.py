"""Search: names, places, achievements, documents; without marks; the same on both databases."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import postgres
import pytest
from department import PAPER, Clock, Department, who
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.place import PlaceKind
from domain.values import (
    Basis,
    CandidateKind,
    ErasureGround,
    Private,
    Role,
    Title,
)
from domain.vietnamese import plain
from events_store import roll
from events_store.audit import audit
from events_store.ledger import Ledger
from workflow import commands as asked

ON = date(2026, 3, 2)
NAMES = ("Hoàng Thị Hòa", "Hoàng Thị Đào", "Lê Văn Hoà", "Đinh Đức Ân", "Nguyễn Thuý Ước")
PLACES = ("xã Chi Lăng", "xã Bắc Sơn", "thôn Đồng Bục, Lộc Bình")
DONE = ("giống hồi mới, bỏ ủ phân", "tuần tra rừng ban đêm", "dạy chữ cho người lớn")
PAPERS = ("212/QĐ-UBND", "12/BB-CCKL", "37/TTr-SNN")


def discovered(register: Department, name: str, place: str, done: str) -> str:
    """Return a person who was introduced."""
    what = Private({"place": place, "achievement": done})
    command = asked.DiscoverCandidate(CandidateKind.INDIVIDUAL, register.unit, who(name), what)
    return register.ask(command, by=Role.OFFICER).subject


def titled(register: Department, candidate: str, symbol: str, *, place: str | None = None) -> None:
    """Let a title rest on a document."""
    title = asked.RecordTitle(Title.ADVANCED_WORKER, 2025)
    register.ask(title, candidate, Role.OFFICER, basis=(Basis(symbol, place=place),))


def test_a_document_that_a_place_was_classified_by_is_found(register: Department) -> None:
    assert isinstance(register.ledger, Ledger)
    entered = asked.EnterPlace("Bình Gia", PlaceKind.COMMUNE)
    commune = register.ask(entered, by=Role.STANDING_BODY, basis=PAPER)
    candidate = discovered(register, NAMES[0], PLACES[0], DONE[0])
    where = asked.ClassifyCandidate(ON, commune.subject)
    paper = (Basis("77/TB-SNN"), Basis("so-cu.xlsx", place="dòng 7"))
    register.ask(where, candidate, Role.OFFICER, basis=paper)
    assert found(register.ledger, "77/tb") == [candidate]
    assert found(register.ledger, "so-cu") == []
    assert audit(register.ledger.recorder.address).faults == []


def found(ledger: Ledger, text: str) -> list[str]:
    """Return who is found, by subject, in the order of the list."""
    return [line.subject for line in roll.page(ledger.db, ON, narrow=roll.Filter(text=text))]


def forms() -> st.SearchStrategy[Callable[[str], str]]:
    """Draw a way in which somebody types the same words."""
    return st.sampled_from(
        [
            str,
            str.upper,
            plain,
            lambda text: f"  {text} ",
            lambda text: unicodedata.normalize("NFD", text),
            lambda text: text.replace("òa", "oà").replace("uý", "úy"),
        ]
    )


def test_both_databases_find_the_same_however_it_is_typed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with postgres.database() as url:
        ledgers = [
            Ledger(tmp_path_factory.mktemp("search") / "a.db", Clock()),
            Ledger(url, Clock()),
        ]
        told: list[dict[str, str]] = []
        for ledger in ledgers:
            register, folded = Department(ledger, Clock()), {}
            for at in range(12):
                name, place, done = NAMES[at % 5], PLACES[at % 3], DONE[at % 2]
                candidate, paper = discovered(register, name, place, done), PAPERS[at // 5]
                titled(register, candidate, paper)
                folded[candidate] = plain(f"{name} {place} {done} {paper}")
            told.append(folded)
        pieces = [part for text in (*NAMES, *PLACES, *DONE, *PAPERS) for part in text.split(", ")]

        @settings(max_examples=40)
        @given(st.sampled_from(pieces), st.data(), forms())
        def same(text: str, data: st.DataObject, form: Callable[[str], str]) -> None:
            start = data.draw(st.integers(0, len(text) - 1))
            typed = form(text[start : data.draw(st.integers(start + 1, len(text)))])
            for ledger, folded in zip(ledgers, told, strict=True):
                those = {id for id, words in folded.items() if plain(typed) in words}
                assert set(found(ledger, typed)) == those
                assert roll.count(ledger.db, ON, narrow=roll.Filter(text=typed)) == len(those)

        same()
        for ledger in ledgers:
            ledger.recorder.close()


def test_parts_between_commas_are_each_to_be_found(register: Department, ledger: Ledger) -> None:
    one = discovered(register, NAMES[0], PLACES[0], DONE[0])
    discovered(register, NAMES[0], PLACES[1], DONE[0])
    assert found(ledger, "phan, chi lang, hoang thi") == [one]
    assert found(ledger, ", ,") == found(ledger, "")


def test_a_document_is_found_by_its_symbol_until_it_is_voided(
    register: Department, ledger: Ledger
) -> None:
    candidate = discovered(register, NAMES[3], PLACES[1], DONE[1])
    titled(register, candidate, "212/QĐ-UBND")
    titled_by_row = discovered(register, NAMES[4], PLACES[1], DONE[1])
    titled(register, titled_by_row, "so-cu.xlsx", place="Danh sách!7")
    assert (found(ledger, "212/qd-ubnd"), found(ledger, "so-cu")) == ([candidate], [])
    void = asked.VoidEntry(ledger.version(candidate), Private({"text": "Nhập nhầm"}))
    register.ask(void, candidate, Role.STANDING_BODY, basis=PAPER)
    assert found(ledger, "212/qd-ubnd") == []
    assert audit(ledger.recorder.address).faults == []


def test_nothing_personal_is_found_after_it_was_erased(
    register: Department, ledger: Ledger
) -> None:
    candidate = discovered(register, NAMES[1], PLACES[2], DONE[2])
    titled(register, candidate, "212/QĐ-UBND")
    achieved = asked.RecordAchievement(
        date(2025, 1, 1), date(2025, 12, 31), Private({"text": "Cứu hai em nhỏ"})
    )
    register.ask(achieved, candidate, Role.OFFICER)
    texts = ("dao", "dong buc", "day chu", "cuu hai em")
    assert [found(ledger, text) for text in texts] == [[candidate]] * 4
    person = register.candidate(candidate).person
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    assert [found(ledger, text) for text in texts] == [[]] * 4
    assert found(ledger, "212/qd") == [candidate]
    assert audit(ledger.recorder.address).faults == []
