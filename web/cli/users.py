"""`exemplar user`: accounts, each of a person who holds an office."""

from __future__ import annotations

from typing import Any

import click

from domain.office import held_by
from domain.values import Private, Role
from web import accounts
from web.cli import options, shown
from web.cli.desk import Desk, desk, signing_in
from web.cli.setting_up import password_from_stdin
from web.people import names as names_of
from web.words.labels import LABELS, label
from workflow.commands import DescribePerson, GrantOffice
from workflow.register import Request


@click.group("user", help="Tài khoản đăng nhập.")
def users() -> None:
    """Keep the accounts."""


@users.command("list", help="Liệt kê tài khoản.")
@options.as_json
def list_(json: bool) -> None:
    """List every account with the offices held today."""
    at = desk()
    with signing_in(at.settings):
        accounts_there = accounts.list_accounts()
        names = names_of(at.parts.ledger, (account.person for account in accounts_there))
        found = [
            {
                "email": account.email,
                "name": names[account.person],
                "person": account.person,
                "roles": roles_of(at, account.person),
                "active": account.active,
            }
            for account in accounts_there
        ]
    if json:
        shown.as_json(found)
    else:
        columns = ("Thư điện tử", "Tên", "Chức trách", "Người", "")
        shown.as_table(columns, [_row(account) for account in found])


def _row(found: dict[str, Any]) -> tuple[object, ...]:
    roles = ", ".join(label(role) for role in found["roles"])
    closed = "" if found["active"] else "đã đóng"
    return found["email"], found["name"], roles, found["person"], closed


def roles_of(at: Desk, person: str) -> list[Role]:
    """Return the roles a person has today."""
    register = at.parts.register
    offices = held_by(register.offices(), person, register.today()).values()
    return [office.role for office in offices if office.role]


@users.command(help="Thêm một người, chức trách và tài khoản của người ấy.")
@click.argument("email", metavar="EMAIL")
@click.option("--name", required=True, metavar="TÊN", help="Họ và tên.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--unit", metavar="ĐƠN VỊ", help="Đơn vị, theo ID hoặc tên.")
@click.option("--since", metavar="NGÀY", help="Giữ chức trách từ ngày nào; mặc định hôm nay.")
@options.token
@options.as_json
def add(
    email: str,
    name: str,
    role: str,
    unit: str | None,
    since: str | None,
    token: str | None,
    json: bool,
) -> None:
    """Add a person with an office and an account."""
    if Role(role) is Role.UNIT_HEAD and not unit:
        raise click.UsageError(f"{LABELS[Role.UNIT_HEAD]} cần --unit: đứng đầu đơn vị nào.")
    at = desk()
    actor = at.actor(token)
    with signing_in(at.settings):
        email = accounts.normal_email(email)
        if accounts.find_account(email):
            raise accounts.EmailTaken(email)
        person = appointed(at, actor, name, Role(role), unit, since)
        password = accounts.create_account(email, person)
    if json:
        shown.as_json({"email": email, "person": person, "password": password})
    else:
        shown.tell(f"Đã thêm {name}, {label(Role(role))} ({person}).")
        shown.tell(f"Mật khẩu của {email} (chỉ hiện một lần): {password}")


def appointed(
    at: Desk, actor: str, name: str, role: Role, unit: str | None, since: str | None
) -> str:
    """Record a person and the office; return the person."""
    register = at.parts.register
    day = options.circumstances({"effective_on": since}).get("effective_on")
    unit = options.unit_id(at.parts, unit) if unit else None
    with register.ledger.transaction():
        described = Request(DescribePerson(Private({"name": name})), actor, None, day)
        person = register.submit(described).subject
        register.submit(Request(GrantOffice(person, role, unit), actor, None, day))
    return person


@users.command(help="Đặt lại mật khẩu; các phiên đang mở bị đóng.")
@click.argument("email", metavar="EMAIL")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào chuẩn.")
def password(email: str, password_stdin: bool) -> None:
    """Give an account a new password."""
    at = desk()
    given = password_from_stdin() if password_stdin else None
    with signing_in(at.settings):
        made = accounts.set_password(account_of(email), given)
    shown.tell(f"Đã đặt lại mật khẩu của {email}.")
    if not password_stdin:
        shown.tell(f"Mật khẩu mới (chỉ hiện một lần): {made}")


@users.command(help="Đóng một tài khoản: không đăng nhập, không dùng mã được nữa.")
@click.argument("email", metavar="EMAIL")
def deactivate(email: str) -> None:
    """Close an account."""
    at = desk()
    with signing_in(at.settings):
        accounts.deactivate(account_of(email))
    shown.tell(f"Đã đóng tài khoản {email}.")


def account_of(email: str) -> accounts.User:
    """Return the account with an address. Raises ClickException."""
    account = accounts.find_account(email)
    if account is None:
        raise click.ClickException(f"Không có tài khoản {email}. Xem “exemplar user list”.")
    return account
