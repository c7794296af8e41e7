"""The register as a book: the list as it is narrowed to, at the moment asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, request

from events_store import roll
from web import discreet, selection
from web.languages import _
from web.pages.frame import clocks, parts, when
from web.pages.register import Shown, about, asked_for, choices, lacks, shown, standing
from web.pages.reports import attached
from web.papers import books
from web.papers.paper import NUMBER, Cell, Grid
from web.units import unit_names
from web.words.days import day, number
from web.words.labels import label
from web.words.sentences import ERASED

pages = Blueprint("register_book", __name__)
MOST: Final = 5_000  # rows; whoever wants more takes an export
AT_ONCE: Final = 200


@pages.get("/register.xlsx")
def taken() -> Response:
    """Give the list as Excel: what the page shows of each row, and what each still lacks."""
    units = unit_names(parts().register, when().on, when().known)
    narrow = asked_for(units)
    rows = [_row(at, one) for at, one in enumerate(_every(narrow, units), 1)]
    columns = (
        NUMBER, _("Điển hình"), _("Loại"), _("Nhóm ưu tiên"), _("Đơn vị"), _("Giai đoạn"),
        _("Từ ngày"), _("Số ngày"), _("Điều kiện đã đủ"), _("Số điều kiện"), _("Còn thiếu"),
        _("Hạn"),
    )  # fmt: skip
    title = " · ".join((_("Sổ đăng ký điển hình"), *_asked(narrow, units, len(rows))))
    made = books.book([(_("Sổ đăng ký"), Grid(title, columns, rows))])
    return attached(made, books.KIND, f"so-dang-ky-{when().on}.xlsx")


def _every(narrow: roll.Filter, units: dict[str, str]) -> Iterator[Shown]:
    """Yield the lines of the list in its order, up to MOST."""
    at, some, after, left = when(), about(narrow, standing()), roll.START, MOST
    while left and (
        lines := selection.listed(
            parts().ledger, at.on, at.known, narrow, after, min(left, AT_ONCE), some
        )
    ):
        yield from shown(lines, units)
        after, left = lines[-1].cursor, left - len(lines)


def _row(at: int, one: Shown) -> list[Cell]:
    line, ready = one.line, one.ready
    return [
        at,
        line.name or _(ERASED),
        label(line.kind),
        "; ".join(map(label, line.priority)),
        one.unit,
        label(line.state) + (f" ({_('Tạm dừng')})" if line.suspended else ""),
        line.since,
        one.days,
        ready.met if ready else "",
        len(ready.findings) if ready else "",
        "; ".join(lacks(ready)),
        one.due or "",
    ]


def _asked(narrow: roll.Filter, units: dict[str, str], rows: int) -> Iterator[str]:
    """Yield what the list was asked for: both dates, the size of the log, and what narrows it."""
    at, knowing = when(), clocks().knowing
    size = number(parts().ledger.size() if at.known is None else at.known)
    yield _("có hiệu lực ngày %(on)s", on=day(at.on))
    yield _("theo hiểu biết đến %(knowing)s (%(size)s mục ghi)", knowing=knowing, size=size)
    for name, (_every_one, ways) in choices(units).items():
        if (told := request.args.get(name)) in dict(ways):
            yield dict(ways)[told]
    if narrow.text:
        yield f"“{narrow.text}”"
    if narrow.veil:
        yield _(discreet.NOTE)
    if rows == MOST:
        yield _("chỉ %(most)s dòng đầu; hãy lọc bớt", most=number(MOST))
