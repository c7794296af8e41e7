"""Problems in words for people, and in JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from web.intake.cells import number
from web.intake.notes import Problem
from web.intake.plan import Duplicate


def problems_text(problems: Sequence[Problem]) -> str:
    """Return the problems row by row."""
    return "\n".join(_lines(problems))


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    for row, group in groupby(problems, key=lambda problem: problem.row):
        yield f"Dòng {row}:"
        for problem in group:
            yield f"  • {problem.column} ({said(problem.value)}): {problem.expected}"


def said(value: str | int | float | bool | None) -> str:
    """Return a cell's value in a sentence."""
    return "để trống" if value is None else f"“{value}”"


def problems_json(problems: Sequence[Problem], recorded: int = 0) -> str:
    """Return the problems as JSON on one line."""
    told = {"recorded": recorded, "problems": [asdict(problem) for problem in problems]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def explained(problems: Sequence[Problem]) -> str:
    """Return the problems of one row in one cell."""
    return "\n".join(
        f"{problem.column} ({said(problem.value)}): {problem.expected}" for problem in problems
    )


def duplicates_text(duplicates: Sequence[Duplicate]) -> str:
    """Return which rows seem to be about the same candidate."""
    return "\n".join(
        f"Các dòng {', '.join(map(str, alike.rows))} có thể trùng: {_whom(alike)}"
        for alike in duplicates
    )


def _whom(alike: Duplicate) -> str:
    born = f", sinh {alike.birth_year}" if alike.birth_year else ""
    return f"{alike.name}{born}, {alike.unit}"


def summary(rows: int, problems: Sequence[Problem]) -> str:
    """Return in one sentence how many rows are fit to be recorded."""
    bad = len({problem.row for problem in problems})
    if not bad:
        return f"{number(rows)} dòng, không có lỗi."
    return f"{number(rows)} dòng, {number(bad)} dòng có lỗi ({number(len(problems))} lỗi)."
