"""Single cells, read on their own."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values import CandidateKind, Outcome, PersonKind, PriorityGroup, Rating, Title
from web.intake import cells, meanings
from web.intake.cells import Unfit
from web.intake.columns import HEADERS
from web.intake.faults import Broken
from web.intake.rows import Setting
from web.intake.rows import read as read_row

TODAY = date(2026, 11, 22)
PAST = st.dates(date(1900, 1, 1), TODAY)
VALUES = st.one_of(
    st.text(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(Broken, st.none() | st.text(), st.text()),
    st.sampled_from(["CSTĐCS 2022", "31/02/2024", "Vùng sâu, vùng xa", "#REF!", "Rút", "²³²²"]),
)
FORMS = (
    "{0:%d/%m/%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%Y-%m-%d}",
    " {0:%d/%m/%Y}\u00a0",
    "{0:%Y-%m-%d} 00:00:00",
)


def complaint(parse, cell) -> str:
    with pytest.raises(Unfit) as caught:
        parse(cell, TODAY)
    return str(caught.value)


@given(day=PAST, form=st.sampled_from(FORMS))
def test_a_day_written_in_any_accepted_form_reads_back(day, form):
    assert cells.day(form.format(day), TODAY) == day


@given(day=PAST)
def test_a_day_that_the_sheet_holds_as_a_day_is_taken_as_it_is(day):
    assert cells.day(day, TODAY) == day
    assert cells.day(datetime.combine(day, time(7, 30)), TODAY) == day


@given(cell=VALUES)
def test_no_cell_whatever_it_holds_breaks_the_reading_of_its_row(cell):
    setting = Setting("0" * 64, "Trang", TODAY, {}, create_units=True)
    reading = read_row(9, [cell] * len(HEADERS), setting)
    assert (reading.candidate is None) == bool(reading.problems)


@pytest.mark.parametrize("said", ["31/02/2024", "2023-02-29", "00/01/2024", "1/13/2024"])
def test_a_day_that_the_calendar_does_not_have_is_refused(said):
    assert complaint(cells.day, said) == (
        "Ngày này không có trong lịch. Ghi ngày dạng ngày/tháng/năm, ví dụ 05/08/2024."
    )


@pytest.mark.parametrize("said", ["05/08/2202", date(2202, 8, 5), "2202-08-05"])
def test_a_day_in_the_year_2202_is_refused_and_the_year_is_named(said):
    assert complaint(cells.day, said) == "Năm phải từ 1900 đến 2026; ô này ghi năm 2202."


def test_tomorrow_is_refused_but_today_is_not():
    assert cells.day("22/11/2026", TODAY) == TODAY
    assert complaint(cells.day, "23/11/2026") == "Ngày không được sau hôm nay (22/11/2026)."


@pytest.mark.parametrize("said", ["5/8/24", "5.8.2024", "tháng 8/2024", "20240805", "٠٥/٠٨/٢٠٢٤"])
def test_other_ways_to_write_a_day_are_refused(said):
    expected = "Ghi ngày dạng ngày/tháng/năm, ví dụ 05/08/2024."
    assert complaint(cells.day, said) == expected


def test_a_bare_number_is_not_a_day():
    assert complaint(cells.day, 45509.0) == (
        "Ghi ngày dạng ngày/tháng/năm, ví dụ 05/08/2024; ô này không có định dạng ngày."
    )


@pytest.mark.parametrize("cell", [1986.0, "1986", " 1986 ", "1986.0"])
def test_a_year_may_be_a_number_or_a_text(cell):
    assert cells.year(cell, TODAY) == 1986


@pytest.mark.parametrize("cell", [1986.5, 86.0, 1899.0, 2027.0, "năm 1986", True, float("nan")])
def test_anything_else_is_not_a_year(cell):
    with pytest.raises(Unfit):
        cells.year(cell, TODAY)


def test_blanks_say_nothing():
    blanks = ["", "  ", "\u00a0\n", "\u200b"]
    assert [cells.text(cell, 200) for cell in blanks] == [None] * 4
    assert [cells.day(cell, TODAY) for cell in blanks] == [None] * 4
    assert [meanings.priorities(cell) for cell in blanks] == [()] * 4


def test_text_is_tidied_but_keeps_its_own_spelling():
    assert cells.text(unicodedata.normalize("NFD", "  Hoà   Bình "), 200) == "Hoà Bình"


def test_a_number_in_a_text_cell_is_its_text():
    assert cells.text(12.0, 200) == "12"


def test_a_cell_of_a_megabyte_is_refused_with_its_length():
    with pytest.raises(Unfit, match=r"Tối đa 2\.000 ký tự; ô này có 1\.048\.576\."):
        cells.text("x" * 2**20, 2000)


def test_a_text_exactly_at_the_limit_is_taken():
    assert cells.text("ệ" * 200, 200) == "ệ" * 200
    assert cells.text(unicodedata.normalize("NFD", "ệ" * 200), 200) == "ệ" * 200


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!", "Err:502"])
def test_an_error_value_is_refused_even_where_it_came_as_text(cell):
    with pytest.raises(Unfit, match="Ô đang báo lỗi công thức"):
        cells.text(cell, 200)


@pytest.mark.parametrize("cell", ["a\x00b", "a\u202eb", "a\x1bb"])
def test_hidden_control_characters_are_refused(cell):
    with pytest.raises(Unfit, match="ký tự điều khiển"):
        cells.text(cell, 200)


@pytest.mark.parametrize("cell", [True, date(2024, 5, 1), time(1), timedelta(1)])
def test_what_a_sheet_turned_into_something_else_is_not_text(cell):
    with pytest.raises(Unfit):
        cells.text(cell, 200)


def test_the_symbol_of_a_document_is_one_short_line():
    assert cells.symbol(" 237/QĐ-SNN ") == "237/QĐ-SNN"
    for cell in ("1/QĐ\n2/QĐ", "x" * 61):
        with pytest.raises(Unfit):
            cells.symbol(cell)


def test_kinds_sexes_and_outcomes_are_known_by_any_spelling():
    assert meanings.kind("CÁ NHÂN") is CandidateKind.INDIVIDUAL
    assert meanings.kind("tap the") is CandidateKind.COLLECTIVE
    assert meanings.sex("nữ") == "Nữ"
    assert meanings.person_kind("lãnh đạo,  quản lý") is PersonKind.LEADER
    assert (
        meanings.outcome("Hủy công nhận") is meanings.outcome("Huỷ công nhận") is Outcome.REVOKED
    )


def test_a_word_with_other_marks_is_another_word():
    with pytest.raises(Unfit):
        meanings.sex("Năm")


def test_an_unknown_outcome_is_refused_and_the_known_ones_are_named():
    with pytest.raises(Unfit) as caught:
        meanings.outcome("Tạm hoãn")
    assert str(caught.value) == (
        "Ghi một trong: “Hoàn thành”, “Không công nhận”, “Rút”, “Hủy công nhận”."
    )


def test_priority_groups_may_hold_a_comma_and_be_parted_by_one():
    remote, border = PriorityGroup.REMOTE_AREA, PriorityGroup.BORDER_AREA
    assert meanings.priorities("Vùng sâu, vùng xa") == (remote,)
    assert meanings.priorities("Vùng biên giới, Vùng sâu, vùng xa") == (border, remote)
    assert meanings.priorities("Vùng sâu,vùng xa; Vùng biên giới;") == (remote, border)
    assert meanings.priorities("Nông dân, Nông dân") == (PriorityGroup.FARMER,)


def test_titles_and_ratings_are_told_apart():
    said = "CSTĐCS 2022; CSTĐ tỉnh 2023, Chiến sỹ thi đua cơ sở năm 2021; HTXSNV (2024)"
    assert meanings.honours(said, TODAY) == (
        (
            (Title.GRASSROOTS_FIGHTER, 2022),
            (Title.PROVINCIAL_FIGHTER, 2023),
            (Title.GRASSROOTS_FIGHTER, 2021),
        ),
        ((Rating.EXCELLENT, 2024),),
    )


@pytest.mark.parametrize("said", ["CSTĐCS", "2022", "ABC 2022", "CSTĐCS 22", "CSTĐCS 2028"])
def test_a_title_that_cannot_be_understood_is_refused(said):
    with pytest.raises(Unfit):
        meanings.honours(said, TODAY)


def test_a_year_has_one_rating():
    with pytest.raises(Unfit, match="Mỗi năm chỉ có một mức xếp loại"):
        meanings.honours("HTXSNV 2024; HTTNV 2024", TODAY)
