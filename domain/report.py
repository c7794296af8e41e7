"""Reports on a period: drafted, checked, signed and published (law 06/2022, article 5; R6-6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import assert_never, cast

from domain.entry import Entry, Said, said
from domain.values import Sealed, changed


class ReportKind(StrEnum):
    """What a report is on: plan II.5 asks for the first four (R6-6, R6-7, R6-8)."""

    HALF_YEAR = "half-yearly"
    YEAR = "yearly"
    INTERIM = "interim"
    FINAL = "final"
    PERIOD = "any-period"


@dataclass(frozen=True, slots=True)
class ReportDrafted:
    """The figures of a period were put together, and whoever has the log can do it again.

    They are those in force on `on`, as known below the position `known`, when the log had `size`
    entries and this `root`. `template` is the SHA-256 of what was asked, `digest` that of the
    bytes of `document`. `replaces` is a report published before that this one corrects.
    """

    kind: ReportKind
    begins: date
    ends: date
    on: date
    known: int
    size: int
    root: str
    template: str
    digest: str
    document: Sealed
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class ReportChecked:
    """Somebody else made the figures again, and they were the same."""


@dataclass(frozen=True, slots=True)
class ReportSigned:
    """The head of the department stands for the report."""


@dataclass(frozen=True, slots=True)
class ReportPublished:
    """The report is out, under the number that the clerk gave it; it never changes again."""

    number: str
    kind: ReportKind
    begins: date
    ends: date
    on: date
    known: int
    size: int
    root: str
    template: str
    digest: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The draft will not be published."""

    reason: Sealed


ReportEvent = ReportDrafted | ReportChecked | ReportSigned | ReportPublished | ReportWithdrawn


@dataclass(frozen=True)
class Report:
    """The sum of a report's entries."""

    draft: ReportDrafted | None = None
    drafted: Said | None = None
    checked: Said | None = None
    signed: Said | None = None
    published: Said | None = None
    number: str | None = None
    withdrawn: date | None = None

    @property
    def running(self) -> bool:
        """Return whether it is on its way to publication."""
        return self.draft is not None and self.published is None and self.withdrawn is None


def evolve(was: Report, entry: Entry) -> Report:
    """Return the report after an entry."""
    event = cast(ReportEvent, entry.event)
    match event:
        case ReportDrafted():
            return changed(was, draft=event, drafted=said(entry))
        case ReportChecked():
            return changed(was, checked=said(entry))
        case ReportSigned():
            return changed(was, signed=said(entry))
        case ReportPublished(number):
            return changed(was, published=said(entry), number=number)
        case ReportWithdrawn():
            return changed(was, withdrawn=entry.effective_on)
        case _:
            assert_never(event)


def fold(entries: Iterable[Entry]) -> Report:
    """Return what entries in force add up to."""
    return reduce(evolve, entries, Report())
