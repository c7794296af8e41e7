"""Days, instants and numbers as the visitor's language writes them."""

from __future__ import annotations

from datetime import date, datetime

from web.languages import SOURCE, chosen


def day(value: date) -> str:
    """Return a day: 30/06/2024, and in English 30 Jun 2024, which nobody can misread."""
    return value.strftime("%d/%m/%Y" if chosen() == SOURCE else "%-d %b %Y")


def instant(value: datetime) -> str:
    """Return a day and the time of day on the clock it is given in."""
    return f"{day(value)} {value:%H:%M}"


def number(value: int) -> str:
    """Return a number with its thousands apart: 1.234, and in English 1,234."""
    return f"{value:,}".replace(",", "." if chosen() == SOURCE else ",")
