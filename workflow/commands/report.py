"""What may be asked about reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.report import ReportKind
from domain.values import Private


@dataclass(frozen=True)
class DraftReport:
    """Put the figures of a period together; `document` is the report, byte for byte."""

    kind: ReportKind
    begins: date
    ends: date
    on: date
    known: int
    size: int
    root: str
    template: str
    digest: str
    document: Private
    replaces: str | None = None


@dataclass(frozen=True)
class CheckReport:
    """Say that the figures were made again and are the same."""


@dataclass(frozen=True)
class SignReport:
    """Stand for the report."""


@dataclass(frozen=True)
class PublishReport:
    """Publish the report under the number that the clerk gave it."""

    number: str


@dataclass(frozen=True)
class WithdrawReport:
    """Give up a draft."""

    reason: Private


ReportCommand = DraftReport | CheckReport | SignReport | PublishReport | WithdrawReport
