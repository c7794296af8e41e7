"""`exemplar migrate`: the tables on PostgreSQL, made once by their owner, not by workers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from web import accounts
from web.cli import shown
from web.settings import Settings, address, from_environment

OWNER = "EXEMPLAR_OWNER_DATABASE"


@click.command(help="Tạo hoặc nâng cấp các bảng trên PostgreSQL bằng vai trò chủ sở hữu.")
@click.option(
    "--owner",
    envvar=OWNER,
    metavar="URL",
    help="Địa chỉ với vai trò chủ sở hữu; bỏ trống: như EXEMPLAR_DATABASE.",
)
def migrate(owner: str | None) -> None:
    """Make the tables, and grant the role of EXEMPLAR_DATABASE what it needs of them."""
    settings = from_environment()
    if isinstance(settings.database, Path):
        shown.tell("Sổ SQLite tự có đủ bảng. Không có gì phải làm.")
        return
    by = owner_of(settings, owner)
    role = migrated(settings, by)
    shown.tell(f"Đã có đủ bảng ở {settings.place} cho vai trò {role}.")
    if import_module("events_store.postgresql").role(by) == role:
        shown.note(
            "Vai trò này cũng là chủ sở hữu nên có thể gỡ bỏ chốt chỉ-ghi-thêm. "
            f"Nên dùng hai vai trò: đặt {OWNER}."
        )


def owner_of(settings: Settings, owner: str | None) -> str:
    """Return the address of a database in the name of its owner. Raises UsageError."""
    by = address(owner or str(settings.database), OWNER)
    if isinstance(by, Path):
        raise click.UsageError(f"{OWNER} phải bắt đầu bằng postgresql://.")
    return by


def migrated(settings: Settings, by: str) -> str:
    """Make all tables in the name of their owner; return the role they are for."""
    store = import_module("events_store.postgresql")
    role = str(store.role(settings.database))
    if not role:
        raise click.UsageError("EXEMPLAR_DATABASE cần ghi rõ tên vai trò: postgresql://TÊN@….")
    store.migrate(by, settings.database)
    accounts.migrate(by, role)
    return role
