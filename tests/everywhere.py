"""Every page: found by following links from one to the next, as offices and as nobody."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from desk import Desk
from flask import Flask
from paper import VOID, Paper, paper
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from domain.values import Role

WHO: Final = (
    *(Role.STANDING_BODY, Role.AUDITOR, Role.ADMINISTRATOR, Role.DIRECTOR, Role.REVIEWER),
    *(Role.COUNCIL, Role.OFFICER, Role.UNIT_HEAD, None),
)
TELLING: Final = (  # attributes that a rule of axe-core may look at
    *("role", "type", "tabindex", "for", "alt", "title", "lang", "aria-label", "aria-labelledby"),
    *("aria-describedby", "aria-current", "aria-hidden", "aria-live", "aria-invalid"),
)
TOLD: Final = ("aria-label", "title", "placeholder", "alt")
VIETNAMESE: Final = re.compile("[À-ÖØ-öø-ɏḀ-ỿ]")
ALIKE: Final = 3  # pages of one sort, of one office after the other
Sort = tuple[str, str | None, str | None]


class Seen(NamedTuple):
    """A page with its address, and who was shown it."""

    role: Role | None
    path: str
    paper: Paper


def everywhere(desk: Desk, moment: str = "") -> Iterator[Seen]:
    """Yield pages of every sort that anybody gets to, beginning at a moment in an address."""
    known: Counter[Sort] = Counter()
    for role in WHO:
        visitor, met = desk.visitor(role), set[str]()
        ahead = deque(path + moment for path in beginnings(desk.app))
        while ahead:
            path = ahead.popleft()
            sort = sort_of(desk.app, path)
            if sort is None or path in met or known[sort] == (1 if sort[2] else ALIKE):
                continue
            met.add(path)
            answer = visitor.get(path)
            answer.close()
            if answer.status_code == 200 and answer.mimetype == "text/html":
                known[sort] += 1
                page = paper(answer.text)
                yield Seen(role, path, page)
                links = (link for link in page.links if link[0] == "/" and "lang=" not in link)
                ahead.extendleft(links)


def beginnings(app: Flask) -> list[str]:
    """Return the addresses without blanks; those by which one signs in, or out, come last."""
    every = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    plain = [rule for rule in every if not rule.arguments]
    return [r.rule for r in sorted(plain, key=lambda r: r.endpoint.startswith("security."))]


def sort_of(app: Flask, path: str) -> Sort | None:
    """Return which view an address leads to, about which kind, by which command; no file."""
    if "." in urlsplit(path).path.rpartition("/")[2]:
        return None
    try:
        endpoint, told = app.url_map.bind("localhost").match(urlsplit(path).path)
    except (HTTPException, RequestRedirect):
        return None
    return endpoint, told.get("kind"), told.get("command")


class Said(HTMLParser):
    """What a page says outside of what is marked as Vietnamese."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.told: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what its attributes say."""
        known = dict(attrs)
        if not any(marked for _, marked in self.open) and known.get("lang") != "vi":
            self.told += [value for name in TOLD if (value := known.get(name))]
        if tag not in VOID:
            self.open.append((tag, known.get("lang") == "vi"))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not any(marked for _, marked in self.open):
            self.told.append(data)


class Marks(HTMLParser):
    """What a page is made of: each kind of element beneath another, and the run of headings."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: set[object] = set()
        self.open: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.feed(html)
        self.found.add(tuple(dict.fromkeys(self.headings)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        told = {name: value or "" for name, value in attrs}
        here = (tag, "".join(c for c in told.get("class", "") if not c.isdecimal()))
        above = self.open[-1] if self.open else None
        self.found.add((above, here, frozenset(name for name in told if name in TELLING)))
        if tag[0] == "h" and tag[1:].isdecimal():
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(here)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what was left open in it."""
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass


def with_something_new(pages: Iterable[Seen]) -> Iterator[Seen]:
    """Yield the pages on which there is a kind of element that no page before them had."""
    known: set[object] = set()
    for seen in pages:
        if found := Marks(seen.paper.html).found - known:
            known |= found
            yield seen
