"""What reports need."""

from __future__ import annotations

from typing import Final

from domain.report import Report
from workflow.case import Case
from workflow.commands import Command
from workflow.needs.answers import Answer, Predicate, Reply, proven, shown, unmet, when

TEMPLATE: Final = "template"  # a report was made by another template than the one at hand


def report_running(case: Case, command: Command) -> Reply:
    """The report was drafted, and neither published nor given up."""
    report = _report(case)
    return proven(report.drafted) if report.running and report.drafted else unmet()


def report_unchecked(case: Case, command: Command) -> Reply:
    """Nobody checked the report yet."""
    return when(_report(case).checked is None)


def report_remade(case: Case, command: Command) -> Reply:
    """Made again of the log, the report is the same; of what nobody can make, nobody knows."""
    draft = _report(case).draft
    differing = case.remade(draft) if draft else None
    return Reply(Answer.NOT_PROVEN) if differing is None else when(not differing, *differing)


def report_checked(case: Case, command: Command) -> Reply:
    """Somebody else checked the figures."""
    return shown(_report(case).checked)


def report_unsigned(case: Case, command: Command) -> Reply:
    """Nobody signed the report yet."""
    return when(_report(case).signed is None)


def report_signed(case: Case, command: Command) -> Reply:
    """The report was signed."""
    return when(_report(case).signed is not None)


def _report(case: Case) -> Report:
    return case.state if isinstance(case.state, Report) else Report()


PREDICATES: Final[dict[str, Predicate]] = {
    "report-running": report_running,
    "report-unchecked": report_unchecked,
    "report-remade": report_remade,
    "report-checked": report_checked,
    "report-unsigned": report_unsigned,
    "report-signed": report_signed,
}
