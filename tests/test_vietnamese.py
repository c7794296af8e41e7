"""Vietnamese: one spelling for matching, one order for lists."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese import name_order, order, plain, spelling, tidy

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
TEXTS = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "  -"), max_size=24)

# What CLDR's collation for `vi` says of these; each line is in order.
IN_ORDER = [
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ", "mb"],
    ["ân", "ấn", "ấn độ", "âu"],
    ["da", "dũng", "đa", "đức", "em"],
    ["hoa", "hòa", "hóa", "hoà bình", "hoan"],
]
PEOPLE = [
    ["Nguyễn Thị An", "Trần Văn An", "Nguyễn Văn Ân"],
    ["Lê Văn Bình", "Nguyễn Thị Bình", "Phạm Bình"],
    ["Trần Dũng", "Lê Đạt", "Bùi Đức"],
    ["Nguyễn Thị Hoa", "Nguyễn Văn Hoa", "Nguyễn Hòa"],
    ["Đặng Lan", "Hoàng Lan", "Hoàng Thị Lan"],
    ["Vũ Minh", "Bùi Nam", "Bùi Văn Nam"],
    ["Nguyễn Thu", "Nguyễn Thủ", "Nguyễn Thư"],
    ["Nguyễn Văn Tú", "Nguyễn Văn Từ", "Nguyễn Văn Tứ"],
    ["Ngô Út", "Lê Ước", "Lê Vy"],
]
SAME = [
    ("Hòa", "Hoà"),
    ("thủy", "thuỷ"),
    ("khỏe", "khoẻ"),
    ("HÓA", "hoá"),
    ("Thúy", "Thuý"),
    ("quý", "QUÝ"),
    ("Đỗ  Thị\tLan ", "đỗ thị lan"),
    ("đặng", unicodedata.normalize("NFD", "Đặng")),
]
DIFFERENT = [
    ("hòa", "hóa"),
    ("hoa", "hòa"),
    ("đa", "da"),
    ("thư", "thu"),
    ("tô", "to"),
    ("mã", "mả"),
    ("Lan Anh", "Lananh"),
]


@pytest.mark.parametrize("line", IN_ORDER)
def test_texts_sort_by_letters_and_then_by_tones(line: list[str]) -> None:
    assert sorted(reversed(line), key=order) == line


@pytest.mark.parametrize("people", PEOPLE)
def test_people_sort_by_given_name_then_family_then_middle(people: list[str]) -> None:
    assert sorted(reversed(people), key=name_order) == people


def test_a_name_of_one_word_sorts_like_a_given_name() -> None:
    names = ["Lê An", "Bình", "Trần Bình", "Lê Chi"]
    assert sorted(reversed(names), key=name_order) == names


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_18_texts_that_read_the_same_have_one_spelling(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_texts_that_read_differently_have_two_spellings(one: str, other: str) -> None:
    assert spelling(one) != spelling(other)


@given(TEXTS)
def test_decomposed_and_composed_text_are_one(text: str) -> None:
    loose = unicodedata.normalize("NFD", text)
    found = [(spelling(t), plain(t), order(t), name_order(t), tidy(t)) for t in (text, loose)]
    assert found[0] == found[1]


@given(TEXTS)
def test_case_and_stray_blanks_do_not_matter(text: str) -> None:
    stray = f"  {text.upper()} \n".replace(" ", "  ")
    assert (spelling(stray), plain(stray)) == (spelling(text), plain(text))


@given(TEXTS)
def test_searching_needs_no_mark(text: str) -> None:
    assert plain(text).isascii()
    assert plain(plain(text)) == plain(text)


@given(TEXTS, TEXTS)
def test_one_spelling_is_one_place_in_the_search(one: str, other: str) -> None:
    if spelling(one) == spelling(other):
        assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Hoàng Thị Lan", "hoang thi lan"), ("ĐẶNG Đức", "dang duc"), ("Khoẻ", "khoe"), ("", "")],
)
def test_search_text_has_neither_marks_nor_capitals(text: str, found: str) -> None:
    assert plain(text) == found


def test_tidying_keeps_the_spelling_as_it_was_written() -> None:
    assert tidy(unicodedata.normalize("NFD", "  Hoà\u00a0 Bình\n")) == "Hoà Bình"
