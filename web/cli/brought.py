"""What a file brought, or would bring: for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from web.cli import shown
from web.cli.held import Held
from web.intake.cells import number
from web.intake.plan import Duplicate, Intake
from web.intake.record import Recorded
from web.intake.report import duplicates_text, problems_text, summary


def as_values(intake: Intake, made: Recorded, alike: Sequence[Held]) -> dict[str, Any]:
    """Return what came of a file, for JSON."""
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
    return told(made, [asdict(problem) for problem in intake.problems], duplicates)


def told(
    made: Recorded, problems: Sequence[dict[str, Any]], duplicates: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return the answer in its one shape."""
    return {
        "recorded": made.rows,
        "problems": problems,
        "entries": made.entries,
        "unchanged": made.unchanged,
        "units": made.units,
        "duplicates": duplicates,
    }


def tell(
    intake: Intake, made: Recorded, alike: Sequence[Held], out: Path | None, *, check: bool
) -> None:
    """Print what came of a file: what is wrong with it first, what was recorded last."""
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
