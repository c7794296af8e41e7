"""What commands about the programme, its calendar and its movements must get right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from domain.calendar import CALENDAR
from domain.programme import Programme
from workflow import commands as asked
from workflow.case import Case
from workflow.coherence.shared import cited, in_order, named, unit_open
from workflow.refusals import InvalidCommand, UnknownSubject


def declared(case: Case, command: asked.DeclareDay) -> None:
    """Refuse a second calendar."""
    if case.subject != CALENDAR:
        raise InvalidCommand("subject", "there is one calendar")


def drafted(case: Case, command: asked.DraftPlan) -> None:
    """Refuse a plan without a heading or a symbol."""
    named("heading", command.heading)
    cited("symbol", command.symbol)


def issued(case: Case, command: asked.IssuePlan) -> None:
    """Refuse a plan without a number, signed in no office, or sent to nobody that has a name."""
    cited("number", command.number)
    for recipient in command.recipients:
        named("recipients", recipient)
    if command.signed_by not in case.world.all("office"):
        raise UnknownSubject(command.signed_by)


def opened(case: Case, command: asked.OpenCycle) -> None:
    """Refuse a cycle without a name, or that ends before it begins."""
    named("name", command.name)
    in_order(command.begins, command.ends)


def milestone(case: Case, command: asked.SetMilestone) -> None:
    """Refuse a stretch of time that ends before it begins, or lies outside the cycle."""
    in_order(command.begins, command.due)
    within_cycle(case.state, command.due)


def reached(case: Case, command: asked.ReachMilestone) -> None:
    """Refuse a milestone without a document."""
    cited("document", command.document)


def laid(case: Case, command: asked.LayDuty) -> None:
    """Refuse a duty without its year or its day, outside the cycle, or of unknown units."""
    if command.kind in case.rules.text.terms.programme.yearly and command.year is None:
        raise InvalidCommand("year", "a yearly duty has a year")
    if command.year is not None and case.state.begins:
        in_years("year", command.year, case.state)
    due = due_day(case, command)
    if due is None:
        raise InvalidCommand("due", "there is no usual day")
    within_cycle(case.state, due)
    for unit in command.units:
        unit_open(case, unit, case.effective_on)


def due_day(case: Case, command: asked.LayDuty) -> date | None:
    """Return the day asked for, or else the usual one of the kind in its year (A-6)."""
    usual = case.rules.text.terms.programme.due.get(command.kind)
    if command.due or not usual or command.year is None:
        return command.due
    return date.fromisoformat(f"{command.year:04}-{usual}")


def reminded(case: Case, command: asked.RemindUnit) -> None:
    """Refuse to remind of what was never asked of the unit."""
    owing(case, case.state, command.duty, command.unit)


def logged(case: Case, command: asked.LogActivity) -> None:
    """Refuse an activity in a unit that is not there."""
    if command.unit:
        unit_open(case, command.unit, case.effective_on)
    if command.document:
        cited("document", command.document)


def submitted(case: Case, command: asked.SubmitObligation) -> None:
    """Refuse what was never asked of the unit, and what has no document."""
    programme = case.world.all("programme").get(command.programme)
    if programme is None:
        raise UnknownSubject(command.programme)
    owing(case, programme, command.duty, command.unit)
    cited("document", command.document)


def resubmitted(case: Case, command: asked.ResubmitObligation) -> None:
    """Refuse what has no document."""
    cited("document", command.document)


def launched(case: Case, command: asked.LaunchMovement) -> None:
    """Refuse a movement without name or launcher, that ends too soon, or is part of nothing."""
    named("name", command.name)
    named("launcher", command.launcher)
    in_order(command.begins, command.ends)
    if command.unit:
        unit_open(case, command.unit, case.effective_on)
    if command.movement and command.movement not in case.world.all("movement"):
        raise UnknownSubject(command.movement)


def reviewed(case: Case, command: asked.ReviewMovement) -> None:
    """Refuse a review without a document."""
    cited("document", command.document)


def owing(case: Case, programme: Programme, duty: int, unit: str) -> None:
    """Refuse a duty that the programme does not lay on the unit."""
    laid = programme.duties.get(duty)
    if laid is None:
        raise InvalidCommand("duty", "is not among the duties")
    if unit not in case.units:
        raise UnknownSubject(unit)
    if laid.units and unit not in laid.units:
        raise InvalidCommand("unit", "does not owe this")


def within_cycle(programme: Programme, day: date) -> None:
    """Refuse a day that lies outside the cycle, or more than a year after it."""
    if programme.begins:
        in_years("due", day.year, programme)


def in_years(field: str, year: int, programme: Programme) -> None:
    """Refuse a year outside the cycle and the year after it, when the last reports come."""
    assert programme.begins
    assert programme.ends
    first, last = programme.begins.year, programme.ends.year + 1
    if not first <= year <= last:
        raise InvalidCommand(field, f"must be from {first} to {last}")


CHECKS: Final[dict[type[asked.Command], Callable[[Case, Any], None]]] = {
    asked.DeclareDay: declared,
    asked.DraftPlan: drafted,
    asked.IssuePlan: issued,
    asked.OpenCycle: opened,
    asked.SetMilestone: milestone,
    asked.ReachMilestone: reached,
    asked.LayDuty: laid,
    asked.RemindUnit: reminded,
    asked.LogActivity: logged,
    asked.SubmitObligation: submitted,
    asked.ResubmitObligation: resubmitted,
    asked.LaunchMovement: launched,
    asked.ReviewMovement: reviewed,
}
