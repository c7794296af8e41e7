"""`exemplar backup`: the register and its accounts in one file, checked when made."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from events_store import backup as store
from events_store import merkle
from events_store.audit import audit
from events_store.checkpoint import Checkpoint, base64_of
from events_store.database import Address
from events_store.public_log import head
from events_store.report import Report
from events_store.sealing import Unsealed, check_extends
from events_store.testimony import Outside
from web import account_copying
from web.cli import options, shown
from web.cli.checking import says
from web.cli.desk import Desk, desk
from web.cli.migrating import OWNER, owner_of
from web.cli.progress import Bar
from web.cli.sealed import sealed_now
from web.intake.cells import number
from web.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)
OWNED = "Địa chỉ với vai trò được đọc mọi bảng và lập được cơ sở dữ liệu để kiểm tra."


@click.command(help="Sao lưu sổ và tài khoản ra một tệp, cả khi đang có người ghi, rồi kiểm tra.")
@click.argument("file", metavar="TỆP", type=FILE)
@click.option("--force", is_flag=True, help="Thay tệp đã có.")
@click.option("--owner", envvar=OWNER, metavar="URL", help=OWNED)
@options.as_json
def backup(file: Path, force: bool, owner: str | None, json: bool) -> None:
    """Make a backup. Its last checkpoint is inside; the key is not."""
    at = desk()
    settings = at.settings
    if isinstance(settings.database, Path) and file.exists() and file.samefile(settings.database):
        raise click.UsageError(f"{file} chính là cuốn sổ. Chọn tên khác cho bản sao.")
    with store.named_when_whole(file, force=force) as fresh:
        if isinstance(settings.database, Path):
            made = _of_file(at, settings.database, fresh)
        else:
            made = _of_server(at, owner_of(settings, owner), fresh)
    made |= {"file": str(file), "bytes": file.stat().st_size, "keys": str(settings.keys_folder)}
    if json:
        shown.as_json(made)
    else:
        _tell(made)


def _of_file(at: Desk, source: Path, fresh: Path) -> dict[str, Any]:
    outside = before(at)
    with Bar("Chép") as bar:
        store.copy_file(source, fresh, bar)
    report = sound(fresh, outside)
    accounts = account_copying.number(Settings(fresh).database_url)
    return _made(at, report.size, report.root, "verify", accounts)


def _of_server(at: Desk, owner: str, fresh: Path) -> dict[str, Any]:
    dumping = import_module("events_store.dumping")
    outside = before(at)
    size, root = dumping.dump(owner, fresh)
    dumping.listed(fresh)
    checked = "list"
    with dumping.scratch(owner) as scratch:
        if scratch:
            dumping.restore(scratch, fresh)
            report = sound(scratch, outside)
            assert (report.size, report.root) == (size, root), "it was dumped at one moment"
            checked = "verify"
    return _made(at, size, root, checked, account_copying.number(at.settings.database_url))


def before(at: Desk) -> Outside:
    """Seal what is there; return what a copy made from here on must agree with."""
    try:
        last = sealed_now(at.parts)
    except Unsealed:
        return Outside()
    return Outside(at.parts.sealer.keys.verifiers(), None, [("trước khi chép", last.note)])


def sound(copy: Address, outside: Outside) -> Report:
    """Return what an audit found in a copy. Raises ClickException if anything is wrong."""
    with Bar("Kiểm tra bản sao") as bar:
        report = audit(copy, outside, progress=bar)
    for fault in report.faults[:20]:
        shown.note(f"  • {says(fault)}")
    if report.faults:
        raise click.ClickException("Bản sao không đúng như đã ghi và niêm phong, nên không dùng.")
    return report


def _made(at: Desk, size: int, root: bytes, checked: str, accounts: int) -> dict[str, Any]:
    """Return what was made, once the register itself proves that it continues it."""
    db = at.parts.ledger.db
    now, edge = head(db)
    check_extends(Checkpoint("", size, root), Checkpoint("", now, merkle.root(edge)), db)
    told = {"entries": size, "root": base64_of(root), "accounts": accounts}
    return told | {"checked": checked}


def _tell(made: dict[str, Any]) -> None:
    count = f"{number(made['entries'])} mục ghi, {number(made['accounts'])} tài khoản"
    shown.tell(f"Đã sao lưu {count} vào {made['file']}.")
    shown.tell(f"Gốc cây băm: {made['root']}")
    if made["checked"] == "verify":
        shown.tell("Đã kiểm tra bản sao: từng mục, cây băm, niêm phong, bảng dẫn xuất. ĐÚNG.")
    else:
        shown.tell("Mới kiểm tra được mục lục của bản sao (pg_restore --list).")
        shown.note(f"Để kiểm tra từng mục, cho một vai trò lập được cơ sở dữ liệu: {OWNER}.")
    shown.tell(f"Khóa niêm phong KHÔNG nằm trong bản sao: cất riêng thư mục {made['keys']}.")
