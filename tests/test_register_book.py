"""The register taken away as Excel: the rows of the list, at the moment that the page shows."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from desk import Desk, Visitor
from paper import Paper
from test_web_register import every_page

from domain.values import Role
from web.pages import register_book

pytest_plugins = ["desks"]
ROW = re.compile(r"<tr>\s*(?:<td class=\"pick\">.*?)?<td class=\"about\">.*?</tr>", re.DOTALL)


@pytest.fixture(scope="module")
def reviewer(shown: Desk) -> Visitor:
    return shown.visitor()


def book(visitor: Visitor, query: str = "") -> tuple[str, list[tuple[Any, ...]]]:
    """Return the title of the book, and its rows."""
    answer = visitor.get(f"/register.xlsx?{query}")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    (title, *_), _columns, *rows = sheet.iter_rows(values_only=True)
    return str(title), rows


def lines(page: Paper) -> list[tuple[str, ...]]:
    """Return name, unit, days, needs and deadline of each row of the list."""
    found = []
    for row in ROW.findall(page.html):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row.replace("\n", " "))[-6:]
        plain = [re.sub(r"<[^>]+>", " ", cell).strip() for cell in cells]
        name = re.search(r"fw-medium[^>]*>([^<]*)<", row)
        assert name
        found.append((name[1], plain[1], *plain[3:]))
    return found


def as_shown(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return what the list shows of a row of the book."""
    _at, name, _kind, _groups, unit, _stage, _since, days, met, whole, _lacks, due = row
    needs = "—" if whole is None else f"{met}/{whole}"
    day = due.strftime("%d/%m/%Y") if due else "—"
    return name, unit or "", f"{days:,}".replace(",", "."), needs, day


@pytest.mark.parametrize(
    "query", ["", "state=nurture&on=2024-06-30", "q=hoang+thi&on=2025-06-30&known=3000"]
)
def test_the_book_has_the_rows_of_the_list(reviewer: Visitor, query: str) -> None:
    _title, rows = book(reviewer, query)
    listed = [line for page in every_page(reviewer, query) for line in lines(page)]
    assert listed
    assert [as_shown(row) for row in rows] == listed
    assert [row[0] for row in rows] == [*range(1, len(rows) + 1)]


def test_the_book_says_what_was_asked_on_both_clocks(shown: Desk, reviewer: Visitor) -> None:
    told, _rows = book(reviewer, "on=2024-06-30&known=3000&state=nurture&q=hoang")
    assert told == (
        "Sổ đăng ký điển hình · có hiệu lực ngày 30/06/2024"
        " · theo hiểu biết đến mục ghi #3000 (3.000 mục ghi) · Bồi dưỡng · “hoang”"
    )
    answer = reviewer.get("/register.xlsx?on=2024-06-30")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="so-dang-ky-2024-06-30.xlsx"'
    )


def test_days_of_the_book_are_days(reviewer: Visitor) -> None:
    _title, rows = book(reviewer, "state=nurture&on=2024-06-30")
    assert {type(row[6]) for row in rows} == {datetime}
    late = {row[11].date() for row in rows if row[11]}
    assert late == {date(2023, 12, 31), date(2024, 12, 31)}


def test_a_book_that_is_cut_off_says_so(
    reviewer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = book(reviewer)[1]
    monkeypatch.setattr(register_book, "MOST", 30)
    title, rows = book(reviewer)
    assert (rows, title.rpartition(" · ")[2]) == (every[:30], "chỉ 30 dòng đầu; hãy lọc bớt")


def test_the_list_leads_to_its_book(shown: Desk) -> None:
    page = shown.visitor(Role.COUNCIL).read("/?on=2024-06-30&q=hoang&state=nurture")
    leads = [link for link in page.links if link.startswith("/register.xlsx")]
    assert [sorted(re.findall(r"[?&]([a-z]+=[^&]+)", link)) for link in leads] == [
        ["on=2024-06-30", "q=hoang", "state=nurture"]
    ]
