"""`exemplar init`: an empty file becomes a register with its first administrator."""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace
from pathlib import Path

import click

from domain.values import Private, new_id
from events_store.key_folder import KeyFolder
from web import accounts
from web.cli import shown
from web.cli.desk import signing_in, size_of
from web.parts import Clock, join, now
from web.settings import Settings, from_environment
from workflow.commands import FoundRegister
from workflow.register import Request


@click.command(help="Lập sổ mới với người quản trị đầu tiên.")
@click.option("--name", default="Quản trị", metavar="TÊN", help="Tên người quản trị.")
@click.option("--email", metavar="EMAIL", help="Thư điện tử để đăng nhập; bỏ trống: chưa có.")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào chuẩn.")
@click.option("--origin", metavar="TÊN", help="Tên sổ trên niêm phong; mặc định ngẫu nhiên.")
def init(name: str, email: str | None, password_stdin: bool, origin: str | None) -> None:
    """Found the register that the settings name."""
    if password_stdin and not email:
        raise click.UsageError("--password-stdin cần có --email.")
    settings = from_environment()
    settings = replace(settings, origin=origin or settings.origin)
    file = settings.database
    if isinstance(file, Path) and not file.parent.is_dir():
        raise click.UsageError(f"Không có thư mục {file.parent}. Tạo thư mục trước.")
    given = password_from_stdin() if password_stdin else None
    password = founded(settings, name, email, given)
    shown.tell(f"Đã lập sổ {settings.place}.")
    key = KeyFolder(settings.keys_folder).verifiers()[-1]
    shown.tell(f"Khóa kiểm tra (gửi cho người kiểm tra): {key}")
    if email and not given:
        shown.tell(f"Mật khẩu của {email} (chỉ hiện một lần): {password}")


def founded(settings: Settings, name: str, email: str | None, given: str | None) -> str | None:
    """Found a register; return the password of its administrator, if there is an account."""
    with signing_in(settings, tables=False):
        if email:
            email = accounts.normal_email(email)
        if given:
            accounts.hashed(given)
    if size_of(settings.database):
        raise click.ClickException(f"Đã có sổ ở {settings.place}. Không có gì thay đổi.")
    founder = found(settings, name)
    if not email:
        return None
    with signing_in(settings):
        return accounts.create_account(email, founder, given)


def found(settings: Settings, name: str, clock: Clock = now) -> str:
    """Open the empty register with a key to seal it; return its first administrator."""
    KeyFolder(settings.keys_folder).create(settings.origin or a_name())
    founder, register = new_id("person"), join(settings, clock).register
    command = FoundRegister(Private({"name": name}))
    with register.ledger.transaction():  # of two at once, one finds the register founded
        register.submit(Request(command, founder, founder))
    return founder


def a_name() -> str:
    """Return a name for a log that has none: it says nothing of where it is kept."""
    return f"so-dien-hinh/{secrets.token_hex(4)}"


def password_from_stdin() -> str:
    """Return the first line of standard input."""
    return sys.stdin.readline().rstrip("\r\n")
