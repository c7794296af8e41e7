"""`exemplar copy`: a register moved to another database, compared before it is kept."""

from __future__ import annotations

import click

from events_store import copying
from events_store.ledger import Ledger, Reader
from web import account_copying
from web.cli import shown
from web.cli.desk import NotFounded, size_of
from web.cli.progress import Bar
from web.intake.cells import number
from web.parts import now
from web.settings import Settings, address, from_environment


@click.command(help="Chép nguyên sổ sang cơ sở dữ liệu khác còn trống, rồi đối chiếu.")
@click.argument("source", metavar="TỪ")
@click.argument("target", metavar="ĐẾN")
def copy(source: str, target: str) -> None:
    """Copy a register: positions, bytes, blinds, leaves, vault and accounts."""
    here, there = Settings(address(source, "TỪ")), Settings(address(target, "ĐẾN"))
    size = size_of(here.database)
    if not size:
        raise NotFounded(here.database)
    keys = (from_environment().keys or here.keys_folder).resolve()
    reader, ledger = Reader(here.database), Ledger(there.database, now)
    with Bar("Chép") as bar:
        copying.check_empty(ledger.db)
        copied = account_copying.copy(here.database_url, there.database_url)
        entries = copying.copy(reader, ledger, lambda done: bar(done, size))
    shown.tell(
        f"Đã chép {number(entries)} mục ghi và {number(copied)} tài khoản sang {there.place}."
    )
    shown.tell(f"Mọi bảng giống hệt. Gốc: {ledger.root()}")
    shown.tell(f"Khi dùng bản mới, đặt EXEMPLAR_KEYS={keys}; đừng ghi vào bản cũ nữa.")
