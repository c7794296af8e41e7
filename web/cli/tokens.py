"""`exemplar token`: keys by which programs act for an account."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from domain.office import held_by
from web import accounts
from web.cli import options, shown
from web.cli.desk import Desk, desk, signing_in
from web.cli.users import account_of
from web.words.labels import label as called

DAYS = click.IntRange(min=1, max=3650)


@click.group("token", help="Mã để chương trình làm thay một tài khoản.")
def tokens() -> None:
    """Keep the tokens."""


@tokens.command(help="Tạo mã cho một tài khoản.")
@click.argument("email", metavar="EMAIL")
@click.option("--label", default="dòng lệnh", metavar="TÊN", help="Để nhận ra mã này.")
@click.option("--days", default=90, type=DAYS, metavar="SỐ", help="Mặc định 90.")
@click.option("--office", metavar="ID", help="Chỉ làm thay chức trách này; mặc định đầu tiên.")
@click.option("--signs", is_flag=True, help="Được ký quyết định thay người đó; mặc định không.")
@options.as_json
def create(email: str, label: str, days: int, office: str | None, signs: bool, json: bool) -> None:
    """Make a token for one office of an account; its secret is shown once."""
    at = desk()
    with signing_in(at.settings):
        account = account_of(email)
        if not account.active:
            raise click.ClickException(f"Tài khoản {email} đã đóng.")
        secret = accounts.create_token(
            account, label, named := _office(at, account.person, office), days, signs=signs
        )
    if json:
        shown.as_json({"email": email, "token": secret, "days": days, "office": named})
    else:
        shown.tell(f"Mã của {email}, dùng {days} ngày (chỉ hiện một lần): {secret}")


def _office(at: Desk, person: str, text: str | None) -> str:
    """Return the office that a token opens: the one named, by id or by role, or the first."""
    register = at.parts.register
    held = held_by(register.offices(), person, register.today())
    if not held:
        raise click.ClickException("Người này hôm nay không giữ chức trách nào, mã sẽ vô dụng.")
    named = (id for id, one in held.items() if text in (None, id, id.partition(":")[2], one.role))
    if found := next(named, None):
        return found
    there = ", ".join(f"{id} ({called(one.role)})" for id, one in held.items() if one.role)
    raise click.ClickException(f"Người này không giữ chức trách “{text}”. Đang giữ: {there}.")


@tokens.command("list", help="Liệt kê mã.")
@options.as_json
def list_(json: bool) -> None:
    """List all tokens, the ended ones too."""
    at = desk()
    with signing_in(at.settings):
        found = [
            {
                "id": token.id,
                "email": account.email,
                "label": token.label,
                "created_at": _iso(token.created_at),
                "expires_at": _iso(token.expires_at),
                "last_used_at": _iso(token.last_used_at),
                "office": token.office,
                "signs": bool(token.signs),
                "valid": token.valid,
            }
            for account in accounts.list_accounts()
            for token in accounts.list_tokens(account)
        ]
    if json:
        shown.as_json(found)
    else:
        columns = (
            *("ID", "Thư điện tử", "Tên", "Tạo lúc", "Hết hạn", "Dùng gần nhất"),
            *("Chức trách", "Còn dùng"),
        )
        rows = [[*list(one.values())[:-1], "có" if one["valid"] else "không"] for one in found]
        shown.as_table(columns, rows)


def _iso(moment: datetime | None) -> str | None:
    return moment.replace(tzinfo=UTC).isoformat(timespec="seconds") if moment else None


@tokens.command(help="Thu hồi một mã.")
@click.argument("id", type=click.INT, metavar="ID")
def revoke(id: int) -> None:
    """End a token now."""
    at = desk()
    with signing_in(at.settings):
        every = (t for account in accounts.list_accounts() for t in accounts.list_tokens(account))
        token = next((token for token in every if token.id == id), None)
        if token is None:
            raise click.ClickException(f"Không có mã {id}. Xem “exemplar token list”.")
        accounts.revoke_token(token)
    shown.tell(f"Đã thu hồi mã {id}.")
