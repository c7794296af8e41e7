"""The yearly report of a large register: how long until its figures, and until its PDF."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from domain.report import Report, ReportDrafted, ReportKind
from web.papers import contents, portable
from web.parts import Parts
from web.reports import document
from web.reports.document import Spec

T = TypeVar("T")
YEAR = 2023


class Line(NamedTuple):
    """Something measured: its promise in seconds, and what it took by clock and processor."""

    what: str
    most: float
    took: float
    worked: float

    def __str__(self) -> str:
        """Return it as a row of a table."""
        missed = " ✗" if self.took > self.most else ""
        took = f"{self.took:.1f} s{missed} | {self.worked:.1f} s"
        return f"| {self.what} | ≤ {self.most:g} s | {took} |"


def timed(what: str, most: float, work: Callable[[], T]) -> tuple[Line, T]:
    """Return how long something took, and what it made."""
    began, worked = time.perf_counter(), time.process_time()
    made = work()
    return Line(what, most, time.perf_counter() - began, time.process_time() - worked), made


def yearly(parts: Parts) -> Iterator[Line]:
    """Make the report of a year that nobody has asked for before, then its paper."""
    size = parts.ledger.size()
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    spec = Spec(ReportKind.YEAR, first, last, last, size, size)
    figures, made = timed("yearly report, figures", 3, lambda: _made(parts, spec))
    yield figures
    command = document.draft(parts.ledger, parts.register, spec)
    told = {f: getattr(command, f) for f in ReportDrafted.__dataclass_fields__}
    report = Report(draft=ReportDrafted(**told | {"document": command.document.sealed()}))
    paper, _pdf = timed(
        "of it, the PDF", 10, lambda: portable.render(contents.report(parts, report, made), made)
    )
    yield Line("yearly report, to PDF", 10, figures.took + paper.took,
               figures.worked + paper.worked)  # fmt: skip


def _made(parts: Parts, spec: Spec) -> bytes:
    return document.build(parts.ledger, parts.register, spec)
