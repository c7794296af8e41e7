"""`exemplar work`: what waits for an office, what is late, and what can be decided now."""

from __future__ import annotations

from typing import Any

import click

from domain.office import Office, held_by
from domain.values import Role
from web import titles
from web.cli import options, shown
from web.cli.desk import desk
from web.words import work as words
from web.words.labels import label
from workflow.work import Task, sort
from workflow.work import work as waiting_for

HELP = "Cho biết việc đang chờ: việc trễ hạn, việc quyết định được ngay, việc còn thiếu."
PARTS = {"late": "Trễ hạn", "now": "Làm được ngay", "waits": "Đang chờ"}


@click.command(help=HELP)
@click.option("--office", type=click.Choice([str(role) for role in Role]), help="Chức trách nào.")
@click.option("--unit", metavar="TÊN", help="Chỉ việc của đơn vị này.")
@options.token
@options.as_json
def work(office: str | None, unit: str | None, token: str | None, json: bool) -> None:
    """List the work of the offices of a token, of one office, or of all."""
    at = desk()
    parts, register = at.read_by(token), at.parts.register
    actor = at.actor(token) if token else None
    offices = list(held_by(register.offices(), actor, register.today()).values()) if actor else []
    if office:
        offices = [Office(role=Role(office))]
    place = options.unit_id(parts, unit) if unit else None
    found = waiting_for(register, parts.ledger, offices, actor)
    sorted_ = sort(task for task in found if place in (None, task.unit))._asdict()
    if json:
        shown.as_json({name: [_value(task) for task in part] for name, part in sorted_.items()})
        return
    rules = register.in_force(register.today())
    names = titles.called(parts, {id for task in found for id in (task.subject, task.unit) if id})
    for part, tasks in sorted_.items():
        rows = [
            (
                words.task(task, rules),
                names[task.unit if task.what and task.unit else task.subject],
                words.when(task),
                ", ".join(label(role) for role in task.by),
            )
            for task in tasks
        ]
        title = f"{PARTS[part]}: {len(tasks)} việc"
        if tasks:
            shown.as_table(("Việc", "Về", "Hạn", "Ai làm được"), rows, title)
        else:
            shown.tell(title)


def _value(task: Task) -> dict[str, Any]:
    return {
        "work": task.work,
        "command": task.command,
        "subject": task.subject,
        "unit": task.unit,
        "by": list(task.by),
        "due": task.due.isoformat() if task.due else None,
        "late": task.late,
        "since": task.since.isoformat() if task.since else None,
        "needs": list(task.needs),
        "duty": task.number,
        "what": task.what,
        "year": task.year,
    }
