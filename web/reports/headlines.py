"""Headlines: the few numbers of a report that are read first, each out of one of its tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from domain.values import Stage
from events_store.figures import Value
from web.languages import Later, _
from web.words.days import number

Row = Mapping[str, Value]
DUE: Final = ("on-time", "late", "overdue")  # what was to be handed in by the day of a report


class Headline(NamedTuple):
    """One number: the figure it is out of, what it is, and what stands below it."""

    figure: str
    label: str
    value: str
    note: str


def headlines(document: bytes) -> list[Headline]:
    """Return the headlines of a document; a number that its tables do not tell has none."""
    told: dict[str, list[Row]] = {
        figure["name"]: [dict(zip(figure["columns"], row, strict=True)) for row in figure["rows"]]
        for figure in json.loads(document)["figures"]
    }
    made = ((name, label, make(told.get(name, []))) for name, label, make in MADE)
    return [Headline(name, _(label), *found) for name, label, found in made if found]


Found = tuple[str, str] | None


def _everybody(rows: Sequence[Row]) -> Found:
    count = next((row["total"] for row in rows), None)
    return (_count(count), _("mọi khâu và kết quả")) if count is not None else None


def _replicating(rows: Sequence[Row]) -> Found:
    row = _where(rows, state=Stage.REPLICATE)
    return (_count(row["count"]), _("vào ngày của số liệu")) if row else None


def _nurturing(rows: Sequence[Row]) -> Found:
    row = _where(rows, before=Stage.NURTURE, state=Stage.SUMMARIZE)
    if row is None or row["p50"] is None or row["p90"] is None:
        return None
    most = _("chín phần mười không quá %(days)s ngày", days=_count(row["p90"]))
    return _("%(days)s ngày", days=_count(row["p50"])), most


def _on_time(rows: Sequence[Row]) -> Found:
    counts = {s: sum(int(r["count"] or 0) for r in rows if r["status"] == s) for s in DUE}
    if not (due := sum(counts.values())):
        return None
    overdue = _("%(count)s quá hạn chưa nộp", count=number(counts["overdue"]))
    return f"{round(100 * counts['on-time'] / due)} %", overdue


def _where(rows: Sequence[Row], **so: str) -> Row | None:
    """Return the row of which something is so, if its number is told."""
    found = (row for row in rows if all(row[name] == value for name, value in so.items()))
    return next((row for row in found if row["count"] is not None), None)


def _count(value: Value) -> str:
    return number(int(value or 0))


MADE: Final[Sequence[tuple[str, str, Callable[[Sequence[Row]], Found]]]] = (
    ("shares", Later("Ứng viên trong sổ"), _everybody),
    ("by-stage", Later("Đang nhân điển hình"), _replicating),
    ("passages", Later("Thời gian bồi dưỡng (trung vị)"), _nurturing),
    ("obligations", Later("Nghĩa vụ nộp đúng hạn"), _on_time),
)
