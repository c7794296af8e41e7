"""A page read as a person reads it: its words, its links, its forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

SILENT = ("script", "style", "svg", "title")
VOID = ("input", "link", "meta", "img", "br", "hr")


@dataclass
class Form:
    """A form as it was given: where it leads, and what it holds."""

    method: str
    action: str
    values: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: str, *, many: bool = False) -> None:
        """Take in a field; boxes of one name make a list."""
        self.values[name] = [*self.values.get(name, []), value] if many else value


@dataclass
class Paper:
    """What is on a page."""

    html: str
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Return all words, with single blanks between them."""
        return " ".join(" ".join(self.words).split())

    @property
    def candidates(self) -> list[str]:
        """Return the addresses of the candidates that a page leads to."""
        found = (re.match(r"/candidates/[0-9a-f]{16}(?=$|\?)", link) for link in self.links)
        return [address[0] for address in found if address]

    def form(self, wanted: int | str, path: str = "") -> dict[str, Any]:
        """Return what a form to post holds: by number, or by the address it leads to."""
        posted = [form for form in self.forms if form.method == "post"]
        if isinstance(wanted, str):
            return next(form.values for form in posted if form.action == wanted)
        here = urlsplit(path).path
        own = [f for f in posted if urlsplit(f.action).path in ("", here)]
        return own[wanted].values


class Reader(HTMLParser):
    """Reads a page's marks one after the other."""

    def __init__(self, page: Paper) -> None:
        super().__init__()
        self.page = page
        self.open: list[str] = []
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self.page.attributes.update(found)
        if "id" in found:
            self.page.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.page.links.append(found["href"])
        elif tag == "form":
            method = found.get("method", "get").lower()
            self.page.forms.append(Form(method, found.get("action", "")))
        elif self.page.forms and found.get("name"):
            self._field(tag, found)
        elif tag == "option" and self.select and "selected" in found:
            self.page.forms[-1].put(self.select, found.get("value", ""))

    def _field(self, tag: str, found: dict[str, str]) -> None:
        name, form = found["name"], self.page.forms[-1]
        if tag == "select":
            self.select = name
            form.put(name, "")
        elif tag == "textarea":
            self.textarea = name
            form.put(name, "")
        elif tag == "input":
            kind = found.get("type", "text")
            if kind == "checkbox" and "checked" in found:
                form.put(name, found.get("value", "on"), many=True)
            elif kind == "radio" and "checked" in found:
                form.put(name, found.get("value", "on"))
            elif kind not in ("checkbox", "radio", "file"):
                form.put(name, found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea:
            form = self.page.forms[-1]
            form.put(self.textarea, form.values[self.textarea] + data.removeprefix("\n"))
        elif not set(self.open) & set(SILENT):
            self.page.words.append(data)


def paper(html: str) -> Paper:
    """Return a page, read."""
    page = Paper(html)
    reader = Reader(page)
    reader.feed(html)
    reader.close()
    return page
