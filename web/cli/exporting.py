"""`exemplar export`: the log, its tables and its events, as files that anyone can check."""

from __future__ import annotations

from pathlib import Path

import click

from domain.upkeep import LogExported
from events_store.cosignatures import cosigned
from events_store.sealing import check_published
from web import exports, receipts
from web.cli import options, shown
from web.cli.desk import desk
from web.cli.sealed import sealed_now
from web.exports.source import Level

FOLDER = click.Path(path_type=Path, file_okay=False)
HELP = """Xuất sổ ra các tệp mà ai cũng kiểm tra được.

DẠNG: tiles (chỉ sổ công khai), csv, json, parquet (các bảng), ocds (bản phát hành và hồ sơ),
xes, ocel (khai phá quy trình), cloudevents (từng mục ghi). Mỗi thư mục có cả sổ công khai,
niêm phong và manifest.csv. Mặc định chỉ có những gì công chúng được biết; --level audit cho
cơ quan kiểm tra có cả tên, thành viên và toàn bộ sổ.
"""


@click.command(help=HELP)
@click.argument("folder", metavar="THƯ MỤC", type=FOLDER)
@click.option(
    "--format", "kind", type=click.Choice(list(exports.FORMATS)), default="tiles", metavar="DẠNG"
)
@click.option("--level", type=click.Choice([str(one) for one in Level]), default="public")
@options.token
@options.as_json
def export(folder: Path, kind: str, level: str, token: str | None, json: bool) -> None:
    """Write what anybody may have, or an auditor's office, below the newest seal."""
    at = desk()
    if level == Level.AUDIT:
        at.parts.register.upkeep(LogExported(kind), at.actor(token))
    parts = at.read_by(token)
    last = sealed_now(parts)
    check_published(folder / "checkpoint", last, parts.ledger.db, parts.sealer.keys.verifiers())
    signed = cosigned(parts.ledger.db, last.note, last.point.size)
    written = exports.write(parts, folder, kind, Level(level), signed, last.point)
    key = parts.sealer.keys.verifiers()[-1]
    if json:
        told = receipts.told(last.point)
        shown.as_json({**told, "format": kind, "files": written, "key": str(key)})
        return
    shown.tell(f"Đã xuất {last.point.size} mục ra {folder} ({written} tệp mới). Kiểm tra:")
    check = "verify" if kind == "tiles" else "complete"
    entries = f" --entries {folder / 'entries.csv'}" if (folder / "entries.csv").exists() else ""
    shown.tell(f"  python -m events_store.{check} {folder} --key {key}{entries}")
