"""`exemplar checkpoint`, `prove`, `export`: what the register gives away to be checked with."""

from __future__ import annotations

from pathlib import Path

import click

from domain.faults import Tampered
from events_store import seals
from events_store.checkpoint import Receipt, base64_of, format_receipt
from events_store.cosignatures import cosigned
from events_store.memory import Remembered
from events_store.merkle import leaf_hash
from events_store.proofs import BeyondSize, check_inclusion, prove_inclusion, subtrees
from events_store.public_log import texts, whole
from events_store.sealing import Unsealed
from web import pictures, receipts
from web.cli import options, shown
from web.cli.desk import desk
from web.parts import Parts

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(help="In niêm phong mới nhất của sổ (signed note).")
@click.option("-o", "--output", type=FILE, metavar="TỆP", help="Ghi ra tệp thay vì in.")
@click.option("--all", "folder", type=FOLDER, metavar="THƯ MỤC", help="Mọi niêm phong, theo cỡ.")
@click.option("--qr", "picture", type=FILE, metavar="TỆP", help="Vẽ thành mã QR: .svg hoặc .png.")
@options.as_json
def checkpoint(output: Path | None, folder: Path | None, picture: Path | None, json: bool) -> None:
    """Give the signed checkpoint of the register as it is now, with its cosignatures."""
    parts = desk().parts
    last = sealed_now(parts)
    signed = cosigned(parts.ledger.db, last.note, last.point.size)
    if folder:
        shown.note(f"Đã ghi {_all_into(folder, parts)} niêm phong vào {folder}.")
    if output:
        output.write_bytes(signed)
    if picture:
        picture.write_bytes(_drawn(picture, signed))
    if json:
        told = receipts.told(last.point)
        shown.as_json({**told, "note": signed.decode()})
    elif not (output or folder or picture):
        click.echo(signed.decode(), nl=False)


def _all_into(folder: Path, parts: Parts) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    notes = {seal.size: seal.note for seal in seals.everything(parts.ledger.db)}
    for size, note in notes.items():
        signed = cosigned(parts.ledger.db, note, size)
        (folder / f"{size:012}.checkpoint").write_bytes(signed)
    return len(notes)


def _drawn(path: Path, signed: bytes) -> bytes:
    if path.suffix not in pictures.KINDS:
        raise click.UsageError("--qr: tên tệp phải kết thúc bằng .svg hoặc .png.")
    return pictures.qr(signed, path.suffix)


@click.command(
    help="Chứng minh một mục ghi nằm trong sổ: tệp .tlog-proof. Người nhận kiểm tra bằng "
    "python -m events_store.proven, không cần sổ."
)
@click.argument("position", metavar="VỊ TRÍ", type=options.POSITION)
@click.option("-o", "--output", type=FILE, metavar="TỆP", required=True, help="Tệp chứng minh.")
@click.option("--leaf", type=FILE, metavar="TỆP", help="Ghi thêm nội dung công khai của mục.")
@options.as_json
def prove(position: int, output: Path, leaf: Path | None, json: bool) -> None:
    """Write the proof that an entry is in the sealed log."""
    parts = desk().parts
    last = sealed_now(parts)
    size, db = last.point.size, parts.ledger.db
    if position >= size:
        raise BeyondSize(position, size)
    (text,) = texts(db)(position, position + 1)
    path = prove_inclusion(subtrees(whole(db)), position, size)
    if not check_inclusion(leaf_hash(text), position, size, path, last.point.root):
        raise Tampered(f"entry {position} is not as it was sealed")
    signed = cosigned(db, last.note, size)
    output.write_bytes(format_receipt(Receipt(position, tuple(path), signed)))
    if leaf:
        leaf.write_bytes(text)
    if json:
        hashes = [base64_of(hash) for hash in path]
        answer = {"position": position, "leaf": text.decode(), "path": hashes}
        shown.as_json(answer | {"checkpoint": receipts.told(last.point)})
    else:
        shown.tell(f"Đã ghi chứng minh mục {position} trong {size} mục đã niêm phong: {output}")


def sealed_now(parts: Parts) -> Remembered:
    """Return the seal over all that is recorded, kept in the database too. Raises Unsealed."""
    last = parts.sealer.seal(parts.ledger.db)
    if last is None:
        raise Unsealed(parts.sealer.keys.path)
    keep_seal(parts)
    return last


def keep_seal(parts: Parts) -> None:
    """Take the seal and the cosignatures that wait into the database: any write does."""
    with parts.register.ledger.transaction():
        pass
