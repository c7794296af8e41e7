"""Single cells: each function returns what a cell says, None for a blank, or raises Unfit."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from domain.vietnamese import tidy
from web.intake.faults import FAULT, Broken
from web.intake.tables import Cell

NAME_LIMIT: Final = 200
TEXT_LIMIT: Final = 2000
SYMBOL_LIMIT: Final = 60
FIRST_YEAR: Final = 1900

DATE_FORMS: Final = "Ghi ngày dạng ngày/tháng/năm, ví dụ 05/08/2024"
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
        raise Unfit(cell.expected)
    if isinstance(cell, bool):
        raise Unfit("Ghi bằng chữ; ô đang là giá trị đúng/sai (TRUE/FALSE).")
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    raise Unfit("Ghi bằng chữ; Excel đã đổi ô này thành ngày giờ. Đặt định dạng ô là Văn bản.")


def _tidy(cell: str, limit: int) -> str | None:
    # Decomposed text is at most four times as long; a cell of a megabyte is not worth tidying.
    if len(cell) > 4 * limit + 1000 or len(tidied := tidy(_INVISIBLE.sub("", cell))) > limit:
        raise Unfit(
            f"Tối đa {number(limit)} ký tự; ô này có {number(len(cell))}. Rút gọn nội dung."
        )
    if _ERRORS.fullmatch(tidied):
        raise Unfit(FAULT)
    if _FORBIDDEN.search(tidied):
        raise Unfit("Ô chứa ký tự điều khiển không nhìn thấy. Xóa ô rồi gõ lại.")
    return tidied or None


def number(value: int) -> str:
    """Return a whole number as Vietnamese writes it."""
    return f"{value:,}".replace(",", ".")


def symbol(cell: Cell) -> str | None:
    """Return the symbol of a document, such as `237/QĐ-SNN`."""
    if isinstance(cell, str) and len(cell.strip().splitlines()) > 1:
        raise Unfit("Ghi số, ký hiệu của một văn bản, trên một dòng.")
    return text(cell, SYMBOL_LIMIT)


@lru_cache(maxsize=16384, typed=True)
def day(cell: Cell, today: date) -> date | None:
    """Return a day between 1900 and today."""
    if isinstance(cell, datetime):
        return _past(cell.date(), today)
    if isinstance(cell, date):
        return _past(cell, today)
    if not isinstance(cell, str | Broken):
        raise Unfit(f"{DATE_FORMS}; ô này không có định dạng ngày.")
    said = text(cell, NAME_LIMIT)
    return _past(_written(said), today) if said else None


def _written(said: str) -> date:
    if match := _VIETNAMESE.fullmatch(said):
        the_day, month, the_year = map(int, match.groups())
    elif match := _ISO.fullmatch(said):
        the_year, month, the_day = map(int, match.groups())
    else:
        raise Unfit(f"{DATE_FORMS}.")
    try:
        return date(the_year, month, the_day)
    except ValueError:
        raise Unfit(f"Ngày này không có trong lịch. {DATE_FORMS}.") from None


def _past(given: date, today: date) -> date:
    if not FIRST_YEAR <= given.year <= today.year:
        raise Unfit(f"Năm phải từ {FIRST_YEAR} đến {today.year}; ô này ghi năm {given.year}.")
    if given > today:
        raise Unfit(f"Ngày không được sau hôm nay ({said_day(today)}).")
    return given


def said_day(given: date) -> str:
    """Return a day as Vietnamese writes it."""
    return f"{given:%d/%m/%Y}"


@lru_cache(maxsize=1024, typed=True)
def year(cell: Cell, today: date) -> int | None:
    """Return a year between 1900 and this one."""
    expected = f"Ghi năm bằng bốn chữ số, từ {FIRST_YEAR} đến {today.year}."
    if isinstance(cell, date):
        raise Unfit(f"{expected} Ô này đang là một ngày.")
    said = text(cell, NAME_LIMIT)
    if said is None:
        return None
    match = _YEAR.fullmatch(said)
    if not match or not FIRST_YEAR <= int(match[1]) <= today.year:
        raise Unfit(expected)
    return int(match[1])
