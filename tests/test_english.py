"""English: no Vietnamese is left on a page but what people wrote and what the law says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import openpyxl
import pytest
from desk import NAMES, SAMPLE, Desk

from domain.values import Role
from domain.vietnamese import tidy

pytest_plugins = ["desks"]
VIETNAMESE = re.compile("[À-ÖØ-öø-ɏḀ-ỿ]")
TOLD = ("aria-label", "title", "placeholder", "alt")
EMPTY = ("input", "br", "meta", "link", "img", "hr", "path", "circle", "line", "rect")
PAGES = {
    Role.STANDING_BODY: (
        *("/", "/?on=2024-06-30", "/work", "/work/calendar", "/workflow", "/compare", "/account"),
        *("/units", "/people", "/programmes", "/movements", "/councils", "/texts", "/register"),
    ),
    Role.AUDITOR: ("/audit",),
    None: (
        *("/login", "/reset", "/public", "/public/exemplars", "/public/methods"),
        *(
            "/public/comments",
            "/public/reports",
            "/public/data",
            "/public/log",
            "/public/exemplars/x",
        ),
    ),
}


class Said(HTMLParser):
    """What a page says outside of what is marked as Vietnamese."""

    def __init__(self) -> None:
        """Start outside of everything."""
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what its attributes say."""
        known = dict(attrs)
        if not any(marked for _, marked in self.open) and known.get("lang") != "vi":
            self.told += [value for name in TOLD if (value := known.get(name))]
        if tag not in EMPTY:
            self.open.append((tag, known.get("lang") == "vi"))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not any(marked for _, marked in self.open):
            self.told.append(data)


@pytest.fixture(scope="module")
def written() -> re.Pattern[str]:
    """Return a pattern of everything that people wrote into the sample."""
    book = openpyxl.load_workbook(SAMPLE, read_only=True)
    cells = {c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row}
    found = {text for c in cells if isinstance(c, str) and VIETNAMESE.search(text := tidy(c))}
    found |= {*NAMES.values(), *book.sheetnames, "Đỗ Minh Quân"}
    return re.compile(
        "|".join(map(re.escape, sorted(found, key=len, reverse=True))), re.IGNORECASE
    )


@pytest.mark.parametrize("role", PAGES)
def test_an_english_page_says_nothing_in_vietnamese(
    shown: Desk, written: re.Pattern[str], role: Role | None
) -> None:
    visitor = shown.visitor(role)
    pages = list(PAGES[role])
    if role:
        page = visitor.get("/?lang=en").text
        pages += re.findall(r'href="(/candidates/[^"?#]+)"', page)[:2]
    left = []
    for path in pages:
        page = Said()
        answer = visitor.get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert '<html lang="en">' in answer.text, path
        page.feed(answer.text)
        left += [(path, text) for text in page.told if VIETNAMESE.search(written.sub("", text))]
    assert left == []
