"""The report on five years, published when the older register had been copied in."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.report import ReportKind
from domain.values import Role
from web.demo.stage import Stage, enter
from web.reports import document
from workflow import commands as asked

BEGINS: Final = date(2021, 1, 1)
ENDS: Final = date(2025, 12, 31)


def published(stage: Stage) -> None:
    """Draft, check, sign and publish the final report, each by another office."""
    ledger, register = stage.parts.ledger, stage.parts.register
    size = ledger.size()
    spec = document.Spec(ReportKind.FINAL, BEGINS, ENDS, ENDS, size, size)
    draft = document.draft(ledger, register, spec)
    report = stage.play(enter("2026-11-02", draft, None, Role.REVIEWER)).subject
    stage.play(enter("2026-11-04", asked.CheckReport(), report, Role.STANDING_BODY))
    stage.play(enter("2026-11-09", asked.SignReport(), report, Role.DIRECTOR))
    number = asked.PublishReport("412/BC-SNNMT")
    stage.play(enter("2026-11-10", number, report, Role.STANDING_BODY))
