"""My work and the calendar: what waits, what is late, what falls on which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.office import held_by
from web import feeds, titles
from web.languages import _
from web.pages.doing import doing_link, supply_link
from web.pages.frame import actor, clocks, parts, when
from web.words import work as words
from workflow import commands as asked
from workflow.batch import field_of
from workflow.dates import Dated, dates, month
from workflow.rules import RuleSet
from workflow.work import LOOKED_AT, Task, Work, sort
from workflow.work import work as waiting_for

pages = Blueprint("work", __name__)
FEW = 3  # units that are named one by one
COMING = 5  # days told of in advance
SHOWN = 5  # lines of one kind of work before the rest is folded away


class Line(NamedTuple):
    """What there is to do about one candidate or unit, or about one duty of several units."""

    says: list[str]
    about: str
    when: str
    late: int
    does: list[tuple[str, str]]
    to: str
    priority: bool = False


class Many(NamedTuple):
    """Several tasks that one command does together."""

    command: str
    number: int
    href: str


@pages.get("/work")
def show() -> ResponseReturnValue:
    """Show what waits for the visitor's offices today."""
    if clocks().set:
        return render_template("work/list.html", sorted=None)
    register, today = parts().register, parts().register.today()
    offices = list(held_by(register.offices(), actor(), today).values())
    found = waiting_for(register, parts().ledger, offices, actor()) if offices else []
    rules = register.in_force(today)
    named = {id for task in found for id in (task.subject, task.unit) if id}
    names, sorted_ = titles.called(parts(), named), sort(found)
    return render_template(
        "work/list.html",
        sorted=[(p, alike(lines(of, names, rules))) for p, of in sorted_._asdict().items()],
        bound=LOOKED_AT,
        few=SHOWN,
        many=[*many([*sorted_.late, *sorted_.now], rules)],
    )


def lines(tasks: Iterable[Task], names: dict[str, str], rules: RuleSet) -> Iterable[Line]:
    """Yield tasks as the list shows them: what is about the same stands together."""
    groups: dict[tuple[object, ...], list[Task]] = {}
    for task in tasks:
        key: tuple[object, ...] = (task.subject,)
        if task.subject.startswith("programme:") and task.unit:
            key = (task.subject, task.work, task.number)
        groups.setdefault(key, []).append(task)
    for group in groups.values():
        first, units = group[0], dict.fromkeys(t.unit for t in group if t.unit and of_unit(t))
        about = ", ".join(names[unit] for unit in units if unit) or names[first.subject]
        if len(units) > FEW:
            about = _("%(count)s đơn vị", count=len(units))
        yield Line(
            list(dict.fromkeys(words.task(task, rules) for task in group)),
            about,
            words.when(first),
            first.late,
            list(dict.fromkeys((t.command, href(t, of_units=len(units) > 1)) for t in group)),
            next(iter(units)) if len(units) == 1 else first.subject,
            first.priority,
        )


def of_unit(task: Task) -> bool:
    """Return whether a task is what a unit owes, not what one of its candidates lacks."""
    return task.what is not None or task.work is Work.SILENT


def alike(every: Iterable[Line]) -> dict[tuple[str, ...], list[Line]]:
    """Return lines by what there is to do, the most pressing kind of work first."""
    kinds: dict[tuple[str, ...], list[Line]] = {}
    for line in every:
        kinds.setdefault(tuple(line.says), []).append(line)
    return kinds


def href(task: Task, *, of_units: bool) -> str:
    """Return the form that does it, with what is known of it filled in."""
    if task.command == "submit-obligation":
        owed = {"programme": task.subject, "duty": task.number, "unit": task.unit}
        return doing_link("obligation", task.command, **owed)
    if task.command == "remind-unit":
        unit = {} if of_units else {"unit": task.unit}
        return doing_link(task.subject, task.command, duty=task.number, **unit)
    if task.work is Work.SILENT:
        return doing_link("candidate", task.command, unit=task.unit)
    return supply_link(task.subject, task.command)


def many(tasks: Iterable[Task], rules: RuleSet) -> Iterable[Many]:
    """Yield what can be done together: the same command, asked for at least twice."""
    groups: dict[tuple[str, str, int | None], list[Task]] = {}
    for task in tasks:
        kind = asked.named(task.command)
        if kind and task.command in rules.text.terms.bulk.commands:
            to = task.subject if field_of(kind) else ""
            groups.setdefault((task.command, to, task.number if to else None), []).append(task)
    for (command, to, number), group in groups.items():
        if len(group) > 1:
            items = list(dict.fromkeys(t.unit if to else t.subject for t in group))
            more: dict[str, Any] = {"to": to, "duty": number} if to else {}
            href = url_for("batch.ask", command=command, item=items, **more)
            yield Many(command, len(items), href)


@pages.get("/calendar")
def calendar() -> ResponseReturnValue:
    """Show a month: milestones, deadlines, sessions, comment periods, days off."""
    at = when()
    first = first_of(request.args.get("month"), at.on)
    days = month(parts().register, parts().ledger, first, at.on, at.known)
    coming = [] if any(day.dated for day in days) else soon(days[-1].day)
    subjects = {one.subject for one in (*(one for day in days for one in day.dated), *coming)}
    names = titles.called(parts(), subjects)
    return render_template(
        "work/calendar.html",
        first=first,
        days=days,
        found=any(day.dated or day.odd for day in days),
        next=coming,
        worked=sum(day.working for day in days),
        before=(first - timedelta(1)).strftime("%Y-%m"),
        after=(first + timedelta(31)).strftime("%Y-%m"),
        names=names,
        words=words,
    )


@pages.get("/calendar.ics")
def subscribed() -> ResponseReturnValue:
    """Give all days as a calendar program takes them."""
    at = when()
    days = list(dates(parts().register, parts().ledger, at.on, at.known))
    names = titles.called(parts(), {one.subject for one in days})
    told = feeds.calendar(days, names, _("Việc của cơ quan"))
    return Response(told, content_type="text/calendar; charset=utf-8")


def soon(after: date) -> list[Dated]:
    """Return what falls next after a month in which nothing does."""
    at = when()
    later = (d for d in dates(parts().register, parts().ledger, at.on, at.known) if d.day > after)
    return sorted(later, key=lambda one: one.day)[:COMING]


def first_of(text: str | None, today: date) -> date:
    """Return the first day of a month in an address, or of this one."""
    try:
        return date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        abort(404)
