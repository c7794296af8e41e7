"""Verify a report: made again from the log alone, every figure and the bytes compared."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from typing import Final

import msgspec

from domain.faults import Unreadable
from events_store.rebuilt import Row, rebuilt
from web.parts import now
from web.reports.changes import Change, between
from web.reports.document import BadReport, Spec, build, canonical, digest, read
from workflow.register import Register
from workflow.rules import load_all

ATTACHED: Final = "report.json"
HELD: Final = "report-document"  # the element of a page that holds the document
PUBLISHED: Final = "report-published"


class _Event(msgspec.Struct):
    digest: str


class _Body(msgspec.Struct):
    event: _Event


@dataclass(frozen=True)
class Verdict:
    """What was found: `same` are the bytes; `published` is the entry that tells of the report."""

    spec: Spec
    digest: str
    same: bool
    root: bool
    template: bool
    changes: tuple[Change, ...]
    published: int | None

    @property
    def good(self) -> bool:
        """Return whether the report is what the log says, byte for byte."""
        return self.same and self.root


def verify(file: bytes, rows: Iterable[Row]) -> Verdict:
    """Compare a report with what a log says. Raises BadReport."""
    document = extracted(file)
    spec, told = read(document)
    every = list(rows)
    try:
        with rebuilt(every, spec.size) as ledger:
            made = build(ledger, Register(ledger, load_all(), now), spec)
    except Unreadable as error:
        raise BadReport(str(error)) from None
    _, again = read(made)
    return Verdict(
        spec,
        digest(document),
        made == document and canonical(told) == document,
        again["log"]["root"] == told["log"].get("root"),
        told.get("template") == again["template"],
        tuple(between(told, again)),
        _published(every, digest(document)),
    )


def _published(rows: Iterable[Row], wanted: str) -> int | None:
    """Return the position of the entry that published a report with this hash."""
    for position, _subject, _version, _at, name, body, _blind in rows:
        if name == PUBLISHED and msgspec.json.decode(body, type=_Body).event.digest == wanted:
            return position
    return None


def extracted(file: bytes) -> bytes:
    """Return the document in a file: JSON itself, a PDF it is attached to, or a saved page.

    Raises BadReport.
    """
    if file.startswith(b"%PDF-"):
        return _attached(file)
    if file.lstrip()[:1] == b"<":
        page = _Page()
        page.feed(file.decode("utf-8", "replace"))
        if not page.held:
            raise BadReport("the page holds no report")
        return "".join(page.held).strip().encode()
    return file.strip()


def _attached(file: bytes) -> bytes:
    try:
        pypdf = import_module("pypdf")  # by name: it comes with the papers
    except ImportError:
        raise BadReport("reading a PDF needs: pip install 'exemplar-register[papers]'") from None
    try:
        found: list[bytes] = pypdf.PdfReader(io.BytesIO(file)).attachments.get(ATTACHED, [])
    except pypdf.errors.PyPdfError as error:
        raise BadReport(str(error)) from None
    if not found:
        raise BadReport(f"the PDF has no {ATTACHED}")
    return found[0]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside, self.held = False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or ("id", HELD) in attrs

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.held.append(data)
