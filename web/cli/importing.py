"""`exemplar import`: a spreadsheet is read whole, then recorded whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from web.cli import options, shown
from web.cli.desk import Desk, desk
from web.cli.held import Held, held
from web.cli.progress import Bar
from web.intake import leftover, plan
from web.intake.cells import number
from web.intake.plan import Duplicate, Intake
from web.intake.record import Recorded, known_units, record
from web.intake.report import duplicates_text, problems_text, summary
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
        shown.as_json(_answer(intake, made, alike))
    else:
        _tell(intake, made, alike, out if intake.problems else None, check=check)
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
        shown.as_json(_told(NOTHING, [nowhere], []))
    else:
        shown.note(f"Lỗi: {unusable}")
    return 1


def _answer(intake: Intake, made: Recorded, alike: Sequence[Held]) -> dict[str, Any]:
    duplicates = [asdict(d) | {"candidates": []} for d in intake.duplicates]
    duplicates += [
        {
            "rows": [one.row],
            "name": one.name,
            "birth_year": one.birth_year,
            "unit": one.unit,
            "candidates": list(one.candidates),
        }
        for one in alike
    ]
    return _told(made, [asdict(problem) for problem in intake.problems], duplicates)


def _told(
    made: Recorded, problems: Sequence[dict[str, Any]], duplicates: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "recorded": made.rows,
        "problems": problems,
        "entries": made.entries,
        "unchanged": made.unchanged,
        "units": made.units,
        "duplicates": duplicates,
    }


def _tell(
    intake: Intake, made: Recorded, alike: Sequence[Held], out: Path | None, *, check: bool
) -> None:
    shown.tell(summary(intake.rows, intake.problems))
    if intake.problems:
        shown.tell(problems_text(intake.problems))
    if intake.remarks:
        shown.tell(f"Nên xem lại:\n{problems_text(intake.remarks)}")
    _tell_duplicates(intake.duplicates, alike)
    if check:
        shown.tell("Mới chỉ kiểm tra, chưa ghi gì.")
    elif intake.problems and not out:
        shown.tell("Chưa ghi gì. Sửa các ô trên rồi nhập lại, hoặc dùng --skip-invalid.")
    elif not made.rows:
        shown.tell(f"Không có gì thay đổi: {number(made.unchanged)} dòng đã có trong sổ.")
    else:
        shown.tell(
            f"Đã ghi {number(made.rows)} ứng viên ({number(made.entries)} mục ghi), "
            f"{number(made.units)} đơn vị mới; {number(made.unchanged)} dòng đã có từ trước."
        )
    if out and not check:
        shown.tell(f"Các dòng sai ở {out}.")


def _tell_duplicates(duplicates: Sequence[Duplicate], alike: Sequence[Held]) -> None:
    if duplicates:
        shown.tell(duplicates_text(duplicates))
    for one in alike:
        ids = ", ".join(one.candidates)
        shown.tell(
            f"Dòng {one.row} có thể trùng với ứng viên đã có: {one.name}, {one.unit} ({ids})"
        )
