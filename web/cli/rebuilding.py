"""`exemplar rebuild`: every derived table anew from the entries, and whether that changed any."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import click

from events_store.checker import check as compare
from events_store.database import Database
from events_store.ledger import Ledger
from web.cli import options, shown
from web.cli.desk import desk
from web.cli.progress import Bar
from web.intake.cells import number
from web.parts import now


@click.command(help="Lập lại mọi bảng dẫn xuất từ các mục ghi và so với bảng cũ.")
@click.option(
    "--check",
    "samples",
    type=click.IntRange(min=1),
    metavar="SỐ",
    help="So thêm bấy nhiêu mẫu ngẫu nhiên với việc đọc lại từng mục.",
)
@click.option("--seed", default=0, metavar="SỐ", help="Số khác chọn mẫu khác; mặc định 0.")
@options.as_json
def rebuild(samples: int | None, seed: int, json: bool) -> int:
    """Make the derived tables anew."""
    at = desk()
    size = at.parts.ledger.size()
    ledger = Ledger(at.settings.database, now)
    tables = [table for projection in ledger.projections for table in projection.tables]
    with ledger.transaction() as db, Bar("Lập lại") as bar:
        before = digests(db, tables)
        entries = ledger.rebuild(lambda done: bar(done, size))
        after = digests(db, tables)
    changed = [table for table in tables if before[table] != after[table]]
    wrong = [str(found) for found in compare(ledger, samples, seed)] if samples else []
    if json:
        shown.as_json(
            {
                "entries": entries,
                "identical": not changed,
                "changed": changed,
                "checked": samples or 0,
                "differences": wrong,
            }
        )
    else:
        _tell(entries, changed, samples or 0, wrong)
    return int(bool(changed or wrong))


def _tell(entries: int, changed: Sequence[str], samples: int, wrong: Sequence[str]) -> None:
    shown.tell(f"Đã lập lại từ {number(entries)} mục ghi.")
    if changed:
        shown.tell(f"Bảng cũ đã sai và được thay: {', '.join(changed)}.")
    else:
        shown.tell("Mọi bảng giống hệt trước khi lập lại.")
    if samples:
        shown.tell(f"So {number(samples)} mẫu: {number(len(wrong))} chỗ khác.")
    for difference in wrong:
        shown.tell(f"  • {difference}")


def digests(db: Database, tables: Sequence[str]) -> dict[str, str]:
    """Return a digest of each table's rows, whatever order they are kept in."""
    return {table: _digest(db, table) for table in tables}


def _digest(db: Database, table: str) -> str:
    columns = db.execute(f"SELECT * FROM {table} LIMIT 0").description
    order = ", ".join(column[0] for column in columns)
    digest = hashlib.sha256()
    for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}"):
        digest.update(repr(row).encode())
    return digest.hexdigest()
