"""`exemplar attach` and `exemplar fetch`: files of evidence into the register, and out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from marshmallow import ValidationError

from domain.values import private
from domain.vietnamese import tidy
from web import answers, enclosures, receipts, schemas
from web.cli import options, shown
from web.cli.desk import desk
from workflow.commands import AttachEvidence
from workflow.enclosures import open_file
from workflow.register import Request


@click.command(help="Đính kèm tệp minh chứng vào hồ sơ của một ứng viên.")
@click.argument("id", metavar="ỨNG-VIÊN")
@click.argument(
    "files",
    metavar="TỆP…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option("--description", required=True, metavar="CHỮ", help="Tệp chứng minh điều gì.")
@click.option("--on", "effective_on", metavar="NGÀY", help="Có hiệu lực từ ngày nào.")
@click.option("--basis", metavar="SỐ", help="Số, ký hiệu văn bản làm căn cứ.")
@click.option("--basis-dated", metavar="NGÀY", help="Ngày của văn bản.")
@click.option("--basis-issuer", metavar="TÊN", help="Cơ quan ban hành.")
@options.token
@options.as_json
def attach(
    id: str,
    files: tuple[Path, ...],
    description: str,
    token: str | None,
    json: bool,
    **around: str | None,
) -> int:
    """Record the files, all of them or none."""
    if not (said := tidy(description)):
        raise click.UsageError("Cần ghi mô tả.")
    circumstances, at = options.circumstances(around), desk()
    subject, (actor, office) = options.candidate_id(at.parts, id), at.acting(token)
    try:
        brought = tuple(enclosures.enclosed(path.name, _read(path)) for path in files)
        command = AttachEvidence(private(said), brought)
        enclosures.check(at.parts, subject, command)
    except ValidationError as error:
        return _wrong(error)
    basis, day = schemas.basis_of(circumstances), circumstances.get("effective_on")
    asked = Request(command, actor, subject, day, basis, office=office)
    made = at.parts.register.submit(asked)
    at.parts.sealer.finish(lambda: at.parts.ledger.db)
    if json:
        shown.as_json(answers.receipt(made, receipts.sealed(at.parts, made)))
        return 0
    rows = [
        (file.name, entry.version, file.sha256)
        for file, entry in zip(brought, made.entries, strict=True)
    ]
    shown.as_table(("Tệp", "Mục", "SHA-256"), rows)
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"Không đọc được {path}: {error.strerror}.") from None


def _wrong(error: ValidationError) -> int:
    told: Any = error.messages
    for said in told["files"] if isinstance(told, dict) else told:
        shown.note(f"Lỗi: {said}")
    return 1


@click.command(help="Lấy tệp minh chứng ở một mục của hồ sơ ra ngoài.")
@click.argument("id", metavar="ỨNG-VIÊN")
@click.argument("version", metavar="MỤC", type=click.IntRange(min=1))
@click.option(
    "-o",
    "--output",
    metavar="TỆP",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi vào đâu; mặc định theo tên của tệp, ở thư mục này.",
)
@options.token
def fetch(id: str, version: int, output: Path | None, token: str | None) -> int:
    """Write a file that the offices of whoever asks may open."""
    at = desk()
    subject, (actor, office) = options.candidate_id(at.parts, id), at.acting(token)
    words, content = open_file(at.parts.register, actor, subject, version, office)
    path = output or Path(words["file_name"])
    if path.exists():
        raise click.UsageError(f"{path} đã có. Hãy chọn chỗ khác bằng -o.")
    path.write_bytes(content)
    shown.tell(f"Đã ghi {path}, SHA-256 {words['sha256']}.")
    return 0
