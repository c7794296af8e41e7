"""`exemplar key`: the key that seals the register."""

from __future__ import annotations

import click

from domain.faults import Unreadable
from domain.upkeep import SigningKeyReplaced
from domain.values import Sealed
from events_store import note, seals, succession
from events_store.checkpoint import Checkpoint, base64_of, parse_checkpoint
from events_store.key_folder import KeyFolder
from events_store.keys import parse_verifier
from events_store.memory import Remembered
from events_store.sealing import Unsealed, continued
from events_store.testimony import Outside
from web.cli import options, shown
from web.cli.backing_up import sound
from web.cli.desk import Desk, desk
from web.cli.sealed import keep_seal
from web.cli.setting_up import a_name
from web.cli.succeeding import signer, succeed


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


@keys.command(help="Thay khóa đã mất: lập khóa mới và ghi việc ấy vào sổ.")
@click.option("--lost", "reason", required=True, metavar="LÝ DO", help="Mất thế nào; được ghi.")
@click.option("--key", "known", multiple=True, metavar="KHÓA", help="Khóa kiểm tra đã biết.")
@options.token
@options.as_json
def replace(reason: str, known: tuple[str, ...], token: str | None, json: bool) -> None:
    """Seal with a new key in the place of one that nobody has any more."""
    at = desk()
    folder, db = at.parts.sealer.keys, at.parts.ledger.db
    told = _told(at, reason)
    verifiers = [parse_verifier(text) for text in known] or folder.verifiers()
    sound(at.settings.database, Outside(verifiers))
    actor = at.actor(token)
    at.parts.register.administers(actor, "replace-key")
    sealed = succession.origin_of(db) or at.settings.origin or a_name()
    origin = told.point.origin if told else succession.later(sealed)
    former, last = succession.former(db, verifiers) or "", told.point if told else _newest(at)

    def replaced(key: str, reason: Sealed) -> SigningKeyReplaced:
        root = base64_of(last.root) if last else None
        return SigningKeyReplaced(former, key, reason, last.size if last else None, root)

    made = succeed(at.settings, origin, replaced, actor, reason, verifiers)
    if json:
        shown.as_json({"key": made.key, "former": former, "position": made.position})
    else:
        shown.tell(f"Đã thay khóa, ghi ở mục {made.position}. Khóa kiểm tra mới:\n{made.key}")
        shown.tell(
            "Hãy báo cho mọi người kiểm tra: khóa cũ không ký tên giới thiệu được khóa này."
        )


def _told(at: Desk, reason: str) -> Remembered | None:
    """Return what the lost key sealed last, if that is remembered. Raises ClickException."""
    sealer, db = at.parts.sealer, at.parts.ledger.db
    try:
        told = sealer.last()
    except Unreadable:
        told = None
    if told is None and seals.newest(db) is None:
        raise Unsealed(sealer.keys.path)
    if told and signer(sealer.keys):
        raise click.ClickException("Khóa vẫn đọc được. Đổi khóa bằng “exemplar key rotate”.")
    if not reason.strip():
        raise click.UsageError("--lost cần một lý do.")
    if told:
        continued(db, told)
    return told


def _newest(at: Desk) -> Checkpoint | None:
    newest = seals.newest(at.parts.ledger.db)
    return parse_checkpoint(note.split(newest.note)[0]) if newest else None


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
