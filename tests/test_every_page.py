"""Every page: no word of the code, both dates in every link, and nothing that bars anybody."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from browsing import barriers_at, let_in, listened, page
from desk import Desk, aside, served
from everywhere import VIETNAMESE, Said, Seen, everywhere, sort_of, with_something_new
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from test_words import leaked

from domain.values import Role
from domain.vietnamese import tidy

pytest_plugins = ["browsers"]
ON, KNOWN = "2024-06-30", "2024-07-15"
# What there is once: the log and its files, what a browser needs, who signs in. And the way back.
TIMELESS: Final = ("static", "log.", "security.", "api", "public.file", "public.feed",
                   "public.calendar", "audit.key")  # fmt: skip
# What is kept and what programs are told, word for word.
PRINTED: Final = ("/", "/work", "/candidates/mau-12", "/sessions/2025-03-28/minutes")
PAPER: Final = (661, 950)  # pixels between the margins of A4
WHOLE: Final = """[document.documentElement, ...document.querySelectorAll(".table-responsive")]
  .every((one) => one.scrollWidth <= one.clientWidth)"""
VERBATIM: Final = re.compile("/api/|/audit/entries/|/reports/[^/]*/print")


@pytest.fixture(scope="module")
def today(sample: Desk) -> list[Seen]:
    """Return pages of every sort."""
    return aside(lambda _: [*everywhere(sample)], None)


@pytest.fixture(scope="module")
def before(sample: Desk) -> list[Seen]:
    """Return pages of every sort as they look back, by following their own links."""
    return aside(lambda _: [*everywhere(sample, f"?on={ON}&known={KNOWN}")], None)


def test_no_word_of_the_code_is_seen_on_any_page(today: list[Seen], before: list[Seen]) -> None:
    every = (s for s in (*today, *before) if not VERBATIM.match(s.path))
    found = {(seen.role, seen.path): leaked(seen.paper) for seen in every}
    assert {at: words for at, words in found.items() if words} == {}


def test_an_english_page_says_nothing_in_vietnamese(sample: Desk) -> None:
    """But what people wrote, how papers are numbered, and what money is called."""
    every: list[Seen] = aside(lambda _: [*everywhere(sample, "?lang=en")], sample.folder)
    written = re.compile("|".join(map(re.escape, written_in(sample))), re.IGNORECASE)
    told = {(seen.path, text) for seen in every for text in Said(seen.paper.html).told}
    left = [(path, text) for path, text in told if VIETNAMESE.search(written.sub("", tidy(text)))]
    assert left == []


def written_in(sample: Desk) -> list[str]:
    """Return everything that people wrote into the sample, the longest first."""
    kept = "SELECT CAST(body AS TEXT) FROM entries UNION ALL SELECT content FROM vault"
    with closing(sqlite3.connect(sample.folder / "exemplar.db")) as db:
        found = {text for (told,) in db.execute(kept) for text in texts_in(json.loads(told))}
    found |= {"DỮ LIỆU MẪU", "214/QĐ-SNN", "đồng", "THƯ-MỤC"}
    return sorted(filter(VIETNAMESE.search, found), key=len, reverse=True)


def texts_in(told: Any) -> Iterator[str]:
    """Yield every text within what JSON told."""
    if isinstance(told, str):
        yield tidy(told)
    elif isinstance(told, list | dict):
        for one in told.values() if isinstance(told, dict) else told:
            yield from texts_in(one)


def test_every_link_and_every_question_keeps_both_dates(sample: Desk, before: list[Seen]) -> None:
    """A way back to today leads to the page itself; a life leads to its other days."""
    lost = [
        (seen.path, link)
        for seen in before
        if moment_of(seen.path) == (ON, KNOWN) and not is_gate(sample, seen)
        for link in dict.fromkeys(asked_on(seen))
        if (sort := sort_of(sample.app, link)) and not sort[0].startswith(TIMELESS)
        if not is_way_back(seen, link)
        if moment_of(link) != (ON, KNOWN) and not is_other_day(seen, link)
    ]
    assert lost == []


def asked_on(seen: Seen) -> list[str]:
    """Return the links of a page, and what its questions ask when nothing more is typed."""
    forms = [form for form in seen.paper.forms if form.method == "get"]
    questions = [f"{form.action or here(seen)}?{urlencode(form.values)}" for form in forms]
    return [*(link for link in seen.paper.links if link.startswith("/")), *questions]


def moment_of(link: str) -> tuple[str | None, str | None]:
    """Return the two dates of an address."""
    told = parse_qs(urlsplit(link).query)
    return told.get("on", [None])[0], told.get("known", [None])[0]


def is_gate(sample: Desk, seen: Seen) -> bool:
    """Return whether a page asks who one is, and nothing else."""
    sort = sort_of(sample.app, seen.path)
    return sort is not None and sort[0].startswith(("security.", "account.confirm"))


def is_way_back(seen: Seen, link: str) -> bool:
    """Return whether a link leads to the page itself, today."""
    return moment_of(link) == (None, None) and link.partition("?")[0] == here(seen)


def is_other_day(seen: Seen, link: str) -> bool:
    """Return whether a link leads to another day, of the page itself or as a stop of the tour."""
    on, known = moment_of(link)
    mine = link.partition("?")[0] == here(seen) and known == KNOWN
    return on is not None and (mine or here(seen) == "/help/tour")


def here(seen: Seen) -> str:
    """Return the address of a page without its questions."""
    return seen.path.partition("?")[0]


def test_nothing_bars_anybody_from_any_page(
    browser: Browser, sample: Desk, today: list[Seen], before: list[Seen]
) -> None:
    """Pages are looked at as long as they hold a kind of element that none before them had."""
    every = [*with_something_new((*today, *before))]
    found, heard, met = {}, [], set[int]()
    with served(sample.app) as address:
        for role in dict.fromkeys(seen.role for seen in every):
            tab = page(browser, address)
            told = listened(tab)
            if role:
                let_in(tab, role)
            for seen in (seen for seen in every if seen.role == role):
                found[role, seen.path] = barriers_at(tab, seen.path, met)
            heard += told
            tab.context.close()
    assert {at: bars for at, bars in found.items() if bars} == {}
    assert heard == []


def test_what_is_printed_says_what_the_page_says(browser: Browser, sample: Desk) -> None:
    """Without what can be pressed; a long list is printed whole, minutes begin on the first."""
    with served(sample.app) as address:
        tab = page(browser, address)
        let_in(tab, Role.STANDING_BODY)
        told = {path: printed(tab, path) for path in PRINTED}
        tab.context.close()
    register, work, candidate, _ = (" ".join(told[path]) for path in PRINTED)
    assert "Triệu Thị Đào" in register
    assert "Làm hàng loạt" not in register
    assert "Đàm Đức Ân" in work
    assert "Để sang Nhân điển hình" in candidate
    assert "Sửa ngày" not in candidate
    assert told[PRINTED[-1]][0].lstrip().startswith("DỮ LIỆU MẪU\nBIÊN BẢN HỌP")


def test_paper_is_wide_enough_for_what_is_printed(browser: Browser, sample: Desk) -> None:
    """Paper does not scroll to the side: the widest tables are those of figures."""
    with served(sample.app) as address:
        tab = page(browser, address, PAPER)
        tab.emulate_media(media="print")
        let_in(tab, Role.STANDING_BODY)
        paths = (*PRINTED, "/figures/votes", "/figures/passages")
        wide = [path for path in paths if tab.goto(path) and not tab.evaluate(WHOLE)]
        tab.context.close()
    assert wide == []


def printed(tab: Page, path: str) -> list[str]:
    """Return the words of a page as it is printed, by sheet."""
    tab.goto(path)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(tab.pdf())).pages]


def test_what_is_at_hand_comes_first_in_a_list(sample: Desk) -> None:
    papers = sample.parts.register.all("obligation")
    listed = sample.visitor(Role.STANDING_BODY).read("/obligations").links
    shown = [papers[id] for link in listed if (id := f"obligation:{link[13:]}") in papers]
    assert len(shown) == len(papers)
    handed_in = [paper.first for paper in shown]
    assert handed_in == sorted(handed_in, reverse=True)
