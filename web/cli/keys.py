"""`exemplar key`: the key that seals the register."""

from __future__ import annotations

import click

from events_store.key_folder import KeyFolder
from events_store.sealing import Unsealed
from web.cli import options, shown
from web.cli.desk import desk
from web.cli.sealed import keep_seal
from web.cli.setting_up import a_name


@click.group("key", help="Khóa niêm phong sổ: xem, đổi, lập.")
def keys() -> None:
    """Look after the signing key."""


@keys.command(help="In khóa kiểm tra, mới nhất ở cuối; ai cũng được biết.")
@options.as_json
def show(json: bool) -> None:
    """Print the verifier keys."""
    folder = KeyFolder(desk().settings.keys_folder)
    told = [str(key) for key in folder.verifiers()]
    if not told:
        raise Unsealed(folder.path)
    if json:
        shown.as_json({"key": told[-1], "former": told[:-1], "folder": str(folder.path)})
    else:
        shown.tell("\n".join(told))


@keys.command(help="Đổi khóa: niêm phong cuối của khóa cũ nêu tên khóa mới.")
@options.as_json
def rotate(json: bool) -> None:
    """Sign with a new key from now on."""
    parts = desk().parts
    new = parts.sealer.rotate(parts.ledger.db).verifier
    keep_seal(parts)
    if json:
        shown.as_json({"key": str(new)})
    else:
        shown.tell(f"Đã đổi khóa. Khóa kiểm tra mới:\n{new}")


@keys.command(help="Lập khóa cho một sổ chưa từng niêm phong.")
@click.option("--origin", metavar="TÊN", help="Tên sổ trên niêm phong; mặc định ngẫu nhiên.")
def create(origin: str | None) -> None:
    """Make a first key for a register that has none."""
    at = desk()
    parts, settings = at.parts, at.settings
    parts.sealer.check_new(parts.ledger.db)
    parts.sealer.keys.create(origin or settings.origin or a_name())
    parts.sealer.seal(parts.ledger.db)
    shown.tell(f"Khóa kiểm tra: {parts.sealer.keys.verifiers()[-1]}")
