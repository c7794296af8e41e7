"""The headlines of a report: each a number of one of its tables, or none at all."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from domain.values import Outcome, Stage
from events_store.figures import FIGURES
from web.papers import charts
from web.papers.charts import OF_STATES
from web.reports.headlines import Headline, headlines
from web.reports.shown import Table, pivoted

TOLD: Final[dict[str, tuple[list[str], list[list[Any]]]]] = {
    "by-stage": (["state", "count"], [["nurture", 20], ["replicate", 9], ["rest", 6]]),
    "shares": (["priority", "count", "total"], [["remote-area", None, 1035]]),
    "passages": (
        ["before", "state", "count", "p25", "p50", "p75", "p90", "longest"],
        [
            ["discover", "nurture", 40, 29, 51, 72, 83, 161],
            ["nurture", "summarize", 22, 429, 513, 603, 1664, 1964],
        ],
    ),
    "obligations": (
        ["kind", "year", "status", "count"],
        [
            ["yearly-report", 2024, "on-time", 23],
            ["yearly-report", 2024, "late", 1],
            ["yearly-report", 2025, "overdue", 1],
            ["yearly-report", 2026, "due", 25],
        ],
    ),
}


def document(**instead: list[list[Any]]) -> bytes:
    """Return a document with these figures, some with other rows."""
    told = {name: (columns, instead.get(name, rows)) for name, (columns, rows) in TOLD.items()}
    made = [{"name": n, "columns": columns, "rows": rows} for n, (columns, rows) in told.items()]
    return json.dumps({"figures": made, "names": {}}).encode()


def test_headlines_are_numbers_of_the_tables() -> None:
    assert headlines(document()) == [
        Headline("shares", "Ứng viên trong sổ", "1.035", "mọi khâu và kết quả"),
        Headline("by-stage", "Đang nhân điển hình", "9", "vào ngày của số liệu"),
        Headline(
            "passages",
            "Thời gian bồi dưỡng (trung vị)",
            "513 ngày",
            "chín phần mười không quá 1.664 ngày",
        ),
        Headline("obligations", "Nghĩa vụ nộp đúng hạn", "92 %", "1 quá hạn chưa nộp"),
    ]


def test_what_the_tables_do_not_tell_is_no_headline() -> None:
    untold = {"by-stage": [["rest", 35]], "passages": [["nurture", "summarize", None, *[9] * 5]]}
    assert [one.figure for one in headlines(document(**untold, obligations=[]))] == ["shares"]
    due = [["yearly-report", 2026, "due", 25]]
    assert headlines(document(shares=[], **untold, obligations=due)) == []


def test_states_stand_in_their_order_and_have_their_colours() -> None:
    figure = FIGURES["by-kind"]
    rows: list[list[str | int]] = [
        ["Cá nhân", "Nhân điển hình", 7],
        ["Cá nhân", "Phát hiện", 5],
        ["Tập thể", "Rút", 6],
    ]
    holds = [column.holds for column in (*figure.by, *figure.of)]
    table = Table("by-kind", "Theo loại", "", ["Loại", "Trạng thái", "Số"], rows, 2, holds)
    heads = ["Phát hiện", "Nhân điển hình", "Rút"]
    assert pivoted(table).columns == ["Loại", *heads, "Cộng"]
    drawn = charts.drawing(table)
    assert drawn
    bars = re.findall(r'aria-label="[^"]*Trạng thái: ([^;"]+)[^>]*fill="([^"]+)"', drawn.svg)
    states = (Stage.DISCOVER, Stage.REPLICATE, Outcome.WITHDRAWN)
    assert dict(bars) == {
        head: OF_STATES[state] for head, state in zip(heads, states, strict=True)
    }
