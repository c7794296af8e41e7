"""`exemplar digest`: what is overdue and due soon, one letter for each person who has some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException
from typing import NamedTuple

import click
from flask import current_app

from domain.office import held_by
from web import accounts, mail, titles
from web.cli import options, shown
from web.cli.desk import Desk, desk, signing_in
from web.words import work as words
from workflow.work import Task
from workflow.work import work as waiting_for

HELP = """Gửi thư nhắc việc quá hạn và sắp đến hạn, mỗi người một thư.

Thư đi qua EXEMPLAR_SMTP; nếu chưa đặt thì in ra. Thư không nêu tên ứng viên.
"""


class Letter(NamedTuple):
    """What one person is told: how much is late, how much is due soon, and the words."""

    to: str
    late: int
    due: int
    text: str


@click.command(help=HELP)
@click.option(
    "--days", type=click.IntRange(0, 90), default=7, metavar="SỐ", help="Hạn trong mấy ngày tới."
)
@options.as_json
def digest(days: int, json: bool) -> int:
    """Write the letters, and send them where a mail server was named."""
    at, failed = desk(), 0
    told = []
    with signing_in(at.settings):
        current_app.config["EXEMPLAR_SMTP"] = at.settings.smtp
        can_send = mail.can_send(current_app)
        for letter in letters(at, days):
            sent = can_send and _sent(letter)
            failed += can_send and not sent
            told.append({"to": letter.to, "late": letter.late, "due": letter.due, "sent": sent})
            if not can_send and not json:
                shown.tell(f"Đến: {letter.to}\n{letter.text}")
    if json:
        shown.as_json(told)
    else:
        how = "đã gửi" if can_send else "chưa gửi (EXEMPLAR_SMTP chưa đặt)"
        shown.note(f"{len(told) - failed} thư {how}, {failed} thư không gửi được.")
    return 1 if failed else 0


def _sent(letter: Letter) -> bool:
    try:
        mail.send(
            current_app,
            letter.to,
            f"Việc cần làm: {letter.late} quá hạn, {letter.due} sắp đến hạn",
            letter.text,
        )
    except (OSError, SMTPException) as error:
        shown.note(f"{letter.to}: {error}")
        return False
    return True


def letters(at: Desk, days: int) -> Iterator[Letter]:
    """Yield a letter for each person in office with something late or due."""
    register, until = at.parts.register, at.parts.register.today() + timedelta(days)
    people: dict[str, str] = {}
    for account in accounts.list_accounts():
        if account.active:
            people.setdefault(account.person, account.email)
    for person, email in people.items():
        offices = list(held_by(register.offices(), person, register.today()).values())
        found = waiting_for(register, at.parts.ledger, offices, person) if offices else []
        late = [task for task in found if task.late]
        due = [task for task in found if not task.late and task.due and task.due <= until]
        if late or due:
            yield Letter(email, len(late), len(due), _text(at, late, due))


def _text(at: Desk, late: list[Task], due: list[Task]) -> str:
    lines = []
    for title, tasks in (("Quá hạn", late), ("Sắp đến hạn", due)):
        if tasks:
            lines += [f"{title}:", *dict.fromkeys(_line(at, task) for task in tasks), ""]
    return "\n".join([*lines, "Mở mục Việc cần làm trong Sổ Điển hình để xem chi tiết."])


def _line(at: Desk, task: Task) -> str:
    """Return a task in a line. A letter is read by others too: it names units, not candidates."""
    register = at.parts.register
    units = titles.called(at.parts, [task.unit]) if task.unit else {}
    where = units.get(task.unit or "", "")
    says = words.task(task, register.in_force(register.today()))
    return " · ".join(part for part in (f"- {says}", where, words.when(task)) if part)
