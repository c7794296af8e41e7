"""`exemplar import`: a spreadsheet is read whole, then recorded whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from web.cli import brought, options, shown
from web.cli.desk import Desk, desk
from web.cli.held import held
from web.cli.progress import Bar
from web.intake import leftover, plan
from web.intake.plan import Intake
from web.intake.record import Recorded, known_units, record
from web.intake.unusable import Unusable

NOTHING = Recorded(0, 0, 0, 0)


@click.command("import", help="Nhập sổ cũ từ bảng tính (.xlsx, .xls, .ods, CSV UTF-8).")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@click.option("--create-units", is_flag=True, help="Ghi thêm đơn vị chưa có trong sổ.")
@click.option(
    "--skip-invalid",
    "out",
    metavar="TỆP.xlsx",
    type=click.Path(path_type=Path),
    help="Ghi các dòng đúng; chép các dòng sai, kèm lý do, ra tệp mới này.",
)
@options.token
@options.as_json
def import_(
    file: Path, check: bool, create_units: bool, out: Path | None, token: str | None, json: bool
) -> int:
    """Import a register kept in a spreadsheet."""
    _check_files(file, out, check=check)
    at = desk()
    actor = at.actor(token)
    try:
        intake = _read(at, file, create=create_units)
    except Unusable as unusable:
        return _unusable(unusable, json=json)
    alike = list(held(at.parts, intake))
    refused = bool(intake.problems) and not out
    made = NOTHING
    if not check and not refused:
        made = _record(at, intake, file, actor, out)
    if json:
        shown.as_json(brought.as_values(intake, made, alike))
    else:
        brought.tell(intake, made, alike, out if intake.problems else None, check=check)
    return int(refused)


def _check_files(file: Path, out: Path | None, *, check: bool) -> None:
    """Refuse what cannot be meant, before anything is opened."""
    if not file.is_file():
        raise click.UsageError(f"Không có tệp {file}. Kiểm tra lại đường dẫn.")
    if out and check:
        raise click.UsageError("Chọn một: --check hoặc --skip-invalid.")
    if out and out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{out}: tệp chứa các dòng sai phải có đuôi .xlsx.")
    if out and out.exists():
        raise click.UsageError(f"Đã có tệp {out}. Chọn tên khác, tệp cũ sẽ không bị ghi đè.")


def _read(at: Desk, file: Path, *, create: bool) -> Intake:
    """Return what a file would bring. Raises Unusable."""
    register = at.parts.register
    names = {id: unit.name or id for id, unit in register.units().items()}
    with Bar("Đọc") as bar:
        units = known_units(register)
        return plan.read(file, file.name, units, create, register.today(), bar, names)


def _record(at: Desk, intake: Intake, file: Path, actor: str, out: Path | None) -> Recorded:
    """Record the good rows; the bad ones are in their file before and shown after."""
    aside = out.with_name(f".{out.name}.part") if out and intake.problems else None
    try:
        if aside:
            leftover.write(aside, file, file.name, intake.problems)
        with Bar("Ghi") as bar:
            made = record(at.parts, intake, file.name, actor, bar)
        if aside and out:
            os.replace(aside, out)
    finally:
        if aside:
            with suppress(FileNotFoundError):
                aside.unlink()
    return made


def _unusable(unusable: Unusable, *, json: bool) -> int:
    if json:
        nowhere = {"row": None, "column": None, "value": None, "expected": str(unusable)}
        shown.as_json(brought.told(NOTHING, [nowhere], []))
    else:
        shown.note(f"Lỗi: {unusable}")
    return 1
