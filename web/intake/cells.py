"""Single cells: each function returns what a cell says, None for a blank, or raises Unfit."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from domain.vietnamese import tidy
from web.intake.faults import FAULT, Broken
from web.intake.tables import Cell
from web.languages import Later, _

NAME_LIMIT: Final = 200
TEXT_LIMIT: Final = 2000
SYMBOL_LIMIT: Final = 60
FIRST_YEAR: Final = 1900

DATE_FORMS: Final = Later("Ghi ngày dạng ngày/tháng/năm, ví dụ 05/08/2024")
_VIETNAMESE: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_YEAR: Final = re.compile(r"([0-9]{4})(?:\.0+)?")
_ERRORS: Final = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class Unfit(ValueError):
    """A cell does not say what it should; the message says what is expected."""


@lru_cache(maxsize=16384, typed=True)
def text(cell: Cell, limit: int) -> str | None:
    """Return tidy text in its own spelling."""
    if isinstance(cell, str):
        return _tidy(cell, limit) if cell else None
    if isinstance(cell, Broken):
        raise Unfit(_(cell.expected))
    if isinstance(cell, bool):
        raise Unfit(_("Ghi bằng chữ; ô đang là giá trị đúng/sai (TRUE/FALSE)."))
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    raise Unfit(_("Ghi bằng chữ; Excel đã đổi ô này thành ngày giờ. Đặt định dạng ô là Văn bản."))


def _tidy(cell: str, limit: int) -> str | None:
    # Decomposed text is at most four times as long; a cell of a megabyte is not worth tidying.
    if len(cell) > 4 * limit + 1000 or len(tidied := tidy(_INVISIBLE.sub("", cell))) > limit:
        raise Unfit(
            _(
                "Tối đa %(most)s ký tự; ô này có %(found)s. Rút gọn nội dung.",
                most=number(limit),
                found=number(len(cell)),
            )
        )
    if _ERRORS.fullmatch(tidied):
        raise Unfit(_(FAULT))
    if _FORBIDDEN.search(tidied):
        raise Unfit(_("Ô chứa ký tự điều khiển không nhìn thấy. Xóa ô rồi gõ lại."))
    return tidied or None


def number(value: int) -> str:
    """Return a whole number as Vietnamese writes it."""
    return f"{value:,}".replace(",", ".")


def symbol(cell: Cell) -> str | None:
    """Return the symbol of a document, such as `237/QĐ-SNN`."""
    if isinstance(cell, str) and len(cell.strip().splitlines()) > 1:
        raise Unfit(_("Ghi số, ký hiệu của một văn bản, trên một dòng."))
    return text(cell, SYMBOL_LIMIT)


@lru_cache(maxsize=16384, typed=True)
def day(cell: Cell, today: date) -> date | None:
    """Return a day between 1900 and today."""
    if isinstance(cell, datetime):
        return _past(cell.date(), today)
    if isinstance(cell, date):
        return _past(cell, today)
    if not isinstance(cell, str | Broken):
        raise Unfit(_("%(forms)s; ô này không có định dạng ngày.", forms=_(DATE_FORMS)))
    said = text(cell, NAME_LIMIT)
    return _past(_written(said), today) if said else None


def _written(said: str) -> date:
    if match := _VIETNAMESE.fullmatch(said):
        the_day, month, the_year = map(int, match.groups())
    elif match := _ISO.fullmatch(said):
        the_year, month, the_day = map(int, match.groups())
    else:
        raise Unfit(f"{_(DATE_FORMS)}.")
    try:
        return date(the_year, month, the_day)
    except ValueError:
        raise Unfit(_("Ngày này không có trong lịch. %(forms)s.", forms=_(DATE_FORMS))) from None


def _past(given: date, today: date) -> date:
    if not FIRST_YEAR <= given.year <= today.year:
        told = {"first": FIRST_YEAR, "last": today.year, "given": given.year}
        raise Unfit(_("Năm phải từ %(first)s đến %(last)s; ô này ghi năm %(given)s.", **told))
    if given > today:
        raise Unfit(_("Ngày không được sau hôm nay (%(today)s).", today=said_day(today)))
    return given


def said_day(given: date) -> str:
    """Return a day as Vietnamese writes it."""
    return f"{given:%d/%m/%Y}"


@lru_cache(maxsize=1024, typed=True)
def year(cell: Cell, today: date) -> int | None:
    """Return a year between 1900 and this one."""
    if isinstance(cell, date):
        now_a_day = _("Ô này đang là một ngày.")
        raise Unfit(f"{_four_figures(today)} {now_a_day}")
    said = text(cell, NAME_LIMIT)
    if said is None:
        return None
    match = _YEAR.fullmatch(said)
    if not match or not FIRST_YEAR <= int(match[1]) <= today.year:
        raise Unfit(_four_figures(today))
    return int(match[1])


def _four_figures(today: date) -> str:
    told = {"first": FIRST_YEAR, "last": today.year}
    return _("Ghi năm bằng bốn chữ số, từ %(first)s đến %(last)s.", **told)
